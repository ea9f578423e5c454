/** What holds the turn at a thing, and how to make it let go. */
interface Holder {
  readonly stop: () => void
  readonly done: Promise<void>
}

/** One at a time for each key. Whoever comes later asks the holder to stop and waits until it has. */
export interface Turns {
  take<T>(key: string, stop: () => void, work: () => Promise<T>): Promise<T>
}

export const createTurns = (): Turns => {
  const holders = new Map<string, Holder>()
  return {
    take: async (key, stop, work) => {
      for (let holder = holders.get(key); holder; holder = holders.get(key)) {
        holder.stop()
        await holder.done
      }
      let release = () => {}
      const done = new Promise<void>((resolve) => {
        release = resolve
      })
      holders.set(key, { stop, done })
      try {
        return await work()
      } finally {
        holders.delete(key)
        release()
      }
    },
  }
}
