import type { Claim } from './claim.ts'
import { decide } from './decide.ts'
import type { Licence } from './licence.ts'
import { outside, type Scope } from './scope.ts'
import { type Budget, type Example, findState, type Method } from './search-state.ts'
import { shortened } from './shorten-example.ts'
import { USE_ACTIONS } from './vocabulary.ts'

/** Whether a claim holds of a licence, with what shows it. */
export interface ClaimResult {
  readonly claim: Claim
  /** Null: the licence was too large to decide it, which is no proof. */
  readonly holds: boolean | null
  /** For a false claim: a request it rules out and the licence permits, or (always) the reverse. */
  readonly example: Example | null
  /** `solver` as soon as one question of the claim was about over 10^6 requests. */
  readonly method: Method
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

/**
 * Proves one claim of a licence, or refutes it with a request. A claim that takes the
 * solver more than its budget is left open (`holds: null`).
 */
export function proveClaim(licence: Licence, claim: Claim, budget?: Budget): ClaimResult {
  const { scopes, permits } = refutations(claim)
  const isPermitted = ({ facts, use, now }: Example) =>
    decide(licence, facts, use, now) === 'permit'
  let states = 0
  let method: Method = 'enumeration'
  let holds: true | null = true
  for (const scope of scopes) {
    const found = findState([{ licence, permits }], scope, budget)
    states += found.states
    if (found.method === 'solver') method = 'solver'
    if (found.kind === 'too-large') holds = null
    if (found.kind !== 'found') continue
    const example = permits ? shortened(found.example, scope, isPermitted) : found.example
    return { claim, holds: false, example, method, states }
  }
  return { claim, holds, example: null, method, states }
}

/** Proves or refutes each claim, in order. */
export const proveClaims = (
  licence: Licence,
  claims: readonly Claim[],
  budget?: Budget,
): readonly ClaimResult[] => claims.map((claim) => proveClaim(licence, claim, budget))
