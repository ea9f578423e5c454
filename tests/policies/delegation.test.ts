import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  ACTOR_KINDS,
  DELEGATION_CLAUSES,
  type DelegatedRequest,
  type Delegation,
  type DelegationClause,
  delegationState,
  type Facts,
  LONGEST_DELEGATION,
  OUTCOMES,
  outsideClass,
  PURPOSES,
  TERRITORIES,
  withinDelegation,
} from '../../policies/index.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 5, 1)

const SCOPE: Delegation['scope'] = {
  purposes: ['learning', 'linguisticResearch'],
  actions: ['download', 'derive'],
  actorKinds: ['academic', 'individual'],
  datasets: ['d_1', 'd_2'],
  territories: ['home', 'region'],
  commercialTie: 'no',
  longestDays: 365,
  largestTeam: 2,
}

const HANDED: Delegation = {
  community: 'c_1',
  scope: SCOPE,
  charter: 'sha256-charter',
  licences: ['sha256-a', 'sha256-b'],
  from: NOW - DAY,
  until: NOW + DAY,
  pausedAt: null,
  endedAt: null,
}

const LICENCE = {
  digest: 'sha256-a',
  home: ['NZ'],
  region: ['FJ', 'TO'],
  economyTable: 'worldBankFY26',
} as const

const FACTS: Facts = { actorKind: 'academic', commercialTie: 'no', country: 'NZ' }

const ASKED: DelegatedRequest = {
  keepers: ['c_1'],
  charter: 'sha256-charter',
  dataset: 'd_1',
  licences: [LICENCE],
  use: { purposes: ['learning'], actions: ['download'] },
  facts: FACTS,
  days: 365,
  team: 2,
  renews: false,
  own: false,
  closed: false,
  outcome: 'permit',
}

const answer = (
  delegation: Partial<Delegation> = {},
  request: Partial<DelegatedRequest> = {},
  now = NOW,
) => withinDelegation({ ...HANDED, ...delegation }, { ...ASKED, ...request }, now)

const scoped = (scope: Partial<Delegation['scope']>) => ({ scope: { ...SCOPE, ...scope } })
const known = (facts: Facts) => ({ facts: { ...FACTS, ...facts } })
const without = (name: keyof Facts): Partial<DelegatedRequest> => {
  const { [name]: _, ...facts } = FACTS
  return { facts }
}

/** What does not hold, with its state. */
const amiss = ({ clauses }: ReturnType<typeof answer>) =>
  clauses.filter(({ state }) => state !== 'holds').map(({ clause, state }) => `${clause} ${state}`)

