import { type Connection, mongo } from 'mongoose'
import type { Fields, Projected, ProjectionChange, ProjectionStore } from '../log/index.ts'
import { isDuplicate } from './table.ts'
import { createTombstones, type Tombstones } from './tombstones.ts'

/** A projected document as it lies in its collection, beside whatever schema reads it. */
type FoldedDocument = Record<string, unknown> & {
  readonly _id: string
  readonly foldedIdx: number
}

interface Cursor {
  readonly _id: string
  readonly next: number
}

type Operation = mongo.AnyBulkWriteOperation<FoldedDocument>

const toProjected = ({ _id, foldedIdx, ...doc }: FoldedDocument): Projected => ({
  // What was folded is JSON, and BSON gives JSON back.
  doc: doc as Fields,
  foldedIdx,
})

const toOperation = ({ id, doc, foldedIdx, before }: ProjectionChange): Operation | null => {
  const filter = { _id: id, foldedIdx: before?.foldedIdx }
  if (!doc) return before?.doc ? { deleteOne: { filter } } : null
  const document = { ...doc, _id: id, foldedIdx }
  return before?.doc
    ? { replaceOne: { filter, replacement: document } }
    : { insertOne: { document } }
}

const countWritten = ({ insertedCount, matchedCount, deletedCount }: mongo.BulkWriteResult) =>
  insertedCount + matchedCount + deletedCount

/** How many operations were carried out; a document that is there already is no fault. */
const write = async (
  collection: mongo.Collection<FoldedDocument>,
  operations: readonly Operation[],
): Promise<number> => {
  if (operations.length === 0) return 0
  try {
    return countWritten(await collection.bulkWrite([...operations], { ordered: false }))
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError) || !isDuplicate(error)) throw error
    return countWritten(error.result)
  }
}

/** Lies among the cursors; no projection has such a name. */
const SHAPE = '#shape'

/** Cursors, one document a projection: one that is new starts at the first event. */
const createCursors = (connection: Connection) => {
  const cursors = connection.collection<Cursor>('projection_cursors')
  return {
    cursor: async (names: readonly string[]) => {
      const found = await cursors.find({ _id: { $in: [...names] } }).toArray()
      const next = new Map(found.map((cursor) => [cursor._id, cursor.next]))
      return Math.min(...names.map((name) => next.get(name) ?? 0))
    },
    setCursor: async (names: readonly string[], next: number) => {
      const operations = names.map((_id) => ({
        updateOne: { filter: { _id }, update: { $max: { next } }, upsert: true },
      }))
      if (operations.length > 0) await cursors.bulkWrite(operations)
    },
    shape: async () => (await cursors.findOne({ _id: SHAPE }))?.next ?? null,
    setShape: async (next: number) => {
      await cursors.updateOne({ _id: SHAPE }, { $set: { next } }, { upsert: true })
    },
    drop: async (names: readonly string[]) => {
      await cursors.deleteMany({ _id: { $in: [...names] } })
    },
  }
}

/** Takes back documents inserted by a process that did not know they had been ended since. */
const takeBack = async (
  collection: mongo.Collection<FoldedDocument>,
  graves: Tombstones,
  changes: readonly ProjectionChange[],
): Promise<number> => {
  const inserted = changes.filter(({ doc, before }) => doc && !before?.doc)
  const ended = await graves.find(inserted.map(({ id }) => id))
  const stale = inserted.filter(({ id, foldedIdx }) => (ended.get(id) ?? -1) > foldedIdx)
  for (const { id, foldedIdx } of stale) await collection.deleteOne({ _id: id, foldedIdx })
  return stale.length
}

/**
 * Projections as ordinary documents `{ _id, foldedIdx, ...fields }`, one collection each, so that
 * other stores read them with schemas and indexes of their own.
 */
export const createProjectionStore = (connection: Connection): ProjectionStore => {
  const cursors = createCursors(connection)
  const collectionOf = (name: string) => connection.collection<FoldedDocument>(name)
  const gravesOf = (name: string) => createTombstones(connection, name)

  return {
    ...cursors,
    load: async (name, ids) => {
      const query = collectionOf(name).find({ _id: { $in: [...ids] } })
      const found = new Map((await query.toArray()).map((doc) => [doc._id, toProjected(doc)]))
      const ended = await gravesOf(name).find(ids.filter((id) => !found.has(id)))
      for (const [id, foldedIdx] of ended) found.set(id, { doc: null, foldedIdx })
      return found
    },
    save: async (name, changes) => {
      // Before a document goes: a process that lags behind must not bring it back.
      await gravesOf(name).add(changes.filter(({ doc }) => !doc))
      const operations = changes.map(toOperation).filter((one) => one !== null)
      const written = await write(collectionOf(name), operations)
      const stale = await takeBack(collectionOf(name), gravesOf(name), changes)
      return written === operations.length && stale === 0
    },
    drop: async (names) => {
      await cursors.drop(names)
      for (const name of names) {
        await collectionOf(name).deleteMany({})
        await gravesOf(name).clear()
      }
    },
    all: async (name) => {
      const found = await collectionOf(name).find().toArray()
      return new Map(found.map((doc) => [doc._id, toProjected(doc)]))
    },
    dump: async (name) => {
      const found = await collectionOf(name).find().sort({ _id: 1 }).toArray()
      return found.map((doc) => ({ ...toProjected(doc).doc, _id: doc._id }))
    },
  }
}
