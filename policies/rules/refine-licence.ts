import type { Licence } from './licence.ts'
import type { Scope } from './scope.ts'
import { type Example, type Found, findState } from './search-state.ts'
import { ACTIONS, USE_ACTIONS } from './vocabulary.ts'

/**
 * A question about all requests at once, answered by proof or by a request that refutes it. Null:
 * the licences were too large to go through, which proves nothing.
 */
export type Proof =
  | { readonly holds: true }
  | { readonly holds: false; readonly example: Example }
  | { readonly holds: null; readonly example: null }

const proofOf = (found: Found): Proof => {
  if (found.kind === 'none') return { holds: true }
  return found.kind === 'found'
    ? { holds: false, example: found.example }
    : { holds: null, example: null }
}

/**
 * Whether a licence never permits any request of `scope`, whatever else is true of it: "no
 * commercial actor", "no redistribution", "nothing without attribution".
 */
export const proveNever = (licence: Licence, scope: Scope): Proof =>
  proofOf(findState([{ licence, permits: true }], scope))

/**
 * Whether `child` permits nothing that `parent` does not permit, duties included: what a derived
 * dataset owes the one it comes from.
 */
export const refines = (child: Licence, parent: Licence): Proof =>
  proofOf(
    findState([
      { licence: child, permits: true },
      { licence: parent, permits: false },
    ]),
  )

/** What a new version changes for people: a request that gains or loses its permit, by action. */
export interface LicenceDiff {
  /** Requests that the new version permits and the old one does not. */
  readonly wider: readonly Example[]
  /** Requests that the old version permits and the new one does not. */
  readonly narrower: readonly Example[]
  /** False when the versions were too large to go through: then an empty list proves nothing. */
  readonly complete: boolean
}

/** The difference in meaning between two versions, with one example for each action it touches. */
export function diffLicences(before: Licence, after: Licence): LicenceDiff {
  const gained = (less: Licence, more: Licence): readonly Found[] =>
    ACTIONS.map((action) =>
      findState(
        [
          { licence: more, permits: true },
          { licence: less, permits: false },
        ],
        { actions: [action] },
      ),
    )
  const wider = gained(before, after)
  const narrower = gained(after, before)
  const examples = (found: readonly Found[]) =>
    found.flatMap((one) => (one.kind === 'found' ? [one.example] : []))
  return {
    wider: examples(wider),
    narrower: examples(narrower),
    complete: [...wider, ...narrower].every(({ kind }) => kind !== 'too-large'),
  }
}

/**
 * A request within `scope` that all the licences permit, or null when there is none (or they were
 * too large to go through): works that nobody may use together must not be joined. To see that
 * something exists is no use of it.
 */
export const commonUse = (licences: readonly Licence[], scope: Scope = {}): Example | null =>
  compatible(licences, scope).example

/**
 * Whether the licences leave any use of works under all of them together, with a request that all
 * permit; null when they were too large to go through.
 */
export function compatible(
  licences: readonly Licence[],
  scope: Scope = {},
): { readonly holds: boolean | null; readonly example: Example | null } {
  const goals = licences.map((licence) => ({ licence, permits: true }))
  const found = findState(goals, { actions: USE_ACTIONS, ...scope })
  if (found.kind === 'found') return { holds: true, example: found.example }
  return { holds: found.kind === 'none' ? false : null, example: null }
}

/** Whether two licences permit the very same requests. */
export function equivalent(a: Licence, b: Licence): Proof {
  const there = refines(a, b)
  return there.holds === true ? refines(b, a) : there
}
