import mongoose from 'mongoose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openEmbedded } from '../../support/embedded-store.ts'
import type { OpenedStore } from '../../support/store-conformance.ts'

type Collection = mongoose.mongo.Collection
type Work = (things: Collection) => Promise<unknown>

interface Refusal {
  readonly feature: string
  readonly code: number
  /** Words the message has to name. */
  readonly names: RegExp
  readonly refused: Work
  /** The same but for the feature: it passes. */
  readonly permitted: Work
}

const find = (filter: object, options: object = {}): Work => {
  return (things) => things.find(filter, options).toArray()
}
const update = (change: object, options: object = {}): Work => {
  return (things) => things.updateOne({ n: 1 }, change as never, options)
}
const pipeline = (...stages: object[]): Work => {
  return (things) => things.aggregate(stages).toArray()
}
const index = (key: object, options: object = {}): Work => {
  return (things) => things.createIndex(key as never, options)
}

const filters: Refusal[] = [
  ['$where', { $where: 'true' }, { n: 1 }],
  ['$expr', { $expr: { $eq: ['$n', 1] } }, { n: 1 }],
  ['$text', { $text: { $search: 'x' } }, { s: 'x' }],
  ['$jsonSchema', { $jsonSchema: {} }, {}],
  ['$type', { n: { $type: 'int' } }, { n: { $exists: true } }],
  ['$mod', { n: { $mod: [2, 0] } }, { n: { $in: [2, 0] } }],
  ['$geoWithin', { n: { $geoWithin: {} } }, { n: { $gte: 0 } }],
  ['$near', { n: { $near: [0, 0] } }, { n: { $lte: 0 } }],
  ['$bitsAllSet', { n: { $bitsAllSet: 1 } }, { n: { $ne: 1 } }],
].map(([feature, refused, permitted]) => ({
  feature: `the query operator ${feature}`,
  code: 2,
  names: new RegExp(`\\${feature}`),
  refused: find(refused as object),
  permitted: find(permitted as object),
}))

const stages: Refusal[] = [
  ['$facet', { $facet: { a: [{ $match: {} }] } }],
  ['$out', { $out: 'other' }],
  ['$merge', { $merge: 'other' }],
  ['$graphLookup', { $graphLookup: { from: 'things' } }],
  ['$unionWith', { $unionWith: 'other' }],
  ['$bucket', { $bucket: { groupBy: '$n', boundaries: [0, 9] } }],
  ['$sample', { $sample: { size: 1 } }],
  ['$geoNear', { $geoNear: {} }],
  ['$setWindowFields', { $setWindowFields: {} }],
].map(([feature, stage]) => ({
  feature: `the pipeline stage ${feature}`,
  code: 40324,
  names: new RegExp(`\\${feature}`),
  refused: pipeline({ $match: {} }, stage as object),
  permitted: pipeline({ $match: {} }, { $limit: 1 }),
}))

const operators: Refusal[] = [
  ['$rename', { $rename: { n: 'm' } }],
  ['$mul', { $mul: { n: 2 } }],
  ['$bit', { $bit: { n: { and: 1 } } }],
  ['$pop', { $pop: { list: 1 } }],
  ['$currentDate', { $currentDate: { at: true } }],
].map(([feature, change]) => ({
  feature: `the update operator ${feature}`,
  code: 9,
  names: new RegExp(`\\${feature}`),
  refused: update(change as object),
  permitted: update({ $inc: { n: 0 } }),
}))

const indexes: Refusal[] = [
  ['a text index', /text/, { s: 'text' }, {}],
  ['a hashed index', /hashed/, { s: 'hashed' }, {}],
  ['a geo index', /2dsphere/, { s: '2dsphere' }, {}],
  ['a wildcard index', /wildcard/, { '$**': 1 }, {}],
  ['a sparse index', /sparse/, { s: 1 }, { sparse: true }],
  ['a partial index', /partialFilterExpression/, { s: 1 }, { partialFilterExpression: { s: 'x' } }],
  ['a TTL index', /expireAfterSeconds/, { s: 1 }, { expireAfterSeconds: 60 }],
  ['a hidden index', /hidden/, { s: 1 }, { hidden: true }],
  ['an index with a collation', /collation/, { s: 1 }, { collation: { locale: 'de' } }],
  ['an index on an array position', /position/, { 'list.0': 1 }, {}],
].map(([feature, names, key, options]) => ({
  feature: feature as string,
  code: 67,
  names: names as RegExp,
  refused: index(key as object, options as object),
  permitted: index({ s: 1 }),
}))

