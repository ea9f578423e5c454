import { describe, expect, it } from 'vitest'
import { APPLICANT, admissible, type ProposalEvent } from '../../policies/index.ts'
import { FROZEN } from './vote-vectors.ts'

/** Opened 1000, closes 1100, veto until 1130, appeal until 1150, effect until 1190. */
const frozen = FROZEN

const yes = (by: string, at = 1010): ProposalEvent => ({ type: 'ballot', by, choice: 'yes', at })
const accepted = ['ana', 'ben', 'cai', 'dua'].map((by) => yes(by))
const object: ProposalEvent = {
  type: 'ballot',
  by: 'fia',
  choice: 'object',
  reason: 'graves',
  at: 1010,
}
const recuse = (by: string, at = 1005): ProposalEvent => ({ type: 'recuse', by, reason: 'kin', at })
const peers: ProposalEvent = {
  type: 'recuse.peers',
  member: 'ana',
  by: ['ben', 'cai', 'dua'],
  reason: 'funding',
  at: 1010,
}
const withdraw: ProposalEvent = { type: 'withdraw-objection', by: 'fia', at: 1020 }
const veto: ProposalEvent = { type: 'veto', by: 'gus', reason: 'sacred', at: 1110 }
const lift: ProposalEvent = { type: 'lift-veto', by: 'gus', at: 1120 }
const appeal: ProposalEvent = {
  type: 'appeal',
  by: 'app',
  grounds: 'roll',
  reason: 'kin on the roll',
  at: 1110,
}
const decide: ProposalEvent = { type: 'decide-appeal', upheld: false, at: 1120 }
const uphold: ProposalEvent = { type: 'decide-appeal', upheld: true, at: 1120 }
const enact: ProposalEvent = { type: 'enact', effect: 'access.grant', at: 1160 }

type Moment = readonly [before: readonly ProposalEvent[], event: ProposalEvent]

