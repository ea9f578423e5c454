import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castBallot } from '../../support/journey.ts'
import { join, type Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { type Seated, seatAll } from '../../support/seats.ts'

const COUNCIL = ['one', 'two', 'three', 'four', 'five', 'six']
const SEATS = [
  ...COUNCIL.map((name) => ({ name, bodies: ['council'] })),
  { name: 'keeper', bodies: ['stewards'] },
  { name: 'helper', bodies: ['stewards'] },
]
const mailOf = (name: string) => `${name}@village.example`
const MINUTE = 'Four of us met under the old tree on Tuesday and raised our hands one by one.'

interface Answer {
  readonly refused: { readonly code: string; readonly message: string } | null
}

interface Seen {
  readonly phase: string
  readonly roll: readonly { readonly member: string; readonly name: string }[] | null
  readonly tally: { readonly yes: number; readonly no: number; readonly assisted: number } | null
  readonly myBallot: { readonly choice: string; readonly assisted: boolean } | null
  readonly rollCall:
    | readonly {
        readonly name: string
        readonly choice: string | null
        readonly assisted: boolean
      }[]
    | null
  readonly minutes: readonly {
    readonly id: string
    readonly digest: string
    readonly text: string | null
    readonly confirmedAt: string | null
    readonly ballots: readonly { readonly choice: string }[] | null
    readonly viewerCanConfirm: { readonly code: string | null }
  }[]
}

describe('ballots of a meeting', () => {
  let registry: Registry
  let people: Seated['people']
  let community: string

  beforeAll(async () => {
    registry = await startRegistry()
    const founders = SEATS.map((seat) => ({ ...seat, email: mailOf(seat.name) }))
    ;({ community, people } = await seatAll(registry, founders))
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
  /** Every closed vote is counted again from the public log. */
  const audited = async () => {
    await registry.house.services.log.checkpoint()
    return registry.house.audit()
  }
  const propose = async (): Promise<string> => {
    const { proposeAttestation: made } = await who('one').run<{
      proposeAttestation: Answer & { proposal: { id: string } | null }
    }>(
      'mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } refused { code message } } }',
      {
        input: {
          community,
          email: 'outsider@elsewhere.example',
          actorKind: 'academic',
          reason: 'They have shown us a letter.',
        },
      },
    )
    if (!made.proposal) throw new Error(JSON.stringify(made.refused))
    return made.proposal.id
  }
  const see = async (name: string, id: string): Promise<Seen> =>
    (
      await who(name).run<{ proposal: Seen }>(
        `query ($id: ID!) { proposal(id: $id) { phase roll { member name } tally { yes no assisted }
          myBallot { choice assisted } rollCall { name choice assisted }
          minutes { id digest text confirmedAt ballots { choice } viewerCanConfirm { code } } } }`,
        { id },
      )
    ).proposal
  const memberId = async (proposal: string, name: string): Promise<string> => {
    const { roll } = await see('keeper', proposal)
    return roll?.find((one) => one.name === name)?.member ?? `no ${name}`
  }
  const enter = async (
    steward: string,
    proposal: string,
    ballots: Readonly<Record<string, string>>,
    text = MINUTE,
  ): Promise<string | null> => {
    const entries = await Promise.all(
      Object.entries(ballots).map(async ([name, choice]) => ({
        member: await memberId(proposal, name),
        choice,
      })),
    )
    const { enterMinute } = await who(steward).run<{ enterMinute: Answer }>(
      'mutation ($input: EnterMinuteInput!) { enterMinute(input: $input) { refused { code message } } }',
      { input: { proposal, text, ballots: entries } },
    )
    return enterMinute.refused?.code ?? null
  }
  const confirm = async (steward: string, proposal: string): Promise<string | null> => {
    const minute = (await see(steward, proposal)).minutes.at(-1)?.id ?? ''
    const { confirmMinute } = await who(steward).run<{ confirmMinute: Answer }>(
      'mutation ($input: ConfirmMinuteInput!) { confirmMinute(input: $input) { refused { code message } } }',
      { input: { proposal, minute } },
    )
    return confirmMinute.refused?.code ?? null
  }
  const demand = async (name: string, proposal: string, member: string): Promise<string | null> => {
    const { requireRecusal } = await who(name).run<{ requireRecusal: Answer }>(
      'mutation ($input: RequireRecusalInput!) { requireRecusal(input: $input) { refused { code message } } }',
      { input: { proposal, member: await memberId(proposal, member), reason: 'It is their kin.' } },
    )
    return requireRecusal.refused?.code ?? null
  }

  it('count once a second steward has confirmed them, and are published as such', async () => {
    const proposal = await propose()
    for (const name of ['three', 'four']) await castBallot(who(name), proposal, 'yes')
    expect(await enter('keeper', proposal, { one: 'yes', two: 'yes' })).toBeNull()
    expect((await see('one', proposal)).myBallot).toBeNull()
    expect(await confirm('keeper', proposal)).toBe('same-steward')
    expect(await confirm('helper', proposal)).toBeNull()
    expect(await confirm('helper', proposal)).toBe('minute-confirmed')
    expect((await see('one', proposal)).myBallot).toEqual({ choice: 'yes', assisted: true })
    await registry.days(14)
    const seen = await see('three', proposal)
    expect(seen.tally).toEqual({ yes: 4, no: 0, assisted: 2 })
    expect(seen.rollCall).toContainEqual({ name: 'one', choice: 'yes', assisted: true })
    expect(seen.rollCall).toContainEqual({ name: 'three', choice: 'yes', assisted: false })
    expect(await audited()).toEqual([])
  })

  it('do not count when nobody has confirmed them before the close', async () => {
    const proposal = await propose()
    expect(await enter('keeper', proposal, { one: 'yes', two: 'yes' })).toBeNull()
    await registry.days(14)
    expect(await confirm('helper', proposal)).toBe('closed')
    expect((await see('three', proposal)).tally).toEqual({ yes: 0, no: 0, assisted: 0 })
    expect(await audited()).toEqual([])
  })

  it('give way to a ballot of one’s own, cast before or after', async () => {
    const proposal = await propose()
    await castBallot(who('one'), proposal, 'no')
    expect(await enter('keeper', proposal, { one: 'yes', two: 'yes' })).toBeNull()
    expect(await confirm('helper', proposal)).toBeNull()
    await castBallot(who('two'), proposal, 'no')
    await registry.days(14)
    expect((await see('three', proposal)).tally).toEqual({ yes: 0, no: 2, assisted: 0 })
    expect(await audited()).toEqual([])
  })

  it('are no more than the share of the roll that the charter allows', async () => {
    const proposal = await propose()
    const three = { one: 'yes', two: 'yes', three: 'no' }
    expect(await enter('keeper', proposal, three)).toBe('too-many-assisted')
    expect(await enter('keeper', proposal, { one: 'yes', two: 'yes' })).toBeNull()
    expect(await confirm('helper', proposal)).toBeNull()
    expect(await enter('helper', proposal, { three: 'yes' })).toBe('too-many-assisted')
    expect(await enter('helper', proposal, { one: 'no' })).toBeNull()
  })

  it('are entered by stewards only, with a minute, for members on the roll', async () => {
    const proposal = await propose()
    expect(await enter('three', proposal, { one: 'yes' })).toBe('not-a-steward')
    expect(await enter('keeper', proposal, { one: 'yes' }, 'short')).toBe('BAD_INPUT')
    expect(await enter('keeper', proposal, { keeper: 'yes' })).toBe('not-on-roll')
    expect(await enter('keeper', proposal, { one: 'object' })).toBe('reason-missing')
    expect(await enter('keeper', proposal, { one: 'yes' })).toBeNull()
  })

  it('show their digest to all, and what was said only to stewards before the close', async () => {
    const proposal = await propose()
    expect(await enter('keeper', proposal, { one: 'no' })).toBeNull()
    const [mine] = (await see('helper', proposal)).minutes
    expect(mine).toMatchObject({ text: MINUTE, ballots: [{ choice: 'no' }] })
    expect(mine?.digest).toBe(`sha256-${createHash('sha256').update(MINUTE).digest('hex')}`)
    const [theirs] = (await see('three', proposal)).minutes
    expect(theirs).toMatchObject({ digest: mine?.digest, text: null, ballots: null })
    await registry.days(14)
    expect((await see('three', proposal)).minutes[0]).toMatchObject({ text: MINUTE })
  })

  it('are found out when one of them is opened as something else', async () => {
    const { log } = registry.house.services
    const events = await log.read(0, 10_000)
    const minute = events.find(({ type }) => type === 'minute.entered')
    expect(minute?.leaf).toContain('minuteDigest')
    expect(minute?.leaf).not.toContain('old tree')
    expect(JSON.stringify(minute?.data)).not.toMatch(/"yes"|"no"/)
  })

  describe('a member whose peers require it', () => {
    it('stands aside once as many as the charter asks for have said so', async () => {
      const proposal = await propose()
      await castBallot(who('six'), proposal, 'no')
      expect(await demand('one', proposal, 'six')).toBeNull()
      expect(await demand('one', proposal, 'six')).toBe('ASKED_ALREADY')
      expect(await demand('two', proposal, 'six')).toBeNull()
      expect((await castBallot(who('six'), proposal, 'no')).refused).toBeNull()
      expect(await demand('three', proposal, 'six')).toBeNull()
      expect((await castBallot(who('six'), proposal, 'no')).refused?.code).toBe('recused')
      for (const name of ['one', 'two', 'three', 'four', 'five'])
        await castBallot(who(name), proposal, 'yes')
      await registry.days(14)
      expect((await see('one', proposal)).tally).toMatchObject({ yes: 5, no: 0 })
      expect(await audited()).toEqual([])
    })

    it('is on the roll, and those who require it are others on it', async () => {
      const proposal = await propose()
      expect(await demand('keeper', proposal, 'six')).toBe('not-peers')
      expect(await demand('six', proposal, 'six')).toBe('not-peers')
      expect(await demand('one', proposal, 'keeper')).toBe('not-on-roll')
      expect(await demand('one', proposal, 'six')).toBeNull()
    })
  })
})
