import { Binary, BSONRegExp, ObjectId } from 'bson'
import { unsupported } from './errors.ts'
import { type Doc, isDoc, kindOf } from './values.ts'

// Order-preserving keys: comparing two keys byte by byte orders the values as MongoDB does
// (https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/). No key is the
// beginning of another, so that keys of several fields can be joined and inverted for -1.
const TAG = {
  missing: 0x05,
  null: 0x0a,
  number: 0x10,
  string: 0x18,
  document: 0x20,
  array: 0x28,
  Binary: 0x30,
  ObjectId: 0x38,
  boolean: 0x40,
  date: 0x48,
  BSONRegExp: 0x50,
} as const

const END = Buffer.from([0])
const tagged = (tag: number): Buffer => Buffer.from([tag])
const MISSING = tagged(TAG.missing)
const NULL = tagged(TAG.null)
const FALSE = Buffer.from([TAG.boolean, 0])
const TRUE = Buffer.from([TAG.boolean, 1])

const doubleKey = (tag: number, value: number): Buffer => {
  const key = Buffer.alloc(9)
  key[0] = tag
  if (Number.isNaN(value)) return key
  key.writeDoubleBE(value === 0 ? 0 : value, 1)
  if (value < 0) for (let at = 1; at < 9; at++) key[at] = ~(key[at] ?? 0)
  else key[1] = (key[1] ?? 0) | 0x80
  return key
}

/** UTF-8 with each 0 byte written 00 FF, ended by 00 01. */
const textKey = (tag: number, text: string): Buffer => {
  if (text.includes('\0')) return escapedTextKey(tag, text)
  const length = Buffer.byteLength(text)
  const key = Buffer.allocUnsafe(length + 3)
  key[0] = tag
  key.write(text, 1, 'utf8')
  key[length + 1] = 0
  key[length + 2] = 1
  return key
}

const escapedTextKey = (tag: number, text: string): Buffer => {
  const bytes = [tag]
  for (const byte of Buffer.from(text)) bytes.push(...(byte === 0 ? [0, 0xff] : [byte]))
  return Buffer.from([...bytes, 0, 1])
}

const documentKey = (doc: Doc): Buffer => {
  const parts = [tagged(TAG.document)]
  for (const [name, value] of Object.entries(doc)) {
    const key = keyOf(value)
    parts.push(key.subarray(0, 1), textKey(TAG.string, name), key)
  }
  return Buffer.concat([...parts, END])
}

const binaryKey = (value: Binary): Buffer => {
  const head = Buffer.alloc(6)
  head[0] = TAG.Binary
  head.writeUInt32BE(value.length(), 1)
  head[5] = value.sub_type
  return Buffer.concat([head, value.value()])
}

const bsonKey = (value: unknown): Buffer => {
  if (value instanceof ObjectId) return Buffer.concat([tagged(TAG.ObjectId), value.id])
  if (value instanceof Binary) return binaryKey(value)
  if (value instanceof BSONRegExp)
    return textKey(TAG.BSONRegExp, `${value.pattern}/${value.options}`)
  throw unsupported('comparing a value of this BSON type (Decimal128, Timestamp, Code, MinKey…)')
}

/** The key of one value. Throws a refusal for types the store cannot order. */
export const keyOf = (value: unknown): Buffer => {
  if (typeof value === 'string') return textKey(TAG.string, value)
  if (typeof value === 'number') return doubleKey(TAG.number, value)
  if (value === null) return NULL
  if (value === undefined) return MISSING
  if (typeof value === 'boolean') return value ? TRUE : FALSE
  if (value instanceof Date) return doubleKey(TAG.date, value.getTime())
  if (Array.isArray(value))
    return Buffer.concat([tagged(TAG.array), ...value.map((item) => keyOf(item ?? null)), END])
  if (isDoc(value)) return documentKey(value)
  if (kindOf(value) === 'number') return doubleKey(TAG.number, Number(value))
  return bsonKey(value)
}

/** Compares in MongoDB's order across types. */
export const compareValues = (a: unknown, b: unknown): number => Buffer.compare(keyOf(a), keyOf(b))

export const inverted = (key: Buffer): Buffer => {
  const out = Buffer.allocUnsafe(key.length)
  for (let at = 0; at < key.length; at++) out[at] = ~(key[at] ?? 0)
  return out
}

/** The smallest key greater than every key that begins with this one. */
export const successor = (key: Buffer): Buffer => {
  for (let at = key.length - 1; at >= 0; at--) {
    const byte = key[at] ?? 0
    if (byte === 0xff) continue
    const out = Buffer.from(key.subarray(0, at + 1))
    out[at] = byte + 1
    return out
  }
  return Buffer.from([0xff])
}

/** All keys of the type this key has: MongoDB compares only within a type. */
export const bracketOf = (key: Buffer): { readonly low: Buffer; readonly high: Buffer } => {
  const tag = key[0] ?? 0
  return { low: tagged(tag), high: tagged(tag + 1) }
}

/** The key of every string that begins with the text, without its end. */
export const prefixKey = (text: string): Buffer => textKey(TAG.string, text).subarray(0, -2)
