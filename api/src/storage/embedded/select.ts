import type { Collection, Store } from './catalogue.ts'
import type { StoredRow } from './documents.ts'
import { badValue, unsupported } from './errors.ts'
import { type Filter, matchesAll, parseFilter } from './filter.ts'
import { inverted, keyOf } from './keys.ts'
import { compileFilter } from './match.ts'
import { keyValuesAt, splitPath } from './paths.ts'
import { type IndexPlan, makePlan, type Plan, type SortField } from './plan.ts'
import { type SqlRow, toBuffer } from './sqlite.ts'
import { type Doc, decode, isDoc } from './values.ts'

/** A matching document; decoded already where the filter had to look at it. */
export interface Found extends StoredRow {
  readonly doc?: Doc
}

export interface Selection {
  readonly filter: Doc
  readonly sort?: Doc
  readonly skip?: number
  readonly limit?: number
}

const FIRST_PAGE = 100
const LARGEST_PAGE = 1000

const rowOf = ([rid, bytes]: SqlRow): StoredRow => ({ rid: Number(rid), bytes: toBuffer(bytes) })

function* scan(store: Store, { table }: Collection): Generator<StoredRow> {
  let last = -1
  for (let size = FIRST_PAGE; ; size = Math.min(size * 2, LARGEST_PAGE)) {
    const sql = `SELECT rid, doc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`
    const rows = store.sql.all(sql, last, size)
    for (const row of rows) yield rowOf(row)
    if (rows.length < size) return
    last = Number(rows.at(-1)?.[0])
  }
}

/** Pages through key ranges, going on after the last key and row seen. */
const pageSql = (collection: Collection, plan: IndexPlan): string => {
  const own = plan.index === collection.primary
  const key = own ? 'c.id' : 'i.key'
  const from = own
    ? `${collection.table} c`
    : `${plan.index.table} i JOIN ${collection.table} c ON c.rid = i.rid`
  const rid = own ? 'c.rid' : 'i.rid'
  return plan.order === 'reversed'
    ? `SELECT ${rid}, c.doc, ${key} FROM ${from} WHERE ${key} >= ? AND (${key}, ${rid}) < (?, ?) ORDER BY ${key} DESC, ${rid} DESC LIMIT ?`
    : `SELECT ${rid}, c.doc, ${key} FROM ${from} WHERE (${key}, ${rid}) > (?, ?) AND ${key} < ? ORDER BY ${key}, ${rid} LIMIT ?`
}

function* indexed(
  store: Store,
  collection: Collection,
  plan: IndexPlan,
  first: number,
): Generator<StoredRow> {
  const sql = pageSql(collection, plan)
  const back = plan.order === 'reversed'
  for (const { low, high } of plan.ranges) {
    let key = back ? high : low
    let rid = -1
    for (let size = first; ; size = Math.min(size * 2, LARGEST_PAGE)) {
      const rows = back
        ? store.sql.all(sql, low, key, rid, size)
        : store.sql.all(sql, key, rid, high, size)
      for (const row of rows) yield rowOf(row)
      if (rows.length < size) break
      rid = Number(rows.at(-1)?.[0])
      key = toBuffer(rows.at(-1)?.[2])
    }
  }
}

/** The one row of each _id: the common look-up, without paging. */
function* byId(store: Store, collection: Collection, plan: IndexPlan): Generator<StoredRow> {
  for (const { low } of plan.ranges) {
    const row = store.sql.get(`SELECT rid, doc FROM ${collection.table} WHERE id = ?`, low)
    if (row) yield rowOf(row)
  }
}

function* once(rows: Iterable<StoredRow>): Generator<StoredRow> {
  const seen = new Set<number>()
  for (const row of rows) {
    if (seen.has(row.rid)) continue
    seen.add(row.rid)
    yield row
  }
}

function* joined(
  store: Store,
  collection: Collection,
  plans: readonly Plan[],
  first: number,
): Generator<StoredRow> {
  for (const plan of plans) yield* candidates(store, collection, plan, first)
}

