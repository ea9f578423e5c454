import { badValue, storeError, unsupported } from './errors.ts'
import { parseFilter } from './filter.ts'
import { compareValues, keyOf } from './keys.ts'
import { compileFilter } from './match.ts'
import { setAt, unsetAt, valueAt } from './paths.ts'
import { type Doc, isDoc, isOperators, kindOf } from './values.ts'

type Path = readonly string[]

/** Changes the document at a path. */
export type UpdateOperator = (doc: Doc, path: Path, operand: unknown) => void

const wrongType = (operator: string, path: Path, found: unknown): Error =>
  storeError(
    14,
    'TypeMismatch',
    `Cannot apply ${operator} to the field '${path.join('.')}' of type ${kindOf(found)}`,
  )

const addTo: UpdateOperator = (doc, path, operand) => {
  const found = valueAt(doc, path)
  if (kindOf(operand) !== 'number')
    throw storeError(14, 'TypeMismatch', `Cannot increment '${path.join('.')}' by a non-number`)
  if (found !== undefined && kindOf(found) !== 'number') throw wrongType('$inc', path, found)
  setAt(doc, path, Number(found ?? 0) + Number(operand))
}

const extreme =
  (wanted: (order: number) => boolean): UpdateOperator =>
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
  return slice < 0 ? list.slice(slice) : list.slice(0, slice)
}

const push: UpdateOperator = (doc, path, operand) => {
  const list = listAt(doc, path, '$push')
  const added = eachOf('$push', operand, ['$slice'])
  const slice = isOperators(operand) ? operand.$slice : undefined
  setAt(doc, path, sliced([...list, ...added], slice))
}

const keyText = (value: unknown): string => keyOf(value).toString('latin1')

/** Adds what is not yet there; what was there twice stays so. */
const addToSet: UpdateOperator = (doc, path, operand) => {
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

const pull: UpdateOperator = (doc, path, operand) => {
  if (valueAt(doc, path) === undefined) return
  const gone = pulled(operand)
  setAt(
    doc,
    path,
    listAt(doc, path, '$pull').filter((item) => !gone(item)),
  )
}

const pullAll: UpdateOperator = (doc, path, operand) => {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument')
  if (valueAt(doc, path) === undefined) return
  const gone = new Set(operand.map(keyText))
  const kept = listAt(doc, path, '$pullAll').filter((item) => !gone.has(keyText(item)))
  setAt(doc, path, kept)
}

/** The update operators the store has; any other is refused by name. */
export const updateOperators: ReadonlyMap<string, UpdateOperator> = new Map<string, UpdateOperator>(
  [
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
  ],
)
