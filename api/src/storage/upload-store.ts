import { type Connection, Schema } from 'mongoose'
import type { FinishedUpload, Upload, UploadStore } from '../datasets/uploads.ts'
import { type Identified, table, value, valueOrNull, withoutId } from './table.ts'

const upload = new Schema(
  {
    _id: String,
    account: { type: String, index: true },
    size: Number,
    offset: Number,
    filename: String,
    mediaType: String,
    metadata: String,
    expected: String,
    sha256: String,
    state: { type: String, index: true },
    problem: String,
    createdAt: Number,
    expiresAt: Number,
    finishedAt: Number,
  },
  { versionKey: false },
)

interface Total {
  readonly bytes: number
}

/** Uploads in the collection `uploads`. */
export const createUploadStore = async (connection: Connection): Promise<UploadStore> => {
  const uploads = await table<Identified<Upload>>(connection, 'uploads', upload)

  return {
    create: async (one) => {
      const { _id, ...rest } = withoutId(one)
      await uploads.updateOne({ _id }, { $setOnInsert: rest }, { upsert: true })
    },
    get: async (id) => valueOrNull(await uploads.findById(id).lean()),
    many: async (ids) => (await uploads.find({ _id: { $in: ids } }).lean()).map(value),
    advance: async (id, offset, expiresAt) => {
      await uploads.updateOne({ _id: id, state: 'partial' }, { $max: { offset, expiresAt } })
    },
    finish: async (id, sha256, at) => {
      const change = { $set: { sha256, finishedAt: at, state: 'finished' } as const }
      await uploads.updateOne({ _id: id, state: 'partial' }, change)
    },
    fail: async (id, problem) => {
      const change = { $set: { problem, state: 'failed' } as const }
      await uploads.updateOne({ _id: id, state: 'partial' }, change)
    },
    replace: async (id, { sha256, size }) => {
      const change = { $set: { sha256, size, offset: size } } as const
      await uploads.updateOne({ _id: id, state: 'finished' }, change)
    },
    remove: async (id) => void (await uploads.deleteOne({ _id: id })),
    usage: async (account) => {
      const [total] = await uploads.aggregate<Total>([
        { $match: { account, state: { $in: ['partial', 'finished'] } } },
        { $group: { _id: '$account', bytes: { $sum: '$size' } } },
      ])
      return total?.bytes ?? 0
    },
    promised: async () => {
      const partial = await uploads.find({ state: 'partial' }, { size: 1, offset: 1 }).lean()
      return partial.reduce((sum, { size, offset }) => sum + size - offset, 0)
    },
    finished: async () => {
      const found = await uploads
        .find({ state: 'finished' }, { sha256: 1, finishedAt: 1 })
        .lean<readonly Identified<FinishedUpload>[]>()
      return found.map(value)
    },
    unfinished: async () =>
      (await uploads.find({ state: { $in: ['partial', 'failed'] } }).lean()).map(value),
  }
}
