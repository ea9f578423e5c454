import { createHash, createHmac, hkdfSync, type KeyObject } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWTPayload, jwtVerify } from 'jose'
import type { OnceStore } from '../once.ts'
import { headerText } from './refusal-answer.ts'

export interface DpopDeps {
  readonly once: OnceStore
  readonly publicUrl: string
  /** A key that all processes of this registry share; nonces are made from it. */
  readonly key: KeyObject
  /** The system clock: proofs are made by machines that know no other. */
  readonly wallClock: () => number
}

/** Signature algorithms a proof may be made with. */
export const DPOP_ALGORITHMS = ['ES256', 'EdDSA']

const MINUTE = 60_000
const NONCE_MS = 5 * MINUTE
/** Clocks of people's machines differ; how fresh a proof is, its nonce tells. */
const SKEW_MS = 10 * MINUTE
/** Longer than any nonce is taken. */
const REMEMBERED_MS = 15 * MINUTE
/** A clock that is put right by so much does not make a proof new again that was shown. */
const CLOCK_MS = 120 * MINUTE

/** What is wrong with a proof, as RFC 9449 section 7.1 names it. */
interface Wrong {
  readonly ok: false
  readonly error: 'invalid_dpop_proof' | 'use_dpop_nonce'
  readonly message: string
}

interface Proved {
  readonly ok: true
  /** SHA-256 thumbprint of the key that made the proof (RFC 7638). */
  readonly jkt: string
}

export interface Shown {
  readonly request: Request
  /** The token the proof has to go with; null where none is sent yet. */
  readonly token: string | null
}

const wrong = (message: string, error: Wrong['error'] = 'invalid_dpop_proof'): Wrong => ({
  ok: false,
  error,
  message,
})

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** Nonces of five minutes each, the same in every process; the one before is taken too. */
const createNonces = (key: KeyObject, now: () => number) => {
  const bytes = key.export({ format: 'der', type: 'pkcs8' })
  const secret = Buffer.from(hkdfSync('sha256', bytes, '', 'dpop-nonce', 32))
  const at = (bucket: number) =>
    createHmac('sha256', secret).update(String(bucket)).digest('base64url')
  const bucket = () => Math.floor(now() / NONCE_MS)
  return {
    current: () => at(bucket()),
    takes: (nonce: unknown) => nonce === at(bucket()) || nonce === at(bucket() - 1),
  }
}

type Nonces = ReturnType<typeof createNonces>

/** RFC 9449 section 4.3: the address without query and fragment, compared after normalisation. */
const isAddress = (htu: unknown, { publicUrl }: DpopDeps, { originalUrl }: Request): boolean => {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return false
  const [named, asked] = [new URL(htu), new URL(originalUrl, publicUrl)]
  return named.origin === asked.origin && named.pathname === asked.pathname
}

const problemWith = (
  deps: DpopDeps,
  nonces: Nonces,
  claims: JWTPayload,
  { request, token }: Shown,
): Wrong | null => {
  const { htm, htu, ath, nonce, iat, jti } = claims
  if (htm !== request.method) return wrong('htm: the proof is for another method.')
  if (!isAddress(htu, deps, request)) return wrong('htu: the proof is for another address.')
  if (token !== null && ath !== digest(token)) return wrong('ath: the proof is for another token.')
  if (typeof jti !== 'string' || jti.length < 8 || jti.length > 200)
    return wrong('jti: give each proof an id of its own.')
  if (!nonces.takes(nonce)) return wrong('nonce: use the one in DPoP-Nonce.', 'use_dpop_nonce')
  return Math.abs(deps.wallClock() - (iat ?? 0) * 1000) > SKEW_MS
    ? wrong('iat: the clock of your machine is more than ten minutes off.')
    : null
}

const readProof = async (proof: string): Promise<(Proved & { claims: JWTPayload }) | Wrong> => {
  try {
    const options = { typ: 'dpop+jwt', algorithms: DPOP_ALGORITHMS, requiredClaims: ['iat', 'jti'] }
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, options)
    if (!protectedHeader.jwk) return wrong('The proof brings no key.')
    const jkt = await calculateJwkThumbprint(protectedHeader.jwk, 'sha256')
    return { ok: true, jkt, claims: payload }
  } catch (error) {
    if (error instanceof errors.JOSEError) return wrong(`The proof is not valid: ${error.code}.`)
    throw error
  }
}

/** Checks the one proof of a request and remembers it, so that it counts once. */
export const createDpop = (deps: DpopDeps) => {
  const nonces = createNonces(deps.key, deps.wallClock)
  let forgot = 0

  const check = async (shown: Shown): Promise<Proved | Wrong> => {
    const header = shown.request.headers.dpop
    if (typeof header !== 'string' || header.includes(','))
      return wrong('Send one proof in the header DPoP.')
    const read = await readProof(header)
    if (!read.ok) return read
    const problem = problemWith(deps, nonces, read.claims, shown)
    if (problem) return problem
    const now = deps.wallClock()
    if (now - forgot > MINUTE) {
      forgot = now
      await deps.once.forget('proof', now - CLOCK_MS)
    }
    const id = `proof:${read.jkt}:${digest(String(read.claims.jti))}`
    if (await deps.once.add({ id, kind: 'proof', expiresAt: now + REMEMBERED_MS }))
      return { ok: true, jkt: read.jkt }
    return wrong('jti: this proof has been used. Make a new one for each request.')
  }

  const turnAway = (response: Response, status: 400 | 401, { error, message }: Wrong): void => {
    response.status(status).set({
      'cache-control': 'no-store',
      'dpop-nonce': nonces.current(),
      'www-authenticate': headerText(
        `DPoP error="${error}", error_description="${message}", algs="${DPOP_ALGORITHMS.join(' ')}"`,
      ),
    })
    response.json({ code: 'DPOP', error, error_description: message, message })
  }

  return { check, turnAway, nonce: nonces.current }
}

export type Dpop = ReturnType<typeof createDpop>

/** Keys that have proved themselves, by the request they came with. */
export type ProvedKeys = WeakMap<object, string>

/** Before every door: a token sent as `DPoP` counts only with a good proof beside it. */
export const dpopGate = (dpop: Dpop, proved: ProvedKeys): RequestHandler => {
  return async (request, response, next) => {
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ', 2)
    if (scheme?.toLowerCase() !== 'dpop') return next()
    const result = await dpop.check({ request, token })
    if (!result.ok) return dpop.turnAway(response, 401, result)
    proved.set(request, result.jkt)
    response.set('dpop-nonce', dpop.nonce())
    next()
  }
}
