import { describe, expect, it } from 'vitest'
import {
  ballotProblem,
  bySoonestClose,
  decided,
  nextChange,
  timeLeft,
} from '../../web/src/governance/ballot-page.ts'

describe('a ballot', () => {
  it('needs a choice', () => {
    expect(ballotProblem({ choice: null, reason: 'because' })).toBe('problem.choice')
  })

  it('needs a reason only when it objects', () => {
    expect(ballotProblem({ choice: 'object', reason: ' ' })).toBe('problem.reason')
    expect(ballotProblem({ choice: 'object', reason: 'The speakers were not asked.' })).toBeNull()
    expect(ballotProblem({ choice: 'no', reason: '' })).toBeNull()
  })
})

describe('the next change of a proposal', () => {
  const instants = {
    opensAt: '2030-01-01T00:00:00Z',
    closesAt: '2030-01-08T00:00:00Z',
    enactableFrom: '2030-01-13T00:00:00Z',
  }
  it('is the opening, then the close, then the effect, then nothing', () => {
    const at = (phase: Parameters<typeof nextChange>[0]['phase']) =>
      nextChange({ ...instants, phase })?.at ?? null
    expect(at('deliberation')).toBe(instants.opensAt)
    expect(at('open')).toBe(instants.closesAt)
    expect(at('standstill')).toBe(instants.enactableFrom)
    expect(at('rejected')).toBeNull()
  })
})

describe('the time left', () => {
  it('is told in days, then hours, then minutes, and not at all when it is over', () => {
    const left = (until: string) => timeLeft('2030-01-01T00:00:00Z', until)
    expect(left('2030-01-04T12:00:00Z')).toEqual({ unit: 'days', count: 3 })
    expect(left('2030-01-01T05:30:00Z')).toEqual({ unit: 'hours', count: 5 })
    expect(left('2030-01-01T00:59:59Z')).toEqual({ unit: 'minutes', count: 59 })
    expect(left('2029-12-31T23:59:59Z')).toBeNull()
  })
})

describe('the inbox', () => {
  const proposal = (id: string, closesAt: string | null, phase: 'open' | 'enacted' | 'draft') => ({
    id,
    closesAt,
    phase,
    madeAt: '2030-01-01T00:00:00Z',
  })
  it('shows what closes soonest first and what has no close yet last', () => {
    const sorted = bySoonestClose([
      proposal('none', null, 'draft'),
      proposal('later', '2030-02-02T00:00:00Z', 'open'),
      proposal('sooner', '2030-01-02T00:00:00Z', 'open'),
    ])
    expect(sorted.map(({ id }) => id)).toEqual(['sooner', 'later', 'none'])
  })

  it('lists as decided only what is past its ballot, latest first', () => {
    const list = decided([
      proposal('open', '2030-02-02T00:00:00Z', 'open'),
      proposal('old', '2030-01-02T00:00:00Z', 'enacted'),
      proposal('new', '2030-01-03T00:00:00Z', 'enacted'),
    ])
    expect(list.map(({ id }) => id)).toEqual(['new', 'old'])
  })
})
