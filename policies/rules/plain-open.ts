import type { Licence } from './licence.ts'
import { proveClaim } from './prove-claim.ts'
import type { Budget } from './search-state.ts'
import { DUTY_KINDS, type Purpose } from './vocabulary.ts'

/** Purposes that only a plain open licence permits. */
export const UNDER_THE_FLOOR: readonly Purpose[] = ['surveillance', 'profiling', 'advertising']

/** Whether anybody may make any use of it for any purpose, on promises alone. */
export function isPlainOpen(licence: Licence, budget?: Budget): boolean {
  const claim = { id: licence.uid, verdict: 'always', scope: { withDuties: DUTY_KINDS } } as const
  return proveClaim(licence, claim, budget).holds === true
}
