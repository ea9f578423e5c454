import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface ProofOptions {
  readonly token?: string
  readonly nonce?: string
  /** Claims in place of those that are right. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
}

/** A key and the proofs it makes (RFC 9449 section 4.2). */
export interface DpopKey {
  readonly prove: (method: string, url: string, options?: ProofOptions) => Promise<string>
}

export const newDpopKey = async (alg = 'ES256'): Promise<DpopKey> => {
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const jwk = await exportJWK(publicKey)
  return {
    prove: (htm, htu, { token, nonce, claims = {}, header = {} } = {}) => {
      const ath = token && createHash('sha256').update(token).digest('base64url')
      const all = {
        htm,
        htu,
        jti: randomUUID(),
        iat: Math.floor(Date.now() / 1000),
        ...(ath ? { ath } : {}),
        ...(nonce ? { nonce } : {}),
        ...claims,
      }
      return new SignJWT(all)
        .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk, ...header })
        .sign(privateKey)
    },
  }
}
