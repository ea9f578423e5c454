import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admissible, type Phase, view } from '../../policies/index.ts'
import { scenario } from './vote-arbitraries.ts'
import { voteInvariants } from './vote-invariants.ts'

const RUNS = 2_000

/** Of 2,000 votes; a generator that drifts away from a phase would make its invariants hollow. */
const LEAST: readonly (readonly [Phase, number])[] = [
  ['open', 150],
  ['rejected', 300],
  ['inquorate', 60],
  ['standstill', 120],
  ['vetoed', 100],
  ['appealed', 100],
  ['annulled', 50],
  ['enactable', 60],
  ['enacted', 70],
  ['expired', 60],
]

describe('every vote', () => {
  for (const { name, check } of voteInvariants({ view, admissible })) {
    it(`keeps this: ${name}`, () => {
      fc.assert(check, { numRuns: RUNS })
    })
  }
})

describe('the generated votes', () => {
  it('reach every phase often enough to mean something', () => {
    const met = new Map<Phase, number>()
    let extended = 0
    for (const { frozen, events, now } of fc.sample(scenario, { numRuns: RUNS, seed: 11 })) {
      const seen = view(frozen, events, now)
      met.set(seen.phase, (met.get(seen.phase) ?? 0) + 1)
      extended += seen.extensions > 0 ? 1 : 0
    }
    for (const [phase, least] of LEAST) expect(met.get(phase) ?? 0, phase).toBeGreaterThan(least)
    expect(extended, 'votes with a moved close').toBeGreaterThan(120)
  })
})