const options: Refusal[] = [
  ['collation', { collation: { locale: 'de' } }],
  ['hint', { hint: { _id: 1 } }],
  ['min', { min: { n: 1 } }],
  ['returnKey', { returnKey: true }],
  ['tailable', { tailable: true }],
  ['maxTimeMS', { maxTimeMS: 100 }],
  ['let', { let: { a: 1 } }],
].map(([feature, given]) => ({
  feature: `the find option ${feature}`,
  code: 72,
  names: new RegExp(`'${feature}'`),
  refused: find({}, given as object),
  permitted: find({}, { limit: 1 }),
}))

const others: Refusal[] = [
  {
    feature: 'a positional update',
    code: 2,
    names: /positional.*'list\.\$'/,
    refused: (things) => things.updateOne({ list: 1 }, { $set: { 'list.$': 2 } }),
    permitted: (things) => things.updateOne({ list: 1 }, { $set: { 'list.0': 2 } }),
  },
  {
    feature: 'an update of all array elements',
    code: 2,
    names: /positional.*'list\.\$\[\]'/,
    refused: update({ $inc: { 'list.$[]': 1 } }),
    permitted: update({ $inc: { 'list.0': 1 } }),
  },
  {
    feature: 'arrayFilters',
    code: 72,
    names: /arrayFilters/,
    refused: update({ $set: { n: 1 } }, { arrayFilters: [{ x: 1 }] }),
    permitted: update({ $set: { n: 1 } }),
  },
  {
    feature: 'an update by a pipeline',
    code: 238,
    names: /pipeline/,
    refused: update([{ $set: { n: 2 } }]),
    permitted: update({ $set: { n: 2 } }),
  },
  {
    feature: 'the hint of an update',
    code: 72,
    names: /'hint'/,
    refused: update({ $set: { n: 1 } }, { hint: { _id: 1 } }),
    permitted: update({ $set: { n: 1 } }),
  },
  {
    feature: 'the collation of an update',
    code: 72,
    names: /'collation'/,
    refused: update({ $set: { n: 1 } }, { collation: { locale: 'de' } }),
    permitted: update({ $set: { n: 1 } }),
  },
  {
    feature: 'the collation of a delete',
    code: 72,
    names: /'collation'/,
    refused: (things) => things.deleteOne({ n: 7 }, { collation: { locale: 'de' } }),
    permitted: (things) => things.deleteOne({ n: 7 }),
  },
  {
    feature: 'the modifier $sort of $push',
    code: 2,
    names: /\$sort/,
    refused: update({ $push: { list: { $each: [1], $sort: 1 } } }),
    permitted: update({ $push: { list: { $each: [1], $slice: -5 } } }),
  },
  {
    feature: 'the modifier $position of $push',
    code: 2,
    names: /\$position/,
    refused: update({ $push: { list: { $each: [1], $position: 0 } } }),
    permitted: update({ $push: { list: { $each: [1] } } }),
  },
  {
    feature: 'a computed projection',
    code: 2,
    names: /projection/,
    refused: find({}, { projection: { n: { $add: ['$n', 1] } } }),
    permitted: find({}, { projection: { n: 1 } }),
  },
  {
    feature: 'a projection by $elemMatch',
    code: 2,
    names: /\$elemMatch/,
    refused: find({}, { projection: { list: { $elemMatch: { $gt: 1 } } } }),
    permitted: find({}, { projection: { list: 1 } }),
  },
  {
    feature: 'a sort by text score',
    code: 238,
    names: /\$meta/,
    refused: find({}, { sort: { score: { $meta: 'textScore' } } }),
    permitted: find({}, { sort: { score: 1 } }),
  },
  {
    feature: 'a natural sort',
    code: 238,
    names: /\$natural/,
    refused: find({}, { sort: { $natural: 1 } }),
    permitted: find({}, { sort: { n: 1 } }),
  },
  {
    feature: 'a regular expression in extended form',
    code: 238,
    names: /'x'/,
    refused: find({ s: { $regex: 'a b', $options: 'x' } }),
    permitted: find({ s: { $regex: 'a b', $options: 'i' } }),
  },
  {
    feature: 'a $lookup with a pipeline',
    code: 238,
    names: /'pipeline'/,
    refused: pipeline({ $lookup: { from: 'others', as: 'o', pipeline: [] } }),
    permitted: pipeline({
      $lookup: { from: 'others', as: 'o', localField: 'n', foreignField: 'n' },
    }),
  },
  {
    feature: 'an expression that runs a script',
    code: 168,
    names: /\$function/,
    refused: pipeline({ $project: { x: { $function: { body: 'x', args: [], lang: 'js' } } } }),
    permitted: pipeline({ $project: { x: { $concat: ['a', 'b'] } } }),
  },
  {
    feature: 'an unknown expression',
    code: 168,
    names: /\$nothingSuch/,
    refused: pipeline({ $project: { x: { $nothingSuch: 1 } } }),
    permitted: pipeline({ $project: { x: { $abs: 1 } } }),
  },
  {
    feature: 'an unknown accumulator',
    code: 168,
    names: /\$accumulator|\$nothingSuch/,
    refused: pipeline({ $group: { _id: null, x: { $nothingSuch: 1 } } }),
    permitted: pipeline({ $group: { _id: null, x: { $sum: 1 } } }),
  },
  {
    feature: 'the comparison of a Decimal128',
    code: 238,
    names: /Decimal128/,
    refused: find({ n: mongoose.mongo.Decimal128.fromString('1.5') }),
    permitted: find({ n: 1.5 }),
  },
  {
    feature: 'a read concern of a snapshot',
    code: 72,
    names: /snapshot/,
    refused: find({}, { readConcern: { level: 'snapshot' } }),
    permitted: find({}, { readConcern: { level: 'majority' } }),
  },
  {
    feature: 'a write concern of several nodes',
    code: 100,
    names: /one data-bearing node/,
    refused: (things) => things.insertOne({}, { writeConcern: { w: 2 } }),
    permitted: (things) => things.insertOne({}, { writeConcern: { w: 'majority' } }),
  },
]

