import { z } from 'zod'
import { notFound, refuse } from '../errors.ts'
import type { ChangeCustody } from '../governance/effect.ts'
import type { Governance, ProposalResult } from '../governance/governance.ts'
import type { Licences } from '../licences/licences.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Member, People } from '../people/people.ts'
import { keepersOf } from './custody.ts'
import { wordsOf } from './custody-words.ts'
import type { Dataset } from './dataset.ts'
import { ALREADY_PROPOSED, proposeAmongKeepers } from './jointly.ts'
import { derivationProblem } from './parents.ts'
import type { DatasetStore } from './store.ts'
import { inSession, isSteward, seatIn, visit } from './who-may.ts'

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
const isPending = async (
  { governance }: CustodyDeps,
  { community }: Wanted,
  before: readonly string[],
) => {
  for (const id of before) {
    const proposal = await governance.proposal(id)
    if (!proposal || proposal.settled || proposal.effect.kind !== 'dataset.custody') continue
    const phase = governance.view(proposal)?.phase ?? proposal.stage
    const undecided = phase === 'deliberation' || UNDECIDED.has(phase)
    if (undecided && proposal.effect.community === community) return true
  }
  return false
}

const namesOf = async (
  people: People,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = await Promise.all(ids.map((id) => people.community(id)))
  return new Map(found.flatMap((one) => (one ? [[one.id, one.name] as const] : [])))
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
  const { dataset } = found
  // Whoever sits in several of them gives up the place of the one they name.
  const leaving =
    wanted.step === 'leave' &&
    keepersOf(dataset).includes(wanted.community) &&
    (await seatIn(deps.people, wanted.community, session.actor))
  const seat = leaving || found.seat
  if (!seat || !(isSteward(seat) || seat.bodies.includes('council')))
    return refuse('NOT_STEWARD', 'Only stewards and the council of a community that keeps it may.')
  const problem = await problemOf(deps, dataset, wanted, seat)
  if (problem) return problem
  const before = await deps.store.proposalsAbout(dataset.id, 'dataset.custody')
  if (await isPending(deps, wanted, before)) return ALREADY_PROPOSED
  const licence =
    wanted.step === 'join' ? (await deps.licences.licencesByDigest([wanted.licence]))[0] : undefined
  const effect = effectOf(wanted)
  const names = await namesOf(deps.people, [wanted.community, ...keepersOf(dataset)])
  const question = { ...wordsOf({ effect, licence, dataset, names }, wanted.reason), effect }
  // Two who ask at the same moment have both seen as many votes before theirs.
  const once = `custody:${dataset.id}:${wanted.community}:${before.length}`
  const by = { home: seat.community, sponsor: session.actor, once }
  return proposeAmongKeepers(deps, dataset, question, by)
}