describe('a standing decision', () => {
  it('permits what meets every condition and tells each of them', () => {
    const { decision, clauses } = answer()
    expect(decision).toBe('permit')
    expect(clauses).toEqual(DELEGATION_CLAUSES.map((clause) => ({ clause, state: 'holds' })))
  })

  type Case = readonly [
    said: string,
    amiss: string,
    delegation: Partial<Delegation>,
    request: Partial<DelegatedRequest>,
    now?: number,
  ]
  const CASES: readonly Case[] = [
    ['it was ended', 'ended failed', { endedAt: NOW - 1 }, {}],
    ['it was ended at the beginning of time', 'ended failed', { endedAt: 0 }, {}],
    ['it was paused', 'paused failed', { pausedAt: NOW - 1 }, {}],
    ['it was paused at the beginning of time', 'paused failed', { pausedAt: 0 }, {}],
    ['it ends at this instant', 'term failed', {}, {}, NOW + DAY],
    ['it begins one millisecond later', 'term failed', {}, {}, NOW - DAY - 1],
    ['the time is no number', 'term failed', {}, {}, Number.NaN],
    [
      'it lasts longer than a year',
      'term failed',
      { until: NOW - DAY + LONGEST_DELEGATION * DAY + 1 },
      {},
    ],
    ['the charter has changed', 'charter failed', {}, { charter: 'sha256-next' }],
    ['another community keeps the dataset', 'custody failed', {}, { keepers: ['c_2'] }],
    ['another community keeps it too', 'custody failed', {}, { keepers: ['c_1', 'c_2'] }],
    ['nobody keeps it', 'custody failed', {}, { keepers: [] }],
    ['it is another dataset', 'dataset failed', {}, { dataset: 'd_3' }],
    ['the dataset is closed', 'open failed', {}, { closed: true }],
    ['no dataset was handed over', 'dataset failed', scoped({ datasets: [] }), {}],
    [
      'a newer licence is in force',
      'licence failed',
      {},
      { licences: [{ ...LICENCE, digest: 'sha256-c' }] },
    ],
    [
      'one of two licences is newer',
      'licence failed',
      {},
      { licences: [LICENCE, { ...LICENCE, digest: 'sha256-c' }] },
    ],
    [
      'a purpose is beyond it',
      'purposes failed',
      {},
      use(['learning', 'evaluation'], ['download']),
    ],
    ['no purpose is named', 'purposes unknown', {}, use([], ['download'])],
    [
      'the purpose is not on the list, although it was named',
      'purposes failed',
      scoped({ purposes: ['unlisted'] }),
      use(['unlisted'], ['download']),
    ],
    ['an action is beyond it', 'actions failed', {}, use(['learning'], ['download', 'train'])],
    ['no action is named', 'actions unknown', {}, use(['learning'], [])],
    ['another kind of body asks', 'actorKind failed', {}, known({ actorKind: 'commercial' })],
    ['it is not known who asks', 'actorKind unknown', {}, without('actorKind')],
    ['there is a commercial tie', 'commercialTie failed', {}, known({ commercialTie: 'yes' })],
    ['a tie is not known of', 'commercialTie unknown', {}, without('commercialTie')],
    ['they are elsewhere', 'territory failed', {}, known({ country: 'DE' })],
    ['it is not known where they are', 'territory unknown', {}, without('country')],
    ['where they are is no country', 'territory unknown', {}, known({ country: 'XX' })],
    [
      'the list does not class the country',
      'territory unknown',
      scoped({ territories: ['nonHighIncome'] }),
      known({ country: 'VE' }),
    ],
    ['they ask for a day too many', 'days failed', {}, { days: 366 }],
    ['they ask for no day', 'days unknown', {}, { days: 0 }],
    ['they ask for part of a day', 'days unknown', {}, { days: 1.5 }],
    ['they name one too many', 'team failed', {}, { team: 3 }],
    ['nobody knows how many they name', 'team unknown', {}, { team: Number.NaN }],
    ['it is a renewal', 'renewal failed', {}, { renews: true }],
    ['somebody would say yes to themselves', 'own failed', {}, { own: true }],
    ['the council has refused them', 'refusedBefore failed', {}, known({ councilRefused: 'yes' })],
    ['the licence leaves something open', 'outcome unknown', {}, { outcome: 'refer' }],
    ['the licence denies it', 'outcome failed', {}, { outcome: 'deny' }],
  ]
  for (const [said, what, delegation, request, now] of CASES)
    it(`refers when ${said}`, () => {
      const given = answer(delegation, request, now)
      expect([given.decision, ...amiss(given)]).toEqual(['refer', what])
    })

  it('tells that no licence has a say, and then knows no territory either', () => {
    expect(amiss(answer({}, { licences: [] }))).toEqual(['licence unknown', 'territory unknown'])
  })

  it('finds something amiss in every clause in some case', () => {
    const seen = new Set(CASES.map(([, what]) => what.split(' ')[0]))
    expect(DELEGATION_CLAUSES.filter((clause) => !seen.has(clause))).toEqual([])
  })

  const HELD: readonly (readonly [
    string,
    Partial<Delegation>,
    Partial<DelegatedRequest>,
    number?,
  ])[] = [
    ['at its first instant', {}, {}, NOW - DAY],
    ['in its last millisecond', {}, {}, NOW + DAY - 1],
    ['when it lasts a year', { until: NOW - DAY + LONGEST_DELEGATION * DAY }, {}],
    ['for every dataset', scoped({ datasets: null }), { dataset: 'd_9' }],
    ['for whoever asks', scoped({ actorKinds: null }), without('actorKind')],
    ['whatever the tie', scoped({ commercialTie: null }), without('commercialTie')],
    ['from anywhere', scoped({ territories: null }), without('country')],
    [
      'from anywhere, where no licence has lists',
      scoped({ territories: null }),
      known({ country: 'XX' }),
    ],
    ['in the region', {}, known({ country: 'TO' })],
    [
      'for a country not classed, when both classes were named',
      scoped({ territories: ['nonHighIncome', 'other'] }),
      known({ country: 'VE' }),
    ],
    ['for one day and nobody else', {}, { days: 1, team: 0 }],
    [
      'for all that was handed over',
      {},
      use(['learning', 'linguisticResearch'], ['derive', 'download']),
    ],
    ['under the other licence', {}, { licences: [{ ...LICENCE, digest: 'sha256-b' }] }],
  ]
  for (const [said, delegation, request, now] of HELD)
    it(`permits ${said}`, () => {
      expect(amiss(answer(delegation, request, now))).toEqual([])
    })

  it('asks each licence that has a say where a country lies', () => {
    const other = { ...LICENCE, digest: 'sha256-b', home: [], region: [] }
    const both = answer(scoped({ territories: ['home'] }), { licences: [LICENCE, other] })
    expect(amiss(both)).toEqual(['territory failed'])
    const neither = answer(scoped({ territories: ['home', 'other'] }), {
      licences: [LICENCE, other],
    })
    expect(amiss(neither)).toEqual([])
  })
})

