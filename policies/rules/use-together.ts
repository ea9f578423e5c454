import type { Licence } from './licence.ts'
import { commonUse } from './refine-licence.ts'
import type { Example } from './search-state.ts'
import { type Action, USE_ACTIONS } from './vocabulary.ts'

/** Whether somebody could do one thing with several datasets at once. */
export interface JointUse {
  readonly action: Action
  /** A request that all the licences permit; null when there is none. */
  readonly example: Example | null
  /** Indices of the licences that permit this to nobody, whatever the others say. */
  readonly refusing: readonly number[]
  /** Pairs of indices that each permit it to somebody and together to nobody. */
  readonly clashing: readonly (readonly [number, number])[]
}

function jointUse(licences: readonly Licence[], action: Action): JointUse {
  const scope = { actions: [action] }
  const example = commonUse(licences, scope)
  if (example !== null) return { action, example, refusing: [], clashing: [] }
  const all = licences.map((licence, index) => ({ licence, index }))
  const willing = all.filter(({ licence }) => commonUse([licence], scope) !== null)
  const refusing = all.filter((one) => !willing.includes(one)).map(({ index }) => index)
  const clashing = willing.flatMap((one, at) =>
    willing
      .slice(at + 1)
      .filter((other) => commonUse([one.licence, other.licence], scope) === null)
      .map((other) => [one.index, other.index] as const),
  )
  return { action, example, refusing, clashing }
}

/**
 * What may be done with works under all these licences at once, action by action, and which of them
 * stand in the way: a derived work needs a yes from every one of its parents.
 */
export const useTogether = (licences: readonly Licence[]): readonly JointUse[] =>
  USE_ACTIONS.map((action) => jointUse(licences, action))
