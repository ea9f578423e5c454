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
  readonly proposal?: string | null
  readonly adoptedAt: number
}

const licence = new Schema(
  {
    _id: String,
    licence: { type: String, index: true },
    version: Number,
    title: String,
    community: { type: String, index: true },
    document: Schema.Types.Mixed,
    template: String,
    proposal: String,
    adoptedAt: Number,
  },
  { versionKey: false, minimize: false },
)

/** A registry with more licences than this needs pages of them. */
const MOST_LISTED = 1000

const record = ({ _id, licence: id, proposal, ...rest }: LicenceDoc): LicenceRecord => ({
  ...rest,
  proposal: proposal ?? null,
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
    isTaken: async (uid) => (await licences.exists({ 'document.uid': uid })) !== null,
    all: async () =>
      (await licences.find({}).sort({ adoptedAt: -1, _id: 1 }).limit(MOST_LISTED).lean()).map(
        (doc) => record(doc),
      ),
    versionsOf: async (id) =>
      (
        await licences.find({ licence: id }).sort({ version: -1, adoptedAt: -1, _id: 1 }).lean()
      ).map((doc) => record(doc)),
    versionsOfAll: async (ids) =>
      (
        await licences
          .find({ licence: { $in: ids } })
          .sort({ version: -1, adoptedAt: -1, _id: 1 })
          .lean()
      ).map((doc) => record(doc)),
    adoptedBy: async (community) =>
      (await licences.find({ community }).sort({ adoptedAt: -1, _id: 1 }).lean()).map((doc) =>
        record(doc),
      ),
  }
}
