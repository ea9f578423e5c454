import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import { GRANT_TYPE } from './token.ts'

const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  jti: z.string(),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  status: z.object({ status_list: z.object({ idx: z.number().int().min(0), uri: z.url() }) }),
  grant: z.object({
    v: z.literal(1),
    dataset: z.string(),
    version: z.string(),
    manifest: z.string(),
    licence: z.string(),
    purposes: z.array(z.string()),
    actions: z.array(z.string()),
    duties: z.array(
      z.object({ kind: z.string(), clause: z.string(), withinDays: z.number().nullable() }),
    ),
    decision: z.object({ proposal: z.string(), entry: z.number().int().min(0) }),
  }),
})

/** What a grant states; instants in seconds since 1970 (RFC 7519). */
export type GrantClaims = z.output<typeof claims>

export interface Expected {
  readonly issuer: string
  readonly audience: string
  /** Epoch ms; left out: the system clock. */
  readonly now?: number
}

const invalid = (message: string): Refusal => refuse('GRANT_INVALID', message, { field: 'token' })

const REQUIRED = ['iss', 'aud', 'sub', 'jti', 'iat', 'nbf', 'exp', 'status', 'grant']

/**
 * Checks a grant offline: signature, algorithm, kind of token, issuer, audience, time and claims are
 * all pinned, so that no other token of the registry and none of another registry passes for one.
 * It proves that the grant was given; whether it still stands is told by its status list. Refusals:
 * `GRANT_EXPIRED`, `GRANT_INVALID`.
 */
export const verifyGrant = async (
  token: string,
  keys: JSONWebKeySet,
  { issuer, audience, now }: Expected,
): Promise<{ readonly ok: true; readonly claims: GrantClaims } | Refusal> => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      algorithms: ['EdDSA'],
      typ: GRANT_TYPE,
      issuer,
      audience,
      requiredClaims: REQUIRED,
      ...(now === undefined ? {} : { currentDate: new Date(now) }),
    })
    const read = parse(claims, payload)
    return read.ok ? { ok: true, claims: read.value } : invalid(`${read.field}: ${read.message}`)
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      return refuse('GRANT_EXPIRED', 'This grant has expired. Ask for access again.')
    }
    if (error instanceof errors.JOSEError) return invalid(`This is no valid grant: ${error.code}.`)
    throw error
  }
}
