import { termOf } from './editable-licence.ts'
import { freshUid, type LicenceJson, listOf, uidOf, withList } from './licence-json.ts'
import { isObject } from './reader.ts'
import type { Action, DutyKind } from './vocabulary.ts'

/** Operands whose values are terms, as they are written in a document. */
export type TermOperand =
  | 'purpose'
  | 'sov:actorKind'
  | 'sov:commercialTie'
  | 'sov:territory'
  | 'sov:control'
  | 'sov:ethicsApproval'
  | 'sov:councilApproval'
  | 'sov:councilRefused'
  | 'sov:membership'
  | 'sov:benefitAgreement'

const RULES = ['permission', 'prohibition', 'sov:humanOnly'] as const

type Change = (rule: LicenceJson) => LicenceJson

function changeRule(document: LicenceJson, uid: string, change: Change): LicenceJson {
  const changed = (node: unknown) => (isObject(node) && node.uid === uid ? change(node) : node)
  const entries = RULES.filter((key) => document[key] !== undefined).map(
    (key) => [key, listOf(document[key]).map(changed)] as const,
  )
  return { ...document, ...Object.fromEntries(entries) }
}

interface Test {
  readonly leftOperand: string
  readonly operator: string
  readonly rightOperand: unknown
}

/** Puts a test where `replaces` finds one among the conditions of a rule, at the end, or nowhere. */
function putTest(
  document: LicenceJson,
  rule: string,
  replaces: (node: LicenceJson) => boolean,
  test: Test | null,
): LicenceJson {
  const name = test?.leftOperand.replace(/^sov:/, '') ?? ''
  return changeRule(document, rule, (node) => {
    const conditions = listOf(node.constraint)
    const index = conditions.findIndex((one) => isObject(one) && replaces(one))
    const kept = conditions.filter((one) => !isObject(one) || !replaces(one))
    if (test === null) return withList(node, 'constraint', kept)
    const uid = uidOf(conditions[index]) ?? freshUid(document, name)
    const at = index < 0 ? kept.length : index
    return withList(node, 'constraint', [...kept.slice(0, at), { uid, ...test }, ...kept.slice(at)])
  })
}

const term = (value: string) => ({ '@id': `sov:${value}` })
const typed = (value: string, type: string) => ({ '@value': value, '@type': `xsd:${type}` })

const byIncome = (operand: TermOperand, values: readonly string[]): boolean =>
  operand === 'sov:territory' && values.some((value) => ['nonHighIncome', 'other'].includes(value))

/** The test that lets some values of an operand through. */
export function termTest(operand: TermOperand, values: readonly string[]): Test {
  const [only] = values
  const one = values.length === 1 && only !== undefined
  return {
    leftOperand: operand,
    operator: one ? 'eq' : 'isAnyOf',
    rightOperand: one ? term(only) : values.map(term),
  }
}

/**
 * Limits a rule to some values of an operand; with none the rule is no longer limited by it. A test
 * by income names the table of economies if the document does not name one yet.
 */
export function setTerms(
  document: LicenceJson,
  rule: string,
  operand: TermOperand,
  values: readonly string[],
): LicenceJson {
  const test = termTest(operand, values)
  const same = (node: LicenceJson) => node.leftOperand === operand
  const changed = putTest(document, rule, same, values.length === 0 ? null : test)
  if (!byIncome(operand, values) || changed['sov:economyTable'] !== undefined) return changed
  return { ...changed, 'sov:economyTable': term('worldBankFY26') }
}

/** When a rule begins (`gteq`) or ends (`lt`), as a UTC instant; null takes the limit away. */
export function setInstant(
  document: LicenceJson,
  rule: string,
  operator: 'gteq' | 'lt',
  instant: string | null,
): LicenceJson {
  const same = (node: LicenceJson) => node.leftOperand === 'dateTime' && node.operator === operator
  const test =
    instant === null
      ? null
      : { leftOperand: 'dateTime', operator, rightOperand: typed(instant, 'dateTime') }
  return putTest(document, rule, same, test)
}

/** The months (1–12) in which a rule holds; none takes the limit away. */
export function setMonths(
  document: LicenceJson,
  rule: string,
  months: readonly number[],
): LicenceJson {
  const same = (node: LicenceJson) => node.leftOperand === 'sov:month'
  const rightOperand = months.map((month) => typed(String(month), 'integer'))
  const test = { leftOperand: 'sov:month', operator: 'isAnyOf', rightOperand }
  return putTest(document, rule, same, months.length === 0 ? null : test)
}

/** How sure the registry must be who somebody is, 1 to 3; 0 takes the limit away. */
export function setIdentity(document: LicenceJson, rule: string, level: number): LicenceJson {
  const same = (node: LicenceJson) => node.leftOperand === 'sov:identityAssurance'
  const rightOperand = typed(String(level), 'integer')
  const test = { leftOperand: 'sov:identityAssurance', operator: 'gteq', rightOperand }
  return putTest(document, rule, same, level === 0 ? null : test)
}

/** Whether only those may use a rule who have no duty overdue. */
export function setStanding(document: LicenceJson, rule: string, wanted: boolean): LicenceJson {
  const same = (node: LicenceJson) => node.leftOperand === 'sov:overdueDuties'
  const rightOperand = typed('0', 'integer')
  const test = { leftOperand: 'sov:overdueDuties', operator: 'eq', rightOperand }
  return putTest(document, rule, same, wanted ? test : null)
}

/** What a rule is about. */
export const setActions = (
  document: LicenceJson,
  rule: string,
  actions: readonly Action[],
): LicenceJson =>
  changeRule(document, rule, (node) => ({ ...node, action: actions.map((one) => `sov:${one}`) }))

const dutyTerm = (kind: DutyKind): string => (kind === 'attribute' ? 'attribute' : `sov:${kind}`)

const deadline = (uid: string, days: number) => [
  {
    uid,
    leftOperand: 'elapsedTime',
    operator: 'lteq',
    rightOperand: typed(`P${days}D`, 'duration'),
  },
]

/** Adds a duty to a permission or changes its time; `days` null: without a time limit. */
export function setDuty(
  document: LicenceJson,
  rule: string,
  kind: DutyKind,
  days: number | null,
): LicenceJson {
  return changeRule(document, rule, (node) => {
    const duties = listOf(node.duty)
    const index = duties.findIndex((one) => isObject(one) && one.action === dutyTerm(kind))
    const uid = String(uidOf(duties[index]) ?? freshUid(document, kind))
    const bare = { uid, action: dutyTerm(kind) }
    const duty = days === null ? bare : { ...bare, constraint: deadline(`${uid}-by`, days) }
    return { ...node, duty: index < 0 ? [...duties, duty] : duties.with(index, duty) }
  })
}

/** Takes a duty from a permission. */
export const removeDuty = (document: LicenceJson, rule: string, kind: DutyKind): LicenceJson =>
  changeRule(document, rule, (node) =>
    withList(
      node,
      'duty',
      listOf(node.duty).filter((one) => !isObject(one) || one.action !== dutyTerm(kind)),
    ),
  )

/** The values a term test lets through, whichever way it is written. */
export function allowedTerms(
  condition: { readonly operator: string; readonly values: readonly string[] },
  all: readonly string[],
): readonly string[] {
  const negative = condition.operator === 'neq' || condition.operator === 'isNoneOf'
  return all.filter((value) => condition.values.includes(termOf(value)) !== negative)
}
