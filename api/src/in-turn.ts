/** Makes calls wait for each other, in the order in which they came. */
export const inTurn = <A extends readonly unknown[], T>(
  job: (...args: A) => Promise<T>,
): ((...args: A) => Promise<T>) => {
  let turn: Promise<unknown> = Promise.resolve()
  return (...args) => {
    const mine = turn.then(() => job(...args))
    turn = mine.catch(() => undefined)
    return mine
  }
}
