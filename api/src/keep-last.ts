/**
 * Works something out once for each key and keeps the last `most` answers; the oldest goes first.
 * For what a digest or a pair of them decides for good.
 */
export const keepLast = <A, T extends object | null>(
  most: number,
  keyOf: (about: A) => string,
  make: (about: A) => T,
): ((about: A) => T) => {
  const known = new Map<string, T>()
  return (about) => {
    const key = keyOf(about)
    const held = known.get(key)
    if (held !== undefined) return held
    const made = make(about)
    known.set(key, made)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return made
  }
}
