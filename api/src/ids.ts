import { hash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
// 80 bits, as in every other id.
const DIGITS = 20

/** `n` random bytes; the one source of randomness, passed to what needs it. */
export const random = (n: number): Uint8Array => new Uint8Array(randomBytes(n))

/** An unguessable id: prefix, then 80 random bits in Crockford's base 32. */
export const newId = (prefix: string): string =>
  `${prefix}_${Array.from(randomBytes(16), (byte) => ALPHABET[byte & 31]).join('')}`

/** The id of what a command makes: the same command always names the same thing. */
export const idFrom = (prefix: string, cmd: string): string =>
  `${prefix}_${hash('sha256', `${prefix}:${cmd}`).slice(0, DIGITS)}`
