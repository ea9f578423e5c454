import { answersTo, type KnownFacts, readFacts } from './answers.ts'
import { bodyValue } from './compile.ts'
import { purposesOf, requireAction, rulesFor } from './decide.ts'
import type { Decision, Outcome } from './decision.ts'
import { mergeDuties } from './duties.ts'
import type { Facts, Use } from './facts.ts'
import { UNKNOWN, YES } from './kleene.ts'
import type { Duty, Licence } from './licence.ts'
import { meetOutcomes } from './meet.ts'
import { nextTurn } from './moment.ts'
import { NOTHING_NEEDED } from './needs.ts'
import { barsWith, type Pair, reasonsFor } from './reasons.ts'
import type { Inputs } from './test-table.ts'

function pairsOf(licence: Licence, known: KnownFacts, use: Use, now: number): readonly Pair[] {
  const pairs: Pair[] = []
  for (const purpose of purposesOf(use)) {
    const inputs: Inputs = { facts: known.facts, purpose, now }
    const answers = answersTo(licence.compiled.table, known, inputs)
    for (const action of use.actions) {
      const rules = rulesFor(licence, action)
      const allowed = rules.permissions.map(({ body }) => bodyValue(body, answers))
      const barred = rules.bars.map(({ body }) => bodyValue(body, answers))
      pairs.push({ action, inputs, answers, rules, allowed, barred })
    }
  }
  return pairs
}

function outcomeOf({ allowed, barred }: Pair): Outcome {
  if (barred.includes(YES)) return 'deny'
  if (allowed.includes(YES)) return barred.includes(UNKNOWN) ? 'refer' : 'permit'
  return allowed.includes(UNKNOWN) ? 'refer' : 'deny'
}

function dutiesOfPair({ rules, allowed }: Pair): readonly Duty[] {
  const holding = rules.permissions[allowed.indexOf(YES)]
  return holding?.duties ?? rules.duties
}

function nextChange(pairs: readonly Pair[]): number | null {
  let soonest = Number.POSITIVE_INFINITY
  for (const { inputs, rules } of pairs)
    for (const test of rules.timed)
      soonest = Math.min(soonest, nextTurn(test, inputs) ?? Number.POSITIVE_INFINITY)
  return soonest === Number.POSITIVE_INFINITY ? null : soonest
}

/**
 * Whether a licence lets somebody use a dataset, and why.
 *
 * `facts` is what is known of the one who asks, `use` what is asked (every action for every
 * purpose), `now` the time in epoch milliseconds. Three-valued (Kleene): a prohibition that holds
 * or the lack of any permission denies; what is unknown, or left to people, refers; only a use that
 * is permitted whatever the unknown facts turn out to be is permitted. A denial that has `ways` can
 * still be mended; one without cannot. Throws TypeError when the use has no action.
 */
export const evaluate = (licence: Licence, facts: Facts, use: Use, now: number): Decision =>
  evaluateKnown(licence, readFacts(facts), use, now)

/** `evaluate` for facts that were read before: one asker, many licences. */
export function evaluateKnown(
  licence: Licence,
  facts: KnownFacts,
  use: Use,
  now: number,
): Decision {
  requireAction(use)
  const pairs = pairsOf(licence, facts, use, now)
  const decision = meetOutcomes(pairs.map(outcomeOf))
  const duties = mergeDuties(pairs.map(dutiesOfPair))
  const nextChangeAt = nextChange(pairs)
  if (decision === 'permit')
    return {
      decision,
      bars: [],
      mightBar: [],
      unmet: [],
      ways: [],
      needs: NOTHING_NEEDED,
      duties,
      nextChangeAt,
    }
  const { unmet, ways, needs } = reasonsFor(licence, pairs)
  const bars = barsWith(pairs, YES)
  const mightBar = barsWith(pairs, UNKNOWN)
  return { decision, bars, mightBar, unmet, ways, needs, duties, nextChangeAt }
}
