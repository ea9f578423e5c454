import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DpopKey, newDpopKey, type ProofOptions } from '../../support/dpop.ts'
import { type Held, hold, MARK, token, urlOf } from '../grants/held.ts'

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
}

describe('a token bound to a key', () => {
  let held: Held
  let key: DpopKey
  let url: string
  let personal: string
  let bound: string
  let nonce: string

  const exchange = async (by: DpopKey, subject: string, options: ProofOptions = {}) => {
    const at = `${held.registry.url}/oauth/token`
    return fetch(at, {
      method: 'POST',
      headers: { dpop: await by.prove('POST', at, { nonce, ...options }) },
      body: new URLSearchParams({ ...EXCHANGE, subject_token: subject }),
    })
  }

  const get = async (options: ProofOptions & { by?: DpopKey; proof?: string } = {}) => {
    const { by = key, proof, ...rest } = options
    const made = proof ?? (await by.prove('GET', url, { token: bound, nonce, ...rest }))
    return fetch(url, { headers: { authorization: `DPoP ${bound}`, dpop: made } })
  }

  const errorOf = async (response: Response) => {
    const body = (await response.json()) as { error?: string; error_description?: string }
    expect(response.headers.get('www-authenticate')).toMatch(/^DPoP error=/)
    return [response.status, body.error, body.error_description?.split(':')[0]]
  }

  beforeAll(async () => {
    held = await hold({ 'words.txt': Buffer.from(`${MARK}\n`) })
    url = `${held.registry.url}${urlOf(held.published, 'words.txt')}`
    key = await newDpopKey()
    personal = await token(held.village.researcher, ['download'])
    nonce = ''
    const asked = await exchange(key, personal, { nonce: '' })
    expect([asked.status, ((await asked.json()) as { error: string }).error]).toEqual([
      400,
      'use_dpop_nonce',
    ])
    nonce = asked.headers.get('dpop-nonce') ?? ''
    const answer = await exchange(key, personal)
    const given = (await answer.json()) as { access_token: string; token_type: string }
    expect([answer.status, given.token_type]).toEqual([200, 'DPoP'])
    bound = given.access_token
  }, 180_000)
  afterAll(() => held.registry.close())

  it('opens what its scopes open, beside a proof by its key', async () => {
    const answer = await get()
    expect([answer.status, await answer.text()]).toEqual([200, `${MARK}\n`])
  })

  it('is known to GraphQL too', async () => {
    const at = `${held.registry.url}/graphql`
    const answer = await fetch(at, {
      method: 'POST',
      headers: {
        authorization: `DPoP ${bound}`,
        dpop: await key.prove('POST', at, { token: bound, nonce }),
        'content-type': 'application/json',
      },
      body: '{"query":"{ viewer { id } }"}',
    })
    const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] }
    expect(errors[0]?.extensions.code).toBe('SCOPE_MISSING')
  })

  it('has ended the token it was made from, which no second key can take', async () => {
    const bearer = await fetch(url, { headers: { authorization: `Bearer ${personal}` } })
    expect(bearer.status).toBe(401)
    const again = await exchange(await newDpopKey(), personal)
    expect([again.status, await again.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_grant' }),
    ])
  })

  it('is worth nothing as a bearer or a password', async () => {
    const basic = Buffer.from(`me:${bound}`).toString('base64')
    for (const authorization of [`Bearer ${bound}`, `Basic ${basic}`])
      expect((await fetch(url, { headers: { authorization } })).status).toBe(401)
  })

  it('cannot be bound once more', async () => {
    const again = await exchange(await newDpopKey(), bound)
    expect([again.status, await again.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_grant' }),
    ])
  })

  it('is not opened by the proof of another key', async () => {
    expect((await get({ by: await newDpopKey() })).status).toBe(401)
  })

  it('takes EdDSA as well, and a token that is bound to no key not at all', async () => {
    const other = await newDpopKey('EdDSA')
    const plain = await token(held.village.researcher, ['download'])
    const proof = () => other.prove('GET', url, { token: plain, nonce })
    const send = async () =>
      fetch(url, { headers: { authorization: `DPoP ${plain}`, dpop: await proof() } })
    expect((await send()).status).toBe(401)
    const { access_token: mine } = (await (await exchange(other, plain)).json()) as {
      access_token: string
    }
    const made = await other.prove('GET', url, { token: mine, nonce })
    const answer = await fetch(url, { headers: { authorization: `DPoP ${mine}`, dpop: made } })
    expect(answer.status).toBe(200)
  })

  it('counts each proof once', async () => {
    const proof = await key.prove('GET', url, { token: bound, nonce })
    expect((await get({ proof })).status).toBe(200)
    expect(await errorOf(await get({ proof }))).toEqual([401, 'invalid_dpop_proof', 'jti'])
  })

  it.each<readonly [string, ProofOptions]>([
    ['htm', { claims: { htm: 'POST' } }],
    ['htu', { claims: { htu: 'https://elsewhere.example/' } }],
    ['ath', { token: 'another token' }],
    ['iat', { claims: { iat: Math.floor(Date.now() / 1000) - 3_600 } }],
    ['jti', { claims: { jti: 'short' } }],
  ])('refuses a proof whose %s is not right', async (claim, options) => {
    expect(await errorOf(await get(options))).toEqual([401, 'invalid_dpop_proof', claim])
  })

  it('asks for its nonce when there is none or another, and tells it', async () => {
    for (const other of ['', 'another']) {
      const answer = await get({ nonce: other })
      expect(answer.headers.get('dpop-nonce')).toBe(nonce)
      expect(await errorOf(answer)).toEqual([401, 'use_dpop_nonce', 'nonce'])
    }
  })

  it('refuses what is no proof', async () => {
    for (const proof of ['', 'a.b.c', await key.prove('GET', url, { header: { typ: 'JWT' } })])
      expect((await errorOf(await get({ proof })))[0]).toBe(401)
    const [head, body] = (await key.prove('GET', url, { token: bound, nonce })).split('.')
    expect((await errorOf(await get({ proof: `${head}.${body}.AAAA` })))[0]).toBe(401)
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})
