import type { Context } from '../context.ts'
import type { DatasetSearchInput, Resolvers } from '../graphql/generated.ts'
import { shown } from '../people/resolvers.ts'
import { isClosed } from './dataset.ts'
import type { CatalogueQuery, ContributionResult, DatasetResult } from './datasets.ts'
import { facetLabel } from './facet-label.ts'
import { fileUrl } from './file-path.ts'
import { custodyOf, jointOf, stateOfVoice } from './joint-view.ts'
import { bindingsFor, licencesOf, madeFromThis, termsFor } from './lineage-view.ts'
import { loaders } from './loaders.ts'
import { anyMediaType } from './media-types.ts'
import { qualityView } from './quality-view.ts'
import { sayRung } from './release-ladder.ts'
import { STATEMENT_FIELDS } from './statement-fields.ts'
import { together } from './together.ts'
import { usable } from './usable.ts'
import {
  artefactReleases,
  checksumList,
  draftVersions,
  liveFiles,
  proposalOf,
  publishedVersions,
  statementView,
} from './version-view.ts'
import { votes } from './vote-resolvers.ts'

const iso = (at: number): string => new Date(at).toISOString()
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

const asQuery = (input: DatasetSearchInput): CatalogueQuery => ({
  text: input.text ?? '',
  languages: input.language ?? [],
  communities: input.community ?? [],
  licences: input.licence ?? [],
  kinds: input.kind ?? [],
  stages: input.stage ?? [],
  ...(input.sort === 'newest' || input.sort === 'relevance' ? { sort: input.sort } : {}),
  first: input.first ?? 20,
  after: input.after ?? null,
})

const datasetConnection: Resolvers['DatasetConnection'] = {
  nodes: ({ nodes }) => [...nodes],
  facets: ({ facets }) => [...facets],
  pageInfo: ({ endCursor, hasNextPage }) => ({ endCursor, hasNextPage }),
}

/** In words only for those who ask: a catalogue has hundreds of languages and communities. */
const facet: Resolvers['Facet'] = {
  values: ({ name, values }, _, context) =>
    Promise.all(
      values.map(async ({ value, count }) => {
        const label = await facetLabel(name, value, loaders(context).community)
        return { value, count, label }
      }),
    ),
}

const datasetPayload = (result: DatasetResult) =>
  result.ok ? { dataset: result.dataset } : { refused: shown(result) }

const contributePayload = (result: ContributionResult) =>
  result.ok
    ? { contribution: result.contribution, receipt: result.receipt, secret: result.secret }
    : { refused: shown(result) }

const found = <T>(value: T | null, what: string): T => {
  if (value === null) throw new Error(`${what} is named but not there`)
  return value
}

/** A dataset as the one who asks may see it. */
const visible = async (id: string, context: Context) => {
  const dataset = await loaders(context).dataset(id)
  return dataset && (await context.datasets.visibleTo(dataset, context.actor)) ? dataset : null
}

const subjectDataset = (effect: { readonly kind: string; readonly dataset?: string }) =>
  effect.dataset ?? null

const queries: Resolvers['Query'] = {
  datasets: (_, { search }, { datasets, log }) => datasets.search(asQuery(search ?? {}), log.now()),
  dataset: (_, { id }, context) => visible(id, context),
  together: (_, { datasets }, context) => together(datasets, context),
  statementFields: () => [...STATEMENT_FIELDS],
}

