import { readFile } from 'node:fs/promises'
import { join as path } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join, PASSWORD, type Person, signIn, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

interface Session {
  readonly viewer: { readonly id: string; readonly name: string } | null
  readonly refused: {
    readonly code: string
    readonly message: string
    readonly field: string | null
  } | null
}

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { viewer { id name } refused { code message field } }
}`
const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { viewer { id name } refused { code message field } }
}`
const TOKEN = `mutation ($input: CreateTokenInput!) {
  createToken(input: $input) { secret token { id ending } refused { code field } }
}`

describe('accounts', () => {
  let registry: Registry
  let village: Village

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
  }, 120_000)
  afterAll(() => registry.close())

  const register = async (input: object): Promise<Session> => {
    const fresh = { name: 'Ana', email: 'ana@new.example', password: PASSWORD }
    const person = visitor(registry)
    return (await person.run<{ register: Session }>(REGISTER, { input: { ...fresh, ...input } }))
      .register
  }
  const trySignIn = async (email: string, password: string, person = visitor(registry)) =>
    (await person.run<{ signIn: Session }>(SIGN_IN, { input: { email, password } })).signIn
  const viewer = async (person: Person) =>
    (await person.run<{ viewer: { email: string } | null }>('{ viewer { email } }')).viewer

  it('opens an account and writes its name composed', async () => {
    const { viewer: account } = await register({ email: 'zoe@new.example', name: ' Zoe\u0308 ' })
    expect(account?.name).toBe('Zoë')
  })

  it('refuses an address that has an account, in whatever letters', async () => {
    await register({ email: 'twice@new.example' })
    const { refused } = await register({ email: ' TWICE@New.example ' })
    expect(refused).toMatchObject({ code: 'EMAIL_TAKEN', field: 'email' })
  })

  it('gives one of two people who register one address at once the account', async () => {
    const both = await Promise.all([
      register({ email: 'race@new.example' }),
      register({ email: 'race@new.example' }),
    ])
    expect(both.map(({ refused }) => refused?.code ?? 'in').sort()).toEqual(['EMAIL_TAKEN', 'in'])
  })

  it('lets five tries to register one address through, and says the same of any other try', async () => {
    const codes = async (email: string) => {
      const answers = []
      for (let i = 0; i < 6; i += 1) answers.push((await register({ email })).refused)
      return answers
    }
    const free = await codes('free@new.example')
    const taken = await codes('steward@village.example')
    expect(free.map((one) => one?.code)).toEqual([
      undefined,
      ...Array.from({ length: 4 }, () => 'EMAIL_TAKEN'),
      'TOO_MANY_TRIES',
    ])
    expect(taken.map((one) => one?.code).slice(1)).toEqual(free.map((one) => one?.code).slice(1))
    expect(taken[5]).toEqual(free[5])
    const short = { password: 'elevenchars' }
    const refusal = await register({ email: 'free@new.example', ...short })
    expect(await register({ email: 'steward@village.example', ...short })).toEqual(refusal)
  })

  it('refuses a password of 11 characters and takes one of 12', async () => {
    const short = await register({ email: 'short@new.example', password: 'elevenchars' })
    expect(short.refused).toMatchObject({ code: 'BAD_INPUT', field: 'password' })
    const enough = await register({ email: 'short@new.example', password: 'twelve chars' })
    expect(enough.refused).toBeNull()
  })

  it('knows a password again that another keyboard composes differently', async () => {
    await register({ email: 'accent@new.example', password: 'un café crème' })
    const decomposed = 'un café crème'.normalize('NFD')
    expect((await trySignIn('accent@new.example', decomposed)).refused).toBeNull()
  })

  it('answers a wrong password and an unknown address with the same words', async () => {
    await register({ email: 'known@new.example' })
    const wrong = await trySignIn('known@new.example', 'not the password')
    const unknown = await trySignIn('nobody@new.example', 'not the password')
    expect(wrong.refused?.code).toBe('WRONG_SIGN_IN')
    expect(unknown).toEqual(wrong)
  })

  it('lets five tries an account through and refuses the sixth, right or wrong', async () => {
    await register({ email: 'guessed@new.example' })
    const codes: (string | undefined)[] = []
    for (let i = 0; i < 5; i += 1) {
      codes.push((await trySignIn('guessed@new.example', `wrong guess ${i}`)).refused?.code)
    }
    expect(new Set(codes)).toEqual(new Set(['WRONG_SIGN_IN']))
    const sixth = await trySignIn('Guessed@new.example ', PASSWORD)
    expect(sixth.refused?.code).toBe('TOO_MANY_TRIES')
  })

  it.each([
    [
      'aliases',
      'mutation ($i: SignInInput!) { a: signIn(input: $i) { refused { code } } b: signIn(input: $i) { refused { code } } }',
    ],
    [
      'an inline fragment',
      'mutation ($i: SignInInput!) { ... on Mutation { a: signIn(input: $i) { refused { code } } b: signIn(input: $i) { refused { code } } } }',
    ],
    [
      'a named fragment',
      'mutation ($i: SignInInput!) { ...F } fragment F on Mutation { a: signIn(input: $i) { refused { code } } b: signIn(input: $i) { refused { code } } }',
    ],
  ])('refuses two tries in one request through %s', async (_, query) => {
    const answer = await visitor(registry).raw(query, {
      i: { email: 'known@new.example', password: 'not the password' },
    })
    expect(answer.status).toBe(400)
    expect(answer.data ?? null).toBeNull()
  })

  it('keeps the session in a cookie that scripts, other sites and plain http do not get', async () => {
    const person = visitor(registry)
    const response = await person.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: SIGN_IN,
        variables: { input: { email: 'steward@village.example', password: PASSWORD } },
      }),
    })
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-session=[\w-]{43};/)
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) {
      expect(cookie).toContain(flag)
    }
    expect(cookie).not.toContain('Domain')
  })

  it('ends a session for good when its person signs out', async () => {
    const person = await signIn(registry, 'contributor@village.example')
    const cookie = person.cookie()
    expect(await viewer(person)).not.toBeNull()
    await person.run('mutation { signOut }')
    const thief = await fetch(`${registry.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query: '{ viewer { email } }' }),
    })
    expect(await thief.json()).toEqual({ data: { viewer: null } })
  })

  it('ends every browser of a person with the next request, and nobody else’s', async () => {
    const owner = await join(registry, 'browsers@new.example')
    const other = await signIn(registry, 'browsers@new.example')
    const bystander = await signIn(registry, 'two@village.example')
    await owner.run('mutation { signOutEverywhere }')
    expect([await viewer(owner), await viewer(other)]).toEqual([null, null])
    expect(await viewer(bystander)).not.toBeNull()
  })

  const makeToken = async (person: Person, input: object = {}) => {
    const { createToken } = await person.run<{
      createToken: {
        secret: string | null
        token: { id: string; ending: string } | null
        refused: { code: string; field: string } | null
      }
    }>(TOKEN, { input: { name: 'a script', scopes: ['read'], days: 30, ...input } })
    return createToken
  }
  const withToken = async (secret: string, query: string, variables: object = {}) => {
    const response = await fetch(`${registry.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, text: await response.text() }
  }

  it('shows a token once and keeps only its hash', async () => {
    const { secret, token } = await makeToken(village.steward)
    expect(secret).toMatch(/^hf_ch_[\w-]{32}$/)
    expect(secret?.endsWith(token?.ending ?? '?')).toBe(true)
    const { viewer: again } = await village.steward.run<{ viewer: object }>(
      '{ viewer { tokens { id name ending scopes } } }',
    )
    expect(JSON.stringify(again)).not.toContain(secret)
    const cookie = village.steward.cookie().split('=')[1] ?? ''
    const files = await Promise.all(
      ['registry.db', 'registry.db-wal'].map((name) =>
        readFile(path(registry.dataDir, name)).catch(() => Buffer.alloc(0)),
      ),
    )
    const stored = Buffer.concat(files)
    expect(stored.includes(token?.id ?? '?')).toBe(true)
    for (const clear of [secret ?? '', cookie, PASSWORD]) {
      expect(stored.includes(clear)).toBe(false)
    }
  })

  it('reads with the scope to read, and not without it', async () => {
    const reader = await makeToken(village.steward, { scopes: ['read'] })
    const other = await makeToken(village.steward, { scopes: ['contribute', 'download'] })
    const query = '{ viewer { email } }'
    expect((await withToken(reader.secret ?? '', query)).text).toContain('steward@village.example')
    const refused = await withToken(other.secret ?? '', query)
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('SCOPE_MISSING')
    expect(refused.text).not.toContain('steward@village.example')
  })

  it('governs nothing and makes no other token with a token', async () => {
    const { secret } = await makeToken(village.steward, {
      scopes: ['read', 'download', 'contribute'],
    })
    const { text } = await withToken(secret ?? '', TOKEN, {
      input: { name: 'a second', scopes: ['read'], days: 1 },
    })
    expect(text).toContain('BROWSER_ONLY')
  })

  it('takes a token back at once, but only from its owner’s hands', async () => {
    const { secret, token } = await makeToken(village.steward)
    const revoke = 'mutation ($id: ID!) { revokeToken(id: $id) }'
    const thief = await join(registry, 'thief@new.example')
    expect(await thief.run(revoke, { id: token?.id })).toEqual({ revokeToken: false })
    expect((await withToken(secret ?? '', '{ viewer { email } }')).text).toContain('steward@')
    expect(await village.steward.run(revoke, { id: token?.id })).toEqual({ revokeToken: true })
    expect((await withToken(secret ?? '', '{ viewer { email } }')).text).toBe(
      '{"data":{"viewer":null}}\n',
    )
  })

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['an unknown scope', { scopes: ['govern'] }, 'scopes.0'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['no life', { days: 0 }, 'days'],
    ['more than a year', { days: 366 }, 'days'],
  ])('makes no token with %s', async (_, input, field) => {
    expect((await makeToken(village.steward, input)).refused).toEqual({ code: 'BAD_INPUT', field })
  })

  it('ends a token on the day that its owner is shown, and no session with it', async () => {
    const owner = await join(registry, 'owner@new.example')
    const { secret } = await makeToken(owner, { days: 2 })
    const read = async () => {
      const { viewer: me, registry: at } = await owner.run<{
        viewer: { tokens: readonly { expiresAt: string; lastUsedAt: string | null }[] }
        registry: { now: string }
      }>('{ registry { now } viewer { tokens { expiresAt lastUsedAt } } }')
      const [token] = me.tokens
      return { shown: Date.parse(token?.expiresAt ?? '') - Date.parse(at.now), token }
    }
    await registry.days(1)
    expect((await withToken(secret ?? '', '{ viewer { email } }')).text).toContain('owner@')
    const before = await read()
    expect(before.shown).toBeGreaterThan(0)
    expect(Date.parse(before.token?.lastUsedAt ?? '')).toBeLessThan(
      Date.parse(before.token?.expiresAt ?? ''),
    )
    await registry.days(1)
    expect((await read()).shown).toBeLessThanOrEqual(0)
    expect((await withToken(secret ?? '', '{ viewer { email } }')).text).toBe(
      '{"data":{"viewer":null}}\n',
    )
    expect(await viewer(owner)).not.toBeNull()
  })

  it('reports no fault on the way', () => {
    expect(registry.faults).toEqual([])
  })
})

describe('the door for newcomers', () => {
  it('opens fifty accounts for one address of the network, and not the 51st', async () => {
    const registry = await startRegistry()
    try {
      await registry.house.services.people.register(
        { name: 'Op', email: 'op@new.example', password: PASSWORD },
        null,
        true,
      )
      const codes: (string | undefined)[] = []
      for (let i = 0; i < 51; i += 1) {
        const input = { name: 'Ana', email: `${i}@new.example`, password: PASSWORD }
        const answer = await visitor(registry).run<{ register: Session }>(REGISTER, { input })
        codes.push(answer.register.refused?.code)
      }
      expect(new Set(codes.slice(0, 50))).toEqual(new Set([undefined]))
      expect(codes[50]).toBe('TOO_MANY_TRIES')
    } finally {
      await registry.close()
    }
  })
})
