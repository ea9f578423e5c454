import type { Claim } from './claim.ts'
import type { Compiled } from './compile.ts'
import type { FactName } from './facts.ts'
import type { LabelCode } from './labels.ts'
import type { EconomyTableId, TerritoryLists } from './territory.ts'
import type { Action, DutyKind } from './vocabulary.ts'

/** The ODRL operators of the profile. */
export const OPERATORS = ['eq', 'neq', 'lt', 'lteq', 'gt', 'gteq', 'isAnyOf', 'isNoneOf'] as const
export type Operator = (typeof OPERATORS)[number]

/** A closed term, a whole number, or an instant in epoch milliseconds. */
export type Value = string | number

/** One test of one fact. */
export interface Condition {
  readonly kind: 'condition'
  readonly uid: string
  readonly fact: FactName
  readonly operator: Operator
  readonly values: readonly Value[]
}

export interface Group {
  readonly kind: 'and' | 'or'
  readonly uid: string
  readonly parts: readonly Constraint[]
}

export type Constraint = Condition | Group

/** What whoever receives a permit takes on; `withinDays` counts from the first use. */
export interface Duty {
  readonly kind: DutyKind
  readonly clause: string
  readonly withinDays?: number
}

/** Text in one language (BCP 47). */
export interface LicenceText {
  readonly lang: string
  readonly text: string
}

/** A permission or a prohibition: it holds when every constraint holds. */
export interface Rule {
  readonly uid: string
  readonly actions: readonly Action[]
  readonly constraints: readonly Constraint[]
  readonly duties: readonly Duty[]
}

/** A clause in words that only people can apply: it refers every use it covers until they have. */
export interface HumanClause extends Rule {
  readonly statement: readonly LicenceText[]
}

export interface LicenceLabel {
  readonly code: LabelCode
  /** Address of the label at the Local Contexts Hub. */
  readonly hub?: string
}

/** A licence that has passed the profile: its document, what it says, and its compiled form. */
export interface Licence extends TerritoryLists {
  readonly uid: string
  readonly title: readonly LicenceText[]
  readonly preamble: readonly LicenceText[]
  readonly replaces?: string
  readonly target: string
  readonly assigner: string
  readonly economyTable?: EconomyTableId
  readonly labels: readonly LicenceLabel[]
  readonly permissions: readonly Rule[]
  readonly prohibitions: readonly Rule[]
  readonly humanOnly: readonly HumanClause[]
  /** What the community says is true of the clauses above; proved before publication. */
  readonly claims: readonly Claim[]
  /** The document of record, as it was given; a frozen copy. */
  readonly document: Readonly<Record<string, unknown>>
  /** The canonical text of the document (RFC 8785), taken when it was parsed. */
  readonly canonical: string
  readonly compiled: Compiled
}
