import {
  canonicalJson,
  disclosureDigest,
  openDisclosures,
  parseDisclosure,
} from '../../../policies/index.ts'
import { type Fields, type Json, LeafError, type NewEvent, type StoredEvent } from './event.ts'
import { sha256, tree } from './sha256.ts'
import type { EventRecord } from './store.ts'

/** C2SP tlog-tiles gives the length of an entry two bytes. */
const MAX_LEAF_BYTES = 65_535
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

const checkField = (part: string, name: string, value: Json): void => {
  const field = `${part}.${name}`
  if (RESERVED.has(name))
    throw new LeafError(field, 'the log uses this name itself: choose another')
  try {
    canonicalJson([name, value])
  } catch (error) {
    throw new LeafError(field, error instanceof Error ? error.message : 'is not JSON')
  }
}

const check = (event: NewEvent): void => {
  checkText('stream', event.stream)
  checkText('type', event.type)
  checkText('cmd', event.cmd)
  for (const [name, value] of Object.entries(event.data)) checkField('data', name, value)
  for (const [name, value] of Object.entries(event.secret ?? {})) {
    checkField('secret', name, value)
    if (Object.hasOwn(event.data, name))
      throw new LeafError(`secret.${name}`, 'is public already: it stands in data as well')
  }
}

/** RFC 9901 section 4.2.1: the salt keeps the digest from being guessed. */
const disclose = (name: string, value: Json, random: Random): string => {
  const salt = Buffer.from(random(16)).toString('base64url')
  return Buffer.from(canonicalJson([salt, name, value])).toString('base64url')
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
  throw new LeafError(
    largestField(data),
    `makes an entry of ${bytes} bytes, at most ${MAX_LEAF_BYTES} fit: store the content elsewhere and record its digest`,
  )
}

/** The document to store for an event at its place. Throws LeafError. */
export const buildRecord = (event: NewEvent, place: Place, random: Random): EventRecord => {
  check(event)
  const sealed = { _at: place.at, _cmd: event.cmd }
  const disclosures = Object.entries({ ...sealed, ...event.secret }).map(([name, value]) =>
    disclose(name, value, random),
  )
  const digests = disclosures.map((disclosure) => disclosureDigest(disclosure, sha256)).sort()
  const leaf = leafOf(event, place, digests)
  return {
    idx: place.idx,
    stream: event.stream,
    seq: place.seq,
    cmd: event.cmd,
    type: event.type,
    at: place.at,
    leaf,
    leafHash: leafHashOf(leaf),
    disclosures,
  }
}

/** RFC 6962 leaf hash of a leaf's UTF-8 bytes, base64. */
export const leafHashOf = (leaf: string): string =>
  Buffer.from(tree.leaf(Buffer.from(leaf))).toString('base64')

const parseLeaf = (leaf: string): Fields => {
  const value: unknown = JSON.parse(leaf)
  if (!value || typeof value !== 'object' || Array.isArray(value))
    throw new Error('a leaf of the log is not a JSON object')
  return value as Fields
}

/** The event as the application sees it. Its fields come from the leaf, so live and replayed events are alike. */
export const readRecord = (record: EventRecord): StoredEvent => {
  const { disclosures, ...known } = record
  const data = Object.entries(parseLeaf(record.leaf)).filter(([name]) => !PUBLIC.includes(name))
  const secret = disclosures
    .map(parseDisclosure)
    .filter((field) => field !== null)
    .filter(({ name }) => !isSealed(name))
    .map(({ name, value }) => [name, value as Json])
  return { ...known, data: Object.fromEntries(data), secret: Object.fromEntries(secret) }
}

/** The fields a record's disclosures open, limited to those its leaf committed to. */
export const committedFields = ({ leaf, disclosures }: EventRecord): ReadonlyMap<string, unknown> =>
  new Map(openDisclosures(leaf, disclosures, sha256).map(({ name, value }) => [name, value]))
