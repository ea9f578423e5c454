import { type Connection, mongo } from 'mongoose'
import type { EventRecord, EventStore } from '../log/index.ts'

/** An event as it lies in the collection: its index is the key. */
type EventDocument = Omit<EventRecord, 'idx' | 'disclosures'> & {
  readonly _id: number
  readonly disclosures: string[]
}

const DUPLICATE_KEY = 11_000

const toRecord = ({ _id, ...rest }: EventDocument): EventRecord => ({ idx: _id, ...rest })

const toDocument = ({ idx, disclosures, ...rest }: EventRecord): EventDocument => ({
  _id: idx,
  ...rest,
  disclosures: [...disclosures],
})

/** How many documents an ordered insert has written before a unique key stopped it. */
const insertedBefore = (error: unknown): number => {
  if (error instanceof mongo.MongoBulkWriteError && error.code === DUPLICATE_KEY)
    return error.insertedCount
  throw error
}

/** The collection `events` with its three unique keys: `_id` (the index), `stream` with `seq`, and `cmd`. */
export const createEventStore = async (connection: Connection): Promise<EventStore> => {
  const events = connection.collection<EventDocument>('events')
  await events.createIndex({ stream: 1, seq: 1 }, { unique: true })
  await events.createIndex({ cmd: 1 }, { unique: true })

  return {
    insert: async (records) => {
      if (records.length === 0) return 0
      try {
        const { insertedCount } = await events.insertMany(records.map(toDocument))
        return insertedCount
      } catch (error) {
        return insertedBefore(error)
      }
    },
    last: async () => {
      const [found] = await events.find().sort({ _id: -1 }).limit(1).toArray()
      return found ? toRecord(found) : null
    },
    byCmd: async (cmd) => {
      const found = await events.findOne({ cmd })
      return found && toRecord(found)
    },
    read: async (from, limit) => {
      const query = events.find({ _id: { $gte: from } })
      return (await query.sort({ _id: 1 }).limit(limit).toArray()).map(toRecord)
    },
    stream: async (stream) => {
      const query = events.find({ stream })
      return (await query.sort({ seq: 1 }).toArray()).map(toRecord)
    },
    streamLength: async (stream) => {
      const query = events.find({ stream }, { projection: { seq: 1 } })
      const [last] = await query.sort({ seq: -1 }).limit(1).toArray()
      return (last?.seq ?? -1) + 1
    },
    removeDisclosures: async (idx, disclosures) => {
      await events.updateOne({ _id: idx }, { $pullAll: { disclosures: [...disclosures] } })
    },
  }
}
