import { z } from 'zod'
import { notFound, refuse } from '../errors.ts'
import type { ChangeCustody } from '../governance/effect.ts'
import type { Governance, ProposalResult } from '../governance/governance.ts'
import type { LicenceRecord, Licences } from '../licences/licences.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Member, People } from '../people/people.ts'
import { keepersOf } from './custody.ts'
import type { Dataset } from './dataset.ts'
import { proposeAmongKeepers } from './jointly.ts'
import { derivationProblem } from './parents.ts'
import type { DatasetStore } from './store.ts'
import { inSession, isSteward, visit } from './who-may.ts'

export interface CustodyDeps {
  readonly people: People
  readonly store: DatasetStore
  readonly licences: Licences
  readonly governance: Governance
}

const about = {
  dataset: z.string().min(1).max(64),
  community: z.string().min(1, 'Name the community.').max(64),
  reason: z.string().trim().min(1, 'Say why; the voters read it.').max(4000),
}

const shape = z.discriminatedUnion('step', [
  z.object({
    ...about,
    step: z.literal('join'),
    rule: z.enum(['all', 'any'], 'Choose all (every community must agree) or any (one is enough).'),
    licence: z.string().min(1, 'Choose one of the licences of that community.').max(128),
  }),
  z.object({ ...about, step: z.enum(['leave', 'end']) }),
])

type Wanted = z.output<typeof shape>
type Joining = Extract<Wanted, { readonly step: 'join' }>

const MOST_KEEPERS = 8

const keeps = ({ community, custody }: Dataset, wanted: Wanted): 'yes' | 'left' | 'no' => {
  const known = custody.others.find((one) => one.community === wanted.community)
  if (known) return known.left ? 'left' : 'yes'
  return wanted.community === community ? 'yes' : 'no'
}

/** Where one yes is enough, wider terms would get round those of what it was made from. */
const wideningProblem = async (deps: CustodyDeps, dataset: Dataset, { rule, licence }: Joining) => {
  const version = dataset.newest && (await deps.store.version(dataset.id, dataset.newest))
  return rule === 'any' && version ? derivationProblem(deps, licence, version.parents) : null
}

const placeProblem = (dataset: Dataset, wanted: Joining): Refusal | null => {
  if (keeps(dataset, wanted) === 'yes')
    return refuse('KEEPS_ALREADY', 'This community keeps the dataset already.', {
      field: 'community',
    })
  if (keepersOf(dataset).length >= MOST_KEEPERS)
    return refuse('TOO_MANY', `At most ${MOST_KEEPERS} communities keep one dataset.`, {
      field: 'community',
    })
  const stays = dataset.custody.others.some((one) => one.left)
  return stays && wanted.rule === 'any'
    ? refuse('TERMS_LEFT', 'Let go of the terms that a community left behind first.', {
        field: 'rule',
      })
    : null
}

const joinProblem = async (
  deps: CustodyDeps,
  dataset: Dataset,
  wanted: Joining,
): Promise<Refusal | null> => {
  if (!(await deps.people.community(wanted.community)))
    return { ...notFound('community'), field: 'community' }
  const adopted = await deps.licences.adoptedBy(wanted.community)
  if (!adopted.some(({ digest }) => digest === wanted.licence))
    return refuse('NOT_ADOPTED', 'Choose a licence which that community has adopted.', {
      field: 'licence',
    })
  return placeProblem(dataset, wanted) ?? wideningProblem(deps, dataset, wanted)
}

const leaveProblem = (dataset: Dataset, wanted: Wanted, { community }: Member): Refusal | null => {
  if (wanted.community !== community)
    return refuse('NOT_YOURS', 'A community gives up its own place; name yours.', {
      field: 'community',
    })
  return keepersOf(dataset).length === 1
    ? refuse(
        'LAST_KEEPER',
        'Nobody else keeps this dataset. Take another community in first, or propose a takedown.',
      )
    : null
}

