import { isObject, type JsonObject } from './reader.ts'

/** A licence document as JSON, whole or half-finished. */
export type LicenceJson = JsonObject

/** A list, or a single thing as a list of one. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** The uid of a node, if it is one. */
export const uidOf = (node: unknown): unknown => (isObject(node) ? node.uid : undefined)

/** Every uid in a document, in any place. */
function uidsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(uidsIn)
  if (!isObject(node)) return []
  const own = typeof node.uid === 'string' ? [node.uid] : []
  return [...own, ...Object.values(node).flatMap(uidsIn)]
}

/** A uid for a new clause: the licence's own with `#name`, counted on while it is taken. */
export function freshUid(document: LicenceJson, name: string): string {
  const taken = new Set(uidsIn(document))
  const base = `${String(document.uid)}#${name}`
  let uid = base
  for (let count = 2; taken.has(uid); count += 1) uid = `${base}-${count}`
  return uid
}

/** A node without the keys that hold an empty list: the profile reads a missing list as empty. */
export function withList(node: LicenceJson, key: string, items: readonly unknown[]): LicenceJson {
  const { [key]: _, ...rest } = node
  return items.length === 0 ? rest : { ...rest, [key]: items }
}
