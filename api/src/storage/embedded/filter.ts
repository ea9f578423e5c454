import { BSONRegExp } from 'bson'
import { badValue, storeError, unsupported } from './errors.ts'
import { keyOf } from './keys.ts'
import { splitPath } from './paths.ts'
import { type Doc, isDoc, isOperators } from './values.ts'

export type Relation = 'gt' | 'gte' | 'lt' | 'lte'

/** One condition on the values found at a path. */
export type Test =
  | { readonly op: 'eq'; readonly value: unknown; readonly key: Buffer }
  | { readonly op: Relation; readonly value: unknown; readonly key: Buffer }
  | { readonly op: 'in'; readonly tests: readonly Test[] }
  | { readonly op: 'regex'; readonly regex: RegExp }
  | { readonly op: 'exists' }
  | { readonly op: 'size'; readonly length: number }
  | { readonly op: 'all'; readonly tests: readonly Test[] }
  | { readonly op: 'elements'; readonly tests: readonly Test[] }
  | { readonly op: 'documents'; readonly filter: Filter }
  | { readonly op: 'not'; readonly tests: readonly Test[] }

/** A parsed filter: what it does not name here has been refused. */
export type Filter =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly filters: readonly Filter[] }
  | {
      readonly kind: 'field'
      readonly name: string
      readonly path: readonly string[]
      readonly tests: readonly Test[]
    }

const listOf = (operator: string, value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value
  throw badValue(`${operator} needs an array`)
}

const REGEX_OPTIONS = /^[imsu]*$/

export const toRegex = (pattern: string, options: string): RegExp => {
  if (!REGEX_OPTIONS.test(options)) throw unsupported(`the regular expression option '${options}'`)
  try {
    return new RegExp(pattern, options)
  } catch {
    throw storeError(51091, 'Location51091', `Regular expression is invalid: ${pattern}`)
  }
}

const regexTest = (value: unknown, options: unknown): Test => {
  const given = typeof options === 'string' ? options : undefined
  if (value instanceof BSONRegExp)
    return { op: 'regex', regex: toRegex(value.pattern, given ?? value.options) }
  if (typeof value === 'string') return { op: 'regex', regex: toRegex(value, given ?? '') }
  throw badValue('$regex has to be a string or a regular expression')
}

const equals = (value: unknown): Test =>
  value instanceof BSONRegExp
    ? regexTest(value, undefined)
    : { op: 'eq', value: value ?? null, key: keyOf(value ?? null) }

const oneOf = (value: unknown): Test => {
  const values = listOf('$in', value)
  if (values.some(isOperators)) throw badValue('cannot nest $ under $in')
  return { op: 'in', tests: values.map(equals) }
}

const related =
  (op: Relation) =>
  (value: unknown): Test => {
    if (value instanceof BSONRegExp) throw badValue(`cannot compare a regular expression by $${op}`)
    return { op, value: value ?? null, key: keyOf(value ?? null) }
  }

const allOf = (value: unknown): Test => ({
  op: 'all',
  tests: listOf('$all', value).map((item) => {
    if (!isOperators(item)) return equals(item)
    const [name] = Object.keys(item)
    if (name !== '$elemMatch') throw badValue(`no ${name} expressions in $all`)
    return elementMatch(item.$elemMatch)
  }),
})

const LOGICAL = new Set(['$and', '$or', '$nor'])

const elementMatch = (value: unknown): Test => {
  if (!isDoc(value)) throw badValue('$elemMatch needs an object')
  const [first = ''] = Object.keys(value)
  return isOperators(value) && !LOGICAL.has(first)
    ? { op: 'elements', tests: parseTests(value) }
    : { op: 'documents', filter: parseFilter(value) }
}

const negated = (value: unknown): Test => {
  if (value instanceof BSONRegExp) return { op: 'not', tests: [regexTest(value, undefined)] }
  if (!isOperators(value)) throw badValue('$not needs a regex or a document of operators')
  return { op: 'not', tests: parseTests(value) }
}

const sized = (value: unknown): Test => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw badValue('$size must be a whole number from 0')
  return { op: 'size', length: value }
}

const present = (value: unknown): Test =>
  value ? { op: 'exists' } : { op: 'not', tests: [{ op: 'exists' }] }

const OPERATORS: ReadonlyMap<string, (value: unknown, all: Doc) => Test> = new Map([
  ['$eq', equals],
  ['$ne', (value: unknown): Test => ({ op: 'not', tests: [equals(value)] })],
  ['$gt', related('gt')],
  ['$gte', related('gte')],
  ['$lt', related('lt')],
  ['$lte', related('lte')],
  ['$in', oneOf],
  ['$nin', (value: unknown): Test => ({ op: 'not', tests: [oneOf(value)] })],
  ['$exists', present],
  ['$regex', (value: unknown, all: Doc): Test => regexTest(value, all.$options)],
  ['$size', sized],
  ['$all', allOf],
  ['$elemMatch', elementMatch],
  ['$not', negated],
])

const parseTests = (operators: Doc): Test[] => {
  if ('$options' in operators && !('$regex' in operators)) throw badValue('$options needs a $regex')
  return Object.entries(operators)
    .filter(([name]) => name !== '$options')
    .map(([name, value]) => {
      const parse = OPERATORS.get(name)
      if (!parse) throw unsupported(`the query operator ${name}`, 2, 'BadValue')
      return parse(value, operators)
    })
}

const parseLogical = (name: string, value: unknown): Filter => {
  const filters = listOf(name, value).map((item) => {
    if (!isDoc(item)) throw badValue(`${name} entries need to be full objects`)
    return parseFilter(item)
  })
  if (filters.length === 0) throw badValue(`${name} must be a nonempty array`)
  if (name === '$and') return { kind: 'and', filters }
  return { kind: name === '$or' ? 'or' : 'nor', filters }
}

const parseEntry = (name: string, value: unknown): Filter => {
  if (LOGICAL.has(name)) return parseLogical(name, value)
  if (name.startsWith('$')) throw unsupported(`the top-level query operator ${name}`, 2, 'BadValue')
  const tests = isOperators(value) ? parseTests(value) : [equals(value)]
  return { kind: 'field', name, path: splitPath(name), tests }
}

/** Parses a filter document. Throws for every operator outside the list above. */
export const parseFilter = (filter: Doc): Filter => {
  const filters = Object.entries(filter)
    .filter(([name]) => name !== '$comment')
    .map(([name, value]) => parseEntry(name, value))
  const [only] = filters
  return filters.length === 1 && only ? only : { kind: 'and', filters }
}

export const matchesAll = (filter: Filter): boolean =>
  filter.kind === 'and' && filter.filters.every(matchesAll)
