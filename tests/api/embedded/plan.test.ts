import { ObjectId } from 'bson'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type Collection,
  collectionOf,
  type Index,
  openStore,
  type Store,
} from '../../../api/src/storage/embedded/catalogue.ts'
import { answer } from '../../../api/src/storage/embedded/commands.ts'
import { groupCommit } from '../../../api/src/storage/embedded/commit.ts'
import { openCursors } from '../../../api/src/storage/embedded/cursors.ts'
import type { Engine } from '../../../api/src/storage/embedded/engine.ts'
import { parseFilter } from '../../../api/src/storage/embedded/filter.ts'
import { parseIndex, planIndex } from '../../../api/src/storage/embedded/index-definitions.ts'
import { indexKeys } from '../../../api/src/storage/embedded/index-keys.ts'
import { makePlan, type Plan } from '../../../api/src/storage/embedded/plan.ts'
import { parseSort, select } from '../../../api/src/storage/embedded/select.ts'
import { openSqlite, toBuffer } from '../../../api/src/storage/embedded/sqlite.ts'
import { type Doc, decode, encode } from '../../../api/src/storage/embedded/values.ts'
import { type Dice, dice } from '../../support/dice.ts'
import { temporaryDirectory } from '../../support/embedded-store.ts'

const directory = temporaryDirectory()
const sql = openSqlite(`${directory.path}/plan.db`)
const store: Store = openStore(sql)
const engine: Engine = { store, committer: groupCommit(store), cursors: openCursors(Date.now) }
const run = async (command: Doc) => {
  const reply = await answer(engine, { ...command, $db: 'fuzz' })
  return reply as Doc
}

afterAll(() => {
  sql.close()
  directory.remove()
})

/** On a busy machine fewer rounds are played: the next run goes as far as it can again. */
const LONGEST_MS = 15_000

const FIELDS = ['a', 'b', 'c', 'a.x', 'a.y', 'b.x'] as const
const WORDS = ['a', 'b', 'ab', 'abc', 'B', '', 'a\u0000x', 'é', '𐀀', '\uffff']

/** Half of all values are among four, so that conditions are often met. */
const scalar = (d: Dice): unknown => (d.chance(2) ? d.roll(4) : rareScalar(d))

const rareScalar = (d: Dice): unknown =>
  d.pick([
    () => null,
    () => d.roll(6) - 2,
    () => d.roll(6),
    () => d.roll(6) + 0.5,
    () => d.pick(WORDS),
    () => d.pick(['a', 'b', 'c']),
    () => d.chance(2),
    () => new Date(d.roll(5) * 1000),
    () => new ObjectId(`${'0'.repeat(23)}${d.roll(4)}`),
    () => d.pick([Number.NaN, -0, Number.NEGATIVE_INFINITY, 1e300]),
  ])()

/** Any value; without `lists` none that is or holds an array, so that an index can also give the order. */
const value = (d: Dice, lists: boolean, depth = 0): unknown => {
  const kind = lists ? d.roll(10) : d.pick([0, 1, 2, 9])
  if (kind < 4 || depth > 1) return scalar(d)
  if (kind < 8) return d.list(d.roll(4), () => value(d, lists, depth + 1))
  return { x: value(d, lists, depth + 1), y: value(d, lists, depth + 1) }
}

const document = (d: Dice, lists: boolean, id: number): Doc => {
  const doc: Doc = { _id: id }
  for (const field of ['a', 'b', 'c']) if (!d.chance(5)) doc[field] = value(d, lists)
  return doc
}

const INDEXES = [
  { a: 1 },
  { b: -1, a: 1 },
  { 'a.x': 1, 'a.y': -1 },
  { c: 1, b: 1, a: -1 },
  { c: -1 },
  { b: 1, _id: -1 },
  { 'b.x': 1 },
  { 'a.x': -1, c: 1 },
  { a: 1, _id: 1 },
  { c: -1, _id: -1 },
  { b: 1, c: -1, _id: 1 },
]

const condition = (d: Dice): unknown => {
  const operand = () => scalar(d)
  return d.pick([
    operand,
    () => ({ $eq: operand() }),
    () => ({ $in: d.list(1 + d.roll(3), operand) }),
    () => ({ $gt: operand() }),
    () => ({ $gte: operand(), $lt: operand() }),
    () => ({ $lte: operand() }),
    () => ({ $ne: operand() }),
    () => ({ $nin: [operand()] }),
    () => ({ $exists: d.chance(2) }),
    () => ({ $not: { $gt: operand() } }),
    () => ({ $regex: d.pick(['^a', '^ab', '^ab*', '^a|b', 'b$']) }),
    () => ({ $elemMatch: { $gte: operand(), $lt: operand() } }),
    () => ({ $elemMatch: { x: operand() } }),
    () => ({ $elemMatch: { x: { $gt: operand() }, y: operand() } }),
    () => ({ $all: d.list(1 + d.roll(2), operand) }),
    () => ({ $size: d.roll(3) }),
  ])()
}

