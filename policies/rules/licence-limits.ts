import type { Constraint, Licence, Rule } from './licence.ts'
import { type Reading, refuse } from './reader.ts'
import { testKey } from './test-table.ts'
import { waysToHold, waysToLift } from './ways.ts'

const MOST_RULES = 32
const MOST_TESTS = 64
const MOST_WAYS = 64

type Rules = Pick<Licence, 'permissions' | 'prohibitions' | 'humanOnly'>

/** Every clause of a licence. */
export const rulesOf = ({ permissions, prohibitions, humanOnly }: Rules): readonly Rule[] => [
  ...permissions,
  ...prohibitions,
  ...humanOnly,
]

const testKeys = (constraints: readonly Constraint[]): readonly string[] =>
  constraints.flatMap((one) => (one.kind === 'condition' ? [testKey(one)] : testKeys(one.parts)))

/** So many different tests can be gone through in a proof, and be told apart by people. */
export function checkTests(reading: Reading, count: number): void {
  if (count > MOST_TESTS)
    refuse(reading, '', 'limit', `A licence has at most ${MOST_TESTS} distinct tests.`)
}

/** What would make a licence costly to compile is refused before anybody pays for it. */
export function checkSize(reading: Reading, licence: Rules): void {
  const rules = rulesOf(licence)
  if (licence.permissions.length === 0)
    refuse(reading, '/permission', 'missing', 'A licence permits at least one thing.')
  if (rules.length > MOST_RULES)
    refuse(reading, '', 'limit', `A licence has at most ${MOST_RULES} rules.`)
  checkTests(reading, new Set(rules.flatMap(({ constraints }) => testKeys(constraints))).size)
}

/** A clause that can be met in too many ways cannot be explained. */
export function checkWays(reading: Reading, licence: Rules): void {
  const tangled = (rule: Rule, ways: number): void => {
    if (ways > MOST_WAYS)
      refuse(reading, '', 'limit', `"${rule.uid}" can be met in over ${MOST_WAYS} ways: split it.`)
  }
  for (const rule of licence.permissions) tangled(rule, waysToHold(rule.constraints))
  for (const rule of licence.prohibitions) tangled(rule, waysToLift(rule.constraints))
  for (const rule of licence.humanOnly) tangled(rule, waysToLift(rule.constraints))
}
