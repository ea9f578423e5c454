import type { Filter } from './facet-values.ts'
import { createPool, type Pass } from './pool.ts'

/** What ordering needs of a dataset. */
export interface Ordered {
  readonly id: string
  readonly rank: number
  readonly date: number
}

/**
 * What ordering and counting need of every dataset, by row number, in typed arrays: reading them
 * for a hundred thousand hits takes less time than fetching the same rows from a table.
 */
export interface Columns {
  size(): number
  /** How many datasets carry one of some facet values, each value counted by itself. */
  carrying(values: readonly number[]): number
  /** Every row number is below this. */
  capacity(): number
  rowOf(id: string): number | undefined
  idOf(row: number): string
  rankOf(row: number): number
  dateOf(row: number): number
  /** The row of a known id, else a free one. */
  reserve(id: string): number
  set(row: number, doc: Ordered, values: readonly number[]): void
  clear(row: number): void
  /** Gives back rows that were reserved and never set. */
  release(): void
  /** Sorts `rows` (`null`: all) into hits and counts. `bits`: facet bit by value number. */
  pass(rows: Uint32Array | null, filter: Filter, bits: readonly number[]): Pass
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0)

const enlarged = (from: Float64Array<ArrayBuffer>, need: number): Float64Array<ArrayBuffer> => {
  if (need <= from.length) return from
  const to = new Float64Array(from.length * 2)
  to.set(from)
  return to
}

/** Rows in use, in their order. */
const rowsInUse = (ids: readonly (string | null)[], size: number): Uint32Array => {
  const rows = new Uint32Array(size)
  let count = 0
  for (let row = 0; row < ids.length; row += 1) {
    if (ids[row] === null) continue
    rows[count] = row
    count += 1
  }
  return rows
}

export const createColumns = (): Columns => {
  const rowOf = new Map<string, number>()
  const reserved = new Map<string, number>()
  const ids: (string | null)[] = []
  const free: number[] = []
  const pool = createPool()
  const carriers: number[] = []
  let ranks = new Float64Array(1024)
  let dates = new Float64Array(1024)

  const newRow = (id: string): number => {
    const row = free.pop() ?? ids.push(null) - 1
    ranks = enlarged(ranks, row + 1)
    dates = enlarged(dates, row + 1)
    reserved.set(id, row)
    return row
  }

  const setValues = (row: number, values: readonly number[]): void => {
    for (const value of pool.valuesOf(row)) carriers[value] = (carriers[value] ?? 0) - 1
    for (const value of values) carriers[value] = (carriers[value] ?? 0) + 1
    pool.set(row, values)
  }

  return {
    size: () => rowOf.size,
    carrying: (values) => values.reduce((sum, value) => sum + (carriers[value] ?? 0), 0),
    capacity: () => ids.length,
    rowOf: (id) => rowOf.get(id),
    idOf: (row) => ids[row] ?? '',
    rankOf: (row) => ranks[row] ?? 0,
    dateOf: (row) => dates[row] ?? 0,
    reserve: (id) => rowOf.get(id) ?? reserved.get(id) ?? newRow(id),
    set: (row, doc, values) => {
      reserved.delete(doc.id)
      rowOf.set(doc.id, row)
      ids[row] = doc.id
      ranks[row] = finite(doc.rank)
      dates[row] = finite(doc.date)
      setValues(row, values)
    },
    clear: (row) => {
      rowOf.delete(ids[row] ?? '')
      ids[row] = null
      setValues(row, [])
      free.push(row)
    },
    release: () => {
      free.push(...reserved.values())
      reserved.clear()
    },
    pass: (rows, filter, bits) => {
      const all = rows ?? rowsInUse(ids, rowOf.size)
      const isEverything = rows === null && filter.required === 0
      if (!isEverything) return pool.pass(all, filter, bits)
      return { hits: all, counts: Int32Array.from(bits, (_, value) => carriers[value] ?? 0) }
    },
  }
}
