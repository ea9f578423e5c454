import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import {
  CompactSign,
  calculateJwkThumbprint,
  createLocalJWKSet,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packStatuses, type Status } from '../../../api/src/grants/status-list.ts'
import { grantClaims, signGrant } from '../../../api/src/grants/token.ts'
import { verifyGrant } from '../../../api/src/grants/verify-grant.ts'
import { type Held, hold, reopen, revoke, suspend, urlOf } from './held.ts'

const issuer = 'https://registry.example'
const audience = `${issuer}/datasets`
const NOW = Date.UTC(2026, 5, 1)

interface Key {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly jwk: JSONWebKeySet['keys'][number]
}

const makeKey = async (): Promise<Key> => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }
  return { kid, privateKey, jwk }
}

const claims = {
  grant: 'g_0123456789abcdef0123',
  dataset: 'd_0123456789abcdef',
  version: '1.0.0',
  manifestDigest: 'sha256-00',
  licence: 'sha256-11',
  purposes: ['learning'],
  actions: ['download'],
  duties: [{ kind: 'reportBack', clause: 'urn:l#report', withinDays: 180 }],
  decision: { proposal: 'p_0123456789abcdef', entry: 12 },
  statusIndex: 9,
  subject: 's_0123456789abcdef',
  issuedAt: NOW,
  expiresAt: NOW + 86_400_000,
} as const

const payload = JSON.stringify(grantClaims(claims, issuer))

const sign = (key: Key, header: object, text = payload): Promise<string> =>
  new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'commonhold-grant+jwt', ...header })
    .sign(key.privateKey)

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('checking a grant offline', () => {
  let key: Key
  let token: string
  const keys = (): JSONWebKeySet => ({ keys: [key.jwk] })
  const verify = (one: string, expected: object = {}, set = keys()) =>
    verifyGrant(one, set, { issuer, audience, now: NOW + 1_000, ...expected })
  const refusal = async (one: string, expected: object = {}, set = keys()) => {
    const result = await verify(one, expected, set)
    return result.ok ? 'accepted' : result.code
  }

  beforeAll(async () => {
    key = await makeKey()
    const grant = { payload } as Parameters<typeof signGrant>[0]
    token = await signGrant(grant, key)
  })

  it('accepts what the registry signed and reads its claims', async () => {
    expect(await verify(token)).toMatchObject({
      ok: true,
      claims: { jti: claims.grant, grant: { purposes: ['learning'], decision: claims.decision } },
    })
  })

  it('makes the same token of the same claims', async () => {
    expect(await signGrant({ payload } as Parameters<typeof signGrant>[0], key)).toBe(token)
  })

  it('refuses it when any one character was changed', async () => {
    for (let at = 0; at < token.length; at += 7) {
      if (token[at] === '.') continue
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      expect(await refusal(changed)).toBe('GRANT_INVALID')
    }
  })

  it('refuses other claims under the same signature', async () => {
    const [head, , signature] = token.split('.')
    const wider = JSON.parse(payload)
    wider.grant.purposes = ['commercialProduct']
    expect(await refusal(`${head}.${part(wider)}.${signature}`)).toBe('GRANT_INVALID')
  })

  it('refuses another kind of token of the same key', async () => {
    for (const typ of ['commonhold-receipt+jwt', 'statuslist+jwt', 'JWT', undefined]) {
      expect(await refusal(await sign(key, { typ }))).toBe('GRANT_INVALID')
    }
    expect(await refusal(await sign(key, {}))).toBe('accepted')
  })

  it('refuses alg none', async () => {
    const head = part({ alg: 'none', kid: key.kid, typ: 'commonhold-grant+jwt' })
    const body = Buffer.from(payload).toString('base64url')
    expect(await refusal(`${head}.${body}.`)).toBe('GRANT_INVALID')
    expect(await refusal(`${head}.${body}.${token.split('.')[2]}`)).toBe('GRANT_INVALID')
  })

  it('refuses HS256 with the public key as the secret', async () => {
    const head = part({ alg: 'HS256', kid: key.kid, typ: 'commonhold-grant+jwt' })
    const body = `${head}.${Buffer.from(payload).toString('base64url')}`
    const secrets = [
      Buffer.from(key.jwk.x ?? '', 'base64url'),
      key.jwk.x ?? '',
      JSON.stringify(key.jwk),
    ]
    for (const secret of secrets) {
      const signature = createHmac('sha256', secret).update(body).digest('base64url')
      expect(await refusal(`${body}.${signature}`)).toBe('GRANT_INVALID')
    }
  })

  it('refuses another key, whatever key the token brings along or names', async () => {
    const other = await makeKey()
    expect(await refusal(await sign(other, {}))).toBe('GRANT_INVALID')
    expect(await refusal(await sign(other, { kid: key.kid }))).toBe('GRANT_INVALID')
    expect(await refusal(await sign(other, { kid: key.kid, jwk: other.jwk }))).toBe('GRANT_INVALID')
    expect(await refusal(token, {}, { keys: [other.jwk] })).toBe('GRANT_INVALID')
  })

  it('refuses a header it does not understand but must', async () => {
    const head = part({
      alg: 'EdDSA',
      kid: key.kid,
      typ: 'commonhold-grant+jwt',
      crit: ['b64x'],
      b64x: 1,
    })
    const [, body, signature] = token.split('.')
    expect(await refusal(`${head}.${body}.${signature}`)).toBe('GRANT_INVALID')
  })

  it('refuses it for another registry or audience', async () => {
    expect(await refusal(token, { issuer: 'https://other.example' })).toBe('GRANT_INVALID')
    expect(await refusal(token, { audience: 'https://other.example/datasets' })).toBe(
      'GRANT_INVALID',
    )
  })

  it('refuses it before its time and from the second at which it expires', async () => {
    expect(await refusal(token, { now: NOW - 1_000 })).toBe('GRANT_INVALID')
    expect(await refusal(token, { now: NOW })).toBe('accepted')
    expect(await refusal(token, { now: claims.expiresAt - 1_000 })).toBe('accepted')
    expect(await refusal(token, { now: claims.expiresAt })).toBe('GRANT_EXPIRED')
  })

  it('refuses it when any claim is missing or of another shape', async () => {
    const all = JSON.parse(payload)
    for (const name of Object.keys(all)) {
      const { [name]: _, ...rest } = all
      expect([name, await refusal(await sign(key, {}, JSON.stringify(rest)))]).toEqual([
        name,
        'GRANT_INVALID',
      ])
    }
    for (const name of Object.keys(all.grant)) {
      const { [name]: _, ...rest } = all.grant
      const text = JSON.stringify({ ...all, grant: rest })
      expect([name, await refusal(await sign(key, {}, text))]).toEqual([name, 'GRANT_INVALID'])
    }
  })

  it('refuses what is no token at all', async () => {
    for (const text of [
      '',
      '.',
      '..',
      'a.b.c',
      'x'.repeat(10_000),
      token.slice(0, -1),
      `${token}.`,
    ]) {
      expect(await refusal(text)).toBe('GRANT_INVALID')
    }
  })
})

