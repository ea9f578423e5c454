export interface ShownCondition {
  readonly uid: string
  readonly left: string
  readonly operator: string
  readonly right: readonly string[]
  readonly parts: readonly ShownCondition[]
}

export interface ShownRule {
  readonly uid: string
  readonly kind: 'permission' | 'prohibition' | 'people'
  readonly actions: readonly string[]
  readonly conditions: readonly ShownCondition[]
  readonly duties: readonly ShownCondition[]
  readonly json: unknown
}

type Node = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]
const nodes = (value: unknown): readonly Node[] => list(value).filter(isNode)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A term without its prefix, a value without its wrapper. */
function term(value: unknown): string {
  if (isNode(value)) return term(value['@id'] ?? value['@value'] ?? value['rdf:value'] ?? '')
  return String(value).replace(/^sov:/, '')
}

function readCondition(node: Node): ShownCondition {
  const joint = ['and', 'or', 'xone', 'andSequence'].find((key) => key in node)
  const inner = joint ? node[joint] : undefined
  const parts = nodes(isNode(inner) ? inner['@list'] : inner)
  return {
    uid: text(node.uid),
    left: term(node.leftOperand ?? node.action ?? ''),
    operator: joint ?? term(node.operator ?? ''),
    right: list(node.rightOperand).map(term).filter(Boolean),
    parts: [...parts, ...nodes(node.constraint)].map(readCondition),
  }
}

function readRule(kind: ShownRule['kind'], node: Node): ShownRule {
  return {
    uid: text(node.uid),
    kind,
    actions: list(node.action).map(term),
    conditions: nodes(node.constraint).map(readCondition),
    duties: nodes(node.duty).map(readCondition),
    json: node,
  }
}

/** The clauses of an ODRL licence document, in its own order, for showing; nothing is judged here. */
export function rulesOf(document: unknown): readonly ShownRule[] {
  if (!isNode(document)) return []
  return [
    ...nodes(document.permission).map((node) => readRule('permission', node)),
    ...nodes(document.prohibition).map((node) => readRule('prohibition', node)),
    ...nodes(document['sov:humanOnly']).map((node) => readRule('people', node)),
  ]
}

/** The part of a clause's uid that is unique within its document; it is the anchor on the page. */
export const anchorOf = (uid: string): string => uid.replace(/^.*#/, '')
