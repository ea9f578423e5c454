import type { Resolver, Term } from './decision.ts'
import { UNKNOWN } from './kleene.ts'
import type { Operator, Value } from './licence.ts'
import { earliest, type Wish } from './moment.ts'
import { MOST_OVERDUE } from './operands.ts'
import { isCountry } from './territory.ts'
import { DOMAINS, type Inputs } from './test-table.ts'

const OPPOSITE: Readonly<Record<Operator, Operator>> = {
  eq: 'neq',
  neq: 'eq',
  lt: 'gteq',
  gteq: 'lt',
  gt: 'lteq',
  lteq: 'gt',
  isAnyOf: 'isNoneOf',
  isNoneOf: 'isAnyOf',
}

export const suits = ({ test, wanted }: Wish, value: Value): boolean =>
  test.accepts(value) === wanted

/** The numbers at which the answer of some wish can turn, with 0. */
function turningCounts(wishes: readonly Wish[]): readonly number[] {
  const counts = [0]
  for (const { test } of wishes)
    for (const value of test.values) {
      const count = Number(value)
      for (const near of [count - 1, count, count + 1])
        if (near >= 0 && near <= MOST_OVERDUE + 1) counts.push(near)
    }
  return counts
}

/**
 * The values one fact can still take within a request. Standing only improves: identity is checked
 * further, overdue duties are made good, a lapsed approval is renewed; what was declared stays.
 */
export function reachable(wishes: readonly Wish[], inputs: Inputs): readonly Value[] {
  const [first] = wishes
  if (first === undefined) return []
  const { fact } = first.test
  const have = first.test.have(inputs)
  const known = first.test.truth(inputs) !== UNKNOWN
  if (fact === 'overdueDuties')
    return turningCounts(wishes).filter((count) => !known || count <= Number(have))
  const domain = DOMAINS[fact] ?? []
  if (!known) return domain
  if (fact === 'identityAssurance') return domain.filter((level) => Number(level) >= Number(have))
  if (fact === 'ethicsApproval') return domain
  if (fact === 'benefitAgreement') return have === 'none' ? domain : ['signed']
  if (fact === 'councilApproval') return have === 'lapsed' ? ['lapsed', 'approved'] : [have ?? '']
  return have === undefined ? [] : [have]
}

function whoDecides({ test }: Wish, inputs: Inputs): Resolver {
  switch (test.fact) {
    case 'councilApproval':
    case 'humanOnly':
      return 'council'
    case 'acceptedDuties':
    case 'benefitAgreement':
      return 'agreement'
    case 'dateTime':
    case 'month':
      return 'time'
    case 'purpose':
      return inputs.purpose === 'unlisted' ? 'council' : 'facts'
    case 'territory':
      // A real country that no list places cannot be declared any better by the one who asks.
      return isCountry(inputs.facts.country ?? '') ? 'council' : 'facts'
    default:
      return 'facts'
  }
}

function possible(wish: Wish, inputs: Inputs): boolean {
  const { fact } = wish.test
  if (fact === 'humanOnly' || fact === 'acceptedDuties') return true
  if (fact === 'dateTime' || fact === 'month') return earliest([wish], inputs) !== undefined
  if (fact === 'territory' && wish.test.truth(inputs) !== UNKNOWN) return false
  return reachable([wish], inputs).some((value) => suits(wish, value))
}

/** Who can still bring a wish about; `none` when nothing within this request can. */
export const resolverOf = (wish: Wish, inputs: Inputs): Resolver =>
  possible(wish, inputs) ? whoDecides(wish, inputs) : 'none'

/** A wish that is not fulfilled, as a term for people. */
export function termOf(clause: string, wish: Wish, inputs: Inputs): Term {
  const { test, wanted } = wish
  return {
    clause,
    fact: test.fact,
    needed: { operator: wanted ? test.operator : OPPOSITE[test.operator], values: test.values },
    have: test.have(inputs),
    state: test.truth(inputs) === UNKNOWN ? 'unknown' : 'failed',
    resolver: resolverOf(wish, inputs),
  }
}
