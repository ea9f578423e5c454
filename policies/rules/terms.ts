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
}

/** Part of the terms of a work: those of its own dataset, or of one it was made from. */
export interface JudgedPart {
  readonly rule: CustodyRule
  readonly custodians: readonly JudgedCustodian[]
}

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
        custodians.map(({ licences, facts }) =>
          meet(licences.map((licence) => evaluate(licence, facts, use, now))),
        ),
      ),
    ),
  )
