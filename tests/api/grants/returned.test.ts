import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  castBallot,
  decide,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { TEXT } from './held.ts'

interface Answer {
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

interface Charter {
  readonly version: number
  readonly matters: Readonly<Record<string, object>>
}

/** The community votes to talk every request over for three days. */
const talkRequestsOver = async (village: Village): Promise<void> => {
  const [one] = village.council
  if (!one) throw new Error('nobody sits here')
  const { community } = await one.run<{
    community: { charter: { digest: string; document: Charter } }
  }>('{ community(slug: "village") { charter { digest document } } }')
  const { digest, document } = community.charter
  const changed = {
    ...document,
    version: document.version + 1,
    previous: digest,
    matters: {
      ...document.matters,
      'access.grant': { ...document.matters['access.grant'], deliberation: 'P3D' },
    },
  }
  const { proposeCharter } = await one.run<{
    proposeCharter: Answer & { proposal: { id: string } | null }
  }>(
    'mutation ($input: ProposeCharterInput!) { proposeCharter(input: $input) { proposal { id } refused { code field message } } }',
    {
      input: { community: village.community, document: changed, reason: 'We want to talk first.' },
    },
  )
  if (!proposeCharter.proposal) throw new Error(JSON.stringify(proposeCharter.refused))
  for (const person of village.council) await castBallot(person, proposeCharter.proposal.id, 'yes')
  await village.registry.days(32)
}

interface Seen {
  readonly state: string
  readonly project: string
  readonly askAgainAt: string | null
  readonly submissions: readonly {
    readonly number: number
    readonly changes: readonly { readonly field: string; readonly changes: readonly object[] }[]
  }[]
  readonly proposal: {
    readonly id: string
    readonly phase: string
    readonly opensByItselfAt: string | null
    readonly returned: { readonly words: string | null } | null
    readonly comments: readonly { readonly text: string }[]
  }
}

describe('a request that is talked over', () => {
  let registry: Registry
  let village: Village
  let dataset: string

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    dataset = (await publish(village, { 'words.txt': TEXT })).dataset
    await attest(village)
    await talkRequestsOver(village)
  }, 240_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const ask = async (changes: object = {}) => {
    const { request, refused } = await requestAccess(
      village.researcher,
      requestInput(dataset, changes),
    )
    if (!request?.proposal) throw new Error(JSON.stringify(refused))
    return { request: request.id, proposal: request.proposal.id }
  }
  const see = async (person: Person, id: string): Promise<Seen> =>
    (
      await person.run<{ request: Seen }>(
        `query ($id: ID!) { request(id: $id) { state project askAgainAt submissions { number changes { field changes { kind text } } }
          proposal { id phase opensByItselfAt returned { words } comments { text } } } }`,
        { id },
      )
    ).request
  const sendBack = async (person: Person, proposal: string, reason: string) =>
    (
      await person.run<{ returnProposal: Answer }>(
        'mutation ($input: ReasonInput!) { returnProposal(input: $input) { refused { code field } } }',
        { input: { proposal, reason } },
      )
    ).returnProposal.refused?.code ?? null
  const handIn = async (person: Person, request: string, changes: object = {}) => {
    const { dataset: _, ...rest } = requestInput(dataset, changes)
    return (
      await person.run<{ reviseRequest: Answer }>(
        'mutation ($input: ReviseRequestInput!) { reviseRequest(input: $input) { refused { code field } } }',
        { input: { request, ...rest } },
      )
    ).reviseRequest.refused
  }
  const comment = async (person: Person, proposal: string, text: string, hidden: boolean) =>
    (
      await person.run<{ comment: Answer }>(
        'mutation ($input: CommentInput!) { comment(input: $input) { refused { code } } }',
        { input: { proposal, text, private: hidden } },
      )
    ).comment.refused?.code ?? null
  const councillor = () => {
    const [one] = village.council
    if (!one) throw new Error('nobody sits here')
    return one
  }
  const PROJECT = 'We study how verbs and nouns are used in stories told by the river.'

  it('opens by itself once the time of the charter is over', async () => {
    const { request } = await ask()
    expect((await see(village.researcher, request)).proposal.phase).toBe('deliberation')
    await registry.days(2)
    expect((await see(village.researcher, request)).proposal.phase).toBe('deliberation')
    await registry.days(1)
    expect((await see(village.researcher, request)).proposal.phase).toBe('open')
  })

  it('goes back to the requester, who hands it in again, and the council sees the difference', async () => {
    const { request, proposal } = await ask()
    expect(await handIn(village.researcher, request, { project: PROJECT })).toMatchObject({
      code: 'NOT_RETURNED',
    })
    expect(await sendBack(councillor(), proposal, 'Only verbs?')).toBeNull()
    expect(await see(village.researcher, request)).toMatchObject({
      state: 'returned',
      proposal: { returned: { words: 'Only verbs?' }, opensByItselfAt: null },
    })
    await registry.days(5)
    expect((await see(village.researcher, request)).proposal.phase).toBe('deliberation')
    expect(await handIn(village.researcher, request, { project: PROJECT, days: 180 })).toBeNull()
    const seen = await see(councillor(), request)
    expect(seen).toMatchObject({ state: 'voting', project: PROJECT, proposal: { returned: null } })
    expect(seen.submissions.map(({ number }) => number)).toEqual([1, 2])
    expect(seen.submissions[1]?.changes.map(({ field }) => field)).toEqual(['days', 'project'])
    expect(seen.submissions[1]?.changes[1]?.changes).toContainEqual({
      kind: 'added',
      text: 'and nouns ',
    })
    await registry.days(3)
    await decide(village, proposal)
    const { grant } = await village.researcher
      .run<{ request: { grant: { issuedAt: string; expiresAt: string } } }>(
        'query ($id: ID!) { request(id: $id) { grant { issuedAt expiresAt } } }',
        { id: request },
      )
      .then(({ request: found }) => found)
    const days = (Date.parse(grant.expiresAt) - Date.parse(grant.issuedAt)) / 86_400_000
    expect(days).toBe(180)
  })

  it('is handed in again by nobody else, and only as something a vote can grant', async () => {
    const { request, proposal } = await ask({ project: `${PROJECT} Again.` })
    expect(await sendBack(councillor(), proposal, 'What for?')).toBeNull()
    expect(await handIn(councillor(), request)).toMatchObject({ code: 'NOT_FOUND' })
    const commercial = { use: { purposes: ['commercialProduct'], actions: ['download'] } }
    const denied = await handIn(village.researcher, request, commercial)
    expect(denied).toMatchObject({ code: 'NOT_PERMITTED', field: 'use' })
    expect((await see(village.researcher, request)).submissions).toHaveLength(1)
    expect(await handIn(village.researcher, request, { project: '' })).toMatchObject({
      code: 'BAD_INPUT',
      field: 'project',
    })
    expect(await handIn(village.researcher, request, { days: 10 })).toBeNull()
  })

  it('is put before the council although the process ended in between', async () => {
    const { request, proposal } = await ask({ project: `${PROJECT} Once more.` })
    expect(await sendBack(councillor(), proposal, 'How long?')).toBeNull()
    const { log, grants, governance } = registry.house.services
    await log.append({
      stream: `request/${request}`,
      type: 'request.revised',
      cmd: 'left-behind',
      data: { request, purposes: ['linguisticResearch'], actions: ['download'], duties: [] },
      secret: { facts: {}, project: 'Words that were handed in just before.', days: 5 },
    })
    expect((await governance.proposal(proposal))?.returned).not.toBeNull()
    await grants.recover()
    expect(await governance.proposal(proposal)).toMatchObject({
      returned: null,
      effect: { days: 5 },
    })
    await grants.recover()
    expect((await governance.proposal(proposal))?.revisions).toHaveLength(1)
  })

  it('is spoken about in private without the requester, and openly with them', async () => {
    const { request, proposal } = await ask({ project: `${PROJECT} With words.` })
    expect(await comment(councillor(), proposal, 'I know their school.', true)).toBeNull()
    expect(await comment(councillor(), proposal, 'Which stories?', false)).toBeNull()
    expect(await comment(village.researcher, proposal, 'Those of the spring.', false)).toBeNull()
    expect(await comment(village.researcher, proposal, 'A secret.', true)).toBe('NOT_INSIDE')
    const said = async (person: Person) =>
      (await see(person, request)).proposal.comments.map(({ text }) => text)
    expect(await said(village.researcher)).toEqual(['Which stories?', 'Those of the spring.'])
    expect(await said(councillor())).toEqual([
      'I know their school.',
      'Which stories?',
      'Those of the spring.',
    ])
  })

  const otherwise = async (person: Person, id: string) => {
    const { request } = await person.run<{
      request: { again: { request: { id: string }; changes: { field: string }[] } | null } | null
    }>('query ($id: ID!) { request(id: $id) { again { request { id } changes { field } } } }', {
      id,
    })
    const again = request?.again
    return again ? [again.request.id, again.changes.map(({ field }) => field)] : null
  }

  it('says from when it may be asked again after a no', async () => {
    const asked = { use: { purposes: ['languageTechnologyResearch'], actions: ['download'] } }
    const { request, proposal } = await ask(asked)
    await registry.days(3)
    for (const person of village.council) await castBallot(person, proposal, 'no')
    await registry.days(15)
    const seen = await see(village.researcher, request)
    expect(seen.state).toBe('rejected')
    const until = Date.parse(seen.askAgainAt ?? '')
    expect(until).toBeGreaterThan(registry.house.services.log.now())
    const barred = await requestAccess(village.researcher, requestInput(dataset, asked))
    expect(barred.refused?.code).toBe('NOT_PERMITTED')
    await registry.days(30)
    expect((await see(village.researcher, request)).askAgainAt).toBeNull()
    const again = await requestAccess(village.researcher, requestInput(dataset, asked))
    expect(again.refused).toBeNull()
    expect(await otherwise(councillor(), again.request?.id ?? '')).toEqual([request, []])
    const better = { ...asked, project: 'We ask again and leave a copy with you.' }
    const third = await requestAccess(village.researcher, requestInput(dataset, better))
    const id = third.request?.id ?? ''
    expect(await otherwise(councillor(), id)).toEqual([request, ['project']])
    expect(await otherwise(village.researcher, id)).toEqual([request, ['project']])
    expect(await otherwise(village.contributor, id)).toBeNull()
  })
})
