import { type Answers, type AnswerTable, answered, answerTable, bitOf, wordOf } from './answers.ts'
import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import { labelRules } from './label-rules.ts'
import type { Condition, Constraint, Duty, Licence, Rule } from './licence.ts'
import { isTimed } from './moment.ts'
import { countryOfEach } from './territory.ts'
import { intern, type Test, type TestTable } from './test-table.ts'
import { ACTIONS, type Action, type Territory } from './vocabulary.ts'

/** One test where a clause makes it. */
export interface Leaf {
  readonly kind: 'test'
  readonly clause: string
  readonly test: Test
}

/** Several parts: those that are tests by their bits, the others one by one. */
export interface Group {
  readonly kind: 'all' | 'any'
  readonly parts: readonly Body[]
  readonly masks: readonly number[]
  readonly groups: readonly Group[]
}

export type Body = Leaf | Group

export interface CompiledRule {
  readonly clause: string
  readonly body: Body
  readonly duties: readonly Duty[]
}

/** The rules that speak of one action. */
export interface ActionRules {
  readonly permissions: readonly CompiledRule[]
  readonly bars: readonly CompiledRule[]
  /** Whether any permission holds, and whether any bar does. */
  readonly allowed: Group
  readonly barred: Group
  /** Every duty of the permissions, clause by clause. */
  readonly duties: readonly Duty[]
  /** The tests that depend on the time. */
  readonly timed: readonly Test[]
}

export interface Compiled {
  readonly tests: readonly Test[]
  readonly table: AnswerTable
  readonly byAction: Readonly<Record<Action, ActionRules>>
  /** A country to stand for each class that has one. */
  readonly countries: ReadonlyMap<Territory, string>
}

/** A group of one is that one. */
function lone(body: Body): Body {
  const [only] = body.kind === 'test' ? [] : body.parts
  return only !== undefined && body.kind !== 'test' && body.parts.length === 1 ? lone(only) : body
}

function group(kind: Group['kind'], parts: readonly Body[]): Group {
  const masks: number[] = []
  const groups: Group[] = []
  for (const part of parts.map(lone)) {
    if (part.kind !== 'test') {
      groups.push(part)
      continue
    }
    const place = wordOf(part.test.index) / 2
    while (masks.length <= place) masks.push(0)
    masks[place] = (masks[place] ?? 0) | bitOf(part.test.index)
  }
  return { kind, parts, masks, groups }
}

function compileConstraint(table: TestTable, constraint: Constraint): Body {
  if (constraint.kind === 'condition')
    return { kind: 'test', clause: constraint.uid, test: intern(table, constraint) }
  const parts = constraint.parts.map((part) => compileConstraint(table, part))
  return group(constraint.kind === 'and' ? 'all' : 'any', parts)
}

function compileRule(table: TestTable, rule: Rule, duties: readonly Duty[]): CompiledRule {
  const constraints = rule.constraints.map((part) => compileConstraint(table, part))
  const accepted = duties.map((duty): Body => {
    const condition = { fact: 'acceptedDuties', operator: 'eq', values: [duty.kind] } as const
    return { kind: 'test', clause: duty.clause, test: intern(table, condition) }
  })
  const body = group('all', [...constraints, ...accepted])
  return { clause: rule.uid, duties, body }
}

function timedTests(body: Body): readonly Test[] {
  if (body.kind === 'test') return isTimed(body.test) ? [body.test] : []
  return body.parts.flatMap(timedTests)
}

/** A clause for people is a bar that can never be told to hold or not to hold. */
function compileHumanClause(table: TestTable, rule: Rule): CompiledRule {
  const human: Condition = {
    kind: 'condition',
    uid: rule.uid,
    fact: 'humanOnly',
    operator: 'eq',
    values: [rule.uid],
  }
  return compileRule(table, { ...rule, constraints: [...rule.constraints, human] }, [])
}

