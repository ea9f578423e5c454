import { type Connection, Schema } from 'mongoose'
import type { AccessRequest, Download, Grant } from '../grants/grants.ts'
import type { GrantStore } from '../grants/store.ts'
import { type Identified, table, value, valueOrNull } from './table.ts'

const request = new Schema(
  {
    _id: String,
    dataset: String,
    version: String,
    purposes: [String],
    actions: [String],
    duties: [String],
    decision: String,
    clauses: [String],
    proposal: String,
    grant: String,
    submittedAt: Number,
    withdrawn: Boolean,
    refused: Boolean,
    account: { type: String, index: true },
    facts: Schema.Types.Mixed,
    project: String,
    days: Number,
    entry: Number,
  },
  { versionKey: false, minimize: false },
)

const grant = new Schema(
  {
    _id: String,
    request: String,
    dataset: String,
    community: String,
    version: String,
    manifestDigest: String,
    licence: String,
    purposes: [String],
    actions: [String],
    duties: [{ _id: false, kind: String, clause: String, withinDays: Number }],
    decision: { proposal: String, entry: Number },
    basis: String,
    statusIndex: Number,
    subject: String,
    issuedAt: Number,
    expiresAt: Number,
    payload: String,
    account: String,
    facts: Schema.Types.Mixed,
    revokedAt: Number,
    met: Schema.Types.Mixed,
    entry: Number,
  },
  { versionKey: false, minimize: false },
).index({ account: 1, dataset: 1, version: 1 })

const download = new Schema(
  {
    _id: String,
    grant: { type: String, index: true },
    dataset: String,
    community: { type: String, index: true },
    version: String,
    sha256: String,
    at: Number,
    from: Number,
    to: Number,
    bytes: Number,
    entry: Number,
  },
  { versionKey: false },
)

export const createGrantStore = async (connection: Connection): Promise<GrantStore> => {
  const requests = await table<Identified<AccessRequest>>(connection, 'requests', request)
  const grants = await table<Identified<Grant>>(connection, 'grants', grant)
  const downloads = await table<Identified<Download> & { readonly community: string }>(
    connection,
    'downloads',
    download,
  )
  return {
    request: async (id) => valueOrNull(await requests.findById(id).lean()),
    unfollowed: async () =>
      (await requests.find({ grant: null, proposal: null }).lean())
        .map(value)
        .filter(({ refused, withdrawn }) => !refused && !withdrawn),
    requestsOf: async (account) =>
      (await requests.find({ account }).sort({ submittedAt: -1 }).lean()).map(value),
    grant: async (id) => valueOrNull(await grants.findById(id).lean()),
    grantsOf: async (account) =>
      (await grants.find({ account }).sort({ issuedAt: -1 }).lean()).map(value),
    grantsFor: async (account, dataset, version) =>
      (await grants.find({ account, dataset, version }).sort({ issuedAt: -1 }).lean()).map(value),
    standings: async () =>
      (await grants.find().select('statusIndex dataset revokedAt').lean()).map(value),
    downloadsOf: async (id, first) =>
      (await downloads.find({ grant: id }).sort({ entry: -1 }).limit(first).lean()).map(value),
    countDownloads: async (community) => {
      const covered = await grants
        .find({ community, 'decision.entry': { $gte: 0 } })
        .select('_id')
        .lean()
      const ids = covered.map(({ _id }) => _id)
      const [all, resting] = await Promise.all([
        downloads.countDocuments({ community }),
        downloads.countDocuments({ community, grant: { $in: ids } }),
      ])
      return { downloads: all, covered: resting }
    },
  }
}
