import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decide,
  derivationFault,
  evaluate,
  evaluateTerms,
  type Facts,
  join,
  joinOutcomes,
  meetOutcomes,
  OUTCOMES,
  refines,
  setTerms,
} from '../../policies/index.ts'
import { completeFacts, document, moment, openFacts, use, without } from './licence-arbitraries.ts'
import {
  licenceOf,
  MEMBER,
  NOW,
  PARTS,
  RESEARCH,
  RESEARCHER,
  TEMPLATES,
  template,
  templateDocument,
} from './licence-support.ts'

const only = (purpose: string) =>
  licenceOf(setTerms(templateDocument('open'), `${PARTS.licence}#allow`, 'purpose', [purpose]))

describe('a licence for what is made from other works', () => {
  it('may be the same as theirs', () => {
    for (const name of TEMPLATES)
      expect(derivationFault(template(name), [template(name)])).toBeNull()
  })

  it('may be stricter than all of them', () => {
    expect(derivationFault(template('guardianship'), [template('open')])).toBeNull()
  })

  it('is refused with a request that it permits and one of them does not', () => {
    const child = template('open')
    const parents = [template('open'), template('guardianship')]
    const fault = derivationFault(child, parents)
    if (fault?.kind !== 'wider') throw new Error(`found ${fault?.kind}`)
    expect(fault.parent).toBe(1)
    const { facts, use: asked, now } = fault.example
    expect(decide(child, facts, asked, now)).toBe('permit')
    expect(parents.map((one) => decide(one, facts, asked, now))).not.toEqual(['permit', 'permit'])
  })

  it('is refused where nobody may use the works together, with the pair that clashes', () => {
    const parents = [only('learning'), template('open'), only('journalism')]
    expect(derivationFault(only('learning'), parents)).toEqual({ kind: 'clash', parents: [0, 2] })
    expect(derivationFault(only('learning'), parents.slice(0, 2))).toBeNull()
  })

  it('passes exactly where it refines each of the works and they leave some use', () => {
    const licences = document.map(licenceOf)
    fc.assert(
      fc.property(licences, licences, (child, parent) => {
        const fault = derivationFault(child, [parent])
        if (fault?.kind === 'clash') return
        expect(fault === null).toBe(refines(child, parent).holds === true)
      }),
      { numRuns: 60 },
    )
  })
})

const outcomes = fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 5 })
const decisions = fc
  .tuple(document, completeFacts, openFacts, use, moment)
  .map(([json, facts, hidden, asked, now]) =>
    evaluate(licenceOf(json), without(facts, hidden), asked, now),
  )

describe('the join of outcomes', () => {
  it('is deny for none, and does not depend on order, grouping or repetition', () => {
    expect(joinOutcomes([])).toBe('deny')
    fc.assert(
      fc.property(outcomes, outcomes, (a, b) => {
        expect(joinOutcomes([...a, ...b])).toBe(joinOutcomes([...b, ...a]))
        expect(joinOutcomes([...a, ...a])).toBe(joinOutcomes(a))
        expect(joinOutcomes([joinOutcomes(a), joinOutcomes(b)])).toBe(joinOutcomes([...a, ...b]))
      }),
    )
  })

  it('lies above the meet, and absorbs it', () => {
    const rank = (outcome: (typeof OUTCOMES)[number]) => OUTCOMES.indexOf(outcome)
    fc.assert(
      fc.property(fc.constantFrom(...OUTCOMES), outcomes, (one, others) => {
        const all = [one, ...others]
        expect(rank(joinOutcomes(all))).toBeGreaterThanOrEqual(rank(meetOutcomes(all)))
        expect(joinOutcomes([one, meetOutcomes(all)])).toBe(one)
        expect(meetOutcomes([one, joinOutcomes(all)])).toBe(one)
      }),
    )
  })
})

