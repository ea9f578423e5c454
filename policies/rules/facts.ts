import { type Problem, problem } from './problem.ts'
import {
  ACTIONS,
  type Action,
  type ActorKind,
  type DutyKind,
  PURPOSES,
  type Purpose,
} from './vocabulary.ts'

/**
 * What is known about the one who asks.
 *
 * Open world (left out = not known yet, which never permits): `actorKind`, `commercialTie`,
 * `country`, `control`, `ethicsApproval`, `councilApproval`. Closed world (the registry knows; left
 * out = no, none or 0): `membership`, `identityAssurance`, `overdueDuties`, `acceptedDuties`,
 * `benefitAgreement`, `councilRefused`, `settledByPeople`. A value outside the vocabulary counts as not known.
 */
export interface Facts {
  readonly actorKind?: ActorKind
  /** Funded by, employed by or acting for a commercial party. */
  readonly commercialTie?: 'yes' | 'no'
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string
  /** Where head office and economic control lie. */
  readonly control?: 'region' | 'elsewhere'
  readonly ethicsApproval?: 'yes' | 'no'
  readonly councilApproval?: 'approved' | 'rejected' | 'lapsed'
  readonly membership?: 'member'
  /** 0 anonymous, 1 e-mail, 2 institution checked, 3 vouched for by the council. */
  readonly identityAssurance?: 0 | 1 | 2 | 3
  readonly overdueDuties?: number
  readonly acceptedDuties?: readonly DutyKind[]
  readonly benefitAgreement?: 'signed'
  readonly councilRefused?: 'yes'
  /**
   * The people to whom the clauses of the very licence that is asked are left have voted for exactly
   * this. Nobody can say it of themselves, no document can ask it, and it lifts those clauses alone.
   */
  readonly settledByPeople?: 'yes'
}

/**
 * What is asked: every action for every purpose must be permitted. No purpose means that the
 * purpose is not known yet; a use without an action is not a use (see `parseUse`).
 */
export interface Use {
  readonly actions: readonly Action[]
  readonly purposes: readonly Purpose[]
}

/** The facts a term can be about; `acceptedDuties` carries the duty kind as its value. */
export const FACT_NAMES = [
  'action',
  'purpose',
  'actorKind',
  'commercialTie',
  'territory',
  'control',
  'ethicsApproval',
  'councilApproval',
  'councilRefused',
  'membership',
  'identityAssurance',
  'overdueDuties',
  'acceptedDuties',
  'benefitAgreement',
  'dateTime',
  'month',
  'humanOnly',
] as const
export type FactName = (typeof FACT_NAMES)[number]

const isAction = (value: unknown): value is Action => ACTIONS.some((action) => action === value)
const isPurpose = (value: unknown): value is Purpose => PURPOSES.some((known) => known === value)

/**
 * Reads a use from outside: `{ actions: [...], purposes: [...] }`. Problem codes: `not-an-object`,
 * `missing` (no action), `unknown-value`.
 */
export function parseUse(
  json: unknown,
):
  | { readonly ok: true; readonly use: Use }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const given = typeof json === 'object' && json !== null ? Object.entries(json) : []
  const listed = (key: string): readonly unknown[] => {
    const value: unknown = given.find(([name]) => name === key)?.[1]
    return Array.isArray(value) ? value : []
  }
  const actions = listed('actions')
  const purposes = listed('purposes')
  const problems: Problem[] = [
    ...given
      .filter(([key, value]) => !['actions', 'purposes'].includes(key) || !Array.isArray(value))
      .map(([key]) =>
        problem(`/${key}`, 'unknown-key', 'A use is two lists: actions and purposes.'),
      ),
    ...(actions.length === 0
      ? [problem('/actions', 'missing', `Name at least one action: ${ACTIONS.join(', ')}.`)]
      : []),
    ...actions.flatMap((value, index) =>
      isAction(value)
        ? []
        : [problem(`/actions/${index}`, 'unknown-value', `Use one of ${ACTIONS.join(', ')}.`)],
    ),
    ...purposes.flatMap((value, index) =>
      isPurpose(value)
        ? []
        : [problem(`/purposes/${index}`, 'unknown-value', `Use one of ${PURPOSES.join(', ')}.`)],
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const use = {
    actions: [...new Set(actions)].filter(isAction),
    purposes: [...new Set(purposes)].filter(isPurpose),
  }
  return { ok: true, use }
}
