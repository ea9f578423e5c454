import type { Context } from '../context.ts'
import type { Proposal } from '../governance/governance.ts'
import { artefactsIn, isHeldBack, stageOf } from './artefacts.ts'
import {
  type Dataset,
  effectiveStage,
  type ManifestFile,
  type Statement,
  type Version,
} from './dataset.ts'
import { loaders } from './loaders.ts'
import { missingFields, STATEMENT_FIELDS } from './statement-fields.ts'
import { seatOf } from './who-may.ts'
import { liveOf } from './withdrawn-files.ts'

/** Whether somebody sits in a body that decides about a dataset. */
const isSeated = async (dataset: Dataset, { people, actor }: Context): Promise<boolean> =>
  ((await seatOf(people, dataset, actor))?.bodies.length ?? 0) > 0

/**
 * What a version still hands out: what has been withdrawn is no longer in it, and what is held back
 * is seen by those alone who decide about it.
 */
export const liveFiles = async (
  version: Version,
  context: Context,
): Promise<readonly ManifestFile[]> => {
  const { manifest: read, withdrawn: readWithdrawn, dataset: readDataset } = loaders(context)
  const [manifest, withdrawn, dataset] = await Promise.all([
    read(version.manifestDigest),
    readWithdrawn(version),
    readDataset(version.dataset),
  ])
  const live = liveOf(manifest, withdrawn)
  if (!dataset) return []
  const open = live.filter((file) => !isHeldBack(dataset, file))
  return open.length === live.length || (await isSeated(dataset, context)) ? live : open
}

/** `sha256sum -c` reads it. */
export const checksumList = (files: readonly ManifestFile[]): string =>
  files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('')

const sections = (statement: Statement) =>
  STATEMENT_FIELDS.filter(({ field }) => statement[field] !== undefined).map(
    ({ field, title, required }) => ({ field, title, required, text: statement[field] ?? '' }),
  )

/** The data statement as it is shown, with what it leaves open. */
export const statementView = async (version: Version, context: Context) => {
  const { statement: read, dataset } = loaders(context)
  const statement = (await read(version.statementDigest)) ?? {}
  const kind = (await dataset(version.dataset))?.kind
  const missing = [...missingFields(statement, kind === 'annotations')]
  return { complete: missing.length === 0, missing, sections: sections(statement) }
}

const isAbout = (proposal: Proposal, { manifestDigest }: Version): boolean =>
  proposal.effect.kind === 'dataset.publish' && proposal.effect.manifestDigest === manifestDigest

/** The vote that published a version or, of a draft, the newest vote about it. */
export const proposalOf = async (version: Version, context: Context): Promise<Proposal | null> => {
  const { governance, datasets } = context
  if (version.proposal !== null) return governance.proposal(version.proposal)
  for (const id of await datasets.proposalsAbout(version.dataset, 'dataset.publish')) {
    const proposal = await governance.proposal(id)
    if (proposal && isAbout(proposal, version)) return proposal
  }
  return null
}

/** Published versions, newest first. */
export const publishedVersions = async (
  dataset: Dataset,
  context: Context,
): Promise<readonly Version[]> => {
  const all = (await loaders(context).versions(dataset.id)) ?? []
  return all.filter(({ publishedAt }) => publishedAt !== null).toReversed()
}

/** Drafts, newest first; null for whoever sits in no body of the community. */
export const draftVersions = async (
  dataset: Dataset,
  context: Context,
): Promise<readonly Version[] | null> => {
  if (!(await isSeated(dataset, context))) return null
  const all = (await loaders(context).versions(dataset.id)) ?? []
  return all.filter(({ publishedAt }) => publishedAt === null).toReversed()
}

/** How far each artefact of the newest version is open now; one that is sealed is told to nobody else. */
export const artefactReleases = async (dataset: Dataset, context: Context) => {
  const newest = (await publishedVersions(dataset, context))[0]
  const manifest = newest && (await loaders(context).manifest(newest.manifestDigest))
  const all = artefactsIn(manifest?.files ?? []).map((artefact) => {
    const stage = effectiveStage(dataset, context.log.now())
    return { artefact, stage: stageOf({ ...dataset, stage }, artefact) }
  })
  const known = all.filter(({ stage }) => stage > 0)
  return known.length === all.length || (await isSeated(dataset, context)) ? all : known
}
