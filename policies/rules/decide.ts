import { type ActionRules, bodyValue } from './compile.ts'
import type { Outcome } from './decision.ts'
import type { Facts, Use } from './facts.ts'
import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import type { Licence } from './licence.ts'
import type { Inputs } from './test-table.ts'
import type { Action, Purpose } from './vocabulary.ts'

const UNNAMED: readonly (Purpose | undefined)[] = [undefined]
const NO_RULES: ActionRules = { permissions: [], bars: [], timed: [] }

/** The purposes to judge a use for; a use that names none is judged once, for an unknown one. */
export const purposesOf = ({ purposes }: Use): readonly (Purpose | undefined)[] =>
  purposes.length === 0 ? UNNAMED : purposes

/** The rules that speak of an action; none for a word outside the vocabulary. */
export const rulesFor = ({ compiled }: Licence, action: Action): ActionRules =>
  compiled.byAction[action] ?? NO_RULES

/** A use without an action would be permitted for want of anything to refuse. */
export function requireAction({ actions }: Use): void {
  if (actions.length === 0) throw new TypeError('a use names at least one action; see parseUse')
}

/** One action for one purpose: deny over refer over permit, and unknown never permits. */
export function judge(rules: ActionRules, inputs: Inputs): Outcome {
  let barred: Kleene = NO
  for (const bar of rules.bars) {
    const value = bodyValue(bar.body, inputs)
    if (value === YES) return 'deny'
    if (value === UNKNOWN) barred = UNKNOWN
  }
  let allowed: Kleene = NO
  for (const permission of rules.permissions) {
    const value = bodyValue(permission.body, inputs)
    if (value === YES) return barred === NO ? 'permit' : 'refer'
    if (value === UNKNOWN) allowed = UNKNOWN
  }
  return allowed === NO ? 'deny' : 'refer'
}

/**
 * The outcome alone, for the door that bytes leave through: as `evaluate`, without the reasons.
 *
 * `now` is epoch milliseconds. Throws TypeError when the use has no action.
 */
export function decide(licence: Licence, facts: Facts, use: Use, now: number): Outcome {
  requireAction(use)
  let outcome: Outcome = 'permit'
  for (const purpose of purposesOf(use)) {
    const inputs: Inputs = { facts, purpose, now, settled: false }
    for (const action of use.actions) {
      const next = judge(rulesFor(licence, action), inputs)
      if (next === 'deny') return 'deny'
      if (next === 'refer') outcome = 'refer'
    }
  }
  return outcome
}
