import { type Connection, type Model, Schema } from 'mongoose'
import type { AccessRequest, Download, Grant } from '../grants/grants.ts'
import type { GrantStore, HandedOver } from '../grants/store.ts'
import { createDelegationStore } from './delegation-store.ts'
import { type Identified, table, value } from './table.ts'

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
    renews: String,
    proposal: String,
    councils: [String],
    rule: String,
    standing: { delegation: String, manifestDigest: String, licence: String, entry: Number },
    asked: [{ _id: false, community: String, proposal: String }],
    unasked: Number,
    grant: String,
    submittedAt: Number,
    withdrawn: Boolean,
    refused: Boolean,
    account: { type: String, index: true },
    facts: Schema.Types.Mixed,
    project: String,
    days: Number,
    team: [String],
    fingerprint: Boolean,
    entry: Number,
    submissions: [Schema.Types.Mixed],
    stands: { at: Number, entry: Number },
    pending: Boolean,
  },
  { versionKey: false, minimize: false },
)

const grant = new Schema(
  {
    _id: String,
    request: String,
    dataset: { type: String, index: true },
    community: { type: String, index: true },
    version: String,
    manifestDigest: String,
    licence: String,
    purposes: [String],
    actions: [String],
    duties: [{ _id: false, kind: String, clause: String, withinDays: Number, since: Number }],
    decision: { proposal: String, entry: Number },
    approvedBy: { type: [String], default: undefined },
    basis: String,
    delegation: { type: { id: String, entry: Number }, default: undefined },
    statusIndex: Number,
    subject: String,
    fingerprint: Boolean,
    mark: String,
    issuedAt: Number,
    expiresAt: Number,
    payload: String,
    account: { type: String, index: true },
    facts: Schema.Types.Mixed,
    revokedAt: Number,
    firstUseAt: Number,
    accepted: { licence: String, version: Number, at: Number, entry: Number },
    team: [
      {
        _id: false,
        id: String,
        email: String,
        namedAt: Number,
        account: String,
        facts: Schema.Types.Mixed,
        accepted: { licence: String, at: Number, entry: Number },
        endedAt: Number,
      },
    ],
    /** Accounts of those in the team who have accepted and not left. */
    users: { type: [String], index: true },
    places: Number,
    renews: String,
    renewedBy: String,
    dutyEvents: [
      {
        _id: false,
        kind: String,
        type: { type: String },
        at: Number,
        entry: Number,
        evidence: [{ _id: false, field: String, text: String }],
        words: String,
        by: String,
      },
    ],
    deletions: [
      {
        _id: false,
        id: String,
        cause: String,
        because: Number,
        units: { type: [String], default: undefined },
        askedAt: Number,
        withinDays: Number,
        attestedAt: Number,
        evidence: [{ _id: false, field: String, text: String }],
        entry: Number,
      },
    ],
    entry: Number,
  },
  { versionKey: false, minimize: false },
)

const download = new Schema(
  {
    _id: String,
    grant: { type: String, index: true },
    dataset: String,
    community: { type: String, index: true },
    version: String,
    sha256: String,
    copy: String,
    member: String,
    at: Number,
    from: Number,
    to: Number,
    bytes: Number,
    entry: Number,
  },
  { versionKey: false },
)

interface Pair {
  readonly _id: Pick<HandedOver, 'grant' | 'sha256'>
}

const DAY = 86_400_000

/** One use: what one person had of one file of one version on one day (UTC), in however many requests. */
const USE = {
  grant: '$grant',
  member: '$member',
  version: '$version',
  sha256: '$sha256',
  day: { $floor: { $divide: ['$at', DAY] } },
}

/** Fields of the collection that no grant has. */
type Stored = Identified<Grant> & { readonly users: readonly string[] }

const grantOf = (doc: Stored): Grant => {
  const { users: _, deletions = [], ...grant } = value(doc)
  return { ...grant, deletions }
}

