import type { Sha256 } from './canonical.ts'
import { castAssisted, castBallot, standAside, startCount } from './count.ts'
import { exceeds } from './fraction.ts'
import { type OpenedSeals, openSeals, type PublicBallot } from './open-seals.ts'
import type { Choice, Frozen, Tally } from './proposal.ts'
import {
  noSigned,
  noteCast,
  noteKeyEnd,
  noteNewKey,
  noteSigned,
  type PublicSigned,
} from './public-signed.ts'
import type { OpenedBallot, PublicRoll, Slot } from './public-vote.ts'
import { tally } from './tally.ts'

/** The ballots of a meeting as the log shows them; they count once another steward confirmed them. */
interface PublicMinute {
  readonly entry: number
  readonly by: string
  readonly ballots: readonly PublicBallot[]
  confirmedBy: string | null
}

/** Everything the public log says about one vote. */
export interface PublicVote {
  readonly id: string
  /** The opening without the roll; null before the vote opened. */
  frozen: Frozen | null
  roll: PublicRoll | null
  readonly ballots: PublicBallot[]
  readonly minutes: Map<string, PublicMinute>
  /** Ballots of confirmed minutes, in the order of the confirmations. */
  readonly entered: PublicBallot[]
  /** What devices have signed. */
  readonly signed: PublicSigned
  /** Slots that stand aside. */
  readonly aside: string[]
  closed: Readonly<Record<string, unknown>> | null
}

/** A vote counted again: what does not agree, in words, and what could not be counted. */
export interface Recount {
  readonly id: string
  readonly tally: Tally | null
  readonly problems: readonly string[]
  /** Why it cannot be counted by outsiders, or null when it was. */
  readonly uncounted: string | null
}

const CHOICES: readonly unknown[] = ['yes', 'no', 'abstain', 'object'] satisfies Choice[]
const COUNTS = ['deciders', 'yes', 'no', 'abstain', 'objections'] as const

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const isSlot = (value: unknown): value is Slot =>
  Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'string')

const isOpened = (value: unknown): value is OpenedBallot =>
  Array.isArray(value) &&
  Number.isSafeInteger(value[0]) &&
  CHOICES.includes(value[1]) &&
  typeof value[2] === 'string'

const rollOf = ({ slots, groupsShown }: Readonly<Record<string, unknown>>): PublicRoll | null =>
  Array.isArray(slots) && slots.every(isSlot) ? { slots, groupsShown: groupsShown === true } : null

const noMinutes = (): Pick<PublicVote, 'minutes' | 'entered'> => ({
  minutes: new Map(),
  entered: [],
})

const voteIn = (votes: Map<string, PublicVote>, id: string): PublicVote => {
  const known = votes.get(id)
  if (known) return known
  const vote = {
    id,
    frozen: null,
    roll: null,
    ballots: [],
    ...noMinutes(),
    signed: noSigned(),
    aside: [],
    closed: null,
  }
  votes.set(id, vote)
  return vote
}

const parseEntry = (leaf: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(leaf)
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : null
  } catch {
    return null
  }
}

const noteMinute = (vote: PublicVote, index: number, entry: Readonly<Record<string, unknown>>) => {
  const given = Array.isArray(entry.ballots) ? entry.ballots : []
  const ballots = given
    .filter((one) => Array.isArray(one))
    .map(([slot, seal]) => ({ entry: index, slot: text(slot), seal: text(seal) }))
  const minute = { entry: index, by: text(entry.slot), ballots, confirmedBy: null }
  vote.minutes.set(text(entry.minute), minute)
}

const confirmMinute = (vote: PublicVote, entry: Readonly<Record<string, unknown>>) => {
  const minute = vote.minutes.get(text(entry.minute))
  if (!minute || minute.confirmedBy !== null) return
  minute.confirmedBy = text(entry.slot)
  vote.entered.push(...minute.ballots)
}

