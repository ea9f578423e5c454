import type { FactName } from './facts.ts'
import { nextMonthStart } from './instant.ts'
import type { Kleene } from './kleene.ts'
import type { Licence, Value } from './licence.ts'
import { isTimed, turnOf } from './moment.ts'
import { SCOPE_VALUES, type Scope } from './scope.ts'
import { type TerritoryLists, territoriesOf } from './territory.ts'
import { DOMAINS, type Inputs, type Test } from './test-table.ts'
import { DUTY_KINDS, type DutyKind, PURPOSES } from './vocabulary.ts'

/** A thing that can be chosen freely, with the tests it settles. */
export interface Variable {
  readonly choices: readonly Choice[]
}

export interface Choice {
  readonly value: Value
  readonly apply: (inputs: Inputs) => Inputs
  readonly truths: readonly (readonly [Test, Kleene])[]
}

/** Every free choice of a question. */
export interface Variables {
  readonly all: readonly Variable[]
  /** The variable that settles a test. */
  readonly byTest: ReadonlyMap<Test, Variable>
}

export const BLANK: Inputs = { facts: {}, purpose: undefined, now: 0 }

export const withFact = (fact: string, value: Value) => (inputs: Inputs) => ({
  ...inputs,
  facts: { ...inputs.facts, [fact]: value },
})

/** Values that every test answers alike are one choice: the quotient of the fact's domain. */
function variable(
  tests: readonly Test[],
  values: readonly Value[],
  applyTo: (value: Value) => Choice['apply'],
): Variable {
  const choices = new Map<string, Choice>()
  for (const value of values) {
    const apply = applyTo(value)
    const truths = tests.map((test) => [test, test.truth(apply(BLANK))] as const)
    const signature = truths.map(([, truth]) => truth).join()
    if (!choices.has(signature)) choices.set(signature, { value, apply, truths })
  }
  return { choices: [...choices.values()] }
}

// Long enough before the first date for every month to come round once.
const A_YEAR_AND_MORE = 400 * 86_400_000

function instants(tests: readonly Test[], { from, until }: Scope): readonly number[] {
  const turns = tests.filter(({ fact }) => fact === 'dateTime').map(turnOf)
  const marks = [...turns, ...[from, until].filter((mark) => mark !== undefined)]
  const before = marks.length === 0 ? 0 : Math.min(...marks) - A_YEAR_AND_MORE
  const starts = [before, ...marks].sort((a, b) => a - b)
  const monthly = tests.some(({ fact }) => fact === 'month')
  return starts
    .flatMap((start, index) => {
      if (!monthly) return [start]
      const months = [start]
      while (months.length < 13) months.push(nextMonthStart(months.at(-1) ?? start))
      return months.filter((month) => month < (starts[index + 1] ?? Number.POSITIVE_INFINITY))
    })
    .filter((now) => now >= (from ?? now) && now < (until ?? Number.POSITIVE_INFINITY))
}

function overdueCounts(tests: readonly Test[], { overdue }: Scope): readonly number[] {
  const near = tests.flatMap(({ values }) =>
    values.flatMap((value) => [-1, 0, 1].map((by) => Number(value) + by)),
  )
  const meant = (count: number) => overdue?.includes(count === 0 ? 'none' : 'some') ?? true
  return [0, 1, ...near].filter((count) => count >= 0 && meant(count))
}

function countries(scope: Scope, lists: readonly TerritoryLists[]): readonly string[] {
  const { countries: named = SCOPE_VALUES.countries, territory: classes } = scope
  if (classes === undefined) return named
  return named.filter((country) =>
    lists.some((list) => territoriesOf(country, list).some((one) => classes.includes(one))),
  )
}

/** The facts that a scope names as a licence does. */
const PLAIN = [
  'actorKind',
  'commercialTie',
  'control',
  'ethicsApproval',
  'councilApproval',
  'councilRefused',
  'membership',
  'identityAssurance',
  'benefitAgreement',
] as const satisfies readonly (FactName & keyof Scope)[]

function scopedFacts(scope: Scope): readonly FactName[] {
  const named: FactName[] = PLAIN.filter((fact) => scope[fact] !== undefined)
  if (scope.purposes !== undefined) named.push('purpose')
  if (scope.countries !== undefined || scope.territory !== undefined) named.push('territory')
  if (scope.overdue !== undefined) named.push('overdueDuties')
  return named
}

function valuesOf(
  fact: FactName,
  tests: readonly Test[],
  scope: Scope,
  lists: readonly TerritoryLists[],
): readonly Value[] {
  if (fact === 'purpose') return scope.purposes ?? PURPOSES
  if (fact === 'territory') return countries(scope, lists)
  if (fact === 'overdueDuties') return overdueCounts(tests, scope)
  const plain = PLAIN.find((known) => known === fact)
  return (plain && scope[plain]) ?? DOMAINS[fact] ?? []
}

function choiceOf(fact: FactName): (value: Value) => Choice['apply'] {
  if (fact === 'territory') return (value) => withFact('country', value)
  if (fact !== 'purpose') return (value) => withFact(fact, value)
  return (value) => (inputs) => ({
    ...inputs,
    purpose: PURPOSES.find((purpose) => purpose === value),
  })
}

function dutyVariable(kind: DutyKind, tests: readonly Test[], scope: Scope): Variable {
  const accept = (inputs: Inputs) => {
    const acceptedDuties = [...(inputs.facts.acceptedDuties ?? []), kind]
    return { ...inputs, facts: { ...inputs.facts, acceptedDuties } }
  }
  const values = ['yes', 'no'].filter((value) =>
    value === 'yes' ? !scope.withoutDuties?.includes(kind) : !scope.withDuties?.includes(kind),
  )
  return variable(tests, values, (value) => (value === 'yes' ? accept : (inputs) => inputs))
}

/** Whether people have settled what is left to them: one question, whichever clauses there are. */
const peopleVariable = (tests: readonly Test[], { settledByPeople }: Scope): Variable =>
  variable(tests, settledByPeople ?? SCOPE_VALUES.settledByPeople, (value) =>
    value === 'yes' ? withFact('settledByPeople', value) : (inputs) => inputs,
  )

/** Every free choice the tests of the licences depend on, and every one the scope fixes. */
export function variablesOf(licences: readonly Licence[], scope: Scope): Variables {
  const tests = licences.flatMap(({ compiled }) => compiled.tests)
  const byTest = new Map<Test, Variable>()
  const all: Variable[] = []
  const add = (group: readonly Test[], shared: Variable) => {
    all.push(shared)
    for (const test of group) byTest.set(test, shared)
  }
  const timed = tests.filter(isTimed)
  const at = (now: Value) => (inputs: Inputs) => ({ ...inputs, now: Number(now) })
  add(timed, variable(timed, instants(timed, scope), at))
  for (const kind of DUTY_KINDS) {
    const group = tests.filter(
      ({ fact, values }) => fact === 'acceptedDuties' && values[0] === kind,
    )
    const named = scope.withDuties?.includes(kind) || scope.withoutDuties?.includes(kind)
    if (group.length > 0 || named) add(group, dutyVariable(kind, group, scope))
  }
  const human = tests.filter(({ fact }) => fact === 'humanOnly')
  if (human.length > 0) add(human, peopleVariable(human, scope))
  const plain = tests.filter((test) => !byTest.has(test))
  for (const fact of new Set([...plain.map((test) => test.fact), ...scopedFacts(scope)])) {
    const group = plain.filter((test) => test.fact === fact)
    add(group, variable(group, valuesOf(fact, group, scope, licences), choiceOf(fact)))
  }
  return { all, byTest }
}
