import {
  type AppealGrounds,
  type Choice,
  fromBallotRow,
  type ProposalEvent,
  type SignedBallot,
} from '../../../policies/index.ts'
import { type Json, type StoredEvent, textIn } from '../log/index.ts'
import type { EnteredMinute } from './governance.ts'

/** The instant by which the rule was applied; the public leaf tells the day only. */
export const instantOf = (event: StoredEvent): number =>
  typeof event.secret.at === 'number' ? event.secret.at : event.at

const strings = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(textIn) : []

export const enteredIn = ({ secret }: StoredEvent): EnteredMinute['ballots'] =>
  (Array.isArray(secret.entries) ? secret.entries : []) as unknown as EnteredMinute['ballots']

/** A signed ballot with what was sealed in it; empty after an erasure. */
export interface Unsealed extends SignedBallot {
  readonly by: string
  readonly choice: Choice
  readonly nonce: string
  readonly said: string
}

/** The ballots of a box, each with the member whose device signed it. */
export const signedIn = (
  { data, secret }: StoredEvent,
  ownerOf: (key: string) => string,
): readonly Unsealed[] => {
  const rows = Array.isArray(data.ballots) ? data.ballots : []
  const entries = Array.isArray(secret.entries) ? secret.entries : []
  return rows.flatMap((row, place) => {
    const ballot = fromBallotRow(row)
    if (!ballot) return []
    const [choice, nonce, said] = strings(entries[place])
    const sealed = { choice: textIn(choice) as Choice, nonce: textIn(nonce), said: textIn(said) }
    return [{ ...ballot, ...sealed, by: ownerOf(ballot.key) }]
  })
}

/** The kernel's view of one recorded event; nothing for those that the rules do not know. */
export const kernelEvents = (
  event: StoredEvent,
  ownerOf: (key: string) => string,
): readonly ProposalEvent[] => {
  if (event.type !== 'ballots.signed') return [kernelEvent(event)].filter((one) => one !== null)
  const at = instantOf(event)
  return signedIn(event, ownerOf).map(({ by, choice, said, key, number }) => ({
    ...{ type: 'ballot', by, choice, reason: said, signed: { key, number }, at },
  }))
}

const kernelEvent = (event: StoredEvent): ProposalEvent | null => {
  const at = instantOf(event)
  const by = textIn(event.secret.by)
  const reason = textIn(event.secret.reason)
  switch (event.type) {
    case 'ballot.cast':
      return { type: 'ballot', by, choice: textIn(event.secret.choice) as Choice, reason, at }
    case 'ballot-key.added':
      return { type: 'add-key', by, key: textIn(event.data.key), at }
    case 'ballot-key.ended':
      return { type: 'end-key', by, key: textIn(event.data.key), at }
    case 'member.recused':
      return { type: 'recuse', by, reason, at }
    case 'peers.recused':
      return {
        type: 'recuse.peers',
        member: textIn(event.secret.member),
        by: strings(event.secret.voters),
        reason,
        at,
      }
    case 'minute.entered': {
      const minute = textIn(event.data.minute)
      return { type: 'assist', minute, by, ballots: enteredIn(event), at }
    }
    case 'minute.confirmed':
      return { type: 'confirm-assist', minute: textIn(event.data.minute), by, at }
    case 'objection.withdrawn':
      return { type: 'withdraw-objection', by, at }
    case 'veto.cast':
      return { type: 'veto', by, reason, at }
    case 'veto.lifted':
      return { type: 'lift-veto', by, at }
    case 'appeal.made':
      return {
        type: 'appeal',
        by,
        grounds: textIn(event.data.grounds) as AppealGrounds,
        reason,
        at,
      }
    case 'appeal.decided':
      return { type: 'decide-appeal', upheld: event.data.upheld === true, at }
    case 'proposal.enacted':
      return { type: 'enact', effect: textIn(event.data.effectId), at }
    default:
      return null
  }
}
