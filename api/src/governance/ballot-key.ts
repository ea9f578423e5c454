import { z } from 'zod'
import { admissible, type ProposalEvent, slotOf } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Decided, type Refusal, type StoredEvent, sha256 } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import type { BallotKey, Proposal, ProposalResult } from './governance.ts'
import { type GovernanceDeps, reread } from './governance-deps.ts'
import { proposalOf } from './history.ts'

const BYTES_32 = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

const id = z.string().max(64)

const newKeyInput = z.object({
  proposal: id,
  key: z.string().regex(BYTES_32, 'A key is an Ed25519 public key: 32 bytes in base64url.'),
  opens: z.string().regex(BYTES_32, 'The secret is a key for AES-256: 32 bytes in base64url.'),
})

const keyEndInput = z.object({ proposal: id, key: z.string().max(64) })

type KeyAct = Extract<ProposalEvent, { type: 'add-key' | 'end-key' }>

/** Keys of this vote that belong to one member. */
export const keysOf = ({ keys = [] }: Proposal, member: string): readonly BallotKey[] =>
  keys.filter(({ by }) => by === member)

/** Whether the rules of the vote let a key come or go now. */
export const judgeKey = (
  { frozen, events }: Pick<Proposal, 'frozen' | 'events'>,
  act: KeyAct,
): Refusal | null => {
  if (!frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
  const verdict = admissible(frozen, events, act)
  return verdict.decision === 'permit' ? null : refuse(verdict.code, verdict.message)
}

/** Under the slot of the member: a key is of one vote alone, so that no two votes can be laid together. */
const recorded = ({ id, community, slotKey }: Proposal, act: KeyAct, opens: string): Decided => {
  const { type, by, key, at } = act
  const added = type === 'add-key'
  return {
    type: added ? 'ballot-key.added' : 'ballot-key.ended',
    data: { proposal: id, community, slot: slotOf(slotKey, by, sha256), key },
    secret: { by, at, ...(added ? { opens } : {}) },
  }
}

const decide =
  (act: Omit<KeyAct, 'at'>, opens: string) =>
  (history: readonly StoredEvent[], at: number): Decided | Refusal => {
    const proposal = proposalOf(history)
    if (!proposal) return notFound('proposal')
    const dated = { ...act, at }
    return judgeKey(proposal, dated) ?? recorded(proposal, dated, opens)
  }

interface Asked {
  readonly proposal: string
  readonly type: KeyAct['type']
  readonly key: string
  readonly opens: string
  readonly cmd: string
}

const change = async (
  deps: GovernanceDeps,
  actor: Actor,
  { proposal: id, type, key, opens, cmd }: Asked,
): Promise<ProposalResult> => {
  const found = await reread(deps, id)
  if (!found.ok) return found
  const seat = await deps.people.memberOf(actor.account.id, found.proposal.community)
  if (!seat) return refuse('NOT_A_MEMBER', 'Only members of this community take part in its votes.')
  const act = decide({ type, by: seat.id, key }, opens)
  const result = await deps.log.command(`proposal/${id}`, cmd, act)
  return result.ok ? reread(deps, id) : result
}

/** Names a device of the member that may sign their ballots in one vote. */
export const addBallotKey = async (
  deps: GovernanceDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(newKeyInput, input)
  if (!read.ok) return read
  const { proposal, key } = read.value
  const cmd = `ballot-key:${actor.account.id}:${proposal}:${key}`
  return change(deps, actor, { ...read.value, type: 'add-key', cmd })
}

/** Ends a key: what it signed before stands, what it signs from now on does not count. */
export const endBallotKey = async (
  deps: GovernanceDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(keyEndInput, input)
  if (!read.ok) return read
  return change(deps, actor, { ...read.value, type: 'end-key', opens: '', cmd: newId('x') })
}
