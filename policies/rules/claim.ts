import type { Scope } from './scope.ts'

/** What a claim says of the requests in its scope. */
export const VERDICTS = ['never', 'onlyIf', 'always'] as const
export type Verdict = (typeof VERDICTS)[number]

/**
 * What a community wants to be true of its licence, to be proved before anybody votes on it.
 *
 * `never`: no request of the scope is permitted. `onlyIf`: a permitted request of the scope also
 * meets the condition. `always`: every request of the scope with all its facts known is permitted.
 * A scope without actions means every use, which leaves out seeing that the data exists.
 */
export interface Claim {
  /** The uid of the claim within its licence. */
  readonly id: string
  readonly verdict: Verdict
  readonly scope: Scope
  /** For `onlyIf`, and only there. */
  readonly condition?: Scope
}