/** What is permitted, what is denied with one difference only, and the code of the denial. */
const pairs: readonly (readonly [string, Moment, Moment, string])[] = [
  ['a ballot after the close', [[], yes('ana', 1099)], [[], yes('ana', 1100)], 'closed'],
  ['a ballot before the opening', [[], yes('ana', 1000)], [[], yes('ana', 999)], 'not-open-yet'],
  ['a ballot at no instant', [[], yes('ana', 1010)], [[], yes('ana', Number.NaN)], 'bad-time'],
  ['a ballot between two instants', [[], yes('ana', 1010)], [[], yes('ana', 1010.5)], 'bad-time'],
  [
    'a ballot older than the last event',
    [[yes('ben', 1020)], yes('ana', 1020)],
    [[yes('ben', 1020)], yes('ana', 1019)],
    'out-of-order',
  ],
  ['a ballot from outside the roll', [[], yes('ana')], [[], yes('zoe')], 'not-on-roll'],
  ['a ballot of an inherited name', [[], yes('ana')], [[], yes('constructor')], 'not-on-roll'],
  [
    'a ballot of who stands aside',
    [[recuse('ben')], yes('ana')],
    [[recuse('ana')], yes('ana')],
    'recused',
  ],
  [
    'a choice nobody offered',
    [[], yes('ana')],
    [[], { ...yes('ana'), choice: 'maybe' } as never],
    'unknown-choice',
  ],
  [
    'an objection without a reason',
    [[], object],
    [[], { ...object, reason: ' ' }],
    'reason-missing',
  ],
  [
    'an objection with no reason at all',
    [[], { ...object, choice: 'no', reason: undefined }],
    [[], { ...object, reason: undefined }],
    'reason-missing',
  ],
  [
    'standing aside after the close',
    [[], recuse('ana', 1099)],
    [[], recuse('ana', 1100)],
    'closed',
  ],
  [
    'standing aside from a vote one has no part in',
    [[], recuse('gus')],
    [[], recuse('zoe')],
    'not-on-roll',
  ],
  [
    'standing aside twice',
    [[recuse('ben')], recuse('ana')],
    [[recuse('ana')], recuse('ana')],
    'recused',
  ],
  [
    'standing aside without a reason',
    [[], recuse('ana')],
    [[], { ...recuse('ana'), reason: '' } as ProposalEvent],
    'reason-missing',
  ],
  ['too few peers', [[], peers], [[], { ...peers, by: ['ben', 'cai'] }], 'too-few-peers'],
  [
    'peers from outside the roll',
    [[], peers],
    [[], { ...peers, by: ['ben', 'cai', 'zoe'] }],
    'not-peers',
  ],
  [
    'a peer named twice',
    [[], peers],
    [[], { ...peers, by: ['ben', 'cai', 'cai', 'dua'] }],
    'not-peers',
  ],
  [
    'the member as a peer',
    [[], peers],
    [[], { ...peers, by: ['ana', 'ben', 'cai', 'dua'] }],
    'not-peers',
  ],
  ['a peer who stands aside', [[recuse('fia')], peers], [[recuse('ben')], peers], 'not-peers'],
  ['peers without a reason', [[], peers], [[], { ...peers, reason: '' }], 'reason-missing'],
  ['peers after the close', [[], { ...peers, at: 1099 }], [[], { ...peers, at: 1100 }], 'closed'],
  [
    'peers against someone off the roll',
    [[], peers],
    [[], { ...peers, member: 'zoe' }],
    'not-on-roll',
  ],
  ['peers against who stands aside already', [[], peers], [[recuse('ana')], peers], 'recused'],
  ['withdrawing what stands not', [[object], withdraw], [[yes('fia')], withdraw], 'no-objection'],
  [
    'withdrawing the objection of another',
    [[object], withdraw],
    [[object], { ...withdraw, by: 'ana' } as ProposalEvent],
    'no-objection',
  ],
  [
    'withdrawing after the close',
    [[object], { ...withdraw, at: 1099 }],
    [[object], { ...withdraw, at: 1100 }],
    'closed',
  ],
  [
    'a veto by no guardian',
    [accepted, veto],
    [accepted, { ...veto, by: 'ben' } as ProposalEvent],
    'not-a-vetoer',
  ],
  [
    'a veto while the vote is open',
    [accepted, { ...veto, at: 1100 }],
    [accepted, { ...veto, at: 1099 }],
    'still-open',
  ],
  [
    'a veto after its time',
    [accepted, { ...veto, at: 1129 }],
    [accepted, { ...veto, at: 1130 }],
    'window-over',
  ],
  [
    'a veto without a reason',
    [accepted, veto],
    [accepted, { ...veto, reason: '' } as ProposalEvent],
    'reason-missing',
  ],
  ['a veto against a rejection', [accepted, veto], [accepted.slice(2), veto], 'not-passed'],
  [
    'a veto by who stands aside',
    [[...accepted], veto],
    [[recuse('gus'), ...accepted], veto],
    'recused',
  ],
  [
    'a second veto of one guardian',
    [accepted, veto],
    [[...accepted, veto], { ...veto, at: 1111 }],
    'already-vetoed',
  ],
  [
    'a veto after an upheld appeal',
    [[...accepted, appeal, decide], { ...veto, at: 1121 }],
    [[...accepted, appeal, uphold], { ...veto, at: 1121 }],
    'annulled',
  ],
  ['lifting what was not vetoed', [[...accepted, veto], lift], [accepted, lift], 'no-veto'],
  [
    "lifting another's veto",
    [[...accepted, veto], lift],
    [[...accepted, veto], { ...lift, by: 'ana' } as ProposalEvent],
    'no-veto',
  ],
  [
    'lifting by no guardian',
    [[...accepted, veto], lift],
    [[...accepted, veto], { ...lift, by: 'ben' } as ProposalEvent],
    'not-a-vetoer',
  ],
  [
    'lifting after its time',
    [[...accepted, veto], { ...lift, at: 1129 }],
    [[...accepted, veto], { ...lift, at: 1130 }],
    'window-over',
  ],
  [
    'an appeal from outside the appeal body',
    [accepted, appeal],
    [accepted, { ...appeal, by: 'ben' } as ProposalEvent],
    'not-an-appealer',
  ],
  [
    'an appeal by who stands aside',
    [accepted, appeal],
    [[recuse('app'), ...accepted], appeal],
    'recused',
  ],
  [
    'an appeal while the vote is open',
    [accepted, { ...appeal, at: 1100 }],
    [accepted, { ...appeal, at: 1099 }],
    'still-open',
  ],
  [
    'an appeal after its time',
    [accepted, { ...appeal, at: 1149 }],
    [accepted, { ...appeal, at: 1150 }],
    'window-over',
  ],
  [
    'an appeal beside another',
    [accepted, appeal],
    [[...accepted, appeal], { ...appeal, by: 'arc', at: 1111 } as ProposalEvent],
    'appeal-pending',
  ],
  [
    'an appeal after one was upheld',
    [[...accepted, appeal, decide], { ...appeal, at: 1130 }],
    [[...accepted, appeal, uphold], { ...appeal, at: 1130 }],
    'annulled',
  ],
  [
    'an appeal on grounds nobody offered',
    [accepted, appeal],
    [accepted, { ...appeal, grounds: 'dislike' } as never],
    'unknown-grounds',
  ],
  [
    'an appeal without a reason',
    [accepted, appeal],
    [accepted, { ...appeal, reason: '' } as ProposalEvent],
    'reason-missing',
  ],
  ['a decision on no appeal', [[...accepted, appeal], decide], [accepted, decide], 'no-appeal'],
  [
    'a second decision on an appeal',
    [[...accepted, appeal], decide],
    [[...accepted, appeal, decide], { ...decide, at: 1125 }],
    'no-appeal',
  ],
  [
    'an effect while the vote is open',
    [accepted, { ...enact, at: 1150 }],
    [accepted, { ...enact, at: 1099 }],
    'still-open',
  ],
  [
    'an effect while a veto is possible',
    [accepted, { ...enact, at: 1150 }],
    [accepted, { ...enact, at: 1149 }],
    'standstill',
  ],
  [
    'an effect after its time',
    [accepted, { ...enact, at: 1189 }],
    [accepted, { ...enact, at: 1190 }],
    'expired',
  ],
  [
    'a second effect',
    [accepted, enact],
    [[...accepted, enact], { ...enact, at: 1161 }],
    'already-enacted',
  ],
  ['the effect of a rejection', [accepted, enact], [accepted.slice(2), enact], 'not-passed'],
  [
    'the effect of an inquorate vote',
    [[...accepted], enact],
    [[recuse('ana'), recuse('ben'), recuse('cai'), recuse('dua')], enact],
    'not-passed',
  ],
  [
    'the effect of a vetoed decision',
    [[...accepted, veto, lift], enact],
    [[...accepted, veto], enact],
    'vetoed',
  ],
  [
    'an effect while an appeal is heard',
    [[...accepted, appeal, decide], enact],
    [[...accepted, appeal], enact],
    'appealed',
  ],
  [
    'the effect of an annulled decision',
    [[...accepted, appeal, decide], enact],
    [[...accepted, appeal, uphold], enact],
    'annulled',
  ],
  [
    'an effect without a name',
    [accepted, enact],
    [accepted, { ...enact, effect: ' ' } as ProposalEvent],
    'effect-missing',
  ],
  [
    'an event nobody knows',
    [accepted, enact],
    [accepted, { type: 'set-status', at: 1160 } as never],
    'unknown-event',
  ],
]

