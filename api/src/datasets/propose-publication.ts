import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { PublishVersion } from '../governance/effect.ts'
import type { Governance, ProposalResult } from '../governance/governance.ts'
import { isUndecided } from '../governance/pending.ts'
import type { LicenceRecord, Licences } from '../licences/licences.ts'
import type { Log, Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Member, People } from '../people/people.ts'
import { consentProblemOf } from './consent.ts'
import type { Contribution } from './contribution.ts'
import { keepersOf } from './custody.ts'
import { assembledBy, type Dataset, type Version } from './dataset.ts'
import type { Documents } from './documents.ts'
import { proposeAmongKeepers } from './jointly.ts'
import { lowersAccess } from './lowers-access.ts'
import { closedParentProblem, derivationProblem } from './parents.ts'
import { parseManifest } from './parse-documents.ts'
import { isRung, sayRung } from './release-ladder.ts'
import type { DatasetStore } from './store.ts'
import { inSession, visitAsSteward } from './who-may.ts'

export interface ProposeDeps {
  readonly log: Log
  readonly people: People
  readonly store: DatasetStore
  readonly licences: Licences
  readonly governance: Governance
  readonly documents: Documents
}

const shape = z.object({
  dataset: z.string().min(1).max(64),
  manifestDigest: z.string().max(128),
  stage: z.int().refine(isRung, 'Choose a rung of the release ladder from 0 to 5.'),
  embargoUntil: z.iso
    .datetime({
      offset: true,
      message: 'Write the embargo as an instant, e.g. 2030-01-31T00:00:00Z.',
    })
    .transform((text) => Date.parse(text))
    .nullish(),
  reason: z.string().trim().min(1, 'Say why; the voters read it.').max(4000),
  deliberate: z.boolean().nullish(),
})

type Wanted = z.output<typeof shape>

const stageProblem = (wanted: Wanted, version: Version, dataset: Dataset): Refusal | null => {
  if (version.publishedAt === null && wanted.stage === 0)
    return refuse('BAD_INPUT', 'A first publication opens at least the description: rung 1.', {
      field: 'stage',
    })
  if (version.publishedAt !== null && version.version !== dataset.newest)
    return refuse('OLD_VERSION', 'Only the newest published version can change its rung.', {
      field: 'manifestDigest',
    })
  return null
}

const consentProblem = (wanted: Wanted, contributions: readonly Contribution[]): Refusal | null => {
  const gone = contributions.find(({ state }) => state === 'withdrawn')
  if (gone)
    return refuse('WITHDRAWN', `${gone.id} has been withdrawn; assemble a version without it.`, {
      field: 'manifestDigest',
    })
  for (const one of contributions) {
    const problem = consentProblemOf(one, wanted.stage)
    if (problem !== null) return refuse('CONSENT', `${one.id}: ${problem}.`, { field: 'stage' })
  }
  return null
}

/** The licence of one that keeps it no longer is nobody's to open something under. */
const licenceProblem = (dataset: Dataset, version: Version): Refusal | null =>
  version.publishedAt !== null || keepersOf(dataset).includes(assembledBy(dataset, version))
    ? null
    : refuse(
        'LICENCE_LEFT',
        'The community whose licence this draft names keeps the dataset no longer. Assemble it anew.',
        { field: 'manifestDigest' },
      )

/** Asked of what opens something: nothing is needed to close it further. */
const openingProblem = async (
  deps: ProposeDeps,
  { wanted, version, dataset }: { wanted: Wanted; version: Version; dataset: Dataset },
) =>
  licenceProblem(dataset, version) ??
  consentProblem(wanted, await deps.store.contributions(version.contributions)) ??
  (await derivationProblem(deps, version.licence, version.parents)) ??
  (await closedParentProblem(deps, wanted.stage, version.parents, deps.log.now()))

/** The effects about this version on which a vote is under way. */
const pendingOn = async (
  deps: ProposeDeps,
  { dataset, manifestDigest }: Version,
): Promise<readonly PublishVersion[]> => {
  const pending: PublishVersion[] = []
  for (const id of await deps.store.proposalsAbout(dataset, 'dataset.publish')) {
    const proposal = await deps.governance.proposal(id)
    if (proposal?.effect.kind !== 'dataset.publish') continue
    const undecided = isUndecided(proposal, deps.governance.view(proposal))
    if (undecided && proposal.effect.manifestDigest === manifestDigest)
      pending.push(proposal.effect)
  }
  return pending
}

