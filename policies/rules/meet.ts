import { type Decision, OUTCOMES, type Outcome } from './decision.ts'
import { mergeDuties } from './duties.ts'
import { createTermNumbers } from './term-sets.ts'
import { allOf } from './ways.ts'

/**
 * The least of several outcomes: deny below refer below permit. No outcome at all is a deny,
 * because what has no terms is not given out.
 */
export const meetOutcomes = (outcomes: readonly Outcome[]): Outcome =>
  OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? 'deny'

function meetWays(decisions: readonly Decision[]): Decision['ways'] {
  const { setOf, wayOf } = createTermNumbers()
  const open = decisions.filter(({ decision }) => decision !== 'permit')
  return open.length === 0 ? [] : allOf(open.map(({ ways }) => ways.map(setOf))).map(wayOf)
}

const latest = (times: readonly (number | null)[]): number | null => {
  const waits = times.filter((time) => time !== null)
  return waits.length === 0 ? null : Math.max(...waits)
}

/** The first of some instants; null for never. */
export const soonest = (times: readonly (number | null)[]): number | null => {
  const turns = times.filter((time) => time !== null)
  return turns.length === 0 ? null : Math.min(...turns)
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

/**
 * The decision under several licences at once (a derived work, or several custodians): all must
 * permit, so bars and duties add up and the least outcome wins. Without any decision it is a deny.
 * Ways are joined term by term; a date window in one and a date in another are not checked together.
 */
export function meet(decisions: readonly Decision[]): Decision {
  const ways = meetWays(decisions)
  const needs = decisions.map((decision) => decision.needs)
  return {
    decision: meetOutcomes(decisions.map(({ decision }) => decision)),
    bars: decisions.flatMap(({ bars }) => bars),
    mightBar: decisions.flatMap(({ mightBar }) => mightBar),
    unmet: decisions.flatMap(({ unmet }) => unmet),
    ways,
    needs: {
      facts: unique(needs.flatMap(({ facts }) => facts)),
      agreement: unique(needs.flatMap(({ agreement }) => agreement)),
      council: needs.some(({ council }) => council),
      time: latest(needs.map(({ time }) => time)),
    },
    duties: mergeDuties(decisions.map(({ duties }) => duties)),
    nextChangeAt: soonest(decisions.map(({ nextChangeAt }) => nextChangeAt)),
  }
}
