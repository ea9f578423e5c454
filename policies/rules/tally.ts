import { ceilOf, compareFractions, exceeds } from './fraction.ts'
import type { Choice, Frozen, Tally, TallyReason } from './proposal.ts'

/** The last ballot of each member, and who stands aside. */
export interface Ballots {
  readonly ballots: ReadonlyMap<string, Choice>
  readonly recused: ReadonlySet<string>
}

interface Count {
  readonly yes: number
  readonly no: number
  readonly abstain: number
  readonly objections: number
  readonly roll: number
  readonly deciders: number
  readonly groups: number
  readonly groupsWithYes: number
}

interface Check extends TallyReason {
  readonly met: boolean
}

/**
 * Counts a vote. Yes votes are measured against everyone who may decide, so silence never approves
 * and coming to vote no never helps yes; the recused leave the roll but not the list of groups, so
 * that nobody can be spared a group's consent by making its member stand aside.
 */
export function tally(frozen: Frozen, cast: Ballots): Tally {
  const count = countBallots(frozen, cast)
  const quorum = quorumChecks(frozen, count)
  const support = supportChecks(frozen, count)
  const inquorate = quorum.some((check) => !check.met)
  const pass = !inquorate && support.every((check) => check.met)
  return {
    yes: count.yes,
    no: count.no,
    abstain: count.abstain,
    objections: count.objections,
    deciders: count.deciders,
    cast: count.yes + count.no + count.abstain,
    needed: ceilOf(frozen.rule.approveOfRoll, count.deciders),
    groups: { need: groupsNeeded(frozen, count), have: count.groupsWithYes },
    pass,
    inquorate,
    reasons: reasonsOf(inquorate ? quorum : support, pass),
  }
}

function reasonsOf(checks: readonly Check[], pass: boolean): TallyReason[] {
  return checks
    .filter((check) => check.met === pass)
    .map((check) => ({ code: check.code, text: check.text }))
}

function countBallots(frozen: Frozen, cast: Ballots): Count {
  const number = { yes: 0, no: 0, abstain: 0, object: 0 }
  const yesByGroup = new Map<string, number>()
  let deciders = 0
  const roll = Object.entries(frozen.roll)
  for (const [member, group] of roll) {
    if (group !== '' && !yesByGroup.has(group)) yesByGroup.set(group, 0)
    if (cast.recused.has(member)) continue
    deciders += 1
    const voice = voiceOf(frozen, cast, member)
    if (voice === undefined) continue
    number[voice] += 1
    if (voice === 'yes') yesByGroup.set(group, (yesByGroup.get(group) ?? 0) + 1)
  }
  return {
    yes: number.yes,
    no: number.no + number.object,
    abstain: number.abstain,
    objections: number.object,
    roll: roll.length,
    deciders,
    ...groupCount(frozen, yesByGroup),
  }
}

function groupCount(frozen: Frozen, yesByGroup: ReadonlyMap<string, number>) {
  const rule = frozen.rule.groups
  if (rule === null) return { groups: 0, groupsWithYes: 0 }
  const named = [...yesByGroup].filter(([group]) => group !== '')
  const withYes = named.filter(([, yes]) => yes >= rule.minYes)
  return { groups: named.length, groupsWithYes: withYes.length }
}

/** A member's own ballot, else that of their proxy; a proxy passes on nothing that was lent to them. */
function voiceOf(frozen: Frozen, cast: Ballots, member: string): Choice | undefined {
  const own = cast.ballots.get(member)
  if (own !== undefined) return own
  const proxy = Object.hasOwn(frozen.proxies, member) ? frozen.proxies[member] : undefined
  if (proxy === undefined || cast.recused.has(proxy) || !Object.hasOwn(frozen.roll, proxy)) {
    return undefined
  }
  const voice = cast.ballots.get(proxy)
  return voice === 'object' && !frozen.proxyCarriesObjection ? 'no' : voice
}

function groupsNeeded(frozen: Frozen, count: Count): number {
  const rule = frozen.rule.groups
  return rule === null ? 0 : Math.max(1, ceilOf(rule.need, count.groups))
}

function quorumChecks(frozen: Frozen, count: Count): Check[] {
  const aside = count.roll - count.deciders
  return [
    {
      met: count.deciders >= frozen.rule.minDeciders,
      code: 'too-few-deciders',
      text: `${members(count.deciders)} can decide; the charter asks for at least ${frozen.rule.minDeciders}.`,
    },
    {
      met: !exceeds(aside, count.roll, frozen.maxRecusedShare),
      code: 'too-many-recused',
      text: `${aside} of ${members(count.roll)} stand aside; the charter allows at most ${frozen.maxRecusedShare} of them.`,
    },
  ]
}

function supportChecks(frozen: Frozen, count: Count): Check[] {
  const checks = [rollCheck(frozen, count), castCheck(frozen, count)]
  if (frozen.rule.groups !== null) checks.push(groupCheck(frozen, count))
  if (frozen.rule.objection === 'blocks') checks.push(objectionCheck(count))
  return checks
}

function rollCheck(frozen: Frozen, count: Count): Check {
  const needed = ceilOf(frozen.rule.approveOfRoll, count.deciders)
  const met = count.yes >= needed
  return {
    met,
    code: met ? 'roll-met' : 'roll-short',
    text: `${count.yes} of ${members(count.deciders)} who can decide said yes; at least ${needed} must, and silence is not a yes.`,
  }
}

/** "yes > no" makes a tie fail under every share, and makes exactly one half mean more than half. */
function castCheck(frozen: Frozen, count: Count): Check {
  const share = frozen.rule.approveOfCast
  const votes = count.yes + count.no
  const met = count.yes > count.no && count.yes >= ceilOf(share, votes)
  const asked = compareFractions(share, '1/2') === 0 ? 'more than half' : `at least ${share}`
  const tied = count.yes === count.no
  return {
    met,
    code: met ? 'cast-met' : tied ? 'tied' : 'cast-short',
    text: `${count.yes} said yes and ${count.no} no; yes must be ${asked} of them${tied ? ', and a tie is a no' : ''}.`,
  }
}

function groupCheck(frozen: Frozen, count: Count): Check {
  const need = groupsNeeded(frozen, count)
  const met = count.groupsWithYes >= need
  return {
    met,
    code: met ? 'groups-met' : 'groups-short',
    text: `${count.groupsWithYes} of ${count.groups} groups brought ${frozen.rule.groups?.minYes} yes or more; at least ${need} must.`,
  }
}

function objectionCheck(count: Count): Check {
  const met = count.objections === 0
  const text = met
    ? 'No objection stands.'
    : `${count.objections} reasoned objection${count.objections === 1 ? ' stands' : 's stand'}; one is enough to stop a decision by consent.`
  return { met, code: met ? 'no-objection' : 'objection-stands', text }
}

function members(count: number): string {
  return `${count} member${count === 1 ? '' : 's'}`
}
