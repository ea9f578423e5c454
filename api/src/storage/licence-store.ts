import { type Connection, Schema } from 'mongoose'
import type { LicenceRecord } from '../licences/licences.ts'
import type { LicenceStore } from '../licences/store.ts'
import { table } from './table.ts'

interface LicenceDoc {
  readonly _id: string
  readonly licence: string
  readonly version: number
  readonly title: string
  readonly community: string
  readonly document: unknown
  readonly template: string | null
  readonly adoptedAt: number
}

const licence = new Schema(
  {
    _id: String,
    licence: String,
    version: Number,
    title: String,
    community: { type: String, index: true },
    document: Schema.Types.Mixed,
    template: String,
    adoptedAt: Number,
  },
  { versionKey: false, minimize: false },
)

const record = ({ _id, licence: id, ...rest }: LicenceDoc): LicenceRecord => ({
  ...rest,
  digest: _id,
  id,
})

export const createLicenceStore = async (connection: Connection): Promise<LicenceStore> => {
  const licences = await table<LicenceDoc>(connection, 'licences', licence)
  return {
    licence: async (digest) => {
      const doc = await licences.findById(digest).lean()
      return doc && record(doc)
    },
    licences: async (digests) =>
      (await licences.find({ _id: { $in: digests } }).lean()).map((doc) => record(doc)),
    adoptedBy: async (community) =>
      (await licences.find({ community }).sort({ adoptedAt: -1, _id: 1 }).lean()).map((doc) =>
        record(doc),
      ),
  }
}
