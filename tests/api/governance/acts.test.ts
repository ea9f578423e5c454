import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castBallot } from '../../support/journey.ts'
import { join, type Person, visitor } from '../../support/person.ts'
import { DAY, type Registry, startRegistry } from '../../support/registry.ts'
import { type Seated, seatAll } from '../../support/seats.ts'

const HOUR = 3_600_000
const [one, two, three] = [
  'one@village.example',
  'two@village.example',
  'three@village.example',
] as const
const council = [one, two, three]
const guardian = 'guardian@village.example'
const steward = 'steward@village.example'

/** A council of three villages, a guardian with a veto, and everybody hears appeals. */
const founders = [
  { email: one, name: 'One', bodies: ['council'], group: 'up the river' },
  { email: two, name: 'Two', bodies: ['council'], group: 'down the river' },
  { email: three, name: 'Three', bodies: ['council'], group: 'by the sea' },
  { email: guardian, name: 'Guardian', bodies: ['guardians'], group: 'by the sea' },
  { email: steward, name: 'Steward', bodies: ['stewards'], group: 'by the sea' },
]

interface Answer {
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

describe('what a person may do to a proposal', () => {
  let registry: Registry
  let people: Seated['people']
  let outsider: Person
  let community: string
  let licence: object

  beforeAll(async () => {
    registry = await startRegistry()
    const seated = await seatAll(registry, founders, 'council-with-groups')
    ;({ community, licence, people } = seated)
    outsider = await join(registry, 'outsider@elsewhere.example')
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const who = (email: string): Person => {
    const person = people[email]
    if (!person) throw new Error(`nobody is called ${email}`)
    return person
  }

  let titles = 0
  /** A fresh proposal, open for a vote: another licence with a title of its own. */
  const propose = async (): Promise<string> => {
    titles += 1
    const document = {
      ...licence,
      uid: `urn:commonhold:licence:l_test:${titles}`,
    }
    const { proposeLicence } = await who(one).run<{
      proposeLicence: { proposal: { id: string } | null } & Answer
    }>(
      'mutation ($input: ProposeLicenceInput!) { proposeLicence(input: $input) { proposal { id } refused { code field message } } }',
      { input: { community, document, reason: 'We have learnt from the first one.' } },
    )
    if (!proposeLicence.proposal) throw new Error(JSON.stringify(proposeLicence.refused))
    return proposeLicence.proposal.id
  }
  const act = async (
    person: Person,
    name: 'recuse' | 'veto' | 'appeal' | 'decideAppeal' | 'comment' | 'castBallot',
    input: object,
  ): Promise<string | null> => {
    const type = {
      recuse: 'ReasonInput',
      veto: 'ReasonInput',
      appeal: 'AppealInput',
      decideAppeal: 'DecideAppealInput',
      comment: 'CommentInput',
      castBallot: 'CastBallotInput',
    }[name]
    const answer = await person.run<Record<string, Answer>>(
      `mutation ($input: ${type}!) { ${name}(input: $input) { refused { code field } } }`,
      { input },
    )
    return answer[name]?.refused?.code ?? null
  }
  const simply = async (person: Person, name: string, proposal: string): Promise<string | null> => {
    const answer = await person.run<Record<string, Answer>>(
      `mutation ($proposal: ID!) { ${name}(proposal: $proposal) { refused { code } } }`,
      { proposal },
    )
    return answer[name]?.refused?.code ?? null
  }
  const phase = async (proposal: string): Promise<string> =>
    (
      await visitor(registry).run<{ proposal: { phase: string } }>(
        'query ($id: ID!) { proposal(id: $id) { phase } }',
        { id: proposal },
      )
    ).proposal.phase
  interface Challenge {
    readonly kind: string
    readonly state: string
    readonly grounds: string | null
    readonly reason: string | null
  }
  /** What somebody is told of the vetoes and appeals. */
  const challenges = async (person: Person, proposal: string): Promise<readonly Challenge[]> =>
    (
      await person.run<{ proposal: { challenges: readonly Challenge[] } }>(
        'query ($id: ID!) { proposal(id: $id) { challenges { kind state grounds reason } } }',
        { id: proposal },
      )
    ).proposal.challenges
  const everyoneSays = async (proposal: string, choice: string) => {
    for (const email of council) await castBallot(who(email), proposal, choice)
  }
  const passed = async (): Promise<string> => {
    const proposal = await propose()
    await everyoneSays(proposal, 'yes')
    await registry.days(14)
    return proposal
  }
  const stored = async (proposal: string) => {
    const found = await registry.house.services.governance.proposal(proposal)
    if (!found) throw new Error(`${proposal} is not there`)
    return found
  }
  const enacted = async () => {
    const { log } = registry.house.services
    return (await log.read(0, 10_000)).filter(({ type }) => type === 'licence.adopted').length
  }
  const reason = 'It is my cousin who asks.'

  describe('a ballot', () => {
    it('counts from a member on the roll and not from anybody else', async () => {
      const proposal = await propose()
      const input = { proposal, choice: 'yes' }
      expect(await act(who(one), 'castBallot', input)).toBeNull()
      expect(await act(who(steward), 'castBallot', input)).toBe('not-on-roll')
      expect(await act(outsider, 'castBallot', input)).toBe('NOT_A_MEMBER')
      expect(await act(visitor(registry), 'castBallot', input)).toBe('SIGN_IN')
      expect(await act(who(one), 'castBallot', { ...input, proposal: 'p_none' })).toBe('NOT_FOUND')
    })

    it('objects with a reason and not without', async () => {
      const proposal = await propose()
      const input = { proposal, choice: 'object', reason }
      expect(await act(who(one), 'castBallot', { ...input, reason: ' \u00a0' })).toBe(
        'reason-missing',
      )
      expect(await act(who(one), 'castBallot', input)).toBeNull()
    })

    it('has a reason of 8,000 characters and none longer', async () => {
      const proposal = await propose()
      const input = { proposal, choice: 'yes' }
      const cast = (n: number) => act(who(one), 'castBallot', { ...input, reason: 'x'.repeat(n) })
      expect(await cast(8001)).toBe('BAD_INPUT')
      expect(await cast(8000)).toBeNull()
    })

    it('is cast once under one key, and another ballot does not hide behind it', async () => {
      const proposal = await propose()
      const input = { proposal, choice: 'yes', key: 'first click' }
      const cast = async (changes: object) =>
        (
          await who(one).run<{
            castBallot: { entry: number | null; refused: { code: string } | null }
          }>(
            'mutation ($input: CastBallotInput!) { castBallot(input: $input) { entry refused { code } } }',
            { input: { ...input, ...changes } },
          )
        ).castBallot
      const first = await cast({})
      expect(await cast({})).toEqual(first)
      expect((await cast({ choice: 'no' })).refused?.code).toBe('KEY_REUSED')
      expect((await cast({ choice: 'no', key: 'second' })).entry).toBeGreaterThan(first.entry ?? -1)
      expect((await cast({ key: 'x'.repeat(101) })).refused?.code).toBe('BAD_INPUT')
    })

    it('of 200 sent at once by one member counts once, round after round', async () => {
      const proposal = await propose()
      const choices = ['yes', 'no', 'abstain'] as const
      for (const choice of choices) {
        await Promise.all(
          Array.from({ length: 200 }, () => act(who(one), 'castBallot', { proposal, choice })),
        )
        const { tally } = registry.house.services.governance.view(await stored(proposal)) ?? {}
        expect(tally).toMatchObject({ yes: 0, no: 0, abstain: 0, [choice]: 1 })
      }
    }, 120_000)

    it('with one key is recorded once however often it is sent', async () => {
      const proposal = await propose()
      const before = (await stored(proposal)).entries.length
      const input = { proposal, choice: 'yes', key: 'one click' }
      await Promise.all(Array.from({ length: 50 }, () => act(who(one), 'castBallot', input)))
      expect((await stored(proposal)).entries.length).toBe(before + 1)
    })

    it('counts in the last millisecond before the close and not in the next', async () => {
      const governance = registry.house.services.governance
      const { judge } = await import('../../../api/src/governance/act.ts')
      const proposal = await stored(await propose())
      const closes = governance.view(proposal)?.closesAt ?? 0
      const account = await registry.house.services.people.accountByEmail(one)
      const seat = await registry.house.services.people.memberOf(account?.id ?? '', community)
      if (!seat) throw new Error('the seat is empty')
      const ballot = { type: 'ballot', choice: 'yes', reason: '' } as const
      expect(judge(proposal, ballot, seat, closes - 1)).toBeNull()
      expect(judge(proposal, ballot, seat, closes)?.code).toBe('closed')
    })

    it('is refused once the vote has closed', async () => {
      const proposal = await passed()
      expect(await act(who(one), 'castBallot', { proposal, choice: 'no' })).toBe('closed')
    })
  })

  describe('standing aside', () => {
    it('takes a reason, happens once, and ends a member’s part in the vote', async () => {
      const proposal = await propose()
      expect(await act(who(one), 'recuse', { proposal, reason: ' ' })).toBe('reason-missing')
      expect(await act(outsider, 'recuse', { proposal, reason })).toBe('NOT_A_MEMBER')
      expect(await act(who(one), 'recuse', { proposal, reason })).toBeNull()
      expect(await act(who(one), 'recuse', { proposal, reason })).toBe('recused')
      expect(await act(who(one), 'castBallot', { proposal, choice: 'yes' })).toBe('recused')
    })

    it('by too many of the body leaves the question unanswered', async () => {
      const proposal = await propose()
      for (const email of [one, two]) await act(who(email), 'recuse', { proposal, reason })
      await castBallot(who(three), proposal, 'yes')
      await registry.days(14)
      expect(await phase(proposal)).toBe('inquorate')
    })

    it('by too many brings one more vote, and then one of the body that hears appeals', async () => {
      const aside = async (proposal: string) => {
        for (const email of [one, two]) await act(who(email), 'recuse', { proposal, reason })
        await registry.days(15)
        return (await stored(proposal)).rerunAs ?? ''
      }
      const before = await enacted()
      const first = await propose()
      const second = await aside(first)
      expect(await stored(second)).toMatchObject({ attempt: 2, reruns: first, escalatedTo: null })
      expect(await phase(second)).toBe('open')
      const third = await aside(second)
      expect(await stored(third)).toMatchObject({ attempt: 3, reruns: second, stage: 'open' })
      const { frozen, textDigest } = await stored(third)
      expect(frozen?.rule).toMatchObject({ body: 'assembly', appealBody: null, groups: null })
      expect(textDigest).toBe((await stored(first)).textDigest)
      await registry.house.services.governance.openDue()
      for (const email of [one, two, three, guardian, steward])
        await castBallot(who(email), third, 'yes')
      await registry.days(22)
      expect(await phase(third)).toBe('enacted')
      expect(await enacted()).toBe(before + 1)
    })

    it('by too many of every body ends it: silence lets nothing through', async () => {
      let proposal = await propose()
      const all = [one, two, three, guardian, steward]
      for (const attempt of [1, 2, 3]) {
        expect((await stored(proposal)).attempt).toBe(attempt)
        for (const email of all) await act(who(email), 'recuse', { proposal, reason })
        await registry.days(15)
        proposal = (await stored(proposal)).rerunAs ?? proposal
      }
      expect(await stored(proposal)).toMatchObject({ attempt: 3, settled: true, rerunAs: null })
      expect(await phase(proposal)).toBe('inquorate')
    })
  })

  it('takes an objection back so that no entry and no field shows there was one', async () => {
    const proposal = await propose()
    expect(await simply(who(one), 'withdrawObjection', proposal)).toBe('no-objection')
    await castBallot(who(one), proposal, 'object', reason)
    expect(await simply(who(two), 'withdrawObjection', proposal)).toBe('no-objection')
    expect(await simply(who(one), 'withdrawObjection', proposal)).toBeNull()
    const { log } = registry.house.services
    const types = (await log.stream(`proposal/${proposal}`)).map(({ type }) => type)
    expect(types.slice(-2)).toEqual(['ballot.cast', 'ballot.cast'])
    const mine = await who(one).run<{ proposal: { myBallot: { choice: string } } }>(
      'query ($id: ID!) { proposal(id: $id) { myBallot { choice } } }',
      { id: proposal },
    )
    expect(mine.proposal.myBallot.choice).toBe('abstain')
  })

  describe('a veto', () => {
    it('takes a guardian, a reason and a decision, and stands once', async () => {
      const proposal = await propose()
      const input = { proposal, reason }
      expect(await act(who(guardian), 'veto', input)).toBe('still-open')
      await everyoneSays(proposal, 'yes')
      await registry.days(14)
      expect(await act(who(one), 'veto', input)).toBe('not-a-vetoer')
      expect(await act(outsider, 'veto', input)).toBe('NOT_A_MEMBER')
      expect(await act(who(guardian), 'veto', { ...input, reason: '' })).toBe('reason-missing')
      expect(await act(who(guardian), 'veto', input)).toBeNull()
      expect(await act(who(guardian), 'veto', input)).toBe('already-vetoed')
    })

    it('blocks the effect for good when it is not lifted', async () => {
      const proposal = await passed()
      const before = await enacted()
      await act(who(guardian), 'veto', { proposal, reason })
      await registry.days(40)
      expect(await phase(proposal)).toBe('vetoed')
      expect(await enacted()).toBe(before)
      expect(await simply(who(guardian), 'liftVeto', proposal)).toBe('window-over')
    })

    it('lifted in its window lets the decision take effect, days of ticks later', async () => {
      const proposal = await passed()
      const before = await enacted()
      await act(who(guardian), 'veto', { proposal, reason })
      await registry.days(2)
      expect(await phase(proposal)).toBe('vetoed')
      const cast = { kind: 'veto', state: 'pending', grounds: null, reason }
      expect(await challenges(who(one), proposal)).toEqual([cast])
      expect(await simply(who(one), 'liftVeto', proposal)).toBe('not-a-vetoer')
      expect(await simply(who(guardian), 'liftVeto', proposal)).toBeNull()
      await registry.days(10)
      expect(await phase(proposal)).toBe('enacted')
      expect(await challenges(who(one), proposal)).toEqual([{ ...cast, state: 'lifted' }])
      expect(await enacted()).toBe(before + 1)
    })

    it('comes too late after its window', async () => {
      const proposal = await passed()
      await registry.days(6)
      expect(await act(who(guardian), 'veto', { proposal, reason })).toBe('window-over')
    })
  })

  describe('an appeal', () => {
    const appeal = (proposal: string) => ({ proposal, grounds: 'procedure', reason })

    it('takes grounds that the charter knows, a reason, a member and a closed vote', async () => {
      const proposal = await propose()
      expect(await act(who(steward), 'appeal', appeal(proposal))).toBe('still-open')
      await everyoneSays(proposal, 'yes')
      await registry.days(14)
      const input = appeal(proposal)
      expect(await act(who(steward), 'appeal', { ...input, grounds: '__proto__' })).toBe(
        'BAD_INPUT',
      )
      expect(await act(who(steward), 'appeal', { ...input, reason: '' })).toBe('reason-missing')
      expect(await act(outsider, 'appeal', input)).toBe('NOT_A_MEMBER')
      expect(await act(who(steward), 'decideAppeal', { proposal, upheld: true })).toBe('no-appeal')
      expect(await act(who(steward), 'appeal', input)).toBeNull()
      expect(await act(who(one), 'appeal', input)).toBe('appeal-pending')
    })

    it('is decided by the majority of its body, not by the one who appealed', async () => {
      const proposal = await passed()
      await act(who(steward), 'appeal', appeal(proposal))
      const upheld = { proposal, upheld: true }
      expect(await act(outsider, 'decideAppeal', upheld)).toBe('NOT_A_MEMBER')
      for (const email of [steward, steward, one]) await act(who(email), 'decideAppeal', upheld)
      expect(await phase(proposal)).toBe('appealed')
      await act(who(two), 'decideAppeal', upheld)
      expect(await phase(proposal)).toBe('annulled')
      const before = await enacted()
      await registry.days(40)
      expect(await phase(proposal)).toBe('annulled')
      expect(await enacted()).toBe(before)
    })

    it('is read by those who hear it and those who decided; others learn its grounds', async () => {
      const proposal = await passed()
      expect(await challenges(who(one), proposal)).toEqual([])
      await act(who(steward), 'appeal', appeal(proposal))
      const made = { kind: 'appeal', state: 'pending', grounds: 'procedure', reason }
      for (const email of [one, guardian, steward])
        expect(await challenges(who(email), proposal)).toEqual([made])
      for (const person of [outsider, visitor(registry)])
        expect(await challenges(person, proposal)).toEqual([{ ...made, reason: null }])
      for (const email of council)
        await act(who(email), 'decideAppeal', { proposal, upheld: false })
      expect(await challenges(who(one), proposal)).toEqual([{ ...made, state: 'dismissed' }])
    })

    it('turned down gives the decision its effect', async () => {
      const proposal = await passed()
      await act(who(steward), 'appeal', appeal(proposal))
      await registry.days(10)
      expect(await phase(proposal)).toBe('appealed')
      const before = await enacted()
      for (const email of [one, two, three]) {
        await act(who(email), 'decideAppeal', { proposal, upheld: false })
      }
      await registry.days(1)
      expect(await phase(proposal)).toBe('enacted')
      expect(await enacted()).toBe(before + 1)
    })
  })

  it('enacts a decision once, however many ticks run at once', async () => {
    const proposal = await passed()
    const before = await enacted()
    await registry.days(6)
    const { clock } = registry.house.services
    clock.advance(2 * DAY + HOUR)
    await Promise.all(Array.from({ length: 8 }, () => registry.house.tick()))
    expect(await phase(proposal)).toBe('enacted')
    expect(await enacted()).toBe(before + 1)
  })

  it('that nobody answers is counted as unanswered, and not among the decisions', async () => {
    const register = async () =>
      (
        await outsider.run<{ community: { register: Record<string, number> } }>(
          '{ community(slug: "village") { register { decided open unanswered } } }',
        )
      ).community.register
    await registry.days(40)
    const before = await register()
    await propose()
    expect(await register()).toEqual({ ...before, open: 1 })
    await registry.days(40)
    expect(await register()).toEqual({ ...before, unanswered: (before.unanswered ?? 0) + 1 })
  })

  it('does not enact what was not carried out in time', async () => {
    const proposal = await passed()
    const before = await enacted()
    registry.house.services.clock.advance(60 * DAY)
    await registry.house.tick()
    expect(await phase(proposal)).toBe('expired')
    await registry.days(2)
    expect(await enacted()).toBe(before)
  })

  it('keeps rule, roll and text when seats change during the vote', async () => {
    const proposal = await propose()
    const before = (await stored(proposal)).frozen
    const { log, people: desk } = registry.house.services
    await log.append({
      stream: `community/${community}`,
      type: 'member.admitted',
      cmd: `test:${proposal}`,
      data: { community, member: `m_${proposal}`, bodies: ['council'], group: null, proposal: '' },
      secret: {
        account: (await desk.accountByEmail('outsider@elsewhere.example'))?.id ?? null,
        name: 'New',
      },
    })
    expect(await act(outsider, 'castBallot', { proposal, choice: 'no' })).toBe('not-on-roll')
    expect((await stored(proposal)).frozen).toEqual(before)
    const { roll } = (await stored(await propose())).frozen ?? {}
    expect(Object.keys(roll ?? {})).toContain(`m_${proposal}`)
  })

  it('lets nobody withdraw an open vote, and nobody but its sponsor or a steward try', async () => {
    const proposal = await propose()
    expect(await simply(outsider, 'withdrawProposal', proposal)).toBe('NOT_STEWARD')
    expect(await simply(who(two), 'withdrawProposal', proposal)).toBe('NOT_STEWARD')
    expect(await simply(who(steward), 'withdrawProposal', proposal)).toBe('ALREADY_OPEN')
    expect(await simply(who(two), 'openProposal', proposal)).toBe('NOT_STEWARD')
  })
})
