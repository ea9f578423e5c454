import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { TEXT, urlOf } from './held.ts'

const ways = [
  ['reinvest', ['attribute', 'benefitShare', 'shareAlike']],
  ['tiered-benefit', ['attribute', 'benefitShare', 'shareAlike']],
] as const

describe.each(ways)('the way through a benefit agreement under %s', (template, acceptedDuties) => {
  let registry: Registry
  let village: Village
  let published: Published

  const ask = () =>
    requestAccess(
      village.researcher,
      requestInput(published.dataset, {
        use: { purposes: ['commercialProduct'], actions: ['download'] },
        facts: {
          actorKind: 'commercial',
          commercialTie: 'yes',
          country: 'DE',
          control: 'elsewhere',
          ethicsApproval: 'no',
        },
        acceptedDuties,
      }),
    )

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry, template)
    published = await publish(village, { 'words.txt': TEXT })
    await attest(village, { actorKind: 'commercial', commercialTie: 'yes' })
  }, 120_000)
  afterAll(() => registry.close())

  it('is closed while the council has not attested that one was signed', async () => {
    expect((await ask()).refused?.code).toBe('NOT_PERMITTED')
  })

  it('opens with the council’s attestation, without another vote, up to the bytes', async () => {
    await attest(village, {
      actorKind: 'commercial',
      commercialTie: 'yes',
      benefitAgreement: 'signed',
    })
    const { grant, refused } = await ask()
    expect([grant === null, refused]).toEqual([false, null])
    expect((await village.researcher.fetch(urlOf(published, 'words.txt'))).status).toBe(200)
  })

  it('closes again when the council attests that it has ended', async () => {
    await attest(village, {
      actorKind: 'commercial',
      commercialTie: 'yes',
      benefitAgreement: 'none',
    })
    expect((await village.researcher.fetch(urlOf(published, 'words.txt'))).status).toBe(403)
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
