import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decide,
  type Facts,
  type Licence,
  PURPOSES,
  type Purpose,
  type Use,
} from '../../policies/index.ts'
import { answered, answersTo, readFacts } from '../../policies/rules/answers.ts'
import type { Inputs } from '../../policies/rules/test-table.ts'
import {
  completeFacts,
  document,
  documentOf,
  moment,
  openFacts,
  without,
} from './licence-arbitraries.ts'
import { licenceOf, RESEARCHER, TEMPLATES, template } from './licence-support.ts'
import { plainDecide } from './plain-evaluator.ts'

/** Every test of a licence asked one by one, and all at once. */
const expectSame = (licence: Licence, inputs: Inputs): void => {
  const { table, tests } = licence.compiled
  const answers = answersTo(table, readFacts(inputs.facts), inputs)
  const given = tests.map(({ fact, index }) => [fact, answered(answers, index)])
  expect(given).toEqual(tests.map((test) => [test.fact, test.truth(inputs)]))
}

const STRANGE: readonly unknown[] = [
  ...['', 'toString', '__proto__', 'nobody', null, Number.NaN, -1, 0.5, 1, 3, 15, 16, 17],
  ...[1_000_000, Number.POSITIVE_INFINITY, true, 'yes', 'none', 'ZZ'],
]
const LISTED = PURPOSES.filter((purpose) => purpose !== 'unlisted')
const KEYS = [...Object.keys(RESEARCHER), 'control', 'membership', 'benefitAgreement']

/** A permission with a test for every pair of ten purposes. */
const manyTests = (operator = 'isAnyOf') => {
  const term = (name: string) => ({ '@id': `sov:${name}` })
  const pairs = PURPOSES.slice(0, 10).flatMap((one, index, all) =>
    all.slice(index + 1).map((other) => [one, other].map(term)),
  )
  const constraint = pairs.map((rightOperand, index) => ({
    uid: `urn:sov:test:pair-${index}`,
    leftOperand: 'purpose',
    operator,
    rightOperand,
  }))
  return documentOf([{ action: ['sov:download'], constraint }], [])
}

describe('the answers of all tests at once', () => {
  it('are those of each test alone, whatever is known and whenever it is asked', () => {
    const times = fc.oneof(
      moment,
      moment.map((now) => now + 0.5),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0),
    )
    const purposes: fc.Arbitrary<Purpose | undefined> = fc.constantFrom(
      ...([undefined, 'learning', 'commercialProduct', 'unlisted'] as const),
    )
    fc.assert(
      fc.property(
        fc.oneof(document.map(licenceOf), fc.constantFrom(...TEMPLATES.map((n) => template(n)))),
        fc.tuple(completeFacts, openFacts).map(([facts, hidden]) => without(facts, hidden)),
        fc.record({ purpose: purposes, now: times, settled: fc.boolean() }),
        (licence, facts, question) => expectSame(licence, { facts, ...question }),
      ),
      { numRuns: 2000 },
    )
  })

  it.each(STRANGE.map((value) => [value]))('take %s for what the tests take it for', (value) => {
    for (const name of TEMPLATES)
      for (const key of KEYS) {
        const facts = { ...RESEARCHER, [key]: key === 'acceptedDuties' ? [value] : value } as Facts
        expectSame(template(name), { facts, purpose: 'learning', now: 0 })
      }
  })

  it('do not take a duty nobody knows for the answer of people', () => {
    const facts = {
      ...RESEARCHER,
      acceptedDuties: ['nothing', 'humanOnly', ''],
    } as unknown as Facts
    for (const name of TEMPLATES) expectSame(template(name), { facts, purpose: undefined, now: 0 })
  })

  it('hold more tests than one word has bits', () => {
    const document = manyTests()
    const licence = licenceOf(document)
    expect(licence.compiled.tests.length).toBeGreaterThan(31)
    for (const settled of [{}, { settledByPeople: 'yes' }] as const)
      expectSame(licence, { facts: { ...RESEARCHER, ...settled }, purpose: 'learning', now: 0 })
    for (const purpose of LISTED) {
      const use: Use = { actions: ['download'], purposes: [purpose] }
      expect(decide(licence, {}, use, 0)).toBe(plainDecide(document, {}, use, 0))
    }
  })

  it('lead to a permit only through every test, in whichever word it is', () => {
    const document = manyTests('isNoneOf')
    const licence = licenceOf(document)
    const outcomes = LISTED.map((purpose) => {
      const use: Use = { actions: ['download'], purposes: [purpose] }
      const outcome = decide(licence, {}, use, 0)
      expect(outcome).toBe(plainDecide(document, {}, use, 0))
      return outcome
    })
    expect(new Set(outcomes)).toEqual(new Set(['permit', 'deny']))
    expect(decide(licence, {}, { actions: ['download'], purposes: [] }, 0)).toBe('refer')
  })
})
