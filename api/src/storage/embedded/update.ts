import { badValue, failedToParse, storeError, unsupported } from './errors.ts'
import { type Filter, parseFilter } from './filter.ts'
import { compareValues, keyOf } from './keys.ts'
import { compileFilter } from './match.ts'
import { setAt, splitPath, unsetAt, valueAt } from './paths.ts'
import { type Doc, isDoc, isOperators, kindOf } from './values.ts'

type Path = readonly string[]
type Operator = (doc: Doc, path: Path, operand: unknown, name: string) => void

const wrongType = (operator: string, path: Path, found: unknown): Error =>
  storeError(
    14,
    'TypeMismatch',
    `Cannot apply ${operator} to the field '${path.join('.')}' of type ${kindOf(found)}`,
  )

const addTo: Operator = (doc, path, operand) => {
  const found = valueAt(doc, path)
  if (kindOf(operand) !== 'number')
    throw storeError(14, 'TypeMismatch', `Cannot increment '${path.join('.')}' by a non-number`)
  if (found !== undefined && kindOf(found) !== 'number') throw wrongType('$inc', path, found)
  setAt(doc, path, Number(found ?? 0) + Number(operand))
}

const extreme =
  (wanted: (order: number) => boolean): Operator =>
  (doc, path, operand) => {
    const found = valueAt(doc, path)
    if (found === undefined || wanted(compareValues(operand, found))) setAt(doc, path, operand)
  }

const listAt = (doc: Doc, path: Path, operator: string): unknown[] => {
  const found = valueAt(doc, path)
  if (found === undefined) return []
  if (Array.isArray(found)) return [...found]
  throw wrongType(operator, path, found)
}

/** The values of `{ $each: [...] }` or the one value given; any other modifier is refused. */
const eachOf = (operator: string, operand: unknown, modifiers: readonly string[]): unknown[] => {
  if (!isOperators(operand) || !('$each' in operand)) {
    if (isOperators(operand)) throw badValue(`${operator} with modifiers needs $each`)
    return [operand]
  }
  for (const name of Object.keys(operand))
    if (name !== '$each' && !modifiers.includes(name))
      throw unsupported(`the modifier ${name} of ${operator}`, 2, 'BadValue')
  if (!Array.isArray(operand.$each)) throw badValue(`$each of ${operator} must be an array`)
  return operand.$each
}

const sliced = (list: unknown[], slice: unknown): unknown[] => {
  if (slice === undefined) return list
  if (typeof slice !== 'number' || !Number.isInteger(slice))
    throw badValue('$slice must be a whole number')
  if (slice === 0) return []
  return slice < 0 ? list.slice(slice) : list.slice(0, slice)
}

const push: Operator = (doc, path, operand) => {
  const list = listAt(doc, path, '$push')
  const added = eachOf('$push', operand, ['$slice'])
  const slice = isOperators(operand) ? operand.$slice : undefined
  setAt(doc, path, sliced([...list, ...added], slice))
}

const keyText = (value: unknown): string => keyOf(value).toString('latin1')

/** Adds what is not yet there; what was there twice stays so. */
const addToSet: Operator = (doc, path, operand) => {
  const list = listAt(doc, path, '$addToSet')
  const known = new Set(list.map(keyText))
  for (const value of eachOf('$addToSet', operand, [])) {
    const key = keyText(value)
    if (!known.has(key)) list.push(value)
    known.add(key)
  }
  setAt(doc, path, list)
}

/** What $pull removes: elements equal to a value, passing operators, or documents matching a filter. */
const pulled = (operand: unknown): ((item: unknown) => boolean) => {
  if (isDoc(operand) && !isOperators(operand)) {
    const matches = compileFilter(parseFilter(operand))
    return (item) => isDoc(item) && matches(item)
  }
  const matches = compileFilter(parseFilter({ item: operand }))
  return (item) => matches({ item: Array.isArray(item) ? [item] : item })
}

const pull: Operator = (doc, path, operand) => {
  if (valueAt(doc, path) === undefined) return
  const gone = pulled(operand)
  setAt(
    doc,
    path,
    listAt(doc, path, '$pull').filter((item) => !gone(item)),
  )
}

