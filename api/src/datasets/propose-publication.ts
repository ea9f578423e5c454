import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { PublishVersion } from '../governance/effect.ts'
import type { Governance, ProposalResult } from '../governance/governance.ts'
import { isUndecided } from '../governance/pending.ts'
import type { LicenceRecord, Licences } from '../licences/licences.ts'
import type { Log, Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Member, People } from '../people/people.ts'
import {
  ARTEFACT_WORDS,
  ARTEFACTS,
  type ArtefactStages,
  artefactsIn,
  isHeldBack,
  stageOf,
} from './artefacts.ts'
import { consentProblemOf } from './consent.ts'
import type { Contribution, Unit } from './contribution.ts'
import { keepersOf } from './custody.ts'
import { assembledBy, type Dataset, type ManifestFile, type Version } from './dataset.ts'
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
  artefacts: z
    .array(
      z.object({
        artefact: z.enum(ARTEFACTS, `Choose among: ${ARTEFACTS.join(', ')}.`),
        stage: z.int().refine(isRung, 'Choose a rung of the release ladder from 0 to 5.'),
      }),
    )
    .max(ARTEFACTS.length)
    .nullish(),
  deliberate: z.boolean().nullish(),
})

type Asked = z.output<typeof shape>

/** What is put to the vote: a rung for every artefact that the version has. */
interface Wanted extends Omit<Asked, 'artefacts'> {
  readonly artefacts: ArtefactStages
}

/** A rung for each artefact of the version: as asked, else as decided before, else that of the rest. */
const artefactStages = (
  { artefacts, stage }: Asked,
  files: readonly ManifestFile[],
  dataset: Dataset,
): { readonly ok: true; readonly stages: ArtefactStages } | Refusal => {
  const there = artefactsIn(files)
  const named = new Map((artefacts ?? []).map((one) => [one.artefact, one.stage]))
  const strange = [...named.keys()].find((one) => !there.includes(one))
  if (strange) {
    const message = `This version has no ${ARTEFACT_WORDS[strange]}.`
    return refuse('BAD_INPUT', message, { field: 'artefacts' })
  }
  const above = [...named].find(([, rung]) => rung > stage)
  if (above) {
    const message = `Nothing in it is opened further than the dataset, rung ${stage}.`
    return refuse('BAD_INPUT', message, { field: 'artefacts' })
  }
  const rungs = there.map((one) => {
    const decided = Math.min(stage, dataset.artefacts?.[one] ?? stage)
    return [one, named.get(one) ?? decided] as const
  })
  return { ok: true, stages: Object.fromEntries(rungs) }
}

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

/** The rung that is asked for each unit: that of the artefact it belongs to. */
const stageFor = (wanted: Wanted, files: readonly ManifestFile[]) => {
  const artefacts = new Map(files.map(({ path, artefact }) => [path, artefact]))
  return ({ path }: Unit): number => stageOf(wanted, artefacts.get(path))
}

const consentProblem = (
  wanted: Wanted,
  contributions: readonly Contribution[],
  files: readonly ManifestFile[],
): Refusal | null => {
  const gone = contributions.find(({ state }) => state === 'withdrawn')
  if (gone)
    return refuse('WITHDRAWN', `${gone.id} has been withdrawn; assemble a version without it.`, {
      field: 'manifestDigest',
    })
  for (const one of contributions) {
    const problem = consentProblemOf(one, stageFor(wanted, files))
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

interface Question {
  readonly wanted: Wanted
  readonly version: Version
  readonly dataset: Dataset
  /** Of the version, as it was assembled. */
  readonly files: readonly ManifestFile[]
}

/** Asked of what opens something: nothing is needed to close it further. */
const openingProblem = async (deps: ProposeDeps, { wanted, version, dataset, files }: Question) =>
  licenceProblem(dataset, version) ??
  consentProblem(wanted, await deps.store.contributions(version.contributions), files) ??
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

const isSame = (wanted: Wanted, { stage, embargoUntil, artefacts = {} }: PublishVersion): boolean =>
  stage === wanted.stage &&
  embargoUntil === (wanted.embargoUntil ?? null) &&
  ARTEFACTS.every((one) => artefacts[one] === wanted.artefacts[one])

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

const sayArtefacts = (wanted: Wanted): readonly string[] =>
  ARTEFACTS.flatMap((one) => {
    const stage = wanted.artefacts[one]
    const words = `Of it the ${ARTEFACT_WORDS[one]}: rung ${stage} of 5, ${sayRung(stage ?? 0)}.`
    return stage === undefined ? [] : [words]
  })

/**
 * The text the voters bind themselves to. The log shows it to everyone: it names no title, and counts
 * nothing that stays held back.
 */
const describe = (
  { wanted, version, files: all }: Question,
  licence: LicenceRecord | null,
): string => {
  const files = all.filter((file) => !isHeldBack(wanted, file))
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const held = files.length < all.length ? ' Besides, what is held back.' : ''
  const until = wanted.embargoUntil ? new Date(wanted.embargoUntil).toISOString() : null
  return [
    `Version ${version.version} of dataset ${version.dataset}: ${files.length} files, ${sayBytes(size)}.${held}`,
    `Manifest ${version.manifestDigest}; data statement ${version.statementDigest}.`,
    `Licence: ${licence?.title ?? 'unknown'}, version ${licence?.version ?? '?'} (${version.licence}). Every request and every download is decided by it.`,
    ...(version.parents.length > 0
      ? [
          `Made from: ${version.parents.map((one) => `version ${one.version} of dataset ${one.dataset}`).join(', ')}. Their licences bind too.`,
        ]
      : []),
    `Release: rung ${wanted.stage} of 5, ${sayRung(wanted.stage)}.`,
    ...sayArtefacts(wanted),
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
  asked: Question,
): Promise<ProposalResult> => {
  const { wanted, version, dataset } = asked
  const [licence] = await deps.licences.licencesByDigest([version.licence])
  const { manifestDigest, statementDigest } = version
  const question = {
    title: `${version.publishedAt === null ? 'Publish' : 'Change the release of'} version ${version.version}`,
    text: describe(asked, licence ?? null),
    effect: {
      kind: 'dataset.publish',
      dataset: dataset.id,
      version: version.version,
      manifestDigest,
      statementDigest,
      licence: version.licence,
      stage: wanted.stage,
      embargoUntil: wanted.embargoUntil ?? null,
      ...(Object.keys(wanted.artefacts).length > 0 ? { artefacts: wanted.artefacts } : {}),
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
  const { artefacts, ...rest } = read.value
  const found = await visitAsSteward(deps, rest.dataset, session.actor)
  if (!found.ok) return found
  const { dataset, seat } = found
  const versions = await deps.store.versionsOf([dataset.id])
  const version = versions.find((one) => one.manifestDigest === rest.manifestDigest)
  if (!version)
    return refuse('NOT_FOUND', 'This dataset has no such version.', { field: 'manifestDigest' })
  const files = parseManifest(await deps.documents.get(version.manifestDigest))?.files ?? []
  const named = artefactStages({ ...rest, artefacts }, files, dataset)
  if (!named.ok) return named
  const wanted = { ...rest, artefacts: named.stages }
  const asked = { wanted, version, dataset, files }
  const lowers = lowersAccess(wanted, version, dataset, deps.log.now())
  const problem =
    stageProblem(wanted, version, dataset) ??
    (lowers ? null : await openingProblem(deps, asked)) ??
    pendingProblem(wanted, await pendingOn(deps, version), lowers)
  if (problem) return problem
  return ask(deps, { actor: session.actor, seat }, asked)
}
