import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, importJWK, type JWK, SignJWT } from 'jose'
import type { Credentials } from './credentials.ts'
import { EXIT, Failure } from './failure.ts'

/** Speaks to one registry in somebody's name. */
export interface Client {
  readonly registry: string
  /** Throws a `Failure` when the registry cannot be reached. */
  send(path: string, init?: RequestInit): Promise<Response>
}

const ALG = 'ES256'

const publicPart = ({ kty, crv, x, y }: JWK): JWK => ({
  ...(kty ? { kty } : {}),
  ...(crv ? { crv } : {}),
  ...(x ? { x } : {}),
  ...(y ? { y } : {}),
})

interface ProofOf {
  readonly method: string
  readonly url: string
  readonly token: string | null
  readonly nonce: string | null
}

/** A proof that this machine holds the key (RFC 9449 section 4.2). */
export const prove = async (key: JWK, { method, url, token, nonce }: ProofOf): Promise<string> => {
  const { origin, pathname } = new URL(url)
  const ath = token === null ? {} : { ath: createHash('sha256').update(token).digest('base64url') }
  const claims = { htm: method, htu: `${origin}${pathname}`, jti: randomUUID(), ...ath }
  return new SignJWT({ ...claims, ...(nonce === null ? {} : { nonce }) })
    .setProtectedHeader({ alg: ALG, typ: 'dpop+jwt', jwk: publicPart(key) })
    .setIssuedAt()
    .sign(await importJWK(key, ALG))
}

/** A name for the key that shows nothing of it. */
export const keyName = async (key: JWK): Promise<string> =>
  (await calculateJwkThumbprint(publicPart(key))).slice(0, 8)

const reach = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init)
  } catch (error) {
    const why = `${new URL(url).origin} cannot be reached; try again when you are online.`
    throw new Failure(EXIT.failed, why, { cause: error })
  }
}

const headersFor = async (
  { token, key }: Credentials,
  shown: ProofOf,
): Promise<Readonly<Record<string, string>>> =>
  key
    ? { authorization: `DPoP ${token}`, dpop: await prove(key, shown) }
    : { authorization: `Bearer ${token}` }

/** `credentials` null: nobody in particular. */
export const createClient = (registry: string, credentials: Credentials | null): Client => {
  let nonce: string | null = null
  const once = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (credentials) {
      const { token } = credentials
      const shown = { method: init.method ?? 'GET', url, token, nonce }
      for (const [name, value] of Object.entries(await headersFor(credentials, shown)))
        headers.set(name, value)
    }
    const response = await reach(url, { ...init, headers })
    nonce = response.headers.get('dpop-nonce') ?? nonce
    return response
  }
  return {
    registry,
    send: async (path, init = {}) => {
      const url = new URL(path, registry).href
      const response = await once(url, init)
      const asked = response.headers.get('www-authenticate') ?? ''
      if (response.status !== 401 || !asked.includes('use_dpop_nonce')) return response
      await response.body?.cancel()
      return once(url, init)
    },
  }
}

/** What a registry says when it refuses, as a failure with the way out. */
export const refusalIn = async (response: Response): Promise<Failure> => {
  const text = await response.text()
  const said = /^\s*\{/.test(text) ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {}
  const { code = response.status, message = 'The registry gave no reason.', help } = said
  const line = `${String(code)}: ${String(message)}${help ? ` See ${String(help)}` : ''}`
  return new Failure(response.status < 500 ? EXIT.refused : EXIT.failed, line)
}
