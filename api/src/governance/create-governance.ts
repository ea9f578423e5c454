import { type Sha256, type View, view } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Log, Refusal } from '../log/index.ts'
import type { Actor, People } from '../people/people.ts'
import { type Act, actOn } from './act.ts'
import { decisionOf } from './enact.ts'
import type { Governance, NewProposal, Proposal, ProposalResult } from './governance.ts'
import { open, propose } from './propose.ts'
import { proposeAttestation, proposeMember } from './propose-member.ts'
import type { GovernanceStore, ProposalQuery, StoredComment } from './store.ts'

export interface GovernanceDeps {
  readonly log: Log
  readonly people: People
  readonly store: GovernanceStore
  readonly sha256: Sha256
}

export type ActResult = { ok: true; proposal: Proposal; entry: number; receipt: string } | Refusal

/** Everything that can be asked of governance; resolvers use this face, other domains the smaller one. */
export interface GovernanceDesk extends Governance {
  open(actor: Actor, id: string): Promise<ProposalResult>
  withdraw(actor: Actor, id: string): Promise<ProposalResult>
  act(actor: Actor, id: string, act: Act, key?: string | null): Promise<ActResult>
  proposeMember(actor: Actor, input: unknown): Promise<ProposalResult>
  proposeAttestation(actor: Actor, input: unknown): Promise<ProposalResult>
  comment(
    actor: Actor,
    input: { proposal: string; text: string; private: boolean },
  ): Promise<ProposalResult>
  comments(id: string): Promise<readonly StoredComment[]>
  proposals(query: ProposalQuery): Promise<readonly Proposal[]>
  inbox(account: string): Promise<readonly Proposal[]>
}

export const createGovernance = (deps: GovernanceDeps): GovernanceDesk => {
  const { log, people, store } = deps

  const reread = async (id: string): Promise<ProposalResult> => {
    const proposal = await store.proposal(id)
    return proposal ? { ok: true, proposal } : notFound('proposal')
  }

  const ask = async (proposal: NewProposal): Promise<ProposalResult> => {
    const result = await propose(deps, proposal)
    return result.ok ? reread(result.id) : result
  }

  const stewardOf = async (actor: Actor, proposal: Proposal): Promise<Refusal | null> => {
    const member = await people.memberOf(actor.account.id, proposal.community)
    const may = proposal.sponsor === actor.account.id || member?.bodies.includes('stewards')
    return may ? null : refuse('NOT_STEWARD', 'Only its sponsor or a steward may do this.')
  }

  const viewOf = (proposal: Proposal): View | null =>
    proposal.frozen && proposal.stage === 'open'
      ? view(proposal.frozen, proposal.events, log.now())
      : null

  return {
    propose: ask,
    proposal: (id) => store.proposal(id),
    view: viewOf,
    enacted: async (id) => {
      const proposal = await store.proposal(id)
      return proposal && decisionOf(proposal, deps.sha256)
    },
    open: async (actor, id) => {
      const found = await reread(id)
      const refused = found.ok ? await stewardOf(actor, found.proposal) : found
      if (refused) return refused
      const result = await open(deps, id)
      return result.ok ? reread(id) : result
    },
    withdraw: async (actor, id) => {
      const found = await reread(id)
      if (!found.ok) return found
      const refused = await stewardOf(actor, found.proposal)
      if (refused) return refused
      const { community } = found.proposal
      const result = await log.command(`proposal/${id}`, `withdraw:${id}`, (history) =>
        history.some((event) => event.type === 'proposal.opened')
          ? refuse('ALREADY_OPEN', 'An open vote runs to its close; it cannot be withdrawn.')
          : { type: 'proposal.withdrawn', data: { proposal: id, community } },
      )
      return result.ok ? reread(id) : result
    },
    act: async (actor, id, act, key) => {
      const found = await reread(id)
      if (!found.ok) return found
      const cmd = key ? `act:${actor.account.id}:${id}:${key}` : newId('x')
      const result = await actOn(deps, actor, found.proposal, act, cmd)
      if (!result.ok) return result
      const again = await reread(id)
      if (!again.ok) return again
      const entry = result.event.idx
      return { ...again, entry, receipt: await log.receipt(entry) }
    },
    proposeMember: (actor, input) => proposeMember({ people, propose: ask }, actor, input),
    proposeAttestation: (actor, input) =>
      proposeAttestation({ people, propose: ask }, actor, input),
    comment: async (actor, { proposal: id, text, private: hidden }) => {
      const found = await reread(id)
      if (!found.ok) return found
      const words = text.trim()
      if (words === '' || words.length > 8000) {
        return refuse('BAD_INPUT', 'A comment has 1 to 8,000 characters.', { field: 'text' })
      }
      const member = await people.memberOf(actor.account.id, found.proposal.community)
      if (!member) return refuse('NOT_A_MEMBER', 'Only members of this community may comment.')
      const { id: account, name } = actor.account
      const at = log.now()
      await store.addComment({
        id: newId('n'),
        proposal: id,
        account,
        author: name,
        text: words,
        private: hidden,
        at,
      })
      return found
    },
    comments: (id) => store.comments(id),
    proposals: (query) => store.proposals(query),
    inbox: async (account) => {
      const seats = await people.memberships(account)
      const mine = new Set(seats.map((seat) => seat.id))
      const open = await store.inbox(seats.map((seat) => seat.community))
      return open.filter(
        ({ frozen }) =>
          frozen && [...Object.keys(frozen.roll), ...frozen.vetoers].some((m) => mine.has(m)),
      )
    },
  }
}
