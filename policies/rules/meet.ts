import { type Decision, OUTCOMES, type Outcome, type Term } from './decision.ts'
import { mergeDuties } from './duties.ts'
import { allOf } from './ways.ts'

/**
 * The least of several outcomes: deny below refer below permit. No outcome at all is a deny,
 * because what has no terms is not given out.
 */
export const meetOutcomes = (outcomes: readonly Outcome[]): Outcome =>
  OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? 'deny'

const termKey = ({ fact, needed }: Term): string =>
  JSON.stringify([fact, needed.operator, needed.values])

function meetWays(decisions: readonly Decision[]): Decision['ways'] {
  const terms: Term[] = []
  const numbers = new Map<string, number>()
  const numberOf = (term: Term): number => {
    const key = termKey(term)
    const number = numbers.get(key) ?? terms.push(term) - 1
    numbers.set(key, number)
    return number
  }
  const open = decisions.filter(({ decision }) => decision !== 'permit')
  const sets = allOf(open.map(({ ways }) => ways.map((way) => way.map(numberOf))))
  return open.length === 0
    ? []
    : sets.map((set) => set.map((number) => terms[number]).filter((term) => term !== undefined))
}

const latest = (times: readonly (number | null)[]): number | null => {
  const waits = times.filter((time) => time !== null)
  return waits.length === 0 ? null : Math.max(...waits)
}

const soonest = (times: readonly (number | null)[]): number | null => {
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
