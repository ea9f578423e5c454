import type { Actor } from './people.ts'
import { fingerprint, looksLikeToken, newSecret } from './secrets.ts'
import type { PeopleStore } from './store.ts'

const MINUTE = 60_000
const IDLE = 12 * 60 * MINUTE
const LONGEST = 30 * 24 * 60 * MINUTE

export interface Sessions {
  /** Opens a session and returns the secret for the cookie. */
  open(account: string, device: string): Promise<string>
  /** The person behind a session cookie, or null. */
  bySecret(secret: string): Promise<Actor | null>
  /**
   * The person behind a personal token, or null. `jkt`: thumbprint of the key that proved itself
   * beside it, null for none; a token that is bound to a key counts with that key alone.
   */
  byToken(token: string, jkt?: string | null): Promise<Actor | null>
  close(session: string): Promise<void>
  closeAll(account: string): Promise<void>
}

export interface SessionClocks {
  /** The system's: moving the demonstration's clock signs nobody out. */
  readonly wall: () => number
  /** The registry's: a token ends on the day its owner was told, as everything that has an end. */
  readonly registry: () => number
}

export const createSessions = (store: PeopleStore, clocks: SessionClocks): Sessions => {
  const live = async (secret: string) => {
    const session = await store.session(fingerprint(secret))
    if (!session) return null
    const now = clocks.wall()
    const over = now - session.lastSeenAt > IDLE || now - session.createdAt > LONGEST
    if (over) await store.removeSession(session.id)
    else if (now - session.lastSeenAt > MINUTE) await store.touchSession(session.id, now)
    return over ? null : session
  }

  return {
    open: async (account, device) => {
      const secret = newSecret()
      const now = clocks.wall()
      await store.addSession({
        id: fingerprint(secret),
        account,
        createdAt: now,
        lastSeenAt: now,
        device: device.slice(0, 200),
      })
      return secret
    },
    bySecret: async (secret) => {
      const session = await live(secret)
      const account = session && (await store.account(session.account))
      return session && account ? { account, session: session.id, scopes: null } : null
    },
    byToken: async (secret, jkt = null) => {
      if (!looksLikeToken(secret)) return null
      const token = await store.token(fingerprint(secret))
      const now = clocks.registry()
      if (!token || token.expiresAt <= now || (token.jkt ?? null) !== jkt) return null
      const account = await store.account(token.account)
      if (!account) return null
      if (now - (token.lastUsedAt ?? 0) > MINUTE) await store.touchToken(token.id, now)
      return { account, session: null, scopes: token.scopes }
    },
    close: (session) => store.removeSession(session),
    closeAll: (account) => store.removeSessionsOf(account),
  }
}