const isSame = (wanted: Wanted, { stage, embargoUntil }: PublishVersion): boolean =>
  stage === wanted.stage && embargoUntil === (wanted.embargoUntil ?? null)

const pendingProblem = (
  wanted: Wanted,
  pending: readonly PublishVersion[],
  lowers: boolean,
): Refusal | null => {
  // Two votes that open one version could contradict each other; closing it waits for neither.
  const inTheWay = lowers ? pending.some((one) => isSame(wanted, one)) : pending.length > 0
  return inTheWay
    ? refuse('ALREADY_PROPOSED', 'A vote on this version is under way; wait for its outcome.')
    : null
}

const sayBytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`

/** The text the voters bind themselves to. The log shows it to everyone: it names no title. */
const describe = async (
  documents: Documents,
  wanted: Wanted,
  version: Version,
  licence: LicenceRecord | null,
): Promise<string> => {
  const manifest = parseManifest(await documents.get(version.manifestDigest))
  const files = manifest?.files ?? []
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const until = wanted.embargoUntil ? new Date(wanted.embargoUntil).toISOString() : null
  return [
    `Version ${version.version} of dataset ${version.dataset}: ${files.length} files, ${sayBytes(size)}.`,
    `Manifest ${version.manifestDigest}; data statement ${version.statementDigest}.`,
    `Licence: ${licence?.title ?? 'unknown'}, version ${licence?.version ?? '?'} (${version.licence}). Every request and every download is decided by it.`,
    ...(version.parents.length > 0
      ? [
          `Made from: ${version.parents.map((one) => `version ${one.version} of dataset ${one.dataset}`).join(', ')}. Their licences bind too.`,
        ]
      : []),
    `Release: rung ${wanted.stage} of 5, ${sayRung(wanted.stage)}.`,
    until ? `No byte leaves before ${until}.` : 'There is no embargo.',
    `Reason: ${wanted.reason}`,
  ].join('\n')
}

interface Asking {
  readonly actor: Actor
  readonly seat: Member
}

const ask = async (
  deps: ProposeDeps,
  { actor, seat }: Asking,
  { wanted, version, dataset }: { wanted: Wanted; version: Version; dataset: Dataset },
): Promise<ProposalResult> => {
  const [licence] = await deps.licences.licencesByDigest([version.licence])
  const { manifestDigest, statementDigest } = version
  const question = {
    title: `${version.publishedAt === null ? 'Publish' : 'Change the release of'} version ${version.version}`,
    text: await describe(deps.documents, wanted, version, licence ?? null),
    effect: {
      kind: 'dataset.publish',
      dataset: dataset.id,
      version: version.version,
      manifestDigest,
      statementDigest,
      licence: version.licence,
      stage: wanted.stage,
      embargoUntil: wanted.embargoUntil ?? null,
    },
  } as const
  const by = { home: seat.community, sponsor: actor, open: !wanted.deliberate }
  return proposeAmongKeepers(deps, dataset, question, by)
}

/** Asks the council to publish a draft, or to move the newest version to another rung. */
export const proposePublication = async (
  deps: ProposeDeps,
  asking: Actor | null,
  input: unknown,
): Promise<ProposalResult> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(shape, input)
  if (!read.ok) return read
  const wanted = read.value
  const found = await visitAsSteward(deps, wanted.dataset, session.actor)
  if (!found.ok) return found
  const { dataset, seat } = found
  const versions = await deps.store.versionsOf([dataset.id])
  const version = versions.find((one) => one.manifestDigest === wanted.manifestDigest)
  if (!version)
    return refuse('NOT_FOUND', 'This dataset has no such version.', { field: 'manifestDigest' })
  const lowers = lowersAccess(wanted, version, dataset, deps.log.now())
  const problem =
    stageProblem(wanted, version, dataset) ??
    (lowers ? null : await openingProblem(deps, { wanted, version, dataset })) ??
    pendingProblem(wanted, await pendingOn(deps, version), lowers)
  if (problem) return problem
  return ask(deps, { actor: session.actor, seat }, { wanted, version, dataset })
}
