import { MangoClient } from '@jkershaw/mangodb'
import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dice, dice } from '../../support/dice.ts'
import { openEmbedded, temporaryDirectory } from '../../support/embedded-store.ts'
import type { OpenedStore } from '../../support/store-conformance.ts'

// An independent implementation of the MongoDB API as oracle. The documents are typed as a schema
// would type them: on untyped data the oracle itself leaves the server's ways. What it does
// otherwise than the server's manual says are left out here and held by the conformance suite: $lt on
// a missing field, `distinct` and projection through an array of documents, a position of no array.

type Doc = Record<string, unknown>

interface Cursor {
  sort(order: Doc): Cursor
  skip(count: number): Cursor
  limit(count: number): Cursor
  toArray(): Promise<Doc[]>
}

/** The part of a collection both implementations have. */
interface Documents {
  insertMany(docs: Doc[]): Promise<unknown>
  find(filter: Doc, options?: Doc): Cursor
  aggregate(pipeline: Doc[]): { toArray(): Promise<Doc[]> }
  countDocuments(filter: Doc): Promise<number>
  distinct(field: string, filter: Doc): Promise<unknown[]>
  updateOne(filter: Doc, update: Doc, options?: Doc): Promise<Doc>
  updateMany(filter: Doc, update: Doc): Promise<Doc>
  deleteMany(filter: Doc): Promise<Doc>
}

/** On a busy machine fewer rounds are played. */
const LONGEST_MS = 15_000

const INDEXES = [
  { key: { n: 1, s: -1 } },
  { key: { tags: 1 } },
  { key: { 'sub.x': 1 } },
  { key: { 'items.code': 1, 'items.n': 1 } },
  { key: { t: -1, _id: 1 } },
] as const

const WORDS = ['alpha', 'beta', 'gamma', 'Delta', 'alphabet', 'été', '']
const CODES = ['NC', 'SA', 'BY', 'ND']
const day = (d: Dice) => new Date(Date.UTC(2026, 0, 1 + d.roll(8)))

const document = (d: Dice, at: number): Doc => {
  const doc: Doc = { _id: `d${at}`, s: d.pick(WORDS), n: d.roll(8) }
  if (!d.chance(3)) doc.t = day(d)
  if (!d.chance(4)) doc.o = d.chance(4) ? null : d.pick(WORDS)
  doc.tags = d.list(d.roll(4), () => d.pick(CODES))
  doc.sub = { x: d.roll(5), y: d.pick(WORDS) }
  doc.items = d.list(d.roll(3), () => ({ code: d.pick(CODES), n: d.roll(4) }))
  return doc
}

const RELATIONS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']

/** A relation on a field that is there. */
const related = (d: Dice, operand: () => unknown, relations = RELATIONS): Doc => ({
  $exists: true,
  [d.pick(relations)]: operand(),
})

const oneOf = (d: Dice, operand: () => unknown): Doc => ({
  [d.pick(['$in', '$nin'])]: d.list(2, operand),
})

/** A condition of the right type on one field. */
const condition = (d: Dice): [string, unknown] => {
  const number = () => d.roll(8)
  const word = () => d.pick(WORDS)
  const code = () => d.pick(CODES)
  return d.pick<() => [string, unknown]>([
    () => ['n', number()],
    () => ['n', related(d, number)],
    () => ['n', { $gte: number(), $lt: number() }],
    () => ['n', { $not: { $gt: number() } }],
    () => ['sub.x', number()],
    () => ['sub.x', related(d, number)],
    () => ['items.n', d.roll(4)],
    () => ['items.n', related(d, () => d.roll(4), ['$gt', '$lte'])],
    () => ['s', word()],
    () => ['s', related(d, word)],
    () => ['s', oneOf(d, word)],
    () => ['s', { $regex: d.pick(['^al', 'a$', 'LPH', '^.e']), $options: d.pick(['', 'i']) }],
    () => ['t', related(d, () => day(d), ['$gt', '$gte', '$lt', '$lte'])],
    () => ['t', { $exists: d.chance(2) }],
    () => ['o', d.pick<() => unknown>([() => null, word, () => ({ $ne: null })])()],
    () => ['o', { $exists: d.chance(2) }],
    () => ['tags', code()],
    () => ['tags', { $size: d.roll(4) }],
    () => ['tags', { $all: d.list(1 + d.roll(2), code) }],
    () => ['tags', oneOf(d, code)],
    () => ['tags', { $ne: code() }],
    () => ['tags', { $elemMatch: { $gte: 'C', $lt: 'Q' } }],
    () => ['tags.0', code()],
    () => ['items.code', code()],
    () => ['items', { $elemMatch: { code: code(), n: { $gte: d.roll(4) } } }],
  ])()
}

