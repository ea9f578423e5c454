import { z } from 'zod'
import { refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Member } from '../people/people.ts'
import { type Act, actOn } from './act.ts'
import { proposeCharter } from './amendment.ts'
import { addBallotKey, endBallotKey } from './ballot-key.ts'
import { type BoxResult, castSigned } from './cast-signed.ts'
import { comment, isInside } from './comment.ts'
import { openDue, returnProposal, reword } from './deliberation.ts'
import { decisionOf } from './enact.ts'
import type { Counted, Governance, NewProposal, Proposal, ProposalResult } from './governance.ts'
import { type GovernanceDeps, reread } from './governance-deps.ts'
import { confirmMinute, enterMinute } from './minute.ts'
import { nameProxy } from './name-proxy.ts'
import { requireRecusal } from './peers.ts'
import { isPending } from './pending.ts'
import { open, propose } from './propose.ts'
import { proposeAttestation, proposeMember } from './propose-member.ts'
import { proposeElection, proposeMembershipEnd } from './propose-seats.ts'
import { rerunDue } from './rerun.ts'
import { judgeReturn, revise } from './revise.ts'
import { stateOf } from './state.ts'
import type { ProposalQuery, StoredComment } from './store.ts'

export type ActResult = { ok: true; proposal: Proposal; entry: number; receipt: string } | Refusal

/** Everything that can be asked of governance; resolvers use this face, other domains the smaller one. */
export interface GovernanceDesk extends Governance {
  open(actor: Actor, id: string): Promise<ProposalResult>
  withdraw(actor: Actor, id: string): Promise<ProposalResult>
  /** Other words for the same effect, by its sponsor. */
  reword(actor: Actor, input: unknown): Promise<ProposalResult>
  /** Sends a proposal back with words. */
  returnProposal(actor: Actor, input: unknown): Promise<ProposalResult>
  /** Names who speaks for a member who casts no ballot, or nobody. */
  nameProxy(actor: Actor, input: unknown): Promise<{ ok: true; member: Member } | Refusal>
  /** Enters the ballots of a meeting. */
  enterMinute(actor: Actor, input: unknown): Promise<ProposalResult>
  confirmMinute(actor: Actor, input: { proposal: string; minute: string }): Promise<ProposalResult>
  /** Names a device of a member that may sign their ballots in one vote. */
  addBallotKey(actor: Actor, input: unknown): Promise<ProposalResult>
  endBallotKey(actor: Actor, input: unknown): Promise<ProposalResult>
  /** Hands in ballots that members have signed with their devices. */
  castSigned(actor: Actor, input: unknown): Promise<BoxResult>
  /** Requires that another member stands aside. */
  requireRecusal(actor: Actor, input: unknown): Promise<ProposalResult>
  /** May this member send it back now? */
  mayReturn(proposal: Proposal, member: Member | null): Promise<Refusal | null>
  /** Does this account read what is said among those who decide? */
  isInside(proposal: Proposal, account: string | null): Promise<boolean>
  act(actor: Actor, id: string, act: Act, key?: string | null): Promise<ActResult>
  proposeMember(actor: Actor, input: unknown): Promise<ProposalResult>
  proposeMembershipEnd(actor: Actor, input: unknown): Promise<ProposalResult>
  proposeElection(actor: Actor, input: unknown): Promise<ProposalResult>
  proposeAttestation(actor: Actor, input: unknown): Promise<ProposalResult>
  proposeCharter(actor: Actor, input: unknown): Promise<ProposalResult>
  comment(
    actor: Actor,
    input: { proposal: string; text: string; private: boolean },
  ): Promise<ProposalResult>
  comments(id: string): Promise<readonly StoredComment[]>
  proposals(query: ProposalQuery): Promise<readonly Proposal[]>
  /** How many proposals of a community the register counts as what. */
  counts(community: string): Promise<Readonly<Record<Counted, number>>>
  inbox(account: string): Promise<readonly Proposal[]>
  /** Opens what was to be opened when the process ended. */
  recover(): Promise<void>
  /** Opens the votes whose time of deliberation is over. */
  openDue(): Promise<void>
}

/** Only its sponsor or a steward moves a proposal before its vote. */
const mayMove = async (
  { people }: GovernanceDeps,
  actor: Actor,
  proposal: Proposal,
): Promise<Refusal | null> => {
  const member = await people.memberOf(actor.account.id, proposal.community)
  const may = proposal.sponsor === actor.account.id || member?.bodies.includes('stewards')
  return may ? null : refuse('NOT_STEWARD', 'Only its sponsor or a steward may do this.')
}

const openVote = async (
  deps: GovernanceDeps,
  actor: Actor,
  id: string,
): Promise<ProposalResult> => {
  const found = await reread(deps, id)
  const refused = found.ok ? await mayMove(deps, actor, found.proposal) : found
  if (refused) return refused
  const result = await open(deps, id)
  return result.ok ? reread(deps, id) : result
}

const withdraw = async (
  deps: GovernanceDeps,
  actor: Actor,
  id: string,
): Promise<ProposalResult> => {
  const found = await reread(deps, id)
  if (!found.ok) return found
  const refused = await mayMove(deps, actor, found.proposal)
  if (refused) return refused
  const { community } = found.proposal
  const result = await deps.log.command(`proposal/${id}`, `withdraw:${id}`, (history) =>
    history.some((event) => event.type === 'proposal.opened')
      ? refuse('ALREADY_OPEN', 'An open vote runs to its close; it cannot be withdrawn.')
      : { type: 'proposal.withdrawn', data: { proposal: id, community } },
  )
  return result.ok ? reread(deps, id) : result
}

const LONGEST_REASON = 8000
const LONGEST_KEY = 100

