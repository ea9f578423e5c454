import { describe, expect, it } from 'vitest'
import { limitTries } from '../../../api/src/people/limit-tries.ts'
import { createPasswords } from '../../../api/src/people/passwords.ts'
import { fingerprint, newToken } from '../../../api/src/people/secrets.ts'
import { createSessions } from '../../../api/src/people/sessions.ts'
import type {
  PeopleStore,
  StoredAccount,
  StoredSession,
  StoredToken,
} from '../../../api/src/people/store.ts'

const HOUR = 3_600_000
const account: StoredAccount = {
  id: 'a_1',
  email: 'ana@new.example',
  name: 'Ana',
  operator: false,
  emailVerifiedAt: null,
  createdAt: 0,
  passwordHash: '',
}

type Needed = Pick<
  PeopleStore,
  | 'account'
  | 'addSession'
  | 'session'
  | 'touchSession'
  | 'removeSession'
  | 'removeSessionsOf'
  | 'token'
  | 'touchToken'
>

const memory = (tokens: readonly StoredToken[] = []): PeopleStore => {
  const sessions = new Map<string, StoredSession>()
  const store: Needed = {
    account: async () => account,
    addSession: async (one) => void sessions.set(one.id, one),
    session: async (id) => sessions.get(id) ?? null,
    touchSession: async (id, at) => {
      const one = sessions.get(id)
      if (one) sessions.set(id, { ...one, lastSeenAt: at })
    },
    removeSession: async (id) => void sessions.delete(id),
    removeSessionsOf: async () => sessions.clear(),
    token: async (id) => tokens.find((one) => one.id === id) ?? null,
    touchToken: async () => undefined,
  }
  return store as PeopleStore
}

describe('the life of a session', () => {
  it('lasts 12 hours without a request and ends a millisecond later', async () => {
    for (const [idle, lives] of [
      [12 * HOUR, true],
      [12 * HOUR + 1, false],
    ] as const) {
      let now = 0
      const sessions = createSessions(memory(), { wall: () => now, registry: () => 0 })
      const secret = await sessions.open('a_1', 'a browser')
      now = idle
      expect((await sessions.bySecret(secret)) !== null).toBe(lives)
    }
  })

  it('ends after 30 days however often it is used', async () => {
    let now = 0
    const sessions = createSessions(memory(), { wall: () => now, registry: () => 0 })
    const secret = await sessions.open('a_1', 'a browser')
    for (; now <= 30 * 24 * HOUR - 11 * HOUR; now += 11 * HOUR) {
      expect(await sessions.bySecret(secret)).not.toBeNull()
    }
    now = 30 * 24 * HOUR + 1
    expect(await sessions.bySecret(secret)).toBeNull()
  })

  it('ends a token at its last instant', async () => {
    const secret = newToken()
    const token: StoredToken = {
      id: fingerprint(secret),
      account: 'a_1',
      name: 'a script',
      scopes: ['read'],
      ending: '',
      createdAt: 0,
      expiresAt: HOUR,
      lastUsedAt: null,
    }
    let now = HOUR - 1
    const sessions = createSessions(memory([token]), { wall: () => 0, registry: () => now })
    expect(await sessions.byToken(secret)).not.toBeNull()
    now = HOUR
    expect(await sessions.byToken(secret)).toBeNull()
  })
})

describe('the limit on tries', () => {
  const many = async (tries: readonly (readonly [string, string])[]) => {
    const limit = limitTries()
    const codes = []
    for (const [email, ip] of tries) codes.push((await limit.take(email, ip))?.code ?? 'in')
    return codes
  }
  const times = <T>(count: number, of: (i: number) => T) =>
    Array.from({ length: count }, (_, i) => of(i))

  it('lets fifty through from one address of the network, and from another one more', async () => {
    const one = times(51, (i) => [`${i}@new.example`, '192.0.2.1'] as const)
    const codes = await many([...one, ['51@new.example', '192.0.2.2']])
    expect(codes.slice(0, 50)).toEqual(times(50, () => 'in'))
    expect(codes.slice(50)).toEqual(['TOO_MANY_TRIES', 'in'])
  })

  it('lets five through for one e-mail address, wherever they come from', async () => {
    const one = times(6, (i) => ['ana@new.example', `192.0.2.${i}`] as const)
    expect(await many(one)).toEqual([...times(5, () => 'in'), 'TOO_MANY_TRIES'])
  })
})

describe('the queue before the password check', () => {
  it('works through 54 checks at once and turns the 55th away', async () => {
    const passwords = await createPasswords()
    const checks = Array.from({ length: 55 }, () => passwords.verify(null, 'a guess'))
    const ends = await Promise.allSettled(checks)
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(await passwords.verify(null, 'a guess')).toBe(false)
  })
})
