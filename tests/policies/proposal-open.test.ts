import { describe, expect, it } from 'vitest'
import {
  admissible,
  describeRule,
  effectId,
  type Frozen,
  type OpenProposalInput,
  openProposal,
  type ProposalEvent,
  type RollMember,
  view,
} from '../../policies/index.ts'
import { charterOf, edited, SIZES, sha256 } from './charters.ts'

const NOW = 1_780_000_000_000
const DAY = 86_400_000

const council: RollMember[] = [
  { member: 'ana', group: 'hill' },
  { member: 'ben', group: 'hill' },
  { member: 'cai', group: 'shore' },
  { member: 'dua', group: 'river' },
]
const charter = charterOf('council-with-groups')
const input: OpenProposalInput = {
  charter,
  charterDigest: 'sha256-c',
  register: {
    bodies: {
      council,
      guardians: [{ member: 'gus' }],
      assembly: [...council, { member: 'eve', group: 'river' }],
    },
    proxies: { ana: 'ben', cai: 'cai', dua: 'eve', eve: 'ana' },
  },
  proposal: { id: 'p1', community: 'c1', matter: 'access.grant', textDigest: 'sha256-t' },
  openFor: 'P3D',
  now: NOW,
}

function opened(given: OpenProposalInput = input): Frozen {
  const result = openProposal(given)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.frozen
}

const problemsOf = (given: OpenProposalInput): string[] => {
  const result = openProposal(given)
  return result.ok ? [] : result.problems.map(({ path, code }) => `${path} ${code}`)
}

const withBody = (body: string, members: readonly RollMember[]): OpenProposalInput => ({
  ...input,
  register: { ...input.register, bodies: { ...input.register.bodies, [body]: members } },
})

