import type { Charter, CharterRule } from './charter.ts'
import type { Sizes } from './compare-rules.ts'
import { describeCommon } from './describe-common.ts'
import { describeRule } from './describe-rule.ts'
import { durationOf, sayDuration } from './duration.ts'
import { MATTERS, type Matter } from './matters.ts'

/** What one part of a charter no longer says and says instead. */
export interface CharterChange {
  /** null: what holds for all matters. */
  readonly matter: Matter | null
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/**
 * What `after` changes in `before`, sentence by sentence and matter by matter; empty when both bind
 * alike. Numbers of people are those of `sizes`, for both. Version, day and previous digest are no
 * change of a rule.
 */
export function diffCharters(
  before: Charter,
  after: Charter,
  sizes: Sizes,
): readonly CharterChange[] {
  const common = compare(null, wordsOfCommon(before), wordsOfCommon(after))
  const matters = MATTERS.flatMap((matter) => {
    const [was, becomes] = [before.matters[matter], after.matters[matter]]
    return compare(matter, wordsOfRule(was, sizes), wordsOfRule(becomes, sizes))
  })
  return [...common, ...matters]
}

function compare(
  matter: Matter | null,
  before: readonly string[],
  after: readonly string[],
): CharterChange[] {
  const removed = before.filter((sentence) => !after.includes(sentence))
  const added = after.filter((sentence) => !before.includes(sentence))
  return removed.length + added.length === 0 ? [] : [{ matter, removed, added }]
}

/** The sentences people read, and those that only matter to somebody who compares. */
function wordsOfRule(rule: CharterRule | undefined, sizes: Sizes): readonly string[] {
  if (rule === undefined) return []
  const { open, effect } = rule
  const again = sayDuration(durationOf(rule.retryAfter))
  return [
    ...describeRule(rule, sizes, 'en'),
    `What was not accepted can be asked again after ${again}.`,
    ...(effect === undefined ? [] : [`Its effect is "${effect}".`]),
    ...lateWords(open),
  ]
}

/** Late windows without a turn left say nothing in the rule; written down they still differ. */
function lateWords({ lateWindow, extension, maxExtensions }: CharterRule['open']): string[] {
  const idle = maxExtensions === 0 || durationOf(lateWindow) === 0
  if (!idle) return []
  return [
    `Late changes move no close (window ${lateWindow}, extension ${extension}, ${maxExtensions} times).`,
  ]
}

function wordsOfCommon(charter: Charter): readonly string[] {
  const { title = {}, text = {} } = charter
  return [
    ...Object.entries(title).map(([lang, words]) => `Its title (${lang}): ${words}`),
    ...Object.entries(text).map(([lang, words]) => `It says of itself (${lang}): ${words}`),
    ...describeCommon(charter),
  ]
}
