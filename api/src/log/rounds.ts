/** Does `work` a moment after it was first called for; calls meanwhile share it. */
export const atMostEvery = (
  ms: number,
  work: () => Promise<void>,
  report: (error: unknown) => void,
) => {
  let waiting = false
  return (): void => {
    if (waiting) return
    waiting = true
    const start = (): void => {
      waiting = false
      work().catch(report)
    }
    setTimeout(start, ms).unref()
  }
}

/** Repeats `work` after each pause until stopped; a fault is reported and the next round tries again. */
export const every = (ms: number, work: () => Promise<void>, report: (error: unknown) => void) => {
  let timer: NodeJS.Timeout | undefined
  let stopped = ms <= 0
  const again = (): void => {
    if (stopped) return
    timer = setTimeout(() => void work().catch(report).then(again), ms)
    timer.unref()
  }
  again()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
