import type { Connection } from 'mongoose'

/** What is left of a projected document that an event has ended: the index of that event. */
interface Tombstone {
  readonly _id: string
  readonly foldedIdx: number
}

/** The ended documents of one projection. */
export interface Tombstones {
  /** The index of the ending event, for those of `ids` that have ended. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  add(ended: readonly { readonly id: string; readonly foldedIdx: number }[]): Promise<void>
  clear(): Promise<void>
}

/** Tombstones lie beside the projections, so that whoever reads those sees living documents only. */
export const createTombstones = (connection: Connection, projection: string): Tombstones => {
  const collection = connection.collection<Tombstone>('projection_tombstones')
  const prefix = `${projection}/`
  return {
    find: async (ids) => {
      if (ids.length === 0) return new Map()
      const keys = ids.map((id) => prefix + id)
      const found = await collection.find({ _id: { $in: keys } }).toArray()
      return new Map(found.map(({ _id, foldedIdx }) => [_id.slice(prefix.length), foldedIdx]))
    },
    add: async (ended) => {
      if (ended.length === 0) return
      const operations = ended.map(({ id, foldedIdx }) => ({
        updateOne: {
          filter: { _id: prefix + id },
          update: { $max: { foldedIdx } },
          upsert: true,
        },
      }))
      await collection.bulkWrite(operations)
    },
    clear: async () => {
      // '0' is the character after '/': everything that begins with the prefix lies between.
      await collection.deleteMany({ _id: { $gte: prefix, $lt: `${projection}0` } })
    },
  }
}
