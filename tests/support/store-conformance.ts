import mongoose, { type Connection } from 'mongoose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

/** A database to test: the connection string, and how to give it back. */
export interface OpenedStore {
  readonly uri: string
  readonly close: () => Promise<void>
}

const { Schema } = mongoose

const datasetSchema = new Schema(
  {
    _id: String,
    community: { type: String, required: true },
    slug: String,
    title: { type: String, minlength: 2 },
    state: { type: String, enum: ['open', 'closed', 'draft'], default: 'open' },
    languages: [String],
    size: { type: Number, min: 0 },
    at: Date,
    grid: { type: [[Number]], default: undefined },
    licence: { name: String, clauses: [{ _id: false, code: String, until: Date, uses: [String] }] },
    labels: { type: Map, of: String },
    blob: Buffer,
    reference: Schema.Types.ObjectId,
    mixed: {},
    steward: { type: String, ref: 'Person' },
  },
  { timestamps: true, minimize: false },
)
datasetSchema.index({ community: 1, slug: 1 }, { unique: true })
datasetSchema.index({ at: -1, _id: -1 })
datasetSchema.index({ languages: 1 })
datasetSchema.index({ 'licence.clauses.code': 1 })

const personSchema = new Schema({ _id: String, name: String, points: Number })
const entrySchema = new Schema({ _id: String, number: Number, stream: String, note: String })
entrySchema.index({ number: 1 }, { unique: true })
const lockedSchema = new Schema(
  { _id: String, value: Number, list: [Number] },
  { optimisticConcurrency: true },
)

const modelsOn = (connection: Connection) => ({
  Dataset: connection.model('Dataset', datasetSchema),
  Person: connection.model('Person', personSchema),
  Entry: connection.model('Entry', entrySchema),
  Locked: connection.model('Locked', lockedSchema),
})

type Models = ReturnType<typeof modelsOn>

const hasCode = (code: number) => expect.objectContaining({ code })
const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const range = (count: number) => Array.from({ length: count }, (_, at) => at)

