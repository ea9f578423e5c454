import { describe, expect, it } from 'vitest'
import { admissible, type ProposalEvent, view } from '../../policies/index.ts'
import { seenAs, VOTE_VECTORS } from './vote-vectors.ts'

describe('the vectors of votes', () => {
  it.each(VOTE_VECTORS)('$name', ({ frozen, events, now, expect: expected }) => {
    expect(seenAs(expected, view(frozen, events, now))).toEqual(expected)
  })

  it('count exactly the events that the guard admits', () => {
    for (const { frozen, events } of VOTE_VECTORS) {
      const admitted: ProposalEvent[] = []
      for (const event of events) {
        if (admissible(frozen, admitted, event).decision === 'permit') admitted.push(event)
      }
      expect(view(frozen, events, Number.MAX_SAFE_INTEGER).accepted).toEqual(admitted)
    }
  })
})
