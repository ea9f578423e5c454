import { type Bounds, boundsOf, descending, type KeyRange } from './bounds.ts'
import type { Collection, Index, IndexField } from './catalogue.ts'
import type { Filter } from './filter.ts'
import { successor } from './keys.ts'

export type SortField = IndexField

export interface IndexPlan {
  readonly via: 'index'
  readonly index: Index
  readonly ranges: readonly KeyRange[]
  /** Every range is one single key. */
  readonly points: boolean
  readonly order: 'sorted' | 'reversed' | 'unsorted'
}

/** How to find candidates. Each candidate is checked by the filter again: a plan may only be too wide. */
export type Plan =
  | { readonly via: 'scan' }
  | { readonly via: 'union'; readonly plans: readonly Plan[] }
  | IndexPlan

const MOST_POINTS = 2000
const NO_KEY = Buffer.alloc(0)
const LAST_KEY = Buffer.from([0xff])

/** What a filter fixes of an index: keys of its first fields, then perhaps a range on the next. */
interface Narrowing {
  readonly prefixes: readonly Buffer[]
  readonly equalities: number
  readonly range: KeyRange | undefined
}

const product = (prefixes: readonly Buffer[], points: readonly Buffer[]): Buffer[] =>
  prefixes.flatMap((prefix) => points.map((point) => Buffer.concat([prefix, point])))

const fieldBounds = (filter: Filter, index: Index, at: number): Bounds | undefined => {
  const field = index.fields[at]
  if (!field) return undefined
  // Two fields under one array may be matched by two elements, which no single key lists together.
  const root = field.path[0]
  if (index.multikey && index.fields.slice(0, at).some((other) => other.path[0] === root))
    return undefined
  const bounds = boundsOf(filter, field.name, !index.multikey)
  return bounds && field.descending ? descending(bounds) : bounds
}

const narrow = (filter: Filter, index: Index): Narrowing => {
  let prefixes: readonly Buffer[] = [NO_KEY]
  for (let at = 0; at < index.fields.length; at++) {
    const bounds = fieldBounds(filter, index, at)
    if (!bounds) return { prefixes, equalities: at, range: undefined }
    if (!('points' in bounds)) return { prefixes, equalities: at, range: bounds }
    const most = index.name === '_id_' ? Number.POSITIVE_INFINITY : MOST_POINTS
    if (prefixes.length * bounds.points.length > most)
      return { prefixes, equalities: at, range: undefined }
    prefixes = product(prefixes, bounds.points)
  }
  return { prefixes, equalities: index.fields.length, range: undefined }
}

const rangesOf = ({ prefixes, range }: Narrowing): KeyRange[] =>
  prefixes.map((prefix) => {
    if (range)
      return {
        low: Buffer.concat([prefix, range.low]),
        high: Buffer.concat([prefix, range.high]),
      }
    return { low: prefix, high: prefix.length > 0 ? successor(prefix) : LAST_KEY }
  })

/** Whether reading the index in key order gives the wanted sort. */
const orderOf = (
  index: Index,
  { prefixes, equalities }: Narrowing,
  sort: readonly SortField[],
): IndexPlan['order'] => {
  if (sort.length === 0 || index.multikey || prefixes.length !== 1) return 'unsorted'
  const fixed = new Set(index.fields.slice(0, equalities).map((field) => field.name))
  const open = sort.filter((field) => !fixed.has(field.name))
  const follows = (reverse: boolean): boolean =>
    open.every((field, at) => {
      const next = index.fields[equalities + at]
      return next?.name === field.name && (next.descending !== field.descending) === reverse
    })
  if (follows(false)) return 'sorted'
  return follows(true) ? 'reversed' : 'unsorted'
}

interface Candidate {
  readonly plan: IndexPlan
  readonly score: number
}

const candidate = (
  filter: Filter,
  index: Index,
  sort: readonly SortField[],
): Candidate | undefined => {
  const narrowing = narrow(filter, index)
  const order = orderOf(index, narrowing, sort)
  const whole = narrowing.equalities === index.fields.length
  const score =
    narrowing.equalities * 20 +
    (narrowing.range ? 10 : 0) +
    (order === 'unsorted' ? 0 : 6) +
    (whole && index.unique ? 1000 : 0)
  if (score === 0) return undefined
  const ranges = rangesOf(narrowing)
  return { plan: { via: 'index', index, ranges, points: whole, order }, score }
}

const alternatives = (filter: Filter): readonly Filter[] | undefined => {
  if (filter.kind === 'or') return filter.filters
  if (filter.kind !== 'and') return undefined
  return filter.filters.map(alternatives).find((found) => found !== undefined)
}

export const makePlan = (
  collection: Collection,
  filter: Filter,
  sort: readonly SortField[],
): Plan => {
  let best: Candidate | undefined
  for (const index of [collection.primary, ...collection.indexes]) {
    const next = candidate(filter, index, sort)
    if (next && next.score > (best?.score ?? 0)) best = next
  }
  if (best) return best.plan
  const plans = alternatives(filter)?.map((one) => makePlan(collection, one, []))
  return plans?.every((plan) => plan.via !== 'scan') ? { via: 'union', plans } : { via: 'scan' }
}
