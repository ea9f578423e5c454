import { parseInstant } from './instant.ts'
import { type Condition, type Constraint, OPERATORS, type Operator, type Value } from './licence.ts'
import { OPERANDS, type Operand } from './operands.ts'
import {
  at,
  isObject,
  type JsonObject,
  type Reading,
  readUid,
  refuse,
  refuseOtherKeys,
} from './reader.ts'

export const DEEPEST = 4

const INTEGER = /^(0|[1-9]\d{0,8})$/

/** The name of a term written as `{"@id": "sov:…"}`, one of `values`. */
export function readTerm(
  reading: Reading,
  value: unknown,
  values: readonly string[],
  path: string,
) {
  if (typeof value === 'string')
    return refuse(
      reading,
      path,
      'plain-string',
      `A plain string is only text in JSON-LD, not a term. Write {"@id": "sov:${value.replace(/^sov:/, '')}"}.`,
    )
  const id = isObject(value) && Object.keys(value).length === 1 ? value['@id'] : undefined
  const name = typeof id === 'string' && id.startsWith('sov:') ? id.slice(4) : undefined
  if (name === undefined || !values.includes(name))
    return refuse(
      reading,
      path,
      'unknown-value',
      `Not a value that is known here. Write {"@id": "sov:…"} with one of ${values.join(', ')}.`,
    )
  return name
}

/** The text of `{"@value": "…", "@type": type}`, with exactly these two keys. */
export function readTyped(
  reading: Reading,
  value: unknown,
  type: string,
  path: string,
): string | undefined {
  const typed = isObject(value) && Object.keys(value).length === 2 && value['@type'] === type
  const text = typed ? value['@value'] : undefined
  if (typeof text === 'string') return text
  return refuse(reading, path, 'wrong-form', `Write {"@value": "…", "@type": "${type}"}.`)
}

function readInteger(reading: Reading, value: unknown, operand: Operand, path: string) {
  const text = readTyped(reading, value, 'xsd:integer', path)
  if (text === undefined || operand.form !== 'integer') return undefined
  const number = INTEGER.test(text) ? Number(text) : -1
  if (number >= operand.least && number <= operand.most) return number
  const range = `${operand.least} to ${operand.most}`
  return refuse(reading, path, 'unknown-value', `Write a whole number from ${range}.`)
}

function readInstant(reading: Reading, value: unknown, path: string) {
  const text = readTyped(reading, value, 'xsd:dateTime', path)
  if (text === undefined) return undefined
  return (
    parseInstant(text) ??
    refuse(reading, path, 'unknown-value', 'Write a UTC instant such as 2026-01-01T00:00:00Z.')
  )
}

function readValue(
  reading: Reading,
  value: unknown,
  operand: Operand,
  path: string,
): Value | undefined {
  if (operand.form === 'term') return readTerm(reading, value, operand.values, path)
  if (operand.form === 'integer') return readInteger(reading, value, operand, path)
  return readInstant(reading, value, path)
}

function readValues(
  reading: Reading,
  right: unknown,
  operand: Operand,
  operator: Operator,
  path: string,
): readonly Value[] {
  const many = operator === 'isAnyOf' || operator === 'isNoneOf'
  if (right === undefined) {
    refuse(reading, path, 'missing', 'Say what the operand is compared with.')
    return []
  }
  if (Array.isArray(right) !== many || (Array.isArray(right) && right.length === 0)) {
    const form = many ? 'a list of at least one value' : 'one value, not a list'
    refuse(reading, path, 'wrong-form', `The operator ${operator} takes ${form}.`)
    return []
  }
  const items: readonly unknown[] = Array.isArray(right) ? right : [right]
  const values = items
    .map((item, index) => readValue(reading, item, operand, many ? at(path, index) : path))
    .filter((value) => value !== undefined)
  if (new Set(values).size < values.length)
    refuse(reading, path, 'duplicate-value', 'Name each value once.')
  return values
}

function readOperand(reading: Reading, name: unknown, path: string): Operand | undefined {
  const known = typeof name === 'string' && Object.hasOwn(OPERANDS, name)
  if (known) return OPERANDS[name]
  const names = Object.keys(OPERANDS).join(', ')
  return refuse(
    reading,
    path,
    'unknown-operand',
    `${JSON.stringify(name) ?? 'Nothing'} is not an operand of this profile. Use one of ${names}.`,
  )
}

function readOperator(
  reading: Reading,
  name: unknown,
  operand: Operand,
  path: string,
): Operator | undefined {
  const operator = OPERATORS.find((known) => known === name)
  if (operator !== undefined && operand.operators.includes(operator)) return operator
  return refuse(
    reading,
    path,
    'unknown-operator',
    `${JSON.stringify(name) ?? 'Nothing'} cannot compare this operand. Use one of ${operand.operators.join(', ')}.`,
  )
}

function readCondition(reading: Reading, node: JsonObject, path: string): Condition | undefined {
  refuseOtherKeys(reading, node, ['uid', 'leftOperand', 'operator', 'rightOperand'], path)
  const uid = readUid(reading, node, path)
  const operand = readOperand(reading, node.leftOperand, at(path, 'leftOperand'))
  if (operand === undefined) return undefined
  const operator = readOperator(reading, node.operator, operand, at(path, 'operator'))
  if (operator === undefined) return undefined
  const right = at(path, 'rightOperand')
  const values = readValues(reading, node.rightOperand, operand, operator, right)
  return { kind: 'condition', uid, fact: operand.fact, operator, values }
}

/**
 * Reads one constraint: a condition, or an `and` / `or` group of constraints. Notes a problem for
 * everything that is not in the profile; a result is only to be trusted when no problem was noted.
 */
export function readConstraint(
  reading: Reading,
  value: unknown,
  path: string,
  depth = 1,
): Constraint | undefined {
  if (!isObject(value))
    return refuse(reading, path, 'wrong-form', 'A constraint is written out in full as an object.')
  if (depth > DEEPEST)
    return refuse(reading, path, 'limit', `Constraints nest at most ${DEEPEST} deep.`)
  const kind = (['and', 'or'] as const).find((logic) => Object.hasOwn(value, logic))
  if (kind === undefined) return readCondition(reading, value, path)
  refuseOtherKeys(reading, value, ['uid', kind], path)
  const uid = readUid(reading, value, path)
  const inner = at(path, kind)
  const items = value[kind]
  if (!Array.isArray(items) || items.length === 0)
    return refuse(
      reading,
      inner,
      'wrong-form',
      `"${kind}" takes a list of at least one constraint.`,
    )
  const parts = items
    .map((item, index) => readConstraint(reading, item, at(inner, index), depth + 1))
    .filter((part) => part !== undefined)
  return { kind, uid, parts }
}
