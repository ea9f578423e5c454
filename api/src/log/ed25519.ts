import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** Signs checkpoints; `name` is also the origin of the log. */
export interface NoteSigner {
  readonly name: string
  readonly publicKey: Uint8Array
  sign(bytes: Uint8Array): Uint8Array
}

// RFC 8410: what stands before the 32 key bytes in a SubjectPublicKeyInfo.
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** A signer around an Ed25519 private key. */
export const noteSigner = (name: string, privateKey: KeyObject): NoteSigner => {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return {
    name,
    publicKey: new Uint8Array(spki.subarray(SPKI_PREFIX.length)),
    sign: (bytes) => sign(null, bytes, privateKey),
  }
}

/** Whether a signature holds; false for a key that is none. */
export const verifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean => {
  if (publicKey.length !== 32) return false
  const x = Buffer.from(publicKey).toString('base64url')
  // Taking a key in as DER costs as much as checking a signature, as a JWK a tenth of that.
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, message, key, signature)
}
