import type { BodySize, CharterRule } from './charter.ts'
import { durationOf, sayDuration } from './duration.ts'
import { ceilOf, compareFractions } from './fraction.ts'
import type { Frozen, FrozenRule } from './proposal.ts'

interface Described {
  readonly rule: FrozenRule
  readonly size: BodySize
  /** Milliseconds. */
  readonly open: { readonly min: number; readonly max: number }
  readonly times: Omit<Frozen['times'], 'openFor' | 'retryAfter'>
}

/**
 * Says in plain words who decides, how many yes it takes, what silence means, when the vote closes
 * and who can stop it. `sizes` is read for a charter rule only; a frozen vote knows its own roll.
 * There is English so far, whatever the `locale`: the words of a vote are never machine-translated.
 */
export function describeRule(
  subject: Frozen | CharterRule,
  sizes: Readonly<Record<string, BodySize>>,
  _locale: string,
): readonly string[] {
  const described = 'times' in subject ? ofFrozen(subject) : ofRule(subject, sizes)
  return [
    sayDeciders(described),
    sayThresholds(described),
    ...sayGroups(described),
    ...sayDeliberation(subject),
    'Silence is not a yes: a member who does not vote helps no proposal pass.',
    sayObjection(described),
    sayClose(described),
    ...sayRemedy('veto', described.rule.vetoBody, described.times.veto),
    ...sayRemedy('appeal', described.rule.appealBody, described.times.appeal),
    `An accepted decision takes effect once, within ${sayDuration(described.times.execWithin)}; after that it lapses.`,
  ]
}

function sayDeliberation(subject: Frozen | CharterRule): string[] {
  if ('times' in subject || subject.deliberation === undefined) return []
  const length = sayDuration(durationOf(subject.deliberation))
  return [`A proposal is talked over for ${length} before its vote opens by itself.`]
}

function ofFrozen(frozen: Frozen): Described {
  const groups = new Set(Object.values(frozen.roll).filter((group) => group !== ''))
  const size = { members: Object.keys(frozen.roll).length, groups: groups.size }
  const { openFor } = frozen.times
  return { rule: frozen.rule, size, open: { min: openFor, max: openFor }, times: frozen.times }
}

function ofRule(rule: CharterRule, sizes: Readonly<Record<string, BodySize>>): Described {
  const size = Object.hasOwn(sizes, rule.body) ? sizes[rule.body] : undefined
  return {
    rule: {
      ...rule,
      groups: rule.groups ?? null,
      effect: rule.effect ?? '',
      vetoBody: rule.veto?.body ?? null,
      appealBody: rule.appeal?.body ?? null,
    },
    size: size ?? { members: 0, groups: 0 },
    open: { min: durationOf(rule.open.min), max: durationOf(rule.open.max) },
    times: {
      lateWindow: durationOf(rule.open.lateWindow),
      extension: durationOf(rule.open.extension),
      maxExtensions: rule.open.maxExtensions,
      veto: durationOf(rule.veto?.window ?? 'PT0S'),
      appeal: durationOf(rule.appeal?.window ?? 'PT0S'),
      execWithin: durationOf(rule.execWithin),
    },
  }
}

function sayDeciders({ rule, size }: Described): string {
  const least =
    rule.minDeciders === 1 ? '' : `; at least ${rule.minDeciders} of them must be free to`
  const members = size.members === 1 ? 'its 1 member' : `its ${size.members} members`
  return `The body "${rule.body}" decides: ${members} on the day the vote opens${least}.`
}

function sayThresholds({ rule, size }: Described): string {
  const needed = ceilOf(rule.approveOfRoll, size.members)
  const half = compareFractions(rule.approveOfCast, '1/2') === 0
  const cast = half ? 'more yes than no' : `at least ${rule.approveOfCast} yes among yes and no`
  return `It takes ${needed} yes (${rule.approveOfRoll} of all who can decide) and ${cast}; a tie is a no. Members who stand aside are not counted.`
}

function sayGroups({ rule, size }: Described): string[] {
  if (rule.groups === null) return []
  const need = Math.max(1, ceilOf(rule.groups.need, size.groups))
  return [
    `${need} of the ${size.groups} groups (${rule.groups.need}) must each bring ${rule.groups.minYes} yes or more.`,
  ]
}

function sayObjection({ rule }: Described): string {
  return rule.objection === 'blocks'
    ? 'This is consent: one objection with a reason stops the proposal unless it is withdrawn.'
    : 'An objection with a reason counts as a no.'
}

function sayClose({ open, times }: Described): string {
  const span =
    open.min === open.max
      ? sayDuration(open.max)
      : `between ${sayDuration(open.min)} and ${sayDuration(open.max)}`
  const fixed = `The vote is open for ${span} and never closes early.`
  if (times.maxExtensions === 0 || times.lateWindow === 0) return fixed
  return `${fixed} If the result flips in the last ${sayDuration(times.lateWindow)}, it stays open ${sayDuration(times.extension)} longer, at most ${times.maxExtensions} time${times.maxExtensions === 1 ? '' : 's'}.`
}

function sayRemedy(name: 'veto' | 'appeal', body: string | null, window: number): string[] {
  if (body === null) return []
  return name === 'veto'
    ? [
        `For ${sayDuration(window)} after the close any member of "${body}" can veto it with a reason.`,
      ]
    : [`For ${sayDuration(window)} after the close members of "${body}" can appeal.`]
}
