import type { Charter, CharterBody, EmergencyRule } from './charter.ts'
import { durationOf, sayDuration } from './duration.ts'
import { compareFractions } from './fraction.ts'

/**
 * Says in plain words what a charter lays down for all its matters: who there is, who stands aside,
 * who may vote for another, what stays secret, and who can close a door in an emergency. English
 * only, as in `describeRule`.
 */
export function describeCommon(charter: Charter): readonly string[] {
  return [
    ...Object.entries(charter.bodies).map(sayBody),
    ...sayRecusal(charter),
    ...sayProxy(charter),
    ...sayAssisted(charter),
    ...saySecrecy(charter),
    ...sayEmergency(charter.emergency),
  ]
}

function sayBody([name, { register, groupBy, title }]: readonly [string, CharterBody]): string {
  const called = Object.entries(title ?? {}).map(([lang, text]) => `"${text}" (${lang})`)
  const names = called.length === 0 ? '' : `, called ${called.join(', ')}`
  const groups = groupBy === undefined ? '' : ` and counts by ${groupBy}`
  return `The body "${name}"${names} is everyone on the register "${register}"${groups}.`
}

function sayRecusal({ recusal }: Charter): string[] {
  const { mustDeclare, byPeers, maxShare } = recusal
  const reasons = mustDeclare.length === 0 ? 'nothing in particular' : mustDeclare.join(', ')
  const share = compareFractions(byPeers, '1/2') === 0 ? 'more than half' : `at least ${byPeers}`
  return [
    `Reasons to stand aside that members must declare: ${reasons}.`,
    `A member stands aside when ${share} of the others require it.`,
    `If more than ${maxShare} of the roll stand aside, too few are left to decide.`,
  ]
}

function sayProxy({ proxy }: Charter): string[] {
  if (proxy.depth === 0) return ['Nobody votes for another.']
  const carries = proxy.carriesObjection ? 'an objection too' : 'but an objection only as a no'
  return [
    `A member may name one other member to vote for them, ${carries}; their own ballot comes first.`,
  ]
}

function sayAssisted({ assisted }: Charter): string[] {
  return [
    `Ballots from a meeting take ${assisted.stewards} stewards who confirm each other, and may be at most ${assisted.maxShare} of the roll.`,
  ]
}

const ROLL_CALL = {
  none: 'Nobody reads who voted how, not even after the close.',
  body: 'After the close the body that decided reads who voted how.',
  community: 'After the close all members of the community read who voted how.',
  public: 'After the close everyone reads who voted how.',
} as const

const GROUP_COUNTS = {
  never: 'The votes of single groups are never published.',
  min3: 'The votes of a group are published from three members on.',
  always: 'The votes of every group are published.',
} as const

function saySecrecy({ secrecy }: Charter): string[] {
  return [
    secrecy.runningTally === 'sealed'
      ? 'The count stays sealed until the close.'
      : 'The count can be read while the vote is open.',
    ROLL_CALL[secrecy.rollCall],
    GROUP_COUNTS[secrecy.publicGroupCounts],
  ]
}

function sayEmergency({ who, maxDuration, coolDown, ratifyBy }: EmergencyRule): string[] {
  const hands = who.map(({ body, count }) => `${count} of "${body}"`).join(', or ')
  const longest = sayDuration(durationOf(maxDuration))
  const rest = sayDuration(durationOf(coolDown))
  return [
    `In an emergency ${hands} can close access for at most ${longest}, and again only after ${rest}; a vote under "${ratifyBy}" confirms it.`,
  ]
}
