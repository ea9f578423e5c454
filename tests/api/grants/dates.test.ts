import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attest, decide, publish, requestAccess, requestInput } from '../../support/journey.ts'
import { DAY, type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { answer, report } from './duties.ts'
import { eventsSince, TEXT, urlOf } from './held.ts'

describe('a grant under a licence with dates', () => {
  let registry: Registry
  let village: Village
  let start: number

  const at = (days: number): string =>
    new Date(Math.ceil(start / 1000) * 1000 + days * DAY).toISOString().replace('.000', '')

  /** A published dataset under a licence of its own. */
  const under = async (template: string, dates: object) => {
    const { licences } = registry.house.services
    const choice = { template, title: 'With dates', home: ['NZ'], region: [], ...dates }
    const made = await licences.adoptFounding(village.community, choice, `adopt:${template}`)
    if (!made.ok) throw new Error(made.message)
    return publish({ ...village, licence: made.licence.digest }, { 'words.txt': TEXT })
  }

  const expiryOf = async (grant: string): Promise<string> => {
    const [event] = (await eventsSince(registry, 0, 'grant.issued')).filter(
      ({ data }) => data.grant === grant,
    )
    return new Date(Number(event?.data.expiresAt)).toISOString()
  }

  /** The newest first. */
  const grants = async (): Promise<readonly string[]> => {
    const { viewer } = await village.researcher.run<{ viewer: { grants: { id: string }[] } }>(
      '{ viewer { grants { id } } }',
    )
    return viewer.grants.map(({ id }) => id)
  }

  const reportAll = async () => {
    for (const grant of await grants()) {
      await report(village.researcher, grant)
      await answer(village.steward, grant)
    }
  }

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    await attest(village)
    start = registry.house.services.log.now()
  }, 120_000)
  afterAll(() => registry.close())

  it('ends where the licence ends, and the door shuts there', async () => {
    const published = await under('guardianship', { expiry: at(200) })
    const { request } = await requestAccess(
      village.researcher,
      requestInput(published.dataset, { days: 1000 }),
    )
    await decide(village, request?.proposal?.id ?? '')
    const [grant] = await grants()
    expect(await expiryOf(grant ?? '')).toBe(at(200).replace('Z', '.000Z'))
    const { clock, log } = registry.house.services
    clock.advance(Date.parse(at(200)) - log.now() - 2_000)
    expect((await village.researcher.fetch(urlOf(published, 'words.txt'))).status).toBe(200)
    clock.advance(2_000)
    const refused = await village.researcher.fetch(urlOf(published, 'words.txt'))
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'GRANT_EXPIRED',
    ])
    const again = await requestAccess(village.researcher, requestInput(published.dataset))
    expect(again.refused?.code).toBe('NOT_PERMITTED')
  })

  it('goes on over a date from which the licence permits more', async () => {
    start = registry.house.services.log.now()
    const published = await under('staged-release', { embargo: at(30), open: at(300) })
    const { clock, log } = registry.house.services
    clock.advance(Math.max(0, Date.parse(at(31)) - log.now()))
    await reportAll()
    const { request } = await requestAccess(
      village.researcher,
      requestInput(published.dataset, { days: 700, acceptedDuties: ['attribute', 'reportBack'] }),
    )
    await decide(village, request?.proposal?.id ?? '')
    const [grant] = await grants()
    const expires = Date.parse(await expiryOf(grant ?? ''))
    expect(expires).toBeGreaterThan(Date.parse(at(300)))
    expect(expires).toBeLessThanOrEqual(log.now() + 700 * DAY)
    await reportAll()
    clock.advance(Date.parse(at(301)) - log.now())
    expect((await village.researcher.fetch(urlOf(published, 'words.txt'))).status).toBe(200)
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
