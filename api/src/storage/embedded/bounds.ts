import type { Filter, Relation, Test } from './filter.ts'
import { bracketOf, inverted, prefixKey, successor } from './keys.ts'

/** Keys from `low` up to but not including `high`. */
export interface KeyRange {
  readonly low: Buffer
  readonly high: Buffer
}

/** Where the keys of one field may lie: a few single keys, or a range. */
export type Bounds = { readonly points: readonly Buffer[] } | KeyRange

const order = (a: Buffer, b: Buffer): number => Buffer.compare(a, b)

const LITERAL_PREFIX = /^\^([\w \-:/@]+)/

const regexBounds = ({ source, flags }: RegExp): Bounds | undefined => {
  const literal = LITERAL_PREFIX.exec(source)?.[1]
  if (!literal || source.includes('|') || /[im]/.test(flags)) return undefined
  const quantified = /[*?{+]/.test(source[literal.length + 1] ?? '')
  const prefix = quantified ? literal.slice(0, -1) : literal
  if (prefix === '') return undefined
  const low = prefixKey(prefix)
  return { low, high: successor(low) }
}

const relationBounds = (op: Relation, value: unknown, key: Buffer): Bounds | undefined => {
  if (value === null || Array.isArray(value)) return undefined
  const bracket = bracketOf(key)
  if (op === 'gt') return { low: successor(key), high: bracket.high }
  if (op === 'gte') return { low: key, high: bracket.high }
  return { low: bracket.low, high: op === 'lt' ? key : successor(key) }
}

const lowsOf = (bounds: Bounds): readonly Buffer[] =>
  'points' in bounds ? bounds.points : [bounds.low]

const highsOf = (bounds: Bounds): readonly Buffer[] =>
  'points' in bounds ? bounds.points.map(successor) : [bounds.high]

const distinct = (points: readonly Buffer[]): Buffer[] =>
  [...new Map(points.map((point) => [point.toString('latin1'), point])).values()].sort(order)

const someOf = (all: readonly (Bounds | undefined)[]): Bounds | undefined => {
  const known = all.filter((bounds) => bounds !== undefined)
  if (known.length < all.length) return undefined
  if (known.every((bounds) => 'points' in bounds))
    return { points: distinct(known.flatMap(lowsOf)) }
  const low = known.flatMap(lowsOf).sort(order)[0]
  const high = known.flatMap(highsOf).sort(order).at(-1)
  return low && high ? { low, high } : undefined
}

/** Two conditions may be met by two elements of an array: unless `oneValue`, only one may narrow. */
const narrower = (a: Bounds, b: Bounds, oneValue: boolean): Bounds => {
  if ('points' in a) return a
  if ('points' in b) return b
  if (!oneValue) return a
  return {
    low: order(a.low, b.low) > 0 ? a.low : b.low,
    high: order(a.high, b.high) < 0 ? a.high : b.high,
  }
}

const everyOf = (all: readonly (Bounds | undefined)[], oneValue: boolean): Bounds | undefined => {
  let found: Bounds | undefined
  for (const next of all)
    if (next) found = found === undefined ? next : narrower(found, next, oneValue)
  return found
}

const testBounds = (test: Test, oneValue: boolean): Bounds | undefined => {
  const inner = (tests: readonly Test[]) => tests.map((one) => testBounds(one, oneValue))
  switch (test.op) {
    case 'eq':
      return Array.isArray(test.value) ? undefined : { points: [test.key] }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return relationBounds(test.op, test.value, test.key)
    case 'regex':
      return regexBounds(test.regex)
    case 'in':
      return someOf(inner(test.tests))
    case 'all':
      return everyOf(inner(test.tests), oneValue)
    case 'elements':
      return everyOf(inner(test.tests), true)
    case 'documents':
    case 'exists':
    case 'size':
    case 'not':
      return undefined
  }
}

const insideBounds = (test: Test, rest: string): Bounds | undefined =>
  test.op === 'documents' ? boundsOf(test.filter, rest, false) : undefined

/** The bounds a filter puts on the field of that name; nothing when it puts none. */
export const boundsOf = (filter: Filter, name: string, oneValue: boolean): Bounds | undefined => {
  if (filter.kind === 'field') {
    const { tests } = filter
    if (filter.name === name)
      return everyOf(
        tests.map((test) => testBounds(test, oneValue)),
        oneValue,
      )
    if (!name.startsWith(`${filter.name}.`)) return undefined
    const rest = name.slice(filter.name.length + 1)
    return everyOf(
      tests.map((test) => insideBounds(test, rest)),
      false,
    )
  }
  const each = filter.filters.map((one) => boundsOf(one, name, oneValue))
  if (filter.kind === 'and') return everyOf(each, oneValue)
  return filter.kind === 'or' ? someOf(each) : undefined
}

/** The same bounds on keys stored in descending order. */
export const descending = (bounds: Bounds): Bounds =>
  'points' in bounds
    ? { points: bounds.points.map(inverted) }
    : { low: successor(inverted(bounds.high)), high: successor(inverted(bounds.low)) }
