import { createLocalJWKSet, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bundle, verifyBundle } from '../../../api/src/grants/verify-bundle.ts'
import { visitor } from '../../support/person.ts'
import { DAY } from '../../support/registry.ts'
import { type Held, hold, reopen, revoke, suspend } from './held.ts'

describe('a grant checked without its registry', () => {
  let held: Held
  let issuer: string
  const get = async (): Promise<Bundle> => {
    // A list of statuses is handed out for ten seconds.
    held.registry.house.services.clock.advance(11_000)
    const answer = await held.village.researcher.fetch(`/grants/${held.grant}/bundle.json`)
    expect(answer.status).toBe(200)
    return (await answer.json()) as Bundle
  }
  const now = () => held.registry.house.services.clock.now()
  const check = (bundle: unknown, more: object = {}) =>
    verifyBundle(bundle, { issuer, now: now(), ...more })

  beforeAll(async () => {
    held = await hold()
    issuer = held.registry.url
  }, 180_000)
  afterAll(() => held.registry.close())

  it('stands as the registry said when the bundle was fetched', async () => {
    const bundle = await get()
    const result = await check(bundle)
    expect(result).toMatchObject({ ok: true, standing: 'valid', claims: { jti: held.grant } })
    expect(bundle.licence).toMatchObject({ '@type': expect.anything() })
    createLocalJWKSet(bundle.jwks as unknown as JSONWebKeySet)
  })

  it('is told suspended, valid again and revoked', async () => {
    const { dataset } = held.published
    await suspend(held.village, dataset)
    expect(await check(await get())).toMatchObject({ standing: 'suspended' })
    await reopen(held.village, dataset)
    expect(await check(await get())).toMatchObject({ standing: 'valid' })
    await revoke(held.village, held.grant)
    expect(await check(await get())).toMatchObject({ standing: 'revoked' })
  })

  it('is refused with the list of another registry, another key, or one that is too old', async () => {
    const bundle = await get()
    const { publicKey } = await generateKeyPair('EdDSA')
    const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA', kid: 'x' }] }
    expect(await check(bundle, { keys })).toMatchObject({ ok: false, code: 'GRANT_INVALID' })
    expect(await check(bundle, { issuer: 'https://other.example' })).toMatchObject({ ok: false })
    const swapped = { ...bundle, status: bundle.grant }
    expect(await check(swapped)).toMatchObject({ ok: false, code: 'BUNDLE_INVALID' })
    expect(await check(bundle, { now: now() + 2 * DAY })).toMatchObject({ code: 'BUNDLE_INVALID' })
    expect(await check({ ...bundle, v: 2 })).toMatchObject({ code: 'BUNDLE_INVALID' })
  })

  it('is nobody else’s to fetch', async () => {
    for (const person of [visitor(held.registry), held.village.steward]) {
      const [there, not] = await Promise.all(
        [held.grant, 'g_0000000000000000'].map((id) => person.fetch(`/grants/${id}/bundle.json`)),
      )
      expect(there?.status).toBe(404)
      expect(await there?.text()).toBe(await not?.text())
    }
    expect(held.registry.faults).toEqual([])
  })
})
