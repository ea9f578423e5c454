import type { Sha256 } from './canonical.ts'
import { castBallot, standAside, startCount } from './count.ts'
import type { Choice, Frozen, Tally } from './proposal.ts'
import { type OpenedBallot, type PublicRoll, type Slot, sealOf } from './public-vote.ts'
import { tally } from './tally.ts'

interface PublicBallot {
  readonly entry: number
  readonly slot: string
  readonly seal: string
}

/** Everything the public log says about one vote. */
export interface PublicVote {
  readonly id: string
  /** The opening without the roll; null before the vote opened. */
  frozen: Frozen | null
  roll: PublicRoll | null
  readonly ballots: PublicBallot[]
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

const voteIn = (votes: Map<string, PublicVote>, id: string): PublicVote => {
  const known = votes.get(id)
  if (known) return known
  const vote = { id, frozen: null, roll: null, ballots: [], aside: [], closed: null }
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
      return
    case 'ballot.cast':
      vote.ballots.push({ entry: index, slot: text(entry.slot), seal: text(entry.seal) })
      return
    case 'member.recused':
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

/** The last ballot of each slot that does not stand aside: these and no others have to be opened. */
const lastBallots = ({ ballots, aside }: PublicVote): ReadonlyMap<number, PublicBallot> => {
  const last = new Map(ballots.map((ballot) => [ballot.slot, ballot]))
  const counted = [...last.values()].filter(({ slot }) => !aside.includes(slot))
  return new Map(counted.map((ballot) => [ballot.entry, ballot]))
}

/** What is wrong with the ballots that were opened, by log entry. */
const ballotProblems = (
  { frozen, opened }: Counting,
  last: ReadonlyMap<number, PublicBallot>,
  sha256: Sha256,
): readonly string[] => {
  const entries = opened.map(([entry]) => entry)
  const wrong = opened.flatMap(([entry, choice, nonce], at) => {
    const ballot = last.get(entry)
    if (!ballot) return [`entry ${entry} was counted, but it is no last ballot of this vote`]
    if (entries.indexOf(entry) !== at) return [`entry ${entry} was counted twice`]
    if (!Object.hasOwn(frozen.roll, ballot.slot))
      return [`entry ${entry} was counted, but it is of nobody on the roll`]
    if (sealOf(nonce, choice, sha256) === ballot.seal) return []
    return [`entry ${entry} was opened as ${choice}, but that is not what was sealed in it`]
  })
  const missing = [...last.keys()].filter((entry) => !entries.includes(entry))
  return [...wrong, ...missing.map((entry) => `the ballot in entry ${entry} was not counted`)]
}

const count = ({ vote, frozen, opened }: Counting): Tally => {
  const running = startCount(frozen)
  const slots = new Map(vote.ballots.map(({ entry, slot }) => [entry, slot]))
  for (const slot of vote.aside) if (Object.hasOwn(frozen.roll, slot)) standAside(running, slot)
  for (const [entry, choice] of opened) castBallot(running, slots.get(entry) ?? '', choice)
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
  const found = count(counting)
  const problems = [
    ...(unread > 0 ? [`${unread} opened ballots cannot be read`] : []),
    ...ballotProblems(counting, lastBallots(vote), sha256),
    ...outcomeProblems(counting, found),
  ]
  return { id, tally: found, problems, uncounted: null }
}
