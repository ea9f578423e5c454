import { type Connection, Schema } from 'mongoose'
import type { Copy, CopyStore } from '../datasets/copies.ts'
import { type Identified, isDuplicate, table, value, valueOrNull, withoutId } from './table.ts'

const copy = new Schema(
  {
    _id: String,
    of: { type: String, index: true },
    sha256: String,
    size: Number,
    madeAt: Number,
  },
  { versionKey: false },
)

export const createCopyStore = async (connection: Connection): Promise<CopyStore> => {
  const copies = await table<Identified<Copy>>(connection, 'copies', copy)
  return {
    copy: async (id) => valueOrNull(await copies.findById(id).lean()),
    add: async (one) => {
      try {
        await copies.create(withoutId(one))
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
    },
    copiesOf: async (sha256) => (await copies.find({ of: sha256 }).lean()).map(value),
    all: async () => (await copies.find().lean()).map(value),
    remove: async (id) => void (await copies.deleteOne({ _id: id })),
  }
}
