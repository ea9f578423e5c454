import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admissible, type Phase, type ProposalEvent, view } from '../../policies/index.ts'
import { scenario } from './vote-arbitraries.ts'
import { voteInvariants } from './vote-invariants.ts'

const RUNS = 2_000

/** Of 2,000 votes; a generator that drifts away from a phase would make its invariants hollow. */
const PHASES: readonly (readonly [Phase, number])[] = [
  ['open', 150],
  ['rejected', 300],
  ['inquorate', 100],
  ['standstill', 120],
  ['vetoed', 100],
  ['appealed', 100],
  ['annulled', 50],
  ['enactable', 60],
  ['enacted', 70],
  ['expired', 60],
]

const EVENTS: readonly (readonly [ProposalEvent['type'], number])[] = [
  ['ballot', 1000],
  ['recuse', 150],
  ['recuse.peers', 50],
  ['withdraw-objection', 50],
  ['assist', 150],
  ['confirm-assist', 100],
  ['veto', 100],
  ['lift-veto', 20],
  ['appeal', 200],
  ['decide-appeal', 100],
  ['enact', 70],
]

describe('every vote', () => {
  for (const { name, check } of voteInvariants({ view, admissible })) {
    it(`keeps this: ${name}`, () => {
      fc.assert(check, { numRuns: RUNS })
    })
  }
})

describe('the generated votes', () => {
  const sample = fc.sample(scenario, { numRuns: RUNS, seed: 11 })
  const views = sample.map(({ frozen, events, now }) => view(frozen, events, now))

  it.each(PHASES)('reach the phase %s at least %i times', (phase, least) => {
    expect(views.filter((seen) => seen.phase === phase).length).toBeGreaterThanOrEqual(least)
  })

  it.each(EVENTS)('hold an accepted %s at least %i times', (type, least) => {
    const holding = views.filter(({ accepted }) => accepted.some((event) => event.type === type))
    expect(holding.length).toBeGreaterThanOrEqual(least)
  })

  it('move the close often enough to mean something', () => {
    expect(views.filter(({ extensions }) => extensions > 0).length).toBeGreaterThanOrEqual(120)
  })
})
