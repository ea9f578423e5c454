import fc from 'fast-check'
import type { Choice, Frozen, ProposalEvent } from '../../policies/index.ts'

/** A vote, what happened to it, and the instant at which somebody looks. */
export interface Scenario {
  readonly frozen: Frozen
  readonly events: readonly ProposalEvent[]
  readonly now: number
}

export const MEMBERS = ['ana', 'ben', 'cai', 'dua', 'eve', 'fia', 'gil'] as const
const OTHERS = ['gus', 'hoa', 'app', 'zoe', 'constructor', '__proto__'] as const
const OPENED = 1000

export const member = fc.constantFrom(...MEMBERS)
const anyone = fc.constantFrom(...MEMBERS, ...MEMBERS, ...OTHERS)
export const choice = fc.constantFrom<Choice>('yes', 'yes', 'yes', 'no', 'abstain', 'object')
const reason = fc.constantFrom('because', 'because', 'because', '', '  ')

const minute = fc.constantFrom('m1', 'm2')
const steward = fc.constantFrom('ste', 'wes', 'ana', 'zoe')
const entered = fc.array(fc.record({ member: anyone, choice, reason }), { maxLength: 3 })

const rule: fc.Arbitrary<Frozen['rule']> = fc.record({
  body: fc.constant('council'),
  approveOfRoll: fc.constantFrom('1/10', '1/4', '1/3', '1/2', '2/3', '3/4', '1/1'),
  approveOfCast: fc.constantFrom('1/2', '1/2', '2/3', '3/4', '1/1'),
  minDeciders: fc.integer({ min: 1, max: 4 }),
  groups: fc.option(
    fc.record({
      need: fc.constantFrom('1/3', '1/2', '2/3', '1/1'),
      minYes: fc.integer({ min: 1, max: 2 }),
    }),
  ),
  objection: fc.constantFrom('none', 'blocks'),
  effect: fc.constant('access.grant'),
  vetoBody: fc.constant('guardians'),
  appealBody: fc.constant('assembly'),
})

const times: fc.Arbitrary<Frozen['times']> = fc.record({
  openFor: fc.integer({ min: 1, max: 40 }),
  lateWindow: fc.integer({ min: 0, max: 12 }),
  extension: fc.integer({ min: 0, max: 12 }),
  maxExtensions: fc.integer({ min: 0, max: 3 }),
  veto: fc.integer({ min: 0, max: 20 }),
  appeal: fc.integer({ min: 0, max: 20 }),
  execWithin: fc.integer({ min: 1, max: 30 }),
  retryAfter: fc.constant(0),
})

const roll: fc.Arbitrary<Frozen['roll']> = fc
  .array(fc.tuple(member, fc.constantFrom('hill', 'shore', 'river', '')), {
    minLength: 1,
    maxLength: 12,
  })
  .map((pairs) => Object.fromEntries(pairs))

/** Any vote that could have been opened, and some that lint would refuse. */
export const frozen: fc.Arbitrary<Frozen> = fc
  .record({
    rule,
    times,
    roll,
    proxies: fc.dictionary(member, member, { maxKeys: 4 }),
    proxyCarriesObjection: fc.boolean(),
    vetoers: fc.subarray(['gus', 'hoa', 'ana']),
    appealers: fc.subarray(['app', 'ben', 'zoe']),
    maxRecusedShare: fc.constantFrom('0/1', '1/3', '1/2', '1/1'),
    recusalByPeers: fc.constantFrom('1/3', '1/2', '2/3', '1/1'),
    assisted: fc.record({
      stewards: fc.constant(['ste', 'wes', 'ana']),
      maxShare: fc.constantFrom('0/1', '1/3', '1/2', '1/1'),
    }),
  })
  .map((part) => ({
    ...part,
    proxies: Object.fromEntries(Object.entries(part.proxies).filter(([from, to]) => from !== to)),
    id: 'p1',
    community: 'c1',
    matter: 'access.grant',
    textDigest: 'sha256-t',
    charterDigest: 'sha256-c',
    charterVersion: 1,
    openedAt: OPENED,
    closesAt: OPENED + part.times.openFor,
    secrecy: { runningTally: 'sealed', rollCall: 'body', publicGroupCounts: 'min3' },
  }))

/** Any event at any instant, entitled or not. */
export function eventAt(at: fc.Arbitrary<number>): fc.Arbitrary<ProposalEvent> {
  const kind = <const Type extends ProposalEvent['type']>(type: Type) => fc.constant(type)
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ type: kind('ballot'), by: anyone, choice, reason, at }) },
    { weight: 2, arbitrary: fc.record({ type: kind('recuse'), by: anyone, reason, at }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: kind('recuse.peers'),
        member: anyone,
        by: fc.array(anyone, { maxLength: 6 }),
        reason,
        at,
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: kind('withdraw-objection'), by: anyone, at }) },
    {
      weight: 1,
      arbitrary: fc.record({ type: kind('assist'), minute, by: steward, ballots: entered, at }),
    },
    { weight: 1, arbitrary: fc.record({ type: kind('confirm-assist'), minute, by: steward, at }) },
    { weight: 2, arbitrary: fc.record({ type: kind('veto'), by: anyone, reason, at }) },
    { weight: 1, arbitrary: fc.record({ type: kind('lift-veto'), by: anyone, at }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: kind('appeal'),
        by: anyone,
        grounds: fc.constantFrom('roll', 'conflict', 'procedure', 'new-facts'),
        reason,
        at,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: kind('decide-appeal'), upheld: fc.boolean(), at }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ type: kind('enact'), effect: fc.constantFrom('e1', 'e2', ''), at }),
    },
  )
}

