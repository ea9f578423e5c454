import { describe, expect, it } from 'vitest'
import { type AssistedBallot, type ProposalEvent, standingBallots } from '../../policies/index.ts'

const ballot = (by: string, choice: 'yes' | 'no', at: number, reason = ''): ProposalEvent => ({
  type: 'ballot',
  by,
  choice,
  reason,
  at,
})
const said: AssistedBallot[] = [
  { member: 'ana', choice: 'no', reason: 'graves' },
  { member: 'ben', choice: 'yes', reason: '' },
]
const minute: ProposalEvent = { type: 'assist', minute: 'm1', by: 'ste', ballots: said, at: 5 }
const confirmed: ProposalEvent = { type: 'confirm-assist', minute: 'm1', by: 'wes', at: 6 }

const standing = (...events: readonly ProposalEvent[]) =>
  Object.fromEntries(standingBallots(events))

describe('the ballots that stand', () => {
  it('are the last of each member, with reason and instant', () => {
    expect(
      standing(ballot('ana', 'no', 1), ballot('ben', 'yes', 2), ballot('ana', 'yes', 3, 'heard')),
    ).toEqual({
      ana: { choice: 'yes', reason: 'heard', at: 3, minute: null },
      ben: { choice: 'yes', reason: '', at: 2, minute: null },
    })
  })

  it('have an empty reason where none was given', () => {
    const plain: ProposalEvent = { type: 'ballot', by: 'ana', choice: 'yes', at: 1 }
    expect(standing(plain)).toEqual({ ana: { choice: 'yes', reason: '', at: 1, minute: null } })
  })

  it('abstain once an objection is withdrawn', () => {
    const object: ProposalEvent = {
      type: 'ballot',
      by: 'ana',
      choice: 'object',
      reason: 'graves',
      at: 1,
    }
    expect(standing(object, { type: 'withdraw-objection', by: 'ana', at: 2 })).toEqual({
      ana: { choice: 'abstain', reason: '', at: 2, minute: null },
    })
  })

  it('come from a minute at the instant of its confirmation, and not without one', () => {
    expect(standing(minute)).toEqual({})
    expect(standing(minute, confirmed)).toEqual({
      ana: { choice: 'no', reason: 'graves', at: 6, minute: 'm1' },
      ben: { choice: 'yes', reason: '', at: 6, minute: 'm1' },
    })
    expect(standing(minute, { ...confirmed, minute: 'm2' })).toEqual({})
  })

  it('are those of the members themselves before those of a minute', () => {
    const own = ballot('ana', 'yes', 1)
    expect(standing(own, minute, confirmed)).toMatchObject({
      ana: { choice: 'yes', at: 1, minute: null },
      ben: { minute: 'm1' },
    })
  })

  it('leave out who stands aside, by themselves or by their peers, and nobody else', () => {
    const all = [ballot('ana', 'yes', 1), ballot('ben', 'yes', 1), ballot('cai', 'no', 1)]
    const aside: ProposalEvent = { type: 'recuse', by: 'ana', reason: 'kin', at: 2 }
    const peers: ProposalEvent = {
      type: 'recuse.peers',
      member: 'ben',
      by: ['ana', 'cai'],
      reason: 'kin',
      at: 2,
    }
    expect(Object.keys(standing(...all, aside))).toEqual(['ben', 'cai'])
    expect(Object.keys(standing(...all, peers))).toEqual(['ana', 'cai'])
    const veto: ProposalEvent = { type: 'veto', by: 'cai', reason: 'sacred', at: 2 }
    expect(Object.keys(standing(...all, veto))).toEqual(['ana', 'ben', 'cai'])
  })
})
