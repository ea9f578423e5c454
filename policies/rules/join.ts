import { type Decision, OUTCOMES, type Outcome } from './decision.ts'
import { meet, soonest } from './meet.ts'
import { createTermNumbers } from './term-sets.ts'
import { minimal } from './ways.ts'

/**
 * The greatest of several outcomes: deny below refer below permit. What is not known stays a refer:
 * there is a permit only where one of them is a permit already. No outcome at all is a deny.
 */
export const joinOutcomes = (outcomes: readonly Outcome[]): Outcome =>
  OUTCOMES.findLast((outcome) => outcomes.includes(outcome)) ?? 'deny'

function joinWays(decisions: readonly Decision[]): Decision['ways'] {
  const { setOf, wayOf } = createTermNumbers()
  return minimal(decisions.flatMap(({ ways }) => ways.map(setOf))).map(wayOf)
}

/** The one with the least left to do; what nothing can change comes last. */
const nearest = (decisions: readonly Decision[]): Decision | undefined =>
  decisions.toSorted((a, b) => (a.ways[0]?.length ?? 1e9) - (b.ways[0]?.length ?? 1e9))[0]

/**
 * The decision where the word of any one custodian is enough: the greatest outcome wins, with the
 * reasons and duties of whoever gives it, and every way to a yes of any of them. A vote is needed
 * only when every custodian who can still say yes needs one. Without any decision it is a deny.
 */
export function join(decisions: readonly Decision[]): Decision {
  const outcome = joinOutcomes(decisions.map(({ decision }) => decision))
  const saying = decisions.filter(({ decision }) => decision === outcome)
  const best = nearest(saying)
  if (best === undefined) return meet([])
  const nextChangeAt = soonest(decisions.map((one) => one.nextChangeAt))
  if (outcome === 'permit') return { ...best, nextChangeAt }
  const mendable = decisions.filter(({ ways }) => ways.length > 0)
  return {
    ...best,
    bars: saying.flatMap(({ bars }) => bars),
    mightBar: saying.flatMap(({ mightBar }) => mightBar),
    unmet: saying.flatMap(({ unmet }) => unmet),
    ways: joinWays(decisions),
    needs: {
      ...best.needs,
      council: mendable.length > 0 && mendable.every(({ needs }) => needs.council),
    },
    nextChangeAt,
  }
}
