import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hear } from '../../../api/src/notices/hear.ts'
import {
  attest,
  castBallot,
  decide,
  type Published,
  publish,
  type RequestAnswer,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { join, type Person, signIn } from '../../support/person.ts'
import { DAY, type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { eventsSince, reopen, revoke, sizeOf, suspend, TEXT, urlOf } from './held.ts'

const REFUSED = 'refused { code message field }'

interface Refusable {
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

/** The same licence as its next version: every address in it is a new one. */
const renamed = (document: object): object => {
  const uid: unknown = Reflect.get(document, 'uid')
  const text = JSON.stringify(document).replaceAll(String(uid), `${String(uid)}-2`)
  return { ...(JSON.parse(text) as object), 'dct:replaces': { '@id': uid } }
}

interface Shown {
  readonly id: string
  readonly state: string
  readonly used: number
  readonly uses: readonly { readonly entry: number; readonly version: string }[]
  readonly viewerCanPause: boolean
  readonly proposal: { readonly id: string }
}

const STANDING = `delegations { id state used uses { entry version } viewerCanPause proposal { id } }`

describe('a standing decision of a council', () => {
  let registry: Registry
  let village: Village
  let published: Published

  const now = () => registry.house.services.log.now()
  const handed = (changes: object = {}) => ({
    community: village.community,
    purposes: ['linguisticResearch', 'learning'],
    actions: ['download'],
    actorKinds: ['academic'],
    noCommercialTie: true,
    longestDays: 365,
    largestTeam: 1,
    until: new Date(now() + 360 * DAY).toISOString(),
    reason: 'They all ask the same, and we always say yes.',
    ...changes,
  })
  const [first, second] = [() => village.council[0], () => village.council[1]]
  const one = (): Person => {
    const person = first()
    if (!person) throw new Error('nobody sits in the council')
    return person
  }
  const propose = async (changes: object = {}, person = one()) => {
    const { proposeDelegation } = await person.run<{
      proposeDelegation: Refusable & { proposal: { id: string; text: string } | null }
    }>(
      `mutation ($input: ProposeDelegationInput!) { proposeDelegation(input: $input) { proposal { id text } ${REFUSED} } }`,
      { input: handed(changes) },
    )
    return proposeDelegation
  }
  const standing = async (person: Person = one()): Promise<readonly Shown[]> => {
    const { community } = await person.run<{ community: { delegations: readonly Shown[] } }>(
      `{ community(slug: "village") { ${STANDING} } }`,
    )
    return community.delegations
  }
  const shown = async (id: string, person = one()): Promise<Shown> => {
    const all = await standing(person)
    const wanted = all.find((each) => each.id === id)
    if (!wanted) throw new Error(`no standing decision ${id}`)
    return wanted
  }
  /** Voted for; the newest is told first. */
  const handOver = async (changes: object = {}): Promise<Shown> => {
    const { proposal, refused } = await propose(changes)
    if (!proposal) throw new Error(JSON.stringify(refused))
    await decide(village, proposal.id)
    const [newest] = await standing()
    if (newest?.proposal.id !== proposal.id)
      throw new Error('the vote passed and nothing is handed over')
    return newest
  }
  const pause = async (id: string, person = one()) =>
    (
      await person.run<{ pauseDelegation: Refusable & { delegation: { state: string } | null } }>(
        `mutation ($id: ID!) { pauseDelegation(delegation: $id) { delegation { state } ${REFUSED} } }`,
        { id },
      )
    ).pauseDelegation
  /** What was handed over before answers nothing from here on. */
  const clear = async (): Promise<void> => {
    for (const { id, state } of await standing()) if (state === 'inForce') await pause(id)
  }
  let names = 0
  /** Somebody for whom the council has vouched. */
  const someone = async (): Promise<Person> => {
    names += 1
    const person = await join(registry, `person${names}@university.example`)
    await attest({ ...village, researcher: person })
    return person
  }
  const ask = (person: Person, changes: object = {}) =>
    requestAccess(person, requestInput(published.dataset, changes))
  const vote = async (person: Person, proposal: string) =>
    (
      await person.run<{ castBallot: Refusable }>(
        `mutation ($input: CastBallotInput!) { castBallot(input: $input) { ${REFUSED} } }`,
        { input: { proposal, choice: 'yes' } },
      )
    ).castBallot.refused
  const see = async (person: Person, id: string) =>
    (
      await person.run<{ proposal: object }>(
        'query ($id: ID!) { proposal(id: $id) { viewerIsInside viewerCanVote { allowed message } } }',
        { id },
      )
    ).proposal
  const placeIn = async (holder: Person, id: string) => {
    const { grant } = await holder.run<{ grant: { team: readonly { id: string }[] } }>(
      'query ($id: ID!) { grant(id: $id) { team { id } } }',
      { id },
    )
    return grant.team[0]?.id ?? ''
  }
  const acceptPlace = (person: Person, grant: string, actorKind: string) =>
    person.run<{ acceptTeamPlace: Refusable }>(
      `mutation ($input: AcceptTeamPlaceInput!) { acceptTeamPlace(input: $input) { ${REFUSED} } }`,
      {
        input: {
          grant,
          licence: village.licence,
          facts: { ...requestInput('').facts, actorKind },
          acceptedDuties: ['attribute', 'reportBack', 'shareBack'],
        },
      },
    )
  const isVoted = ({ request, grant }: RequestAnswer): boolean =>
    grant === null && request?.proposal !== null && request?.state === 'voting'

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    published = await publish(village, { 'words.txt': TEXT })
    await attest(village)
  }, 240_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  it('is put to the vote in plain words, by any member, as everything is', async () => {
    const { proposal } = await propose()
    expect(proposal?.text).toMatch(/answered yes without a ballot/)
    expect(proposal?.text).toMatch(
      new RegExp(`Until ${new Date(now() + 360 * DAY).toISOString().slice(0, 10)}`),
    )
    expect(proposal?.text).toContain('“Our licence”, version 1')
    expect((await propose({}, village.steward)).refused).toBeNull()
    expect((await propose({}, village.researcher)).refused?.code).toBe('NOT_FOUND')
  })

  it.each([
    ['until', () => ({ until: new Date(now()).toISOString() })],
    ['until', () => ({ until: new Date(now() + 366 * DAY).toISOString() })],
    ['purposes', () => ({ purposes: [] })],
    ['purposes', () => ({ purposes: ['learning', 'unlisted'] })],
    ['actions', () => ({ actions: [] })],
    ['datasets', () => ({ datasets: ['d_0000000000000000'] })],
    ['longestDays', () => ({ longestDays: 0 })],
    ['largestTeam', () => ({ largestTeam: 1000 })],
  ])('names what is wrong with what is handed over: %s', async (field, changes) => {
    const before = await sizeOf(registry)
    expect((await propose(changes())).refused?.field?.split('.')[0]).toBe(field)
    expect(await sizeOf(registry)).toBe(before)
  })

  it('answers what falls in it at once, and every record names it and the vote', async () => {
    const { id, proposal } = await handOver()
    const before = await sizeOf(registry)
    const { grant, request } = await ask(village.researcher)
    expect(request).toMatchObject({ state: 'granted', proposal: null })
    const events = await registry.house.services.log.read(before, 20)
    expect(events.map(({ type }) => type)).toEqual([
      'request.submitted',
      'delegation.used',
      'grant.issued',
    ])
    const [, used, issued] = events
    const enacted = await registry.house.services.governance.enacted(proposal.id)
    expect(issued?.data).toMatchObject({
      basis: 'delegation',
      decision: { proposal: proposal.id, entry: enacted?.enactedIdx },
      delegation: { id, entry: used?.idx },
    })
    expect(used?.data).toMatchObject({ delegation: id, proposal: proposal.id })
    expect(used?.secret).toEqual({})
    expect(await shown(id)).toMatchObject({
      state: 'inForce',
      used: 1,
      uses: [{ entry: used?.idx, version: '1.0.0' }],
    })
    const told = await village.researcher.run<object>(
      `query ($id: ID!, $grant: ID!) {
        request(id: $id) { delegation { id used proposal { id } } }
        grant(id: $grant) { delegation { id } proposal { id } duties { kind } }
        community(slug: "village") { register { answeredByStanding downloads downloadsCovered } }
      }`,
      { id: request?.id, grant: grant?.id },
    )
    expect(told).toMatchObject({
      request: { delegation: { id, used: 1, proposal: { id: proposal.id } } },
      grant: {
        delegation: { id },
        proposal: { id: proposal.id },
        duties: expect.arrayContaining([{ kind: 'attribute' }, { kind: 'reportBack' }]),
      },
      community: { register: { answeredByStanding: 1 } },
    })
    const file = await village.researcher.fetch(urlOf(published, 'words.txt'))
    expect([file.status, (await file.arrayBuffer()).byteLength]).toEqual([200, TEXT.length])
    await registry.house.services.log.settled()
    const { community } = await one().run<{
      community: { register: { downloads: number; downloadsCovered: number } }
    }>('{ community(slug: "village") { register { downloads downloadsCovered } } }')
    expect(community.register).toEqual({ downloads: 1, downloadsCovered: 1 })
  })

  it.each([
    ['for another purpose', { use: { purposes: ['preservation'], actions: ['download'] } }],
    ['for more than was handed over', { use: { purposes: ['learning'], actions: ['derive'] } }],
    ['for a day too many', { days: 366 }],
    ['with a team too large', { team: ['a@university.example', 'b@university.example'] }],
  ])('leaves it to the council when it is asked %s', async (_, changes) => {
    expect(isVoted(await ask(village.researcher, changes))).toBe(true)
  })

  it('never allows what the licence denies, and asks for what is missing as always', async () => {
    const before = await eventsSince(registry, 0, 'delegation.used')
    const use = { purposes: ['commercialProduct'], actions: ['download'] }
    expect((await ask(village.researcher, { use })).refused?.code).toBe('NOT_PERMITTED')
    const unmet = await ask(village.researcher, { acceptedDuties: ['attribute'] })
    expect(unmet.refused?.code).toBe('DUTIES_NOT_ACCEPTED')
    expect(await eventsSince(registry, 0, 'delegation.used')).toHaveLength(before.length)
  })

  it('answers the same request once, however often it is sent', async () => {
    const person = await someone()
    const used = (await standing())[0]?.used ?? 0
    const all = await Promise.all([1, 2, 3, 4].map(() => ask(person, { key: 'again' })))
    expect(new Set(all.map(({ grant }) => grant?.id)).size).toBe(1)
    expect((await standing())[0]?.used).toBe(used + 1)
  })

  it('leaves a further term to the council', async () => {
    const { grant } = await ask(await someone())
    const holder = await signIn(registry, `person${names}@university.example`)
    const { renewAccess } = await holder.run<{ renewAccess: RequestAnswer }>(
      `mutation ($input: RenewAccessInput!) { renewAccess(input: $input) { request { id state proposal { id } } grant { id token } ${REFUSED} } }`,
      {
        input: {
          grant: grant?.id,
          changes:
            'Nothing has changed since; we are simply not done with the second half of the stories.',
          days: 30,
          acceptedDuties: ['attribute', 'reportBack', 'shareBack'],
        },
      },
    )
    expect(renewAccess.refused).toBeNull()
    expect(renewAccess.request?.proposal).not.toBeNull()
  })

  it('asks of everybody in a team what it asks of the holder', async () => {
    const mate = await someone()
    const other = await someone()
    await attest({ ...village, researcher: other }, { actorKind: 'nonprofit' })
    const holder = await someone()
    const within = await ask(holder, { team: [mate.email], key: 'one' })
    expect(within.grant).not.toBeNull()
    const yes = await acceptPlace(mate, within.grant?.id ?? '', 'academic')
    expect(yes.acceptTeamPlace.refused).toBeNull()
    const beyond = await ask(holder, { team: [other.email], key: 'two' })
    const no = await acceptPlace(other, beyond.grant?.id ?? '', 'academic')
    expect(no.acceptTeamPlace.refused).toMatchObject({ code: 'OUTSIDE_DELEGATION', field: 'facts' })
  })

  it('leaves those to the council whom it has refused before', async () => {
    const person = await someone()
    const asked = await ask(person, { days: 366 })
    await decide(village, asked.request?.proposal?.id ?? '', 'no')
    const later = await ask(person)
    expect(later.grant).toBeNull()
  })

  it('leaves somebody to the council who asks for less than what it has refused', async () => {
    const person = await someone()
    const both = { purposes: ['linguisticResearch', 'learning'], actions: ['download'] }
    const asked = await ask(person, { use: both, days: 366 })
    await decide(village, asked.request?.proposal?.id ?? '', 'no')
    const less = { purposes: ['learning'], actions: ['download'] }
    expect(isVoted(await ask(person, { use: less }))).toBe(true)
  })

  it('leaves somebody to the council from whom it has taken a grant back', async () => {
    await clear()
    await handOver()
    const person = await someone()
    const { grant } = await ask(person)
    expect(grant).not.toBeNull()
    await revoke(village, grant?.id ?? '')
    const later = await ask(person)
    expect(isVoted(later)).toBe(true)
    await decide(village, later.request?.proposal?.id ?? '')
    // With the yes of the council all is well again.
    expect((await ask(person)).grant).not.toBeNull()
  })

  it('leaves somebody to the council whose grant is under appeal or was annulled by one', async () => {
    const person = await someone()
    const asked = await ask(person, { days: 366 })
    const proposal = asked.request?.proposal?.id ?? ''
    for (const member of village.council) await castBallot(member, proposal, 'yes')
    await registry.days(15)
    const input = { proposal, grounds: 'new-facts', reason: 'They are known for something else.' }
    const { appeal } = await village.contributor.run<{ appeal: Refusable }>(
      `mutation ($input: AppealInput!) { appeal(input: $input) { ${REFUSED} } }`,
      { input },
    )
    expect(appeal.refused).toBeNull()
    expect(isVoted(await ask(person, { key: 'heard' }))).toBe(true)
    for (const member of [...village.council, village.steward, village.contributor])
      await member.run(
        'mutation ($input: DecideAppealInput!) { decideAppeal(input: $input) { refused { code } } }',
        { input: { proposal, upheld: true } },
      )
    expect(isVoted(await ask(person, { key: 'annulled' }))).toBe(true)
  })

  it('takes nobody at their own word, neither who asks nor who is named with them', async () => {
    const stranger = await join(registry, 'stranger@university.example')
    const unsaid = { actorKind: null, commercialTie: null }
    await attest({ ...village, researcher: stranger }, unsaid)
    expect(isVoted(await ask(stranger))).toBe(true)
    const { grant } = await ask(await someone(), { team: [stranger.email] })
    const { acceptTeamPlace } = await acceptPlace(stranger, grant?.id ?? '', 'academic')
    expect(acceptTeamPlace.refused?.code).toBe('OUTSIDE_DELEGATION')
  })

  it('leaves what one of the council asks for themselves to all the others', async () => {
    const member = second()
    if (!member) throw new Error('nobody sits beside the first')
    const others = [...village.council, village.steward, village.contributor].filter(
      (person) => person !== member,
    )
    await attest({ ...village, council: others, researcher: member })
    await clear()
    await handOver()
    expect((await ask(await someone())).grant).not.toBeNull()
    const asked = await ask(member)
    expect(isVoted(asked)).toBe(true)
    const proposal = asked.request?.proposal?.id ?? ''
    const [own, other] = [await vote(member, proposal), await vote(one(), proposal)]
    expect([own?.code, other]).toEqual(['recused', null])
    const seen = await see(member, proposal)
    // Two are fewer than the charter asks for: everybody else in the community decides.
    expect(seen).toMatchObject({ viewerCanVote: { allowed: false }, viewerIsInside: false })
    const { frozen, escalatedTo } =
      (await registry.house.services.governance.proposal(proposal)) ?? {}
    expect([escalatedTo, frozen?.aside?.length]).toEqual(['assembly', 1])
    await decide({ ...village, council: others }, proposal)
    const done = await registry.house.services.governance.proposal(proposal)
    expect(done?.outcome).toMatchObject({ pass: true, yes: 4, deciders: 4 })
  })

  it('takes nobody into a team whose own decision it rests on', async () => {
    const member = second()
    if (!member) throw new Error('nobody sits beside the first')
    // Whoever is named as they ask is known to sit there, too.
    expect(isVoted(await ask(await someone(), { team: [member.email] }))).toBe(true)
    const mate = await someone()
    const holder = await someone()
    const { grant } = await ask(holder, { team: [mate.email] })
    await holder.run<object>(
      'mutation ($input: EndTeamPlaceInput!) { endTeamPlace(input: $input) { refused { code } } }',
      { input: { grant: grant?.id, member: await placeIn(holder, grant?.id ?? '') } },
    )
    const { nameTeamMember } = await holder.run<{ nameTeamMember: Refusable }>(
      `mutation ($input: NameTeamMemberInput!) { nameTeamMember(input: $input) { ${REFUSED} } }`,
      { input: { grant: grant?.id, email: member.email } },
    )
    expect(nameTeamMember.refused).toBeNull()
    const { acceptTeamPlace } = await acceptPlace(member, grant?.id ?? '', 'academic')
    expect(acceptTeamPlace.refused?.code).toBe('OUTSIDE_DELEGATION')
  })

  it('answers nothing about a dataset that was closed at once', async () => {
    const person = await someone()
    await suspend(village, published.dataset)
    expect(isVoted(await ask(person, { key: 'closed' }))).toBe(true)
    await reopen(village, published.dataset)
    expect((await ask(person, { key: 'open' })).grant).not.toBeNull()
  })

  it('is paused by any one of the council at once, until a vote, and by nobody else', async () => {
    await clear()
    const { id } = await handOver()
    for (const person of [village.steward, village.contributor, village.researcher]) {
      expect((await shown(id, person)).viewerCanPause).toBe(false)
      expect((await pause(id, person)).refused?.code).toBe('NOT_COUNCIL')
    }
    const member = second()
    if (!member) throw new Error('nobody sits beside the first')
    const before = await sizeOf(registry)
    expect((await pause(id, member)).delegation?.state).toBe('paused')
    expect(await sizeOf(registry)).toBe(before + 1)
    expect((await pause(id, one())).refused?.code).toBe('PAUSED')
    expect((await shown(id)).viewerCanPause).toBe(false)
    expect(isVoted(await ask(await someone()))).toBe(true)
    const { log, people, datasets, notices } = registry.house.services
    const deps = { log, people, datasets, grantsOn: async () => [] }
    const told = async (type: string) => {
      const event = (await eventsSince(registry, 0, type)).at(-1)
      if (!event) throw new Error(`there is no ${type}`)
      const heard = await hear(deps, event)
      const [first] = heard
      const notice = first && { ...first, id: 'n', at: event.at, readAt: null }
      const said = notice && (await notices.describe(notice, 'en'))
      const accounts = await Promise.all(heard.map(({ account }) => people.account(account)))
      return [accounts.map((each) => each?.email).toSorted(), said?.title, said?.path]
    }
    const path = '/communities/village#standing'
    const [x, y, z] = village.council.map(({ email }) => email)
    expect(await told('delegation.used')).toEqual([
      [x, y, z].toSorted(),
      'Answered without a ballot: Words by the river',
      path,
    ])
    expect(await told('delegation.paused')).toEqual([
      [x, z],
      'A standing decision was paused',
      path,
    ])
  })

  it('goes on by a vote of those who handed it over, and whoever paused it cannot do so again', async () => {
    const [newest] = await standing()
    const { id } = newest ?? (await handOver())
    const resume = async (by: Person) =>
      (
        await by.run<{
          proposeDelegationResume: Refusable & { proposal: { id: string; matter: string } | null }
        }>(
          `mutation ($input: ProposeDelegationResumeInput!) { proposeDelegationResume(input: $input) { proposal { id matter } ${REFUSED} } }`,
          { input: { delegation: id, reason: 'We have looked, and nothing was wrong.' } },
        )
      ).proposeDelegationResume
    expect((await resume(village.researcher)).refused?.code).toBe('NOT_FOUND')
    const [early, mate] = [await someone(), await someone()]
    const [first, second] = [await resume(one()), await resume(village.steward)]
    expect(first.proposal?.matter).toBe('delegation.grant')
    expect((await shown(id)).state).toBe('paused')
    for (const person of village.council) await castBallot(person, second.proposal?.id ?? '', 'yes')
    const from = await sizeOf(registry)
    await decide(village, first.proposal?.id ?? '')
    expect((await shown(id)).state).toBe('inForce')
    expect(await eventsSince(registry, from, 'delegation.resumed')).toHaveLength(1)
    expect(await eventsSince(registry, from, 'decision.declined')).toHaveLength(1)
    const { grant } = await ask(early, { team: [mate.email] })
    expect(grant).not.toBeNull()
    expect((await resume(one())).refused?.code).toBe('NOT_PAUSED')
    const member = village.council[1] ?? one()
    expect((await shown(id, member)).viewerCanPause).toBe(false)
    expect((await pause(id, member)).refused?.code).toBe('POWER_USED')
    expect((await pause(id, one())).delegation?.state).toBe('paused')
    // Nobody new comes in under what was stopped.
    const { acceptTeamPlace } = await acceptPlace(mate, grant?.id ?? '', 'academic')
    expect(acceptTeamPlace.refused?.code).toBe('DELEGATION_STOPPED')
  })

  it('is over after its last day, although nothing happens on it', async () => {
    await clear()
    const { id } = await handOver({ until: new Date(now() + 70 * DAY).toISOString() })
    const early = await someone()
    expect((await shown(id)).state).toBe('inForce')
    await registry.days(25)
    expect((await shown(id)).state).toBe('expired')
    expect(isVoted(await ask(early))).toBe(true)
    expect((await pause(id)).refused?.code).toBe('DELEGATION_OVER')
  })

  it('is ended by a vote, as a grant is', async () => {
    const { id } = await handOver()
    const { proposeDelegationEnd: made } = await village.steward.run<{
      proposeDelegationEnd: Refusable & { proposal: { id: string; matter: string } }
    }>(
      `mutation ($input: ProposeDelegationEndInput!) { proposeDelegationEnd(input: $input) { proposal { id matter } ${REFUSED} } }`,
      { input: { delegation: id, reason: 'We want to look again.' } },
    )
    expect(made.proposal.matter).toBe('access.revoke')
    expect((await shown(id)).state).toBe('inForce')
    await decide(village, made.proposal.id)
    expect((await shown(id)).state).toBe('ended')
    expect(isVoted(await ask(await someone()))).toBe(true)
  })

  it('goes on from the answer when the process ended before the grant', async () => {
    const { id } = await handOver()
    const person = await someone()
    const { log, people, grants } = registry.house.services
    const account = await people.accountByEmail(person.email)
    const { facts } = requestInput('')
    const recorded = (name: string) =>
      log.append({
        stream: `request/${name}`,
        type: 'request.submitted',
        cmd: `made:${name}`,
        data: {
          request: name,
          dataset: published.dataset,
          version: '1.0.0',
          purposes: ['learning'],
          actions: ['download'],
          duties: ['attribute', 'reportBack', 'shareBack'],
          decision: 'refer',
        },
        secret: { account: account?.id ?? '', facts, project: 'x', days: 30, team: [] },
      })
    await recorded('r_cut0000000000001')
    await grants.recover()
    const one = await grants.request('r_cut0000000000001')
    expect(one).toMatchObject({ standing: { delegation: id }, proposal: null })
    expect((await grants.grant(one?.grant ?? ''))?.basis).toBe('delegation')
    // Answered, and paused before the grant was issued: what was answered stands.
    await recorded('r_cut0000000000002')
    const { manifestDigest } = published
    await log.append({
      stream: `delegation/${id}`,
      type: 'delegation.used',
      cmd: 'use:r_cut0000000000002',
      data: {
        delegation: id,
        request: 'r_cut0000000000002',
        dataset: published.dataset,
        version: '1.0.0',
        manifestDigest,
        licence: village.licence,
      },
    })
    await pause(id)
    await grants.recover()
    await grants.recover()
    const two = await grants.request('r_cut0000000000002')
    expect(two?.grant).not.toBeNull()
    expect(two?.proposal).toBeNull()
  })

  it('refers under a newer licence, and for what is under the old one as well', async () => {
    const { id } = await handOver()
    const { community } = await one().run<{
      community: { licences: readonly { id: string; document: object }[] }
    }>('{ community(slug: "village") { licences { id document } } }')
    const [licence] = community.licences
    const { proposeLicence } = await one().run<{
      proposeLicence: Refusable & { proposal: { id: string } | null }
    }>(
      `mutation ($input: ProposeLicenceInput!) { proposeLicence(input: $input) { proposal { id } ${REFUSED} } }`,
      {
        input: {
          community: village.community,
          replaces: licence?.id,
          document: renamed(licence?.document ?? {}),
          reason: 'It is clearer so.',
        },
      },
    )
    expect(proposeLicence.refused).toBeNull()
    await decide(village, proposeLicence.proposal?.id ?? '')
    expect((await shown(id)).state).toBe('inForce')
    expect(isVoted(await ask(await someone()))).toBe(true)
  })

  it('refers under another charter, and is not had for less than the yes it stands for', async () => {
    const { id } = await handOver()
    const { community } = await one().run<{
      community: {
        charter: {
          digest: string
          version: number
          document: { matters: Readonly<Record<string, object>> }
        }
      }
    }>('{ community(slug: "village") { charter { digest version document } } }')
    const { digest, version, document } = community.charter
    const easier = { ...document.matters['access.grant'], approveOfCast: '1/2' }
    const { proposeCharter } = await one().run<{
      proposeCharter: Refusable & { proposal: { id: string } | null }
    }>(
      `mutation ($input: ProposeCharterInput!) { proposeCharter(input: $input) { proposal { id } ${REFUSED} } }`,
      {
        input: {
          community: village.community,
          document: {
            ...document,
            version: version + 1,
            previous: digest,
            matters: { ...document.matters, 'delegation.grant': easier },
          },
          reason: 'It should be quicker.',
        },
      },
    )
    expect(proposeCharter.refused).toBeNull()
    await decide(village, proposeCharter.proposal?.id ?? '')
    await registry.days(8)
    expect(await shown(id)).toMatchObject({ state: 'charterChanged', viewerCanPause: true })
    expect(isVoted(await ask(await someone()))).toBe(true)
    expect((await propose()).refused?.code).toBe('CHARTER_TOO_EASY')
  })

  it('leaves nothing that verify objects to', async () => {
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  })
})
