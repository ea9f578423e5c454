import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { view, voteConditions } from '../../policies/index.ts'
import { scenario } from './vote-arbitraries.ts'

describe('the conditions of a vote', () => {
  it('are all met exactly when the vote passes', () => {
    const seen = { passed: 0, failed: 0 }
    fc.assert(
      fc.property(scenario, ({ frozen, events }) => {
        const end = Math.max(frozen.closesAt, ...events.map(({ at }) => at))
        const { tally } = view(frozen, events, end)
        seen[tally.pass ? 'passed' : 'failed'] += 1
        expect(voteConditions(frozen, events, end).every(({ met }) => met)).toBe(tally.pass)
      }),
      { numRuns: 3000 },
    )
    expect(seen.passed).toBeGreaterThan(200)
    expect(seen.failed).toBeGreaterThan(200)
  })

  it('hold every sentence the tally gives as its reason, with the same answer', () => {
    fc.assert(
      fc.property(scenario, ({ frozen, events }) => {
        const end = Math.max(frozen.closesAt, ...events.map(({ at }) => at))
        const { tally } = view(frozen, events, end)
        const conditions = voteConditions(frozen, events, end)
        for (const reason of tally.reasons) {
          expect(conditions).toContainEqual({ ...reason, met: tally.pass })
        }
      }),
      { numRuns: 1000 },
    )
  })
})