/** What the application relies on, whichever database stands behind mongoose. */
export const storeConformance = (name: string, open: () => Promise<OpenedStore>): void => {
  describe(name, () => {
    let store: OpenedStore
    let connection: Connection
    let models: Models

    beforeAll(async () => {
      store = await open()
      connection = await mongoose
        .createConnection(store.uri, { serverSelectionTimeoutMS: 5000 })
        .asPromise()
      models = modelsOn(connection)
      await Promise.all(Object.values(models).map((model) => model.init()))
    })
    afterAll(async () => {
      await connection?.close()
      await store?.close()
    })
    beforeEach(async () => {
      await Promise.all(Object.values(models).map((model) => model.collection.deleteMany({})))
    })

    describe('indexes', () => {
      it('builds the indexes a schema declares', async () => {
        const keys = (await models.Dataset.listIndexes()).map((index) => index.key)
        expect(keys).toEqual(
          expect.arrayContaining([
            { _id: 1 },
            { community: 1, slug: 1 },
            { at: -1, _id: -1 },
            { languages: 1 },
          ]),
        )
      })

      it('builds an index over documents that are already there, and drops it', async () => {
        const things = connection.collection('things')
        await things.insertMany(range(20).map((n) => ({ _id: n, n: n % 5 }) as never))
        await things.createIndex({ n: -1 })
        expect(await things.countDocuments({ n: 3 })).toBe(4)
        await things.dropIndex('n_-1')
        expect(await things.countDocuments({ n: 3 })).toBe(4)
        await expect(things.dropIndex('n_-1')).rejects.toEqual(hasCode(27))
        await things.drop()
      })

      it('answers the same with and without an index over arrays', async () => {
        const things = connection.collection('arrays')
        await things.insertMany([
          {
            _id: 1,
            a: [1, 9],
            p: [
              { x: 1, y: 5 },
              { x: 3, y: 2 },
            ],
          },
          { _id: 2, a: [5], p: [{ x: 1, y: 2 }] },
          { _id: 3, a: [], p: [] },
          { _id: 4, a: 2 },
        ] as never[])
        const ids = async (filter: object, order: Record<string, 1 | -1> = { _id: 1 }) =>
          (await things.find(filter).sort(order).toArray()).map((doc) => Number(doc._id))
        const ask = async () => [
          await ids({ a: { $gte: 4 } }, { a: 1 }),
          await ids({ a: { $gte: 2 } }, { a: -1 }),
          await ids({ a: { $gt: 5, $lt: 2 } }),
          await ids({ 'p.x': 1, 'p.y': 2 }),
          await ids({ p: { $elemMatch: { x: 1, y: 2 } } }),
          await ids({}, { a: 1, _id: 1 }),
        ]
        const expected = [[1, 2], [1, 2, 4], [1], [1, 2], [2], [3, 1, 4, 2]]
        expect(await ask()).toEqual(expected)
        await things.createIndexes([{ key: { a: 1 } }, { key: { 'p.x': 1, 'p.y': 1 } }])
        expect(await ask()).toEqual(expected)
        await things.drop()
      })

      it('refuses a unique index over duplicates and keeps the documents', async () => {
        const things = connection.collection('doubles')
        await things.insertMany([{ n: 1 }, { n: 1 }])
        await expect(things.createIndex({ n: 1 }, { unique: true })).rejects.toEqual(hasCode(11000))
        expect(await things.countDocuments()).toBe(2)
        expect(await things.indexes()).toHaveLength(1)
        await things.createIndex({ n: 1 })
        await things.drop()
      })

      it('refuses another index under a name or key that is taken', async () => {
        const things = connection.collection('names')
        await things.createIndex({ a: 1 }, { name: 'first' })
        await things.createIndex({ a: 1 }, { name: 'first' })
        await expect(things.createIndex({ b: 1 }, { name: 'first' })).rejects.toEqual(hasCode(86))
        await expect(things.createIndex({ a: 1 }, { name: 'second' })).rejects.toEqual(hasCode(85))
        await things.drop()
      })
    })

    describe('documents', () => {
      it('saves what the schema permits and refuses what it does not', async () => {
        const { Dataset } = models
        await expect(Dataset.create({ _id: 'bad', slug: 's' })).rejects.toThrow(/community/)
        await expect(Dataset.create({ _id: 'bad', community: 'c', size: -1 })).rejects.toThrow(
          /size/,
        )
        const made = await Dataset.create({ _id: 'd1', community: 'c', title: 'First', size: 1 })
        made.title = 'Second'
        await made.save()
        const read = await Dataset.findById('d1').orFail()
        expect(read.title).toBe('Second')
        expect(read.state).toBe('open')
        expect(read.createdAt).toBeInstanceOf(Date)
        read.languages.push('mi')
        read.set('licence.name', 'K')
        await read.save()
        expect([...(await Dataset.findById('d1').orFail()).languages]).toEqual(['mi'])
      })

      it('gives every type back as it was stored', async () => {
        const at = new Date('2026-01-02T03:04:05.678Z')
        const reference = new mongoose.Types.ObjectId()
        const mixed = {
          deep: [{ when: at, nothing: null, text: 'a\u0000b', yes: true, big: 2 ** 40 }],
        }
        await models.Dataset.create({
          _id: 'types',
          community: 'c',
          at,
          grid: [[1, 2], [3.5]],
          licence: { name: 'K', clauses: [{ code: 'NC', until: at, uses: ['x'] }] },
          labels: { mi: 'Ngā', de: 'ß', emoji: '🪶' },
          blob: Buffer.from([0, 1, 255]),
          reference,
          mixed,
        })
        const read = await models.Dataset.findById('types').lean().orFail()
        expect(read).toMatchObject({ at, grid: [[1, 2], [3.5]], mixed })
        expect(read.labels).toEqual({ mi: 'Ngā', de: 'ß', emoji: '🪶' })
        expect(read.licence?.clauses).toEqual([{ code: 'NC', until: at, uses: ['x'] }])
        expect(String(read.reference)).toBe(String(reference))
        const whole = await models.Dataset.findById('types').orFail()
        expect(Buffer.from(whole.blob ?? [])).toEqual(Buffer.from([0, 1, 255]))
      })

      it('populates a reference', async () => {
        await models.Person.create({ _id: 'p', name: 'Aroha' })
        await models.Dataset.create({ _id: 'd', community: 'c', steward: 'p' })
        const read = await models.Dataset.findById('d').populate('steward').lean().orFail()
        expect(read.steward).toMatchObject({ _id: 'p', name: 'Aroha' })
      })

      it('replaces a document but keeps its _id', async () => {
        await models.Person.create({ _id: 'p', name: 'A', points: 3 })
        await models.Person.replaceOne({ _id: 'p' }, { name: 'B' })
        const replaced = await models.Person.findById('p').select('-__v').lean()
        expect(replaced).toEqual({ _id: 'p', name: 'B' })
        const people = connection.collection('people')
        await expect(
          people.updateOne({ name: 'B' }, { $set: { _id: 'q' as never } }),
        ).rejects.toEqual(hasCode(66))
      })

      it('refuses a document over 16 MB and stores the next', async () => {
        const people = connection.collection('people')
        const padded = (size: number) => ({ _id: 'large' as never, name: 'x'.repeat(size) })
        await expect(people.insertOne(padded(17 * 1024 * 1024))).rejects.toThrow()
        await people.insertOne(padded(1024 * 1024))
        expect(await people.countDocuments()).toBe(1)
      })
    })

    describe('unique keys', () => {
      it('refuses a second document with the same _id by code 11000', async () => {
        await models.Person.create({ _id: 'p' })
        await expect(models.Person.create({ _id: 'p' })).rejects.toMatchObject({
          code: 11000,
          name: 'MongoServerError',
          keyPattern: { _id: 1 },
          keyValue: { _id: 'p' },
        })
      })

      it('names the compound key that is taken, on create and on update', async () => {
        const { Dataset } = models
        await Dataset.create({ _id: 'u1', community: 'c', slug: 'a' })
        await Dataset.create({ _id: 'u2', community: 'c', slug: 'b' })
        const taken = {
          code: 11000,
          keyPattern: { community: 1, slug: 1 },
          keyValue: { community: 'c', slug: 'a' },
        }
        await expect(
          Dataset.create({ _id: 'u3', community: 'c', slug: 'a' }),
        ).rejects.toMatchObject(taken)
        expect(await Dataset.exists({ _id: 'u3' })).toBeNull()
        const update = Dataset.updateOne({ _id: 'u2' }, { $set: { slug: 'a', size: 7 } })
        await expect(update).rejects.toMatchObject(taken)
        const kept = await Dataset.findById('u2').lean().orFail()
        expect([kept.slug, kept.size]).toEqual(['b', undefined])
      })

      it('counts a missing field as one value of a unique index', async () => {
        await models.Entry.create({ _id: 'e1' })
        await expect(models.Entry.create({ _id: 'e2' })).rejects.toEqual(hasCode(11000))
      })

      it('frees a unique key when its document goes or changes', async () => {
        const { Entry } = models
        await Entry.create({ _id: 'e1', number: 1 })
        await Entry.updateOne({ _id: 'e1' }, { $set: { number: 2 } })
        await Entry.create({ _id: 'e2', number: 1 })
        await Entry.deleteOne({ _id: 'e1' })
        await Entry.create({ _id: 'e3', number: 2 })
        expect(await Entry.countDocuments()).toBe(2)
      })

      it('stops an ordered insertMany at the duplicate and keeps what came before', async () => {
        const numbers = [1, 2, 2, 3]
        const wanted = numbers.map((number, at) => ({ _id: `e${at}`, number }))
        await expect(models.Entry.insertMany(wanted)).rejects.toMatchObject({
          code: 11000,
          insertedDocs: [{ _id: 'e0' }, { _id: 'e1' }],
        })
        expect(await models.Entry.distinct('_id')).toEqual(['e0', 'e1'])
      })

      it('goes on after the duplicate in an unordered insertMany', async () => {
        const wanted = [1, 2, 2, 3].map((number, at) => ({ _id: `e${at}`, number }))
        await expect(models.Entry.insertMany(wanted, { ordered: false })).rejects.toEqual(
          hasCode(11000),
        )
        expect(await models.Entry.distinct('_id')).toEqual(['e0', 'e1', 'e3'])
      })

      it('reports each refused write of an unordered bulkWrite', async () => {
        await models.Entry.create({ _id: 'e1', number: 1 })
        const bulk = models.Entry.collection.bulkWrite(
          [
            { insertOne: { document: { _id: 'e1', number: 9 } as never } },
            { updateOne: { filter: { _id: 'e1' as never }, update: { $inc: { number: 10 } } } },
            { insertOne: { document: { _id: 'e2', number: 12 } as never } },
            { deleteOne: { filter: { _id: 'none' as never } } },
          ],
          { ordered: false },
        )
        await expect(bulk).rejects.toMatchObject({ code: 11000, result: { modifiedCount: 1 } })
        expect(await models.Entry.distinct('number')).toEqual([11, 12])
      })
    })

    describe('filters', () => {
      const ids = async (filter: object) =>
        (
          await models.Dataset.find(filter as never)
            .sort({ _id: 1 })
            .lean()
        ).map((doc) => doc._id)

      beforeEach(async () => {
        await models.Dataset.create([
          {
            _id: 'a',
            community: 'x',
            slug: 'a',
            title: 'Odd songs',
            languages: ['mi', 'en'],
            size: 1,
            at: day(1),
            licence: {
              clauses: [
                { code: 'NC', uses: ['x'] },
                { code: 'SA', uses: ['y'] },
              ],
            },
          },
          {
            _id: 'b',
            community: 'x',
            slug: 'b',
            title: 'Even songs',
            languages: ['sw'],
            size: 5,
            at: day(5),
            licence: { clauses: [{ code: 'SA', uses: ['x'] }] },
          },
          { _id: 'c', community: 'y', slug: 'c', title: 'odd words', state: 'draft', size: 9 },
        ])
      })

      it.each([
        ['equality', { community: 'x' }, 'ab'],
        ['an element of an array', { languages: 'en' }, 'a'],
        ['$eq and $ne', { community: { $eq: 'x' }, languages: { $ne: 'en' } }, 'b'],
        ['$gt and $lt', { size: { $gt: 1, $lt: 9 } }, 'b'],
        ['$gte and $lte', { size: { $gte: 1, $lte: 5 } }, 'ab'],
        ['a range of dates', { at: { $gte: day(2), $lt: day(6) } }, 'b'],
        ['$in', { size: { $in: [1, 9, 77] } }, 'ac'],
        ['$in on an array', { languages: { $in: ['sw', 'zz'] } }, 'b'],
        ['$nin', { size: { $nin: [1, 9] } }, 'b'],
        ['$exists', { at: { $exists: true } }, 'ab'],
        ['$exists false', { at: { $exists: false } }, 'c'],
        ['null for a missing field', { at: null }, 'c'],
        ['$not', { size: { $not: { $gte: 5 } } }, 'a'],
        ['$not on a missing field', { at: { $not: { $gt: day(2) } } }, 'ac'],
        ['a regular expression', { title: /^Odd/ }, 'a'],
        ['a regular expression with options', { title: { $regex: '^odd', $options: 'i' } }, 'ac'],
        ['$in with a regular expression', { title: { $in: [/^Even/, 'odd words'] } }, 'bc'],
        ['$size', { languages: { $size: 1 } }, 'b'],
        ['$all', { languages: { $all: ['en', 'mi'] } }, 'a'],
        ['$all of what no document has together', { languages: { $all: ['en', 'sw'] } }, ''],
        ['a path into an array', { 'licence.clauses.code': 'NC' }, 'a'],
        ['a position in an array', { 'licence.clauses.0.code': 'SA' }, 'b'],
        [
          'two paths met by two elements',
          { 'licence.clauses.code': 'SA', 'licence.clauses.uses': 'x' },
          'ab',
        ],
        ['$elemMatch', { 'licence.clauses': { $elemMatch: { code: 'SA', uses: 'x' } } }, 'b'],
        ['$elemMatch on values', { languages: { $elemMatch: { $gte: 'm', $lt: 'n' } } }, 'a'],
        ['$and', { $and: [{ size: { $gt: 1 } }, { size: { $lt: 9 } }] }, 'b'],
        ['$or', { $or: [{ size: 1 }, { state: 'draft' }] }, 'ac'],
        ['$nor', { $nor: [{ size: 1 }, { state: 'draft' }] }, 'b'],
        ['a type that no document has', { mixed: { $gt: 'a' } }, ''],
      ])('match by %s', async (_, filter, expected) => {
        expect((await ids(filter)).join('')).toBe(expected)
        expect(await models.Dataset.countDocuments(filter as never)).toBe(expected.length)
      })

      it('refuse an operator that no database knows', async () => {
        const things = connection.collection('datasets')
        await expect(things.find({ size: { $near: 1 } as never }).toArray()).rejects.toThrow(/near/)
        await expect(things.find({ $nothing: [] } as never).toArray()).rejects.toThrow(/nothing/)
      })
    })

    describe('sorting and paging', () => {
      it('pages by key from newest to oldest without loss or repetition', async () => {
        const { Dataset } = models
        const same = day(3)
        await Dataset.insertMany(
          range(25).map((at) => ({
            _id: `p${at}`,
            community: 'c',
            slug: `${at}`,
            at: at % 3 ? same : new Date(same.getTime() + at * 1000),
          })),
        )
        const seen: { _id?: string | null; at?: Date | null }[] = []
        for (let last = seen.at(-1); seen.length < 25; last = seen.at(-1)) {
          const after = last && {
            $or: [{ at: { $lt: last.at } }, { at: last.at, _id: { $lt: last._id } }],
          }
          const page = await Dataset.find({ ...after } as never)
            .sort({ at: -1, _id: -1 })
            .limit(7)
            .lean()
          expect(page.length).toBeGreaterThan(0)
          seen.push(...page)
        }
        expect(new Set(seen.map((doc) => doc._id)).size).toBe(25)
        const order = seen.map((doc) => [doc.at?.getTime() ?? 0, doc._id ?? ''] as const)
        const sorted = [...order].sort(([a, x], [b, y]) => b - a || (x < y ? 1 : -1))
        expect(order).toEqual(sorted)
      })

      it('sorts across types as BSON orders them', async () => {
        const things = connection.collection('mixed')
        const values = [{ x: 1 }, 'b', null, 2, true, day(1), 'a', 1.5, undefined]
        await things.insertMany(
          values.map((v, at) => (v === undefined ? { at } : { at, v })) as never[],
        )
        const sorted = await things.find({}).sort({ v: 1, at: 1 }).toArray()
        expect(sorted.map((doc) => doc.at)).toEqual([2, 8, 7, 3, 6, 1, 0, 4, 5])
        await things.drop()
      })

      it('skips, limits and selects fields', async () => {
        await models.Entry.insertMany(
          range(10).map((n) => ({ _id: `e${n}`, number: n, note: 'n' })),
        )
        const read = await models.Entry.find()
          .sort({ number: -1 })
          .skip(2)
          .limit(3)
          .select('number')
          .lean()
        expect(read).toEqual([7, 6, 5].map((n) => ({ _id: `e${n}`, number: n })))
        const rest = await models.Entry.findOne({ number: 3 }).select('-note -__v').lean()
        expect(rest).toEqual({ _id: 'e3', number: 3 })
      })

      it('projects inside subdocuments and arrays', async () => {
        await models.Dataset.create({
          _id: 'd',
          community: 'c',
          licence: { name: 'K', clauses: [{ code: 'NC', uses: ['x'] }, { code: 'SA' }] },
        })
        const query = models.Dataset.findById('d').select({ _id: 0, 'licence.clauses.code': 1 })
        expect(await query.lean()).toEqual({
          licence: { clauses: [{ code: 'NC' }, { code: 'SA' }] },
        })
        const without = models.Dataset.findById('d').select({ 'licence.clauses.uses': 0 })
        expect((await without.lean())?.licence?.clauses[0]).toEqual({ code: 'NC' })
      })

      it('iterates over more documents than one batch holds', async () => {
        await models.Entry.insertMany(range(1500).map((n) => ({ _id: `e${n}`, number: n })))
        let sum = 0
        for await (const entry of models.Entry.find().lean().cursor()) sum += entry.number ?? 0
        expect(sum).toBe((1499 * 1500) / 2)
        let read = 0
        for await (const _ of models.Entry.find().lean().cursor({ batchSize: 10 }))
          if (++read === 25) break
        expect(read).toBe(25)
      })

      it('counts, estimates, checks existence and lists distinct values', async () => {
        await models.Entry.insertMany(
          range(12).map((n) => ({ _id: `e${n}`, number: n, stream: `s${n % 3}` })),
        )
        expect(await models.Entry.countDocuments()).toBe(12)
        expect(await models.Entry.estimatedDocumentCount()).toBe(12)
        expect(await models.Entry.countDocuments({ number: { $lt: 5 } })).toBe(5)
        expect(await models.Entry.countDocuments({}, { skip: 3, limit: 20 })).toBe(9)
        expect(await models.Entry.exists({ number: 4 })).toEqual({ _id: 'e4' })
        expect(await models.Entry.exists({ number: 40 })).toBeNull()
        expect(await models.Entry.distinct('stream')).toEqual(['s0', 's1', 's2'])
      })
    })

    describe('updates', () => {
      it('applies each update operator', async () => {
        const { Dataset } = models
        await Dataset.create([
          { _id: 'o1', community: 'o', slug: '1', languages: ['a'], size: 1 },
          { _id: 'o2', community: 'o', slug: '2', languages: ['a', 'b'], size: 5 },
        ])
        const { matchedCount, modifiedCount } = await Dataset.updateMany(
          { community: 'o' },
          { $inc: { size: 2 }, $push: { languages: { $each: ['x', 'y'], $slice: -3 } } },
        )
        expect([matchedCount, modifiedCount]).toEqual([2, 2])
        await Dataset.updateOne({ _id: 'o1' }, { $addToSet: { languages: { $each: ['x', 'z'] } } })
        await Dataset.updateOne({ _id: 'o1' }, { $max: { size: 2 }, $min: { at: day(2) } })
        await Dataset.updateOne({ _id: 'o2' }, { $pull: { languages: { $in: ['x', 'b'] } } })
        await Dataset.updateOne({ _id: 'o2' }, { $unset: { size: 1 }, $set: { 'mixed.a.b': 1 } })
        const [first, second] = await Dataset.find({ community: 'o' }).sort({ _id: 1 }).lean()
        expect(first).toMatchObject({ languages: ['a', 'x', 'y', 'z'], size: 3, at: day(2) })
        expect(second).toMatchObject({ languages: ['y'], mixed: { a: { b: 1 } } })
        expect(second).not.toHaveProperty('size')
      })

      it('pulls subdocuments by a filter and sets one by its position', async () => {
        const { Dataset } = models
        const clauses = [{ code: 'A', uses: ['x'] }, { code: 'B' }, { code: 'C' }]
        await Dataset.create({ _id: 'd', community: 'c', licence: { clauses } })
        await Dataset.updateOne({ _id: 'd' }, { $pull: { 'licence.clauses': { code: 'B' } } })
        const doc = await Dataset.findById('d').orFail()
        doc.set('licence.clauses.1.code', 'D')
        await doc.save()
        const read = await Dataset.findById('d').lean().orFail()
        expect(read.licence?.clauses.map((clause) => clause.code)).toEqual(['A', 'D'])
      })

      it('tells a match that changes nothing from a change', async () => {
        await models.Person.create({ _id: 'p', name: 'A' })
        const same = await models.Person.updateOne({ _id: 'p' }, { $set: { name: 'A' } })
        expect([same.matchedCount, same.modifiedCount]).toEqual([1, 0])
        const none = await models.Person.updateOne({ _id: 'q' }, { $set: { name: 'A' } })
        expect([none.matchedCount, none.modifiedCount]).toEqual([0, 0])
      })

      it('refuses an operator on a field of the wrong type and leaves the document', async () => {
        const people = connection.collection('people')
        await models.Person.create({ _id: 'p', name: 'A', points: 1 })
        const wrong = people.updateOne({ name: 'A' }, { $inc: { points: 1, name: 1 } as never })
        await expect(wrong).rejects.toEqual(hasCode(14))
        const list = people.updateOne({ name: 'A' }, { $push: { name: 'x' } as never })
        await expect(list).rejects.toThrow()
        const path = people.updateOne({ name: 'A' }, { $set: { 'name.first': 'x' } })
        await expect(path).rejects.toEqual(hasCode(28))
        const twice = people.updateOne({ name: 'A' }, { $set: { points: 1 }, $inc: { points: 1 } })
        await expect(twice).rejects.toEqual(hasCode(40))
        expect(await models.Person.findById('p').lean()).toMatchObject({ name: 'A', points: 1 })
      })

      it('inserts by upsert from the filter and $setOnInsert, then only updates', async () => {
        const upsert = () =>
          models.Person.findOneAndUpdate(
            { _id: 'p', name: 'A' },
            { $inc: { points: 1 }, $setOnInsert: { extra: true } },
            { upsert: true, returnDocument: 'after', strict: false },
          ).lean()
        expect(await upsert()).toMatchObject({ _id: 'p', name: 'A', points: 1, extra: true })
        expect(await upsert()).toMatchObject({ points: 2 })
        const result = await models.Person.updateOne({ _id: 'q' }, { points: 3 }, { upsert: true })
        expect(result.upsertedId).toBe('q')
        expect(result.upsertedCount).toBe(1)
      })

      it('finds one, changes or deletes it, and returns it before or after', async () => {
        await models.Entry.insertMany(range(4).map((n) => ({ _id: `e${n}`, number: n })))
        const before = await models.Entry.findOneAndUpdate({ _id: 'e1' }, { $set: { note: 'x' } })
        expect(before?.note).toBeUndefined()
        const last = await models.Entry.findOneAndDelete({}, { sort: { number: -1 } }).lean()
        expect(last?._id).toBe('e3')
        const replaced = await models.Entry.findOneAndReplace(
          { _id: 'e0' },
          { number: 40 },
          { returnDocument: 'after', projection: { number: 1 } },
        ).lean()
        expect(replaced).toEqual({ _id: 'e0', number: 40 })
        expect(await models.Entry.findOneAndUpdate({ _id: 'none' }, { note: 'y' })).toBeNull()
      })

      it('deletes one or all that match', async () => {
        await models.Entry.insertMany(
          range(6).map((n) => ({ _id: `e${n}`, number: n, stream: 's' })),
        )
        expect((await models.Entry.deleteOne({ stream: 's' })).deletedCount).toBe(1)
        expect((await models.Entry.deleteMany({ number: { $gt: 3 } })).deletedCount).toBe(2)
        expect(await models.Entry.countDocuments()).toBe(3)
      })

      it('refuses to save over a newer version of a document', async () => {
        await models.Locked.create({ _id: 'l', value: 1 })
        const [mine, theirs] = await Promise.all([
          models.Locked.findById('l').orFail(),
          models.Locked.findById('l').orFail(),
        ])
        mine.value = 2
        await mine.save()
        theirs.value = 3
        await expect(theirs.save()).rejects.toThrow(mongoose.Error.VersionError)
      })
    })

    describe('aggregation', () => {
      beforeEach(async () => {
        await models.Entry.insertMany(
          range(9).map((n) => ({ _id: `e${n}`, number: n, stream: `s${n % 3}` })),
        )
        await models.Person.create([
          { _id: 's0', name: 'Zero' },
          { _id: 's1', name: 'One' },
        ])
      })

      it('groups with sums, averages, extremes and lists', async () => {
        const groups = await models.Entry.aggregate([
          { $match: { number: { $gte: 1 } } },
          { $sort: { number: 1 } },
          {
            $group: {
              _id: '$stream',
              count: { $sum: 1 },
              total: { $sum: '$number' },
              mean: { $avg: '$number' },
              least: { $min: '$number' },
              most: { $max: '$number' },
              first: { $first: '$_id' },
              all: { $push: '$number' },
            },
          },
          { $sort: { _id: 1 } },
        ])
        expect(groups[1]).toEqual({
          _id: 's1',
          count: 3,
          total: 12,
          mean: 4,
          least: 1,
          most: 7,
          first: 'e1',
          all: [1, 4, 7],
        })
        expect(groups.map((group) => group.count)).toEqual([2, 3, 3])
      })

      it('computes, projects, unwinds, skips and limits', async () => {
        await models.Dataset.create({ _id: 'd', community: 'c', languages: ['mi', 'en', 'sw'] })
        const rows = await models.Dataset.aggregate([
          { $unwind: '$languages' },
          { $addFields: { tag: { $concat: ['$community', '-', '$languages'] } } },
          { $project: { _id: 0, tag: 1 } },
          { $sort: { tag: -1 } },
          { $skip: 1 },
          { $limit: 1 },
        ])
        expect(rows).toEqual([{ tag: 'c-mi' }])
      })

      it('looks up documents of another collection', async () => {
        const rows = await models.Entry.aggregate([
          { $match: { number: { $in: [0, 2] } } },
          { $sort: { number: 1 } },
          { $lookup: { from: 'people', localField: 'stream', foreignField: '_id', as: 'who' } },
          { $project: { who: { name: 1 } } },
        ])
        expect(rows).toEqual([
          { _id: 'e0', who: [{ name: 'Zero' }] },
          { _id: 'e2', who: [] },
        ])
      })

      it('counts, and gives no row for nothing', async () => {
        const count = (number: object) => [{ $match: { number } }, { $count: 'n' }] as never
        expect(await models.Entry.aggregate(count({ $gt: 4 }))).toEqual([{ n: 4 }])
        expect(await models.Entry.aggregate(count({ $gt: 40 }))).toEqual([])
      })
    })

    describe('many at once', () => {
      it('lets one of 200 win a compare-and-set', async () => {
        await models.Dataset.create({ _id: 'cas', community: 'c', state: 'open' })
        const tries = range(200).map((n) =>
          models.Dataset.findOneAndUpdate(
            { _id: 'cas', state: 'open' },
            { $set: { state: 'closed', title: `winner ${n}` } },
            { returnDocument: 'after' },
          ).lean(),
        )
        const winners = (await Promise.all(tries)).filter((doc) => doc !== null)
        expect(winners).toHaveLength(1)
        const stored = await models.Dataset.findById('cas').lean()
        expect(stored?.title).toBe(winners[0]?.title)
      })

      it('loses none of 200 increments', async () => {
        await models.Person.create({ _id: 'p', points: 0 })
        const increments = range(200).map((n) =>
          n % 2
            ? models.Person.findOneAndUpdate({ _id: 'p' }, { $inc: { points: 1 } }).exec()
            : models.Person.updateOne({ _id: 'p' }, { $inc: { points: 1 } }).exec(),
        )
        await Promise.all(increments)
        expect((await models.Person.findById('p').lean())?.points).toBe(200)
      })

      it('lets one of 100 take each unique number', async () => {
        const tries = range(100).map((n) =>
          models.Entry.create({ _id: `e${n}`, number: n % 10 }).then(
            () => 'stored',
            (error) => error.code,
          ),
        )
        const results = await Promise.all(tries)
        expect(results.filter((result) => result === 'stored')).toHaveLength(10)
        expect(results.filter((result) => result === 11000)).toHaveLength(90)
        expect(await models.Entry.countDocuments()).toBe(10)
      })

      it('makes one document of 50 upserts on a unique key', async () => {
        const tries = range(50).map((n) =>
          models.Entry.updateOne(
            { number: 7 },
            { $set: { note: `n${n}` }, $setOnInsert: { _id: `e${n}`, stream: 'made' } },
            { upsert: true },
          ).then(
            () => undefined,
            (error) => error.code,
          ),
        )
        const refusals = (await Promise.all(tries)).filter((code) => code !== undefined)
        expect(refusals.every((code) => code === 11000)).toBe(true)
        expect(await models.Entry.countDocuments({ stream: 'made' })).toBe(1)
      })
    })

    describe('collections', () => {
      it('lists, makes and drops collections', async () => {
        const db = connection.getClient().db(connection.name)
        await db.createCollection('made')
        await expect(db.createCollection('made')).rejects.toEqual(hasCode(48))
        expect(await db.listCollections({ name: 'made' }).toArray()).toMatchObject([
          { name: 'made', type: 'collection' },
        ])
        await db.dropCollection('made')
        expect(await db.listCollections({ name: 'made' }).toArray()).toEqual([])
      })

      it('keeps databases apart and drops one whole', async () => {
        const other = connection.getClient().db(`${connection.name}_other`)
        await other.collection('people').insertOne({ name: 'x' })
        expect(await models.Person.countDocuments()).toBe(0)
        await other.dropDatabase()
        expect(await other.collection('people').countDocuments()).toBe(0)
      })
    })
  })
}
