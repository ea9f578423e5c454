import { canonicalJson, openDisclosures } from '../../../policies/index.ts'
import {
  type Fields,
  type Json,
  LeafError,
  LeafSizeError,
  type NewEvent,
  type StoredEvent,
} from './event.ts'
import { sha256, textDigest } from './sha256.ts'
import type { EventRecord } from './store.ts'

/** C2SP tlog-tiles gives the length of an entry two bytes. */
const MAX_LEAF_BYTES = 65_535
const SALT_BYTES = 16
/** The members every leaf has, and the private ones by which it vouches for time and command. */
const PUBLIC = ['v', 'type', 'stream', 'seq', 'day', '_sd']
const SEALED = ['_at', '_cmd']
// '...' means an undisclosed array member in RFC 9901.
const RESERVED = new Set([...PUBLIC, ...SEALED, '...'])

/** Where an event stands. */
export interface Place {
  readonly idx: number
  readonly seq: number
  readonly at: number
}

export type Random = (bytes: number) => Uint8Array

/** Whether a private field belongs to the log itself: it is never shown and never erased. */
export const isSealed = (name: string): boolean => SEALED.includes(name)

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const checkText = (field: string, value: string): void => {
  if (value === '') throw new LeafError(field, 'must not be empty')
}

const checkNames = ({ data, secret = {} }: NewEvent): void => {
  const names = Object.entries({ data, secret }).flatMap(([part, fields]) =>
    Object.keys(fields).map((name) => ({ part, name })),
  )
  for (const { part, name } of names) {
    if (RESERVED.has(name))
      throw new LeafError(`${part}.${name}`, 'the log uses this name itself: choose another')
    if (part === 'secret' && Object.hasOwn(data, name))
      throw new LeafError(`secret.${name}`, 'is public already: it stands in data as well')
  }
}

const check = (event: NewEvent): void => {
  checkText('stream', event.stream)
  checkText('type', event.type)
  checkText('cmd', event.cmd)
  checkNames(event)
}

/** Names the field that canonical JSON cannot write, once it is known that there is one. */
const blame = ({ data, secret = {} }: NewEvent, fault: unknown): unknown => {
  for (const [part, fields] of Object.entries({ data, secret }))
    for (const [name, value] of Object.entries(fields)) {
      try {
        canonicalJson([name, value])
      } catch (error) {
        return new LeafError(`${part}.${name}`, error instanceof Error ? error.message : 'no JSON')
      }
    }
  return fault
}

/** RFC 9901 section 4.2.1: the salts keep the digests from being guessed. */
const disclose = (fields: Fields, random: Random): readonly string[] => {
  const entries = Object.entries(fields)
  const salts = Buffer.from(random(SALT_BYTES * entries.length))
  return entries.map(([name, value], i) => {
    const salt = salts.toString('base64url', i * SALT_BYTES, (i + 1) * SALT_BYTES)
    return Buffer.from(canonicalJson([salt, name, value])).toString('base64url')
  })
}

const largestField = (data: Fields): string => {
  const sizes = Object.entries(data).map(([name, value]) => ({
    name: `data.${name}`,
    size: canonicalJson(value).length,
  }))
  return sizes.sort((a, b) => b.size - a.size)[0]?.name ?? 'data'
}

const leafOf = (event: NewEvent, { seq, at }: Place, digests: readonly string[]): string => {
  const { type, stream, data } = event
  const leaf = canonicalJson({ v: 1, type, stream, seq, day: dayOf(at), ...data, _sd: digests })
  const bytes = Buffer.byteLength(leaf)
  if (bytes <= MAX_LEAF_BYTES) return leaf
  throw new LeafSizeError(
    largestField(data),
    `makes an entry of ${bytes} bytes, at most ${MAX_LEAF_BYTES} fit: store the content elsewhere and record its digest`,
  )
}

const build = (event: NewEvent, place: Place, random: Random): EventRecord => {
  const { stream, cmd, type, secret } = event
  const { idx, seq, at } = place
  const disclosures = disclose({ _at: at, _cmd: cmd, ...secret }, random)
  const digests = disclosures.map((disclosure) => textDigest(disclosure, 'base64url')).sort()
  const leaf = leafOf(event, place, digests)
  return { idx, stream, seq, cmd, type, at, leaf, leafHash: leafHashOf(leaf), disclosures }
}

/** The document to store for an event at its place. Throws LeafError. */
export const buildRecord = (event: NewEvent, place: Place, random: Random): EventRecord => {
  check(event)
  try {
    return build(event, place, random)
  } catch (fault) {
    throw blame(event, fault)
  }
}

/** RFC 6962 leaf hash of a leaf's UTF-8 bytes, base64. */
export const leafHashOf = (leaf: string): string => textDigest(`\0${leaf}`, 'base64')

const parseLeaf = (leaf: string): Fields => {
  const value: unknown = JSON.parse(leaf)
  if (!value || typeof value !== 'object' || Array.isArray(value))
    throw new Error('a leaf of the log is not a JSON object')
  return value as Fields
}

const readDisclosure = (disclosure: string): readonly [string, Json] | null => {
  try {
    const [, name, value] = JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as Json[]
    return typeof name === 'string' && value !== undefined ? [name, value] : null
  } catch {
    return null
  }
}

/** The event as the application sees it. Its fields come from the leaf, so live and replayed events are alike. */
export const readRecord = (record: EventRecord): StoredEvent => {
  const { disclosures, ...known } = record
  const data = Object.entries(parseLeaf(record.leaf)).filter(([name]) => !PUBLIC.includes(name))
  const secret = disclosures
    .map(readDisclosure)
    .filter((field) => field !== null)
    .filter(([name]) => !isSealed(name))
  return { ...known, data: Object.fromEntries(data), secret: Object.fromEntries(secret) }
}

/** The fields a record's disclosures open, limited to those its leaf committed to. */
export const committedFields = ({ leaf, disclosures }: EventRecord): ReadonlyMap<string, unknown> =>
  new Map(openDisclosures(leaf, disclosures, sha256).map(({ name, value }) => [name, value]))
