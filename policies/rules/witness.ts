import type { FactName, Facts } from './facts.ts'
import type { Value } from './licence.ts'
import { earliest, isTimed, type Wish } from './moment.ts'
import { reachable, suits } from './resolver.ts'
import { isTerritory } from './territory.ts'
import type { Inputs } from './test-table.ts'
import { DUTY_KINDS, type DutyKind, PURPOSES, type Territory } from './vocabulary.ts'

const acceptAll = (facts: Facts, wishes: readonly Wish[]): readonly DutyKind[] => {
  const wished = wishes.flatMap(({ test }) => (test.fact === 'acceptedDuties' ? test.values : []))
  return DUTY_KINDS.filter((kind) => facts.acceptedDuties?.includes(kind) || wished.includes(kind))
}

/** A value of one fact that suits every wish about it; for a territory, one that has a country. */
function fitting(
  group: readonly Wish[],
  inputs: Inputs,
  countries: ReadonlyMap<Territory, string>,
): Value | undefined {
  const values = reachable(group, inputs)
  const suitable = (value: Value) => group.every((wish) => suits(wish, value))
  if (group[0]?.test.fact !== 'territory') return values.find(suitable)
  return values.filter(isTerritory).find((value) => countries.has(value) && suitable(value))
}

const PLAIN = ({ test }: Wish): boolean =>
  !isTimed(test) && test.fact !== 'acceptedDuties' && test.fact !== 'humanOnly'

/** One value for each fact the wishes are about, or undefined when some fact has none. */
function chosen(
  wishes: readonly Wish[],
  inputs: Inputs,
  countries: ReadonlyMap<Territory, string>,
): ReadonlyMap<FactName, Value> | undefined {
  const values = new Map<FactName, Value>()
  for (const { test } of wishes) {
    if (values.has(test.fact)) continue
    const group = wishes.filter((wish) => wish.test.fact === test.fact)
    const value = fitting(group, inputs, countries)
    if (value === undefined) return undefined
    values.set(test.fact, value)
  }
  return values
}

function patched(
  facts: Facts,
  wishes: readonly Wish[],
  values: ReadonlyMap<FactName, Value>,
  countries: ReadonlyMap<Territory, string>,
): Facts {
  const copy: Record<string, unknown> = { ...facts }
  copy.acceptedDuties = acceptAll(facts, wishes)
  for (const [fact, value] of values) copy[fact] = value
  if (wishes.some(({ test }) => test.fact === 'humanOnly')) copy.settledByPeople = 'yes'
  const territory = values.get('territory')
  if (isTerritory(territory)) copy.country = countries.get(territory)
  return copy
}

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
  const values = chosen(wishes.filter(PLAIN), inputs, countries)
  if (now === undefined || values === undefined) return undefined
  const purpose = values.get('purpose') ?? inputs.purpose
  return {
    facts: patched(inputs.facts, wishes, values, countries),
    purpose: PURPOSES.find((known) => known === purpose),
    now,
  }
}
