import { createHash } from 'node:crypto'
import { z } from 'zod'
import { admissible, type ProposalEvent, sealOf, slotOf } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Decided, type Refusal, type StoredEvent, sha256 } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Member } from '../people/people.ts'
import type { Proposal, ProposalResult } from './governance.ts'
import { type GovernanceDeps, reread } from './governance-deps.ts'
import { proposalOf } from './history.ts'

const minuteInput = z.object({
  proposal: z.string().max(64),
  text: z
    .string()
    .trim()
    .min(20, 'Attach the minute of the meeting: who met, when, and what was said.')
    .max(20_000, 'A minute has at most 20,000 characters.'),
  ballots: z
    .array(
      z.object({
        member: z.string().max(64),
        choice: z.enum(['yes', 'no', 'abstain', 'object']),
        reason: z.string().trim().max(8000).nullish(),
      }),
    )
    .min(1, 'Enter the ballot of at least one member.')
    .max(400, 'Enter at most 400 ballots at once.'),
  key: z.string().max(100).nullish(),
})

type MinuteInput = z.output<typeof minuteInput>

interface Entry extends MinuteInput {
  readonly minute: string
  readonly by: Member
  /** One secret for each ballot, in their order. */
  readonly nonces: readonly string[]
}

const seatOf = async ({ people }: GovernanceDeps, actor: Actor, proposal: Proposal) =>
  (await people.memberOf(actor.account.id, proposal.community)) ??
  refuse('NOT_A_MEMBER', 'Only members of this community take part in its votes.')

/** What the kernel says of an event on the vote as it stands. */
const judged = (
  history: readonly StoredEvent[],
  event: ProposalEvent,
): { readonly ok: true; readonly proposal: Proposal } | Refusal => {
  const proposal = proposalOf(history)
  if (!proposal) return notFound('proposal')
  if (!proposal.frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
  const verdict = admissible(proposal.frozen, proposal.events, event)
  return verdict.decision === 'permit'
    ? { ok: true, proposal }
    : refuse(verdict.code, verdict.message)
}

/** The public part shows slots and seals, as for every ballot; who said what at the meeting is private. */
const entered =
  ({ minute, by, text, ballots, nonces }: Entry) =>
  (history: readonly StoredEvent[], now: number): Decided | Refusal => {
    const said = ballots.map(({ member, choice, reason }) => ({
      member,
      choice,
      reason: reason ?? '',
    }))
    const found = judged(history, { type: 'assist', minute, by: by.id, ballots: said, at: now })
    if (!found.ok) return found
    const { id, community, slotKey } = found.proposal
    const entries = said.map((one, at) => ({ ...one, nonce: nonces[at] ?? '' }))
    return {
      type: 'minute.entered',
      data: {
        proposal: id,
        community,
        minute,
        slot: slotOf(slotKey, by.id, sha256),
        minuteDigest: `sha256-${createHash('sha256').update(text).digest('hex')}`,
        ballots: entries.map(({ member, choice, nonce }) => [
          slotOf(slotKey, member, sha256),
          sealOf(nonce, choice, sha256),
        ]),
      },
      secret: { by: by.id, at: now, text, entries },
    }
  }

/** Enters the ballots of a meeting; they count once another steward has confirmed them. */
export const enterMinute = async (
  deps: GovernanceDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(minuteInput, input)
  if (!read.ok) return read
  const { proposal: id, ballots, key } = read.value
  const found = await reread(deps, id)
  if (!found.ok) return found
  const by = await seatOf(deps, actor, found.proposal)
  if ('ok' in by) return by
  const entry = { ...read.value, by, minute: newId('e'), nonces: ballots.map(() => newId('n')) }
  const cmd = key ? `minute:${actor.account.id}:${id}:${key}` : newId('x')
  const result = await deps.log.command(`proposal/${id}`, cmd, entered(entry))
  return result.ok ? reread(deps, id) : result
}

/** A second steward says that what was entered is what the meeting said. */
export const confirmMinute = async (
  deps: GovernanceDeps,
  actor: Actor,
  { proposal: id, minute }: { readonly proposal: string; readonly minute: string },
): Promise<ProposalResult> => {
  const found = await reread(deps, id)
  if (!found.ok) return found
  const by = await seatOf(deps, actor, found.proposal)
  if ('ok' in by) return by
  const result = await deps.log.command(`proposal/${id}`, newId('x'), (history, now) => {
    const event = { type: 'confirm-assist', minute, by: by.id, at: now } as const
    const fine = judged(history, event)
    if (!fine.ok) return fine
    const { community, slotKey } = fine.proposal
    const slot = slotOf(slotKey, by.id, sha256)
    return {
      type: 'minute.confirmed',
      data: { proposal: id, community, minute, slot },
      secret: { by: by.id, at: now },
    }
  })
  return result.ok ? reread(deps, id) : result
}
