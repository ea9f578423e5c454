import type { Decision } from './decision.ts'
import { evaluate } from './evaluate.ts'
import type { Facts, Use } from './facts.ts'
import { join } from './join.ts'
import type { Licence } from './licence.ts'
import { meet } from './meet.ts'

/** Whether all custodians of a dataset must permit, or the word of one is enough. */
export type CustodyRule = 'all' | 'any'

/** What one custodian says, with what it knows of the one who asks. */
export interface JudgedCustodian {
  /** All of them must permit. */
  readonly licences: readonly Licence[]
  readonly facts: Facts
  /** Of these, the licences whose clauses for people its own council has settled for this use. */
  readonly settled?: readonly Licence[]
}

/** The facts as they count under one licence of a custodian. */
export const factsUnder = (
  { facts, settled = [] }: Omit<JudgedCustodian, 'licences'>,
  licence: Licence,
): Facts => (settled.includes(licence) ? { ...facts, settledByPeople: 'yes' } : facts)

/** Part of the terms of a work: those of its own dataset, or of one it was made from. */
export interface JudgedPart {
  readonly rule: CustodyRule
  readonly custodians: readonly JudgedCustodian[]
}

/** The licences of one part of a work, whoever asks. */
export interface TermsPart {
  readonly rule: CustodyRule
  /** The licences of one custodian: all of them must permit. */
  readonly custodians: readonly { readonly licences: readonly Licence[] }[]
}

/** Under what a work is: its own terms, and those of what it was made from. All parts must permit. */
export type WorkTerms = readonly TermsPart[]

const JOINED = { all: meet, any: join } as const

/**
 * The decision over a work: every part must permit, and within a part all custodians or any of them,
 * by its rule. Without any part, and for a part without custodians, it is a deny. `now` is epoch
 * milliseconds. Throws TypeError when the use has no action.
 */
export const evaluateTerms = (parts: readonly JudgedPart[], use: Use, now: number): Decision =>
  meet(
    parts.map(({ rule, custodians }) =>
      JOINED[rule](
        custodians.map((one) =>
          meet(
            one.licences.map((licence) => evaluate(licence, factsUnder(one, licence), use, now)),
          ),
        ),
      ),
    ),
  )

/**
 * Those whose words explain the decision: in each part all custodians, or where one is enough those
 * who say what the part comes to. `now` is epoch milliseconds.
 */
export const speaking = (
  parts: readonly JudgedPart[],
  use: Use,
  now: number,
): readonly JudgedCustodian[] =>
  parts.flatMap((part) => {
    if (part.rule === 'all') return part.custodians
    const outcomeOf = (custodians: readonly JudgedCustodian[]) =>
      evaluateTerms([{ ...part, custodians }], use, now).decision
    const outcome = outcomeOf(part.custodians)
    return part.custodians.filter((one) => outcomeOf([one]) === outcome)
  })
