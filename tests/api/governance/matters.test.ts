import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castBallot } from '../../support/journey.ts'
import { join, type Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { type Seated, seatAll } from '../../support/seats.ts'

/** A council of four villages that knows proxies, and a guardian with a veto. */
const SEATS = [
  { name: 'one', bodies: ['council'], group: 'up the river' },
  { name: 'two', bodies: ['council'], group: 'down the river' },
  { name: 'three', bodies: ['council'], group: 'by the sea' },
  { name: 'four', bodies: ['council'], group: 'up the river' },
  { name: 'guardian', bodies: ['guardians'], group: 'by the sea' },
  { name: 'keeper', bodies: ['stewards'], group: 'by the sea' },
  { name: 'newcomer', bodies: [], group: 'by the sea' },
]
const mailOf = (name: string) => `${name}@village.example`
const COUNCIL = ['one', 'two', 'three', 'four']

interface Answer {
  readonly proposal: { readonly id: string } | null
  readonly refused: { readonly code: string; readonly message: string } | null
}

describe('what a community decides about itself', () => {
  let registry: Registry
  let people: Seated['people']
  let community: string

  beforeAll(async () => {
    registry = await startRegistry()
    const founders = SEATS.map((seat) => ({ ...seat, email: mailOf(seat.name) }))
    ;({ community, people } = await seatAll(registry, founders, 'council-with-groups'))
    await join(registry, 'outsider@elsewhere.example')
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const who = (name: string): Person => {
    const person = people[mailOf(name)]
    if (!person) throw new Error(`nobody is called ${name}`)
    return person
  }
  const seat = async (name: string) => {
    const members = await registry.house.services.people.members(community)
    const found = members.find((one) => one.name === name)
    if (!found) throw new Error(`no seat of ${name}`)
    return found
  }
  const ask = async (name: string, mutation: string, type: string, input: object) =>
    (
      await who(name).run<Record<string, Answer>>(
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { proposal { id } refused { code message } } }`,
        { input },
      )
    )[mutation]
  const made = (answer: Answer | undefined): string => {
    if (!answer?.proposal) throw new Error(JSON.stringify(answer?.refused))
    return answer.proposal.id
  }
  const decide = async (proposal: string, names = COUNCIL) => {
    for (const name of names) await castBallot(who(name), proposal, 'yes')
    await registry.days(24)
  }
  const attest = async () =>
    made(
      await ask('one', 'proposeAttestation', 'ProposeAttestationInput', {
        community,
        email: 'outsider@elsewhere.example',
        actorKind: 'academic',
        reason: 'We have read a letter.',
      }),
    )
  const effects = async (type: string) =>
    (await registry.house.services.log.read(0, 10_000)).filter((event) => event.type === type)

  describe('a proxy', () => {
    const name = async (by: string, member: string | null) =>
      (
        await who(by).run<{ nameProxy: { refused: { code: string } | null } }>(
          'mutation ($input: NameProxyInput!) { nameProxy(input: $input) { refused { code } } }',
          { input: { community, member: member === null ? null : (await seat(member)).id } },
        )
      ).nameProxy.refused?.code ?? null
    const tally = async (id: string) =>
      (
        await who('one').run<{ proposal: { tally: object } }>(
          'query ($id: ID!) { proposal(id: $id) { tally { yes no } } }',
          { id },
        )
      ).proposal.tally

    it('speaks for a member who casts no ballot, but not for one who does', async () => {
      expect(await name('two', 'one')).toBeNull()
      expect(await name('three', 'one')).toBeNull()
      const proposal = await attest()
      await castBallot(who('one'), proposal, 'yes')
      await castBallot(who('three'), proposal, 'no')
      await registry.days(14)
      expect(await tally(proposal)).toEqual({ yes: 2, no: 1 })
    })

    it('does not lend on what was lent to them', async () => {
      expect(await name('one', 'four')).toBeNull()
      const proposal = await attest()
      await castBallot(who('four'), proposal, 'yes')
      await registry.days(14)
      expect(await tally(proposal)).toEqual({ yes: 2, no: 0 })
    })

    it('is fixed when a vote opens, and can be taken back for the next', async () => {
      const proposal = await attest()
      for (const one of ['one', 'two', 'three']) expect(await name(one, null)).toBeNull()
      await castBallot(who('four'), proposal, 'yes')
      await registry.days(14)
      expect(await tally(proposal)).toEqual({ yes: 2, no: 0 })
      const next = await attest()
      await castBallot(who('four'), next, 'yes')
      await registry.days(14)
      expect(await tally(next)).toEqual({ yes: 1, no: 0 })
    })

    it('is another member, and whom somebody named stays private', async () => {
      expect(await name('one', 'one')).toBe('OWN_PROXY')
      expect(await name('one', 'two')).toBeNull()
      const named = (await effects('proxy.named')).at(-1)
      expect(named?.leaf).toContain((await seat('one')).id)
      expect(named?.leaf).not.toContain((await seat('two')).id)
      expect(await name('one', null)).toBeNull()
    })
  })

  it('elects who sits in a body, once, and nobody else', async () => {
    const members = [(await seat('guardian')).id, (await seat('newcomer')).id]
    const proposal = made(
      await ask('one', 'proposeElection', 'ProposeElectionInput', {
        community,
        body: 'guardians',
        members: [members[1]],
        reason: 'It is their turn.',
      }),
    )
    expect((await seat('newcomer')).bodies).toEqual([])
    await decide(proposal)
    expect((await seat('newcomer')).bodies).toEqual(['guardians'])
    expect((await seat('guardian')).bodies).toEqual([])
    await registry.days(3)
    expect(await effects('body.elected')).toHaveLength(1)
  })

  it('elects only members, into bodies whose seats are given', async () => {
    const input = { community, body: 'guardians', members: [(await seat('one')).id], reason: 'So.' }
    const elect = async (name: string, changes: object) =>
      (await ask(name, 'proposeElection', 'ProposeElectionInput', { ...input, ...changes }))
        ?.refused?.code ?? null
    expect(await elect('one', { body: 'assembly' })).toBe('NO_SUCH_BODY')
    expect(await elect('one', { members: ['m_nobody'] })).toBe('NOT_A_MEMBER')
    expect(await elect('one', { members: [] })).toBe('BAD_INPUT')
    expect(await elect('one', {})).toBeNull()
  })

  const say = (name: string, proposal: string, hidden: boolean) =>
    who(name).run<{ comment: { refused: { code: string } | null } }>(
      'mutation ($input: CommentInput!) { comment(input: $input) { refused { code } } }',
      { input: { proposal, text: 'I come back in spring.', private: hidden } },
    )

  it('ends a membership, and nobody takes the seat again', async () => {
    const { id } = await seat('four')
    const proposal = made(
      await ask('one', 'proposeMembershipEnd', 'ProposeMembershipEndInput', {
        community,
        member: id,
        reason: 'They have moved away.',
      }),
    )
    // Whose seat it is hears of it and is heard, but neither votes nor reads what the others say in private.
    await registry.house.post()
    const { viewer } = await who('four').run<{ viewer: { notices: readonly { kind: string }[] } }>(
      '{ viewer { notices(first: 1) { kind } } }',
    )
    expect(viewer.notices[0]).toMatchObject({ kind: 'vote-about-you' })
    expect((await castBallot(who('four'), proposal, 'no')).refused?.code).toBe('recused')
    expect((await say('four', proposal, false)).comment.refused).toBeNull()
    expect((await say('four', proposal, true)).comment.refused?.code).toBe('NOT_INSIDE')
    expect((await say('one', proposal, true)).comment.refused).toBeNull()
    await decide(proposal, ['one', 'two', 'three'])
    expect(await seat('four')).toMatchObject({ account: null, bodies: [] })
    const roll = await registry.house.services.people.roll(community)
    expect(roll.bodies.council?.map(({ member }) => member)).not.toContain(id)
    const again = await ask('one', 'proposeMembershipEnd', 'ProposeMembershipEndInput', {
      community,
      member: id,
      reason: 'Once more.',
    })
    expect(again?.refused?.code).toBe('NOT_FOUND')
    const next = await attest()
    expect((await castBallot(who('four'), next, 'yes')).refused?.code).toBe('NOT_A_MEMBER')
  })

  it('takes a dataset down for good', async () => {
    const { createDataset } = await who('one').run<{ createDataset: { dataset: { id: string } } }>(
      'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id } } }',
      {
        input: {
          community,
          title: 'Words by the river',
          description: 'A list of words.',
          kind: 'text',
          languages: ['mi'],
        },
      },
    )
    const dataset = createDataset.dataset.id
    const input = { dataset, reason: 'It should never have been recorded.' }
    expect(
      (await ask('keeper', 'proposeReopening', 'DatasetVoteInput', input))?.refused?.code,
    ).toBe('NOT_SUSPENDED')
    const proposal = made(await ask('keeper', 'proposeTakedown', 'DatasetVoteInput', input))
    await decide(proposal, ['one', 'two', 'three'])
    const { datasets } = registry.house.services
    expect((await datasets.dataset(dataset))?.suspension).toMatchObject({ ratified: true })
    expect(
      (await ask('keeper', 'proposeReopening', 'DatasetVoteInput', input))?.refused?.code,
    ).toBe('TAKEN_DOWN')
    expect((await ask('keeper', 'proposeTakedown', 'DatasetVoteInput', input))?.refused?.code).toBe(
      'TAKEN_DOWN',
    )
    expect(await effects('dataset.takendown')).toHaveLength(1)
  })

  it('comes out of the log again as it is', async () => {
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  })
})
