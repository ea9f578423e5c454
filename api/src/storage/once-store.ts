import { type Connection, Schema } from 'mongoose'
import type { Once, OnceStore } from '../once.ts'
import { type Identified, isDuplicate, table, valueOrNull, withoutId } from './table.ts'

const once = new Schema(
  {
    _id: String,
    kind: String,
    expiresAt: { type: Number, index: true },
    account: String,
    dataset: String,
    version: String,
    path: String,
  },
  { versionKey: false },
)

export const createOnceStore = async (connection: Connection): Promise<OnceStore> => {
  const ones = await table<Identified<Once>>(connection, 'onces', once)
  return {
    add: async (one) => {
      try {
        await ones.create(withoutId(one))
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    find: async (id) => valueOrNull(await ones.findById(id).lean()),
    take: async (id) => (await ones.deleteOne({ _id: id })).deletedCount === 1,
    forget: async (kind, before) =>
      void (await ones.deleteMany({ kind, expiresAt: { $lt: before } })),
  }
}
