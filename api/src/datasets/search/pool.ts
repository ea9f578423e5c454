import type { Filter } from './facet-values.ts'

/** Hits and, by value number, how many datasets the value would give. */
export interface Pass {
  readonly hits: Uint32Array
  readonly counts: Int32Array
}

/** Facet values of all rows, one after the other in a single array. */
export interface Pool {
  set(row: number, values: readonly number[]): void
  valuesOf(row: number): Uint32Array
  /** Sorts `rows` into hits and counts. `bits`: the bit of its facet, by value number. */
  pass(rows: Uint32Array, filter: Filter, bits: readonly number[]): Pass
}

interface Store {
  values: Uint32Array<ArrayBuffer>
  starts: Uint32Array<ArrayBuffer>
  lengths: Uint32Array<ArrayBuffer>
  used: number
  wasted: number
}

const enlarged = (from: Uint32Array<ArrayBuffer>, need: number): Uint32Array<ArrayBuffer> => {
  if (need <= from.length) return from
  const to = new Uint32Array(Math.max(need, from.length * 2))
  to.set(from)
  return to
}

const append = (store: Store, row: number, added: readonly number[]): void => {
  store.starts = enlarged(store.starts, row + 1)
  store.lengths = enlarged(store.lengths, row + 1)
  store.values = enlarged(store.values, store.used + added.length)
  store.values.set(added, store.used)
  store.wasted += store.lengths[row] ?? 0
  store.starts[row] = store.used
  store.lengths[row] = added.length
  store.used += added.length
}

/** Closes the gaps that replaced rows have left. */
const compact = (store: Store): void => {
  const packed = new Uint32Array(store.values.length)
  let at = 0
  store.lengths.forEach((length, row) => {
    const start = store.starts[row] ?? 0
    packed.set(store.values.subarray(start, start + length), at)
    store.starts[row] = at
    at += length
  })
  store.values = packed
  store.used = at
  store.wasted = 0
}

/** Whether no bit or exactly one is set. */
const isAtMostOne = (mask: number): boolean => (mask & (mask - 1)) === 0

/** Looks at the values of one row after the other; all arrays are held for the whole pass. */
const createReader = (store: Store, filter: Filter, bits: readonly number[]) => {
  const { values, starts, lengths } = store
  const { chosen, required } = filter
  const counts = new Int32Array(bits.length)

  /** Bits of the filtered facets of which a row carries no chosen value. */
  const missedBits = (row: number): number => {
    if (required === 0) return 0
    const start = starts[row] ?? 0
    const end = start + (lengths[row] ?? 0)
    let met = 0
    for (let at = start; at < end; at += 1) {
      const value = values[at] ?? 0
      if (chosen[value] === 1) met |= bits[value] ?? 0
    }
    return required & ~met
  }

  /** Counts the values of a row: all of them, or those of the one facet it misses. */
  const count = (row: number, missed: number): void => {
    const start = starts[row] ?? 0
    const end = start + (lengths[row] ?? 0)
    for (let at = start; at < end; at += 1) {
      const value = values[at] ?? 0
      if (missed === 0 || bits[value] === missed) counts[value] = (counts[value] ?? 0) + 1
    }
  }

  return { counts, missedBits, count }
}

export const createPool = (): Pool => {
  const store: Store = {
    values: new Uint32Array(8192),
    starts: new Uint32Array(1024),
    lengths: new Uint32Array(1024),
    used: 0,
    wasted: 0,
  }
  return {
    set: (row, added) => {
      append(store, row, added)
      if (store.wasted > 4096 && store.wasted > store.used / 2) compact(store)
    },
    valuesOf: (row) => {
      const start = store.starts[row] ?? 0
      return store.values.subarray(start, start + (store.lengths[row] ?? 0))
    },
    pass: (rows, filter, bits) => {
      const { counts, missedBits, count } = createReader(store, filter, bits)
      const hits = new Uint32Array(rows.length)
      let found = 0
      for (const row of rows) {
        const missed = missedBits(row)
        if (isAtMostOne(missed)) count(row, missed)
        if (missed === 0) {
          hits[found] = row
          found += 1
        }
      }
      return { hits: hits.subarray(0, found), counts }
    },
  }
}
