import { leafHashOf } from '../../api/src/log/leaf.ts'
import type { Dice } from '../support/dice.ts'

/** An event as it lies in the database. */
export interface RawEvent {
  readonly _id: number
  readonly stream: unknown
  readonly seq: unknown
  readonly cmd: unknown
  readonly type: unknown
  readonly at: unknown
  readonly leaf: string
  readonly leafHash: unknown
  readonly disclosures: readonly unknown[]
}

/** One field of one event, changed behind the registry's back. */
export interface Edit {
  /** As `verify` should name it. */
  readonly field: string
  readonly before: RawEvent
  readonly after: RawEvent
}

/** Something close to a value, but not it. */
const other = (value: unknown, chance: Dice): unknown => {
  if (typeof value === 'number') {
    // Far away: the database itself refuses a place in a stream that is taken.
    const far = 1_000 + chance.roll(1_000_000)
    return chance.pick([value + far, value - far, `${value}`, `no ${far}`])
  }
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : ['more']
  if (value && typeof value === 'object') return { ...value, more: 1 }
  if (typeof value !== 'string' || value === '') return 'something'
  const at = chance.roll(value.length)
  const swapped = value[at] === 'a' ? 'b' : 'a'
  return chance.pick([
    `${value.slice(0, at)}${swapped}${value.slice(at + 1)}`,
    `${value} `,
    [value],
    chance.roll(1e9),
  ])
}

/** A document the registry reads, as it lies in its collection. */
export type RawDocument = Readonly<Record<string, unknown>> & { readonly _id: string }

/** One field of one document, changed behind the registry's back. */
export interface DocumentEdit {
  readonly collection: string
  readonly field: string
  readonly before: RawDocument
  readonly after: RawDocument
}

export const editDocument = (
  collection: string,
  before: RawDocument,
  chance: Dice,
): DocumentEdit => {
  const field = chance.pick(Object.keys(before).filter((name) => name !== '_id'))
  return { collection, field, before, after: { ...before, [field]: other(before[field], chance) } }
}

const membersOf = ({ leaf }: RawEvent): Readonly<Record<string, unknown>> => JSON.parse(leaf)

const COLUMNS = ['stream', 'seq', 'cmd', 'type', 'at', 'leafHash'] as const

/** Every name under which something of this event can be edited. */
export const fieldsOf = (event: RawEvent): readonly string[] => [
  ...COLUMNS,
  'disclosures',
  ...Object.keys(membersOf(event)).map((name) => `leaf.${name}`),
]

const otherDisclosure = (disclosure: string, chance: Dice): string => {
  const [salt, name, value]: unknown[] = JSON.parse(
    Buffer.from(disclosure, 'base64url').toString('utf8'),
  )
  const changed = [salt, name, other(value, chance)]
  return Buffer.from(JSON.stringify(changed)).toString('base64url')
}

const editDisclosure = (event: RawEvent, chance: Dice): RawEvent => {
  const place = chance.roll(event.disclosures.length)
  const disclosures = event.disclosures.map((one, i) =>
    i === place ? otherDisclosure(String(one), chance) : one,
  )
  return { ...event, disclosures }
}

/** The leaf, and half the time its hash with it, as somebody careful would do. */
const editLeaf = (event: RawEvent, name: string, chance: Dice): RawEvent => {
  const members = membersOf(event)
  const leaf = JSON.stringify({ ...members, [name]: other(members[name], chance) })
  return { ...event, leaf, leafHash: chance.chance(2) ? leafHashOf(leaf) : event.leafHash }
}

export const makeEdit = (before: RawEvent, field: string, chance: Dice): Edit => {
  const [, member] = field.split('leaf.')
  if (field === 'disclosures') return { field, before, after: editDisclosure(before, chance) }
  if (member) return { field, before, after: editLeaf(before, member, chance) }
  const column = COLUMNS.find((name) => name === field) ?? 'stream'
  return { field, before, after: { ...before, [column]: other(before[column], chance) } }
}
