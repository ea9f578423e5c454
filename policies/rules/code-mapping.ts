import type { Scope } from './scope.ts'
import type { DutyKind, Purpose } from './vocabulary.ts'

/** A test as it is written in a document, without its uid. */
export interface WrittenTest {
  readonly leftOperand: string
  readonly operator: string
  readonly rightOperand: unknown
}

/**
 * What a code of another scheme comes to in this profile, or why to nothing.
 *
 * `limits`: no request of any scope of `never` is permitted; to bring it about, bar what passes a
 * test of `bars` and ask for `duties`. `allows`: some request for each of the purposes is permitted,
 * and none for another. `free`: every request is permitted. `ends`: from some day on none is.
 */
export type CodeMapping = {
  readonly code: string
  readonly label: string
  /** How the code and the terms differ, or why there is no mapping; in words. */
  readonly note: string
} & (
  | {
      readonly kind: 'limits'
      readonly exact: boolean
      readonly never: readonly Scope[]
      readonly bars: readonly WrittenTest[]
      readonly duties: readonly DutyKind[]
    }
  | { readonly kind: 'allows'; readonly exact: boolean; readonly purposes: readonly Purpose[] }
  | { readonly kind: 'free' | 'ends'; readonly exact: boolean }
  | { readonly kind: 'none' }
)

const id = (name: string) => ({ '@id': `sov:${name}` })

/** A test that one of some terms holds (`isAnyOf`) or none does (`isNoneOf`). */
export const termTest = (
  leftOperand: string,
  operator: 'isAnyOf' | 'isNoneOf',
  names: readonly string[],
): WrittenTest => ({ leftOperand, operator, rightOperand: names.map(id) })

/** A test that a count is below `limit`. */
export const below = (leftOperand: string, limit: number): WrittenTest => ({
  leftOperand,
  operator: 'lt',
  rightOperand: { '@value': String(limit), '@type': 'xsd:integer' },
})

/** The purposes of research in this profile. */
export const RESEARCH: readonly Purpose[] = [
  'linguisticResearch',
  'languageTechnologyResearch',
  'evaluation',
]

/** The purposes that earn money. */
export const COMMERCIAL: readonly Purpose[] = ['commercialProduct', 'advertising']

export const unmapped = (code: string, label: string, because: string): CodeMapping => ({
  code,
  label,
  kind: 'none',
  note: `No mapping, because ${because}`,
})

/** A code that asks for a vote on every use. */
export const votedOn = (code: string, label: string, note: string): CodeMapping => ({
  code,
  label,
  kind: 'limits',
  exact: false,
  never: [{ councilApproval: ['rejected', 'lapsed'] }],
  bars: [termTest('sov:councilApproval', 'isNoneOf', ['approved'])],
  duties: [],
  note,
})

/** A code that bars some purposes. */
export const barsPurposes = (
  code: string,
  label: string,
  purposes: readonly Purpose[],
  { exact, note }: { readonly exact: boolean; readonly note: string },
): CodeMapping => ({
  code,
  label,
  kind: 'limits',
  exact,
  never: [{ purposes }],
  bars: [termTest('purpose', 'isAnyOf', purposes)],
  duties: [],
  note,
})

/** A code that asks for a duty. */
export const asksFor = (
  code: string,
  label: string,
  duty: DutyKind,
  { exact, note }: { readonly exact: boolean; readonly note: string },
): CodeMapping => ({
  code,
  label,
  kind: 'limits',
  exact,
  never: [{ withoutDuties: [duty] }],
  bars: [],
  duties: [duty],
  note,
})

/** Who the registry has not checked so far is barred: below an assurance of `limit`. */
export const checkedUsers = (
  code: string,
  label: string,
  limit: 1 | 2,
  { exact, note }: { readonly exact: boolean; readonly note: string },
): CodeMapping => ({
  code,
  label,
  kind: 'limits',
  exact,
  never: [{ identityAssurance: limit === 1 ? [0] : [0, 1] }],
  bars: [below('sov:identityAssurance', limit)],
  duties: [],
  note,
})