const pullAll: Operator = (doc, path, operand) => {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument')
  if (valueAt(doc, path) === undefined) return
  const gone = new Set(operand.map(keyText))
  const kept = listAt(doc, path, '$pullAll').filter((item) => !gone.has(keyText(item)))
  setAt(doc, path, kept)
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$set', setAt],
  ['$setOnInsert', setAt],
  ['$unset', (doc, path) => unsetAt(doc, path)],
  ['$inc', addTo],
  ['$max', extreme((order) => order > 0)],
  ['$min', extreme((order) => order < 0)],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pull', pull],
  ['$pullAll', pullAll],
])

interface Change {
  readonly operator: string
  readonly path: Path
  readonly operand: unknown
}

/** A parsed update: a new document, or changes to fields. */
export type Update =
  | { readonly kind: 'replacement'; readonly doc: Doc }
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }

const changePath = (name: string): Path => {
  if (/(^|\.)\$/.test(name)) throw unsupported(`the positional update '${name}'`, 2, 'BadValue')
  if (name === '' || name.split('.').includes(''))
    throw storeError(56, 'EmptyFieldName', `The update path '${name}' contains an empty field name`)
  return splitPath(name)
}

const isPrefix = (a: Path, b: Path): boolean => a.every((name, at) => b[at] === name)

const checkConflicts = (changes: readonly Change[]): void => {
  const paths = changes.map((change) => change.path)
  for (const [at, path] of paths.entries())
    for (const other of paths.slice(at + 1))
      if (isPrefix(path, other) || isPrefix(other, path))
        throw storeError(
          40,
          'ConflictingUpdateOperators',
          `Updating the path '${other.join('.')}' would create a conflict at '${path.join('.')}'`,
        )
}

const parseChanges = (update: Doc): Change[] =>
  Object.entries(update).flatMap(([operator, fields]) => {
    if (!OPERATORS.has(operator))
      throw operator.startsWith('$')
        ? unsupported(`the update operator ${operator}`, 9, 'FailedToParse')
        : failedToParse(`Unknown modifier: ${operator}; a replacement has no operators`)
    if (!isDoc(fields)) throw failedToParse(`Modifiers of ${operator} must be an object`)
    return Object.entries(fields).map(([name, operand]) => ({
      operator,
      path: changePath(name),
      operand,
    }))
  })

/** Parses an update. Throws for pipelines, positional paths and operators the store leaves out. */
export const parseUpdate = (update: unknown): Update => {
  if (Array.isArray(update)) throw unsupported('an update by an aggregation pipeline')
  if (!isDoc(update)) throw failedToParse('an update must be a document')
  if (!isOperators(update)) {
    for (const name of Object.keys(update)) splitPath(name)
    return { kind: 'replacement', doc: update }
  }
  const changes = parseChanges(update)
  checkConflicts(changes)
  return { kind: 'changes', changes }
}

/** Applies an update to a document of the caller's own, which may be changed, and returns the result. */
export const applyUpdate = (doc: Doc, update: Update, inserting: boolean): Doc => {
  if (update.kind === 'replacement') {
    const { _id = doc._id, ...rest } = update.doc
    return _id === undefined ? rest : { _id, ...rest }
  }
  for (const { operator, path, operand } of update.changes) {
    if (operator === '$setOnInsert' && !inserting) continue
    OPERATORS.get(operator)?.(doc, path, operand, operator)
  }
  return doc
}

/** The document an upsert starts from: what the filter says a field equals. */
export const seedOf = (filter: Filter): Doc => {
  const seed: Doc = {}
  fillSeed(filter, seed)
  return seed
}

const fillSeed = (filter: Filter, seed: Doc): void => {
  if (filter.kind === 'and') for (const one of filter.filters) fillSeed(one, seed)
  if (filter.kind !== 'field') return
  for (const test of filter.tests) {
    const [only] = test.op === 'in' || test.op === 'all' ? test.tests : [test]
    const single = test.op === 'eq' || ('tests' in test && test.tests.length === 1)
    if (single && test.op !== 'not' && test.op !== 'elements' && only?.op === 'eq')
      setAt(seed, filter.path, only.value)
  }
}
