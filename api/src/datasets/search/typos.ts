/** Words one slip of the finger away: a letter missing, added, wrong, or two swapped. */
export interface TypoIndex {
  add(id: number, word: string): void
  /** Ids of words within one edit of `word`, but not equal to it. */
  near(word: string): readonly number[]
}

const MIN_UNITS = 4

/** FNV-1a over the code units of `word` without the one at `skip` (-1 leaves out none). */
const hashWithout = (word: string, skip: number): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at += 1) {
    if (at !== skip) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

const commonPrefix = (a: string, b: string): number => {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}

/** Whether two different words are one insertion, deletion, substitution or swap apart. */
export const isOneEdit = (a: string, b: string): boolean => {
  if (a === b) return false
  const at = commonPrefix(a, b)
  if (a.length === b.length) {
    if (a.slice(at + 1) === b.slice(at + 1)) return true
    const swapped = a[at] === b[at + 1] && a[at + 1] === b[at]
    return swapped && a.slice(at + 2) === b.slice(at + 2)
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long.length - short.length === 1 && short.slice(at) === long.slice(at + 1)
}

const grown = (from: Int32Array, size: number): Int32Array<ArrayBuffer> => {
  const to = new Int32Array(size)
  to.set(from)
  return to
}

/**
 * A deletion index: each word is filed under its own hash and that of every form with one letter
 * left out; two words one edit apart share such a form. Chained in typed arrays, about 12 bytes
 * an entry.
 * @param wordOf the word of an id, to tell real neighbours from equal hashes.
 */
export const createTypoIndex = (wordOf: (id: number) => string): TypoIndex => {
  let heads = new Int32Array(1 << 12).fill(-1)
  let hashes = new Int32Array(1 << 12)
  let next = new Int32Array(1 << 12)
  let ids = new Int32Array(1 << 12)
  let used = 0

  const link = (entry: number): void => {
    const slot = (hashes[entry] ?? 0) & (heads.length - 1)
    next[entry] = heads[slot] ?? -1
    heads[slot] = entry
  }

  const grow = (): void => {
    const size = used * 2
    hashes = grown(hashes, size)
    next = grown(next, size)
    ids = grown(ids, size)
    heads = new Int32Array(size).fill(-1)
    for (let entry = 0; entry < used; entry += 1) link(entry)
  }

  const file = (hash: number, id: number): void => {
    if (used === ids.length) grow()
    hashes[used] = hash
    ids[used] = id
    link(used)
    used += 1
  }

  const collect = (hash: number, into: Set<number>): void => {
    let entry = heads[hash & (heads.length - 1)] ?? -1
    while (entry !== -1) {
      if ((hashes[entry] ?? 0) >>> 0 === hash) into.add(ids[entry] ?? 0)
      entry = next[entry] ?? -1
    }
  }

  return {
    add: (id, word) => {
      if (word.length < MIN_UNITS) return
      for (let skip = -1; skip < word.length; skip += 1) file(hashWithout(word, skip), id)
    },
    near: (word) => {
      if (word.length < MIN_UNITS) return []
      const found = new Set<number>()
      for (let skip = -1; skip < word.length; skip += 1) collect(hashWithout(word, skip), found)
      return [...found].filter((id) => isOneEdit(wordOf(id), word))
    },
  }
}
