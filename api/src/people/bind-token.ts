import { fingerprint, looksLikeToken, newToken } from './secrets.ts'
import type { PeopleStore, StoredToken } from './store.ts'

/**
 * Gives for a token one with its name, scopes and end that counts only beside proofs by a key
 * (RFC 9449), and ends the first. `jkt`: SHA-256 thumbprint of the key; `now`: epoch ms. Null when the
 * token is not valid, bound already, or somebody else was first.
 */
export const bindToken = async (
  store: PeopleStore,
  secret: string,
  { jkt, now }: { readonly jkt: string; readonly now: number },
): Promise<{ readonly secret: string; readonly token: StoredToken } | null> => {
  const old = looksLikeToken(secret) ? await store.token(fingerprint(secret)) : null
  if (!old || old.jkt || old.expiresAt <= now) return null
  // First taken, then given: of two who hold it, one gets a bound token.
  if (!(await store.removeToken(old.account, old.id))) return null
  const bound = newToken()
  const token = { ...old, id: fingerprint(bound), ending: bound.slice(-4), jkt, createdAt: now }
  await store.addToken(token)
  return { secret: bound, token }
}
