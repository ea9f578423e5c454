import type { Claim } from './claim.ts'
import { decide } from './decide.ts'
import type { Facts } from './facts.ts'
import type { Licence } from './licence.ts'
import { outside, type Scope } from './scope.ts'
import { type Example, findState, MOST_ENUMERATED } from './search-state.ts'
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

/** The facts an example may do without, the open-world ones first. */
const SHEDDABLE = [
  'actorKind',
  'commercialTie',
  'country',
  'control',
  'ethicsApproval',
  'councilApproval',
  'membership',
  'identityAssurance',
  'overdueDuties',
  'benefitAgreement',
] as const satisfies readonly (keyof Facts)[]

/** What a scope says of the one who asks stays in an example, however little it matters. */
const FIXED: Readonly<Partial<Record<keyof Facts, readonly (keyof Scope)[]>>> = {
  country: ['countries', 'territory'],
  overdueDuties: ['overdue'],
}

function isFixed(fact: keyof Facts, scope: Scope): boolean {
  const named: readonly string[] = FIXED[fact] ?? [fact]
  return named.some((key) => Object.hasOwn(scope, key))
}

/** The permitted example without the facts it is permitted without: shorter, and says more. */
function shortened(licence: Licence, example: Example, scope: Scope): Example {
  let { facts } = example
  const attempt = (fewer: Facts) => {
    if (decide(licence, fewer, example.use, example.now) === 'permit') facts = fewer
  }
  for (const kind of facts.acceptedDuties ?? [])
    if (!scope.withDuties?.includes(kind))
      attempt({ ...facts, acceptedDuties: facts.acceptedDuties?.filter((one) => one !== kind) })
  for (const fact of SHEDDABLE) if (!isFixed(fact, scope)) attempt({ ...facts, [fact]: undefined })
  const kept = Object.entries(facts).filter(([, value]) => value !== undefined)
  return { ...example, facts: Object.fromEntries(kept) }
}

/** Proves one claim of a licence, or refutes it with a request. */
export function proveClaim(licence: Licence, claim: Claim): ClaimResult {
  const { scopes, permits } = refutations(claim)
  const shown = (example: Example, scope: Scope) =>
    permits ? shortened(licence, example, scope) : example
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
