import {
  type Action,
  type Facts,
  type Outcome,
  type Purpose,
  territoriesOf,
  type Use,
} from '../../policies/index.ts'

/**
 * A second evaluator, for tests: it reads the JSON document itself, knows only complete facts (the
 * unlisted purpose apart) and two truth values, and shares no code with the compiled one but the
 * country tables. Slow and plain on purpose.
 */
type Node = Readonly<Record<string, unknown>>

interface Known {
  readonly facts: Facts
  readonly purpose: Purpose
  readonly now: number
}

const list = (value: unknown): readonly Node[] => (value ?? []) as Node[]

function scalar(value: unknown): string | number {
  const node = value as { '@id'?: string; '@value'?: string; '@type'?: string }
  if (node['@id'] !== undefined) return node['@id'].replace('sov:', '')
  if (node['@type'] === 'xsd:dateTime') return new Date(node['@value'] ?? '').getTime()
  return Number(node['@value'])
}

function actual(document: Node, operand: string, { facts, purpose, now }: Known): unknown {
  switch (operand.replace('sov:', '')) {
    case 'purpose':
      return purpose
    case 'dateTime':
      return now
    case 'month':
      return new Date(now).getUTCMonth() + 1
    case 'territory':
      return territoriesOf(facts.country ?? '', {
        home: document['sov:home'] as string[],
        region: document['sov:region'] as string[],
        economyTable: 'worldBankFY26',
      })[0]
    case 'identityAssurance':
      return facts.identityAssurance ?? 0
    case 'overdueDuties':
      return facts.overdueDuties ?? 0
    default:
      return facts[operand.replace('sov:', '') as keyof Facts] ?? 'no'
  }
}

function holds(document: Node, node: Node, known: Known): boolean {
  if (node.and !== undefined) return list(node.and).every((part) => holds(document, part, known))
  if (node.or !== undefined) return list(node.or).some((part) => holds(document, part, known))
  const value = actual(document, String(node.leftOperand), known) as number
  const right = node.rightOperand
  const values = (Array.isArray(right) ? right : [right]).map(scalar)
  const [first = 0] = values as number[]
  switch (node.operator) {
    case 'lt':
      return value < first
    case 'lteq':
      return value <= first
    case 'gt':
      return value > first
    case 'gteq':
      return value >= first
    case 'eq':
    case 'isAnyOf':
      return values.some((one) => one === value)
    default:
      return values.every((one) => one !== value)
  }
}

function speaksOf(rule: Node, action: Action): boolean {
  const named = Array.isArray(rule.action) ? rule.action : [rule.action]
  return named.some((name) => name === `sov:${action}` || (name === 'use' && action !== 'discover'))
}

function judge(document: Node, action: Action, known: Known): Outcome {
  const applies = (rule: Node) =>
    speaksOf(rule, action) &&
    list(rule.constraint).every((constraint) => holds(document, constraint, known)) &&
    list(rule.duty).every((duty) =>
      known.facts.acceptedDuties?.some(
        (kind) => `sov:${kind}` === `sov:${duty.action}`.replace('sov:sov:', 'sov:'),
      ),
    )
  if (list(document.prohibition).some(applies)) return 'deny'
  if (!list(document.permission).some(applies)) return 'deny'
  const left = known.facts.settledByPeople !== 'yes'
  return left && list(document['sov:humanOnly']).some(applies) ? 'refer' : 'permit'
}

/** The outcome for complete facts and listed purposes. */
export function plainDecide(document: Node, facts: Facts, use: Use, now: number): Outcome {
  const outcomes = use.purposes.flatMap((purpose) =>
    use.actions.map((action) => judge(document, action, { facts, purpose, now })),
  )
  if (outcomes.includes('deny')) return 'deny'
  return outcomes.includes('refer') ? 'refer' : 'permit'
}
