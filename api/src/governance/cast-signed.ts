import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import {
  admissibleInTurn,
  MOST_SIGNED,
  type ProposalEvent,
  toBallotRow,
} from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Decided, type Refusal, type StoredEvent, toFields } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import type { Proposal } from './governance.ts'
import { type GovernanceDeps, reread } from './governance-deps.ts'
import { proposalOf } from './history.ts'
import { type ReadBallot, readSigned } from './read-signed.ts'

const boxInput = z.object({
  proposal: z.string().max(64),
  ballots: z
    .array(z.string().max(60_000, 'This is too long for a ballot.'))
    .min(1, 'Hand in at least one ballot.')
    .max(MOST_SIGNED, `Hand in at most ${MOST_SIGNED} ballots at once.`),
})

/** What became of one ballot of a box: where it lies in the log, or why it does not count. */
export type BallotAnswer =
  | { readonly ok: true; readonly entry: number; readonly receipt: string }
  | Refusal

export type BoxResult =
  | { readonly ok: true; readonly proposal: Proposal; readonly answers: readonly BallotAnswer[] }
  | Refusal

type Read = ReadBallot | Refusal

const asEvent = ({ ballot, by, choice, said }: ReadBallot, at: number): ProposalEvent => {
  const { key, number } = ballot
  return { type: 'ballot', by, choice, reason: said, signed: { key, number }, at }
}

/** The entry in which this very ballot lies already: boxes may be handed in twice, or overlap. */
const entryOf = ({ keys = [] }: Proposal, { ballot }: ReadBallot): number | null => {
  const last = keys.find(({ key }) => key === ballot.key)?.last
  return last?.number === ballot.number && last.seal === ballot.seal ? last.entry : null
}

/** One entry for all ballots that count; the others spoil nothing. */
const counted =
  (read: readonly ReadBallot[]) =>
  (history: readonly StoredEvent[], now: number): Decided | Refusal => {
    const proposal = proposalOf(history)
    if (!proposal) return notFound('proposal')
    const { id, community, frozen, events } = proposal
    if (!frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
    const fresh = read.filter((one) => entryOf(proposal, one) === null)
    const verdicts = admissibleInTurn(
      frozen,
      events,
      fresh.map((one) => asEvent(one, now)),
    )
    const good = fresh.filter((_, place) => verdicts[place]?.decision === 'permit')
    if (good.length === 0) return refuse('NOTHING_NEW', 'This box brings no ballot that counts.')
    return {
      type: 'ballots.signed',
      data: {
        proposal: id,
        community,
        ballots: toFields(good.map(({ ballot }) => toBallotRow(ballot))),
      },
      secret: {
        at: now,
        entries: good.map(({ choice, nonce, said, salt }) => [choice, nonce, said, salt]),
      },
    }
  }

/** Why a ballot that was read is not in the log. */
const denial = ({ frozen, events }: Proposal, one: ReadBallot, now: number): Refusal => {
  const [verdict] = frozen ? admissibleInTurn(frozen, events, [asEvent(one, now)]) : []
  return verdict?.decision === 'deny'
    ? refuse(verdict.code, verdict.message)
    : refuse('TRY_AGAIN', 'This ballot has not been counted yet. Hand it in once more.')
}

const answerTo = async (
  { log }: GovernanceDeps,
  proposal: Proposal,
  read: readonly Read[],
): Promise<readonly BallotAnswer[]> => {
  const receipts = new Map<number, Promise<string>>()
  const receiptOf = (entry: number): Promise<string> => {
    const known = receipts.get(entry) ?? log.receipt(entry)
    receipts.set(entry, known)
    return known
  }
  return Promise.all(
    read.map(async (one): Promise<BallotAnswer> => {
      if (!one.ok) return one
      const entry = entryOf(proposal, one)
      if (entry === null) return denial(proposal, one, log.now())
      return { ok: true, entry, receipt: await receiptOf(entry) }
    }),
  )
}

/** Ballots that are checked before somebody else gets a turn. */
const AT_ONCE = 32

const readAll = async (
  { id, frozen, keys = [] }: Proposal,
  ballots: readonly string[],
): Promise<readonly Read[]> => {
  const vote = { proposal: id, text: frozen?.textDigest ?? '' }
  const read: Read[] = []
  for (const text of ballots) {
    if (read.length % AT_ONCE === AT_ONCE - 1) await setImmediate()
    read.push(readSigned(text, vote, keys))
  }
  return read
}

const record = async ({ log }: GovernanceDeps, id: string, good: readonly ReadBallot[]) => {
  const result = await log.command(`proposal/${id}`, newId('x'), counted(good))
  // Another box may have brought these very ballots a moment ago: its entry has to be seen.
  if (!result.ok) await log.settled()
}

/**
 * Hands in a box of ballots that members have signed with their own devices. Whoever carries it adds
 * nothing to them: each counts for the member whose key signed it, once, in however many boxes it lies.
 */
export const castSigned = async (
  deps: GovernanceDeps,
  actor: Actor,
  input: unknown,
): Promise<BoxResult> => {
  const given = parse(boxInput, input)
  if (!given.ok) return given
  const { proposal: id, ballots } = given.value
  const found = await reread(deps, id)
  if (!found.ok) return found
  if (!(await deps.people.memberOf(actor.account.id, found.proposal.community)))
    return refuse('NOT_A_MEMBER', 'Only members of this community hand in its ballots.')
  if (!found.proposal.frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
  const read = await readAll(found.proposal, ballots)
  const good = read.filter((one) => one.ok)
  if (good.length > 0) await record(deps, id, good)
  const again = await reread(deps, id)
  if (!again.ok) return again
  return { ...again, answers: await answerTo(deps, again.proposal, read) }
}
