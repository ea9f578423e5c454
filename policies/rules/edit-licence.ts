import type { Claim } from './claim.ts'
import { editableRules, type LicenceJson, listOf, termOf } from './editable-licence.ts'
import type { LabelCode } from './labels.ts'
import type { LicenceText } from './licence.ts'
import { writeClaim } from './parse-claim.ts'
import { isObject } from './reader.ts'
import type { Action, DutyKind } from './vocabulary.ts'

/**
 * Changes to a licence document, one at a time. Each takes a document and gives a new one; nothing
 * is judged here, so a half-finished document stays editable. `parseLicence` says what is missing.
 */

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

type Rules = 'permission' | 'prohibition'
const RULES: readonly Rules[] = ['permission', 'prohibition']

const uidOf = (node: unknown): unknown => (isObject(node) ? node.uid : undefined)

/** Every uid in a document, in any place. */
function uidsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(uidsIn)
  if (!isObject(node)) return []
  const own = typeof node.uid === 'string' ? [node.uid] : []
  return [...own, ...Object.values(node).flatMap(uidsIn)]
}

/** A uid for a new clause: the licence's own with `#name`, counted on while it is taken. */
function freshUid(document: LicenceJson, name: string): string {
  const taken = new Set(uidsIn(document))
  const base = `${String(document.uid)}#${name}`
  let uid = base
  for (let count = 2; taken.has(uid); count += 1) uid = `${base}-${count}`
  return uid
}

type Change = (rule: LicenceJson) => LicenceJson

function changeRule(document: LicenceJson, uid: string, change: Change): LicenceJson {
  const changed = (node: unknown) => (isObject(node) && node.uid === uid ? change(node) : node)
  const entries = RULES.filter((key) => document[key] !== undefined).map(
    (key) => [key, listOf(document[key]).map(changed)] as const,
  )
  return { ...document, ...Object.fromEntries(entries) }
}

/** A node without the keys that hold an empty list: the profile reads a missing list as empty. */
function withList(node: LicenceJson, key: string, items: readonly unknown[]): LicenceJson {
  const { [key]: _, ...rest } = node
  return items.length === 0 ? rest : { ...rest, [key]: items }
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
  const [only] = values
  const one = values.length === 1 && only !== undefined
  const test: Test = {
    leftOperand: operand,
    operator: one ? 'eq' : 'isAnyOf',
    rightOperand: one ? term(only) : values.map(term),
  }
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

/** Adds a permission or prohibition about some actions; its uid comes back with the document. */
export function addRule(
  document: LicenceJson,
  kind: Rules,
  actions: readonly Action[] | 'use',
): { readonly document: LicenceJson; readonly uid: string } {
  const [first] = editableRules(document)
  const uid = freshUid(document, kind === 'permission' ? 'allow' : 'never')
  const rule = {
    uid,
    target: first?.target,
    ...(kind === 'permission' ? { assigner: first?.assigner } : {}),
    action: actions === 'use' ? ['use'] : actions.map((one) => `sov:${one}`),
  }
  return { document: { ...document, [kind]: [...listOf(document[kind]), rule] }, uid }
}

const isGroup = (node: unknown): boolean =>
  isObject(node) && (node.and !== undefined || node.or !== undefined)

/** A group that lost its last part goes too: the profile has no empty groups. */
function itemsWithout(items: readonly unknown[], uid: string): readonly unknown[] {
  return items.flatMap((item) => {
    if (uidOf(item) === uid) return []
    const kept = without(item, uid)
    return isGroup(item) && !isGroup(kept) ? [] : [kept]
  })
}

function without(node: unknown, uid: string): unknown {
  if (Array.isArray(node)) return itemsWithout(node, uid)
  if (!isObject(node)) return node
  const entries = Object.entries(node).flatMap(([key, value]) => {
    const kept = without(value, uid)
    const emptied = Array.isArray(kept) && kept.length === 0 && listOf(value).length > 0
    return emptied ? [] : [[key, kept] as const]
  })
  return Object.fromEntries(entries)
}

/** Takes away the rule, condition or duty with this uid, and what hangs on it. */
export const removeClause = (document: LicenceJson, uid: string): LicenceJson => {
  const changed = without(document, uid)
  return isObject(changed) ? changed : document
}

/** The title or the community's own preamble, one text a language; an empty text is left out. */
export function setTexts(
  document: LicenceJson,
  key: 'dct:title' | 'sov:preamble',
  texts: readonly LicenceText[],
): LicenceJson {
  const told = texts.filter(({ text }) => text.trim() !== '')
  return withList(
    document,
    key,
    told.map(({ lang, text }) => ({ '@value': text, '@language': lang })),
  )
}

/** The countries (ISO 3166-1 alpha-2) a licence calls home or its region. */
export const setCountries = (
  document: LicenceJson,
  key: 'sov:home' | 'sov:region',
  codes: readonly string[],
): LicenceJson => ({ ...document, [key]: [...codes] })

/** The labels and notices of a licence; a label that stays keeps its address at the Hub. */
export function setLabels(document: LicenceJson, codes: readonly LabelCode[]): LicenceJson {
  const known = listOf(document['sov:labels']).filter(isObject)
  const labels = codes.map(
    (code) => known.find((label) => label['sov:code'] === code) ?? { 'sov:code': code },
  )
  return withList(document, 'sov:labels', labels)
}

/** What the community wants proved of its licence. */
export const setClaims = (document: LicenceJson, claims: readonly Claim[]): LicenceJson =>
  withList(document, 'sov:claims', claims.map(writeClaim))

function renamed(node: unknown, from: string, to: string): unknown {
  if (Array.isArray(node)) return node.map((item) => renamed(item, from, to))
  if (!isObject(node)) return node
  const entries = Object.entries(node).map(([key, value]) => {
    const own = value === from || (typeof value === 'string' && value.startsWith(`${from}#`))
    const name = key === 'uid' && own ? to + String(value).slice(from.length) : undefined
    return [key, name ?? renamed(value, from, to)]
  })
  return Object.fromEntries(entries)
}

/**
 * The same terms under the name of a new version: every clause is named `<uid>#…` again, and the
 * document says which one it replaces.
 */
export function asNewVersion(document: LicenceJson, uid: string): LicenceJson {
  const from = String(document.uid)
  const changed = renamed(document, from, uid)
  return isObject(changed) ? { ...changed, 'dct:replaces': { '@id': from } } : document
}

/** The values a term test lets through, whichever way it is written. */
export function allowedTerms(
  condition: { readonly operator: string; readonly values: readonly string[] },
  all: readonly string[],
): readonly string[] {
  const negative = condition.operator === 'neq' || condition.operator === 'isNoneOf'
  return all.filter((value) => condition.values.includes(termOf(value)) !== negative)
}
