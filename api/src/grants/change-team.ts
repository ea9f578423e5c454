import { z } from 'zod'
import { type DelegationClause, type Facts, outsideClass } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Decided, type Refusal, toFields } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { email } from '../people/register.ts'
import { votedFor } from './answers-to.ts'
import { answer, type ConsiderDeps } from './consider.ts'
import type { ExplainedDecision, Grant, GrantResult, Grants } from './grants.ts'
import { useOf } from './held-terms.ts'
import { grantIn } from './projections.ts'
import { acceptedKinds, declaredFacts } from './read-use.ts'
import { settledBy } from './settled.ts'
import { isOwn, knownTo, ownLicences } from './standing-answer.ts'
import { isOver, placeFor, placeState, placesTaken, termsInForce } from './team.ts'

const grant = z.string().max(64)
const naming = z.object({ grant, email })
const ending = z.object({ grant, member: z.string().max(64) })
const acceptance = z.object({
  grant,
  /** The terms that were read: others may hold since. */
  licence: z.string().max(128),
  facts: declaredFacts,
  acceptedDuties: acceptedKinds,
})

const OVER = refuse('GRANT_OVER', 'This grant is over. Ask for access again.')

type Change = (grant: Grant, now: number) => Decided | Refusal

const change = async (deps: ConsiderDeps, known: Grant, decide: Change): Promise<GrantResult> => {
  const { id } = known
  const done = await deps.log.command(
    `grant/${id}`,
    newId('x'),
    (history, now): Decided | Refusal => {
      const found = grantIn(history)
      if (!found) return notFound('grant')
      // That another has taken its place is told in the stream of that one.
      const held = { ...found, id, renewedBy: known.renewedBy }
      return isOver(held, now) ? OVER : decide(held, now)
    },
  )
  if (!done.ok) return done
  const again = await deps.store.grant(id)
  return again ? { ok: true, grant: again } : notFound('grant')
}

const nameable = (held: Grant, { email: own }: Actor['account'], named: string) => {
  if (named === own)
    return refuse('BAD_INPUT', 'Name others only: the grant is yours.', { field: 'email' })
  if (held.team.some((place) => place.email === named && place.endedAt === null))
    return refuse('ALREADY_NAMED', 'This person is in your team already.', { field: 'email' })
  if (placesTaken(held) < held.places) return null
  const message = `The decision covers ${held.places} people beside you, and everybody who has had the data counts. For more, ask the council with a new request or as you renew.`
  return refuse('TEAM_FULL', message, { field: 'email' })
}

/** The holder names somebody; they have to accept by themselves. */
const nameMember = async (deps: ConsiderDeps, actor: Actor, raw: unknown): Promise<GrantResult> => {
  const read = parse(naming, raw)
  if (!read.ok) return read
  const { grant: id, email: named } = read.value
  const held = await deps.store.grant(id)
  if (!held || held.account !== actor.account.id) return notFound('grant')
  const member = newId('t')
  return change(deps, held, (now) => {
    const refused = nameable(now, actor.account, named)
    if (refused) return refused
    const data = { grant: id, dataset: held.dataset, member }
    return { type: 'team.named', data, secret: { email: named } }
  })
}

/** Would the terms let this person use it, with the yes that the grant rests on? */
const considerMember = async (
  deps: ConsiderDeps,
  held: Grant,
  who: { account: string; declared: Facts; acceptedDuties: readonly string[] },
): Promise<ExplainedDecision | null> => {
  const dataset = await deps.datasets.dataset(held.dataset)
  const version = await deps.datasets.version(held.dataset, held.version)
  if (!dataset || !version) return null
  const about = { dataset, version, use: useOf(held) }
  return answer(deps, about, {
    ...who,
    holder: held.account,
    approvals: votedFor(held),
    settled: settledBy(held),
  })
}

const notPermitted = ({ decision, facts, reasons }: ExplainedDecision): Refusal | null => {
  if ((facts.overdueDuties ?? 0) > 0) {
    const message = 'You are late with a promise to this community. Hand it in first.'
    return refuse('DUTIES_OVERDUE', message)
  }
  if (decision.decision === 'permit') return null
  const [fact] = decision.decision === 'refer' ? decision.needs.facts : []
  if (fact !== undefined) {
    const message = 'The licence depends on something you have not said yet.'
    return refuse('FACTS_MISSING', message, { field: `facts.${fact}`, reasons })
  }
  const message =
    'The licence does not let you use it, although the grant was given: it asks the same of everybody in a team.'
  return refuse('NOT_PERMITTED', message, { reasons })
}

const ASKED: Readonly<Partial<Record<DelegationClause, string>>> = {
  actorKind: 'what kind of person or body you are',
  commercialTie: 'that you have no commercial tie',
  territory: 'where you are',
}

const STOPPED = refuse(
  'DELEGATION_STOPPED',
  'The council has stopped the standing decision by which this grant was given: nobody new uses it. Ask for access yourself.',
)
const DOUBTED = refuse(
  'OUTSIDE_DELEGATION',
  'This grant was given without a ballot, and the council has turned you down before. Ask for access yourself, so that it decides.',
)