describe('what the embedded store leaves out', () => {
  let store: OpenedStore
  let client: mongoose.mongo.MongoClient
  let things: Collection

  beforeAll(async () => {
    store = await openEmbedded()
    client = await new mongoose.mongo.MongoClient(store.uri).connect()
    things = client.db().collection('things')
  })
  afterAll(async () => {
    await client?.close()
    await store?.close()
  })
  beforeEach(async () => {
    await things.drop().catch(() => undefined)
    await things.insertMany([
      { n: 1, s: 'x', list: [1, 2] },
      { n: 5, s: 'y', list: [3] },
    ])
  })

  const everything = () => things.find({}).sort({ _id: 1 }).toArray()

  const all = [...filters, ...stages, ...operators, ...indexes, ...options, ...others]
  it.each(all)('refuses $feature by name and changes nothing', async (refusal) => {
    const before = await everything()
    await expect(refusal.refused(things)).rejects.toMatchObject({
      code: refusal.code,
      message: expect.stringMatching(refusal.names),
    })
    expect(await everything()).toEqual(before)
    expect(await things.indexes()).toHaveLength(1)
    await refusal.permitted(things)
  })

  it('refuses a transaction, and lets the same write through without one', async () => {
    const session = client.startSession()
    session.startTransaction()
    await expect(things.insertOne({ n: 9 }, { session })).rejects.toMatchObject({
      code: 263,
      message: expect.stringMatching(/transaction/),
    })
    await session.abortTransaction().catch(() => undefined)
    await session.endSession()
    expect(await things.countDocuments({ n: 9 })).toBe(0)
    await things.insertOne({ n: 9 })
  })

  it('refuses a retryable write, and lets the same write through without its number', async () => {
    const insert = { insert: 'things', documents: [{ n: 9 }] }
    const retryable = client.db().command({ ...insert, txnNumber: 1 })
    await expect(retryable).rejects.toMatchObject({ code: 20 })
    expect(await things.countDocuments({ n: 9 })).toBe(0)
    await client.db().command(insert)
  })

  it('refuses a change stream', async () => {
    const stream = things.watch()
    await expect(stream.next()).rejects.toMatchObject({
      code: 40573,
      message: expect.stringMatching(/change stream/),
    })
    await stream.close()
  })

  it('refuses views, capped and time-series collections', async () => {
    const db = client.db()
    const made = (name: string, given: object) => db.createCollection(name, given)
    await expect(made('v', { viewOn: 'things', pipeline: [] })).rejects.toThrow(/'viewOn'/)
    await expect(made('c', { capped: true, size: 1000 })).rejects.toThrow(/'capped'/)
    await expect(made('t', { timeseries: { timeField: 'at' } })).rejects.toThrow(/'timeseries'/)
    await expect(made('s', { validator: { n: 1 } })).rejects.toThrow(/'validator'/)
    await made('plain', {})
    const names = (await db.listCollections().toArray()).map((one) => one.name).sort()
    expect(names).toEqual(['plain', 'things'])
  })

  it.each(['mapReduce', 'explain', 'collMod', 'renameCollection', 'fsync', 'eval', 'bulkWrite'])(
    'refuses the command %s',
    async (name) => {
      await expect(client.db().command({ [name]: 'things' })).rejects.toMatchObject({ code: 59 })
      await client.db().command({ ping: 1 })
    },
  )

  it('refuses a field name that would reach into JavaScript', async () => {
    const polluted = { $set: { '__proto__.polluted': 1 } }
    await expect(things.updateOne({ n: 1 }, polluted)).rejects.toThrow(/__proto__/)
    await things.updateOne({ n: 1 }, { $set: { 'constructor.prototype.polluted': 1 } })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(await things.countDocuments({ 'constructor.prototype.polluted': 1 })).toBe(1)
    expect(await things.countDocuments({ toString: { $exists: true } })).toBe(0)
  })
})
