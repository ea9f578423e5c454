import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide, proposePublication, requestAccess, requestInput } from '../../support/journey.ts'
import { join, type Person, visitor } from '../../support/person.ts'
import { EVIDENCE } from './duties.ts'
import { type Held, hold, token, urlOf } from './held.ts'

const PROJECT = 'We study how verbs are used in stories told by the river.'

const REQUEST = `query ($id: ID!) {
  request(id: $id) { id project facts requester state grant { id } decision { decision } }
}`
const GRANT = `query ($id: ID!) {
  grant(id: $id) { id token downloads { path entry receipt } state duties { kind text overdue } }
}`

describe('who sees what of requests and grants', () => {
  let held: Held
  let people: Readonly<Record<string, Person>>
  let request: string

  const ask = async (who: string, query: string, variables: object) => {
    const { data, errors } = await (people[who] ?? visitor(held.registry)).raw(query, variables)
    expect(errors).toBeUndefined()
    return data as Record<string, Record<string, unknown> | null>
  }

  beforeAll(async () => {
    held = await hold()
    const { village, registry, published } = held
    await (await village.researcher.fetch(urlOf(published, 'words.txt'))).text()
    const [councillor] = village.council
    if (!councillor) throw new Error('nobody sits in the council')
    people = {
      holder: village.researcher,
      councillor,
      steward: village.steward,
      'member without a body': village.contributor,
      outsider: await join(registry, 'outsider@university.example'),
      visitor: visitor(registry),
    }
    const answer = await requestAccess(village.researcher, requestInput(published.dataset))
    request = answer.request?.id ?? ''
  }, 120_000)
  afterAll(() => held.registry.close())

  for (const who of ['member without a body', 'outsider', 'visitor']) {
    it(`shows a request and a grant to a ${who} as if they were not there`, async () => {
      const other = { id: 'r_0000000000000000' }
      expect(await ask(who, REQUEST, { id: request })).toEqual({ request: null })
      expect(await ask(who, REQUEST, other)).toEqual({ request: null })
      expect(await ask(who, GRANT, { id: held.grant })).toEqual({ grant: null })
    })

    it(`shows a ${who} the vote without the person behind it`, async () => {
      const { request: mine } = await ask(
        'holder',
        'query ($id: ID!) { request(id: $id) { proposal { id } } }',
        { id: request },
      )
      const id = (mine?.proposal as { id: string } | undefined)?.id
      const query = `query ($id: ID!) {
        proposal(id: $id) { title text subject { request { project requester facts } grant { token } } }
      }`
      const { proposal } = await ask(who, query, { id })
      expect(proposal?.subject).toEqual({ request: null, grant: null })
      expect(JSON.stringify(proposal)).not.toMatch(/verbs|researcher/)
    })
  }

  for (const who of ['councillor', 'steward']) {
    it(`shows a ${who} what was declared, and no token or receipt of somebody else`, async () => {
      const shown = await ask(who, REQUEST, { id: request })
      expect(shown.request).toMatchObject({ project: PROJECT, requester: 'researcher' })
      expect(shown.request?.facts).toMatchObject({ actorKind: 'academic' })
      const { grant } = await ask(who, GRANT, { id: held.grant })
      expect(grant).toMatchObject({ id: held.grant, token: null, state: 'active' })
      expect(grant?.downloads).toEqual([
        { path: 'words.txt', entry: expect.any(Number), receipt: null },
      ])
    })
  }

  it('shows its holder everything, with token and receipt', async () => {
    const { grant } = await ask('holder', GRANT, { id: held.grant })
    expect(String(grant?.token).split('.')).toHaveLength(3)
    expect(grant?.downloads).toEqual([
      {
        path: 'words.txt',
        entry: expect.any(Number),
        receipt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    ])
    const duties = grant?.duties as { kind: string; text: string }[]
    expect(duties.map(({ kind }) => kind)).toEqual(['attribute', 'reportBack', 'shareBack'])
    for (const { kind, text } of duties) expect(text).not.toBe(kind)
    expect((await ask('holder', REQUEST, { id: request })).request?.project).toBe(PROJECT)
  })

  it('lists to everybody their own requests and grants alone', async () => {
    const query = '{ viewer { requests { id } grants { id } } }'
    for (const who of ['councillor', 'steward', 'member without a body', 'outsider']) {
      expect(await ask(who, query, {})).toEqual({ viewer: { requests: [], grants: [] } })
    }
    const { viewer } = await ask('holder', query, {})
    expect(viewer?.grants).toEqual([{ id: held.grant }])
    const own = 'query ($id: ID!) { dataset(id: $id) { viewerGrants { id } } }'
    const id = held.published.dataset
    expect(await ask('councillor', own, { id })).toEqual({ dataset: { viewerGrants: [] } })
    expect(await ask('visitor', own, { id })).toEqual({ dataset: { viewerGrants: [] } })
  })

  it('lets nobody act on what is somebody else’s', async () => {
    const acts: readonly (readonly [string, string, object])[] = [
      [
        'withdrawRequest',
        'mutation ($id: ID!) { withdrawRequest(id: $id) { refused { code } } }',
        { id: request },
      ],
      [
        'reportDuty',
        'mutation ($input: ReportDutyInput!) { reportDuty(input: $input) { refused { code } } }',
        { input: { grant: held.grant, duty: 'reportBack', evidence: EVIDENCE } },
      ],
    ]
    for (const who of ['councillor', 'steward', 'outsider']) {
      for (const [name, query, variables] of acts) {
        expect(await ask(who, query, variables)).toEqual({
          [name]: { refused: { code: 'NOT_FOUND' } },
        })
      }
    }
    const revoke =
      'mutation ($input: ProposeRevocationInput!) { proposeRevocation(input: $input) { refused { code } } }'
    for (const who of ['outsider', 'holder']) {
      const input = { grant: held.grant, reason: 'Because.' }
      expect(await ask(who, revoke, { input })).toEqual({
        proposeRevocation: { refused: { code: 'NOT_FOUND' } },
      })
    }
  })

  it('lets a personal token govern nothing', async () => {
    const secret = await token(held.village.researcher, ['read', 'download', 'contribute'])
    const send = (query: string, variables: object) =>
      fetch(`${held.registry.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({ query, variables }),
      }).then((response) => response.json())
    const ask_ =
      'mutation ($input: RequestAccessInput!) { requestAccess(input: $input) { refused { code } } }'
    expect(await send(ask_, { input: requestInput(held.published.dataset) })).toMatchObject({
      data: { requestAccess: { refused: { code: 'BROWSER_ONLY' } } },
    })
  })

  it('pre-checks for anybody what is listed, and writes nothing', async () => {
    const { project: _, days: __, ...input } = requestInput(held.published.dataset)
    const query =
      'query ($input: PrecheckInput!) { precheck(input: $input) { decision reasons { clause text } needsCouncil duties { kind text withinDays } } }'
    const size = await held.registry.house.services.log.size()
    for (const who of Object.keys(people)) {
      const { precheck } = await ask(who, query, { input })
      expect(precheck?.decision).toMatch(/^(permit|deny|refer)$/)
    }
    const { precheck } = await ask('holder', query, { input })
    expect(precheck).toMatchObject({ decision: 'refer', needsCouncil: true })
    const report = { kind: 'reportBack', withinDays: 180, text: expect.stringContaining(' ') }
    expect(precheck?.duties).toContainEqual(report)
    expect(await held.registry.house.services.log.size()).toBe(size)
  })

  it('pre-checks a hidden dataset for nobody but those who may see it', async () => {
    const { village, published } = held
    const { dataset, manifestDigest } = published
    await decide(village, await proposePublication(village, { dataset, manifestDigest, stage: 0 }))
    const { project: _, days: __, ...input } = requestInput(dataset)
    const query = 'query ($input: PrecheckInput!) { precheck(input: $input) { decision } }'
    const absent = { input: { ...input, dataset: 'd_0000000000000000' } }
    for (const who of ['holder', 'outsider', 'visitor']) {
      expect(await ask(who, query, { input })).toEqual({ precheck: null })
      expect(await ask(who, query, absent)).toEqual({ precheck: null })
    }
    expect((await ask('councillor', query, { input })).precheck).not.toBeNull()
    const answer = await requestAccess(village.researcher, requestInput(dataset))
    expect(answer.refused?.code).toBe('NOT_FOUND')
  })

  describe('of a dataset that was sealed later', () => {
    const about = `id title page { id description versions { version } }`
    const query = `query ($id: ID!) {
      grant(id: $id) { state stateReason token dataset { ${about} } version { version files { path } statement { complete } } downloads { path } }
    }`
    const asked = `query ($id: ID!) { request(id: $id) { dataset { ${about} } } }`
    const named = { title: 'Words by the river', page: null }

    it('leaves the holder its name, the signed grant and what was downloaded, and nothing else', async () => {
      const id = held.published.dataset
      const { grant } = await ask('holder', query, { id: held.grant })
      expect(grant).toEqual({
        state: 'suspended',
        stateReason: 'The community has closed this dataset.',
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        dataset: { id, ...named },
        version: null,
        downloads: [{ path: 'words.txt' }],
      })
      const own = await ask('holder', asked, { id: request })
      expect(own).toEqual({ request: { dataset: { id, ...named } } })
      expect(await ask('holder', 'query ($id: ID!) { dataset(id: $id) { id } }', { id })).toEqual({
        dataset: null,
      })
    })

    it('leaves the council everything', async () => {
      const { grant } = await ask('councillor', query, { id: held.grant })
      expect(grant).toMatchObject({
        state: 'active',
        dataset: { page: { description: 'A list of words.' } },
        version: { files: [{ path: 'words.txt' }] },
      })
    })
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})