describe('opening a proposal', () => {
  it('has those it is decided about stand aside, wherever they have a part', () => {
    const asked = { ...input, concerned: ['zoe', 'eve', 'gus', 'ana'] }
    const frozen = opened(asked)
    expect(frozen.aside).toEqual(['ana', 'gus', 'eve'])
    expect(frozen.roll).toEqual(opened().roll)
    expect(view(frozen, [], NOW).tally.deciders).toBe(3)
    const yes = { type: 'ballot', by: 'ana', choice: 'yes', at: NOW } as const
    expect(admissible(frozen, [], yes)).toEqual({
      decision: 'deny',
      code: 'recused',
      message: 'This is decided about you, so you stand aside from it.',
    })
    expect(admissible(frozen, [], { ...yes, by: 'ben' }).decision).toBe('permit')
  })

  it('has nobody stand aside where they have no part or the charter does not say so', () => {
    const { recusal } = charter
    const mustDeclare = recusal.mustDeclare.filter((one) => one !== 'applicant')
    const lenient = { ...charter, recusal: { ...recusal, mustDeclare } }
    expect(opened({ ...input, concerned: ['zoe'] })).toEqual(opened())
    expect(opened({ ...input, charter: lenient, concerned: ['ana'] }).aside).toBeUndefined()
  })

  it('opens where too many stand aside: it is put again, and then before others', () => {
    const concerned = ['ana', 'ben', 'cai']
    const frozen = opened({ ...input, concerned })
    expect(view(frozen, [], frozen.closesAt).phase).toBe('inquorate')
  })

  it('freezes everything the vote depends on', () => {
    expect(opened()).toEqual({
      id: 'p1',
      community: 'c1',
      matter: 'access.grant',
      textDigest: 'sha256-t',
      charterDigest: 'sha256-c',
      charterVersion: 1,
      rule: {
        body: 'council',
        approveOfRoll: '1/2',
        approveOfCast: '2/3',
        minDeciders: 3,
        groups: { need: '2/3', minYes: 1 },
        objection: 'none',
        effect: 'access.grant',
        vetoBody: 'guardians',
        appealBody: 'assembly',
      },
      times: {
        openFor: 3 * DAY,
        lateWindow: DAY,
        extension: 2 * DAY,
        maxExtensions: 1,
        veto: 5 * DAY,
        appeal: 7 * DAY,
        execWithin: 30 * DAY,
        retryAfter: 30 * DAY,
      },
      roll: { ana: 'hill', ben: 'hill', cai: 'shore', dua: 'river' },
      proxies: { ana: 'ben' },
      proxyCarriesObjection: false,
      vetoers: ['gus'],
      appealers: ['ana', 'ben', 'cai', 'dua', 'eve'],
      openedAt: NOW,
      closesAt: NOW + 3 * DAY,
      maxRecusedShare: '1/2',
      recusalByPeers: '1/2',
      secrecy: { runningTally: 'sealed', rollCall: 'body', publicGroupCounts: 'min3' },
    })
  })

  it('gives plain JSON that storage can hold', () => {
    expect(JSON.parse(JSON.stringify(opened()))).toEqual(opened())
  })

  it('keeps the roll it found when the register changes afterwards', () => {
    const live = [...council]
    const frozen = opened(withBody('council', live))
    const ballots = council.map(({ member: by }) => ({
      type: 'ballot',
      by,
      choice: 'yes',
      at: NOW,
    }))
    const before = view(frozen, ballots as ProposalEvent[], NOW)
    live.push({ member: 'new', group: 'hill' })
    live.shift()
    expect(frozen).toEqual(opened())
    expect(view(frozen, ballots as ProposalEvent[], NOW)).toEqual(before)
  })

  it('keeps its rule when the charter is amended afterwards', () => {
    const amended = edited(charter, {
      version: 2,
      previous: 'sha256-c',
      matters: { 'access.grant': { approveOfRoll: '1/3' } },
    })
    const frozen = opened()
    const later = opened({ ...input, charter: amended, charterDigest: 'sha256-d' })
    expect(frozen.rule.approveOfRoll).toBe('1/2')
    expect(later.rule.approveOfRoll).toBe('1/3')
  })

  it('stays open as long as the charter allows if nobody says how long', () => {
    const { openFor: _, ...unsaid } = input
    expect(opened(unsaid).times.openFor).toBe(14 * DAY)
  })

  it('has no guardians and no appeal where the charter names none', () => {
    const bare = edited(charter, { matters: { 'access.grant': { veto: null, appeal: null } } })
    expect(opened({ ...input, charter: bare })).toMatchObject({
      vetoers: [],
      appealers: [],
      times: { veto: 0, appeal: 0 },
      rule: { vetoBody: null, appealBody: null },
    })
  })

  it('has no proxies where the charter forbids them', () => {
    const bare = edited(charter, { proxy: { depth: 0 } })
    expect(opened({ ...input, charter: bare }).proxies).toEqual({})
  })

  const late = { effectiveFrom: '2030-01-01T00:00:00Z' }
  const refusals: readonly (readonly [string, OpenProposalInput, string])[] = [
    [
      'a matter without a rule',
      { ...input, charter: edited(charter, { matters: { 'access.grant': null } }) },
      '/matters no-rule',
    ],
    [
      'a matter nobody knows',
      { ...input, proposal: { ...input.proposal, matter: 'constructor' as never } },
      '/matters no-rule',
    ],
    [
      "another community's charter",
      { ...input, proposal: { ...input.proposal, community: 'c2' } },
      '/proposal/community other-community',
    ],
    ['no id', { ...input, proposal: { ...input.proposal, id: '' } }, '/proposal/id missing'],
    [
      'no text',
      { ...input, proposal: { ...input.proposal, textDigest: '' } },
      '/proposal/textDigest missing',
    ],
    ['no charter digest', { ...input, charterDigest: '' }, '/charterDigest missing'],
    [
      'a charter not yet in force',
      { ...input, charter: edited(charter, late) },
      '/charter/effectiveFrom not-in-force',
    ],
    ['half a millisecond', { ...input, now: NOW + 0.5 }, '/now bad-time'],
    ['less time than the charter asks', { ...input, openFor: 'PT23H59M59S' }, '/openFor open-for'],
    ['more time than the charter allows', { ...input, openFor: 'P14DT1S' }, '/openFor open-for'],
    ['a time that is no duration', { ...input, openFor: '3 days' }, '/openFor open-for'],
    ['nobody on the roll', withBody('council', []), '/register/bodies/council empty-body'],
    [
      'a member twice on the roll',
      withBody('council', [...council, { member: 'ana', group: 'shore' }]),
      '/register/bodies/council twice',
    ],
    [
      'a member without an id',
      withBody('council', [...council, { member: '' }]),
      '/register/bodies/council missing',
    ],
    ['no guardians left', withBody('guardians', []), '/register/bodies/guardians empty-body'],
    ['nobody to appeal to', withBody('assembly', []), '/register/bodies/assembly empty-body'],
    [
      'too few members to decide',
      withBody('council', council.slice(1, 3)),
      '/charter/matters/access.grant/minDeciders L5',
    ],
    [
      'no groups on the roll',
      withBody(
        'council',
        council.map(({ member }) => ({ member })),
      ),
      '/charter/matters/access.grant/groups L5',
    ],
    [
      'a rule that lint refuses',
      {
        ...input,
        charter: edited(charter, { matters: { 'access.grant': { veto: { window: 'PT0S' } } } }),
      },
      '/charter/matters/access.grant/veto/window L4',
    ],
  ]
  it.each(refusals)('is refused with %s', (_what, given, problem) => {
    expect(problemsOf(input)).toEqual([])
    expect(problemsOf(given)).toContain(problem)
  })

  it('is refused with a sentence', () => {
    for (const [what, given] of refusals) {
      const result = openProposal(given)
      for (const { message } of result.ok ? [] : result.problems) {
        expect(message, what).toMatch(/^.{12,}\.$/)
      }
    }
  })

  it('is decided by the body it was taken to, whose groups and appeals are not asked', () => {
    const taken = opened({ ...input, escalatedTo: 'assembly' })
    expect(taken.rule).toMatchObject({ body: 'assembly', groups: null, appealBody: null })
    expect(Object.keys(taken.roll).sort()).toEqual(
      (input.register.bodies.assembly ?? []).map(({ member }) => member).sort(),
    )
    expect(taken.appealers).toEqual([])
    expect(taken.times.appeal).toBe(0)
    expect(taken.rule.approveOfRoll).toBe(opened().rule.approveOfRoll)
  })

  it('lets stewards enter ballots only where enough of them are there to check each other', () => {
    const least = charter.assisted.stewards
    const stewards = Array.from({ length: least }, (_one, at) => `ste${at}`)
    const seated = (names: string[]) =>
      opened({ ...input, register: { ...input.register, stewards: names } })
    expect(seated(stewards).assisted).toEqual({ stewards, maxShare: charter.assisted.maxShare })
    expect(seated(stewards.slice(1))).not.toHaveProperty('assisted')
    const { stewards: _none, ...nobody } = input.register
    expect(opened({ ...input, register: nobody })).not.toHaveProperty('assisted')
  })

  it('accepts the shortest and the longest time the charter names', () => {
    expect(problemsOf({ ...input, openFor: 'P1D' })).toEqual([])
    expect(problemsOf({ ...input, openFor: 'P14D' })).toEqual([])
  })

  it('accepts the first moment of the charter', () => {
    const start = edited(charter, { effectiveFrom: '2026-05-28T20:26:40Z' })
    expect(problemsOf({ ...input, charter: start })).toEqual([])
    expect(problemsOf({ ...input, charter: start, now: NOW - 1 })).not.toEqual([])
  })

  it('never opens for no time at all, though the charter names no least time', () => {
    const quick = edited(charter, { matters: { 'access.grant': { open: { min: 'PT0S' } } } })
    expect(problemsOf({ ...input, charter: quick, openFor: 'PT0S' })).toContain('/openFor open-for')
    expect(problemsOf({ ...input, charter: quick, openFor: 'PT1S' })).toEqual([])
  })

  it('is refused when the groups of this roll could never agree', () => {
    const groups = { need: '1/1', minYes: 2 }
    const uneven = edited(charter, {
      matters: {
        'access.grant': { groups: { ...groups, need: '2/3' } },
        'charter.amend': { groups },
      },
    })
    expect(problemsOf({ ...input, charter: uneven })).toEqual(['/register unsatisfiable'])
    const even = [...council.slice(0, 3), { member: 'dua', group: 'shore' }]
    expect(problemsOf({ ...withBody('council', even), charter: uneven })).toEqual([])
  })

  it('is not stopped by a flaw in the rule of another matter', () => {
    const flawed = edited(charter, {
      matters: { 'data.takedown': { appeal: { body: 'council' } } },
    })
    expect(problemsOf({ ...input, charter: flawed })).toEqual([])
  })
})