describe('a list of statuses', () => {
  it('packs two bits an index as the draft does', () => {
    const example = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    const packed = packStatuses(new Map(example.map((status, index) => [index, status as Status])))
    expect(packed).toEqual(new Uint8Array(inflateSync(Buffer.from('eNo76fITAAPfAgc', 'base64url'))))
  })

  it('reaches as far as the highest index', () => {
    expect(packStatuses(new Map())).toEqual(new Uint8Array([0]))
    expect(packStatuses(new Map([[5, 1]]))).toEqual(new Uint8Array([0, 0b100]))
  })
})

describe('the grant of a registry, checked by a third party', () => {
  let held: Held
  beforeAll(async () => {
    held = await hold()
  }, 120_000)
  afterAll(() => held.registry.close())

  const json = async (path: string) => (await fetch(held.registry.url + path)).json() as unknown

  const check = async () => {
    const { viewer } = await held.village.researcher.run<{
      viewer: { grants: { token: string }[] }
    }>('{ viewer { grants { token } } }')
    const keys = (await json('/.well-known/jwks.json')) as JSONWebKeySet
    const { url } = held.registry
    const now = held.registry.house.services.log.now()
    const result = await verifyGrant(viewer.grants[0]?.token ?? '', keys, {
      issuer: url,
      audience: `${url}/datasets`,
      now,
    })
    if (!result.ok) throw new Error(result.message)
    return { claims: result.claims, keys, now }
  }

  /** What the published list says of the grant, two bits. */
  const status = async () => {
    held.registry.house.services.clock.advance(11_000)
    const { claims, keys, now } = await check()
    const { idx, uri } = claims.status.status_list
    const answer = await fetch(uri)
    expect(answer.headers.get('content-type')).toContain('application/statuslist+jwt')
    const { payload: list } = await jwtVerify(await answer.text(), createLocalJWKSet(keys), {
      typ: 'statuslist+jwt',
      algorithms: ['EdDSA'],
      subject: uri,
      currentDate: new Date(now),
    })
    const { bits, lst } = list.status_list as { bits: number; lst: string }
    const bytes = inflateSync(Buffer.from(lst, 'base64url'))
    return [bits, ((bytes[idx >> 2] ?? 0) >> ((idx & 3) * 2)) & 3]
  }

  it('states what was decided, and by which entry of the log', async () => {
    const { claims } = await check()
    expect(claims.jti).toBe(held.grant)
    const [enacted] = await held.registry.house.services.log.read(claims.grant.decision.entry, 1)
    expect(enacted).toMatchObject({
      type: 'proposal.enacted',
      data: { proposal: claims.grant.decision.proposal },
    })
  })

  it('is valid, suspended, valid again and revoked in the status list', async () => {
    expect(await status()).toEqual([2, 0])
    await suspend(held.village, held.published.dataset)
    expect(await status()).toEqual([2, 2])
    await reopen(held.village, held.published.dataset)
    expect(await status()).toEqual([2, 0])
    expect((await held.village.researcher.fetch(urlOf(held.published, 'words.txt'))).status).toBe(
      200,
    )
    await revoke(held.village, held.grant)
    expect(await status()).toEqual([2, 1])
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})
