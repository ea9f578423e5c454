import type { ActionRules, Body } from './compile.ts'
import type { Facts, Use } from './facts.ts'
import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import type { Licence } from './licence.ts'
import type { Scope } from './scope.ts'
import {
  BLANK,
  type Choice,
  type Variable,
  type Variables,
  variablesOf,
} from './search-variables.ts'
import type { Test } from './test-table.ts'
import { ACTIONS, type Action } from './vocabulary.ts'

/** A request found to show a point: every fact that matters to the answer is known. */
export interface Example {
  readonly facts: Facts
  readonly use: Use
  /** Epoch milliseconds; 0 where the time makes no difference. */
  readonly now: number
}

/** One of these sets of licences has to permit, all licences in it at once. */
export type EitherOf = readonly (readonly Licence[])[]

/** What is asked of a licence, or of several joined: that it permits, or that it does not. */
export type Goal = { readonly permits: boolean } & (
  | { readonly licence: Licence }
  | { readonly eitherOf: EitherOf }
)

const eitherOf = (goal: Goal): EitherOf => ('licence' in goal ? [[goal.licence]] : goal.eitherOf)

/**
 * How a question was answered: up to 10^6 requests that the licences can tell apart by going
 * through them, above by solving for one, clause by clause, within a bounded number of steps.
 */
export type Method = 'enumeration' | 'solver'

/** `states` counts the requests that the licences can tell apart within the scope. */
export type Found = { readonly states: number; readonly method: Method } & (
  | { readonly kind: 'found'; readonly example: Example }
  | { readonly kind: 'none' }
  | { readonly kind: 'too-large' }
)

const MOST_ENUMERATED = 1_000_000

/** Steps the solver may still take, over all the questions that share it. */
export interface Budget {
  steps: number
}

/** What one question, or one licence on its way to the council, may cost: some seconds at worst. */
export const createBudget = (): Budget => ({ steps: 100_000 })

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

function judgedBy(rules: ActionRules, truths: Truths): Kleene {
  const worst = Math.max(NO, ...rules.bars.map(({ body }) => value(body, truths)))
  if (worst === YES) return NO
  const best = Math.max(NO, ...rules.permissions.map(({ body }) => value(body, truths)))
  if (best === NO) return NO
  return best === YES && worst === NO ? YES : UNKNOWN
}

type Rules = readonly (readonly ActionRules[])[]

/** All licences at once; where there is none, nothing says yes. */
function judgedAll(all: readonly ActionRules[], truths: Truths): number {
  let worst: number = all.length === 0 ? NO : YES
  for (const one of all) worst = Math.min(worst, judgedBy(one, truths))
  return worst
}

function judged(rules: Rules, truths: Truths): number {
  let best: number = NO
  for (const all of rules) best = Math.max(best, judgedAll(all, truths))
  return best
}

/** Clauses of what can still tip the answer: one set that has said no for good is left aside. */
const openClauses = (rules: Rules, truths: Truths) =>
  rules
    .filter((all) => judgedAll(all, truths) === UNKNOWN)
    .flatMap((all) => all.filter((one) => judgedBy(one, truths) === UNKNOWN))
    .flatMap(({ bars, permissions }) => [...bars, ...permissions])

interface Search {
  readonly goals: readonly { readonly rules: Rules; readonly permits: boolean }[]
  readonly variables: Variables
  readonly truths: Truths
  readonly chosen: Map<Variable, Choice>
  readonly method: Method
  readonly budget: Budget
}

/** Collects what is still to be chosen where it matters; nothing when the body is settled. */
function collectOpen(body: Body, search: Search, open: Set<Variable>): void {
  if (value(body, search.truths) !== UNKNOWN) return
  if (body.kind !== 'test') {
    for (const part of body.parts) collectOpen(part, search, open)
    return
  }
  const variable = search.variables.byTest.get(body.test)
  // A chosen value may leave a test unknown: the unlisted purpose, a clause nobody has settled.
  if (variable !== undefined && !search.chosen.has(variable)) open.add(variable)
}

const sizeOf = (variables: Iterable<Variable>): number =>
  [...variables].reduce((product, { choices }) => product * choices.length, 1)

/**
 * The variable to choose next. Going through all requests, any that matters will do; the solver
 * takes the smallest of the clause that is nearest to being settled, to fail early.
 */
function nextVariable(search: Search): Variable | undefined {
  let nearest: readonly Variable[] = []
  let least = Number.POSITIVE_INFINITY
  for (const { rules } of search.goals) {
    if (judged(rules, search.truths) !== UNKNOWN) continue
    for (const { body } of openClauses(rules, search.truths)) {
      const open = new Set<Variable>()
      collectOpen(body, search, open)
      const size = sizeOf(open)
      if (open.size === 0 || size >= least) continue
      if (search.method === 'enumeration') return [...open][0]
      nearest = [...open]
      least = size
    }
  }
  return nearest.toSorted((a, b) => a.choices.length - b.choices.length)[0]
}

/**
 * Depth first over the open choices. Three-valued judging is what makes it short: as soon as a goal
 * cannot be met whatever is chosen next, the branch is left.
 */
function descend(search: Search): 'found' | 'none' | 'too-large' {
  if (search.method === 'solver') {
    search.budget.steps -= 1
    if (search.budget.steps < 0) return 'too-large'
  }
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
  let inputs = BLANK
  for (const open of search.variables.all) {
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
 * A request within `scope` that meets every goal, by proof over all the requests the licences can
 * tell apart. `none` is a proof that there is none; `too-large`, which only the solver answers when
 * its budget is spent, is no answer.
 */
export function findState(
  goals: readonly Goal[],
  scope: Scope = {},
  budget: Budget = createBudget(),
): Found {
  const variables = variablesOf(
    goals.flatMap((goal) => eitherOf(goal).flat()),
    scope,
  )
  const actions = scope.actions ?? ACTIONS
  const states = variables.all.reduce(
    (count, { choices }) => count * choices.length,
    actions.length,
  )
  const method = states > MOST_ENUMERATED ? 'solver' : 'enumeration'
  if (states === 0) return { kind: 'none', states, method }
  let kind: 'none' | 'too-large' = 'none'
  for (const action of actions) {
    const search: Search = {
      goals: goals.map((goal) => ({
        rules: eitherOf(goal).map((all) => all.map(({ compiled }) => compiled.byAction[action])),
        permits: goal.permits,
      })),
      variables,
      truths: new Map(),
      chosen: new Map(),
      method,
      budget,
    }
    const result = descend(search)
    if (result === 'found')
      return { kind: 'found', states, method, example: exampleOf(search, action) }
    if (result === 'too-large') kind = 'too-large'
  }
  return { kind, states, method }
}
