import type { Context } from '../context.ts'
import type { Resolvers } from '../graphql/generated.ts'
import { type Comparison, compareSides, type Side, versionBefore } from './compare-versions.ts'
import type { Dataset, Version } from './dataset.ts'
import { loaders } from './loaders.ts'
import { tombstoneOf } from './tombstone.ts'
import { draftVersions, liveFiles, publishedVersions } from './version-view.ts'

const sideOf = async (version: Version, context: Context): Promise<Side> => {
  const [files, statement] = await Promise.all([
    liveFiles(version, context),
    loaders(context).statement(version.statementDigest),
  ])
  return { version, files, statement: statement ?? {} }
}

const compare = async (older: Version, newer: Version, context: Context): Promise<Comparison> =>
  compareSides(...(await Promise.all([sideOf(older, context), sideOf(newer, context)])))

/** The versions of a dataset that the one who asks may know of. */
const knownVersions = async (dataset: Dataset, context: Context): Promise<readonly Version[]> => [
  ...(await publishedVersions(dataset, context)),
  ...((await draftVersions(dataset, context)) ?? []),
]

const licenceOf = async ({ licence }: Version, context: Context) => {
  const found = await loaders(context).licence(licence)
  if (!found) throw new Error(`licence ${licence} is named but not there`)
  return found
}

const sinceTheOneBefore = async (
  version: Version,
  context: Context,
): Promise<Comparison | null> => {
  const all = (await loaders(context).versions(version.dataset)) ?? []
  const before = versionBefore(all, version)
  return before && compare(before, version, context)
}

/** What has changed from version to version. */
export const resolvers: Resolvers = {
  Query: {
    tombstone: (_, { dataset, version }, { datasets }) =>
      tombstoneOf(datasets, dataset, version ?? null),
  },
  Tombstone: {
    id: ({ dataset }) => dataset.id,
    title: ({ dataset }) => dataset.title,
    community: async ({ dataset: { community } }, _, context) => {
      const found = await loaders(context).community(community)
      if (!found) throw new Error(`community ${community} is named but not there`)
      return found
    },
    at: ({ at }) => (at === null ? null : new Date(at).toISOString()),
    proposal: ({ proposal }, _, { governance }) =>
      proposal === null ? null : governance.proposal(proposal),
    reason: async ({ proposal }, _, { governance }) =>
      proposal === null ? null : ((await governance.proposal(proposal))?.text ?? null),
  },
  Dataset: {
    changes: async (dataset, { from, to }, context) => {
      const known = await knownVersions(dataset, context)
      const [older, newer] = [from, to].map((wanted) => known.find((v) => v.version === wanted))
      return older && newer ? compare(older, newer, context) : null
    },
  },
  ProposalSubject: {
    versionChanges: async ({ effect }, _, context) => {
      if (effect.kind !== 'dataset.publish') return null
      const dataset = await loaders(context).dataset(effect.dataset)
      if (!dataset || !(await context.datasets.visibleTo(dataset, context.actor))) return null
      const known = await knownVersions(dataset, context)
      const version = known.find((one) => one.version === effect.version)
      return version ? sinceTheOneBefore(version, context) : null
    },
  },
  VersionChanges: {
    from: ({ older }) => older.version,
    to: ({ newer }) => newer.version,
    files: ({ files }) => [...files],
    statement: ({ statement }) => statement.map((one) => ({ ...one, changes: [...one.changes] })),
    licenceBefore: async ({ older, newer }, _, context) =>
      older.licence === newer.licence ? null : licenceOf(older, context),
    licenceAfter: async ({ older, newer }, _, context) =>
      older.licence === newer.licence ? null : licenceOf(newer, context),
  },
  FileChange: {
    before: ({ kind, from }) => (kind === 'moved' ? (from?.path ?? null) : null),
    sizeBefore: ({ from }) => from?.size ?? null,
    sizeAfter: ({ to }) => to?.size ?? null,
  },
}
