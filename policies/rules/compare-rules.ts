import type { BodySize, CharterRule } from './charter.ts'
import { durationOf } from './duration.ts'
import { ceilOf, compareFractions } from './fraction.ts'

/** Members and groups of each body of the charter today; a body left out counts as empty. */
export type Sizes = Readonly<Record<string, BodySize>>

/** In which respects passing `rule` is easier than passing `than`, in words; none if it is as hard. */
export function easierParts(rule: CharterRule, than: CharterRule, sizes: Sizes): string[] {
  if (rule === than) return []
  const parts = [...easierNumbers(rule, than, sizes), ...easierGroups(rule, than)]
  if (rule.body === than.body && rule.objection === 'none' && than.objection === 'blocks') {
    parts.push('an objection does not stop it')
  }
  if (than.veto !== undefined && rule.veto?.body !== than.veto.body) {
    parts.push(`"${than.veto.body}" has no veto`)
  } else if (windowOf(rule.veto) < windowOf(than.veto)) {
    parts.push('the time for a veto is shorter')
  }
  if (durationOf(rule.open.min) < durationOf(than.open.min)) parts.push('the vote can be shorter')
  return parts
}

/** Bodies of different size are compared by the yes votes it takes, the same body by its shares. */
function easierNumbers(rule: CharterRule, than: CharterRule, sizes: Sizes): string[] {
  const parts: string[] = []
  const sameBody = rule.body === than.body
  if (sameBody && compareFractions(rule.approveOfRoll, than.approveOfRoll) < 0) {
    parts.push(`${rule.approveOfRoll} of the roll instead of ${than.approveOfRoll}`)
  }
  if (!sameBody && yesNeeded(rule, sizes) < yesNeeded(than, sizes)) {
    parts.push(
      `${yesNeeded(rule, sizes)} yes of "${rule.body}" instead of ${yesNeeded(than, sizes)} of "${than.body}"`,
    )
  }
  if (compareFractions(rule.approveOfCast, than.approveOfCast) < 0) {
    parts.push(`${rule.approveOfCast} of the votes instead of ${than.approveOfCast}`)
  }
  if (sameBody && rule.minDeciders < than.minDeciders) {
    parts.push(`${rule.minDeciders} deciders instead of ${than.minDeciders}`)
  }
  return parts
}

function easierGroups(rule: CharterRule, than: CharterRule): string[] {
  if (than.groups === undefined) return []
  if (rule.groups === undefined) return ['the groups are not asked']
  const fewer = compareFractions(rule.groups.need, than.groups.need) < 0
  return fewer || rule.groups.minYes < than.groups.minYes ? ['fewer groups must agree'] : []
}

/** Members and groups of `body`; nobody if it is left out. */
export function sizeOf(sizes: Sizes, body: string): BodySize {
  const size = Object.hasOwn(sizes, body) ? sizes[body] : undefined
  return size ?? { members: 0, groups: 0 }
}

function yesNeeded(rule: CharterRule, sizes: Sizes): number {
  return ceilOf(rule.approveOfRoll, sizeOf(sizes, rule.body).members)
}

/** Milliseconds a veto or appeal has; 0 if there is none. */
export function windowOf(part: { readonly window: string } | undefined): number {
  return part === undefined ? 0 : durationOf(part.window)
}