describe('the identity of an effect', () => {
  it('is the same however often it is tried, and another for another proposal or effect', () => {
    const id = effectId({ id: 'p1' }, 'access.grant', sha256)
    expect(id).toMatch(/^sha256-[0-9a-f]{64}$/)
    expect(effectId(opened(), 'access.grant', sha256)).toBe(id)
    expect(effectId({ id: 'p2' }, 'access.grant', sha256)).not.toBe(id)
    expect(effectId({ id: 'p1' }, 'access.revoke', sha256)).not.toBe(id)
  })
})

describe('a rule in plain words', () => {
  it('says who decides, what silence means, when it closes and who can stop it', () => {
    expect(describeRule(opened(), {}, 'en')).toEqual([
      'The body "council" decides: its 4 members on the day the vote opens; at least 3 of them must be free to.',
      'It takes 2 yes (1/2 of all who can decide) and at least 2/3 yes among yes and no; a tie is a no. Members who stand aside are not counted.',
      '2 of the 3 groups (2/3) must each bring 1 yes or more.',
      'Silence is not a yes: a member who does not vote helps no proposal pass.',
      'An objection with a reason counts as a no.',
      'The vote is open for 3 days and never closes early. If the result flips in the last 1 day, it stays open 2 days longer, at most 1 time.',
      'For 5 days after the close any member of "guardians" can veto it with a reason.',
      'For 7 days after the close members of "assembly" can appeal.',
      'An accepted decision takes effect once, within 30 days; after that it lapses.',
    ])
  })

  it('is said of a charter as well, before any vote', () => {
    const rule = charterOf('small-council-consent').matters['access.grant']
    if (rule === undefined) throw new Error('the template has this rule')
    const words = describeRule(rule, SIZES, 'en').join(' ')
    expect(words).toContain('its 6 members')
    expect(words).toContain('between 1 day and 14 days')
    expect(words).toContain('one objection with a reason stops the proposal')
    expect(words).not.toContain('veto')
  })
})

describe('a vote from opening to effect', () => {
  it('lets the council grant access once the guardians and the assembly had their time', () => {
    const frozen = opened()
    const events: ProposalEvent[] = ['ana', 'cai', 'dua'].map((by, index) => ({
      type: 'ballot',
      by,
      choice: 'yes',
      at: NOW + index,
    }))
    const enact = (at: number) =>
      admissible(frozen, events, { type: 'enact', effect: frozen.rule.effect, at })
    expect(view(frozen, events, NOW + 3 * DAY)).toMatchObject({
      phase: 'standstill',
      enactableFrom: NOW + 10 * DAY,
      expiresAt: NOW + 40 * DAY,
    })
    expect(enact(NOW + 10 * DAY - 1)).toMatchObject({ decision: 'deny', code: 'standstill' })
    expect(enact(NOW + 10 * DAY)).toEqual({ decision: 'permit' })
  })
})
