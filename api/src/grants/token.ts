import type { KeyObject } from 'node:crypto'
import { CompactSign } from 'jose'
import type { Json } from '../log/index.ts'
import type { Download, Grant } from './grants.ts'

/** The key a token is signed with; the same bytes give the same token (RFC 8032). */
export interface TokenKey {
  readonly kid: string
  readonly privateKey: KeyObject
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

export const GRANT_TYPE = 'commonhold-grant+jwt'

/** Where the standing of grants is published. */
export const statusUri = (issuer: string): string => `${issuer}/.well-known/status/grants`

type Claimed = Pick<
  Grant,
  | 'dataset'
  | 'version'
  | 'manifestDigest'
  | 'licence'
  | 'purposes'
  | 'actions'
  | 'duties'
  | 'decision'
  | 'subject'
  | 'statusIndex'
  | 'issuedAt'
  | 'expiresAt'
  | 'fingerprint'
> & { readonly grant: string }

/** The claims of a grant (RFC 7519), with what was decided under `grant`. */
export const grantClaims = (grant: Claimed, issuer: string): Json => ({
  iss: issuer,
  aud: `${issuer}/datasets`,
  sub: grant.subject,
  jti: grant.grant,
  iat: seconds(grant.issuedAt),
  nbf: seconds(grant.issuedAt),
  exp: seconds(grant.expiresAt),
  status: { status_list: { idx: grant.statusIndex, uri: statusUri(issuer) } },
  grant: {
    v: 1,
    dataset: grant.dataset,
    version: grant.version,
    manifest: grant.manifestDigest,
    licence: grant.licence,
    purposes: grant.purposes,
    actions: grant.actions,
    duties: grant.duties.map(({ kind, clause, withinDays }) => ({ kind, clause, withinDays })),
    decision: { ...grant.decision },
    ...(grant.fingerprint ? { fingerprint: true } : {}),
  },
})

/** Signs claims as they are (RFC 7515): the kind of token is part of what is signed. */
export const signed = (payload: string, typ: string, key: TokenKey): Promise<string> =>
  new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ })
    .sign(key.privateKey)

/** The signed grant, made anew from the recorded claims: nothing to lose, nothing to leak. */
export const signGrant = ({ payload }: Grant, key: TokenKey): Promise<string> =>
  signed(payload, GRANT_TYPE, key)

/** A receipt for the one who downloaded: what was handed over, when, and where the log says so. */
export const signReceipt = (
  download: Download,
  grant: Grant,
  issuer: string,
  key: TokenKey,
): Promise<string> => {
  const { dataset, version, sha256: of, copy, from, to, bytes, entry, at, member } = download
  const day = new Date(at).toISOString().slice(0, 10)
  const claims = {
    iss: issuer,
    sub: grant.subject,
    receipt: {
      ...{ grant: grant.id, dataset, version, sha256: copy ?? of, from, to, bytes, day, entry },
      ...(copy ? { of } : {}),
      // The holder answers for it; who of the team had the bytes, the log says by the same name.
      ...(member === null ? {} : { member }),
    },
  }
  return signed(JSON.stringify(claims), 'commonhold-receipt+jwt', key)
}
