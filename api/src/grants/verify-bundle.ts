import { inflateSync } from 'node:zlib'
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import { REVOKED, SUSPENDED, statusAt } from './status-list.ts'
import { statusUri } from './token.ts'
import { type GrantClaims, verifyGrant } from './verify-grant.ts'

const bundle = z.object({
  v: z.literal(1),
  issuer: z.url(),
  grant: z.string(),
  status: z.string(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  licence: z.unknown(),
})

/** All it takes to check a grant without the registry. */
export type Bundle = z.output<typeof bundle>

export interface BundleStanding {
  readonly ok: true
  readonly claims: GrantClaims
  readonly standing: 'valid' | 'suspended' | 'revoked'
  /** When the registry said so, epoch ms; of what came later it says nothing. */
  readonly asOf: number
}

export interface Trust {
  /** The registry whose grants are believed, as its address. */
  readonly issuer: string
  /** Its keys, fetched by whoever trusts them; left out: those of the bundle are believed. */
  readonly keys?: JSONWebKeySet
  /** Epoch ms; left out: the system clock. */
  readonly now?: number
}

const invalid = (message: string): Refusal => refuse('BUNDLE_INVALID', message, { field: 'bundle' })

const list = z.object({
  iat: z.number(),
  status_list: z.object({ bits: z.literal(2), lst: z.string() }),
})

const standingOf = (status: number): BundleStanding['standing'] => {
  if (status === REVOKED) return 'revoked'
  return status === SUSPENDED ? 'suspended' : 'valid'
}

const readStatus = async (token: string, keys: JSONWebKeySet, { issuer, now }: Trust) => {
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
    algorithms: ['EdDSA'],
    typ: 'statuslist+jwt',
    subject: statusUri(issuer),
    requiredClaims: ['iat', 'exp', 'status_list'],
    ...(now === undefined ? {} : { currentDate: new Date(now) }),
  })
  return list.parse(payload)
}

/**
 * Checks a grant, its standing and the keys of both without the registry (draft-ietf-oauth-status-list).
 * Refusals: `BUNDLE_INVALID`, and those of `verifyGrant`.
 */
export const verifyBundle = async (
  input: unknown,
  trust: Trust,
): Promise<BundleStanding | Refusal> => {
  const read = parse(bundle, input)
  if (!read.ok) return invalid(`${read.field}: ${read.message}`)
  const { grant, status, jwks } = read.value
  const keys = trust.keys ?? (jwks as unknown as JSONWebKeySet)
  const { issuer, now } = trust
  const expected = { issuer, audience: `${issuer}/datasets`, ...(now === undefined ? {} : { now }) }
  const verified = await verifyGrant(grant, keys, expected)
  if (!verified.ok) return verified
  try {
    const { iat, status_list: found } = await readStatus(status, keys, trust)
    const bytes = inflateSync(Buffer.from(found.lst, 'base64url'), { maxOutputLength: 2 ** 24 })
    const at = statusAt(bytes, verified.claims.status.status_list.idx)
    return { ok: true, claims: verified.claims, standing: standingOf(at), asOf: iat * 1000 }
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    return invalid(`The status list is not valid: ${error.code}. Fetch a new bundle.`)
  }
}
