import {
  type AppealGrounds,
  admissible,
  type Choice,
  type ProposalEvent,
} from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import type { Decided, Log, Refusal, StoredEvent } from '../log/index.ts'
import type { Actor, Member, People } from '../people/people.ts'
import type { Proposal } from './governance.ts'
import { proposalOf } from './history.ts'

/** What a person may do to an open proposal; the rules of the kernel decide whether it counts. */
export type Act =
  | { readonly type: 'ballot'; readonly choice: Choice; readonly reason: string }
  | { readonly type: 'recuse'; readonly reason: string }
  | { readonly type: 'withdraw-objection' }
  | { readonly type: 'veto'; readonly reason: string }
  | { readonly type: 'lift-veto' }
  | { readonly type: 'appeal'; readonly grounds: AppealGrounds; readonly reason: string }
  | { readonly type: 'decide-appeal'; readonly upheld: boolean }

export interface ActDeps {
  readonly log: Log
  readonly people: People
}

const EVENT_TYPE = {
  ballot: 'ballot.cast',
  recuse: 'member.recused',
  'withdraw-objection': 'objection.withdrawn',
  veto: 'veto.cast',
  'lift-veto': 'veto.lifted',
  appeal: 'appeal.made',
  'decide-appeal': 'appeal.decided',
} as const satisfies Record<Act['type'], string>

/** The act as the kernel judges it. */
export const asEvent = (act: Act, by: string, at: number): ProposalEvent => {
  switch (act.type) {
    case 'decide-appeal':
      return { type: 'decide-appeal', upheld: act.upheld, at }
    case 'withdraw-objection':
    case 'lift-veto':
      return { type: act.type, by, at }
    default:
      return { ...act, by, at }
  }
}

const recorded = (proposal: Proposal, act: Act, by: string, at: number): Decided => {
  const { type, ...rest } = act
  const secret = {
    by,
    at,
    ...('reason' in rest ? { reason: rest.reason } : {}),
    ...('choice' in rest ? { choice: rest.choice } : {}),
  }
  const data = {
    proposal: proposal.id,
    community: proposal.community,
    ...('grounds' in rest ? { grounds: rest.grounds } : {}),
    ...('upheld' in rest ? { upheld: rest.upheld } : {}),
  }
  return { type: EVENT_TYPE[type], data, secret }
}

/** May this member do it at this instant? Also what the pages show before anybody tries. */
export const judge = (
  proposal: Proposal,
  act: Act,
  member: Member,
  now: number,
): Refusal | null => {
  if (!proposal.frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
  if (act.type === 'decide-appeal' && !proposal.frozen.appealers.includes(member.id)) {
    return refuse('NOT_APPEAL_BODY', 'Only the body that hears appeals decides this.')
  }
  const verdict = admissible(proposal.frozen, proposal.events, asEvent(act, member.id, now))
  if (verdict.decision === 'permit') return null
  return refuse(verdict.code, verdict.message)
}

const decide = (act: Act, member: Member) => (history: readonly StoredEvent[], now: number) => {
  const proposal = proposalOf(history)
  if (!proposal) return notFound('proposal')
  return judge(proposal, act, member, now) ?? recorded(proposal, act, member.id, now)
}

/** Records one act of a member on a proposal, if the frozen rule admits it at this instant. */
export const actOn = async (
  deps: ActDeps,
  actor: Actor,
  proposal: Proposal,
  act: Act,
  cmd: string,
): Promise<{ ok: true; event: StoredEvent } | Refusal> => {
  const member = await deps.people.memberOf(actor.account.id, proposal.community)
  if (!member)
    return refuse('NOT_A_MEMBER', 'Only members of this community take part in its votes.')
  return deps.log.command(`proposal/${proposal.id}`, cmd, decide(act, member))
}