const filter = (d: Dice, depth = 0): Doc => {
  const made: Doc = Object.fromEntries(d.list(1 + d.roll(2), () => condition(d)))
  if (depth === 0 && d.chance(4))
    made[d.pick(['$or', '$and', '$nor'])] = d.list(2, () => filter(d, 1))
  return made
}

const update = (d: Dice): Doc =>
  d.pick<() => Doc>([
    () => ({ $set: { s: d.pick(WORDS), 'sub.y': d.pick(WORDS) } }),
    () => ({ $set: { 'sub.z.deep': d.roll(3) } }),
    () => ({ $unset: { o: 1, 'sub.x': 1 } }),
    () => ({ $inc: { n: d.roll(4) - 2, 'sub.fresh': 1 } }),
    () => ({ $push: { tags: d.pick(CODES) } }),
    () => ({ $push: { tags: { $each: d.list(2, () => d.pick(CODES)), $slice: d.roll(5) - 2 } } }),
    () => ({ $addToSet: { tags: { $each: d.list(3, () => d.pick(CODES)) } } }),
    () => ({ $addToSet: { items: { code: d.pick(CODES), n: d.roll(4) } } }),
    () => ({ $pull: { tags: d.pick(CODES) } }),
    () => ({ $pull: { tags: { $in: d.list(2, () => d.pick(CODES)) } } }),
    () => ({ $pull: { items: { code: d.pick(CODES) } } }),
    () => ({ $pull: { items: { n: { $gte: d.roll(4) } } } }),
    () => ({ $max: { n: d.roll(8), t: day(d) }, $min: { 'sub.x': d.roll(5) } }),
  ])()

const stages = (d: Dice): Doc[] => {
  const match = { $match: filter(d) }
  return d.pick<() => Doc[]>([
    () => [
      match,
      { $group: { _id: '$s', n: { $sum: 1 }, total: { $sum: '$n' } } },
      { $sort: { _id: 1 } },
    ],
    () => [
      match,
      { $group: { _id: null, mean: { $avg: '$n' }, least: { $min: '$s' }, most: { $max: '$t' } } },
    ],
    () => [
      match,
      { $unwind: '$tags' },
      { $group: { _id: '$tags', n: { $sum: 1 } } },
      { $sort: { n: -1, _id: 1 } },
    ],
    () => [
      match,
      { $sort: { _id: 1 } },
      { $project: { s: 1, 'sub.x': 1, n: { $add: ['$n', 1] } } },
    ],
    () => [match, { $sort: { n: -1, _id: 1 } }, { $skip: d.roll(4) }, { $limit: 1 + d.roll(5) }],
    () => [
      match,
      { $unwind: { path: '$items', preserveNullAndEmptyArrays: true } },
      { $sort: { _id: 1, 'items.code': 1, 'items.n': 1 } },
      { $project: { items: 1 } },
    ],
    () => [
      match,
      { $addFields: { double: { $multiply: ['$n', 2] }, size: { $size: '$tags' } } },
      { $sort: { _id: -1 } },
    ],
    () => [match, { $count: 'n' }],
    () => [
      match,
      { $sort: { _id: 1 } },
      { $lookup: { from: 'others', localField: 's', foreignField: 'word', as: 'found' } },
    ],
    () => [
      match,
      { $group: { _id: { s: '$s', x: '$sub.x' }, ids: { $addToSet: '$n' } } },
      { $project: { size: { $size: '$ids' } } },
      { $sort: { '_id.s': 1, '_id.x': 1 } },
    ],
  ])()
}

const sorting = (d: Dice): Doc => {
  const direction = () => (d.chance(2) ? 1 : -1)
  return { [d.pick(['n', 's', 't', 'o', 'sub.x'])]: direction(), _id: direction() }
}

/** One text for equal values: the order of keys does not count. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, item) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )

/** What a question gave, or that it was refused. */
const outcome = async (ask: () => Promise<unknown>): Promise<string> => {
  try {
    return canonical(await ask())
  } catch {
    return 'refused'
  }
}

/** Something to ask of both, and its text for the report. */
interface Question {
  readonly text: string
  readonly ask: (documents: Documents) => Promise<unknown>
}

const asked = (parts: unknown[], ask: Question['ask']): Question => ({
  text: JSON.stringify(parts),
  ask,
})

const PROJECTIONS: readonly Doc[] = [
  { s: 1, n: 1 },
  { tags: 0, sub: 0 },
  { 'sub.x': 1, _id: 0 },
]

