import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'

// RFC 8410: what stands before the 32 seed bytes in an unencrypted PKCS #8 key.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** An Ed25519 key that is the same at every run. */
export const newKey = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, createHash('sha256').update(seed).digest()]),
    format: 'der',
    type: 'pkcs8',
  })
