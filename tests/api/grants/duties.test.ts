import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publish, requestAccess, requestInput } from '../../support/journey.ts'
import { join } from '../../support/person.ts'
import { DAY } from '../../support/registry.ts'
import { answer, duty, EVIDENCE, report, see, waive } from './duties.ts'
import { eventsSince, type Held, hold, sizeOf, TEXT, urlOf } from './held.ts'

describe('a duty that falls due', () => {
  let held: Held
  const later = (days: number) => held.registry.house.services.clock.advance(days * DAY)
  const fetchFile = async () => {
    const response = await held.village.researcher.fetch(urlOf(held.published, 'words.txt'))
    await held.registry.house.services.log.settled()
    const code = response.ok ? 'ok' : ((await response.json()) as { code: string }).code
    return code
  }
  const phase = async () => (await duty(held.village.researcher, held.grant)).phase

  beforeAll(async () => {
    held = await hold()
  }, 120_000)
  afterAll(() => held.registry.close())

  it('has no date before the first use, however long that takes', async () => {
    later(10)
    expect(await duty(held.village.researcher, held.grant)).toMatchObject({
      phase: 'scheduled',
      dueAt: null,
    })
  })

  it('counts its days from the first file that left, and from no later one', async () => {
    expect(await fetchFile()).toBe('ok')
    const first = held.registry.house.services.log.now()
    const { dueAt, phase: now } = await duty(held.village.researcher, held.grant)
    expect(now).toBe('due')
    expect(Math.abs(Date.parse(dueAt ?? '') - first - 180 * DAY)).toBeLessThan(60_000)
    later(1)
    expect(await fetchFile()).toBe('ok')
    expect((await duty(held.village.researcher, held.grant)).dueAt).toBe(dueAt)
  })

  it('wants every line of its form that is asked for, and no other', async () => {
    const { researcher } = held.village
    const size = await sizeOf(held.registry)
    expect(await report(researcher, held.grant, [EVIDENCE[0] ?? {}])).toBe(
      'BAD_INPUT evidence.learnt',
    )
    const strange = [...EVIDENCE, { field: 'password', text: 'x' }]
    expect(await report(researcher, held.grant, strange)).toBe('BAD_INPUT evidence.password')
    const link = [...EVIDENCE, { field: 'link', text: 'javascript:alert(1)' }]
    expect(await report(researcher, held.grant, link)).toBe('BAD_INPUT evidence.link')
    expect(await report(researcher, held.grant, EVIDENCE, 'deleteOnEnd')).toBe('NO_SUCH_DUTY duty')
    expect(await sizeOf(held.registry)).toBe(size)
  })

  it('is handed in by its holder alone', async () => {
    const stranger = await join(held.registry, 'other@university.example')
    expect(await report(stranger, held.grant)).toBe('NOT_FOUND')
    expect(await report(held.village.steward, held.grant)).toBe('NOT_FOUND')
    expect(await report(held.village.researcher, held.grant)).toBe('ok')
    expect(await phase()).toBe('submitted')
    expect(await report(held.village.researcher, held.grant)).toBe('EVIDENCE_WAITS')
  })

  it('shows its evidence to the holder and those who sit in a body, and to nobody else', async () => {
    const [handedIn] = (await duty(held.village.researcher, held.grant)).records
    expect(handedIn).toMatchObject({ type: 'submitted', evidence: EVIDENCE })
    const seen = await duty(held.village.steward, held.grant)
    expect(seen).toMatchObject({ viewerCanAnswer: true, viewerCanReport: false })
    expect(seen.records[0]?.evidence).toEqual(EVIDENCE)
    expect(await see(held.village.contributor, held.grant)).toBeNull()
    const [event] = await eventsSince(held.registry, 0, 'duty.submitted')
    expect(event?.leaf).not.toContain('verbs')
  })

  it('is answered by nobody without a seat in a body', async () => {
    expect(await answer(held.village.contributor, held.grant)).toBe('NOT_FOUND')
    expect(await answer(held.village.researcher, held.grant)).toBe('NOT_FOUND')
    expect(await phase()).toBe('submitted')
  })

  it('is returned with words, and with none it is not', async () => {
    expect(await answer(held.village.steward, held.grant, '')).toBe('BAD_INPUT words')
    expect(await answer(held.village.steward, held.grant, 'Say what you counted.')).toBe('ok')
    const { phase: now, records } = await duty(held.village.researcher, held.grant)
    expect(now).toBe('returned')
    expect(records.at(-1)).toMatchObject({ type: 'returned', words: 'Say what you counted.' })
    expect(await answer(held.village.steward, held.grant)).toBe('NOTHING_HANDED_IN')
  })

  it('bars downloads and new grants once it is late, although nothing was recorded', async () => {
    const size = await sizeOf(held.registry)
    later(190)
    expect(await phase()).toBe('grace')
    expect(await sizeOf(held.registry)).toBe(size)
    expect(await fetchFile()).toBe('LICENCE_REFUSES')
    const again = await requestAccess(held.village.researcher, requestInput(held.published.dataset))
    expect(again.refused?.code).toBe('NOT_PERMITTED')
  })

  it('stays barred while late evidence waits, and is made good when it is accepted', async () => {
    expect(await report(held.village.researcher, held.grant)).toBe('ok')
    later(60)
    expect(await phase()).toBe('submitted')
    expect(await fetchFile()).toBe('LICENCE_REFUSES')
    expect(await answer(held.village.council[0] ?? held.village.steward, held.grant)).toBe('ok')
    expect(await phase()).toBe('accepted')
    expect(await fetchFile()).toBe('ok')
    expect(await report(held.village.researcher, held.grant)).toBe('DUTY_SETTLED')
  })

  it('wrote one event for each step and no other', async () => {
    const types = ['duty.submitted', 'duty.returned', 'duty.accepted']
    const counts = await Promise.all(
      types.map(async (type) => (await eventsSince(held.registry, 0, type)).length),
    )
    expect(counts).toEqual([2, 1, 1])
    expect(held.registry.faults).toEqual([])
  })
})

