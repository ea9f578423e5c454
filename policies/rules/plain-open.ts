import type { Licence } from './licence.ts'
import { proveClaim } from './prove-claim.ts'
import { DUTY_KINDS, type Purpose } from './vocabulary.ts'

/** Purposes that only a plain open licence permits. */
export const UNDER_THE_FLOOR: readonly Purpose[] = ['surveillance', 'profiling', 'advertising']

/** Whether anybody may make any use of it for any purpose, on promises alone. */
export const isPlainOpen = (licence: Licence): boolean =>
  proveClaim(licence, {
    id: licence.uid,
    verdict: 'always',
    scope: { withDuties: DUTY_KINDS },
  }).holds === true
