import type { Facts } from './facts.ts'
import type { Scope } from './scope.ts'
import type { Example } from './search-state.ts'

/** The facts an example may do without, in the order in which that is tried. */
const SHEDDABLE = [
  'actorKind',
  'commercialTie',
  'country',
  'control',
  'ethicsApproval',
  'councilApproval',
  'councilRefused',
  'membership',
  'identityAssurance',
  'overdueDuties',
  'benefitAgreement',
  'settledByPeople',
] as const satisfies readonly (keyof Facts)[]

/** The parts of a scope that speak of a fact, where they are not named like it. */
const NAMED: Readonly<Partial<Record<keyof Facts, readonly (keyof Scope)[]>>> = {
  country: ['countries', 'territory'],
  overdueDuties: ['overdue'],
}

function isNamed(fact: keyof Facts, scope: Scope): boolean {
  const keys: readonly string[] = NAMED[fact] ?? [fact]
  return keys.some((key) => Object.hasOwn(scope, key))
}

/**
 * The example without the facts it does not need in order to show its point: shorter, and it says
 * more. `shows` tells whether an example still does; what the scope names is kept.
 */
export function shortened(
  example: Example,
  scope: Scope,
  shows: (example: Example) => boolean,
): Example {
  let { facts } = example
  const attempt = (fewer: Facts) => {
    if (shows({ ...example, facts: fewer })) facts = fewer
  }
  for (const kind of facts.acceptedDuties ?? [])
    if (!scope.withDuties?.includes(kind))
      attempt({ ...facts, acceptedDuties: facts.acceptedDuties?.filter((one) => one !== kind) })
  for (const fact of SHEDDABLE) if (!isNamed(fact, scope)) attempt({ ...facts, [fact]: undefined })
  const kept = Object.entries(facts).filter(([, value]) => value !== undefined)
  return { ...example, facts: Object.fromEntries(kept) }
}