/** Those about whom it is decided stand aside from the start. */
const slotsAside = ({ asideSlots }: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(asideSlots) ? asideSlots.map(text) : []

/** Takes note of what one entry of the log says about a vote; others are passed over. */
export const noteVote = (votes: Map<string, PublicVote>, index: number, leaf: string): void => {
  const entry = leaf.includes('"proposal/') ? parseEntry(leaf) : null
  const id = text(entry?.stream).replace(/^proposal\//, '')
  if (!entry || id === entry.stream) return
  const vote = voteIn(votes, id)
  switch (entry.type) {
    case 'proposal.opened':
      vote.frozen = entry.frozen as Frozen
      vote.roll = rollOf(entry)
      vote.aside.push(...slotsAside(entry))
      return
    case 'ballot.cast':
      vote.ballots.push({ entry: index, slot: text(entry.slot), seal: text(entry.seal) })
      noteCast(vote.signed, index, text(entry.slot))
      return
    case 'ballots.signed':
      vote.ballots.push(...noteSigned(vote.signed, index, entry.ballots))
      return
    case 'ballot-key.added':
      noteNewKey(vote.signed, index, { by: text(entry.slot), key: text(entry.key) })
      return
    case 'ballot-key.ended':
      noteKeyEnd(vote.signed, index, { by: text(entry.slot), key: text(entry.key) })
      return
    case 'minute.entered':
      noteMinute(vote, index, entry)
      return
    case 'minute.confirmed':
      confirmMinute(vote, entry)
      return
    case 'member.recused':
    case 'peers.recused':
      vote.aside.push(text(entry.slot))
      return
    case 'proposal.closed':
      vote.closed = entry
  }
}

interface Counting {
  readonly vote: PublicVote
  readonly frozen: Frozen
  readonly closed: Readonly<Record<string, unknown>>
  readonly opened: readonly OpenedBallot[]
}

/** The last ballot of each slot that does not stand aside, its own before one that was entered. */
const lastBallots = ({ ballots, entered, aside }: PublicVote): readonly PublicBallot[] => {
  const last = new Map([...entered, ...ballots].map((ballot) => [ballot.slot, ballot]))
  return [...last.values()].filter(({ slot }) => !aside.includes(slot))
}

/** Two people vouch for what was entered from a meeting. */
const minuteProblems = ({ minutes }: PublicVote): readonly string[] =>
  [...minutes.values()]
    .filter(({ by, confirmedBy }) => by !== '' && by === confirmedBy)
    .map(({ entry }) => `the minute in entry ${entry} was confirmed by the one who entered it`)

const shareProblems = ({ frozen, vote }: Counting, { assisted }: Tally): readonly string[] => {
  const roll = vote.roll?.slots.length ?? 0
  const share = frozen.assisted?.maxShare ?? '0/1'
  return assisted === 0 || !exceeds(assisted, roll, share)
    ? []
    : [`${assisted} of ${roll} were heard through others; the charter allows at most ${share}`]
}

const count = ({ vote, frozen }: Counting, { read }: OpenedSeals): Tally => {
  const running = startCount(frozen)
  for (const slot of vote.aside) if (Object.hasOwn(frozen.roll, slot)) standAside(running, slot)
  for (const { ballot, choice } of read) {
    const cast = vote.entered.includes(ballot) ? castAssisted : castBallot
    cast(running, ballot.slot, choice)
  }
  return tally(running)
}

const outcomeProblems = ({ vote, frozen, closed }: Counting, found: Tally): readonly string[] => {
  const differs = (name: string, counted: unknown): readonly string[] =>
    closed[name] === counted
      ? []
      : [`"${name}" was recorded as ${String(closed[name])}; counted again it is ${counted}`]
  // Without the groups an outsider cannot tell whether enough of them agreed.
  const judged = vote.roll?.groupsShown || frozen.rule.groups === null
  return [
    ...COUNTS.flatMap((name) => differs(name, found[name])),
    ...(judged ? differs('pass', found.pass) : []),
    ...(found.assisted === (closed.assisted ?? 0) ? [] : differs('assisted', found.assisted)),
  ]
}

/** The opening with the public roll in place of the secret one. */
const withSlots = (frozen: Frozen, slots: readonly Slot[]): Frozen => ({
  ...frozen,
  roll: Object.fromEntries(slots.map(([slot, group]) => [slot, group])),
  proxies: Object.fromEntries(
    slots.filter(([, , proxy]) => proxy !== '').map(([slot, , proxy]) => [slot, proxy]),
  ),
})

/**
 * Counts a closed vote again from the public log alone and compares the result with what was
 * recorded; null while it is open. Whoever runs it needs to trust nobody: every ballot that was
 * counted has to open the seal under which it was cast.
 */
export const recount = (vote: PublicVote, sha256: Sha256): Recount | null => {
  const { id, roll, closed } = vote
  if (!closed) return null
  const ballots = Array.isArray(closed.ballots) ? closed.ballots : null
  if (!vote.frozen || !roll || !ballots) {
    const uncounted = 'its roll is too long to be published'
    return { id, tally: null, problems: [], uncounted }
  }
  const frozen = withSlots(vote.frozen, roll.slots)
  const counting: Counting = { vote, frozen, closed, opened: ballots.filter(isOpened) }
  const unread = ballots.length - counting.opened.length
  const opening = openSeals(lastBallots(vote), counting.opened, {
    isOnRoll: (slot) => Object.hasOwn(frozen.roll, slot),
    sha256,
  })
  const found = count(counting, opening)
  const problems = [
    ...(unread > 0 ? [`${unread} opened ballots cannot be read`] : []),
    ...opening.problems,
    ...vote.signed.problems,
    ...minuteProblems(vote),
    ...shareProblems(counting, found),
    ...outcomeProblems(counting, found),
  ]
  return { id, tally: found, problems, uncounted: null }
}
