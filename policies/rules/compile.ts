import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import { labelRules } from './label-rules.ts'
import type { Condition, Constraint, Duty, Licence, Rule } from './licence.ts'
import { isTimed } from './moment.ts'
import { countryOfEach } from './territory.ts'
import { type Inputs, intern, type Test, type TestTable } from './test-table.ts'
import { ACTIONS, type Action, type Territory } from './vocabulary.ts'

/** One test where a clause makes it. */
export interface Leaf {
  readonly kind: 'test'
  readonly clause: string
  readonly test: Test
}

export type Body = Leaf | { readonly kind: 'all' | 'any'; readonly parts: readonly Body[] }

export interface CompiledRule {
  readonly clause: string
  readonly body: Body
  readonly duties: readonly Duty[]
}

/** The rules that speak of one action. */
export interface ActionRules {
  readonly permissions: readonly CompiledRule[]
  readonly bars: readonly CompiledRule[]
  /** Their tests that depend on the time. */
  readonly timed: readonly Test[]
}

export interface Compiled {
  readonly tests: readonly Test[]
  readonly byAction: Readonly<Record<Action, ActionRules>>
  /** A country to stand for each class that has one. */
  readonly countries: ReadonlyMap<Territory, string>
}

function compileConstraint(table: TestTable, constraint: Constraint): Body {
  if (constraint.kind === 'condition')
    return { kind: 'test', clause: constraint.uid, test: intern(table, constraint) }
  const parts = constraint.parts.map((part) => compileConstraint(table, part))
  return { kind: constraint.kind === 'and' ? 'all' : 'any', parts }
}

function compileRule(table: TestTable, rule: Rule, duties: readonly Duty[]): CompiledRule {
  const constraints = rule.constraints.map((part) => compileConstraint(table, part))
  const accepted = duties.map((duty): Body => {
    const condition = { fact: 'acceptedDuties', operator: 'eq', values: [duty.kind] } as const
    return { kind: 'test', clause: duty.clause, test: intern(table, condition) }
  })
  const body: Body = { kind: 'all', parts: [...constraints, ...accepted] }
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
    return { permissions, bars, timed: [...new Set(timed)] }
  }
  return {
    tests: [...table.tests.values()],
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

/** The value of a rule's body: all = the least of its parts, any = the greatest. */
export function bodyValue(body: Body, inputs: Inputs): Kleene {
  if (body.kind === 'test') return body.test.truth(inputs)
  const stop = body.kind === 'all' ? NO : YES
  let value: Kleene = body.kind === 'all' ? YES : NO
  for (const part of body.parts) {
    const next = bodyValue(part, inputs)
    if (next === stop) return stop
    if (next === UNKNOWN) value = UNKNOWN
  }
  return value
}
