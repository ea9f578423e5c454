import { describe, expect, it } from 'vitest'
import {
  type AssistedBallot,
  admissible,
  type Frozen,
  type ProposalEvent,
  view,
} from '../../policies/index.ts'
import { FROZEN } from './vote-vectors.ts'

type EventOf<Type extends ProposalEvent['type']> = Extract<ProposalEvent, { type: Type }>

/** Half of the roll of six may be heard through others; three stewards, one of them a member. */
const frozen: Frozen = {
  ...FROZEN,
  maxRecusedShare: '1/1',
  assisted: { stewards: ['ste', 'wes', 'ana'], maxShare: '1/2' },
}
const { assisted: _, ...alone } = frozen

const yes = (member: string): AssistedBallot => ({ member, choice: 'yes', reason: '' })
const ballots = ['ben', 'cai', 'dua'].map(yes)
const minute: EventOf<'assist'> = { type: 'assist', minute: 'm1', by: 'ste', ballots, at: 1010 }
const confirm: EventOf<'confirm-assist'> = {
  type: 'confirm-assist',
  minute: 'm1',
  by: 'wes',
  at: 1020,
}
const aside = (by: string): ProposalEvent => ({ type: 'recuse', by, reason: 'kin', at: 1005 })
const own = (by: string): ProposalEvent => ({ type: 'ballot', by, choice: 'no', at: 1005 })
const entering = (...given: readonly AssistedBallot[]) => ({ ...minute, ballots: given })
const objection = { member: 'ben', choice: 'object', reason: 'graves' } as const

type Moment = readonly [before: readonly ProposalEvent[], event: ProposalEvent, vote?: Frozen]

/** What is permitted, what is denied with one difference only, and the code of the denial. */
const pairs: readonly (readonly [string, Moment, Moment, string])[] = [
  [
    'a minute after the close',
    [[], { ...minute, at: 1099 }],
    [[], { ...minute, at: 1100 }],
    'closed',
  ],
  [
    'a confirmation after the close',
    [[minute], { ...confirm, at: 1099 }],
    [[minute], { ...confirm, at: 1100 }],
    'closed',
  ],
  ['a minute where nobody may enter ballots', [[], minute], [[], minute, alone], 'no-assistance'],
  ['a minute of no steward', [[], minute], [[], { ...minute, by: 'eve' }], 'not-a-steward'],
  [
    'a confirmation of no steward',
    [[minute], confirm],
    [[minute], { ...confirm, by: 'eve' }],
    'not-a-steward',
  ],
  [
    'a minute of a steward who stands aside',
    [[aside('fia')], { ...minute, by: 'ana' }],
    [[aside('ana')], { ...minute, by: 'ana' }],
    'recused',
  ],
  [
    'a minute of the same name again',
    [[minute], { ...minute, minute: 'm2' }],
    [[minute], minute],
    'minute-known',
  ],
  ['a minute without ballots', [[], entering(yes('ben'))], [[], entering()], 'no-ballots'],
  [
    'a member twice',
    [[], entering(yes('ben'), yes('cai'))],
    [[], entering(yes('ben'), yes('ben'))],
    'twice',
  ],
  [
    'a ballot of a stranger',
    [[], entering(yes('ben'), yes('cai'))],
    [[], entering(yes('ben'), yes('zoe'))],
    'not-on-roll',
  ],
  [
    'a ballot of an inherited name',
    [[], entering(yes('ben'))],
    [[], entering(yes('constructor'))],
    'not-on-roll',
  ],
  ['a ballot of who stands aside', [[aside('eve')], minute], [[aside('ben')], minute], 'recused'],
  [
    'a choice nobody offered',
    [[], entering(objection)],
    [[], entering({ ...objection, choice: 'maybe' } as never)],
    'unknown-choice',
  ],
  [
    'an objection without a reason',
    [[], entering(objection)],
    [[], entering({ ...objection, reason: '  ' })],
    'reason-missing',
  ],
  [
    'an objection with no reason at all',
    [[], entering(objection)],
    [[], entering({ member: 'ben', choice: 'object' } as never)],
    'reason-missing',
  ],
  [
    'more than the charter lets be heard through others',
    [[], minute],
    [[], entering(...ballots, yes('eve'))],
    'too-many-assisted',
  ],
  [
    'one more after those that were confirmed',
    [[own('eve'), minute, confirm], { ...entering(yes('eve')), minute: 'm2', at: 1030 }],
    [[minute, confirm], { ...entering(yes('eve')), minute: 'm2', at: 1030 }],
    'too-many-assisted',
  ],
  [
    'confirming a minute nobody entered',
    [[minute], confirm],
    [[minute], { ...confirm, minute: 'm2' }],
    'no-minute',
  ],
  [
    'confirming twice',
    [[minute], { ...confirm, at: 1030 }],
    [[minute, confirm], { ...confirm, at: 1030 }],
    'minute-confirmed',
  ],
  [
    'confirming what one entered',
    [[minute], confirm],
    [[minute], { ...confirm, by: 'ste' }],
    'same-steward',
  ],
]

