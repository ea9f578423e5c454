import { buildSchema, getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { typeDefs } from '../../../api/src/graphql/generated.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { operation } from './plausible.ts'

const schema = buildSchema(String(typeDefs))
const MUTATIONS = Object.values(schema.getMutationType()?.getFields() ?? {})
const QUERIES = Object.values(schema.getQueryType()?.getFields() ?? {})
const YES_OR_NO = new Set(['signOut', 'signOutEverywhere', 'revokeToken'])

const GARBAGE: readonly string[] = [
  'p_0000000000000000',
  '',
  '{"$ne":1}',
  "'; drop table accounts; --",
  '__proto__',
  '../../etc/passwd',
  'x'.repeat(100_000),
  'a\r\nset-cookie: b=c',
  '\u202eevil\u2066',
  '<script>alert(1)</script>',
]
const UNSTORABLE: readonly string[] = ['a\u0000b', '\ud800', 'x\udfff']

describe('the GraphQL door', () => {
  let registry: Registry
  let village: Village
  let token: Person

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    const { createToken } = await village.researcher.run<{ createToken: { secret: string } }>(
      'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { name: 'a reader', scopes: ['read'], days: 1 } },
    )
    const bearer = {
      'content-type': 'application/json',
      authorization: `Bearer ${createToken.secret}`,
    }
    const nobody = visitor(registry)
    token = {
      ...nobody,
      raw: async (query, variables) => {
        const body = JSON.stringify({ query, variables })
        const response = await nobody.fetch('/graphql', { method: 'POST', headers: bearer, body })
        return { status: response.status, ...((await response.json()) as object) }
      },
    }
  }, 120_000)
  afterAll(() => registry.close())

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${registry.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  const ask = async (query: string) => {
    const response = await post(JSON.stringify({ query }))
    return { status: response.status, text: await response.text() }
  }

  const doubling = Array.from(
    { length: 40 },
    (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
  ).join(' ')

  it.each([
    [
      '13 root fields',
      `{ ${Array.from({ length: 13 }, (_, i) => `a${i}: viewer { id }`).join(' ')} }`,
    ],
    [
      '13 root fields in a fragment',
      `{ ...F } fragment F on Query { ${Array.from({ length: 13 }, (_, i) => `a${i}: viewer { id }`).join(' ')} }`,
    ],
    [
      'ten levels',
      '{ communities { proposals { community { proposals { community { proposals { community { proposals { community { id } } } } } } } } } }',
    ],
    [
      '401 fields',
      `{ communities { ${Array.from({ length: 401 }, (_, i) => `a${i}: id`).join(' ')} } }`,
    ],
    [
      'fragments that double 40 times',
      `{ ...F0 } ${doubling} fragment F40 on Query { viewer { id } }`,
    ],
    [
      'a bottomless introspection',
      `{ __schema { types { ${'fields { type { '.repeat(12)} name ${'} }'.repeat(12)} } } }`,
    ],
    ['more tokens than any page needs', `{ communities { ${'id '.repeat(4000)} } }`],
    ['an unknown field', '{ nothing }'],
    ['a syntax error', '{'],
  ])('refuses %s with a client error and a code', async (_, query) => {
    const { status, text } = await ask(query)
    expect(status).toBe(400)
    expect(text).toMatch(/"code":"(QUERY_TOO_LARGE|GRAPHQL_[A-Z_]+)"/)
  })

  it('answers twelve root fields, nine levels and the query by which tools read the schema', async () => {
    const twelve = `{ ${Array.from({ length: 12 }, (_, i) => `a${i}: viewer { id }`).join(' ')} }`
    expect((await ask(twelve)).status).toBe(200)
    const deep =
      '{ dataset(id: "d_0") { version { dataset { version { dataset { version { dataset { version { version } } } } } } } } }'
    expect((await ask(deep)).status).toBe(200)
    expect((await ask(getIntrospectionQuery())).status).toBe(200)
  })

  it.each([
    [
      'lists inside lists',
      '{ communities { proposals { community { proposals { community { proposals { id } } } } } } }',
      {},
    ],
    [
      'lists behind fragments and aliases',
      '{ ...F } fragment F on Query { a: communities { ...G } b: communities { ...G } } fragment G on Community { datasets { versions { files { path } } } }',
      {},
    ],
    [
      'long pages of long lists',
      'query ($n: Int) { datasets(search: { first: $n }) { nodes { community { proposals { id } } } } }',
      { n: 100 },
    ],
    [
      'a page longer than any is',
      'query ($s: DatasetSearchInput) { datasets(search: $s) { nodes { community { proposals { id } } } } }',
      { s: { first: 1_000_000 } },
    ],
  ])(
    'refuses %s before anything is read, naming the bound and the way out',
    async (_, query, variables) => {
      const { people, datasets } = registry.house.services
      const { communities } = people
      const { search } = datasets
      const read: string[] = []
      const noted = <T extends (...args: never[]) => unknown>(name: string, f: T) =>
        ((...args) => {
          read.push(name)
          return f(...args)
        }) as T
      Object.assign(people, { communities: noted('communities', communities) })
      Object.assign(datasets, { search: noted('search', search) })
      try {
        const answer = await visitor(registry).raw(query, variables)
        expect(answer.status).toBe(400)
        expect(answer.errors?.[0]?.extensions?.code).toBe('QUERY_TOO_LARGE')
        expect(answer.errors?.[0]?.message).toMatch(/at most 10,000 .* shorter pages \(first\)/)
        expect(read).toEqual([])
        await visitor(registry).run('{ communities { id } datasets { total } }')
        expect(read.sort()).toEqual(['communities', 'search'])
      } finally {
        Object.assign(people, { communities })
        Object.assign(datasets, { search })
      }
    },
  )

  it('answers the same lists in pages that are short enough', async () => {
    const query =
      'query ($n: Int) { datasets(search: { first: $n }) { nodes { community { proposals { id } } } } }'
    expect((await visitor(registry).raw(query, { n: 20 })).status).toBe(200)
  })

  it('takes no batch, no mutation by GET and nothing that a plain form can send', async () => {
    const one = JSON.stringify({ query: '{ viewer { id } }' })
    expect((await post(`[${one},${one}]`)).status).toBe(400)
    const mutation = `/graphql?query=${encodeURIComponent('mutation { signOut }')}`
    const json = { 'content-type': 'application/json' }
    expect((await fetch(registry.url + mutation, { headers: json })).status).toBe(405)
    expect((await fetch(`${registry.url}/graphql?query={viewer{id}}`)).status).toBe(400)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const { status } = await post(one, { 'content-type': type })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }
    expect((await post('{"query":')).status).toBe(400)
  })

  const callers = () =>
    [
      ['nobody', visitor(registry)],
      ['a token that may read', token],
      ['an outsider', village.researcher],
    ] as const

  it('refuses every mutation about what is not there, whoever asks, and has no fault', async () => {
    for (const field of MUTATIONS.filter(({ name }) => !YES_OR_NO.has(name))) {
      for (const [who, person] of callers()) {
        const { query, variables } = operation('mutation', field, 'p_0000000000000000')
        const answer = await person.raw(query, variables)
        const said = answer.data?.[field.name] as { refused?: { code: string } } | undefined
        const why = `${field.name} as ${who}: ${JSON.stringify(answer).slice(0, 300)}`
        expect(answer.status, why).toBeLessThan(500)
        expect(said?.refused?.code ?? answer.errors?.[0]?.extensions?.code, why).toBeTruthy()
        expect(answer.errors?.[0]?.extensions?.code, why).not.toBe('FAULT')
      }
    }
    expect(registry.faults).toEqual([])
  }, 120_000)

  it.each(GARBAGE.map((text) => [text.slice(0, 30), text]))(
    'answers %j in every argument of every operation without a fault',
    async (_, text) => {
      for (const [kind, fields] of [
        ['query', QUERIES],
        ['mutation', MUTATIONS],
      ] as const) {
        for (const field of fields.filter(({ name }) => !YES_OR_NO.has(name))) {
          const { query, variables } = operation(kind, field, text)
          const answer = await village.steward.raw(query, variables)
          const why = `${field.name}: ${JSON.stringify(answer).slice(0, 300)}`
          expect(answer.status, why).toBeLessThan(500)
          expect(answer.errors?.[0]?.extensions?.code, why).not.toBe('FAULT')
        }
      }
      expect(registry.faults).toEqual([])
    },
    60_000,
  )

  it.each(UNSTORABLE)('refuses %j before any resolver sees it', async (text) => {
    for (const field of MUTATIONS.filter(({ args }) => args.length > 0)) {
      const { query, variables } = operation('mutation', field, text)
      const answer = await village.steward.raw(query, variables)
      expect(answer.status, field.name).toBe(400)
      expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    }
  })

  it('refuses a document nested without bottom', async () => {
    const document = `${'['.repeat(5000)}${']'.repeat(5000)}`
    const response = await post(
      `{"query":"mutation ($i: ProposeLicenceInput!) { proposeLicence(input: $i) { refused { code } } }","variables":{"i":{"community":"c","reason":"r","document":${document}}}}`,
    )
    expect(response.status).toBe(400)
  })

  it('sends strict headers and names no maker', async () => {
    const { headers } = await post('{"query":"{ viewer { id } }"}')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "'strict-dynamic'",
    ]) {
      expect(policy).toContain(part)
    }
    expect(policy).not.toContain('unsafe')
    const nonces = new Set<string | undefined>()
    for (let i = 0; i < 5; i += 1) {
      const again = await post('{"query":"{ viewer { id } }"}')
      nonces.add(again.headers.get('content-security-policy')?.match(/'nonce-([^']+)'/)?.[1])
    }
    expect(nonces.size).toBe(5)
  })

  it('moves no clock on a server that is no demonstration', async () => {
    const response = await fetch(`${registry.url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"advance":"P1D"}',
    })
    expect(response.status).toBe(404)
  })
})

describe('a fault behind the GraphQL door', () => {
  it('goes out as an id, without words or stack of the inside', async () => {
    const registry = await startRegistry()
    const { people } = registry.house.services
    const secret = 'connect ECONNREFUSED mongodb://user:password@inside'
    Object.assign(people, { communities: () => Promise.reject(new Error(secret)) })
    const answer = await visitor(registry).raw('{ communities { id } }')
    expect(answer.errors?.[0]?.message).toMatch(/Error e_[0-9a-z]{16}\.$/)
    expect(answer.errors?.[0]?.extensions?.code).toBe('FAULT')
    expect(JSON.stringify(answer)).not.toMatch(/ECONNREFUSED|password|\.ts|stack/)
    expect(registry.faults).toHaveLength(1)
    expect(String(registry.faults[0])).toContain(secret)
    await registry.close()
  })
})
