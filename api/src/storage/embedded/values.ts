import { deserialize, serialize } from 'bson'

/** A decoded document. Values are what `bson` yields: primitives, Date, arrays, documents and BSON types. */
export type Doc = { [field: string]: unknown }

export const isDoc = (value: unknown): value is Doc => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** An object whose keys are operators, `{ $gt: 1 }`, as against a plain subdocument. */
export const isOperators = (value: unknown): value is Doc => {
  if (!isDoc(value)) return false
  const [first] = Object.keys(value)
  return first?.startsWith('$') ?? false
}

/** Reads only own fields: a field called `constructor` is data, never what JavaScript inherits. */
export const fieldOf = (doc: Doc, name: string): unknown =>
  Object.hasOwn(doc, name) ? doc[name] : undefined

// Binary stays Binary and a regular expression keeps its own options, so that both survive a rewrite.
const READING = { promoteBuffers: false, bsonRegExp: true, validation: { utf8: false } } as const

export const decode = (bytes: Uint8Array): Doc => deserialize(bytes, READING)

/** Decodes a command, leaving the documents of the named array as bytes. */
export const decodeKeepingRaw = (bytes: Uint8Array, field: string): Doc =>
  deserialize(bytes, { ...READING, fieldsAsRaw: { [field]: true } })

export const encode = (doc: Doc): Buffer => {
  const bytes = serialize(doc, { ignoreUndefined: true })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const BSON_TYPES = ['ObjectId', 'Binary', 'BSONRegExp', 'Long', 'Double', 'Int32'] as const
type BsonType = (typeof BSON_TYPES)[number]

export type Kind =
  | 'missing'
  | 'null'
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'array'
  | 'document'
  | 'other'
  | BsonType

const bsonTypeOf = (value: object): Kind => {
  if (isDoc(value)) return 'document'
  const name: unknown = Reflect.get(value, '_bsontype')
  return BSON_TYPES.find((type) => type === name) ?? 'other'
}

/** The comparison bracket of a value: only values of the same kind compare as greater or less. */
export const kindOf = (value: unknown): Kind => {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'number' || typeof value === 'bigint') return 'number'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value !== 'object') return 'other'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  const kind = bsonTypeOf(value)
  return kind === 'Long' || kind === 'Double' || kind === 'Int32' ? 'number' : kind
}
