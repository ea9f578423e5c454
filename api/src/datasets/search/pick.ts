import type { Filter } from './facet-values.ts'
import { type Found, gradeRows } from './find.ts'
import { type Position, selectFirst } from './order.ts'
import type { Parts } from './parts.ts'
import type { SearchSort } from './types.ts'

export interface Paging {
  readonly sort: SearchSort
  readonly after: Position | null
  readonly limit: number
}

/** Gives those of some rows that are hits and were not given before. */
const takeOnce = (hits: Uint32Array, capacity: number) => {
  const waiting = new Uint8Array(capacity)
  for (const row of hits) waiting[row] = 1
  return (rows: Uint32Array): Uint32Array => {
    const taken = new Uint32Array(rows.length)
    let count = 0
    for (const row of rows) {
      if (waiting[row] !== 1) continue
      waiting[row] = 0
      taken[count] = row
      count += 1
    }
    return taken.subarray(0, count)
  }
}

/** Takes the hits grade by grade and stops as soon as the page is full. */
export const pick = (
  parts: Parts,
  found: Found,
  filter: Filter,
  paging: Paging,
): readonly Position[] => {
  const base = { columns: parts.columns, ...paging }
  if (paging.sort === 'newest') return selectFirst(found.hits, { ...base, level: 0 })
  if (found.grades.length === 0 || found.hits.length === 0)
    return selectFirst(found.hits, { ...base, level: found.lowest })
  const take = takeOnce(found.hits, parts.columns.capacity())
  const page: Position[] = []
  for (const grade of found.grades) {
    if (page.length >= paging.limit) return page
    const rows = take(gradeRows(parts, grade, filter))
    const limit = paging.limit - page.length
    page.push(...selectFirst(rows, { ...base, limit, level: grade.level }))
  }
  const limit = paging.limit - page.length
  return [...page, ...selectFirst(take(found.hits), { ...base, limit, level: found.lowest })]
}
