import { describe, expect, it } from 'vitest'
import { simulate, sparesOwnVote, type Trial, type Voter } from '../../web/src/charters/simulate.ts'
import { charterOf, SIZES } from '../policies/charters.ts'

const charter = charterOf('council-with-groups')
const voter: Voter = {
  group: 'A',
  says: 'yes',
  day: 1,
  changed: 'silent',
  changeDay: 2,
  aside: false,
}
const council = ['A', 'A', 'B', 'B', 'C', 'C'].map((group) => ({ ...voter, group }))
const never = { vetoDay: null, liftDay: null, appealDay: null, verdictDay: null, upheld: false }
const trial: Trial = { matter: 'access.grant', voters: council, ...never }

const run = (patch: Partial<Trial> = {}) => {
  const outcome = simulate(charter, SIZES, { ...trial, ...patch })
  if (!outcome.ok) throw new Error(outcome.problems.join(' '))
  return outcome
}
const saying = (...says: Voter['says'][]) =>
  council.map((one, index) => ({ ...one, says: says[index] ?? 'silent' }))

describe('a simulated vote', () => {
  it('that everyone wants takes effect after the windows of its rule', () => {
    const { view, conditions, spans } = run()
    expect(view.phase).toBe('enacted')
    expect(conditions.every(({ met }) => met)).toBe(true)
    expect(spans).toEqual([
      { name: 'open', from: 0, until: 14 },
      { name: 'veto', from: 14, until: 19 },
      { name: 'appeal', from: 14, until: 21 },
      { name: 'effect', from: 21, until: 51 },
    ])
  })

  it('names the condition that is missed: villages that did not agree', () => {
    const { view, conditions } = run({
      voters: saying('yes', 'yes', 'no', 'yes', 'silent', 'silent'),
    })
    expect(view.phase).toBe('enacted')
    const short = run({ voters: saying('yes', 'yes', 'silent', 'silent', 'silent', 'silent') })
    expect(short.view.phase).toBe('rejected')
    expect(short.conditions.find(({ code }) => code === 'groups-short')?.met).toBe(false)
    expect(conditions.find(({ code }) => code === 'groups-met')?.met).toBe(true)
  })

  it('that flips late stays open longer', () => {
    const [first, ...others] = saying('yes', 'yes', 'yes', 'silent', 'silent', 'silent')
    const late = { ...voter, ...first, changed: 'no', changeDay: 13.5 } as const
    const { view, spans } = run({ voters: [late, ...others] })
    expect(view.extensions).toBe(1)
    expect(spans).toContainEqual({ name: 'extended', from: 14, until: 15.5 })
  })

  it('is stopped by a veto, and goes on when the veto is lifted in time', () => {
    expect(run({ vetoDay: 1 }).view.phase).toBe('vetoed')
    expect(run({ vetoDay: 1, liftDay: 2 }).view.phase).toBe('enacted')
  })

  it('says why a veto after its window is not counted', () => {
    const { view, refused } = run({ vetoDay: 6 })
    expect(view.phase).toBe('enacted')
    expect(refused).toEqual([{ what: 'veto', day: 20, message: expect.any(String) }])
  })

  it('waits for the word on an appeal and ends where it was right', () => {
    const appealed = { appealDay: 1, verdictDay: 10 }
    expect(run({ appealDay: 1 }).view.phase).toBe('appealed')
    expect(run(appealed).spans).toContainEqual({ name: 'effect', from: 24, until: 54 })
    expect(run({ ...appealed, upheld: true }).view.phase).toBe('annulled')
  })

  it('does not count those who stand aside, and refuses their ballots', () => {
    const aside = council.map((one, index) => ({ ...one, aside: index === 0 }))
    const { view, refused } = run({ voters: aside })
    expect(view.tally.deciders).toBe(5)
    expect(refused.map(({ what }) => what)).toEqual(['ballot'])
  })

  it('tells why it cannot be opened at all', () => {
    const outcome = simulate(charter, SIZES, { ...trial, voters: council.slice(0, 2) })
    expect(outcome.ok).toBe(false)
  })

  it('warns of those it is about, where the charter has them stand aside', () => {
    expect(sparesOwnVote(charter, 'access.grant')).toBe(true)
    expect(sparesOwnVote(charter, 'licence.adopt')).toBe(false)
    const recusal = { ...charter.recusal, mustDeclare: ['kin'] }
    expect(sparesOwnVote({ ...charter, recusal }, 'access.grant')).toBe(false)
  })
})
