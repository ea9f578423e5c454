/** Every single edit of a licence document that its author might make, by hand or by accident. */

type Node = Readonly<Record<string, unknown>>
export type Edit = readonly [path: string, edited: unknown]

const LISTS = ['permission', 'prohibition', 'constraint', 'duty', 'action', 'or', 'rightOperand']

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  eq: ['neq'],
  neq: ['eq'],
  isAnyOf: ['isNoneOf'],
  isNoneOf: ['isAnyOf'],
  lt: ['lteq', 'gteq'],
  lteq: ['lt', 'gt'],
  gt: ['gteq', 'lteq'],
  gteq: ['gt', 'lt'],
}

const DAY = 86_400_000

/** The values next to a typed value. */
function besides(type: unknown, value: string): readonly string[] {
  if (type === 'xsd:integer') return [Number(value) - 1, Number(value) + 1].map(String)
  if (type === 'xsd:duration') return [`P${Number(value.slice(1, -1)) + 1}D`]
  const now = Date.parse(value)
  return [now - DAY, now + DAY, now + 1].map((instant) => new Date(instant).toISOString())
}

/** Values to put in the place of a term alone on its side. */
const TERMS: readonly (readonly string[])[] = [
  ['sov:yes', 'sov:no'],
  ['sov:region', 'sov:elsewhere'],
  ['sov:approved', 'sov:rejected', 'sov:lapsed'],
  ['sov:commercial', 'sov:academic', 'sov:individual'],
]

function changed(node: Node): readonly Node[] {
  const { operator, rightOperand } = node
  const right = rightOperand as Readonly<Record<string, string>> | undefined
  const swapped = (OPERATORS[String(operator)] ?? []).map((other) => ({ ...node, operator: other }))
  const id = right?.['@id']
  const text = right?.['@value']
  const put = (value: Node) => ({ ...node, rightOperand: value })
  return [
    ...swapped,
    ...TERMS.filter((terms) => id !== undefined && terms.includes(id))
      .flat()
      .filter((other) => other !== id)
      .map((other) => put({ '@id': other })),
    ...(text === undefined ? [] : besides(right?.['@type'], text)).map((other) =>
      put({ ...right, '@value': other }),
    ),
  ]
}

/**
 * Something taken out of a list, an operator turned round or moved by one, a value put in the place
 * of another. Edits the profile refuses are among them; claims are left alone.
 */
export function editsOf(node: unknown, path = ''): readonly Edit[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node))
    return node.flatMap((item, index) =>
      editsOf(item, `${path}/${index}`).map(
        ([name, edited]) => [name, node.with(index, edited)] as const,
      ),
    )
  const whole = 'leftOperand' in node ? changed(node as Node) : []
  const inner = Object.entries(node).flatMap(([key, field]): readonly Edit[] => {
    if (key === 'sov:claims') return []
    const here = `${path}/${key}`
    const cut = LISTS.includes(key) && Array.isArray(field)
    const shorter = cut
      ? field.map((_, at) => [`${here}/${at}`, field.toSpliced(at, 1)] as const)
      : []
    return [...shorter, ...editsOf(field, here)].map(
      ([name, edited]) => [name, { ...node, [key]: edited }] as const,
    )
  })
  return [...whole.map((edited, at) => [`${path}~${at}`, edited] as const), ...inner]
}
