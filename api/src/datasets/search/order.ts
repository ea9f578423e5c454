import { z } from 'zod'
import type { Columns } from './columns.ts'
import type { SearchSort } from './types.ts'

/** A place in the order of results; it stays meaningful when datasets come and go. */
export interface Position {
  readonly level: number
  readonly rank: number
  readonly date: number
  readonly id: string
}

const cursorShape = z.tuple([
  z.enum(['relevance', 'newest']),
  z.number(),
  z.number(),
  z.number(),
  z.string(),
])

/** A cursor says after which place a page starts, not how many hits lie before it. */
export const writeCursor = (sort: SearchSort, place: Position): string =>
  Buffer.from(JSON.stringify([sort, place.level, place.rank, place.date, place.id])).toString(
    'base64url',
  )

/** `null` if the text is no cursor of this order. */
export const readCursor = (sort: SearchSort, text: string): Position | null => {
  try {
    const parsed = cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    const [made, level, rank, date, id] = parsed
    return made === sort ? { level, rank, date, id } : null
  } catch {
    return null
  }
}

/** Negative if `a` comes first. Ids settle a tie, so no two places are equal. */
export const comparePlaces = (sort: SearchSort, a: Position, b: Position): number => {
  if (sort === 'relevance' && a.level !== b.level) return b.level - a.level
  if (sort === 'relevance' && a.rank !== b.rank) return b.rank - a.rank
  if (a.date !== b.date) return b.date - a.date
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

export interface Selection {
  readonly columns: Columns
  readonly sort: SearchSort
  readonly level: number
  readonly after: Position | null
  readonly limit: number
}

/** Puts a place where it belongs in a list kept sorted and no longer than `limit`. */
const insert = (best: Position[], place: Position, { sort, limit }: Selection): void => {
  let at = best.length
  while (at > 0 && comparePlaces(sort, place, best[at - 1] ?? place) < 0) at -= 1
  best.splice(at, 0, place)
  if (best.length > limit) best.pop()
}

/** Whether numbers alone show that a row comes after the worst place kept. */
const isBelow = (row: number, worst: Position | undefined, selection: Selection): boolean => {
  if (worst === undefined) return false
  const { columns, sort } = selection
  return sort === 'newest' ? columns.dateOf(row) < worst.date : columns.rankOf(row) < worst.rank
}

/**
 * The first `limit` rows after a place, in order. Rows below the worst kept one, nearly all of
 * them, cost one comparison of numbers.
 */
export const selectFirst = (rows: Uint32Array, selection: Selection): readonly Position[] => {
  const { columns, sort, level, after, limit } = selection
  const best: Position[] = []
  if (limit === 0) return best
  for (const row of rows) {
    const worst = best.length === limit ? best[limit - 1] : undefined
    if (isBelow(row, worst, selection)) continue
    const place = {
      level,
      rank: columns.rankOf(row),
      date: columns.dateOf(row),
      id: columns.idOf(row),
    }
    if (after !== null && comparePlaces(sort, place, after) <= 0) continue
    if (worst === undefined || comparePlaces(sort, place, worst) < 0) insert(best, place, selection)
  }
  return best
}
