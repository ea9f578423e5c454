import type { Filter, Relation, Test } from './filter.ts'
import { keyOf } from './keys.ts'
import { leavesAt } from './paths.ts'
import { type Doc, fieldOf, isDoc, kindOf } from './values.ts'

export type Predicate = (doc: Doc) => boolean
type ValueTest = (value: unknown) => boolean
type LeavesTest = (leaves: readonly unknown[]) => boolean

const sameValue = (value: unknown, operand: unknown, key: Buffer): boolean => {
  if (value === operand) return true
  if (typeof value === 'string' || kindOf(value) !== kindOf(operand)) return false
  return kindOf(value) !== 'other' && keyOf(value).equals(key)
}

const HOLDS: Readonly<Record<Relation, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
}

const nothing = (value: unknown): boolean => value === null || value === undefined

const related = (op: Relation, operand: unknown, key: Buffer): ValueTest => {
  const holds = HOLDS[op]
  if (operand === null) return op === 'gte' || op === 'lte' ? nothing : () => false
  if (Number.isNaN(operand))
    return op === 'gte' || op === 'lte' ? (value) => Number.isNaN(value) : () => false
  const kind = kindOf(operand)
  if (typeof operand === 'number')
    return (value) => typeof value === 'number' && !Number.isNaN(value) && holds(value - operand)
  return (value) => kindOf(value) === kind && holds(Buffer.compare(keyOf(value), key))
}

/** Equality with many strings or numbers is one look-up. */
const among = (tests: readonly Test[]): ValueTest => {
  const simple = new Set<unknown>()
  const others: ValueTest[] = []
  for (const test of tests) {
    const primitive =
      test.op === 'eq' && (typeof test.value === 'string' || typeof test.value === 'number')
    if (primitive) simple.add(test.value)
    else others.push(valueTest(test))
  }
  return (value) => simple.has(value) || others.some((test) => test(value))
}

const equalTo = (operand: unknown, key: Buffer): ValueTest => {
  if (operand === null) return nothing
  if (typeof operand === 'string') return (value) => value === operand
  return (value) => sameValue(value, operand, key)
}

/** The test of one value, an array counting as one value. */
const valueTest = (test: Test): ValueTest => {
  switch (test.op) {
    case 'eq':
      return equalTo(test.value, test.key)
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return related(test.op, test.value, test.key)
    case 'in':
      return among(test.tests)
    case 'regex':
      return (value) => typeof value === 'string' && test.regex.test(value)
    case 'exists':
      return (value) => value !== undefined
    case 'size':
      return (value) => Array.isArray(value) && value.length === test.length
    case 'all':
      return allTest(test.tests)
    case 'elements':
      return elementsTest(test.tests)
    case 'documents':
      return documentsTest(test.filter)
    case 'not':
      return noneTest(test.tests)
  }
}

const allTest = (tests: readonly Test[]): ValueTest => {
  const every = tests.map(leavesTest)
  return (value) => every.length > 0 && every.every((test) => test([value]))
}

const elementsTest = (tests: readonly Test[]): ValueTest => {
  const every = tests.map(valueTest)
  return (value) => Array.isArray(value) && value.some((item) => every.every((test) => test(item)))
}

const documentsTest = (filter: Filter): ValueTest => {
  const matches = compileFilter(filter)
  return (value) => Array.isArray(value) && value.some((item) => isDoc(item) && matches(item))
}

const noneTest = (tests: readonly Test[]): ValueTest => {
  const every = tests.map(valueTest)
  return (value) => !every.every((test) => test(value))
}

/** The test of all values at a path: those on values also look at each element of an array. */
const leavesTest = (test: Test): LeavesTest => {
  if (test.op === 'not') {
    const every = test.tests.map(leavesTest)
    return (leaves) => !every.every((one) => one(leaves))
  }
  if (test.op === 'all') {
    const every = test.tests.map(leavesTest)
    return (leaves) => every.length > 0 && every.every((one) => one(leaves))
  }
  const one = valueTest(test)
  if (WHOLE.has(test.op)) return (leaves) => leaves.some(one)
  return (leaves) => leaves.some((value) => one(value) || (Array.isArray(value) && value.some(one)))
}

const WHOLE: ReadonlySet<Test['op']> = new Set(['exists', 'size', 'elements', 'documents'])

const fieldPredicate = (path: readonly string[], tests: readonly Test[]): Predicate => {
  const every = tests.map(leavesTest)
  const [name = ''] = path
  if (path.length > 1) {
    return (doc) => {
      const leaves = leavesAt(doc, path)
      return every.every((test) => test(leaves))
    }
  }
  return (doc) => {
    const leaves = [fieldOf(doc, name)]
    return every.every((test) => test(leaves))
  }
}

/** Turns a parsed filter into a predicate with MongoDB's rules for arrays, missing fields and types. */
export const compileFilter = (filter: Filter): Predicate => {
  if (filter.kind === 'field') return fieldPredicate(filter.path, filter.tests)
  const each = filter.filters.map(compileFilter)
  if (filter.kind === 'and') return (doc) => each.every((test) => test(doc))
  if (filter.kind === 'or') return (doc) => each.some((test) => test(doc))
  return (doc) => !each.some((test) => test(doc))
}
