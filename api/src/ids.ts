import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `n` random bytes; the one source of randomness, passed to what needs it. */
export const random = (n: number): Uint8Array => new Uint8Array(randomBytes(n))

/** An unguessable id: prefix, then 80 random bits in Crockford's base 32. */
export const newId = (prefix: string): string =>
  `${prefix}_${Array.from(randomBytes(16), (byte) => ALPHABET[byte & 31]).join('')}`