const given = z.object({
  type: z.string(),
  reason: z.string().max(LONGEST_REASON, 'A reason has at most 8,000 characters.').optional(),
  grounds: z
    .enum(
      ['roll', 'conflict', 'procedure', 'new-facts'],
      'The grounds are one of: roll, conflict, procedure, new-facts.',
    )
    .optional(),
  key: z.string().max(LONGEST_KEY, 'A key has at most 100 characters.').nullish(),
})

/** A key names one ballot: with another ballot behind it, the person must not believe it was cast. */
const isOther = (act: Act, { secret }: StoredEvent): boolean =>
  act.type === 'ballot' && (secret.choice !== act.choice || secret.reason !== act.reason)

const actAndProve = async (
  deps: GovernanceDeps,
  actor: Actor,
  id: string,
  act: Act,
  key?: string | null,
): Promise<ActResult> => {
  const read = parse(given, { ...act, key })
  if (!read.ok) return read
  const found = await reread(deps, id)
  if (!found.ok) return found
  const cmd = key ? `act:${actor.account.id}:${id}:${key}` : newId('x')
  const result = await actOn(deps, actor, found.proposal, act, cmd)
  if (!result.ok) return result
  if (result.replayed && isOther(act, result.event)) {
    return refuse(
      'KEY_REUSED',
      'This key belongs to another ballot. Send this one with a new key.',
      {
        field: 'key',
      },
    )
  }
  const again = await reread(deps, id)
  if (!again.ok) return again
  const entry = result.event.idx
  return { ...again, entry, receipt: await deps.log.receipt(result.event) }
}

/** Open votes in which one of the person's seats has a say. */
const inbox = async ({ people, store }: GovernanceDeps, account: string) => {
  const seats = await people.memberships(account)
  const mine = new Set(seats.map((seat) => seat.id))
  const unsettled = await store.inbox(seats.map((seat) => seat.community))
  return unsettled.filter(
    ({ frozen }) =>
      frozen &&
      [...Object.keys(frozen.roll), ...frozen.vetoers].some(
        (one) => mine.has(one) && !frozen.aside?.includes(one),
      ),
  )
}

/** A proposal that is not talked over opens as it is made: one that has not was cut off in between. */
const recover = async (deps: GovernanceDeps): Promise<void> => {
  const unsettled = await deps.store.unsettled()
  for (const { id, stage, discussed } of unsettled)
    if (stage === 'deliberation' && !discussed) await open(deps, id)
}

const signing = (
  deps: GovernanceDeps,
): Pick<GovernanceDesk, 'addBallotKey' | 'endBallotKey' | 'castSigned'> => ({
  addBallotKey: (actor, input) => addBallotKey(deps, actor, input),
  endBallotKey: (actor, input) => endBallotKey(deps, actor, input),
  castSigned: (actor, input) => castSigned(deps, actor, input),
})

export const createGovernance = (deps: GovernanceDeps): GovernanceDesk => {
  const { log, people, store } = deps
  const ask = async (proposal: NewProposal): Promise<ProposalResult> => {
    const result = await propose(deps, proposal)
    if (result.ok) return reread(deps, result.id)
    if (!('kept' in result)) return result
    const { kept: id, ...refused } = result
    const kept = await store.proposal(id)
    return kept ? { ...refused, kept } : refused
  }
  return {
    propose: ask,
    proposal: (id) => store.proposal(id),
    view: (proposal) => stateOf(proposal, log.now()),
    pending: async (kind) =>
      (await store.unsettled(kind)).filter((one) => isPending(one, stateOf(one, log.now()))),
    enacted: async (id) => {
      const proposal = await store.proposal(id)
      return proposal && decisionOf(proposal, deps.sha256)
    },
    open: (actor, id) => openVote(deps, actor, id),
    withdraw: (actor, id) => withdraw(deps, actor, id),
    revise: async (id, revised, cmd) => {
      const result = await revise(deps, id, revised, cmd)
      return result.ok ? reread(deps, id) : result
    },
    reword: (actor, input) => reword(deps, actor, input),
    returnProposal: (actor, input) => returnProposal(deps, actor, input),
    nameProxy: (actor, input) => nameProxy(deps, actor, input),
    enterMinute: (actor, input) => enterMinute(deps, actor, input),
    confirmMinute: (actor, input) => confirmMinute(deps, actor, input),
    ...signing(deps),
    requireRecusal: (actor, input) => requireRecusal(deps, actor, input),
    mayReturn: (proposal, member) => judgeReturn(deps, proposal, member),
    isInside: (proposal, account) => isInside(deps, proposal, account),
    act: (actor, id, act, key) => actAndProve(deps, actor, id, act, key),
    proposeMember: (actor, input) => proposeMember({ people, propose: ask }, actor, input),
    proposeMembershipEnd: (actor, input) =>
      proposeMembershipEnd({ people, propose: ask }, actor, input),
    proposeElection: (actor, input) => proposeElection({ people, propose: ask }, actor, input),
    proposeAttestation: (actor, input) =>
      proposeAttestation({ people, propose: ask }, actor, input),
    proposeCharter: (actor, input) =>
      proposeCharter({ people, sha256: deps.sha256, now: log.now, propose: ask }, actor, input),
    comment: (actor, input) => comment(deps, actor, input),
    comments: (id) => store.comments(id),
    proposals: (query) => store.proposals(query),
    adoptionsAsked: store.adoptionsAsked,
    counts: (community) => store.counts(community),
    inbox: (account) => inbox(deps, account),
    recover: () => recover(deps),
    openDue: async () => {
      await openDue(deps)
      await rerunDue(deps)
    },
  }
}
