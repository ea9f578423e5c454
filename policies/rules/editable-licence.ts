import type { LicenceText } from './licence.ts'
import { type LicenceJson, listOf } from './licence-json.ts'
import { isObject, type JsonObject } from './reader.ts'
import { ACTIONS, type Action, DUTY_KINDS, type DutyKind, USE_ACTIONS } from './vocabulary.ts'

/** One condition as it stands in a document; a group has parts and no operand. */
export interface EditableCondition {
  readonly uid: string
  /** As written: `purpose`, `sov:actorKind`; empty for a group. */
  readonly operand: string
  /** The operator, or `and` / `or` for a group. */
  readonly operator: string
  /** Terms without their prefix, numbers and instants as text. */
  readonly values: readonly string[]
  readonly parts: readonly EditableCondition[]
}

export interface EditableDuty {
  readonly uid: string
  readonly kind: DutyKind
  readonly days: number | null
}

export interface EditableRule {
  readonly kind: 'permission' | 'prohibition'
  readonly uid: string
  readonly target: unknown
  readonly assigner: unknown
  readonly actions: readonly Action[]
  readonly conditions: readonly EditableCondition[]
  readonly duties: readonly EditableDuty[]
}

/** A term without its prefix, a value without its wrapper. */
export function termOf(value: unknown): string {
  if (isObject(value)) return termOf(value['@id'] ?? value['@value'] ?? '')
  return String(value).replace(/^sov:/, '')
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function conditionOf(node: JsonObject): EditableCondition {
  const group = (['and', 'or'] as const).find((logic) => Object.hasOwn(node, logic))
  return {
    uid: text(node.uid),
    operand: text(node.leftOperand),
    operator: group ?? text(node.operator),
    values: listOf(node.rightOperand).map(termOf),
    parts: group === undefined ? [] : listOf(node[group]).filter(isObject).map(conditionOf),
  }
}

/** The actions a rule names; `use` stands for all uses. */
export function actionsOf(value: unknown): readonly Action[] {
  const named = listOf(value).map(termOf)
  if (named.includes('use')) return USE_ACTIONS
  return ACTIONS.filter((action) => named.includes(action))
}

function daysOf(node: JsonObject): number | null {
  const [limit] = listOf(node.constraint)
  const days = isObject(limit) ? /^P(\d+)D$/.exec(termOf(limit.rightOperand))?.[1] : undefined
  return days === undefined ? null : Number(days)
}

const dutiesOf = (value: unknown): readonly EditableDuty[] =>
  listOf(value)
    .filter(isObject)
    .flatMap((node) => {
      const kind = DUTY_KINDS.find((known) => known === termOf(node.action))
      return kind === undefined ? [] : [{ uid: text(node.uid), kind, days: daysOf(node) }]
    })

const ruleOf =
  (kind: EditableRule['kind']) =>
  (node: JsonObject): EditableRule => ({
    kind,
    uid: text(node.uid),
    target: node.target,
    assigner: node.assigner,
    actions: actionsOf(node.action),
    conditions: listOf(node.constraint).filter(isObject).map(conditionOf),
    duties: dutiesOf(node.duty),
  })

/**
 * The rules of a document as an editor shows them, permissions first. Reads what is there and judges
 * nothing: a document that `parseLicence` still refuses can be edited on.
 */
export const editableRules = (document: LicenceJson): readonly EditableRule[] => [
  ...listOf(document.permission).filter(isObject).map(ruleOf('permission')),
  ...listOf(document.prohibition).filter(isObject).map(ruleOf('prohibition')),
]

/** Texts as they are written, one a language. */
export const textsOf = (value: unknown): readonly LicenceText[] =>
  listOf(value)
    .filter(isObject)
    .map((node) => ({ lang: text(node['@language']), text: text(node['@value']) }))

/** The texts of a document under a key, one a language. */
export const editableTexts = (
  document: LicenceJson,
  key: 'dct:title' | 'sov:preamble',
): readonly LicenceText[] => textsOf(document[key])
