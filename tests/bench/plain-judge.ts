import type { Facts, Use } from '../../policies/index.ts'

type Node = Readonly<Record<string, unknown>>

const list = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value as Node]

const word = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const node = value as Node
  if ('@id' in node) return String(node['@id']).replace('sov:', '')
  return node['@type'] === 'xsd:dateTime'
    ? Date.parse(String(node['@value']))
    : Number(node['@value'])
}

const factOf = (operand: string, facts: Facts, purpose: string, now: number): unknown => {
  if (operand === 'purpose') return purpose
  if (operand === 'dateTime') return now
  return (facts as Node)[operand.replace('sov:', '')]
}

const compares = (operator: unknown, value: unknown, wanted: readonly unknown[]): boolean => {
  if (operator === 'eq' || operator === 'isAnyOf') return wanted.includes(value)
  if (operator === 'neq' || operator === 'isNoneOf') return !wanted.includes(value)
  const [left, right] = [Number(value), Number(wanted[0])]
  if (operator === 'lt') return left < right
  if (operator === 'lteq') return left <= right
  return operator === 'gt' ? left > right : left >= right
}

const holds = (node: Node, facts: Facts, purpose: string, now: number): boolean => {
  const inside = (part: Node) => holds(part, facts, purpose, now)
  if (node.and) return list(node.and).every(inside)
  if (node.or) return list(node.or).some(inside)
  const value = factOf(String(node.leftOperand), facts, purpose, now)
  const right = node.rightOperand
  return compares(node.operator, value, (Array.isArray(right) ? right : [right]).map(word))
}

/**
 * What a decision costs without compiling: the JSON-LD document is walked for every question, on
 * complete facts, with two truth values and no reasons. Knows neither territories nor duties.
 */
export const plainJudge = (document: Node, facts: Facts, use: Use, now: number): boolean => {
  const rules = (kind: string, action: string) =>
    list(document[kind]).filter((rule) =>
      list(rule.action).some((one) => String(one).replace('sov:', '') === action),
    )
  return use.actions.every((action) =>
    use.purposes.every((purpose) => {
      const applies = (rule: Node) =>
        list(rule.constraint).every((node) => holds(node, facts, purpose, now))
      return (
        rules('permission', action).some(applies) && !rules('prohibition', action).some(applies)
      )
    }),
  )
}
