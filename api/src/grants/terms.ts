import {
  type CustodyRule,
  evaluate,
  evaluateTerms,
  explainDecision,
  type Facts,
  factsUnder,
  type JudgedPart,
  type Licence,
  speaking,
  type Use,
} from '../../../policies/index.ts'
import { bindingsOf, type Custodian } from '../datasets/bindings.ts'
import type { Dataset, Datasets, VersionName } from '../datasets/datasets.ts'
import type { Licences } from '../licences/licences.ts'
import type { DutyWords, ExplainedDecision } from './grants.ts'
import { dutyWordsOf, type ReadLicence } from './read-licence.ts'

/** What one community says over a version; all of its licences must permit. */
export interface CustodianTerms extends Pick<Custodian, 'dataset' | 'community'> {
  /** Digest of the licence it voted for. */
  readonly digest: string
  /** As it was voted for. */
  readonly licence: Licence
  /** The newest version of it, when it is another one. */
  readonly newer: { readonly digest: string; readonly licence: Licence } | null
}

/** What one version of a lineage brings with it. */
export interface BoundTerms {
  readonly dataset: Dataset
  /** Of the version that is asked for, not of one it was made from. */
  readonly own: boolean
  /** Whether all its custodians must permit, or one is enough. */
  readonly rule: CustodyRule
  readonly custodians: readonly CustodianTerms[]
}

/** Everything that has a say over a version, its own terms first; all of them must permit. */
export type Terms = readonly BoundTerms[]

export type ReadTerms = (version: VersionName) => Promise<Terms>

export const createTermsReader =
  (
    { dataset, lineage }: Pick<Datasets, 'dataset' | 'lineage'>,
    { newerThan }: Pick<Licences, 'newerThan'>,
    licenceOf: ReadLicence,
  ): ReadTerms =>
  async (name) => {
    const bindings = await bindingsOf({ dataset, newerThan }, await lineage(name))
    const read = async ({ licence, newer, ...whose }: Custodian): Promise<CustodianTerms> => ({
      ...whose,
      digest: licence,
      licence: await licenceOf(licence),
      newer: newer === null ? null : { digest: newer, licence: await licenceOf(newer) },
    })
    return Promise.all(
      bindings.map(async (binding, nth) => ({
        dataset: binding.dataset,
        own: nth === 0,
        rule: binding.rule,
        custodians: await Promise.all(binding.custodians.map(read)),
      })),
    )
  }

/** The licences by which one custodian speaks: as it was voted for, and the newest. */
export const licencesBy = ({ licence, newer }: CustodianTerms): readonly Licence[] =>
  newer ? [licence, newer.licence] : [licence]

/** What is known of somebody towards one custodian: seats, approvals and refusals are each community's own. */
export type FactsFor = (custodian: CustodianTerms, own: boolean) => Promise<Facts>

/** Terms with what each of their custodians knows of somebody. */
export type JudgedTerms = readonly JudgedPart[]

/** The licences of one custodian whose clauses for people have been settled; by nobody but a vote. */
export type SettledFor = (
  custodian: CustodianTerms,
  facts: Facts,
  own: boolean,
) => readonly Licence[]

export const judge = (
  terms: Terms,
  factsFor: FactsFor,
  settledFor: SettledFor = () => [],
): Promise<JudgedTerms> =>
  Promise.all(
    terms.map(async ({ rule, own, custodians }) => ({
      rule,
      custodians: await Promise.all(
        custodians.map(async (one) => {
          const facts = await factsFor(one, own)
          return { licences: licencesBy(one), facts, settled: settledFor(one, facts, own) }
        }),
      ),
    })),
  )

/** What every duty asks for, in the words of the licence that asks it. */
export const dutyWordsIn = (licences: readonly Licence[]): DutyWords => {
  const words = licences.map(dutyWordsOf)
  return (clause, kind) =>
    words.map((say) => say(clause, kind)).find((text) => text !== kind) ?? kind
}

/** All licences of some terms, the one voted for first. */
export const licencesOf = (terms: Terms): readonly Licence[] =>
  terms.flatMap(({ custodians }) => custodians.flatMap(licencesBy))

/** Of the community that made the version; who is late with one of those that must permit is late. */
const factsOf = (part: JudgedPart | undefined): Facts => {
  if (!part?.custodians[0]) return {}
  const late = part.custodians.map(({ facts }) => facts.overdueDuties ?? 0)
  const overdueDuties = part.rule === 'all' ? Math.max(...late) : Math.min(...late)
  return { ...part.custodians[0].facts, overdueDuties }
}

/** The same with its reasons in words, each once. */
export const explainTerms = (judged: JudgedTerms, use: Use, now: number): ExplainedDecision => {
  const custodians = judged.flatMap((one) => one.custodians)
  const said = speaking(judged, use, now).flatMap((one) =>
    one.licences.flatMap((licence) =>
      explainDecision(licence, evaluate(licence, factsUnder(one, licence), use, now), 'en'),
    ),
  )
  return {
    decision: evaluateTerms(judged, use, now),
    facts: factsOf(judged[0]),
    reasons: [...new Map(said.map((reason) => [reason.text, reason])).values()],
    dutyWords: dutyWordsIn(custodians.flatMap(({ licences }) => licences)),
  }
}
