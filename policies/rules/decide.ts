import { type Answers, answersTo, type KnownFacts, readFacts } from './answers.ts'
import { type ActionRules, bodyValue, NO_RULES } from './compile.ts'
import type { Outcome } from './decision.ts'
import type { Facts, Use } from './facts.ts'
import { NO, YES } from './kleene.ts'
import type { Licence } from './licence.ts'
import type { Action, Purpose } from './vocabulary.ts'

const UNNAMED: readonly (Purpose | undefined)[] = [undefined]

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
export function judge(rules: ActionRules, answers: Answers): Outcome {
  const barred = bodyValue(rules.barred, answers)
  if (barred === YES) return 'deny'
  const allowed = bodyValue(rules.allowed, answers)
  if (allowed === NO) return 'deny'
  return allowed === YES && barred === NO ? 'permit' : 'refer'
}

/**
 * The outcome alone, for the door that bytes leave through: as `evaluate`, without the reasons.
 *
 * `now` is epoch milliseconds. Throws TypeError when the use has no action.
 */
export const decide = (licence: Licence, facts: Facts, use: Use, now: number): Outcome =>
  decideKnown(licence, readFacts(facts), use, now)

/** `decide` for facts that were read before: one asker, many licences. */
export function decideKnown(licence: Licence, facts: KnownFacts, use: Use, now: number): Outcome {
  requireAction(use)
  let outcome: Outcome = 'permit'
  for (const purpose of purposesOf(use)) {
    const answers = answersTo(licence.compiled.table, facts, { purpose, now })
    for (const action of use.actions) {
      const next = judge(rulesFor(licence, action), answers)
      if (next === 'deny') return 'deny'
      if (next === 'refer') outcome = 'refer'
    }
  }
  return outcome
}
