import { z } from 'zod'
import {
  ACTIONS,
  ACTOR_KINDS,
  type DelegatedClass,
  easierParts,
  LONGEST_DELEGATION,
  PURPOSES,
  parseCharter,
  TERRITORIES,
} from '../../../policies/index.ts'
import { type Datasets, isListed } from '../datasets/datasets.ts'
import { notFound, refuse } from '../errors.ts'
import type { Governance, NewProposal, ProposalResult } from '../governance/governance.ts'
import { newId } from '../ids.ts'
import type { LicenceRecord, Licences } from '../licences/licences.ts'
import type { Log, Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Community, People } from '../people/people.ts'
import { OVER, pauseDelegation } from './delegate.ts'
import type { DelegationDesk } from './delegation.ts'
import { delegationWords } from './delegation-words.ts'
import { LONGEST } from './read-use.ts'
import type { GrantStore } from './store.ts'
import { LARGEST_TEAM } from './team.ts'

export interface ProposeDelegationDeps {
  readonly log: Log
  readonly people: People
  readonly governance: Governance
  readonly datasets: Datasets
  readonly licences: Licences
  readonly store: Pick<GrantStore, 'delegation' | 'delegationsOf'>
}

const DAY = 86_400_000
const MOST_DATASETS = 50

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

const reason = z
  .string()
  .trim()
  .min(1, 'Say why, without naming anybody: these words are public.')
  .max(4000)
const deliberate = z.boolean().nullish()

/** What is asked of nobody is left out; an empty list is taken for that. */
const orAll = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most, 'Name each of them once.')
    .nullish()
    .transform((some) => (some && some.length > 0 ? unique(some) : null))

const handed = z.object({
  community: z.string().max(64),
  purposes: z
    .array(z.enum(PURPOSES, 'Choose purposes from the list.'))
    .min(1, 'Choose at least one purpose.')
    .max(PURPOSES.length, 'Name each of them once.')
    .refine(
      (some) => !some.includes('unlisted'),
      'What is not on the list of purposes is for people to judge each time.',
    )
    .transform(unique),
  actions: z
    .array(z.enum(ACTIONS, 'Choose what may be done from the list.'))
    .min(1, 'Choose at least one thing that may be done.')
    .max(ACTIONS.length, 'Name each of them once.')
    .transform(unique),
  actorKinds: orAll(z.enum(ACTOR_KINDS), ACTOR_KINDS.length),
  datasets: orAll(z.string().max(64), MOST_DATASETS),
  territories: orAll(z.enum(TERRITORIES), TERRITORIES.length),
  noCommercialTie: z.boolean(),
  longestDays: z
    .number('Say for how many days a grant may last at the most.')
    .int('Give whole days.')
    .min(1, 'A grant lasts a day or more.')
    .max(LONGEST, 'A grant lasts five years at the most.'),
  largestTeam: z.number().int().min(0).max(LARGEST_TEAM),
  until: z.iso.datetime('Say until when, as a day.'),
  reason,
  deliberate,
})

const tooLong = (until: number, now: number): Refusal | null => {
  const field = { field: 'until' }
  if (until <= now) return refuse('BAD_INPUT', 'This day is over; choose a later one.', field)
  return until <= now + LONGEST_DELEGATION * DAY
    ? null
    : refuse(
        'BAD_INPUT',
        'Hand it over for a year at the most; then the council votes anew.',
        field,
      )
}

/** A yes given beforehand must not be had for less than the yes it stands for. */
const tooEasy = async (people: People, community: Community): Promise<Refusal | null> => {
  const read = parseCharter(community.charter.document)
  if (!read.ok) return refuse('CHARTER_UNREADABLE', 'The charter of this community is damaged.')
  const { 'delegation.grant': handing, 'access.grant': granting } = read.charter.matters
  if (!handing || !granting) return null
  const sizes = await people.sizes(community.id, read.charter)
  const parts = easierParts(handing, granting, sizes)
  if (parts.length === 0) return null
  return refuse(
    'CHARTER_TOO_EASY',
    `By this charter handing the decision over is easier than deciding: ${parts.join(', ')}. Change the charter first.`,
  )
}

const allOf = async (
  { datasets }: ProposeDelegationDeps,
  community: string,
  wanted: readonly string[] | null,
): Promise<Refusal | null> => {
  for (const id of wanted ?? []) {
    const found = await datasets.dataset(id)
    if (found?.community !== community || !isListed(found))
      return refuse('NOT_FOUND', 'Name datasets that this community has published.', {
        field: 'datasets',
      })
  }
  return null
}

