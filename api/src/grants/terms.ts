import {
  type Decision,
  evaluate,
  explainDecision,
  type Facts,
  type Licence,
  meet,
  type Use,
} from '../../../policies/index.ts'
import type { Licences } from '../licences/licences.ts'
import type { DutyWords, ExplainedDecision } from './grants.ts'
import { dutyWordsOf, type ReadLicence } from './read-licence.ts'

/** Every licence that has a say over a version; all of them must permit. */
export type Terms = readonly Licence[]

/** By the digest of the licence a version was published under. */
export type ReadTerms = (digest: string) => Promise<Terms>

/**
 * A version is used under the licence its council voted for and, beside it, under the newest version
 * of that licence the community has adopted since: what either refuses is refused. Narrowing thus
 * binds at once, while widening does not reach what people gave for less: for that the data is
 * published again, by a vote of its own.
 */
export const createTermsReader =
  (licences: Pick<Licences, 'newerThan'>, licenceOf: ReadLicence): ReadTerms =>
  async (digest) => {
    const newer = await licences.newerThan(digest)
    return Promise.all([digest, ...(newer ? [newer.digest] : [])].map(licenceOf))
  }

/** The answer of all terms together; without any it is a deny. */
export const evaluateTerms = (terms: Terms, facts: Facts, use: Use, now: number): Decision =>
  meet(terms.map((licence) => evaluate(licence, facts, use, now)))

/** What every duty asks for, in the words of the licence that asks it. */
export const dutyWordsIn = (terms: Terms): DutyWords => {
  const words = terms.map(dutyWordsOf)
  return (clause, kind) =>
    words.map((say) => say(clause, kind)).find((text) => text !== kind) ?? kind
}

/** The same with its reasons in words, each once. */
export const explainTerms = (
  terms: Terms,
  facts: Facts,
  use: Use,
  now: number,
): ExplainedDecision => {
  const answers = terms.map((licence) => ({
    licence,
    decision: evaluate(licence, facts, use, now),
  }))
  const said = answers.flatMap(({ licence, decision }) => explainDecision(licence, decision, 'en'))
  const reasons = [...new Map(said.map((reason) => [reason.text, reason])).values()]
  const decision = meet(answers.map((one) => one.decision))
  return { decision, facts, reasons, dutyWords: dutyWordsIn(terms) }
}
