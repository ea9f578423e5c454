import type { Context } from '../context.ts'
import type { Proposal } from '../governance/governance.ts'
import type { Dataset, ManifestFile, Statement, Version } from './dataset.ts'
import { loaders } from './loaders.ts'
import { missingFields, STATEMENT_FIELDS } from './statement-fields.ts'
import { seatOf } from './who-may.ts'
import { liveOf } from './withdrawn-files.ts'

/** What a version still hands out: what has been withdrawn is no longer in it. */
export const liveFiles = async (
  version: Version,
  context: Context,
): Promise<readonly ManifestFile[]> => {
  const [manifest, withdrawn] = await Promise.all([
    loaders(context).manifest(version.manifestDigest),
    loaders(context).withdrawn(version),
  ])
  return liveOf(manifest, withdrawn)
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
  const seat = await seatOf(context.people, dataset, context.actor)
  if (!seat || seat.bodies.length === 0) return null
  const all = (await loaders(context).versions(dataset.id)) ?? []
  return all.filter(({ publishedAt }) => publishedAt === null).toReversed()
}
