import { describe, expect, it } from 'vitest'
import { type Choice, type Frozen, type ProposalEvent, view } from '../../policies/index.ts'
import { FROZEN } from './vote-vectors.ts'

const NAMES = ['ana', 'ben', 'cai', 'dua', 'eve', 'fia'] as const

/** The reasons of a tally after these ballots, in the order of the names. */
function reasonsOf(choices: readonly Choice[], rule: Partial<Frozen['rule']> = {}): string[] {
  const frozen = { ...FROZEN, rule: { ...FROZEN.rule, ...rule } }
  const events = choices.map((choice, index): ProposalEvent => {
    return { type: 'ballot', by: NAMES[index] ?? '', choice, reason: 'graves', at: 1010 }
  })
  return view(frozen, events, 1100).tally.reasons.map(({ text }) => text)
}

describe('the reasons of a tally', () => {
  it('say why a proposal passed', () => {
    const groups = { need: '2/3', minYes: 1 }
    expect(reasonsOf(['yes', 'yes', 'yes', 'no'], { groups })).toEqual([
      '3 of 6 members who can decide said yes; at least 3 must, and silence is not a yes.',
      '3 said yes and 1 no; yes must be at least 2/3 of them.',
      '2 of 3 groups brought 1 yes or more; at least 2 must.',
    ])
  })

  it('say only what failed when it failed', () => {
    expect(reasonsOf(['yes', 'yes', 'no'], { approveOfCast: '1/2' })).toEqual([
      '2 of 6 members who can decide said yes; at least 3 must, and silence is not a yes.',
    ])
  })

  it('name a tie as a tie', () => {
    expect(reasonsOf(['yes', 'yes', 'yes', 'no', 'no', 'no'], { approveOfCast: '1/2' })).toEqual([
      '3 said yes and 3 no; yes must be more than half of them, and a tie is a no.',
    ])
  })

  it('name the objections that stand under consent', () => {
    const consent = { objection: 'blocks', approveOfCast: '1/2' } as const
    expect(reasonsOf(['yes', 'yes', 'yes', 'yes', 'object'], consent)).toEqual([
      '1 reasoned objection stands; one is enough to stop a decision by consent.',
    ])
    expect(reasonsOf(['yes', 'yes', 'yes', 'yes', 'object', 'object'], consent)).toEqual([
      '2 reasoned objections stand; one is enough to stop a decision by consent.',
    ])
    expect(reasonsOf(['yes', 'yes', 'yes'], consent)).toContain('No objection stands.')
  })

  it('name what makes a vote inquorate and nothing else', () => {
    expect(reasonsOf(['yes', 'no'], { minDeciders: 7 })).toEqual([
      '6 members can decide; the charter asks for at least 7.',
    ])
  })
})