const problemOf = async (
  deps: CustodyDeps,
  dataset: Dataset,
  wanted: Wanted,
  seat: Member,
): Promise<Refusal | null> => {
  if (dataset.takenDownAt) return refuse('TAKEN_DOWN', 'A vote has taken this dataset down.')
  switch (wanted.step) {
    case 'join':
      return joinProblem(deps, dataset, wanted)
    case 'leave':
      return leaveProblem(dataset, wanted, seat)
    case 'end':
      return keeps(dataset, wanted) === 'left'
        ? null
        : refuse('NOTHING_LEFT', 'This community has left no terms behind here.', {
            field: 'community',
          })
  }
}

const UNDECIDED = new Set(['open', 'standstill', 'vetoed', 'appealed', 'enactable'])

/** Is the same under way already? */
const isPending = async ({ store, governance }: CustodyDeps, { dataset, community }: Wanted) => {
  for (const id of await store.proposalsAbout(dataset, 'dataset.custody')) {
    const proposal = await governance.proposal(id)
    if (!proposal || proposal.settled || proposal.effect.kind !== 'dataset.custody') continue
    const phase = governance.view(proposal)?.phase ?? proposal.stage
    const undecided = phase === 'deliberation' || UNDECIDED.has(phase)
    if (undecided && proposal.effect.community === community) return true
  }
  return false
}

const LAW = {
  all: 'All of them must permit a use, and all decide on publication, release and access.',
  any: 'The yes of one of them is enough to permit a use, and each may decide for itself.',
} as const

const TITLE = {
  join: 'Keep a dataset together with another community',
  leave: 'Give up the place beside another community',
  end: 'Let go of terms that a community left behind',
} as const

const passingOn = (dataset: Dataset, community: string): readonly string[] => {
  const heir = keepersOf(dataset).find((one) => one !== community)
  return dataset.community === community
    ? [`From then on community ${heir} answers for it first. Its history, addresses and name stay.`]
    : []
}

const wordsOf = (
  wanted: Wanted,
  licence: LicenceRecord | undefined,
  kept: Dataset,
): readonly string[] => {
  const { dataset, community } = wanted
  switch (wanted.step) {
    case 'join':
      return [
        `Community ${community} keeps dataset ${dataset} from now on, beside those that keep it.`,
        `It brings its licence: ${licence?.title ?? 'unknown'}, version ${licence?.version ?? '?'} (${wanted.licence}).`,
        LAW[wanted.rule],
        'Nothing changes until every one of them has agreed, each by its own charter.',
      ]
    case 'leave':
      return [
        `Community ${community} keeps dataset ${dataset} no longer and decides nothing about it any more.`,
        ...passingOn(kept, community),
        'Where all had to permit, its terms go on binding until those who remain let go of them by a vote.',
      ]
    case 'end':
      return [
        `The terms that community ${community} left behind no longer bind dataset ${dataset}.`,
        'This permits more than before: every community that keeps it has to agree.',
      ]
  }
}

const effectOf = ({ reason: _, ...wanted }: Wanted): ChangeCustody => ({
  kind: 'dataset.custody',
  ...wanted,
})

/** Asks for a vote on who keeps a dataset. A steward or councillor of one that keeps it may ask. */
export const proposeCustody = async (
  deps: CustodyDeps,
  asking: Actor | null,
  input: unknown,
): Promise<ProposalResult> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(shape, input)
  if (!read.ok) return read
  const wanted = read.value
  const found = await visit(deps, wanted.dataset, session.actor)
  if (!found.ok) return found
  const { dataset, seat } = found
  if (!seat || !(isSteward(seat) || seat.bodies.includes('council')))
    return refuse('NOT_STEWARD', 'Only stewards and the council of a community that keeps it may.')
  const problem = await problemOf(deps, dataset, wanted, seat)
  if (problem) return problem
  if (await isPending(deps, wanted))
    return refuse('ALREADY_PROPOSED', 'A vote on this is under way; wait for its outcome.')
  const licence =
    wanted.step === 'join' ? (await deps.licences.licencesByDigest([wanted.licence]))[0] : undefined
  const text = [...wordsOf(wanted, licence, dataset), `Reason: ${wanted.reason}`].join('\n')
  const question = { title: TITLE[wanted.step], text, effect: effectOf(wanted) }
  const by = { home: seat.community, sponsor: session.actor }
  return proposeAmongKeepers(deps, dataset, question, by)
}