/** The newest version of every licence: what the council has before it as it hands over. */
const newest = (adopted: readonly LicenceRecord[]): readonly LicenceRecord[] =>
  adopted.filter(
    (one) => !adopted.some((other) => other.id === one.id && other.version > one.version),
  )

/** Asks the council to answer requests of a class yes beforehand, until a day. */
const proposeDelegation = async (
  deps: ProposeDelegationDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(handed, input)
  if (!read.ok) return read
  const { community: id, until: day, noCommercialTie, reason: why, ...asked } = read.value
  const { deliberate: talked, ...named } = asked
  const community = await deps.people.community(id)
  const seat = await deps.people.memberOf(actor.account.id, id)
  if (!community || !seat) return notFound('community')
  const until = Date.parse(day)
  const refused =
    tooLong(until, deps.log.now()) ??
    (await allOf(deps, id, named.datasets)) ??
    (await tooEasy(deps.people, community))
  if (refused) return refused
  const scope: DelegatedClass = { ...named, commercialTie: noCommercialTie ? 'no' : null }
  const licences = newest(await deps.licences.adoptedBy(id))
  return deps.governance.propose({
    community: id,
    title: 'Let a class of requests pass without a ballot',
    text: `${delegationWords(scope, until, licences)}\n\n${why}`,
    effect: {
      kind: 'delegation.grant',
      scope,
      licences: licences.map(({ digest }) => digest).toSorted(),
      until,
    },
    sponsor: actor,
    open: !talked,
    cmd: newId('x'),
  })
}

const ending = z.object({ delegation: z.string().max(64), reason, deliberate })

/**
 * A standing decision that has not ended, seen by a member of its community. To hand over, to end and
 * to let go on is proposed by whoever is a member, as everything else is: asking changes nothing, the
 * vote does. Only pausing acts at once, and is for those who sit over it.
 */
const visitRunning = async (
  { log, people, store }: ProposeDelegationDeps,
  actor: Actor,
  input: unknown,
) => {
  const read = parse(ending, input)
  if (!read.ok) return read
  const wanted = read.value
  const found = await store.delegation(wanted.delegation)
  const seat = found && (await people.memberOf(actor.account.id, found.community))
  if (!found || !seat) return notFound('standing decision')
  if (found.endedAt !== null || log.now() >= found.until) return OVER
  return { ok: true, wanted, found } as const
}

type Visited = Extract<Awaited<ReturnType<typeof visitRunning>>, { readonly ok: true }>
type Change = Pick<NewProposal, 'title' | 'text' | 'effect'>

const proposeChange = (
  { governance }: ProposeDelegationDeps,
  sponsor: Actor,
  { wanted, found }: Visited,
  change: Change,
): Promise<ProposalResult> =>
  governance.propose({
    ...change,
    community: found.community,
    text: `${change.text} ${wanted.reason}`,
    sponsor,
    open: !wanted.deliberate,
    cmd: newId('x'),
  })

/** Asks the council to have requests of the class before it again. */
const proposeDelegationEnd = async (
  deps: ProposeDelegationDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const visited = await visitRunning(deps, actor, input)
  if (!visited.ok) return visited
  const id = visited.wanted.delegation
  return proposeChange(deps, actor, visited, {
    title: 'End a standing decision',
    text: `Requests that were answered without a ballot by the standing decision ${id} come before the council again.`,
    effect: { kind: 'delegation.end', delegation: id },
  })
}

/** Asks the council to let go on what one of it has stopped. */
const proposeDelegationResume = async (
  deps: ProposeDelegationDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const visited = await visitRunning(deps, actor, input)
  if (!visited.ok) return visited
  const { wanted, found } = visited
  const id = wanted.delegation
  if (found.pausedAt === null)
    return refuse('NOT_PAUSED', 'This standing decision is not paused; it goes on anyway.')
  return proposeChange(deps, actor, visited, {
    title: 'Let a standing decision go on',
    text: `The standing decision ${id} was paused by one of the council. From this vote on it answers requests again, as it was voted on and until the day it was given. Who paused it cannot pause it again.`,
    effect: { kind: 'delegation.resume', delegation: id, since: found.pausedAt },
  })
}

export const createDelegationDesk = (deps: ProposeDelegationDeps): DelegationDesk => ({
  proposeDelegation: (actor, input) => proposeDelegation(deps, actor, input),
  proposeDelegationEnd: (actor, input) => proposeDelegationEnd(deps, actor, input),
  proposeDelegationResume: (actor, input) => proposeDelegationResume(deps, actor, input),
  pauseDelegation: (actor, id) => pauseDelegation(deps, actor, id),
  delegation: (id) => deps.store.delegation(id),
  delegationsOf: (community) => deps.store.delegationsOf(community),
})