const filter = (d: Dice, depth = 0): Doc => {
  const made: Doc = {}
  for (let at = d.pick([1, 1, 1, 2, 2, 3]); at > 0; at--) made[d.pick(FIELDS)] = condition(d)
  if (d.chance(6)) Object.assign(made, { 'a.x': d.roll(4), 'a.y': d.pick([d.roll(4), { $gt: 1 }]) })
  if (depth === 0 && d.chance(5)) made._id = d.pick([{ $lt: d.roll(60) }, { $in: [1, 2, 3] }, 7])
  if (depth === 0 && d.chance(5)) made.$or = [filter(d, 1), filter(d, 1)]
  if (depth === 0 && d.chance(6)) made.$and = [filter(d, 1), filter(d, 1)]
  return made
}

/** A sort, often by a field that the filter also names. */
const sorting = (d: Dice, wanted: Doc): Doc | undefined => {
  if (d.chance(3)) return undefined
  const fields = d.chance(2) ? FIELDS : Object.keys(wanted).filter((name) => !name.startsWith('$'))
  const direction = () => (d.chance(2) ? 1 : -1)
  const made: Doc = d.chance(5) || fields.length === 0 ? {} : { [d.pick(fields)]: direction() }
  if (d.chance(3)) made[d.pick(FIELDS)] = direction()
  return { ...made, _id: direction() }
}

const fill = async (d: Dice, lists: boolean, name: string): Promise<void> => {
  const ids = Array.from({ length: 60 }, (_, id) => id)
  const wanted = INDEXES.filter(() => d.chance(2))
  const indexes = wanted.map((key, at) => ({ key, name: `i${at}` }))
  if (indexes.length > 0) await run({ createIndexes: name, indexes })
  await run({ insert: name, documents: ids.map((id) => document(d, lists, id)), ordered: false })
  for (let at = 0; at < 20; at++) {
    const u = { $set: { [d.pick(['a', 'b', 'c'])]: value(d, lists) } }
    await run({ update: name, updates: [{ q: { _id: d.roll(60) }, u }] })
  }
  await run({ delete: name, deletes: d.list(5, () => ({ q: { _id: d.roll(60) }, limit: 1 })) })
}

const idsOf = (rows: Iterable<{ readonly bytes: Buffer }>) =>
  [...rows].map(({ bytes }) => Number(decode(bytes)._id))

const inOrder = (ids: readonly number[], sorted: boolean) =>
  sorted ? ids : [...ids].sort((a, b) => a - b)

const scanOnly = () => ({ via: 'scan' }) as const

