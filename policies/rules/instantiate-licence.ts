import { isObject } from './reader.ts'

/** What a template leaves open. Dates are UTC instants such as `2026-01-01T00:00:00Z`. */
export interface LicenceParts {
  /** The uid of the licence version; clauses are named `<uid>#…`. */
  readonly licence: string
  readonly target: string
  readonly assigner: string
  readonly title: string
  /** BCP 47 tag of the title; `en` when left out. */
  readonly language?: string
  /** ISO 3166-1 alpha-2 codes. */
  readonly home: readonly string[]
  readonly region: readonly string[]
  /** When use, or its next stage, begins. */
  readonly embargo?: string
  /** When use ends. */
  readonly expiry?: string
  /** When the last stage of a staged release begins. */
  readonly open?: string
}

type Fill = Readonly<Record<string, unknown>>

const OPTIONAL = /^\{(\w+)\?\}$/
const WHOLE = /^\{(\w+)\}$/

function fillText(text: string, fill: Fill): unknown {
  const whole = WHOLE.exec(text)?.[1] ?? OPTIONAL.exec(text)?.[1]
  if (whole !== undefined) return fill[whole] ?? text
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
    const value = fill[name]
    return typeof value === 'string' ? value : hole
  })
}

const optionalPart = (value: unknown): string | undefined => {
  const text = isObject(value) ? value['@value'] : undefined
  return typeof text === 'string' ? OPTIONAL.exec(text)?.[1] : undefined
}

const partsOf = (node: unknown): readonly unknown[] => (isObject(node) ? Object.values(node) : [])

/** Whether a clause, or a claim, waits for an optional part that was not given. */
function isLeftOut(node: unknown, fill: Fill): boolean {
  if (!isObject(node)) return false
  const claimed = [...partsOf(node['sov:scope']), ...partsOf(node['sov:condition'])]
  return [node.rightOperand, ...claimed]
    .map(optionalPart)
    .some((name) => name !== undefined && fill[name] === undefined)
}

function fillIn(node: unknown, fill: Fill): unknown {
  if (typeof node === 'string') return fillText(node, fill)
  if (Array.isArray(node))
    return node.filter((item) => !isLeftOut(item, fill)).map((item) => fillIn(item, fill))
  if (!isObject(node)) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fillIn(value, fill)]))
}

/**
 * A licence document from a template: `{name}` is filled in, and a condition or a claim on `{name?}`
 * is left out when that part is not given. A part that a template needs and that is missing stays as
 * `{name}`, which `parseLicence` refuses by its path. The result still has to be parsed.
 */
export function instantiate(template: unknown, parts: LicenceParts): unknown {
  return fillIn(template, { language: 'en', ...parts })
}

/** The parts a template leaves open, in the order it names them; `optional` ones may be left out. */
export function templateParts(
  template: unknown,
): readonly { readonly name: string; readonly optional: boolean }[] {
  const names = new Map<string, boolean>()
  for (const [, name = '', mark] of JSON.stringify(template).matchAll(/\{(\w+)(\??)\}/g))
    if (!names.has(name)) names.set(name, mark === '?')
  return [...names].map(([name, optional]) => ({ name, optional }))
}
