export interface Memory<T> {
  /** The most it keeps, in the unit of `weigh`. */
  readonly most: number
  /** How much one value counts; left out: each counts 1. */
  readonly weigh?: (value: T) => number
}

/** Keeps what has been read under a digest, which never changes its meaning. The oldest goes first. */
export const remember = <T>(
  read: (digest: string) => Promise<T>,
  { most, weigh = () => 1 }: Memory<T>,
): ((digest: string) => Promise<T>) => {
  const known = new Map<string, T>()
  let total = 0
  const keep = (digest: string, value: T): void => {
    known.set(digest, value)
    total += weigh(value)
    for (const [oldest, old] of known) {
      if (total <= most) return
      known.delete(oldest)
      total -= weigh(old)
    }
  }
  return async (digest) => {
    const held = known.get(digest)
    if (held !== undefined) return held
    const value = await read(digest)
    if (!known.has(digest)) keep(digest, value)
    return value
  }
}
