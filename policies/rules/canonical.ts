/** SHA-256 of some bytes as 32 bytes; passed in, because server and browser have their own. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

// In a regular expression with the u flag a surrogate only matches when it has no partner.
const LONE_SURROGATE = /\p{Surrogate}/u

/** Whether `text` can be written as UTF-8 without loss. */
export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text)

function canonicalString(text: string): string {
  if (!isWellFormed(text)) throw new TypeError('canonical JSON: a string holds a lone surrogate')
  return JSON.stringify(text)
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('canonical JSON: only plain objects and arrays can be written')
  const fields = Object.entries(value)
    // RFC 8785 section 3.2.3: names are ordered by UTF-16 code unit, not by locale.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${canonicalString(name)}:${canonicalJson(field)}`)
  return `{${fields.join(',')}}`
}

/**
 * The one way to write a JSON value (RFC 8785, JCS), so that equal values have equal bytes.
 *
 * Throws TypeError on what JSON cannot carry: undefined, functions, bigint, symbols, non-finite
 * numbers, lone surrogates, class instances. Array holes count as undefined.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON: ${value} is not a number`)
    return JSON.stringify(value)
  }
  // Array.from visits holes, map would keep them.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(',')}]`
  if (typeof value === 'object') return canonicalObject(value)
  throw new TypeError(`canonical JSON: a value of type ${typeof value} cannot be written`)
}

function utf8Length(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}

const LEADS = [0, 0, 0xc0, 0xe0, 0xf0]

function encodePoint(point: number): number[] {
  const length = utf8Length(point)
  if (length === 1) return [point]
  const tail = Array.from({ length: length - 1 }, (_, index) => {
    const shift = 6 * (length - 2 - index)
    return 0x80 | ((point >> shift) & 0x3f)
  })
  return [(LEADS[length] ?? 0) | (point >> (6 * (length - 1))), ...tail]
}

/** The bytes of a text of ASCII alone, null for any other. */
function ascii(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x7f) return null
    bytes[index] = code
  }
  return bytes
}

/** UTF-8 bytes of a well-formed string (RFC 3629); a lone surrogate throws TypeError. */
export function utf8(text: string): Uint8Array {
  const plain = ascii(text)
  if (plain) return plain
  if (!isWellFormed(text)) throw new TypeError('a string with a lone surrogate has no UTF-8 form')
  const bytes: number[] = []
  for (const character of text) bytes.push(...encodePoint(character.codePointAt(0) ?? 0))
  return Uint8Array.from(bytes)
}

/** The address of a JSON value: `sha256-` and 64 hexadecimal digits of its canonical bytes. */
export function digestOf(value: unknown, sha256: Sha256): string {
  const hash = sha256(utf8(canonicalJson(value)))
  return `sha256-${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