describe('the join of whole decisions', () => {
  it('permits only where one of them permits: unknown never becomes a yes', () => {
    let permits = 0
    fc.assert(
      fc.property(fc.array(decisions, { maxLength: 3 }), (all) => {
        const joined = join(all)
        if (joined.decision === 'permit') permits += 1
        expect(joined.decision === 'permit').toBe(all.some(({ decision }) => decision === 'permit'))
        expect(joined.decision === 'deny').toBe(all.every(({ decision }) => decision === 'deny'))
      }),
      { numRuns: 300 },
    )
    expect(permits).toBeGreaterThan(10)
  })

  it('brings the duties and no reasons of whoever permits', () => {
    const yes = evaluate(template('open'), RESEARCHER, RESEARCH, NOW)
    const refer = evaluate(template('guardianship'), RESEARCHER, RESEARCH, NOW)
    expect([yes.decision, refer.decision]).toEqual(['permit', 'refer'])
    expect(join([refer, yes])).toMatchObject({ decision: 'permit', duties: yes.duties, ways: [] })
  })

  it('needs a vote only where every custodian who can still say yes does', () => {
    const refer = evaluate(template('guardianship'), RESEARCHER, RESEARCH, NOW)
    const unpromised = evaluate(
      template('open-with-credit'),
      { ...RESEARCHER, acceptedDuties: [] },
      RESEARCH,
      NOW,
    )
    expect(refer.needs.council).toBe(true)
    expect(join([refer, refer]).needs.council).toBe(true)
    expect(unpromised.decision).not.toBe('permit')
    expect(join([refer, unpromised]).needs.council).toBe(false)
    expect(join([refer, unpromised]).ways.length).toBe(refer.ways.length + unpromised.ways.length)
  })
})

describe('the terms of a work', () => {
  const [open, guarded] = [template('open'), template('guardianship')]
  const says = (licence: typeof open, facts: Facts = RESEARCHER) => ({ licences: [licence], facts })
  const outcome = (...parts: Parameters<typeof evaluateTerms>[0]) =>
    evaluateTerms(parts, RESEARCH, NOW).decision

  it('ask all custodians, or any, by the rule of the dataset', () => {
    const custodians = [says(guarded), says(open)]
    expect(outcome({ rule: 'any', custodians })).toBe('permit')
    expect(outcome({ rule: 'all', custodians })).toBe('refer')
  })

  it('judge each custodian by what it knows itself: a seat in one community is none in another', () => {
    const at = (facts: Facts) => outcome({ rule: 'all', custodians: [says(guarded, facts)] })
    expect([at(MEMBER), at(RESEARCHER)]).toEqual(['permit', 'refer'])
    const both = [says(guarded, MEMBER), says(guarded, RESEARCHER)]
    expect(outcome({ rule: 'all', custodians: both })).toBe('refer')
  })

  it('are those of every part: what it was made from can only take away', () => {
    const own = { rule: 'any', custodians: [says(guarded), says(open)] } as const
    expect(outcome(own, { rule: 'all', custodians: [says(guarded)] })).toBe('refer')
  })

  it('permit nothing without any, and nothing where nobody speaks for a part', () => {
    expect(outcome()).toBe('deny')
    expect(outcome({ rule: 'all', custodians: [] })).toBe('deny')
    expect(outcome({ rule: 'any', custodians: [] })).toBe('deny')
    const open1 = { rule: 'all', custodians: [says(open)] } as const
    expect(outcome(open1, { rule: 'any', custodians: [] })).toBe('deny')
  })

  it('never permit what a completion of the facts would not', () => {
    const rules = fc.constantFrom('all' as const, 'any' as const)
    fc.assert(
      fc.property(
        document,
        document,
        rules,
        completeFacts,
        use,
        moment,
        (a, b, rule, facts, asked, now) => {
          const partly: Facts = { ...facts, actorKind: undefined, country: undefined }
          const under = (known: Facts) =>
            evaluateTerms(
              [
                {
                  rule,
                  custodians: [a, b].map((json) => ({ licences: [licenceOf(json)], facts: known })),
                },
              ],
              asked,
              now,
            ).decision
          if (under(partly) === 'permit') expect(under(facts)).toBe('permit')
        },
      ),
      { numRuns: 200 },
    )
  })
})
