import type { Licence } from './licence.ts'
import { type LicenceChanges, licenceChanges } from './licence-changes.ts'
import { type ClaimResult, proveClaims } from './prove-claim.ts'

/** Proofs already made. A licence is named by its digest, so what is kept can never be stale. */
export interface ProofCache {
  readonly claims: (digest: string, licence: Licence) => readonly ClaimResult[]
  readonly changes: (
    before: { readonly digest: string; readonly licence: Licence },
    after: { readonly digest: string; readonly licence: Licence },
  ) => LicenceChanges
}

/** Remembers up to `limit` results by their key; the one asked for longest ago is dropped first. */
function remembering<T>(limit: number): (key: string, compute: () => T) => T {
  const kept = new Map<string, T>()
  return (key, compute) => {
    const known = kept.get(key)
    const value = known ?? compute()
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest)
    return value
  }
}

/**
 * A cache of proofs that its caller owns: the own claims of licences, and the changes between two
 * versions, each up to `limit` results.
 */
export function createProofCache(limit: number): ProofCache {
  const claims = remembering<readonly ClaimResult[]>(limit)
  const changes = remembering<LicenceChanges>(limit)
  return {
    claims: (digest, licence) => claims(digest, () => proveClaims(licence, licence.claims)),
    changes: (before, after) =>
      changes(`${before.digest} ${after.digest}`, () =>
        licenceChanges(before.licence, after.licence),
      ),
  }
}
