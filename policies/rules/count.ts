import type { Choice, Frozen } from './proposal.ts'

/**
 * The running count of one vote. Only the member who acts and those they speak for are counted
 * again, so that a vote of thousands stays cheap to follow.
 */
export interface Count {
  readonly frozen: Frozen
  /** The last ballot each member cast themselves. */
  readonly ballots: Map<string, Choice>
  /** The last ballot that stewards entered and confirmed for a member. */
  readonly assisted: Map<string, Choice>
  readonly recused: Set<string>
  /** What is counted for each member, by their own ballot or their proxy's. */
  readonly voices: Map<string, Choice>
  readonly numbers: Record<Choice, number>
  /** Yes votes of every group on the roll, those of the recused included. */
  readonly yesByGroup: Map<string, number>
  /** Who named this member as their proxy. */
  readonly lenders: ReadonlyMap<string, readonly string[]>
  readonly roll: number
  /** The roll without the recused. */
  deciders: number
}

export function startCount(frozen: Frozen): Count {
  const groups = Object.values(frozen.roll)
  const count: Count = {
    frozen,
    ballots: new Map(),
    assisted: new Map(),
    recused: new Set(),
    voices: new Map(),
    numbers: { yes: 0, no: 0, abstain: 0, object: 0 },
    yesByGroup: new Map(groups.filter((group) => group !== '').map((group) => [group, 0])),
    lenders: lendersOf(frozen),
    roll: groups.length,
    deciders: groups.length,
  }
  for (const member of frozen.aside ?? []) standAside(count, member)
  return count
}

function lendersOf(frozen: Frozen): Map<string, string[]> {
  const lenders = new Map<string, string[]>()
  for (const [member, proxy] of Object.entries(frozen.proxies)) {
    if (!Object.hasOwn(frozen.roll, member)) continue
    const others = lenders.get(proxy)
    if (others === undefined) lenders.set(proxy, [member])
    else others.push(member)
  }
  return lenders
}

/** Counts the ballot of a member on the roll, in place of any earlier one. */
export function castBallot(count: Count, member: string, choice: Choice): void {
  count.ballots.set(member, choice)
  hearAgain(count, member)
}

/** Counts a ballot that was entered for a member, unless they cast one themselves. */
export function castAssisted(count: Count, member: string, choice: Choice): void {
  count.assisted.set(member, choice)
  hearAgain(count, member)
}

/** What a member said, at the ballot or at a meeting; never what a proxy said. */
export function ownVoice(count: Count, member: string): Choice | undefined {
  return count.ballots.get(member) ?? count.assisted.get(member)
}

/** Members who are heard by a ballot that was entered for them. */
export function assistedVoices({ assisted, ballots, recused }: Count): Set<string> {
  return new Set([...assisted.keys()].filter((one) => !ballots.has(one) && !recused.has(one)))
}

/** Takes someone out of the vote; guardians and appeal members need not be on the roll. */
export function standAside(count: Count, member: string): void {
  if (Object.hasOwn(count.frozen.roll, member) && !count.recused.has(member)) count.deciders -= 1
  count.recused.add(member)
  hearAgain(count, member)
}

function hearAgain(count: Count, member: string): void {
  hear(count, member)
  for (const lender of count.lenders.get(member) ?? []) hear(count, lender)
}

function hear(count: Count, member: string): void {
  const before = count.voices.get(member)
  const now = voiceOf(count, member)
  if (before !== undefined) add(count, member, before, -1)
  if (now === undefined) {
    count.voices.delete(member)
    return
  }
  count.voices.set(member, now)
  add(count, member, now, 1)
}

function add(count: Count, member: string, voice: Choice, by: 1 | -1): void {
  count.numbers[voice] += by
  const group = count.frozen.roll[member] ?? ''
  if (voice === 'yes' && group !== '') {
    count.yesByGroup.set(group, (count.yesByGroup.get(group) ?? 0) + by)
  }
}

/** A member's own ballot, else that of their proxy; a proxy passes on nothing that was lent to them. */
function voiceOf(count: Count, member: string): Choice | undefined {
  const { frozen, recused } = count
  if (recused.has(member)) return undefined
  const own = ownVoice(count, member)
  if (own !== undefined || !Object.hasOwn(frozen.proxies, member)) return own
  const proxy = frozen.proxies[member] ?? ''
  if (recused.has(proxy)) return undefined
  const voice = ownVoice(count, proxy)
  return voice === 'object' && !frozen.proxyCarriesObjection ? 'no' : voice
}
