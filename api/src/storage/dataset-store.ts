import { type Connection, type Model, Schema } from 'mongoose'
import type { Contribution } from '../datasets/contribution.ts'
import { ALONE, type Custody } from '../datasets/custody.ts'
import type { Dataset, Version } from '../datasets/dataset.ts'
import { versionKey } from '../datasets/dataset.ts'
import type { DatasetStore } from '../datasets/store.ts'
import { type Identified, table, value, valueOrNull } from './table.ts'

const inner = (definition: Record<string, unknown>) => new Schema(definition, { _id: false })

const dataset = new Schema(
  {
    _id: String,
    foldedIdx: { type: Number, index: true },
    community: String,
    madeBy: String,
    keepers: { type: [String], index: true, default: undefined },
    custody: inner({
      rule: String,
      others: [inner({ community: String, licence: String, entry: Number, left: Boolean })],
    }),
    title: String,
    description: String,
    kind: String,
    languages: [String],
    keywords: [String],
    creator: String,
    createdAt: Number,
    newest: String,
    stage: Number,
    artefacts: { type: Schema.Types.Mixed, default: undefined },
    embargoUntil: Number,
    licence: String,
    publishedAt: Number,
    isSuspended: { type: Boolean, index: true },
    fingerprint: Boolean,
    takenDownAt: Number,
    takenDownBy: String,
    suspension: inner({
      since: Number,
      ratifyBy: Number,
      ratified: Boolean,
      reason: String,
      by: String,
      community: String,
      entry: Number,
    }),
  },
  { versionKey: false },
).index({ community: 1, createdAt: -1 })

const version = new Schema(
  {
    _id: String,
    dataset: { type: String, index: true },
    version: String,
    manifestDigest: String,
    statementDigest: String,
    licence: String,
    community: String,
    contributions: [String],
    parents: [inner({ dataset: { type: String, index: true }, version: String })],
    assembledAt: Number,
    assembledIdx: Number,
    publishedAt: Number,
    proposal: String,
    narrows: String,
  },
  { versionKey: false },
)

const unit = inner({
  path: String,
  sha256: { type: String, index: true },
  size: Number,
  mediaType: String,
  speakers: [String],
})

const agreed = {
  basis: String,
  scope: String,
  maxStage: Number,
  evidence: String,
  evidenceFile: { type: String, index: true },
  minors: Boolean,
}

const contribution = new Schema(
  {
    _id: String,
    dataset: String,
    community: String,
    contributor: { type: String, index: true },
    files: [unit],
    consent: inner(agreed),
    speakers: [inner({ ...agreed, speaker: String })],
    witnessed: [String],
    withdrawn: [String],
    hasWithdrawn: { type: Boolean, index: true },
    waiting: [inner({ sha256: String, eraseAt: Number })],
    eraseAt: { type: Number, index: true },
    erased: [inner({ sha256: String, at: Number, entry: Number })],
    included: Boolean,
    consentDigest: String,
    quality: Schema.Types.Mixed,
    at: Number,
    state: String,
    entry: Number,
  },
  { versionKey: false },
).index({ dataset: 1, hasWithdrawn: 1 })

const proposalAbout = new Schema(
  {
    _id: String,
    dataset: { type: String, index: true },
    kind: String,
    idx: Number,
    joint: { type: String, index: true },
    asks: Number,
    community: String,
  },
  { versionKey: false },
)

type StoredVersion = Version & { readonly _id: string; readonly assembledIdx: number }

interface ProposalAbout {
  readonly _id: string
  readonly dataset: string
  readonly kind: string
  readonly idx: number
  readonly joint?: string | null
  readonly asks?: number
  readonly community?: string
}

interface StoredDataset extends Omit<Identified<Dataset>, 'custody'> {
  readonly isSuspended?: boolean
  readonly custody?: Custody | null
  readonly keepers?: readonly string[]
}

const asDataset = (doc: StoredDataset): Dataset => {
  const { isSuspended: _, keepers: __, custody, ...rest } = value(doc)
  return { ...rest, custody: custody ?? ALONE }
}

const asVersion = (doc: StoredVersion): Version => {
  const { id: _, assembledIdx: __, ...rest } = value(doc)
  return { ...rest, parents: rest.parents ?? [] }
}

