import type { AssistedBallot, Choice, ProposalEvent } from './proposal.ts'

/** A ballot that counts at the end; `minute` names the one it was entered from. */
export interface Standing {
  readonly choice: Choice
  readonly reason: string
  readonly at: number
  readonly minute: string | null
}

/**
 * The last ballot of everybody who does not stand aside, from the events that counted in their
 * order. A ballot of one's own stands before every one that was entered for the member.
 */
export function standingBallots(accepted: readonly ProposalEvent[]): ReadonlyMap<string, Standing> {
  const minutes = new Map<string, readonly AssistedBallot[]>(
    accepted.flatMap((event) =>
      event.type === 'assist' ? [[event.minute, event.ballots] as const] : [],
    ),
  )
  const own = accepted.flatMap((event): Entry[] => {
    if (event.type === 'ballot') return [[event.by, said(event, event.at, null)]]
    if (event.type !== 'withdraw-objection') return []
    return [[event.by, said({ choice: 'abstain' }, event.at, null)]]
  })
  const entered = accepted.flatMap((event): Entry[] => {
    const ballots = event.type === 'confirm-assist' ? (minutes.get(event.minute) ?? []) : []
    return ballots.map((one) => [one.member, said(one, event.at, minuteOf(event))])
  })
  const all = new Map([...entered, ...own])
  for (const event of accepted) {
    if (event.type === 'recuse') all.delete(event.by)
    if (event.type === 'recuse.peers') all.delete(event.member)
  }
  return all
}

type Entry = [member: string, ballot: Standing]

const minuteOf = (event: ProposalEvent): string | null => ('minute' in event ? event.minute : null)

function said(
  { choice, reason = '' }: Pick<AssistedBallot, 'choice' | 'reason'>,
  at: number,
  minute: string | null,
): Standing {
  return { choice, reason, at, minute }
}
