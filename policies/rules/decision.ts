import type { FactName } from './facts.ts'
import type { Duty, Operator, Value } from './licence.ts'
import type { Action, DutyKind, Purpose } from './vocabulary.ts'

/** What a licence says of a use: deny wins over refer, refer over permit. */
export const OUTCOMES = ['deny', 'refer', 'permit'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Who can bring a term about; `none` = nobody within this request. */
export type Resolver = 'facts' | 'agreement' | 'council' | 'time' | 'none'

/** One test that stands between a use and a permit, said so that it helps. */
export interface Term {
  /** The uid of the clause that makes the test. */
  readonly clause: string
  readonly fact: FactName
  /** What has to be true. For a bar this is the opposite of what the document says. */
  readonly needed: { readonly operator: Operator; readonly values: readonly Value[] }
  /** What is known; undefined when nothing is. Instants are epoch milliseconds. */
  readonly have: Value | undefined
  readonly state: 'failed' | 'unknown'
  readonly resolver: Resolver
}

/** A prohibition that holds, or might, for one action and purpose of the use. */
export interface Bar {
  readonly clause: string
  readonly action: Action
  /** Null when the use names no purpose yet. */
  readonly purpose: Purpose | null
  /** The first test that makes it hold or leaves it open; null when it holds in any case. */
  readonly term: Term | null
}

/** Terms that together are enough for a permit. */
export type Way = readonly Term[]

export interface Needs {
  /** Keys of Facts, or `purposes`, that are still to be declared or changed. */
  readonly facts: readonly string[]
  /** Duties to be accepted (`benefitShare` also stands for a benefit agreement to be signed). */
  readonly agreement: readonly DutyKind[]
  /** Every way to a permit leads through a vote. */
  readonly council: boolean
  /** The earliest instant on any way, when every way asks to wait; otherwise null. */
  readonly time: number | null
}

/** The answer to one use, with everything that explains it. */
export interface Decision {
  readonly decision: Outcome
  readonly bars: readonly Bar[]
  readonly mightBar: readonly Bar[]
  readonly unmet: readonly Term[]
  /**
   * The smallest sets of terms that lead to a permit, shortest first. Empty for a permit, and empty
   * when nothing that can still change would help. At most 64 are listed.
   */
  readonly ways: readonly Way[]
  readonly needs: Needs
  /** What comes with a permit; for other outcomes, what would come with one. */
  readonly duties: readonly Duty[]
  /** When a date in the rules for this use next makes a difference; null for never. */
  readonly nextChangeAt: number | null
}
