import { formatInstant } from './instant.ts'
import type { Condition, Constraint, Duty, Operator, Rule, Value } from './licence.ts'
import { OPERANDS, type Operand } from './operands.ts'

/** A piece of JSON-LD. */
export type Node = Readonly<Record<string, unknown>>

const operandEntry = ({ fact }: Condition): readonly [string, Operand] | undefined =>
  Object.entries(OPERANDS).find(([, operand]) => operand.fact === fact)

function writeValue(value: Value, { form }: Operand): Node {
  if (form === 'term') return { '@id': `sov:${value}` }
  if (form === 'integer') return { '@value': String(value), '@type': 'xsd:integer' }
  return { '@value': formatInstant(Number(value)), '@type': 'xsd:dateTime' }
}

// Some published copies of the ODRL context expand "neq" to a misspelt IRI; the prefixed form is
// safe with all of them.
const writeOperator = (operator: Operator): string => (operator === 'neq' ? 'odrl:neq' : operator)

/** A constraint as ODRL JSON-LD. Throws TypeError for a fact that no document can name. */
export function writeConstraint(constraint: Constraint): Node {
  const { uid } = constraint
  if (constraint.kind !== 'condition')
    return { uid, [constraint.kind]: constraint.parts.map(writeConstraint) }
  const entry = operandEntry(constraint)
  if (entry === undefined) throw new TypeError(`no operand names the fact "${constraint.fact}"`)
  const [leftOperand, operand] = entry
  const values = constraint.values.map((value) => writeValue(value, operand))
  const many = constraint.operator === 'isAnyOf' || constraint.operator === 'isNoneOf'
  const operator = writeOperator(constraint.operator)
  return { uid, leftOperand, operator, rightOperand: many ? values : values[0] }
}

function writeDuty({ kind, clause, withinDays }: Duty): Node {
  const action = kind === 'attribute' ? 'attribute' : `sov:${kind}`
  if (withinDays === undefined) return { uid: clause, action }
  const rightOperand = { '@value': `P${withinDays}D`, '@type': 'xsd:duration' }
  const within = { leftOperand: 'elapsedTime', operator: 'lteq', rightOperand }
  return { uid: clause, action, constraint: [{ uid: `${clause}-within`, ...within }] }
}

const list = (key: string, items: readonly Node[]): Node =>
  items.length === 0 ? {} : { [key]: items }

/** A rule as ODRL JSON-LD, with each action spelled out; `parties` are its target and assigner. */
export const writeRule = (rule: Rule, parties: Node): Node => ({
  uid: rule.uid,
  ...parties,
  action: rule.actions.map((action) => `sov:${action}`),
  ...list('constraint', rule.constraints.map(writeConstraint)),
  ...list('duty', rule.duties.map(writeDuty)),
})
