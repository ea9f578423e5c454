import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admissible, type Phase, type ProposalEvent, view } from '../../policies/index.ts'
import { scenario } from './vote-arbitraries.ts'
import { voteInvariants } from './vote-invariants.ts'

const RUNS = 3_000

/** Of 3,000 votes; a generator that drifts away from a phase would make its invariants hollow. */
const PHASES: readonly (readonly [Phase, number])[] = [
  ['open', 225],
  ['rejected', 450],
  ['inquorate', 150],
  ['standstill', 180],
  ['vetoed', 150],
  ['appealed', 150],
  ['annulled', 75],
  ['enactable', 90],
  ['enacted', 105],
  ['expired', 90],
]

const EVENTS: readonly (readonly [ProposalEvent['type'], number])[] = [
  ['ballot', 1500],
  ['recuse', 225],
  ['recuse.peers', 75],
  ['withdraw-objection', 75],
  ['assist', 225],
  ['confirm-assist', 150],
  ['veto', 150],
  ['lift-veto', 30],
  ['appeal', 300],
  ['decide-appeal', 150],
  ['enact', 105],
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
    expect(views.filter(({ extensions }) => extensions > 0).length).toBeGreaterThanOrEqual(180)
  })
})
