import {
  type Frozen,
  type ProposalEvent,
  standingBallots,
  type View,
} from '../../../policies/index.ts'
import type { Member, People } from '../people/people.ts'
import { standsAside } from './act.ts'
import type { Proposal } from './governance.ts'

/** Who said what, once the vote has closed. */
export interface Call {
  readonly member: string
  readonly name: string
  readonly choice: Extract<ProposalEvent, { type: 'ballot' }>['choice'] | null
  readonly reason: string | null
  readonly recused: boolean
  /** Entered by stewards from the minute of a meeting. */
  readonly assisted: boolean
}

export interface GivenReason {
  readonly what: string
  readonly choice: Call['choice']
  readonly text: string
}

/** Whether the charter the vote was opened under lets this reader see who voted how. */
const mayRead = ({ secrecy, roll }: Frozen, reader: Member | null): boolean => {
  switch (secrecy.rollCall) {
    case 'none':
      return false
    case 'body':
      return reader !== null && Object.hasOwn(roll, reader.id)
    case 'community':
      return reader !== null
    case 'public':
      return true
  }
}

const closedFor = (
  { frozen }: Proposal,
  view: View | null,
  reader: Member | null,
): Frozen | null =>
  frozen && view && view.phase !== 'open' && mayRead(frozen, reader) ? frozen : null

/** Who voted how; null while the vote is open and for everyone the charter keeps it from. */
export const rollCall = async (
  people: People,
  proposal: Proposal,
  { view, reader }: { readonly view: View | null; readonly reader: Member | null },
): Promise<Call[] | null> => {
  const frozen = closedFor(proposal, view, reader)
  if (!frozen || !view) return null
  const seats = await people.members(proposal.community)
  const ballots = standingBallots(view.accepted)
  const seen = { frozen, events: view.accepted }
  return Object.keys(frozen.roll).map((id) => ({
    member: id,
    name: seats.find((seat) => seat.id === id)?.name ?? '',
    choice: ballots.get(id)?.choice ?? null,
    reason: ballots.get(id)?.reason ?? null,
    recused: standsAside(seen, id),
    assisted: (ballots.get(id)?.minute ?? null) !== null,
  }))
}

/** The reasons that were given, without names, for the minute; null for whom it is not. */
export const reasonsGiven = (
  proposal: Proposal,
  view: View | null,
  reader: Member | null,
): GivenReason[] | null => {
  if (!closedFor(proposal, view, reader) || !view) return null
  const last = new Map<string, GivenReason>()
  for (const event of view.accepted) {
    if (!('reason' in event) || !('by' in event)) continue
    const choice = event.type === 'ballot' ? event.choice : null
    const what = event.type === 'recuse.peers' ? 'recuse' : event.type
    last.set(`${what} ${String(event.by)}`, { what, choice, text: event.reason ?? '' })
  }
  return [...last.values()].filter(({ text }) => text !== '')
}
