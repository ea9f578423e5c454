import { badValue, unsupported } from './errors.ts'
import { splitPath } from './paths.ts'
import { type Doc, isDoc } from './values.ts'

/** The named fields as a tree; an empty branch names the whole field. */
interface Branch {
  readonly fields: Map<string, Branch>
}

const branch = (): Branch => ({ fields: new Map() })

const grow = (root: Branch, path: readonly string[]): void => {
  let at = root
  for (const name of path) {
    const next = at.fields.get(name) ?? branch()
    at.fields.set(name, next)
    at = next
  }
}

type Change = (value: unknown, at: Branch) => unknown

const included: Change = (value, at) => {
  if (at.fields.size === 0) return value
  if (Array.isArray(value))
    return value
      .filter((item) => isDoc(item) || Array.isArray(item))
      .map((item) => included(item, at))
  if (!isDoc(value)) return undefined
  const kept: Doc = {}
  for (const [name, item] of Object.entries(value)) {
    const next = at.fields.get(name)
    const inner = next ? included(item, next) : undefined
    if (inner !== undefined) kept[name] = inner
  }
  return kept
}

const excluded: Change = (value, at) => {
  if (Array.isArray(value)) return value.map((item) => excluded(item, at))
  if (!isDoc(value)) return value
  const kept: Doc = {}
  for (const [name, item] of Object.entries(value)) {
    const next = at.fields.get(name)
    if (next && next.fields.size === 0) continue
    kept[name] = next ? excluded(item, next) : item
  }
  return kept
}

const isOn = (name: string, value: unknown): boolean => {
  if (isDoc(value))
    throw unsupported(`the projection ${Object.keys(value)[0] ?? '{}'} of '${name}'`, 2, 'BadValue')
  if (typeof value === 'boolean' || typeof value === 'number') return Boolean(value)
  throw unsupported(`a computed projection of '${name}'`, 2, 'BadValue')
}

export type Projector = (doc: Doc) => Doc

const asDoc = (value: unknown): Doc => (isDoc(value) ? value : {})

/** A function that keeps or leaves out fields; nothing when the projection is empty. */
export const parseProjection = (projection: Doc | undefined): Projector | undefined => {
  const entries = Object.entries(projection ?? {})
  if (entries.length === 0) return undefined
  const fields = entries.map(([name, value]) => ({ name, on: isOn(name, value) }))
  if (fields.some(({ name }) => /(^|\.)\$/.test(name)))
    throw unsupported('a positional projection', 2, 'BadValue')
  const others = fields.filter(({ name }) => name !== '_id')
  const id = fields.find(({ name }) => name === '_id')
  const including = others.length > 0 ? others[0]?.on === true : id?.on === true
  if (others.some(({ on }) => on !== including))
    throw badValue('Cannot mix inclusion and exclusion in a projection')
  const root = branch()
  for (const { name } of others) grow(root, splitPath(name))
  if (including ? id?.on !== false : id?.on === false) root.fields.set('_id', branch())
  const change = including ? included : excluded
  return (doc) => asDoc(change(doc, root))
}
