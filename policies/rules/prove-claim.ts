import type { Claim } from './claim.ts'
import { decide } from './decide.ts'
import type { Licence } from './licence.ts'
import { outside, type Scope } from './scope.ts'
import { type Example, findState, MOST_ENUMERATED } from './search-state.ts'
import { shortened } from './shorten-example.ts'
import { USE_ACTIONS } from './vocabulary.ts'

/** Whether a claim holds of a licence, with what shows it. */
export interface ClaimResult {
  readonly claim: Claim
  /** Null: the licence was too large to decide it, which is no proof. */
  readonly holds: boolean | null
  /** For a false claim: a request it rules out and the licence permits, or (always) the reverse. */
  readonly example: Example | null
  /** `enumeration` up to 10^6 distinguishable requests, `solver` above. */
  readonly method: 'enumeration' | 'solver'
  /** How many requests the licence can tell apart within the claim. */
  readonly states: number
}

/** The scopes in which an answer of `permits` would refute the claim. */
function refutations({ verdict, scope, condition = {} }: Claim): {
  readonly scopes: readonly Scope[]
  readonly permits: boolean
} {
  const meant = { ...scope, actions: scope.actions ?? USE_ACTIONS }
  if (verdict === 'onlyIf') return { scopes: outside(meant, condition), permits: true }
  return { scopes: [meant], permits: verdict === 'never' }
}

/** Proves one claim of a licence, or refutes it with a request. */
export function proveClaim(licence: Licence, claim: Claim): ClaimResult {
  const { scopes, permits } = refutations(claim)
  const isPermitted = ({ facts, use, now }: Example) =>
    decide(licence, facts, use, now) === 'permit'
  const shown = (example: Example, scope: Scope) =>
    permits ? shortened(example, scope, isPermitted) : example
  let states = 0
  let decided = true
  for (const scope of scopes) {
    const found = findState([{ licence, permits }], scope)
    states += found.states
    const method = states > MOST_ENUMERATED ? 'solver' : 'enumeration'
    if (found.kind === 'found')
      return { claim, holds: false, example: shown(found.example, scope), method, states }
    if (found.kind === 'too-large') decided = false
  }
  const method = states > MOST_ENUMERATED ? 'solver' : 'enumeration'
  return { claim, holds: decided ? true : null, example: null, method, states }
}

/** Proves or refutes each claim, in order. */
export const proveClaims = (licence: Licence, claims: readonly Claim[]): readonly ClaimResult[] =>
  claims.map((claim) => proveClaim(licence, claim))