function use(
  purposes: DelegatedRequest['use']['purposes'],
  actions: DelegatedRequest['use']['actions'],
): Partial<DelegatedRequest> {
  return { use: { purposes, actions } }
}

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const scope: fc.Arbitrary<Delegation['scope']> = fc.record({
  purposes: fc.subarray([...PURPOSES], { minLength: 1 }),
  actions: fc.subarray([...ACTIONS], { minLength: 1 }),
  actorKinds: orNull(fc.subarray([...ACTOR_KINDS], { minLength: 1 })),
  datasets: orNull(fc.subarray(['d_1', 'd_2', 'd_3'], { minLength: 1 })),
  territories: orNull(fc.subarray([...TERRITORIES], { minLength: 1 })),
  commercialTie: orNull(fc.constant('no' as const)),
  longestDays: fc.integer({ min: 1, max: 20 }),
  largestTeam: fc.integer({ min: 0, max: 3 }),
})

const delegation: fc.Arbitrary<Delegation> = fc.record({
  community: fc.constant('c_1'),
  scope,
  charter: fc.constant('sha256-charter'),
  licences: fc.subarray(['sha256-a', 'sha256-b'], { minLength: 1 }),
  from: fc.integer({ min: NOW - 400 * DAY, max: NOW }),
  until: fc.integer({ min: NOW - DAY, max: NOW + 300 * DAY }),
  pausedAt: fc.oneof({ arbitrary: fc.constant(null), weight: 5 }, fc.constant(NOW)),
  endedAt: fc.oneof({ arbitrary: fc.constant(null), weight: 5 }, fc.constant(NOW)),
})

const facts: fc.Arbitrary<Facts> = fc
  .record({
    actorKind: maybe(fc.constantFrom(...ACTOR_KINDS)),
    commercialTie: maybe(fc.constantFrom('yes' as const, 'no' as const)),
    country: maybe(fc.constantFrom('NZ', 'TO', 'DE', 'IN', 'VE', 'XX')),
    councilRefused: fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 9 },
      fc.constant('yes' as const),
    ),
  })
  .map((all): Facts => Object.fromEntries(Object.entries(all).filter(([, one]) => one)))