/** One of each question that has not come before as many communities as it names. */
const incompleteOf = (all: readonly ProposalAbout[]): readonly string[] => {
  const asked = new Map<string, Set<string>>()
  for (const { joint, community } of all) {
    const known = asked.get(joint ?? '') ?? new Set()
    asked.set(joint ?? '', known.add(community ?? ''))
  }
  const first = new Map(all.toReversed().map((one) => [one.joint ?? '', one]))
  return [...first].flatMap(([joint, { _id, asks = 0 }]) =>
    (asked.get(joint)?.size ?? 0) < asks ? [_id] : [],
  )
}

const questions = (
  proposals: Model<ProposalAbout>,
): Pick<DatasetStore, 'proposalsAbout' | 'joint' | 'incomplete'> => ({
  proposalsAbout: async (id, kind) =>
    (
      await proposals
        .find(kind ? { dataset: id, kind } : { dataset: id })
        .sort({ idx: -1 })
        .lean()
    ).map(({ _id }) => _id),
  joint: async (id) =>
    (await proposals.find({ joint: id }).sort({ idx: 1 }).lean()).map(
      ({ _id: proposal, community = '' }) => ({ proposal, community }),
    ),
  incomplete: async () => incompleteOf(await proposals.find({ asks: { $gt: 1 } }).lean()),
})

/** Reads of the projections about datasets. */
export const createDatasetStore = async (connection: Connection): Promise<DatasetStore> => {
  const datasets = await table<StoredDataset & { foldedIdx: number }>(
    connection,
    'datasets',
    dataset,
  )
  const versions = await table<StoredVersion>(connection, 'versions', version)
  const contributions = await table<Identified<Contribution>>(
    connection,
    'contributions',
    contribution,
  )
  const proposals = await table<ProposalAbout>(connection, 'datasetProposals', proposalAbout)

  const contributionsBy = async (filter: Record<string, unknown>) =>
    (await contributions.find(filter).sort({ entry: 1 }).lean()).map(value)
  const versionsBy = async (filter: Record<string, unknown>) =>
    (await versions.find(filter).sort({ assembledIdx: 1 }).lean()).map(asVersion)

  return {
    dataset: async (id) => {
      const found = await datasets.findById(id).lean()
      return found && asDataset(found)
    },
    datasets: async (ids) => (await datasets.find({ _id: { $in: ids } }).lean()).map(asDataset),
    ofCommunity: async (community) =>
      (
        await datasets
          .find({ $or: [{ community }, { keepers: community }] })
          .sort({ createdAt: -1 })
          .lean()
      ).map(asDataset),
    changedSince: async (idx) =>
      (await datasets.find({ foldedIdx: { $gte: idx } }).lean()).map((one) => ({
        dataset: asDataset(one),
        idx: one.foldedIdx,
      })),
    suspended: async () => (await datasets.find({ isSuspended: true }).lean()).map(asDataset),
    version: async (id, number) => {
      const found = await versions.findById(versionKey(id, number)).lean()
      return found && asVersion(found)
    },
    derivedFrom: (ids) => versionsBy({ 'parents.dataset': { $in: ids } }),
    versionsOf: (ids) => versionsBy({ dataset: { $in: ids } }),
    contribution: async (id) => valueOrNull(await contributions.findById(id).lean()),
    contributions: (ids) => contributionsBy({ _id: { $in: ids } }),
    contributionsTo: (id) => contributionsBy({ dataset: id }),
    contributionsOf: (account) => contributionsBy({ contributor: account }),
    withdrawn: (id) => contributionsBy({ dataset: id, hasWithdrawn: true }),
    toErase: (now) => contributionsBy({ eraseAt: { $gt: 0, $lte: now } }),
    erased: () => contributionsBy({ 'erased.entry': { $gte: 0 } }),
    contributionsWith: (sha256) =>
      contributionsBy({
        $or: [
          { 'files.sha256': sha256 },
          { 'consent.evidenceFile': sha256 },
          { 'speakers.evidenceFile': sha256 },
        ],
      }),
    ...questions(proposals),
  }
}