function inOrder(events: readonly ProposalEvent[]): ProposalEvent[] {
  return [...events].sort((a, b) => a.at - b.at)
}

/** Ballots and noise anywhere; mostly in order, sometimes as a broken log would hold them. */
const anyHistory = frozen.chain((vote) => {
  const end = vote.closesAt + 80
  const instant = fc.integer({ min: OPENED - 3, max: end })
  const voting = fc.integer({ min: OPENED, max: vote.closesAt + 2 })
  return fc.record({
    frozen: fc.constant(vote),
    events: fc
      .tuple(
        fc.array(eventAt(voting), { maxLength: 14 }),
        fc.array(eventAt(instant), { maxLength: 10 }),
        fc.integer({ min: 0, max: 9 }),
      )
      .map(([a, b, dice]) => (dice === 0 ? [...a, ...b] : inOrder([...a, ...b]))),
    now: fc.integer({ min: OPENED, max: end + 20 }),
  })
})

/** A vote that has passed, then guardians, appeals and effects aimed at the edges of the windows. */
const passedHistory = frozen.chain((drawn) => {
  const vote: Frozen = {
    ...drawn,
    rule: { ...drawn.rule, minDeciders: 1, groups: null },
    vetoers: ['gus', 'ana'],
    appealers: ['app', 'ben'],
    maxRecusedShare: '1/1',
  }
  const { closesAt: close } = vote
  const from = close + Math.max(vote.times.veto, vote.times.appeal)
  const edges = [close, close + vote.times.veto, close + vote.times.appeal, from]
  const instant = fc.oneof(
    fc.integer({ min: close, max: from + vote.times.execWithin + 2 }),
    fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -1, max: 1 })).map(([e, d]) => e + d),
  )
  const remedy: fc.Arbitrary<ProposalEvent> = fc.oneof(
    fc.record({
      type: fc.constantFrom('veto', 'veto', 'lift-veto'),
      by: fc.constantFrom('gus', 'gus', 'ana', 'zoe'),
      reason,
      at: instant,
    }),
    fc.record({
      type: fc.constant('appeal'),
      by: fc.constantFrom('app', 'ben', 'zoe'),
      grounds: fc.constantFrom('roll', 'conflict'),
      reason,
      at: instant,
    }),
    fc.record({ type: fc.constant('decide-appeal'), upheld: fc.boolean(), at: instant }),
    fc.record({ type: fc.constant('enact'), effect: fc.constantFrom('e1', 'e2'), at: instant }),
  )
  const told = (...story: ProposalEvent[]) => fc.constant(story)
  const vetoed: ProposalEvent = { type: 'veto', by: 'gus', reason: 'sacred', at: close }
  const appealed: ProposalEvent = {
    type: 'appeal',
    by: 'app',
    grounds: 'roll',
    reason: 'kin on the roll',
    at: close,
  }
  const plot: fc.Arbitrary<ProposalEvent[]> = fc.oneof(
    told(),
    told(vetoed),
    told(vetoed, { type: 'lift-veto', by: 'gus', at: close }),
    told(appealed),
    told({ type: 'enact', effect: 'e1', at: from }),
    fc
      .tuple(fc.boolean(), instant)
      .map(([upheld, at]): ProposalEvent[] => [
        appealed,
        { type: 'decide-appeal', upheld, at: Math.max(close, at) },
      ]),
  )
  return fc.record({
    frozen: fc.constant(vote),
    events: fc
      .tuple(plot, fc.array(remedy, { maxLength: 4 }))
      .map(([story, noise]) => [
        ...Object.keys(vote.roll).map((by) => ballot(by, 'yes', OPENED)),
        ...inOrder([...story, ...noise]),
      ]),
    now: fc.integer({ min: close, max: from + vote.times.execWithin + 8 }),
  })
})

/** Members who change their minds until the last moment, so that the close moves. */
const contestedHistory = frozen.chain((drawn) => {
  const vote: Frozen = {
    ...drawn,
    rule: { ...drawn.rule, minDeciders: 1, groups: null, approveOfRoll: '1/2' },
    times: { ...drawn.times, lateWindow: 10, extension: 8, maxExtensions: 2 },
  }
  const at = fc.integer({ min: Math.max(OPENED, vote.closesAt - 11), max: vote.closesAt + 18 })
  const by = fc.constantFrom(...Object.keys(vote.roll))
  const turn = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(by, choice, at).map(([who, what, t]) => ballot(who, what, t)),
    },
    { weight: 1, arbitrary: eventAt(at) },
  )
  return fc.record({
    frozen: fc.constant(vote),
    events: fc.array(turn, { minLength: 4, maxLength: 20 }).map(inOrder),
    now: fc.integer({ min: vote.closesAt - 5, max: vote.closesAt + 40 }),
  })
})