const candidates = (
  store: Store,
  collection: Collection,
  plan: Plan,
  first: number,
): Iterable<StoredRow> => {
  if (plan.via === 'scan') return scan(store, collection)
  if (plan.via === 'union') return once(joined(store, collection, plan.plans, first))
  if (plan.index === collection.primary && plan.points) return byId(store, collection, plan)
  const rows = indexed(store, collection, plan, first)
  return plan.index.multikey ? once(rows) : rows
}

export const parseSort = (sort: Doc | undefined): SortField[] =>
  Object.entries(sort ?? {}).map(([name, direction]) => {
    if (isDoc(direction)) throw unsupported(`sorting '${name}' by ${Object.keys(direction)[0]}`)
    if (name.startsWith('$')) throw unsupported(`sorting by ${name}`)
    if (direction !== 1 && direction !== -1)
      throw badValue(`the sort direction of '${name}' must be 1 or -1`)
    return { name, path: splitPath(name), descending: direction === -1 }
  })

/** An array sorts by its least element ascending, by its greatest descending. */
export const sortKey = (doc: Doc, sort: readonly SortField[]): Buffer =>
  Buffer.concat(
    sort.map(({ path, descending }) => {
      const keys = keyValuesAt(doc, path).map(keyOf)
      const [first = Buffer.alloc(0)] = keys.sort((a, b) =>
        descending ? Buffer.compare(b, a) : Buffer.compare(a, b),
      )
      return descending ? inverted(first) : first
    }),
  )

const KEPT_WHOLE = 2000

/** Sorts in memory by keys; of large results only the rows that are read are fetched again. */
function* sorted(
  store: Store,
  collection: Collection,
  rows: Iterable<Found>,
  sort: readonly SortField[],
): Generator<Found> {
  const all: { readonly key: Buffer; readonly rid: number; readonly row?: Found }[] = []
  for (const row of rows) {
    const key = sortKey(row.doc ?? decode(row.bytes), sort)
    all.push({ key, rid: row.rid, row: all.length < KEPT_WHOLE ? row : undefined })
  }
  all.sort((a, b) => Buffer.compare(a.key, b.key))
  for (const { rid, row } of all) {
    if (row) yield row
    else {
      const again = store.sql.get(`SELECT rid, doc FROM ${collection.table} WHERE rid = ?`, rid)
      if (again) yield rowOf(again)
    }
  }
}

/** A filter on nothing but one _id needs no second look. */
const isPoint = (filter: Filter): boolean => {
  if (filter.kind !== 'field' || filter.name !== '_id' || filter.tests.length !== 1) return false
  const [test] = filter.tests
  return test?.op === 'eq' && typeof test.value === 'string'
}

function* matching(rows: Iterable<StoredRow>, filter: Filter): Generator<Found> {
  if (matchesAll(filter) || isPoint(filter)) {
    yield* rows
    return
  }
  const matches = compileFilter(filter)
  for (const { rid, bytes } of rows) {
    const doc = decode(bytes)
    if (matches(doc)) yield { rid, bytes, doc }
  }
}

function* slice(rows: Iterable<Found>, skip: number, limit: number): Generator<Found> {
  let at = 0
  for (const row of rows) {
    if (at++ >= skip) yield row
    if (limit > 0 && at >= skip + limit) return
  }
}

/** The matching documents in order. `limit` 0 means all. */
export const select = (
  store: Store,
  collection: Collection | undefined,
  { filter, sort, skip = 0, limit = 0 }: Selection,
  plan: typeof makePlan = makePlan,
): Iterable<Found> => {
  const parsed = parseFilter(filter)
  const order = parseSort(sort)
  if (!collection) return []
  const chosen = plan(collection, parsed, order)
  const inOrder = order.length === 0 || (chosen.via === 'index' && chosen.order !== 'unsorted')
  const first = inOrder && limit > 0 ? Math.min(limit + skip, FIRST_PAGE) : FIRST_PAGE
  const rows = matching(candidates(store, collection, chosen, first), parsed)
  return slice(inOrder ? rows : sorted(store, collection, rows, order), skip, limit)
}
