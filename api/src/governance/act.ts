import {
  APPLICANT,
  type AppealGrounds,
  admissible,
  type Choice,
  type ProposalEvent,
  sealOf,
  slotOf,
} from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import {
  type Decided,
  type Fields,
  type Log,
  type Refusal,
  type StoredEvent,
  sha256,
} from '../log/index.ts'
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
  // The kind of an entry is public: the world must not learn that somebody had objected.
  'withdraw-objection': 'ballot.cast',
  veto: 'veto.cast',
  'lift-veto': 'veto.lifted',
  appeal: 'appeal.made',
  'decide-appeal': 'appeal.decided',
} as const satisfies Record<Act['type'], string>

/** Out of the vote: as it is decided about them, by themselves or because their peers required it. */
export const standsAside = (
  { frozen, events }: Pick<Proposal, 'frozen' | 'events'>,
  member: string,
): boolean =>
  frozen?.aside?.includes(member) === true ||
  events.some(
    (event) =>
      (event.type === 'recuse' && event.by === member) ||
      (event.type === 'recuse.peers' && event.member === member),
  )

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

/** The majority of the appeal body decides; until there is one, each voice is kept sealed. */
const heard = (
  proposal: Proposal,
  history: readonly StoredEvent[],
  { upheld, by, at }: { readonly upheld: boolean; readonly by: string; readonly at: number },
): Decided => {
  const { id, community, frozen } = proposal
  const appealed = history.findLastIndex(({ type }) => type === 'appeal.made')
  const voices = history.slice(appealed + 1).filter(({ type }) => type === 'appeal.voted')
  const latest = new Map(voices.map(({ secret }) => [secret.by, secret.upheld]))
  const agreeing = [...latest.set(by, upheld).values()].filter((voice) => voice === upheld).length
  const hearing = (frozen?.appealers ?? []).filter((one) => !standsAside(proposal, one))
  const data = { proposal: id, community }
  return agreeing * 2 > hearing.length
    ? { type: EVENT_TYPE['decide-appeal'], data: { ...data, upheld }, secret: { by, at } }
    : { type: 'appeal.voted', data, secret: { by, at, upheld } }
}

type Given = Exclude<Act, { type: 'decide-appeal' }>

/** What stands on the ballot; an objection that is withdrawn becomes an abstention. */
const choiceOf = (act: Given): Choice | null => {
  if (act.type === 'ballot') return act.choice
  return act.type === 'withdraw-objection' ? 'abstain' : null
}

/** By this the world can count again after the close, without learning whose ballot it is. */
const slotIn = ({ slotKey, frozen }: Proposal, member: string): Fields =>
  frozen && Object.hasOwn(frozen.roll, member) ? { slot: slotOf(slotKey, member, sha256) } : {}

const sealed = (choice: Choice | null, nonce: string): Fields =>
  choice === null ? {} : { seal: sealOf(nonce, choice, sha256) }

const recorded = (
  proposal: Proposal,
  act: Given,
  { by, at, nonce }: { readonly by: string; readonly at: number; readonly nonce: string },
): Decided => {
  const { type, ...rest } = act
  const choice = choiceOf(act)
  const secret = {
    by,
    at,
    ...('reason' in rest ? { reason: rest.reason } : {}),
    ...(type === 'withdraw-objection' ? { reason: '' } : {}),
    ...(choice === null ? {} : { choice, nonce }),
  }
  const isCounted = choice !== null || type === 'recuse'
  const data = {
    proposal: proposal.id,
    community: proposal.community,
    ...(isCounted ? slotIn(proposal, by) : {}),
    ...sealed(choice, nonce),
    ...('grounds' in rest ? { grounds: rest.grounds } : {}),
  }
  return { type: EVENT_TYPE[type], data, secret }
}

/** May this member do it at this instant? Also what the pages show before anybody tries. */
export const judge = (
  proposal: Proposal,
  act: Act,
  member: Pick<Member, 'id'>,
  now: number,
): Refusal | null => {
  if (!proposal.frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
  if (act.type === 'decide-appeal') {
    if (!proposal.frozen.appealers.includes(member.id)) {
      return refuse('NOT_APPEAL_BODY', 'Only the body that hears appeals decides this.')
    }
    if (standsAside(proposal, member.id)) {
      return refuse('recused', 'Who stands aside does not hear the appeal.')
    }
  }
  const verdict = admissible(proposal.frozen, proposal.events, asEvent(act, member.id, now))
  if (verdict.decision === 'permit') return null
  return refuse(verdict.code, verdict.message)
}

const decide =
  (act: Act, member: Pick<Member, 'id'>, nonce: string) =>
  (history: readonly StoredEvent[], now: number) => {
    const proposal = proposalOf(history)
    if (!proposal) return notFound('proposal')
    const refused = judge(proposal, act, member, now)
    if (refused) return refused
    if (act.type !== 'decide-appeal')
      return recorded(proposal, act, { by: member.id, at: now, nonce })
    return heard(proposal, history, { upheld: act.upheld, by: member.id, at: now })
  }

/** By which seat somebody acts; whoever asked for what is decided needs none to appeal. */
export const voiceOf = async (
  people: Pick<People, 'memberOf'>,
  account: string,
  { community, frozen, secret }: Proposal,
  { type }: Act,
): Promise<Pick<Member, 'id'> | null> => {
  const member = await people.memberOf(account, community)
  const hears =
    member !== null &&
    (frozen?.appealers.includes(member.id) ?? false) &&
    frozen?.aside?.includes(member.id) !== true
  const asked = type === 'appeal' && secret.requester === account
  return asked && !hears ? { id: APPLICANT } : member
}

/** Records one act of a member on a proposal, if the frozen rule admits it at this instant. */
export const actOn = async (
  deps: ActDeps,
  actor: Actor,
  proposal: Proposal,
  act: Act,
  cmd: string,
): Promise<{ ok: true; event: StoredEvent; replayed: boolean } | Refusal> => {
  const member = await voiceOf(deps.people, actor.account.id, proposal, act)
  if (!member)
    return refuse('NOT_A_MEMBER', 'Only members of this community take part in its votes.')
  return deps.log.command(`proposal/${proposal.id}`, cmd, decide(act, member, newId('n')))
}