const OWN = refuse(
  'OUTSIDE_DELEGATION',
  'This grant was given without a ballot, under a decision you have a say in. Ask for access yourself, so that the others decide.',
)

/** Where the council has said yes to a class of people beforehand, everybody has to be in it. */
const beyondClass = async (
  deps: ConsiderDeps,
  held: Grant,
  account: string,
): Promise<Refusal | null> => {
  const { store, termsOf } = deps
  const found = held.delegation ? await store.delegation(held.delegation.id) : null
  if (!found) return null
  if (found.pausedAt !== null || found.endedAt !== null) return STOPPED
  const facts = await knownTo(deps, account, held.community)
  const licences = ownLicences(await termsOf(held), held.community)
  const outside = outsideClass(found.scope, facts, licences)
  if (facts.councilRefused) return DOUBTED
  if (await isOwn(deps, found, [account])) return OWN
  if (outside.length === 0) return null
  const asked = outside.map((clause) => ASKED[clause] ?? clause).join(', ')
  const message = `This grant was given without a ballot, to a class of people you are not known to be in; it depends on ${asked}. Ask for access yourself.`
  return refuse('OUTSIDE_DELEGATION', message, { field: 'facts' })
}

const unacceptable = (held: Grant, { licence, acceptedDuties }: z.output<typeof acceptance>) => {
  if (licence !== termsInForce(held)) {
    const message = 'The terms have changed. Read them anew before you accept them.'
    return refuse('TERMS_CHANGED', message, { field: 'licence' })
  }
  const missing = held.duties.filter(({ kind }) => !acceptedDuties.some((one) => one === kind))
  if (missing.length === 0) return null
  const message = `Accept these duties: ${missing.map(({ kind }) => kind).join(', ')}.`
  return refuse('DUTIES_NOT_ACCEPTED', message, { field: 'acceptedDuties' })
}

const mineIn = (held: Grant, { account }: Actor) => {
  const place = placeFor(held, account)
  return place ? { ok: true as const, place } : notFound('grant')
}

/** Somebody who was named takes on the terms and the duties: from here on the door knows them. */
const acceptPlace = async (
  deps: ConsiderDeps,
  actor: Actor,
  raw: unknown,
): Promise<GrantResult> => {
  const read = parse(acceptance, raw)
  if (!read.ok) return read
  const { grant: id, licence, facts: declared, acceptedDuties } = read.value
  const held = await deps.store.grant(id)
  const mine = held ? mineIn(held, actor) : notFound('grant')
  if (!held || !mine.ok) return notFound('grant')
  if (isOver(held, deps.log.now())) return OVER
  const account = actor.account.id
  const considered = await considerMember(deps, held, { account, declared, acceptedDuties })
  if (!considered) return notFound('grant')
  const refused =
    unacceptable(held, read.value) ??
    notPermitted(considered) ??
    (await beyondClass(deps, held, account))
  if (refused) return refused
  return change(deps, held, (now) => {
    const place = placeFor(now, actor.account)
    if (!place) return notFound('grant')
    if (placeState(now, place) === 'accepted')
      return refuse('ALREADY_ACCEPTED', 'You have accepted these terms already.')
    return (
      unacceptable(now, read.value) ?? {
        type: 'team.accepted',
        data: { grant: id, dataset: now.dataset, member: place.id, licence },
        secret: { account, facts: toFields(declared) },
      }
    )
  })
}

/** A place ends: by the one who has it, or by the holder. The grant goes on without them. */
const endPlace = async (deps: ConsiderDeps, actor: Actor, raw: unknown): Promise<GrantResult> => {
  const read = parse(ending, raw)
  if (!read.ok) return read
  const { grant: id, member } = read.value
  const held = await deps.store.grant(id)
  if (!held) return notFound('grant')
  const isHolder = held.account === actor.account.id
  if (!isHolder && placeFor(held, actor.account)?.id !== member) return notFound('grant')
  return change(deps, held, (now) => {
    const place = now.team.find((one) => one.id === member)
    if (!place) return notFound('place in this team')
    if (place.endedAt !== null) return refuse('PLACE_ENDED', 'This place has ended already.')
    const data = { grant: id, dataset: now.dataset, member, by: isHolder ? 'holder' : 'member' }
    return { type: 'team.left', data }
  })
}

/** What changes the team of a grant. */
export const createTeamDesk = (
  deps: ConsiderDeps,
): Pick<Grants, 'nameMember' | 'acceptPlace' | 'endPlace' | 'teamPlaces'> => ({
  nameMember: (actor, input) => nameMember(deps, actor, input),
  acceptPlace: (actor, input) => acceptPlace(deps, actor, input),
  endPlace: (actor, input) => endPlace(deps, actor, input),
  teamPlaces: async ({ account }) => {
    const [used, naming] = await Promise.all([
      deps.store.grantsUsedBy(account.id),
      deps.store.grantsNaming(account.email),
    ])
    const all = new Map([...used, ...naming].map((one) => [one.id, one]))
    return [...all.values()].filter((one) => placeFor(one, account) !== null)
  },
})
