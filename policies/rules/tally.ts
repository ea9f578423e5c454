import type { GroupRule } from './charter.ts'
import { assistedVoices, type Count } from './count.ts'
import { ceilOf, compareFractions, exceeds } from './fraction.ts'
import type { Tally, TallyReason } from './proposal.ts'

interface Check extends TallyReason {
  readonly met: boolean
}

/**
 * Counts a vote. Yes votes are measured against everyone who may decide, so silence never approves
 * and coming to vote no never helps yes; the recused leave the roll but not the list of groups, so
 * that nobody can be spared a group's consent by making its member stand aside.
 */
export function tally(count: Count): Tally {
  const quorum = quorumChecks(count)
  const support = supportChecks(count)
  const inquorate = quorum.some((check) => !check.met)
  const pass = !inquorate && support.every((check) => check.met)
  const { yes, abstain, object: objections } = count.numbers
  return {
    yes,
    no: against(count),
    abstain,
    objections,
    deciders: count.deciders,
    cast: yes + against(count) + abstain,
    assisted: assistedVoices(count).size,
    needed: ceilOf(count.frozen.rule.approveOfRoll, count.deciders),
    groups: { need: groupsNeeded(count), have: groupsWithYes(count) },
    pass,
    inquorate,
    reasons: reasonsOf(inquorate ? quorum : support, pass),
  }
}

/** Every condition of the count, met or not, in the order in which they are asked. */
export function conditionsOf(count: Count): readonly Check[] {
  return [...quorumChecks(count), ...supportChecks(count)]
}

/** An objection is a no with a reason. */
function against(count: Count): number {
  return count.numbers.no + count.numbers.object
}

function reasonsOf(checks: readonly Check[], pass: boolean): TallyReason[] {
  return checks
    .filter((check) => check.met === pass)
    .map((check) => ({ code: check.code, text: check.text }))
}

function groupsNeeded(count: Count): number {
  const rule = count.frozen.rule.groups
  return rule === null ? 0 : Math.max(1, ceilOf(rule.need, count.yesByGroup.size))
}

function groupsWithYes(count: Count): number {
  const rule = count.frozen.rule.groups
  if (rule === null) return 0
  return [...count.yesByGroup.values()].filter((yes) => yes >= rule.minYes).length
}

function quorumChecks(count: Count): Check[] {
  const { frozen, roll, deciders } = count
  const aside = roll - deciders
  return [
    {
      met: deciders >= frozen.rule.minDeciders,
      code: 'too-few-deciders',
      text: `${members(deciders)} can decide; the charter asks for at least ${frozen.rule.minDeciders}.`,
    },
    {
      met: !exceeds(aside, roll, frozen.maxRecusedShare),
      code: 'too-many-recused',
      text: `${aside} of ${members(roll)} stand aside; the charter allows at most ${frozen.maxRecusedShare} of them.`,
    },
  ]
}

function supportChecks(count: Count): Check[] {
  const { rule } = count.frozen
  const checks = [rollCheck(count), castCheck(count)]
  if (rule.groups !== null) checks.push(groupCheck(count, rule.groups))
  if (rule.objection === 'blocks') checks.push(objectionCheck(count))
  return checks
}

function rollCheck({ frozen, numbers, deciders }: Count): Check {
  const needed = ceilOf(frozen.rule.approveOfRoll, deciders)
  const met = numbers.yes >= needed
  return {
    met,
    code: met ? 'roll-met' : 'roll-short',
    text: `${numbers.yes} of ${members(deciders)} who can decide said yes; at least ${needed} must, and silence is not a yes.`,
  }
}

/** "yes > no" makes a tie fail under every share, and makes exactly one half mean more than half. */
function castCheck(count: Count): Check {
  const share = count.frozen.rule.approveOfCast
  const { yes } = count.numbers
  const no = against(count)
  const met = yes > no && yes >= ceilOf(share, yes + no)
  const asked = compareFractions(share, '1/2') === 0 ? 'more than half' : `at least ${share}`
  const tied = yes === no
  return {
    met,
    code: met ? 'cast-met' : tied ? 'tied' : 'cast-short',
    text: `${yes} said yes and ${no} no; yes must be ${asked} of them${tied ? ', and a tie is a no' : ''}.`,
  }
}

function groupCheck(count: Count, rule: GroupRule): Check {
  const need = groupsNeeded(count)
  const have = groupsWithYes(count)
  const met = have >= need
  return {
    met,
    code: met ? 'groups-met' : 'groups-short',
    text: `${have} of ${count.yesByGroup.size} groups brought ${rule.minYes} yes or more; at least ${need} must.`,
  }
}

function objectionCheck({ numbers }: Count): Check {
  const met = numbers.object === 0
  const text = met
    ? 'No objection stands.'
    : `${numbers.object} reasoned objection${numbers.object === 1 ? ' stands' : 's stand'}; one is enough to stop a decision by consent.`
  return { met, code: met ? 'no-objection' : 'objection-stands', text }
}

function members(count: number): string {
  return `${count} member${count === 1 ? '' : 's'}`
}