describe('the guard of ballots entered for others', () => {
  const judge = ([before, event, vote = frozen]: Moment) => admissible(vote, before, event)

  it.each(pairs)('denies %s', (_what, permitted, denied, code) => {
    expect(judge(permitted)).toEqual({ decision: 'permit' })
    expect(judge(denied)).toMatchObject({ decision: 'deny', code })
  })

  it('says in a sentence why it denies', () => {
    for (const [, , denied] of pairs) {
      const answer = judge(denied)
      expect(answer.decision === 'deny' && answer.message).toMatch(/^.{15,}\.$/)
    }
  })

  it('takes every choice the ballot offers', () => {
    for (const choice of ['yes', 'no', 'abstain', 'object'] as const) {
      expect(judge([[], entering({ ...objection, choice })])).toEqual({ decision: 'permit' })
    }
    expect(judge([[], entering({ member: 'ben', choice: 'no' } as never)])).toEqual({
      decision: 'permit',
    })
  })

  it('counts nobody as heard through others who cast a ballot or stands aside', () => {
    const five = entering(...ballots, yes('eve'), yes('fia'))
    expect(judge([[own('eve'), own('fia')], five])).toEqual({ decision: 'permit' })
    expect(judge([[own('eve')], five])).toMatchObject({ code: 'too-many-assisted' })
    const left = [minute, { ...aside('dua'), at: 1015 }]
    expect(judge([left, confirm])).toEqual({ decision: 'permit' })
  })

  it('lets nobody be heard through others where the share is none', () => {
    const none = { ...frozen, assisted: { stewards: ['ste', 'wes'], maxShare: '0/1' } }
    expect(judge([[], entering(yes('ben')), none])).toMatchObject({ code: 'too-many-assisted' })
  })
})

describe('a minute of a meeting', () => {
  const counted = (...events: readonly ProposalEvent[]) => {
    const { yes: agreed, no, assisted } = view(frozen, events, 1050).tally
    return { yes: agreed, no, assisted }
  }

  it('counts from its confirmation on and not before', () => {
    expect(counted(minute)).toEqual({ yes: 0, no: 0, assisted: 0 })
    expect(counted(minute, confirm)).toEqual({ yes: 3, no: 0, assisted: 3 })
  })

  it('can be confirmed only once, so that nothing is counted twice', () => {
    const again = { ...confirm, by: 'ana', at: 1030 }
    expect(view(frozen, [minute, confirm, again], 1050).accepted).toEqual([minute, confirm])
  })

  it('gives way to the ballot of a member, whichever came first', () => {
    expect(counted(own('ben'), minute, confirm)).toEqual({ yes: 2, no: 1, assisted: 2 })
    const late: ProposalEvent = { type: 'ballot', by: 'ben', choice: 'no', at: 1030 }
    expect(counted(minute, confirm, late)).toEqual({ yes: 2, no: 1, assisted: 2 })
  })
})
