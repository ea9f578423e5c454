import { standsAside } from '../governance/act.ts'
import type { Proposal } from '../governance/governance.ts'
import { stateOf } from '../governance/state.ts'
import { dutyStanding } from '../grants/duties.ts'
import type { Grant } from '../grants/grants.ts'
import type { People } from '../people/people.ts'
import { accountsOf, rollOf } from './heard.ts'
import type { Heard } from './notice.ts'

const DAY = 86_400_000
/** How long before its close a vote is called to mind. */
const BEFORE_CLOSE = [1, 3] as const
const BEFORE_END = [7, 30, 60] as const
const BEFORE_DUE = 7

/** A reminder and the event it is about. */
export interface Reminder {
  readonly idx: number
  readonly heard: Heard
}

/** The nearest of the days that has come; after a long stop nobody is reminded twice at once. */
const nearest = (days: readonly number[], left: number, span: number): number | undefined =>
  days.find((count) => left <= count * DAY && span >= 2 * count * DAY)

/** Who has not voted on a vote that closes soon. */
export const beforeClose = async (
  deps: { readonly people: People },
  proposal: Proposal,
  now: number,
): Promise<readonly Reminder[]> => {
  const { id, community, frozen, events, entries } = proposal
  const state = stateOf(proposal, now)
  if (!frozen || state?.phase !== 'open') return []
  const mark = nearest(BEFORE_CLOSE, state.closesAt - now, state.closesAt - frozen.openedAt)
  if (mark === undefined) return []
  const done = new Set(events.flatMap((e) => ('by' in e && typeof e.by === 'string' ? [e.by] : [])))
  const silent = rollOf(proposal).filter((one) => !done.has(one) && !standsAside(proposal, one))
  const about = { proposal: id, until: state.closesAt }
  const accounts = await accountsOf(deps, community, silent)
  return accounts.map((account) => ({
    idx: entries[0] ?? 0,
    heard: { account, kind: 'vote-closing', about, mark: `${mark}d` },
  }))
}

const beforeEnd = (grant: Grant, account: string, now: number): readonly Reminder[] => {
  const { id, dataset, expiresAt, issuedAt, renewedBy, entry } = grant
  if (expiresAt <= now || renewedBy !== null) return []
  const mark = nearest(BEFORE_END, expiresAt - now, expiresAt - issuedAt)
  if (mark === undefined) return []
  const about = { grant: id, dataset, until: expiresAt }
  return [{ idx: entry, heard: { account, kind: 'grant-expiring', about, mark: `${mark}d` } }]
}

const UNDONE: ReadonlySet<string> = new Set(['due', 'scheduled', 'returned'])

const duties = (grant: Grant, account: string, now: number): readonly Reminder[] =>
  grant.duties.flatMap((duty): Reminder[] => {
    const { phase, dueAt, late } = dutyStanding(grant, duty, now)
    if (dueAt === null) return []
    const about = { grant: grant.id, dataset: grant.dataset, duty: duty.kind, until: dueAt }
    // A date that moved with later terms is a new date to keep.
    const mark = `${duty.kind}-${Math.floor(dueAt / DAY)}`
    const idx = grant.entry
    if (late) return [{ idx, heard: { account, kind: 'duty-overdue', about, mark } }]
    const soon = UNDONE.has(phase) && dueAt - now <= BEFORE_DUE * DAY
    return soon ? [{ idx, heard: { account, kind: 'duty-due', about, mark } }] : []
  })

/** What the holder of a grant has to be reminded of. */
export const ofGrant = (grant: Grant, now: number): readonly Reminder[] => {
  const { account, revokedAt } = grant
  if (account === null || revokedAt !== null) return []
  return [...beforeEnd(grant, account, now), ...duties(grant, account, now)]
}
