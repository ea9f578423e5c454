import { failedToParse, storeError, unsupported } from './errors.ts'
import type { Filter } from './filter.ts'
import { setAt, splitPath } from './paths.ts'
import { updateOperators } from './update-operators.ts'
import { type Doc, isDoc, isOperators } from './values.ts'

type Path = readonly string[]

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
    if (!updateOperators.has(operator))
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
    updateOperators.get(operator)?.(doc, path, operand)
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
