import type { ActionRules, Body } from './compile.ts'
import type { FactName, Facts, Use } from './facts.ts'
import { nextMonthStart } from './instant.ts'
import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import type { Licence, Value } from './licence.ts'
import { isTimed, turnOf } from './moment.ts'
import { allCountries } from './territory.ts'
import { DOMAINS, type Inputs, type Test } from './test-table.ts'
import {
  ACTIONS,
  type Action,
  DUTY_KINDS,
  type DutyKind,
  PURPOSES,
  type Purpose,
} from './vocabulary.ts'

/** A request with every fact known, found to show a point. */
export interface Example {
  readonly facts: Facts
  readonly use: Use
  /** Epoch milliseconds. */
  readonly now: number
}

/** Which requests a question is about; what is left out is free. */
export interface Scope {
  readonly actions?: readonly Action[]
  readonly purposes?: readonly Purpose[]
  readonly actorKind?: readonly Value[]
  readonly commercialTie?: readonly Value[]
  /** ISO 3166-1 alpha-2 codes. */
  readonly countries?: readonly string[]
  readonly membership?: readonly ('member' | 'none')[]
  readonly councilApproval?: readonly Value[]
  readonly benefitAgreement?: readonly ('signed' | 'none')[]
  /** Duties that have not been accepted. */
  readonly withoutDuties?: readonly DutyKind[]
  /** First instant, epoch milliseconds. */
  readonly from?: number
  /** First instant no longer meant, epoch milliseconds. */
  readonly until?: number
}

/** What is asked of each licence: that it permits, or that it does not. */
export interface Goal {
  readonly licence: Licence
  readonly permits: boolean
}

export type Found =
  | { readonly kind: 'found'; readonly example: Example }
  | { readonly kind: 'none' }
  | { readonly kind: 'too-large' }

/** A thing that can be chosen freely, with the tests it settles. */
interface Variable {
  readonly choices: readonly Choice[]
}

interface Choice {
  readonly value: Value
  readonly apply: (inputs: Inputs) => Inputs
  readonly truths: readonly (readonly [Test, Kleene])[]
}

const MOST_STEPS = 1_000_000
const BLANK: Inputs = { facts: {}, purpose: undefined, now: Number.NaN, settled: false }

