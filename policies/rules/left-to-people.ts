import { answersTo, readFacts } from './answers.ts'
import { bodyValue, type CompiledRule } from './compile.ts'
import { purposesOf, rulesFor } from './decide.ts'
import type { Facts, Use } from './facts.ts'
import { UNKNOWN } from './kleene.ts'
import { labelRules } from './label-rules.ts'
import type { HumanClause, Licence } from './licence.ts'

/** The clauses of a licence that only people can apply, with those that labels add. */
export const clausesForPeople = (licence: Licence): readonly HumanClause[] => [
  ...licence.humanOnly,
  ...labelRules(licence).humanOnly,
]

const isForPeople = ({ body }: CompiledRule): boolean =>
  body.kind !== 'test' &&
  body.parts.some((part) => part.kind === 'test' && part.test.fact === 'humanOnly')

/**
 * The clauses of a licence that only people can apply and that may bear on a use, on the facts there
 * are and at whatever time, those that labels add included: what a vote on that use has to settle.
 * Facts that say that they have been settled make no difference.
 */
export function leftToPeople(licence: Licence, facts: Facts, use: Use): readonly HumanClause[] {
  const { settledByPeople: _, ...open } = facts
  const known = readFacts(open)
  const found = new Set<string>()
  for (const purpose of purposesOf(use)) {
    // No date is past for good while it is not known when the use will be.
    const answers = answersTo(licence.compiled.table, known, { purpose, now: Number.NaN })
    for (const action of use.actions)
      for (const rule of rulesFor(licence, action).bars)
        if (isForPeople(rule) && bodyValue(rule.body, answers) === UNKNOWN) found.add(rule.clause)
  }
  return clausesForPeople(licence).filter(({ uid }) => found.has(uid))
}
