import { z } from 'zod'
import { admissible, slotOf } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Decided, type Refusal, type StoredEvent, sha256 } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { standsAside } from './act.ts'
import type { Proposal, ProposalResult } from './governance.ts'
import { type GovernanceDeps, reread } from './governance-deps.ts'
import { proposalOf } from './history.ts'

const demandInput = z.object({
  proposal: z.string().max(64),
  member: z.string().max(64),
  reason: z.string().trim().min(1, 'Say why this member should stand aside.').max(8000),
})

interface Demand {
  readonly by: string
  readonly member: string
  readonly reason: string
}

/** Who has required it so far and still has a voice. */
const askedBefore = (
  proposal: Proposal,
  history: readonly StoredEvent[],
  member: string,
): readonly string[] =>
  history
    .filter(({ type, secret }) => type === 'recusal.asked' && secret.member === member)
    .map(({ secret }) => String(secret.by))
    .filter((peer) => !standsAside(proposal, peer))

/** Each voice is kept sealed until there are as many as the charter asks for; then the member stands aside. */
const demanded =
  ({ by, member, reason }: Demand) =>
  (history: readonly StoredEvent[], now: number): Decided | Refusal => {
    const proposal = proposalOf(history)
    if (!proposal) return notFound('proposal')
    if (!proposal.frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
    const asked = askedBefore(proposal, history, member)
    if (asked.includes(by)) return refuse('ASKED_ALREADY', 'You have required this already.')
    const voters = [...asked, by]
    const event = { type: 'recuse.peers', member, by: voters, reason, at: now } as const
    const verdict = admissible(proposal.frozen, proposal.events, event)
    const { id, community, slotKey } = proposal
    if (verdict.decision === 'permit') {
      const slot = slotOf(slotKey, member, sha256)
      const secret = { member, voters, reason, by, at: now }
      return { type: 'peers.recused', data: { proposal: id, community, slot }, secret }
    }
    if (verdict.code !== 'too-few-peers') return refuse(verdict.code, verdict.message)
    const secret = { member, by, reason, at: now }
    return { type: 'recusal.asked', data: { proposal: id, community }, secret }
  }

/** Requires that another member stands aside; it takes as many as the charter says. */
export const requireRecusal = async (
  deps: GovernanceDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(demandInput, input)
  if (!read.ok) return read
  const { proposal: id, member, reason } = read.value
  const found = await reread(deps, id)
  if (!found.ok) return found
  const seat = await deps.people.memberOf(actor.account.id, found.proposal.community)
  if (!seat) return refuse('NOT_A_MEMBER', 'Only members of this community take part in its votes.')
  const demand = { by: seat.id, member, reason }
  const result = await deps.log.command(`proposal/${id}`, newId('x'), demanded(demand))
  return result.ok ? reread(deps, id) : result
}