describe('planning a query', () => {
  const seed = Number(process.env.FUZZ_SEED ?? 20_260_101)
  const rounds = Number(process.env.FUZZ_ROUNDS ?? 30)

  const kindOf = (plan: Plan) => (plan.via === 'index' ? `index ${plan.order}` : plan.via)

  /** One random query by its plan and by reading everything. Returns the kind of the plan. */
  const compare = (d: Dice, collection: Collection): string => {
    const given = filter(d)
    const sort = sorting(d, given)
    const wanted = { filter: given, sort, limit: sort && d.chance(2) ? 5 : 0 }
    const plan = makePlan(collection, parseFilter(wanted.filter), parseSort(sort))
    const ids = (rows: Iterable<{ readonly bytes: Buffer }>) =>
      inOrder(idsOf(rows), sort !== undefined)
    const planned = ids(select(store, collection, wanted))
    const scanned = ids(select(store, collection, wanted, scanOnly))
    if (planned.join() !== scanned.join())
      expect(planned, JSON.stringify({ wanted, plan: kindOf(plan) })).toEqual(scanned)
    return kindOf(plan)
  }

  it(`answers by an index as by reading everything (seed ${seed})`, async () => {
    const d = dice(seed)
    const used = new Map<string, number>()
    const enough = Date.now() + LONGEST_MS
    for (let round = 0; round < rounds && Date.now() < enough; round++) {
      await fill(d, round % 2 === 0, `c${round}`)
      const collection = collectionOf(store, `fuzz.c${round}`)
      for (let query = 0; collection && query < 200; query++) {
        const kind = compare(d, collection)
        used.set(kind, (used.get(kind) ?? 0) + 1)
      }
    }
    const kinds = ['scan', 'union', 'index sorted', 'index reversed', 'index unsorted']
    for (const kind of kinds) expect(used.get(kind) ?? 0, kind).toBeGreaterThan(0)
  }, 60_000)

  it('keeps every index equal to one built anew', async () => {
    const d = dice(seed + 1)
    for (let round = 0; round < 10; round++) {
      const name = `kept${round}`
      await fill(d, round % 2 === 0, name)
      const collection = collectionOf(store, `fuzz.${name}`)
      for (const index of collection?.indexes ?? [])
        expect(storedKeys(index)).toEqual(expectedKeys(index, `fuzz.${name}`))
    }
  })

  const storedKeys = (index: Index): string[] =>
    sql
      .all(`SELECT key, rid FROM ${index.table} ORDER BY key, rid`)
      .map(([key, rid]) => `${toBuffer(key).toString('hex')} ${rid}`)

  const expectedKeys = (index: Index, namespace: string): string[] => {
    const table = collectionOf(store, namespace)?.table
    return sql
      .all(`SELECT rid, doc FROM ${table}`)
      .flatMap(([rid, bytes]) =>
        indexKeys(decode(toBuffer(bytes)), index).keys.map((key) => ({ key, rid: Number(rid) })),
      )
      .sort((a, b) => Buffer.compare(a.key, b.key) || a.rid - b.rid)
      .map(({ key, rid }) => `${key.toString('hex')} ${rid}`)
  }

  it('reads a page in index order without sorting, from either end', async () => {
    await run({ createIndexes: 'pages', indexes: [{ key: { at: -1, _id: -1 }, name: 'at' }] })
    const documents = Array.from({ length: 50 }, (_, at) => ({ _id: `p${at}`, at: at % 7 }))
    await run({ insert: 'pages', documents })
    const collection = collectionOf(store, 'fuzz.pages')
    const after = parseFilter({ $or: [{ at: { $lt: 5 } }, { at: 5, _id: { $lt: 'p3' } }] })
    const planFor = (sort: Doc) => collection && makePlan(collection, after, parseSort(sort))
    expect(planFor({ at: -1, _id: -1 })).toMatchObject({ via: 'index', order: 'sorted' })
    expect(planFor({ at: 1, _id: 1 })).toMatchObject({ via: 'index', order: 'reversed' })
    expect(planFor({ at: 1, _id: -1 })).toMatchObject({ via: 'index', order: 'unsorted' })
  })

  it.each([
    ['a value', { s: 'x' }, 'index'],
    ['null, which a missing field equals', { s: null }, 'index'],
    ['the beginning of a text', { s: { $regex: '^ab' } }, 'index'],
    ['one of several values', { s: { $in: ['a', 'b'] } }, 'index'],
    ['alternatives on the same field', { $or: [{ s: 'a' }, { s: { $gt: 'x' } }] }, 'index'],
    ['alternatives on two indexes', { $or: [{ s: 'a' }, { n: 1 }] }, 'union'],
    ['alternatives one of which has no index', { $or: [{ s: 'a' }, { z: 1 }] }, 'scan'],
    ['a text that begins in either of two ways', { s: { $regex: '^a|b' } }, 'scan'],
    ['the beginning in either case', { s: { $regex: '^ab', $options: 'i' } }, 'scan'],
    ['the beginning of any line', { s: { $regex: '^ab', $options: 'm' } }, 'scan'],
    ['one of several, one a pattern', { s: { $in: ['a', /b/] } }, 'scan'],
    ['the absence of a value', { s: { $ne: 'x' } }, 'scan'],
    ['what a value is not', { s: { $not: { $gt: 'x' } } }, 'scan'],
    ['a whole array', { s: ['a', 'b'] }, 'scan'],
    ['the presence of a field', { s: { $exists: true } }, 'scan'],
    ['neither of two', { $nor: [{ s: 'a' }] }, 'scan'],
  ])('plans a filter by %s', async (_, given, via) => {
    const indexes = [
      { key: { s: 1 }, name: 's' },
      { key: { n: 1 }, name: 'n' },
    ]
    await run({ createIndexes: 'kinds', indexes })
    const collection = collectionOf(store, 'fuzz.kinds')
    const parsed = parseFilter(decode(encode(given)))
    expect(collection && makePlan(collection, parsed, [])).toMatchObject({ via })
  })

  it('refuses a document with arrays on two paths of one index', async () => {
    await run({ createIndexes: 'parallel', indexes: [{ key: { a: 1, b: 1 }, name: 'ab' }] })
    const insert = (doc: Doc) => run({ insert: 'parallel', documents: [doc] })
    expect(await insert({ a: [1, 2], b: 1 })).toMatchObject({ n: 1 })
    expect(await insert({ a: [1, 2], b: [1] })).toMatchObject({
      n: 0,
      writeErrors: [{ code: 171 }],
    })
  })

  it('lets two elements of one array meet two keys of a unique index only together', async () => {
    const index = { key: { 'a.x': 1, 'a.y': 1 }, name: 'xy', unique: true }
    await run({ createIndexes: 'pairs', indexes: [index] })
    const insert = (a: Doc[]) => run({ insert: 'pairs', documents: [{ a }] })
    expect(
      await insert([
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ]),
    ).toMatchObject({ n: 1 })
    expect(await insert([{ x: 1, y: 2 }])).toMatchObject({ n: 1 })
    expect(await insert([{ x: 2, y: 2 }])).toMatchObject({ n: 0, writeErrors: [{ code: 11000 }] })
    const collection = collectionOf(store, 'fuzz.pairs')
    expect(collection && planIndex(collection, parseIndex(index))).toBeUndefined()
  })
})
