import type { DoorRefusal } from '../grants/grants.ts'

const EVERY_BYTES = 8 * 1024 * 1024
const EVERY_MS = 2_000

export interface Watch {
  readonly recheck: () => Promise<DoorRefusal | null>
  /** Breaks off what is being sent: it may not go on, or nobody can tell whether it may. */
  readonly stop: () => void
}

/** Bytes of which it is asked again, while they leave, whether they may. */
export interface Watched {
  /** So many bytes have gone; waits for the answer where they are many. */
  passed(bytes: number): Promise<void> | undefined
  /** Why it was broken off, by a refusal or because nobody could tell; null: it was not. */
  reason(): DoorRefusal | Error | null
  done(): void
}

/**
 * Asks again every 8 MiB and every 2 s. The clock runs by itself, so a reader who takes nothing is
 * cut off as well.
 */
export const watchOver = ({ recheck, stop }: Watch): Watched => {
  let since = 0
  let reason: DoorRefusal | Error | null = null
  let over = false

  const breakOff = (why: DoorRefusal | Error): void => {
    if (over || reason) return
    reason = why
    stop()
  }
  const ask = async (): Promise<void> => {
    const refused = await recheck()
    if (refused) breakOff(refused)
  }
  const timer = setInterval(() => {
    ask().catch((fault: unknown) =>
      breakOff(fault instanceof Error ? fault : new Error(`${fault}`)),
    )
  }, EVERY_MS)

  return {
    passed: (bytes) => {
      since += bytes
      if (since < EVERY_BYTES) return undefined
      since = 0
      return ask()
    },
    reason: () => reason,
    done: () => {
      over = true
      clearInterval(timer)
    },
  }
}
