import { badValue, storeError } from './errors.ts'
import { type Doc, fieldOf, isDoc } from './values.ts'

export const splitPath = (path: string): readonly string[] => {
  const parts = path.split('.')
  if (parts.includes('__proto__')) throw badValue(`the field name '__proto__' is refused: ${path}`)
  return parts
}

const POSITION = /^\d+$/

/** The values a filter sees at a path: arrays on the way are looked into, the last one is not. */
export const leavesAt = (value: unknown, path: readonly string[], depth = 0): unknown[] => {
  const name = path[depth]
  if (name === undefined) return [value]
  if (isDoc(value)) return leavesAt(fieldOf(value, name), path, depth + 1)
  if (!Array.isArray(value)) return [undefined]
  const inside = value.filter(isDoc).flatMap((item) => leavesAt(item, path, depth))
  if (!POSITION.test(name) || Number(name) >= value.length) return inside
  return [...leavesAt(value[Number(name)], path, depth + 1), ...inside]
}

/** The values an index or a sort sees: one an array element, `undefined` for an empty array, null when missing. */
export const keyValuesAt = (value: unknown, path: readonly string[], depth = 0): unknown[] => {
  const name = path[depth]
  if (name === undefined) {
    if (!Array.isArray(value)) return [value ?? null]
    return value.length === 0 ? [undefined] : value.map((item) => item ?? null)
  }
  if (isDoc(value)) return keyValuesAt(fieldOf(value, name), path, depth + 1)
  if (!Array.isArray(value) || value.length === 0) return [null]
  if (POSITION.test(name) && Number(name) < value.length)
    return keyValuesAt(value[Number(name)], path, depth + 1)
  return value.flatMap((item) => (isDoc(item) ? keyValuesAt(item, path, depth) : [null]))
}

/** The value at a path without looking into arrays except by position. */
export const valueAt = (doc: Doc, path: readonly string[]): unknown => {
  let value: unknown = doc
  for (const name of path) {
    if (isDoc(value)) value = fieldOf(value, name)
    else if (Array.isArray(value) && POSITION.test(name)) value = value[Number(name)]
    else return undefined
  }
  return value
}

const notViable = (path: readonly string[], name: string): Error =>
  storeError(28, 'PathNotViable', `Cannot create field '${name}' at '${path.join('.')}'`)

type Container = Doc | unknown[]
const isContainer = (value: unknown): value is Container => Array.isArray(value) || isDoc(value)

const child = (parent: Container, name: string): unknown => {
  if (Array.isArray(parent)) return POSITION.test(name) ? parent[Number(name)] : undefined
  return fieldOf(parent, name)
}

const MOST_PADDING = 1_500_000

const assign = (parent: Container, name: string, value: unknown, path: readonly string[]): void => {
  if (!Array.isArray(parent)) {
    parent[name] = value
    return
  }
  const at = Number(name)
  if (!POSITION.test(name) || at > parent.length + MOST_PADDING) throw notViable(path, name)
  while (parent.length < at) parent.push(null)
  parent[at] = value
}

/** Sets the value at a path, making the subdocuments on the way. Throws 28 where a scalar stands. */
export const setAt = (doc: Doc, path: readonly string[], value: unknown): void => {
  let parent: Container = doc
  for (const name of path.slice(0, -1)) {
    const next: unknown = child(parent, name)
    if (next !== undefined && !isContainer(next)) throw notViable(path, name)
    const made: Container = next ?? {}
    if (next === undefined) assign(parent, name, made, path)
    parent = made
  }
  assign(parent, path.at(-1) ?? '', value, path)
}

/** Removes the field at a path; an array element becomes null, as on the server. */
export const unsetAt = (doc: Doc, path: readonly string[]): void => {
  const parent = valueAt(doc, path.slice(0, -1))
  const name = path.at(-1) ?? ''
  if (isDoc(parent)) delete parent[name]
  else if (Array.isArray(parent) && Number(name) < parent.length) parent[Number(name)] = null
}