const request: fc.Arbitrary<DelegatedRequest> = fc.record({
  keepers: fc.constantFrom(['c_1'], ['c_1'], ['c_1'], ['c_2'], ['c_1', 'c_2']),
  charter: fc.constantFrom('sha256-charter', 'sha256-charter', 'sha256-next'),
  dataset: fc.constantFrom('d_1', 'd_2', 'd_3'),
  licences: fc.constantFrom([LICENCE], [LICENCE], [{ ...LICENCE, digest: 'sha256-b' }]),
  use: fc.record({
    purposes: fc.subarray([...PURPOSES], { maxLength: 2 }),
    actions: fc.subarray([...ACTIONS], { minLength: 1, maxLength: 2 }),
  }),
  facts,
  days: fc.integer({ min: 0, max: 25 }),
  team: fc.integer({ min: 0, max: 4 }),
  renews: fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, fc.constant(true)),
  own: fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, fc.constant(true)),
  closed: fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, fc.constant(true)),
  outcome: fc.constantFrom('permit', 'permit', ...OUTCOMES),
})

/** A request drawn from the class itself, so that most of them fall in it. */
const fitting = (handed: Delegation): fc.Arbitrary<DelegatedRequest> =>
  fc.record({
    keepers: fc.constant(['c_1']),
    charter: fc.constant(handed.charter),
    dataset: fc.constantFrom(...(handed.scope.datasets ?? ['d_7'])),
    licences: fc.constant([{ ...LICENCE, digest: handed.licences[0] ?? '' }]),
    use: fc.record({
      purposes: fc.subarray([...handed.scope.purposes], { minLength: 1 }),
      actions: fc.subarray([...handed.scope.actions], { minLength: 1 }),
    }),
    facts: fc.record({
      actorKind: fc.constantFrom(...(handed.scope.actorKinds ?? ACTOR_KINDS)),
      commercialTie: fc.constant('no' as const),
      country: fc.constantFrom('NZ', 'TO', 'DE', 'IN'),
    }),
    days: fc.integer({ min: 1, max: handed.scope.longestDays }),
    team: fc.integer({ min: 0, max: handed.scope.largestTeam }),
    renews: fc.constant(false),
    own: fc.constant(false),
    closed: fc.constant(false),
    outcome: fc.constant('permit' as const),
  })

const live = delegation.map(
  (one): Delegation => ({
    ...one,
    ...{ from: NOW - DAY, until: NOW + DAY, pausedAt: null, endedAt: null },
  }),
)
const covered = live.chain((one) => fc.tuple(fc.constant(one), fitting(one)))
const pair = fc.oneof(fc.tuple(delegation, request), covered)

const decide = (one: Delegation, asked: DelegatedRequest, now = NOW) =>
  withinDelegation(one, asked, now).decision
const RUNS = { numRuns: 3_000 }
const seen = { permit: 0, refer: 0 }