describe('the guard of a proposal', () => {
  it.each(pairs)('denies %s', (_what, permitted, denied, code) => {
    expect(admissible(frozen, ...permitted)).toEqual({ decision: 'permit' })
    expect(admissible(frozen, ...denied)).toMatchObject({ decision: 'deny', code })
  })

  it('says in a sentence why it denies', () => {
    for (const [, , [before, event]] of pairs) {
      const answer = admissible(frozen, before, event)
      expect(answer.decision === 'deny' && answer.message).toMatch(/^.{15,}\.$/)
    }
  })

  it('lets nobody veto or appeal once the decision has taken effect', () => {
    const quick = { ...frozen, times: { ...frozen.times, veto: 0, appeal: 0 } }
    const done: ProposalEvent[] = [...accepted, { ...enact, at: 1100 } as ProposalEvent]
    expect(admissible(quick, done, veto)).toMatchObject({ code: 'already-enacted' })
    expect(admissible(quick, done, appeal)).toMatchObject({ code: 'already-enacted' })
  })
})

describe('whoever asked for what is decided', () => {
  const asked = { ...frozen, applicant: true } as const
  const own: ProposalEvent = { ...appeal, by: APPLICANT } as ProposalEvent
  const no = ['ana', 'ben', 'cai', 'dua'].map(
    (by): ProposalEvent => ({ type: 'ballot', by, choice: 'no', at: 1010 }),
  )
  const codeOf = (before: readonly ProposalEvent[], event = own, from: typeof frozen = asked) => {
    const said = admissible(from, before, event)
    return said.decision === 'permit' ? 'permit' : said.code
  }

  it('may appeal against a no and against a veto, once and in its time', () => {
    expect(codeOf(no)).toBe('permit')
    expect(codeOf([...accepted, veto])).toBe('permit')
    expect(codeOf([...no, own])).toBe('heard-before')
    expect(codeOf([...no, own, decide], { ...own, at: 1130 } as ProposalEvent)).toBe('heard-before')
    expect(codeOf(no, { ...own, at: 1150 } as ProposalEvent)).toBe('window-over')
    expect(codeOf(no, { ...own, at: 1099 } as ProposalEvent)).toBe('still-open')
  })

  it('has nothing to appeal against where the answer is yes, nobody asked or nobody hears appeals', () => {
    expect(codeOf(accepted)).toBe('accepted')
    expect(codeOf(no, own, frozen)).toBe('not-an-appealer')
    expect(codeOf(no, own, { ...asked, appealers: [] })).toBe('not-an-appealer')
  })

  it('does nothing else in that name', () => {
    for (const event of [yes(APPLICANT), recuse(APPLICANT), { ...veto, by: APPLICANT }])
      expect(codeOf(no, event as ProposalEvent)).not.toBe('permit')
  })
})
