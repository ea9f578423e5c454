import { describe, expect, it } from 'vitest'
import { foldProposal, proposalOf } from '../../../api/src/governance/history.ts'
import type { StoredEvent } from '../../../api/src/log/index.ts'

const event = (seq: number, type: string, secret: StoredEvent['secret'] = {}): StoredEvent => ({
  ...{ idx: seq, stream: 'proposal/p1', seq, cmd: `c${seq}`, type, at: 1000 + seq, secret },
  ...{
    leaf: '',
    leafHash: '',
    data: { proposal: 'p1', community: 'c1', title: 'A vote', frozen: {} },
  },
})

const HISTORY = [
  event(0, 'proposal.made'),
  event(1, 'proposal.opened', { roll: { a: '', b: '' }, at: 1001 }),
  ...[2, 3, 4, 5].map((seq) =>
    event(seq, 'ballot.cast', { by: seq % 2 ? 'a' : 'b', choice: 'yes', at: 1000 + seq }),
  ),
]

const anew = (history: readonly StoredEvent[]) =>
  history.reduce<ReturnType<typeof proposalOf>>(foldProposal, null)

describe('a proposal that is folded again and again', () => {
  it('is the same whichever of its histories was folded before', () => {
    for (const size of [3, 6, 2, 6, 5, 4, 0, 1])
      expect(proposalOf(HISTORY.slice(0, size))).toEqual(anew(HISTORY.slice(0, size)))
  })

  it('is another one where the same event ends another history', () => {
    proposalOf(HISTORY)
    const other = [event(0, 'proposal.made'), ...HISTORY.slice(4)]
    expect(proposalOf(other)).toEqual(anew(other))
  })

  it('goes on from what it was, and does not change that', () => {
    const before = proposalOf(HISTORY.slice(0, 4))
    const copy = structuredClone(before)
    expect(proposalOf(HISTORY)?.events).toHaveLength(4)
    expect(before).toEqual(copy)
  })

  it('is another one when an event was read anew, as after an erasure', () => {
    proposalOf(HISTORY)
    const erased = HISTORY.map((one) => ({ ...one, secret: {} }))
    expect(proposalOf(erased)).toEqual(anew(erased))
    expect(proposalOf(erased)?.frozen?.roll).toEqual({})
  })
})