describe('whatever is handed over and asked', () => {
  it('is permitted only where every clause holds, and every clause is told', () => {
    fc.assert(
      fc.property(pair, ([one, asked]) => {
        const { decision, clauses } = withinDelegation(one, asked, NOW)
        seen[decision] += 1
        expect(clauses.map(({ clause }) => clause)).toEqual([...DELEGATION_CLAUSES])
        expect(decision === 'permit').toBe(clauses.every(({ state }) => state === 'holds'))
      }),
      RUNS,
    )
    expect(Math.min(seen.permit, seen.refer)).toBeGreaterThan(300)
  })

  it('never goes beyond the licence', () => {
    fc.assert(
      fc.property(pair, ([one, asked]) => {
        if (asked.outcome !== 'permit') expect(decide(one, asked)).toBe('refer')
      }),
      RUNS,
    )
  })

  it('is never permitted once it is over, paused or ended', () => {
    const over = fc.constantFrom<(one: Delegation) => Partial<Delegation>>(
      () => ({ pausedAt: NOW }),
      () => ({ endedAt: NOW }),
      () => ({ until: NOW }),
      () => ({ from: NOW + 1 }),
      () => ({ charter: 'sha256-next' }),
      () => ({ licences: [] }),
    )
    fc.assert(
      fc.property(covered, over, ([one, asked], change) => {
        expect(decide({ ...one, ...change(one) }, asked)).toBe('refer')
      }),
      RUNS,
    )
  })

  it('is not permitted for a fact that is left out where it was not for every value of it', () => {
    const VALUES = {
      actorKind: ACTOR_KINDS,
      commercialTie: ['yes', 'no'],
      country: ['NZ', 'TO', 'DE', 'IN', 'VE', 'XX'],
    } as const
    const name = fc.constantFrom('actorKind', 'commercialTie', 'country')
    fc.assert(
      fc.property(pair, name, ([one, asked], left) => {
        const { [left]: _, ...rest } = asked.facts
        if (decide(one, { ...asked, facts: rest }) !== 'permit') return
        for (const value of VALUES[left])
          expect(decide(one, { ...asked, facts: { ...rest, [left]: value } })).toBe('permit')
      }),
      RUNS,
    )
  })

  it('asks no more when less is asked for', () => {
    fc.assert(
      fc.property(pair, ([one, asked]) => {
        if (decide(one, asked) !== 'permit') return
        const { purposes, actions } = asked.use
        const less = { purposes: purposes.slice(0, 1), actions: actions.slice(0, 1) }
        expect(decide(one, { ...asked, use: less, days: 1, team: 0 })).toBe('permit')
      }),
      RUNS,
    )
  })

  it('permits no more when less is handed over', () => {
    fc.assert(
      fc.property(pair, ([one, asked]) => {
        if (decide(one, asked) === 'permit') return
        const { purposes, actions, datasets } = one.scope
        const less = {
          ...one.scope,
          purposes: purposes.slice(1),
          actions: actions.slice(1),
          datasets: datasets?.slice(1) ?? ['d_1'],
          longestDays: 1,
          largestTeam: 0,
        }
        expect(decide({ ...one, scope: less }, asked)).toBe('refer')
      }),
      RUNS,
    )
  })

  it('holds a team to the same conditions on a person, and to no others', () => {
    const personal: readonly DelegationClause[] = ['actorKind', 'commercialTie', 'territory']
    fc.assert(
      fc.property(pair, ([one, asked]) => {
        const { clauses } = withinDelegation(one, asked, NOW)
        const missed = clauses.filter(
          ({ clause, state }) => personal.includes(clause) && state !== 'holds',
        )
        expect(outsideClass(one.scope, asked.facts, asked.licences)).toEqual(
          missed.map(({ clause }) => clause),
        )
      }),
      RUNS,
    )
  })
})

describe('the state of a standing decision', () => {
  const state = (changes: Partial<Delegation>, inForce = HANDED.charter, now = NOW) =>
    delegationState({ ...HANDED, ...changes }, inForce, now)

  it('is in force until its last millisecond', () => {
    expect(state({}, HANDED.charter, HANDED.until - 1)).toBe('inForce')
    expect(state({}, HANDED.charter, HANDED.until)).toBe('expired')
    expect(state({}, HANDED.charter, Number.NaN)).toBe('expired')
  })

  it('tells the end before the pause, the pause before its day, and its day before the charter', () => {
    expect(state({ endedAt: 0, pausedAt: 0, until: 0 }, 'other')).toBe('ended')
    expect(state({ pausedAt: 0, until: 0 }, 'other')).toBe('paused')
    expect(state({ until: 0 }, 'other')).toBe('expired')
    expect(state({}, 'other')).toBe('charterChanged')
  })

  it('is in force wherever some request is permitted', () => {
    fc.assert(
      fc.property(pair, ([one, asked]) => {
        if (decide(one, asked) === 'permit')
          expect(delegationState(one, asked.charter, NOW)).toBe('inForce')
      }),
      RUNS,
    )
  })
})