const withFact = (fact: string, value: Value) => (inputs: Inputs) => ({
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

function instants(tests: readonly Test[], { from, until }: Scope): readonly number[] {
  const turns = tests.filter(({ fact }) => fact === 'dateTime').map(turnOf)
  const marks = [...turns, ...[from, until].filter((mark) => mark !== undefined)]
  const starts = [Math.min(0, ...marks.map((mark) => mark - 1)), ...marks].sort((a, b) => a - b)
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

function overdueCounts(tests: readonly Test[]): readonly number[] {
  const near = tests.flatMap(({ values }) =>
    values.flatMap((value) => [-1, 0, 1].map((by) => Number(value) + by)),
  )
  return [0, ...near].filter((count) => count >= 0)
}

function plainValues(fact: FactName, tests: readonly Test[], scope: Scope): readonly Value[] {
  switch (fact) {
    case 'purpose':
      return scope.purposes ?? PURPOSES
    case 'territory':
      return scope.countries ?? [...allCountries()]
    case 'overdueDuties':
      return overdueCounts(tests)
    case 'actorKind':
    case 'commercialTie':
    case 'membership':
    case 'councilApproval':
    case 'benefitAgreement':
      return scope[fact] ?? DOMAINS[fact] ?? []
    default:
      return DOMAINS[fact] ?? []
  }
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
  const values = scope.withoutDuties?.includes(kind) ? ['no'] : ['yes', 'no']
  return variable(tests, values, (value) => (value === 'yes' ? accept : (inputs) => inputs))
}

/** Every free choice the tests of the licences depend on, by the test that asks for it. */
function variablesOf(tests: readonly Test[], scope: Scope): ReadonlyMap<Test, Variable> {
  const found = new Map<Test, Variable>()
  const share = (group: readonly Test[], shared: Variable) => {
    for (const test of group) found.set(test, shared)
  }
  const timed = tests.filter(isTimed)
  share(
    timed,
    variable(timed, instants(timed, scope), (value) => (inputs) => ({
      ...inputs,
      now: Number(value),
    })),
  )
  for (const kind of DUTY_KINDS) {
    const group = tests.filter(
      ({ fact, values }) => fact === 'acceptedDuties' && values[0] === kind,
    )
    share(group, dutyVariable(kind, group, scope))
  }
  const plain = tests.filter((test) => !found.has(test) && test.fact !== 'humanOnly')
  for (const fact of new Set(plain.map((test) => test.fact))) {
    const group = plain.filter((test) => test.fact === fact)
    share(group, variable(group, plainValues(fact, group, scope), choiceOf(fact)))
  }
  return found
}

type Truths = Map<Test, Kleene>

function value(body: Body, truths: Truths): Kleene {
  if (body.kind === 'test') return truths.get(body.test) ?? UNKNOWN
  const stop = body.kind === 'all' ? NO : YES
  let result: Kleene = body.kind === 'all' ? YES : NO
  for (const part of body.parts) {
    const next = value(part, truths)
    if (next === stop) return stop
    if (next === UNKNOWN) result = UNKNOWN
  }
  return result
}

function judged(rules: ActionRules, truths: Truths): Kleene {
  const worst = Math.max(NO, ...rules.bars.map(({ body }) => value(body, truths)))
  if (worst === YES) return NO
  const best = Math.max(NO, ...rules.permissions.map(({ body }) => value(body, truths)))
  if (best === NO) return NO
  return best === YES && worst === NO ? YES : UNKNOWN
}

interface Search {
  readonly goals: readonly { readonly rules: ActionRules; readonly permits: boolean }[]
  readonly free: ReadonlyMap<Test, Variable>
  readonly truths: Truths
  readonly chosen: Map<Variable, Choice>
  steps: number
}

/** What is still to be chosen where it matters, or undefined when all is settled. */
function openIn(body: Body, search: Search): Variable | undefined {
  if (value(body, search.truths) !== UNKNOWN) return undefined
  if (body.kind !== 'test') {
    for (const part of body.parts) {
      const open = openIn(part, search)
      if (open !== undefined) return open
    }
    return undefined
  }
  const open = search.free.get(body.test)
  // A chosen value may leave a test unknown: the unlisted purpose, a country no table classes.
  return open === undefined || search.chosen.has(open) ? undefined : open
}

function nextVariable(search: Search): Variable | undefined {
  for (const { rules } of search.goals) {
    if (judged(rules, search.truths) !== UNKNOWN) continue
    for (const { body } of [...rules.bars, ...rules.permissions]) {
      const open = openIn(body, search)
      if (open !== undefined) return open
    }
  }
  return undefined
}

/**
 * Depth first over the open choices. Three-valued judging is what makes it short: as soon as a goal
 * cannot be met whatever is chosen next, the branch is left.
 */
function descend(search: Search): 'found' | 'none' | 'too-large' {
  search.steps += 1
  if (search.steps > MOST_STEPS) return 'too-large'
  const outcomes = search.goals.map(({ rules }) => judged(rules, search.truths))
  if (search.goals.some(({ permits }, index) => outcomes[index] === (permits ? NO : YES)))
    return 'none'
  const next = nextVariable(search)
  // Nothing is left to choose: what is still unknown is for people to decide, so it is no permit.
  if (next === undefined)
    return search.goals.every(({ permits }, index) => permits === (outcomes[index] === YES))
      ? 'found'
      : 'none'
  for (const choice of next.choices) {
    for (const [test, truth] of choice.truths) search.truths.set(test, truth)
    search.chosen.set(next, choice)
    const result = descend(search)
    if (result !== 'none') return result
    search.chosen.delete(next)
    for (const [test] of choice.truths) search.truths.delete(test)
  }
  return 'none'
}

/** Everything still open takes its first choice; the closed-world "none" is written by leaving out. */
function exampleOf(search: Search, action: Action): Example {
  let inputs: Inputs = { ...BLANK, now: 0 }
  for (const open of new Set(search.free.values())) {
    const choice = search.chosen.get(open) ?? open.choices[0]
    if (choice !== undefined) inputs = choice.apply(inputs)
  }
  const { facts, purpose, now } = inputs
  const known = Object.entries(facts).filter(
    ([fact, value]) => value !== 'none' && !(fact === 'councilRefused' && value === 'no'),
  )
  const use: Use = { actions: [action], purposes: purpose === undefined ? [] : [purpose] }
  return { facts: Object.fromEntries(known), use, now }
}

/**
 * A request within `scope` that meets every goal, by going through all the requests the licences
 * can tell apart. `none` is a proof that there is none; `too-large` is no answer.
 */
export function findState(goals: readonly Goal[], scope: Scope = {}): Found {
  const tests = goals.flatMap(({ licence }) => licence.compiled.tests)
  const free = variablesOf(tests, scope)
  for (const action of scope.actions ?? ACTIONS) {
    const search: Search = {
      goals: goals.map(({ licence, permits }) => ({
        rules: licence.compiled.byAction[action],
        permits,
      })),
      free,
      truths: new Map(),
      chosen: new Map(),
      steps: 0,
    }
    const result = descend(search)
    if (result === 'found') return { kind: 'found', example: exampleOf(search, action) }
    if (result === 'too-large') return { kind: 'too-large' }
  }
  return { kind: 'none' }
}
