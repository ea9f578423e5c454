import { notFound, refuse } from '../errors.ts'
import { decidersOf } from '../governance/deciders.ts'
import type { EndDelegation, GrantDelegation, ResumeDelegation } from '../governance/effect.ts'
import type { EnactedDecision } from '../governance/governance.ts'
import { idFrom } from '../ids.ts'
import {
  type Decided,
  type Log,
  type Refusal,
  type StoredEvent,
  textIn,
  toFields,
} from '../log/index.ts'
import type { Actor, Member, People } from '../people/people.ts'
import { type DelegationResult, delegationIn } from './delegation.ts'
import type { GrantStore } from './store.ts'

export interface DelegateDeps {
  readonly log: Log
  readonly people: People
  readonly store: Pick<GrantStore, 'delegation'>
}

/** Carries out a standing decision: from here on requests of its class need no ballot. */
export const grantDelegation =
  ({ log }: Pick<DelegateDeps, 'log'>) =>
  ({
    proposal,
    effect,
    effectId,
    enactedIdx,
  }: EnactedDecision<GrantDelegation>): Promise<StoredEvent> => {
    const delegation = idFrom('v', effectId)
    const { scope, licences, until } = effect
    return log.append({
      stream: `delegation/${delegation}`,
      type: 'delegation.granted',
      cmd: effectId,
      data: {
        delegation,
        community: proposal.community,
        proposal: proposal.id,
        enacted: enactedIdx,
        scope: toFields(scope),
        licences,
        // Under which rules they handed it over: with others they might not have.
        charter: proposal.frozen?.charterDigest ?? '',
        until,
      },
    })
  }

/** Carries out its end: requests of the class come before the council again. */
export const endDelegation =
  ({ log }: Pick<DelegateDeps, 'log'>) =>
  ({ proposal, effect, effectId }: EnactedDecision<EndDelegation>): Promise<StoredEvent> =>
    log.append({
      stream: `delegation/${effect.delegation}`,
      type: 'delegation.ended',
      cmd: effectId,
      data: {
        delegation: effect.delegation,
        community: proposal.community,
        proposal: proposal.id,
      },
    })

/** Carries out that it goes on; what was ended, is over or was paused anew meanwhile stays as it is. */
export const resumeDelegation =
  ({ log }: Pick<DelegateDeps, 'log'>) =>
  async ({
    proposal,
    effect: { delegation, since },
    effectId,
  }: EnactedDecision<ResumeDelegation>): Promise<StoredEvent> => {
    const data = { delegation, community: proposal.community, proposal: proposal.id }
    const done = await log.command(`delegation/${delegation}`, effectId, (history, now) => {
      const found = delegationIn(history)
      const goesOn = found?.pausedAt === since && found.endedAt === null && now < found.until
      return goesOn
        ? { type: 'delegation.resumed', data }
        : { type: 'decision.declined', data: { ...data, why: 'DELEGATION_CHANGED' } }
    })
    if (done.ok) return done.event
    throw new Error(`standing decision ${delegation} could not go on: ${done.code}`)
  }

/** Whoever would decide on handing it over today may stop it. */
export const sitsOver = async (
  people: People,
  community: string,
  member: Member | null,
): Promise<boolean> => {
  if (!member) return false
  const about = { community, matter: 'delegation.grant', frozen: null } as const
  return (await decidersOf(people, about)).includes(member.id)
}

export const NOT_SEATED = refuse(
  'NOT_COUNCIL',
  'Only somebody who sits in the body that decides on it may do this.',
)

export const OVER = refuse(
  'DELEGATION_OVER',
  'This standing decision is over; nothing passes by it.',
)

export const POWER_USED = refuse(
  'POWER_USED',
  'You paused it before and the council let it go on. Ask another of the council, or propose to end it.',
)

const pausing =
  (id: string, by: Member) =>
  (history: readonly StoredEvent[], now: number): Decided | Refusal => {
    const found = delegationIn(history)
    if (!found) return notFound('standing decision')
    if (found.pausedAt !== null)
      return refuse('PAUSED', 'This standing decision has been paused already.')
    if (found.endedAt !== null || now >= found.until) return OVER
    if (found.overruled.includes(by.id)) return POWER_USED
    const data = { delegation: id, community: found.community }
    return { type: 'delegation.paused', data, secret: { by: by.id } }
  }

/** One of the council stops it at once; only a vote lets it go on. */
export const pauseDelegation = async (
  { log, people, store }: DelegateDeps,
  actor: Actor,
  id: string,
): Promise<DelegationResult> => {
  const found = await store.delegation(id)
  if (!found) return notFound('standing decision')
  const { community } = found
  const seat = await people.memberOf(actor.account.id, community)
  if (!seat || !(await sitsOver(people, community, seat))) return NOT_SEATED
  const past = await log.stream(`delegation/${id}`)
  const times = past.filter(({ type }) => type === 'delegation.resumed').length
  const done = await log.command(`delegation/${id}`, `pause:${id}:${times}`, pausing(id, seat))
  if (!done.ok) return done
  if (done.replayed && textIn(done.event.secret.by) !== seat.id)
    return refuse('PAUSED', 'This standing decision has been paused already.')
  const again = await store.delegation(id)
  return again ? { ok: true, delegation: again } : notFound('standing decision')
}