const dataset: Resolvers['Dataset'] = {
  community: async ({ community }, _, context) =>
    found(await loaders(context).community(community), `community ${community}`),
  custody: (one, _, context) => custodyOf(one, context),
  madeBy: async ({ madeBy }, _, context) => (madeBy ? loaders(context).community(madeBy) : null),
  languages: ({ languages }) => [...languages],
  keywords: ({ keywords }) => [...keywords],
  createdAt: ({ createdAt }) => iso(createdAt),
  stage: (one, _, { datasets, log }) => datasets.effectiveStage(one, log.now()),
  stageText: (one, _, { datasets, log }) => sayRung(datasets.effectiveStage(one, log.now())),
  artefacts: (one, _, context) => artefactReleases(one, context),
  embargoUntil: ({ embargoUntil }) => isoOrNull(embargoUntil),
  suspended: ({ suspension }) =>
    suspension && {
      since: iso(suspension.since),
      ratifyBy: iso(suspension.ratifyBy),
      reason: suspension.reason,
      ratified: suspension.ratified,
    },
  takenDownAt: ({ takenDownAt }) => isoOrNull(takenDownAt ?? null),
  versions: async (one, _, context) => [...(await publishedVersions(one, context))],
  version: async (one, { version }, context) => {
    const wanted = version ?? one.newest
    const all = await publishedVersions(one, context)
    return all.find((each) => each.version === wanted) ?? null
  },
  licence: ({ licence }, _, context) => (licence ? loaders(context).licence(licence) : null),
  usable: async (one, { use }, context) => {
    const terms = await termsFor(one, context)
    return terms && usable(terms, use, context.log.now())
  },
  madeFromThis: async (one, _, context) => [...(await madeFromThis(one, context))],
  drafts: async (one, _, context) => {
    const drafts = await draftVersions(one, context)
    return drafts && [...drafts]
  },
  contributions: async (one, _, { datasets, actor }) =>
    (await datasets.maySteward(one, actor)) ? [...(await datasets.contributionsTo(one.id))] : null,
  proposals: async ({ id }, _, { datasets, governance }) => {
    const ids = (await datasets.proposalsAbout(id)).slice(0, 50)
    const all = await Promise.all(ids.map((one) => governance.proposal(one)))
    return all.filter((one) => one !== null)
  },
  viewerCanContribute: (one, _, { datasets, actor }) => datasets.mayContribute(one, actor),
  viewerCanSteward: (one, _, { datasets, actor }) => datasets.maySteward(one, actor),
  viewerCanSuspend: async (one, _, { datasets, actor }) =>
    one.suspension === null && (await datasets.maySuspend(one, actor)),
  viewerActsFor: async (one, _, { datasets, people, actor }) => {
    const community = await datasets.actsFor(one, actor)
    return community === null ? null : people.community(community)
  },
  viewerCanProposeTakedown: async (one, _, { datasets, actor }) =>
    !one.takenDownAt && (await datasets.mayProposeTakedown(one, actor)),
}

const version: Resolvers['Version'] = {
  dataset: async ({ dataset: id }, _, context) =>
    found(await loaders(context).dataset(id), `dataset ${id}`),
  publishedAt: ({ publishedAt }) => isoOrNull(publishedAt),
  licence: async ({ licence }, _, context) =>
    found(await loaders(context).licence(licence), `licence ${licence}`),
  newerLicence: ({ licence }, _, context) => loaders(context).newer(licence),
  parents: ({ parents }) => [...parents],
  terms: async (one, _, context) => [...(await bindingsFor(one, context))],
  statement: (one, _, context) => statementView(one, context),
  files: async (one, _, context) =>
    (await liveFiles(one, context)).map((file) => ({ ...file, url: fileUrl(one, file.path) })),
  totalSize: async (one, _, context) =>
    (await liveFiles(one, context)).reduce((sum, { size }) => sum + size, 0),
  sha256sums: async (one, _, context) => checksumList(await liveFiles(one, context)),
  proposal: (one, _, context) => proposalOf(one, context),
}

const parent: Resolvers['Parent'] = {
  id: ({ dataset: id }) => id,
  dataset: ({ dataset: id }, _, context) => visible(id, context),
  closed: async ({ dataset: id }, _, context) => {
    const one = found(await loaders(context).dataset(id), `dataset ${id}`)
    return isClosed(one, context.log.now())
  },
}

const communityOf = async ({ community }: { readonly community: string }, context: Context) =>
  found(await loaders(context).community(community), `community ${community}`)

const keeper: Resolvers['Keeper'] = {
  community: (one, _, context) => communityOf(one, context),
  licence: ({ licence }, _, context) => (licence ? loaders(context).licence(licence) : null),
}

