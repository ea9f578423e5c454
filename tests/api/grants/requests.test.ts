import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  castBallot,
  decide,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { join, type Person } from '../../support/person.ts'
import { DAY, type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { eventsSince, sizeOf, TEXT, urlOf } from './held.ts'

const stateOf = async (person: Person, id: string): Promise<string> => {
  const { request } = await person.run<{ request: { state: string } }>(
    'query ($id: ID!) { request(id: $id) { state } }',
    { id },
  )
  return request.state
}

/** Of a proposal, what concerns an appeal. */
interface Seen {
  readonly closesAt: string
  readonly appealUntil: string
  readonly viewerCanAppeal: { readonly allowed: boolean }
  readonly challenges: readonly object[]
}

describe('asking for access under a licence that refers to the council', () => {
  let registry: Registry
  let village: Village
  let published: Published

  const input = (changes: object = {}) => requestInput(published.dataset, changes)
  const ask = (changes: object = {}) => requestAccess(village.researcher, input(changes))

  /** Asks, and tells what the log took down of it. */
  const asking = async (changes: object = {}, person = village.researcher) => {
    const size = await sizeOf(registry)
    const { refused, request } = await requestAccess(person, input(changes))
    const events = await registry.house.services.log.read(size, 20)
    return { refused, request, recorded: events.map(({ type }) => type), events }
  }

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    published = await publish(village, { 'words.txt': TEXT })
    await attest(village)
  }, 120_000)
  afterAll(() => registry.close())

  it('refuses for ever what the licence denies, naming clause and field, and records it', async () => {
    const use = { purposes: ['commercialProduct'], actions: ['download'] }
    const { refused, recorded, events } = await asking({ use })
    expect(refused).toMatchObject({ code: 'NOT_PERMITTED', field: 'use' })
    const never = expect.stringMatching(/#never-for$/)
    expect(refused).toMatchObject({
      reasons: expect.arrayContaining([expect.objectContaining({ clause: never })]),
    })
    expect(recorded).toEqual(['request.refused'])
    expect(events[0]?.data.clauses).toContainEqual(never)
    expect(events[0]?.leaf).not.toContain('verbs')
  })

  it('asks for a fact the licence depends on, by its field, and records nothing', async () => {
    const quiet = await join(registry, 'quiet@university.example')
    await attest({ ...village, researcher: quiet }, { actorKind: undefined })
    const facts = { commercialTie: 'no', country: 'DE', ethicsApproval: 'yes' }
    const { refused, recorded } = await asking({ facts }, quiet)
    expect(refused).toMatchObject({ code: 'FACTS_MISSING', field: 'facts.actorKind' })
    expect(recorded).toEqual([])
  })

  it('asks for the duties that were not accepted and records nothing', async () => {
    const { refused, recorded } = await asking({ acceptedDuties: ['attribute'] })
    expect(refused).toMatchObject({
      code: 'DUTIES_NOT_ACCEPTED',
      field: 'acceptedDuties',
      message: expect.stringContaining('reportBack, shareBack'),
    })
    expect(recorded).toEqual([])
  })

  it('puts nothing to the vote that a yes could not grant', async () => {
    const use = { purposes: ['unlisted'], actions: ['download'] }
    const { refused, recorded } = await asking({ use })
    expect(refused).toMatchObject({
      code: 'NOT_GRANTABLE',
      message: expect.stringContaining('say in its licence'),
    })
    expect(recorded).toEqual([])
  })

  it('answers a request for what is absent, a draft or hidden alike', async () => {
    const absent = await ask({ dataset: 'd_0000000000000000' })
    const draft = await ask({ version: '9.9.9' })
    expect(absent.refused).toMatchObject({ code: 'NOT_FOUND' })
    expect(draft.refused).toEqual(absent.refused)
  })

  const repeated = (item: string) => Array.from({ length: 40_000 }, () => item)
  const floods: readonly (readonly [string, object])[] = [
    ['use.purposes', { use: { purposes: repeated('learning'), actions: ['download'] } }],
    ['use.actions', { use: { purposes: ['learning'], actions: repeated('download') } }],
    ['acceptedDuties', { acceptedDuties: repeated('attribute') }],
  ]
  for (const [field, changes] of floods) {
    it(`judges no list that repeats ${field} without end`, async () => {
      const { refused, recorded } = await asking(changes)
      expect([refused?.code, refused?.field, recorded]).toEqual(['BAD_INPUT', field, []])
    })
  }

  it('makes one request and one proposal of a key, asked one after the other and at once', async () => {
    const size = await sizeOf(registry)
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask({ key: 'one' })))
    const again = await ask({ key: 'one', days: 3 })
    const ids = new Set([...answers, again].map(({ request }) => request?.id))
    const proposals = new Set([...answers, again].map(({ request }) => request?.proposal?.id))
    expect([ids.size, proposals.size]).toEqual([1, 1])
    expect(await eventsSince(registry, size, 'request.submitted')).toHaveLength(1)
    expect(await eventsSince(registry, size, 'proposal.made')).toHaveLength(1)
    const other = await ask({ key: 'two' })
    expect(ids).not.toContain(other.request?.id)
  })

  it('gives two people with the same key two requests', async () => {
    const other = await join(registry, 'other@university.example')
    await attest({ ...village, researcher: other })
    const mine = await ask({ key: 'shared' })
    const theirs = await requestAccess(other, input({ key: 'shared' }))
    expect(theirs.request?.id).toMatch(/^r_/)
    expect(theirs.request?.id).not.toBe(mine.request?.id)
  })

  it('goes to the vote when the request was recorded and the proposal was not', async () => {
    const { governance } = registry.house.services
    const { propose } = governance
    governance.propose = async () => Promise.reject(new Error('the machine stopped'))
    const broken = await village.researcher
      .raw(
        'mutation ($input: RequestAccessInput!) { requestAccess(input: $input) { request { id } } }',
        { input: input({ key: 'crash' }) },
      )
      .finally(() => {
        governance.propose = propose
      })
    expect(broken.errors).toHaveLength(1)
    expect(registry.faults.splice(0)).toHaveLength(1)
    const size = await sizeOf(registry)
    const { request } = await ask({ key: 'crash' })
    expect(request?.proposal?.id).toMatch(/^p_/)
    expect(await eventsSince(registry, size, 'request.submitted')).toEqual([])
  })

  it('goes on at the next start with all that was left behind, and is not held up by one', async () => {
    const { governance, grants } = registry.house.services
    const { propose } = governance
    const send = (key: string) =>
      village.researcher.raw(
        'mutation ($input: RequestAccessInput!) { requestAccess(input: $input) { request { id } } }',
        { input: input({ key }) },
      )
    governance.propose = async () => Promise.reject(new Error('the machine stopped'))
    const size = await sizeOf(registry)
    try {
      await send('left one')
      await send('left two')
    } finally {
      governance.propose = propose
    }
    const [first, second] = await eventsSince(registry, size, 'request.submitted')
    const stuck = JSON.stringify(first?.data.request)
    governance.propose = async (proposal) =>
      JSON.stringify(proposal.effect).includes(stuck)
        ? Promise.reject(new Error('it still stops here'))
        : propose(proposal)
    await expect(grants.recover()).rejects.toThrow('some requests could not go on')
    governance.propose = propose
    const reached = async () =>
      (await eventsSince(registry, size, 'proposal.made')).map(({ data }) =>
        JSON.stringify(data.effect),
      )
    expect(await reached()).toEqual([expect.stringContaining(String(second?.data.request))])
    await grants.recover()
    await grants.recover()
    expect(await reached()).toHaveLength(2)
    expect(registry.faults.splice(0)).toHaveLength(2)
  })

  it('tells the public what is asked and nothing of who asks or why', async () => {
    const size = await sizeOf(registry)
    await ask({ project: 'My secret thesis about the verb of the river, by Ana.' })
    const [made] = await eventsSince(registry, size, 'proposal.made')
    expect(made?.data).toMatchObject({ title: 'Access to a dataset for research on language' })
    const events = await registry.house.services.log.read(size, 10)
    const leaves = events.map(({ leaf }) => leaf).join('\n')
    for (const word of ['thesis', 'researcher@', 'Words by the river', 'academic', '"DE"']) {
      expect(leaves).not.toContain(word)
    }
  })

  it('grants after the vote, as far as asked and no further', async () => {
    const { request } = await ask({ days: 100 })
    expect(await stateOf(village.researcher, request?.id ?? '')).toBe('voting')
    const size = await sizeOf(registry)
    await decide(village, request?.proposal?.id ?? '')
    expect(await stateOf(village.researcher, request?.id ?? '')).toBe('granted')
    const [event] = await eventsSince(registry, size, 'grant.issued')
    const [enacted] = await eventsSince(registry, size, 'proposal.enacted')
    expect(event?.data).toMatchObject({
      request: request?.id,
      purposes: ['linguisticResearch'],
      actions: ['download'],
      basis: 'vote',
      decision: { proposal: request?.proposal?.id, entry: enacted?.idx },
      expiresAt: Number(event?.data.issuedAt) + 100 * 86_400_000,
    })
    expect((await village.researcher.fetch(urlOf(published, 'words.txt'))).status).toBe(200)
  })

  it('takes what the licence permitted by itself for no vote: a changed fact shuts the door', async () => {
    const atHome = { ...village, researcher: village.contributor }
    await attest(atHome, { actorKind: 'individual' })
    const facts = { actorKind: 'individual', commercialTie: 'no', country: 'NZ' }
    const { grant } = await requestAccess(village.contributor, input({ facts }))
    expect(grant?.id).toMatch(/^g_/)
    const url = urlOf(published, 'words.txt')
    expect((await village.contributor.fetch(url)).status).toBe(200)
    await attest(atHome, { actorKind: 'individual', country: 'DE' } as object)
    const response = await village.contributor.fetch(url)
    expect([response.status, await response.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'LICENCE_REFUSES' }),
    ])
  })

  it('lets no one download by a grant for other actions', async () => {
    const eager = await join(registry, 'eager@university.example')
    const asEager = { ...village, researcher: eager }
    await attest(asEager)
    const use = { purposes: ['linguisticResearch'], actions: ['preview'] }
    const { request } = await requestAccess(eager, input({ use }))
    await decide(village, request?.proposal?.id ?? '')
    const response = await eager.fetch(urlOf(published, 'words.txt'))
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      403,
      'ACTION_NOT_GRANTED',
    ])
  })

  it('issues nothing for a request that was withdrawn before the council said yes', async () => {
    const { request } = await ask()
    const size = await sizeOf(registry)
    await village.researcher.run(
      'mutation ($id: ID!) { withdrawRequest(id: $id) { refused { code } } }',
      {
        id: request?.id,
      },
    )
    await decide(village, request?.proposal?.id ?? '')
    expect(await eventsSince(registry, size, 'grant.issued')).toEqual([])
    expect(await eventsSince(registry, size, 'grant.declined')).toHaveLength(1)
    expect(await stateOf(village.researcher, request?.id ?? '')).toBe('withdrawn')
  })

  it('calls a request that nobody voted on unanswered, and hears it again at once', async () => {
    const { request } = await ask({ key: 'silence' })
    await registry.days(15)
    expect(await stateOf(village.researcher, request?.id ?? '')).toBe('unanswered')
    expect((await ask()).request?.state).toBe('voting')
  })

  describe('after the council has said no', () => {
    let barred: Person
    let request: string
    const asBarred = (changes: object = {}) => asking(changes, barred)
    const refusedAgain = async (changes: object = {}) => {
      const { refused, recorded, events } = await asBarred(changes)
      expect(refused?.code).toBe('NOT_PERMITTED')
      expect(recorded).toEqual(['request.refused'])
      expect(events[0]?.data.clauses).toContainEqual(expect.stringMatching(/#council-refused$/))
    }

    beforeAll(async () => {
      barred = await join(registry, 'barred@university.example')
      await attest({ ...village, researcher: barred })
      const first = await requestAccess(barred, input())
      request = first.request?.id ?? ''
      const proposal = first.request?.proposal?.id ?? ''
      for (const person of village.council) await castBallot(person, proposal, 'no')
      await registry.days(15)
      expect(await stateOf(barred, request)).toBe('rejected')
    }, 60_000)

    it('refuses the same person the same use', () => refusedAgain())

    it('refuses it with a purpose added, for another span of time and for more actions', async () => {
      const purposes = ['linguisticResearch', 'learning']
      await refusedAgain({ use: { purposes, actions: ['download'] } })
      await refusedAgain({ days: 1 })
      await refusedAgain({ use: { purposes, actions: ['download', 'train'] } })
    })

    it('says so in the pre-check', async () => {
      const { precheck } = await barred.run<{ precheck: { decision: string } }>(
        'query ($input: PrecheckInput!) { precheck(input: $input) { decision } }',
        { input: { ...input(), project: undefined, days: undefined } },
      )
      expect(precheck.decision).toBe('deny')
    })

    it('refuses it although the first request is withdrawn afterwards', async () => {
      await barred.run('mutation ($id: ID!) { withdrawRequest(id: $id) { refused { code } } }', {
        id: request,
      })
      await refusedAgain()
    })

    it('hears another purpose, and another person', async () => {
      const use = { purposes: ['revitalisation'], actions: ['download'] }
      expect((await asBarred({ use })).request?.state).toBe('voting')
      expect((await ask()).request?.state).toBe('voting')
    })

    it('hears it again once the charter lets the matter be asked again', async () => {
      await registry.days(28)
      await refusedAgain()
      await registry.days(2)
      expect((await asBarred()).request?.state).toBe('voting')
    })
  })

  it('is appealed against a no by whoever made it, seat or none, and asked anew once that is upheld', async () => {
    const outsider = await join(registry, 'outsider@university.example')
    await attest({ ...village, researcher: outsider })
    const { request } = await requestAccess(outsider, input())
    const proposal = request?.proposal?.id ?? ''
    const run = async (by: Person, name: string, type: string, what: object) =>
      (
        await by.run<Record<string, { refused: { code: string } | null }>>(
          `mutation ($input: ${type}!) { ${name}(input: $input) { refused { code } } }`,
          { input: { proposal, ...what } },
        )
      )[name]?.refused?.code ?? 'ok'
    const reason = 'You had the wrong letter.'
    const appeal = (by: Person) =>
      run(by, 'appeal', 'AppealInput', {
        grounds: 'new-facts',
        reason,
      })
    expect(await appeal(outsider)).toBe('still-open')
    for (const person of village.council) await castBallot(person, proposal, 'no')
    await registry.days(15)
    expect(await appeal(village.researcher)).toBe('NOT_A_MEMBER')
    const seen = async (by: Person) =>
      (
        await by.run<{ proposal: Seen }>(
          'query ($id: ID!) { proposal(id: $id) { closesAt appealUntil viewerCanAppeal { allowed } challenges { state byApplicant reason } } }',
          { id: proposal },
        )
      ).proposal
    const { closesAt, appealUntil, viewerCanAppeal } = await seen(outsider)
    expect(viewerCanAppeal.allowed).toBe(true)
    expect(Date.parse(appealUntil)).toBe(Date.parse(closesAt) + 7 * DAY)
    expect(await appeal(outsider)).toBe('ok')
    const own = { state: 'pending', byApplicant: true, reason }
    expect((await seen(outsider)).challenges).toEqual([own])
    expect((await seen(village.steward)).challenges).toEqual([own])
    expect((await seen(village.researcher)).challenges).toEqual([
      { ...own, byApplicant: false, reason: null },
    ])
    // Nobody gets rid of a no by appealing against it.
    expect((await requestAccess(outsider, input())).refused?.code).toBe('NOT_PERMITTED')
    expect(await run(outsider, 'decideAppeal', 'DecideAppealInput', { upheld: true })).toBe(
      'NOT_A_MEMBER',
    )
    for (const person of [...village.council, village.steward])
      await run(person, 'decideAppeal', 'DecideAppealInput', { upheld: true })
    expect((await requestAccess(outsider, input())).request?.state).toBe('voting')
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})

describe('asking for access under a licence that permits by itself', () => {
  let registry: Registry
  let village: Village
  let published: Published
  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry, 'open-with-credit')
    published = await publish(village, { 'words.txt': TEXT })
  }, 120_000)
  afterAll(() => registry.close())

  it('grants at once on the decision that published the version', async () => {
    const size = await sizeOf(registry)
    const answers = await Promise.all(
      [0, 1, 2].map(() =>
        requestAccess(village.researcher, requestInput(published.dataset, { key: 'at once' })),
      ),
    )
    const [event, ...others] = await eventsSince(registry, size, 'grant.issued')
    expect(others).toEqual([])
    expect(new Set(answers.map(({ grant }) => grant?.id))).toEqual(new Set([event?.data.grant]))
    const [enacted] = (await eventsSince(registry, 0, 'proposal.enacted')).filter(
      ({ data }) => data.proposal === published.proposal,
    )
    expect(event?.data).toMatchObject({
      basis: 'licence',
      decision: { proposal: published.proposal, entry: enacted?.idx },
    })
    expect((await village.researcher.fetch(urlOf(published, 'words.txt'))).status).toBe(200)
    expect(await eventsSince(registry, size, 'proposal.made')).toEqual([])
  })

  it('refuses all the same what it denies', async () => {
    const use = { purposes: ['commercialProduct'], actions: ['download'] }
    const answer = await requestAccess(village.researcher, requestInput(published.dataset, { use }))
    expect(answer.refused?.code).toBe('NOT_PERMITTED')
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
