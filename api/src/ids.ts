import { hash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
// 80 bits, as in every other id.
const DIGITS = 20

const POOL_BYTES = 8192
let pool = Buffer.alloc(0)

/** `n` random bytes, given out once; the one source of randomness, passed to what needs it. */
export const random = (n: number): Uint8Array => {
  if (n > POOL_BYTES) return new Uint8Array(randomBytes(n))
  // Asking the system each time costs as much as building a whole log entry.
  if (n > pool.length) pool = randomBytes(POOL_BYTES)
  const given = Uint8Array.prototype.slice.call(pool, 0, n)
  pool.fill(0, 0, n)
  pool = pool.subarray(n)
  return given
}

/** An unguessable id: prefix, then 80 random bits in Crockford's base 32. */
export const newId = (prefix: string): string =>
  `${prefix}_${Array.from(random(16), (byte) => ALPHABET[byte & 31]).join('')}`

/** The id of what a command makes: the same command always names the same thing. */
export const idFrom = (prefix: string, cmd: string): string =>
  `${prefix}_${hash('sha256', `${prefix}:${cmd}`).slice(0, DIGITS)}`
