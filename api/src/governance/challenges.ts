import { APPLICANT, type ProposalEvent } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { standsAside } from './act.ts'
import type { Proposal } from './governance.ts'
import { seatIn } from './viewer.ts'

type Made = Extract<ProposalEvent, { type: 'veto' | 'appeal' }>
type State = 'pending' | 'lifted' | 'upheld' | 'dismissed'

/** A veto or an appeal, and what became of it. */
interface Challenge {
  readonly made: Made
  readonly state: State
}

/** What an event makes of those that still wait, or null where it answers none of them. */
const answered = (event: ProposalEvent, { made }: Challenge): State | null => {
  if (event.type === 'lift-veto' && made.type === 'veto')
    return event.by === made.by ? 'lifted' : null
  if (event.type !== 'decide-appeal' || made.type !== 'appeal') return null
  return event.upheld ? 'upheld' : 'dismissed'
}

const challengesOf = (events: readonly ProposalEvent[]): readonly Challenge[] => {
  let all: Challenge[] = []
  for (const event of events) {
    all = all.map((one) =>
      one.state === 'pending' ? { ...one, state: answered(event, one) ?? one.state } : one,
    )
    if (event.type === 'veto' || event.type === 'appeal')
      all.push({ made: event, state: 'pending' })
  }
  return all
}

/** Who decides, may veto or hears appeals reads why; of those it is about each reads their own words. */
const readerOf = async (proposal: Proposal, context: Context) => {
  const { frozen, secret } = proposal
  const member = await seatIn(proposal, context)
  const { roll = {}, vetoers = [], appealers = [] } = frozen ?? {}
  const parts = [...Object.keys(roll), ...vetoers, ...appealers]
  const isInside = member !== null && parts.includes(member.id) && !standsAside(proposal, member.id)
  const account = context.actor?.account.id
  const hasAsked = account !== undefined && secret.requester === account
  return ({ by }: Made): boolean => isInside || by === member?.id || (by === APPLICANT && hasAsked)
}

/** The vetoes and appeals of a proposal, oldest first, as the one who looks may read them. */
export const challenges = async (proposal: Proposal, _: unknown, context: Context) => {
  const view = context.governance.view(proposal)
  if (!view) return []
  const reads = await readerOf(proposal, context)
  return challengesOf(view.accepted).map(({ made, state }) => ({
    kind: made.type,
    state,
    at: new Date(made.at).toISOString(),
    grounds: made.type === 'appeal' ? made.grounds : null,
    byApplicant: reads(made) && made.by === APPLICANT,
    reason: reads(made) ? made.reason || null : null,
  }))
}

/** Until when somebody may appeal; null while the vote is open, and where nobody hears appeals. */
export const appealUntil = (proposal: Proposal, _: unknown, { governance }: Context) => {
  const view = governance.view(proposal)
  if (!proposal.frozen?.appealers.length || !view || view.phase === 'open') return null
  return new Date(view.closesAt + proposal.frozen.times.appeal).toISOString()
}
