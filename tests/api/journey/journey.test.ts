import { createHash } from 'node:crypto'
import { compactVerify, createLocalJWKSet } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  grantTo,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const TEXT = Buffer.from('He kupu, he kupu, he kupu.\n'.repeat(40_000))

describe('the one path from a contribution to a download', () => {
  let registry: Registry
  let village: Village
  let published: Published
  let grant: string

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    published = await publish(village, { 'words.txt': TEXT })
    await attest(village)
    grant = await grantTo(village, published.dataset)
  }, 120_000)
  afterAll(() => registry.close())

  const url = () => published.files[0]?.url ?? ''

  it('hands out exactly the bytes of the manifest', async () => {
    const response = await village.researcher.fetch(url())
    expect(response.status).toBe(200)
    const bytes = Buffer.from(await response.arrayBuffer())
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect(digest).toBe(published.files[0]?.sha256)
    expect(response.headers.get('etag')).toBe(`"${digest}"`)
  })

  it('signs the grant so that anyone can check it with the published keys', async () => {
    const jwks = (await (await village.researcher.fetch('/.well-known/jwks.json')).json()) as never
    const { viewer } = await village.researcher.run<{
      viewer: { grants: { id: string; token: string }[] }
    }>('{ viewer { grants { id token } } }')
    const token = viewer.grants.find(({ id }) => id === grant)?.token ?? ''
    const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet(jwks))
    const claims = JSON.parse(new TextDecoder().decode(payload))
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'commonhold-grant+jwt' })
    expect(claims.grant).toMatchObject({
      dataset: published.dataset,
      version: '1.0.0',
      manifest: published.manifestDigest,
      purposes: ['linguisticResearch'],
    })
    expect(token).not.toContain(village.researcher.email)
  })

  it('has recorded the download before the answer, provable against a signed checkpoint', async () => {
    const { viewer } = await village.researcher.run<{
      viewer: { grants: { downloads: { entry: number; completed: boolean; receipt: string }[] }[] }
    }>('{ viewer { grants { downloads { entry completed receipt } } } }')
    const [download] = viewer.grants[0]?.downloads ?? []
    expect(download?.completed).toBe(true)
    expect(download?.receipt.split('.')).toHaveLength(3)
    const proof = await registry.house.services.log.proof(download?.entry ?? -1)
    expect(JSON.parse(proof.leaf)).toMatchObject({
      type: 'download.authorised',
      grant,
      sha256: published.files[0]?.sha256,
    })
    expect(proof.checkpoint).toContain(registry.house.services.verifierKey.split('+')[0])
  })

  it('refuses a commercial actor with the clause and without a byte, and logs the refusal', async () => {
    const { join } = await import('../../support/person.ts')
    const engineer = await join(registry, 'engineer@company.example')
    const before = await registry.house.services.log.size()
    const answer = await requestAccess(
      engineer,
      requestInput(published.dataset, {
        facts: { actorKind: 'commercial', commercialTie: 'yes', country: 'US' },
        use: { purposes: ['commercialProduct'], actions: ['download'] },
      }),
    )
    expect(answer.refused?.code).toBe('NOT_PERMITTED')
    const [event] = await registry.house.services.log.read(before, 1)
    expect(event?.type).toBe('request.refused')
    expect(event?.data.clauses).toEqual(
      expect.arrayContaining([expect.stringContaining('commercial')]),
    )
    const response = await engineer.fetch(url())
    expect(response.status).toBe(403)
    expect(((await response.json()) as { code: string }).code).toBe('NO_GRANT')
  })

  it('reports no fault on the way', () => {
    expect(registry.faults).toEqual([])
  })
})