const voice: Resolvers['Voice'] = {
  community: (one, _, context) => communityOf(one, context),
  state: (one, _, { governance }) => stateOfVoice(one, governance),
}

const mutations: Resolvers['Mutation'] = {
  createDataset: async (_, { input }, { actor, datasets }) =>
    datasetPayload(await datasets.create(actor, input)),
  contribute: async (_, { input }, { actor, datasets }) =>
    contributePayload(await datasets.contribute(actor, input)),
  withdrawContribution: async (_, { id, files }, { actor, datasets }) =>
    contributePayload(await datasets.withdraw(actor, id, files)),
  restoreContribution: async (_, { id }, { actor, datasets }) =>
    contributePayload(await datasets.restore(actor, id)),
  witnessConsent: async (_, { id, speaker }, { actor, datasets }) =>
    contributePayload(await datasets.witnessConsent(actor, id, speaker ?? '')),
  unpackUpload: async (_, { id }, { actor, uploads }) => {
    const result = await uploads.unpack(actor?.account.id ?? '', id)
    return result.ok ? { files: [...result.files] } : { refused: shown(result) }
  },
  inspectUpload: async (_, { id, path }, { actor, uploads }) => {
    const type = anyMediaType(path) ?? ''
    const result = await uploads.inspect(actor?.account.id ?? '', id, type)
    if (!result.ok) return { personal: [], canStrip: false, refused: shown(result) }
    const { quality, personal, ...rest } = result.inspection
    return { ...rest, personal: [...personal], quality: qualityView(quality) }
  },
  stripUpload: async (_, { id, path }, { actor, uploads }) => {
    const result = await uploads.strip(actor?.account.id ?? '', id, anyMediaType(path) ?? '')
    if (!result.ok) return { refused: shown(result) }
    return { files: [{ upload: result.upload.id, path, size: result.upload.size }] }
  },
  assembleVersion: async (_, { input }, { actor, datasets }) => {
    const result = await datasets.assemble(actor, input)
    return result.ok ? { version: result.version } : { refused: shown(result) }
  },
  suspendDataset: async (_, { input }, { actor, datasets }) =>
    datasetPayload(await datasets.suspend(actor, input)),
  ...votes,
}

export const resolvers: Resolvers = {
  Query: queries,
  Mutation: mutations,
  Dataset: dataset,
  DatasetName: { page: ({ id }, _, context) => visible(id, context) },
  DatasetConnection: datasetConnection,
  Facet: facet,
  Version: version,
  Parent: parent,
  TermsPart: { custodians: ({ custodians }) => [...custodians] },
  CustodianTerms: {
    community: async ({ community }, _, context) =>
      found(await loaders(context).community(community), `community ${community}`),
    licences: async (one, _, context) => licencesOf(one, context),
  },
  Keeper: keeper,
  Voice: voice,
  Joint: { voices: ({ voices }) => [...voices] },
  Proposal: { joint: (one, _, context) => jointOf(one, context) },
  Community: {
    datasets: async ({ id }, _, { datasets, actor }) => [
      ...(await datasets.ofCommunity(id, actor)),
    ],
  },
  Viewer: {
    contributions: async ({ id }, _, { datasets }) => [...(await datasets.contributionsOf(id))],
  },
  ProposalSubject: {
    dataset: ({ effect }, _, context) => {
      const id = subjectDataset(effect)
      return id === null ? null : visible(id, context)
    },
    version: async ({ effect }, _, context) => {
      const { kind } = effect
      if (kind !== 'dataset.publish' && kind !== 'grant.issue' && kind !== 'grant.renew')
        return null
      if (!(await visible(effect.dataset, context))) return null
      const draft = await context.datasets.anyVersion(effect.dataset, effect.version)
      if (draft?.publishedAt !== null) return draft
      const one = await loaders(context).dataset(effect.dataset)
      return one && (await draftVersions(one, context)) ? draft : null
    },
  },
}
