/** The time by which the registry decides. Only the demonstration moves it. */
export interface Clock {
  /** Epoch ms. */
  readonly now: () => number
  /** Moves the clock forward; never back. */
  readonly advance: (ms: number) => void
}

/** The system clock plus an offset that can only grow, kept by `save` between starts. */
export const createClock = (
  offset = 0,
  save: (offset: number) => void = () => undefined,
): Clock => {
  let ahead = Math.max(0, offset)
  return {
    now: () => Date.now() + ahead,
    advance: (ms) => {
      ahead += Math.max(0, ms)
      save(ahead)
    },
  }
}
