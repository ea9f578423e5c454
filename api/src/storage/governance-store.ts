import { type Connection, Schema } from 'mongoose'
import type { Counted, Proposal } from '../governance/governance.ts'
import { type PackedProposal, unpack } from '../governance/packed.ts'
import type { GovernanceStore, Place, ProposalQuery, StoredComment } from '../governance/store.ts'
import { type Identified, table, value, valueOrNull, withoutId } from './table.ts'

const proposal = new Schema(
  {
    _id: String,
    community: String,
    matter: String,
    title: String,
    text: String,
    textDigest: String,
    effect: Schema.Types.Mixed,
    secret: Schema.Types.Mixed,
    sponsor: String,
    madeAt: { type: Number, index: true },
    revisions: [Schema.Types.Mixed],
    stands: { at: Number, entry: Number },
    returned: Schema.Types.Mixed,
    discussed: Boolean,
    opensAt: Number,
    attempt: Number,
    reruns: String,
    rerunAs: String,
    escalatedTo: String,
    openFor: String,
    stage: String,
    grown: String,
    slotKey: String,
    opened: Schema.Types.Mixed,
    minutes: [Schema.Types.Mixed],
    entries: [Number],
    closedIdx: Number,
    outcome: Schema.Types.Mixed,
    enactedIdx: Number,
    effectIdx: Number,
    settled: { type: Boolean, index: true },
    counted: String,
  },
  { versionKey: false, minimize: false },
).index({ community: 1, counted: 1 })

const comment = new Schema(
  {
    _id: String,
    proposal: { type: String, index: true },
    account: String,
    author: String,
    text: String,
    private: Boolean,
    at: Number,
  },
  { versionKey: false },
)

const asProposal = (doc: Identified<PackedProposal>): Proposal => unpack(value(doc))

const after = ({ madeAt, id }: Place) => [{ madeAt: { $lt: madeAt } }, { madeAt, _id: { $lt: id } }]

const filterOf = ({ community, settled, matter, counted, before }: ProposalQuery) => ({
  ...(matter === undefined ? {} : { matter }),
  ...(counted === undefined ? {} : { counted }),
  ...(community === undefined ? {} : { community }),
  ...(settled === undefined ? {} : { settled }),
  ...(before === undefined ? {} : { $or: after(before) }),
})

export const createGovernanceStore = async (connection: Connection): Promise<GovernanceStore> => {
  const proposals = await table<Identified<PackedProposal>>(connection, 'proposals', proposal)
  const comments = await table<Identified<StoredComment>>(connection, 'comments', comment)
  return {
    proposal: async (id) => {
      const found = valueOrNull(await proposals.findById(id).lean())
      return found && unpack(found)
    },
    proposals: async (query) =>
      (
        await proposals
          .find(filterOf(query))
          .sort({ madeAt: -1, _id: -1 })
          .limit(query.first)
          .lean()
      ).map(asProposal),
    adoptionsAsked: (community, licence) =>
      proposals.countDocuments({ community, 'effect.licence': licence, matter: 'licence.adopt' }),
    counts: async (community) => {
      const count = (counted: Counted) => proposals.countDocuments({ community, counted })
      const [open, decided, unanswered] = await Promise.all([
        count('open'),
        count('decided'),
        count('unanswered'),
      ])
      return { open, decided, unanswered }
    },
    inbox: async (communities) =>
      (
        await proposals
          .find({ community: { $in: communities }, settled: false })
          .sort({ madeAt: 1 })
          .lean()
      ).map(asProposal),
    unsettled: async (kind) =>
      (
        await proposals
          .find({ settled: false, ...(kind === undefined ? {} : { 'effect.kind': kind }) })
          .lean()
      ).map(asProposal),
    addComment: async (one) => void (await comments.create(withoutId(one))),
    comments: async (id) =>
      (await comments.find({ proposal: id }).sort({ at: 1 }).lean()).map(value),
  }
}