const together = (permissions: readonly CompiledRule[], bars: readonly CompiledRule[]) => ({
  duties: permissions.flatMap(({ duties }) => duties),
  allowed: group(
    'any',
    permissions.map(({ body }) => body),
  ),
  barred: group(
    'any',
    bars.map(({ body }) => body),
  ),
})

/** The rules for an action that no clause speaks of. */
export const NO_RULES: ActionRules = { permissions: [], bars: [], ...together([], []), timed: [] }

/** The compiled form of a licence: one table of tests, and for each action its rules. */
export function compileLicence(licence: Omit<Licence, 'compiled'>): Compiled {
  const table: TestTable = { tests: new Map(), lists: licence }
  const added = labelRules(licence)
  const compiled = {
    permissions: licence.permissions.map((rule) => ({
      actions: rule.actions,
      rule: compileRule(table, rule, [...rule.duties, ...added.duties(rule)]),
    })),
    bars: [
      ...[...licence.prohibitions, ...added.prohibitions].map((rule) => ({
        actions: rule.actions,
        rule: compileRule(table, rule, []),
      })),
      ...[...licence.humanOnly, ...added.humanOnly].map((rule) => ({
        actions: rule.actions,
        rule: compileHumanClause(table, rule),
      })),
    ],
  }
  const rulesFor = (action: Action): ActionRules => {
    const about = ({ actions }: { readonly actions: readonly Action[] }) => actions.includes(action)
    const permissions = compiled.permissions.filter(about).map(({ rule }) => rule)
    const bars = compiled.bars.filter(about).map(({ rule }) => rule)
    const timed = [...permissions, ...bars].flatMap(({ body }) => timedTests(body))
    return { permissions, bars, ...together(permissions, bars), timed: [...new Set(timed)] }
  }
  const tests = [...table.tests.values()]
  return {
    tests,
    table: answerTable(tests),
    byAction: byAction(rulesFor),
    countries: countryOfEach(licence),
  }
}

function byAction(rulesFor: (action: Action) => ActionRules): Record<Action, ActionRules> {
  const [discover, preview, useInPlace, download, derive, train, redistribute] = ACTIONS
  return {
    discover: rulesFor(discover),
    preview: rulesFor(preview),
    useInPlace: rulesFor(useInPlace),
    download: rulesFor(download),
    derive: rulesFor(derive),
    train: rulesFor(train),
    redistribute: rulesFor(redistribute),
  }
}

/** All = the least of its parts. */
function allValue({ masks, groups }: Group, answers: Answers): Kleene {
  let value: Kleene = YES
  for (let place = 0; place < masks.length; place += 1) {
    const mask = masks[place] ?? 0
    const unknown = (answers[2 * place + 1] ?? 0) & mask
    if ((((answers[2 * place] ?? 0) & mask) | unknown) !== mask) return NO
    if (unknown !== 0) value = UNKNOWN
  }
  for (const part of groups) {
    const next = bodyValue(part, answers)
    if (next === NO) return NO
    if (next === UNKNOWN) value = UNKNOWN
  }
  return value
}

/** Any = the greatest of its parts. */
function anyValue({ masks, groups }: Group, answers: Answers): Kleene {
  let value: Kleene = NO
  for (let place = 0; place < masks.length; place += 1) {
    const mask = masks[place] ?? 0
    if (((answers[2 * place] ?? 0) & mask) !== 0) return YES
    if (((answers[2 * place + 1] ?? 0) & mask) !== 0) value = UNKNOWN
  }
  for (const part of groups) {
    const next = bodyValue(part, answers)
    if (next === YES) return YES
    if (next === UNKNOWN) value = UNKNOWN
  }
  return value
}

/** The value of a rule's body. */
export function bodyValue(body: Body, answers: Answers): Kleene {
  if (body.kind === 'test') return answered(answers, body.test.index)
  return body.kind === 'all' ? allValue(body, answers) : anyValue(body, answers)
}
