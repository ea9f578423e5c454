import type { Index, IndexField } from './catalogue.ts'
import { storeError } from './errors.ts'
import { inverted, keyOf } from './keys.ts'
import { type Doc, fieldOf, isDoc } from './values.ts'

export interface DocumentKeys {
  readonly keys: readonly Buffer[]
  readonly multikey: boolean
}

/** How far one index field has come in the document. */
interface Walk {
  readonly value: unknown
  readonly rest: readonly string[]
  readonly done: boolean
}

const advance = ({ value, rest, done }: Walk): Walk => {
  let current = value
  let depth = 0
  if (done) return { value, rest, done }
  for (; depth < rest.length && isDoc(current); depth++)
    current = fieldOf(current, rest[depth] ?? '')
  const left = rest.slice(depth)
  if (Array.isArray(current)) return { value: current, rest: left, done: false }
  return { value: left.length > 0 ? null : (current ?? null), rest: [], done: true }
}

const enter = (walk: Walk, list: readonly unknown[], item: unknown): Walk => {
  if (walk.done || walk.value !== list) return walk
  if (walk.rest.length === 0) return { value: item, rest: [], done: true }
  return isDoc(item)
    ? { value: item, rest: walk.rest, done: false }
    : { value: null, rest: [], done: true }
}

const elementsOf = (list: readonly unknown[], walk: Walk): readonly unknown[] => {
  if (list.length > 0) return list.map((item) => item ?? null)
  return walk.rest.length === 0 ? [undefined] : [null]
}

const MOST_KEYS = 20_000

/** All combinations of values: fields under one array go through its elements together. */
const combinations = (walks: readonly Walk[]): (readonly unknown[])[] => {
  const here = walks.map(advance)
  const open = here.filter((walk) => !walk.done)
  const [first] = open
  if (!first || !Array.isArray(first.value)) return [here.map((walk) => walk.value)]
  const list: readonly unknown[] = first.value
  if (open.some((walk) => walk.value !== list))
    throw storeError(171, 'CannotIndexParallelArrays', 'cannot index parallel arrays')
  if (list.length === 0) {
    const entered = here.map((walk) => enter(walk, list, elementsOf(list, walk)[0]))
    return combinations(entered)
  }
  if (list.length > MOST_KEYS)
    throw storeError(10088, 'Location10088', `a document has more than ${MOST_KEYS} index keys`)
  return elementsOf(list, first).flatMap((item) =>
    combinations(here.map((walk) => enter(walk, list, item))),
  )
}

const directed = (value: unknown, field: IndexField | undefined): Buffer => {
  const key = keyOf(value)
  return field?.descending ? inverted(key) : key
}

const joined = (values: readonly unknown[], fields: readonly IndexField[]): Buffer => {
  const parts = values.map((value, at) => directed(value, fields[at]))
  const [only] = parts
  return parts.length === 1 && only ? only : Buffer.concat(parts)
}

const distinct = (keys: readonly Buffer[]): Buffer[] => [
  ...new Map(keys.map((key) => [key.toString('latin1'), key])).values(),
]

/** The keys under which an index lists a document: one, or one an array element. */
export const indexKeys = (doc: Doc, index: Index): DocumentKeys => {
  const walks = index.fields.map(({ path }) => ({ value: doc, rest: path, done: false }))
  const multikey = walks.some((walk) => Array.isArray(advance(walk).value))
  const combos = combinations(walks)
  const keys = combos.map((values) => joined(values, index.fields))
  return { keys: keys.length > 1 ? distinct(keys) : keys, multikey }
}