const newestFirst = (docs: readonly Stored[]): readonly Grant[] =>
  docs.map(grantOf).toSorted((a, b) => b.issuedAt - a.issuedAt)

type StoredRequest = Identified<AccessRequest> & { readonly unasked?: number }

const asRequest = (doc: StoredRequest): AccessRequest => {
  const { unasked: _, ...rest } = value(doc)
  return rest
}

type StoredDownload = Identified<Download> & { readonly community: string }

/** What was handed over. */
const downloadReads = (
  downloads: Model<StoredDownload>,
): Pick<GrantStore, 'downloadsOf' | 'downloadsByGrant' | 'handedOver' | 'copiesHandedOver'> => ({
  copiesHandedOver: async (grant) => {
    const had = await downloads.find({ grant, copy: { $ne: null } }).lean()
    return had.map(({ sha256, copy = null }) => ({ sha256, copy }))
  },
  downloadsOf: async (id, first) =>
    (await downloads.find({ grant: id }).sort({ entry: -1 }).limit(first).lean()).map(value),
  downloadsByGrant: async (community) => {
    const counts = await downloads.aggregate<{ _id: string; count: number }>([
      { $match: { community } },
      { $group: { _id: '$grant', count: { $sum: 1 } } },
    ])
    return new Map(counts.map(({ _id, count }) => [_id, count]))
  },
  handedOver: async (ids, blobs) => {
    const counts = await downloads.aggregate<Omit<HandedOver, 'grant' | 'sha256'> & Pair>([
      { $match: { grant: { $in: ids }, sha256: { $in: blobs } } },
      { $group: { _id: USE, lastAt: { $max: '$at' } } },
      {
        $group: {
          _id: { grant: '$_id.grant', sha256: '$_id.sha256' },
          times: { $sum: 1 },
          lastAt: { $max: '$lastAt' },
        },
      },
    ])
    return counts.map(({ _id, times, lastAt }) => ({ ..._id, times, lastAt }))
  },
})

export const createGrantStore = async (connection: Connection): Promise<GrantStore> => {
  const requests = await table<StoredRequest>(connection, 'requests', request)
  const grants = await table<Stored>(connection, 'grants', grant)
  const downloads = await table<StoredDownload>(connection, 'downloads', download)
  return {
    ...(await createDelegationStore(connection)),
    request: async (id) => {
      const found = await requests.findById(id).lean()
      return found && asRequest(found)
    },
    unfollowed: async () =>
      (
        await requests
          .find({ grant: null, $or: [{ unasked: { $gt: 0 } }, { pending: true }] })
          .lean()
      )
        .map(asRequest)
        .filter(({ refused, withdrawn }) => !refused && !withdrawn),
    requestsOf: async (account) =>
      (await requests.find({ account }).sort({ submittedAt: -1 }).lean()).map(asRequest),
    grant: async (id) => {
      const found = await grants.findById(id).lean()
      return found && grantOf(found)
    },
    grantsOf: async (account) => newestFirst(await grants.find({ account }).lean()),
    grantsUsedBy: async (account) => {
      const [held, shared] = await Promise.all([
        grants.find({ account }).lean(),
        grants.find({ users: account }).lean(),
      ])
      return newestFirst([...held, ...shared])
    },
    grantsNaming: async (email) => newestFirst(await grants.find({ 'team.email': email }).lean()),
    grantsIn: async (community) =>
      newestFirst(await grants.find({ $or: [{ community }, { approvedBy: community }] }).lean()),
    grantsOn: async (datasets) =>
      newestFirst(await grants.find({ dataset: { $in: [...datasets] } }).lean()),
    standings: async () =>
      (await grants.find().select('statusIndex dataset revokedAt renewedBy').lean()).map(value),
    ...downloadReads(downloads),
    decisions: async (community) => {
      const found = await grants.find({ community }).select('decision').lean()
      return new Map(found.map(({ _id, decision }) => [_id, decision]))
    },
  }
}