/** Members who stand aside or are made to, before and after they and their proxies vote. */
const asideHistory = frozen.chain((drawn) => {
  const vote: Frozen = { ...drawn, rule: { ...drawn.rule, minDeciders: 1 } }
  const names = Object.keys(vote.roll)
  const by = fc.constantFrom(...names)
  const at = fc.integer({ min: OPENED, max: vote.closesAt })
  const ballots = fc.tuple(by, choice, at).map(([who, what, t]) => [ballot(who, what, t)])
  const recusals = fc
    .tuple(by, at)
    .map(([who, t]): ProposalEvent[] => [{ type: 'recuse', by: who, reason: 'kin', at: t }])
  const demands = fc
    .tuple(by, fc.subarray(names, { minLength: Math.floor(names.length / 2) }), at)
    .map(([who, drawn, t]): ProposalEvent[] => {
      const peers = drawn.filter((peer) => peer !== who)
      return [{ type: 'recuse.peers', member: who, by: peers, reason: 'kin', at: t }]
    })
  const withdrawals = fc
    .tuple(by, at, at)
    .map(([who, t, later]): ProposalEvent[] => [
      ballot(who, 'object', t),
      { type: 'withdraw-objection', by: who, at: Math.max(t, later) },
    ])
  const turn = fc.oneof(
    { weight: 4, arbitrary: ballots },
    { weight: 1, arbitrary: recusals },
    { weight: 2, arbitrary: demands },
    { weight: 1, arbitrary: withdrawals },
  )
  return fc.record({
    frozen: fc.constant(vote),
    events: fc.array(turn, { minLength: 3, maxLength: 14 }).map((turns) => inOrder(turns.flat())),
    now: fc.integer({ min: OPENED, max: vote.closesAt + 60 }),
  })
})

/** Ballots of a meeting, entered, confirmed or not, beside those that members cast themselves. */
const meetingHistory = frozen.chain((drawn) => {
  const share = { stewards: ['ste', 'wes', 'ana'], maxShare: '1/1' } as const
  const vote: Frozen = { ...drawn, rule: { ...drawn.rule, minDeciders: 1 }, assisted: share }
  const names = Object.keys(vote.roll)
  const at = fc.integer({ min: OPENED, max: vote.closesAt })
  const by = fc.constantFrom(...names)
  const minutes = fc
    .tuple(minute, steward, steward, fc.subarray(names, { minLength: 1 }), choice, at, at)
    .map(([id, one, two, members, what, t, later]): ProposalEvent[] => [
      {
        type: 'assist',
        minute: id,
        by: one,
        ballots: members.map((name) => ({ member: name, choice: what, reason: 'said so' })),
        at: t,
      },
      { type: 'confirm-assist', minute: id, by: two, at: Math.max(t, later) },
    ])
  const own = fc.tuple(by, choice, at).map(([who, what, t]) => [ballot(who, what, t)])
  const turn = fc.oneof(
    { weight: 2, arbitrary: minutes },
    { weight: 2, arbitrary: own },
    { weight: 1, arbitrary: eventAt(at).map((event) => [event]) },
  )
  return fc.record({
    frozen: fc.constant(vote),
    events: fc.array(turn, { minLength: 2, maxLength: 8 }).map((turns) => inOrder(turns.flat())),
    now: fc.integer({ min: OPENED, max: vote.closesAt + 60 }),
  })
})

/** A ballot with a reason, so that an objection counts. */
export function ballot(by: string, what: Choice, at: number): ProposalEvent {
  return { type: 'ballot', by, choice: what, reason: 'because', at }
}

export const scenario: fc.Arbitrary<Scenario> = fc.oneof(
  { weight: 2, arbitrary: anyHistory },
  { weight: 6, arbitrary: passedHistory },
  { weight: 2, arbitrary: contestedHistory },
  { weight: 2, arbitrary: asideHistory },
  { weight: 2, arbitrary: meetingHistory },
)

/** A vote with at most one plain ballot of each member and some who stand aside first. */
export const cast = frozen.chain((vote) => {
  const names = Object.keys(vote.roll)
  return fc.record({
    frozen: fc.constant(vote),
    ballots: fc.dictionary(fc.constantFrom(...names), choice),
    aside: fc.subarray(names, { maxLength: Math.min(2, names.length) }),
    who: fc.constantFrom(...names),
  })
})

/** Those who stand aside, then the ballots, all at the opening. */
export function eventsOf(
  ballots: Readonly<Record<string, Choice>>,
  aside: readonly string[] = [],
): ProposalEvent[] {
  return [
    ...aside.map((by) => ({ type: 'recuse', by, reason: 'kin', at: OPENED }) as const),
    ...Object.entries(ballots).map(([by, what]) => ballot(by, what, OPENED)),
  ]
}
