import type { Licence } from './licence.ts'
import { compatible, refines } from './refine-licence.ts'
import type { Example } from './search-state.ts'

/**
 * What keeps a work from being made from others. `clash`: nobody may use these together for
 * anything. `wider`: the licence of the work permits `example`, which this parent does not.
 * `unproved`: too large to prove, which is no proof. Numbers are places in the list of parents.
 */
export type DerivationFault =
  | { readonly kind: 'clash'; readonly parents: readonly number[] }
  | { readonly kind: 'wider'; readonly parent: number; readonly example: Example }
  | { readonly kind: 'unproved'; readonly parents: readonly number[] }

/** The fewest that leave nothing together: one, a pair, or else all of them. */
function clashing(parents: readonly Licence[]): readonly number[] {
  const all = [...parents.keys()]
  const pairs = all.flatMap((a) => all.slice(a).map((b) => (a === b ? [a] : [a, b])))
  const least = pairs
    .toSorted((a, b) => a.length - b.length)
    .find((some) => {
      const licences = some.flatMap((at) => parents.slice(at, at + 1))
      return compatible(licences).holds === false
    })
  return least ?? all
}

const leavesNothing = (parents: readonly Licence[]): DerivationFault | null => {
  if (parents.length === 0) return null
  const { holds } = compatible(parents)
  if (holds === null) return { kind: 'unproved', parents: [...parents.keys()] }
  return holds ? null : { kind: 'clash', parents: clashing(parents) }
}

/**
 * Whether a work under `child` may be made from works under all of `parents` (`licences.md` 5.7):
 * together they must leave some use, and the child must permit nothing that any of them does not,
 * duties included. Null when nothing stands against it.
 */
export function derivationFault(
  child: Licence,
  parents: readonly Licence[],
): DerivationFault | null {
  const empty = leavesNothing(parents)
  if (empty !== null) return empty
  for (const [at, parent] of parents.entries()) {
    const proof = refines(child, parent)
    if (proof.holds === null) return { kind: 'unproved', parents: [at] }
    if (!proof.holds) return { kind: 'wider', parent: at, example: proof.example }
  }
  return null
}