const question = (d: Dice): Question => {
  const wanted = filter(d)
  const byId = { _id: 1 }
  return d.pick<() => Question>([
    () => asked(['find', wanted], (all) => all.find(wanted).sort(byId).toArray()),
    () => {
      const [order, skip, limit] = [sorting(d), d.roll(3), 1 + d.roll(6)]
      return asked(['page', wanted, order, skip, limit], (all) =>
        all.find(wanted).sort(order).skip(skip).limit(limit).toArray(),
      )
    },
    () => {
      const projection = d.pick(PROJECTIONS)
      return asked(['project', wanted, projection], (all) =>
        all.find(wanted, { projection }).sort(byId).toArray(),
      )
    },
    () => asked(['count', wanted], (all) => all.countDocuments(wanted)),
    () => {
      const field = d.pick(['s', 'n', 'tags', 'sub.y'])
      return asked(['distinct', field, wanted], async (all) =>
        (await all.distinct(field, wanted)).map(String).sort(),
      )
    },
    () => {
      const pipeline = stages(d)
      return asked(['aggregate', pipeline], (all) => all.aggregate(pipeline).toArray())
    },
  ])()
}

const change = (d: Dice): Question => {
  const wanted = filter(d)
  const changes = update(d)
  return d.pick<() => Question>([
    () =>
      asked(['updateMany', wanted, changes], async (all) => {
        const { matchedCount, modifiedCount } = await all.updateMany(wanted, changes)
        return { matchedCount, modifiedCount }
      }),
    () => {
      const filtered = { _id: `d${d.roll(45)}` }
      const made = { ...changes, $setOnInsert: { made: true } }
      const options = { upsert: d.chance(2) }
      return asked(['updateOne', filtered, made, options], async (all) => {
        const { matchedCount, modifiedCount } = await all.updateOne(filtered, made, options)
        return { matchedCount, modifiedCount }
      })
    },
    () => {
      const filtered = { _id: `d${d.roll(40)}`, n: { $lt: 3 } }
      return asked(
        ['delete', filtered],
        async (all) => (await all.deleteMany(filtered)).deletedCount,
      )
    },
  ])()
}

const everything = asked(['everything'], (all) => all.find({}).sort({ _id: 1 }).toArray())

describe('beside an independent implementation', () => {
  const seed = Number(process.env.FUZZ_SEED ?? 20_260_201)
  const rounds = Number(process.env.FUZZ_ROUNDS ?? 12)
  const directory = temporaryDirectory()
  const oracle = new MangoClient(directory.path)
  const client = new mongoose.mongo.MongoClient('mongodb://127.0.0.1')
  let store: OpenedStore
  let driver = client

  beforeAll(async () => {
    store = await openEmbedded()
    driver = await new mongoose.mongo.MongoClient(store.uri).connect()
    await oracle.connect()
  })
  afterAll(async () => {
    await driver.close()
    await store.close()
    await oracle.close()
    directory.remove()
  })

  const pair = (name: string) => {
    const ours = driver.db().collection(name) as unknown as Documents
    const theirs = oracle.db('oracle').collection(name) as unknown as Documents
    return { ours, theirs }
  }

  /** Nothing when both say the same, else what each said. */
  const difference = async ({ text, ask }: Question, name: string): Promise<unknown> => {
    const { ours, theirs } = pair(name)
    const expected = await outcome(() => ask(theirs))
    const given = await outcome(() => ask(ours))
    return given === expected ? undefined : { name, text, expected, given }
  }

  const fill = async (d: Dice, round: number): Promise<string> => {
    const name = `round${round}`
    const docs = Array.from({ length: 40 }, (_, at) => document(d, at))
    await pair(name).theirs.insertMany(structuredClone(docs))
    await pair(name).ours.insertMany(docs)
    if (round % 2)
      await driver
        .db()
        .collection(name)
        .createIndexes([...INDEXES])
    return name
  }

  /** Questions, then changes with the whole collection read after each. */
  const play = async (d: Dice, name: string): Promise<unknown> => {
    for (let at = 0; at < 60; at++) {
      const found = await difference(question(d), name)
      if (found) return found
    }
    for (let at = 0; at < 20; at++) {
      const made = change(d)
      const found = (await difference(made, name)) ?? (await difference(everything, name))
      if (found) return { after: made.text, found }
    }
    return undefined
  }

  it(`gives the same answers on documents typed by a schema (seed ${seed})`, async () => {
    const d = dice(seed)
    const others = WORDS.map((word, at) => ({ _id: `w${at}`, word }))
    await pair('others').ours.insertMany(others)
    await pair('others').theirs.insertMany(others)
    const differences: unknown[] = []
    const enough = Date.now() + LONGEST_MS
    for (let round = 0; round < rounds && Date.now() < enough; round++) {
      const found = await play(d, await fill(d, round))
      if (found) differences.push(found)
    }
    expect(differences).toEqual([])
  }, 60_000)
})
