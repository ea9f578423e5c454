import type { Facts } from './facts.ts'
import type { Value } from './licence.ts'
import { earliest, isTimed, type Wish } from './moment.ts'
import { reachable, suits } from './resolver.ts'
import { isTerritory } from './territory.ts'
import type { Inputs } from './test-table.ts'
import { DUTY_KINDS, PURPOSES, type Territory } from './vocabulary.ts'

function patch(
  inputs: Inputs,
  fact: string,
  value: Value,
  countries: ReadonlyMap<Territory, string>,
): Inputs {
  if (fact === 'purpose')
    return { ...inputs, purpose: PURPOSES.find((purpose) => purpose === value) }
  if (fact === 'territory')
    return {
      ...inputs,
      facts: { ...inputs.facts, country: isTerritory(value) ? countries.get(value) : undefined },
    }
  return { ...inputs, facts: { ...inputs.facts, [fact]: value } }
}

const acceptAll = (facts: Facts, wishes: readonly Wish[]): Facts => ({
  ...facts,
  acceptedDuties: DUTY_KINDS.filter(
    (kind) =>
      facts.acceptedDuties?.includes(kind) === true ||
      wishes.some(({ test }) => test.fact === 'acceptedDuties' && test.values.includes(kind)),
  ),
})

/**
 * Inputs in which all the wishes have come true, or undefined when they cannot come true together
 * (a country both inside and outside the region, a date after the end).
 */
export function witness(
  wishes: readonly Wish[],
  inputs: Inputs,
  countries: ReadonlyMap<Territory, string>,
): Inputs | undefined {
  const timed = wishes.filter(({ test }) => isTimed(test))
  const now = timed.length === 0 ? inputs.now : earliest(timed, inputs)
  if (now === undefined) return undefined
  let found: Inputs = {
    facts: acceptAll(inputs.facts, wishes),
    purpose: inputs.purpose,
    now,
    settled: inputs.settled || wishes.some(({ test }) => test.fact === 'humanOnly'),
  }
  const plain = wishes.filter(
    ({ test }) => !isTimed(test) && test.fact !== 'acceptedDuties' && test.fact !== 'humanOnly',
  )
  for (const fact of new Set(plain.map(({ test }) => test.fact))) {
    const group = plain.filter(({ test }) => test.fact === fact)
    const value = reachable(group, inputs)
      .filter((candidate) => fact !== 'territory' || countries.has(candidate as Territory))
      .find((candidate) => group.every((wish) => suits(wish, candidate)))
    if (value === undefined) return undefined
    found = patch(found, fact, value, countries)
  }
  return found
}
