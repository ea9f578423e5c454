import { createHmac, timingSafeEqual } from 'node:crypto'

/** Makes and reads the secrets by which somebody without an account takes back what they gave. */
export interface Receipts {
  /** The same contribution always has the same secret: who lost the answer asks again. */
  readonly secretOf: (contribution: string) => string
  /** The contribution a secret belongs to, or null; takes as long for any secret. */
  readonly read: (secret: string) => string | null
}

// 120 bits, in letters that survive being written down by hand (Crockford's base 32).
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 24

const codeOf = (key: Uint8Array, contribution: string): string => {
  const mac = createHmac('sha256', key).update(`contribution receipt\n${contribution}`).digest()
  return Array.from(mac.subarray(0, LENGTH), (byte) => LETTERS[byte % 32]).join('')
}

const grouped = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-')

/** Receipts under one key, which must outlast every other: what was given is given for years. */
export const createReceipts = (key: Uint8Array): Receipts => ({
  secretOf: (contribution) => `${contribution}-${grouped(codeOf(key, contribution))}`,
  read: (secret) => {
    const [id = '', ...groups] = secret.trim().toLowerCase().split('-')
    const told = Buffer.from(groups.join('').replaceAll(/[il]/g, '1').replaceAll('o', '0'))
    const right = Buffer.from(codeOf(key, id))
    const same = told.length === right.length && timingSafeEqual(told, right)
    return same ? id : null
  },
})