describe('a duty that is not made good in time', () => {
  let held: Held
  const later = (days: number) => held.registry.house.services.clock.advance(days * DAY)
  const fetchFile = async () => {
    const response = await held.village.researcher.fetch(urlOf(held.published, 'words.txt'))
    await held.registry.house.services.log.settled()
    return response.ok ? 'ok' : ((await response.json()) as { code: string }).code
  }
  const register = async () => {
    const { community } = await held.village.steward.run<{
      community: { register: object; grantsWithDuties: object[] | null }
    }>(
      '{ community(slug: "village") { register { openDuties breachedDuties } grantsWithDuties { id } } }',
    )
    return community
  }

  beforeAll(async () => {
    held = await hold()
    expect(await fetchFile()).toBe('ok')
    later(181)
  }, 120_000)
  afterAll(() => held.registry.close())

  it('is overdue for thirty days, in which it suspends nothing', async () => {
    expect((await duty(held.village.researcher, held.grant)).phase).toBe('overdue')
    expect((await see(held.village.researcher, held.grant))?.state).toBe('active')
    expect((await register()).register).toEqual({ openDuties: 3, breachedDuties: 0 })
  })

  it('is breached then: the grant is suspended, the community counts it, and no report helps', async () => {
    later(30)
    expect(await see(held.village.researcher, held.grant)).toMatchObject({ state: 'suspended' })
    expect(await fetchFile()).toBe('DUTY_BREACHED')
    expect((await register()).register).toEqual({ openDuties: 3, breachedDuties: 1 })
    expect(await report(held.village.researcher, held.grant)).toBe('DUTY_BREACHED')
  })

  it('is listed for those who sit in a body, and for nobody else', async () => {
    expect((await register()).grantsWithDuties).toEqual([{ id: held.grant }])
    const { community } = await held.village.contributor.run<{ community: object }>(
      '{ community(slug: "village") { grantsWithDuties { id } } }',
    )
    expect(community).toEqual({ grantsWithDuties: null })
  })

  it('is waived by a vote of the council and by no one else', async () => {
    const input = { grant: held.grant, duty: 'reportBack', reason: 'Please.' }
    const { proposeWaiver } = await held.village.researcher.run<{
      proposeWaiver: { refused: { code: string } | null }
    }>(
      'mutation ($input: ProposeWaiverInput!) { proposeWaiver(input: $input) { refused { code } } }',
      { input },
    )
    expect(proposeWaiver.refused?.code).toBe('NOT_FOUND')
    await waive(held.village, held.grant)
    expect((await duty(held.village.researcher, held.grant)).phase).toBe('waived')
    expect(await fetchFile()).toBe('ok')
    expect((await register()).register).toEqual({ openDuties: 2, breachedDuties: 0 })
    const [waived] = await eventsSince(held.registry, 0, 'duty.waived')
    expect(waived?.data).toMatchObject({ grant: held.grant, kind: 'reportBack' })
  })

  it('names the community in one line of credit', async () => {
    const { attribution } = (await see(held.village.researcher, held.grant)) ?? {}
    expect(attribution).toContain('Words by the river, version 1.0.0')
    expect(attribution).toContain(held.published.manifestDigest)
    expect(attribution).toContain(`/datasets/${held.published.dataset}`)
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})

describe('a late duty under a licence that says nothing of standing', () => {
  it('closes new grants all the same', async () => {
    const held = await hold()
    try {
      const { licences, clock } = held.registry.house.services
      expect((await held.village.researcher.fetch(urlOf(held.published, 'words.txt'))).status).toBe(
        200,
      )
      const choice = { template: 'open', title: 'Open', home: ['NZ'], region: [] }
      const made = await licences.adoptFounding(held.village.community, choice, 'adopt:open')
      if (!made.ok) throw new Error(made.message)
      const open = await publish(
        { ...held.village, licence: made.licence.digest },
        { 'words.txt': TEXT },
      )
      const ask = () => requestAccess(held.village.researcher, requestInput(open.dataset))
      clock.advance(165 * DAY)
      expect((await ask()).refused?.code).toBe('DUTIES_OVERDUE')
      await report(held.village.researcher, held.grant)
      await answer(held.village.steward, held.grant)
      expect((await ask()).grant).not.toBeNull()
    } finally {
      await held.registry.close()
    }
  }, 120_000)
})
