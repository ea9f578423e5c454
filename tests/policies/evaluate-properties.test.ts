import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Decision,
  DUTY_KINDS,
  decide,
  evaluate,
  type Facts,
  type Licence,
  meet,
  meetOutcomes,
  OUTCOMES,
  type Outcome,
  PURPOSES,
  type Purpose,
  parseLicence,
  type Term,
  type Use,
  type Value,
} from '../../policies/index.ts'
import {
  completeFacts,
  document,
  documentOf,
  moment,
  OPEN_WORLD,
  openFacts,
  permissions,
  prohibition,
  prohibitions,
  use,
  without,
} from './licence-arbitraries.ts'
import { licenceOf, TEMPLATES, template } from './licence-support.ts'
import { plainDecide } from './plain-evaluator.ts'

const rank = (outcome: Outcome): number => OUTCOMES.indexOf(outcome)
const LISTED: readonly Purpose[] = PURPOSES.filter((purpose) => purpose !== 'unlisted')

/** The licence, shown as its document when a property fails. */
const shown = (json: unknown): Licence => {
  const licence = licenceOf(json)
  return { ...licence, [fc.toStringMethod]: () => licence.canonical } as Licence
}

const templates = TEMPLATES.map((name) => template(name))
const anyLicence: fc.Arbitrary<Licence> = fc.oneof(
  { weight: 3, arbitrary: document.map(shown) },
  { weight: 1, arbitrary: fc.constantFrom(...templates) },
)

function* completions(
  facts: Facts,
  hidden: readonly (keyof typeof OPEN_WORLD)[],
): Generator<Facts> {
  const [first, ...rest] = hidden
  if (first === undefined) yield facts
  else for (const value of OPEN_WORLD[first]) yield* completions({ ...facts, [first]: value }, rest)
}

describe('decide', () => {
  it('agrees with a plain reading of the document on complete facts', () => {
    const seen = new Set<Outcome>()
    fc.assert(
      fc.property(document, completeFacts, use, moment, (json, facts, asked, now) => {
        fc.pre(!asked.purposes.includes('unlisted'))
        const outcome = decide(licenceOf(json), facts, asked, now)
        seen.add(outcome)
        expect(outcome).toBe(plainDecide(json, facts, asked, now))
      }),
      { numRuns: 2000 },
    )
    expect([...seen].sort()).toEqual(['deny', 'permit'])
  })

  it('never contradicts what the unknown facts turn out to be', () => {
    fc.assert(
      fc.property(
        anyLicence,
        completeFacts,
        openFacts,
        use,
        moment,
        (licence, facts, all, asked, now) => {
          const hidden = all.slice(0, 3)
          const outcome = decide(licence, without(facts, hidden), asked, now)
          if (outcome === 'refer') return
          for (const complete of completions(facts, hidden))
            expect(decide(licence, complete, asked, now)).toBe(outcome)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('never contradicts what an unknown purpose turns out to be', () => {
    fc.assert(
      fc.property(anyLicence, completeFacts, use, moment, (licence, facts, asked, now) => {
        const unnamed = decide(licence, facts, { ...asked, purposes: [] }, now)
        if (unnamed === 'refer') return
        for (const purpose of PURPOSES)
          expect(decide(licence, facts, { ...asked, purposes: [purpose] }, now)).toBe(unnamed)
      }),
      { numRuns: 600 },
    )
  })

  it('only moves from refer to an answer when more becomes known', () => {
    fc.assert(
      fc.property(
        anyLicence,
        completeFacts,
        openFacts,
        openFacts,
        use,
        moment,
        (licence, facts, a, b, asked, now) => {
          const less = decide(licence, without(facts, [...a, ...b]), asked, now)
          const more = decide(licence, without(facts, a), asked, now)
          if (less !== 'refer') expect(more).toBe(less)
        },
      ),
      { numRuns: 800 },
    )
  })

  it('takes a value outside the vocabulary for not known', () => {
    fc.assert(
      fc.property(
        anyLicence,
        completeFacts,
        openFacts,
        use,
        moment,
        (licence, facts, hidden, asked, now) => {
          const strange = Object.fromEntries(hidden.map((key) => [key, 'something else']))
          const odd = { ...facts, ...strange } as Facts
          expect(decide(licence, odd, asked, now)).toBe(
            decide(licence, without(facts, hidden), asked, now),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is never raised by another prohibition', () => {
    fc.assert(
      fc.property(
        permissions,
        prohibitions,
        prohibition,
        completeFacts,
        openFacts,
        use,
        moment,
        (allowed, barred, another, facts, hidden, asked, now) => {
          const known = without(facts, hidden)
          const before = decide(licenceOf(documentOf(allowed, barred)), known, asked, now)
          const after = decide(
            licenceOf(documentOf(allowed, [...barred, another])),
            known,
            asked,
            now,
          )
          expect(rank(after)).toBeLessThanOrEqual(rank(before))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is never raised by another purpose or another action', () => {
    fc.assert(
      fc.property(
        anyLicence,
        completeFacts,
        openFacts,
        use,
        use,
        moment,
        (licence, facts, hidden, asked, more, now) => {
          const known = without(facts, hidden)
          const before = decide(licence, known, asked, now)
          const purposes = [...asked.purposes, ...more.purposes]
          const actions = [...asked.actions, ...more.actions]
          expect(rank(decide(licence, known, { ...asked, purposes }, now))).toBeLessThanOrEqual(
            rank(before),
          )
          expect(rank(decide(licence, known, { ...asked, actions }, now))).toBeLessThanOrEqual(
            rank(before),
          )
        },
      ),
      { numRuns: 600 },
    )
  })

  it('never permits a purpose that no list has under a licence that looks at purposes', () => {
    for (const licence of templates.filter((one) =>
      JSON.stringify(one.document).includes('"purpose"'),
    ))
      fc.assert(
        fc.property(completeFacts, moment, (facts, now) => {
          const asked: Use = { actions: ['download'], purposes: ['unlisted'] }
          expect(decide(licence, facts, asked, now)).not.toBe('permit')
        }),
        { numRuns: 200 },
      )
  })
})

/** What a term asks for, brought about in the plainest way; undefined when it cannot be. */
function fulfil(terms: readonly Term[], facts: Facts, asked: Use, now: number) {
  const fits = ({ needed: { operator, values } }: Term, value: Value): boolean => {
    const first = values[0] ?? ''
    if (operator === 'lt') return value < first
    if (operator === 'lteq') return value <= first
    if (operator === 'gt') return value > first
    if (operator === 'gteq') return value >= first
    return values.includes(value) === (operator === 'eq' || operator === 'isAnyOf')
  }
  const about = (fact: string) => terms.filter((term) => term.fact === fact)
  const choose = <T extends Value>(fact: string, values: readonly T[]): T | undefined =>
    values.find((value) => about(fact).every((term) => fits(term, value)))
  const places = { home: 'GH', region: 'TG', nonHighIncome: 'IN', other: 'DE' } as const
  const place = choose('territory', ['home', 'region', 'nonHighIncome', 'other'] as const)
  const domains: Readonly<Record<string, readonly Value[]>> = {
    ...OPEN_WORLD,
    identityAssurance: [0, 1, 2, 3].filter((level) => level >= (facts.identityAssurance ?? 0)),
    overdueDuties: [0, 1, 2, 3].filter((count) => count <= (facts.overdueDuties ?? 0)),
    benefitAgreement: ['signed'],
    councilRefused: ['no'],
    membership: [facts.membership ?? 'none'],
  }
  const changed = Object.entries(domains)
    .filter(([fact]) => about(fact).length > 0)
    .map(([fact, values]) => [fact, choose(fact, values)])
  const purpose = choose('purpose', LISTED)
  const months = Array.from({ length: 80 }, (_, month) => Date.UTC(2025, 11 + month, 1))
  const dates = about('dateTime').flatMap(({ needed }) =>
    needed.values.flatMap((date) => [Number(date), Number(date) + 1]),
  )
  const when = [now, ...dates, ...months]
    .filter((time) => time >= now)
    .sort((a, b) => a - b)
    .find(
      (time) =>
        about('dateTime').every((term) => fits(term, time)) &&
        about('month').every((term) => fits(term, new Date(time).getUTCMonth() + 1)),
    )
  const promised = about('acceptedDuties').flatMap(({ needed }) => needed.values)
  return {
    facts: {
      ...facts,
      ...(about('territory').length > 0 && place !== undefined ? { country: places[place] } : {}),
      ...Object.fromEntries(changed),
      acceptedDuties: DUTY_KINDS.filter(
        (kind) => facts.acceptedDuties?.includes(kind) || promised.includes(kind),
      ),
    } as Facts,
    use:
      about('purpose').length === 0
        ? asked
        : { ...asked, purposes: purpose === undefined ? [] : [purpose] },
    now: when ?? Number.NaN,
  }
}

describe('evaluate', () => {
  const explained = fc
    .tuple(anyLicence, completeFacts, openFacts, use, moment)
    .map(([licence, facts, hidden, asked, now]) => ({
      licence,
      known: without(facts, hidden),
      asked: { ...asked, purposes: asked.purposes.filter((purpose) => purpose !== 'unlisted') },
      now,
    }))

  it('gives the outcome that decide gives', () => {
    fc.assert(
      fc.property(explained, ({ licence, known, asked, now }) => {
        const { decision } = evaluate(licence, known, asked, now)
        expect(decision).toBe(decide(licence, known, asked, now))
      }),
      { numRuns: 600 },
    )
  })

  it('lists only ways that lead to a permit, and none that another one makes needless', () => {
    let ways = 0
    fc.assert(
      fc.property(explained, ({ licence, known, asked, now }) => {
        const decision = evaluate(licence, known, asked, now)
        for (const way of decision.ways) {
          const then = fulfil(way, known, asked, now)
          expect(decide(licence, then.facts, then.use, then.now), JSON.stringify(way)).toBe(
            'permit',
          )
          ways += 1
        }
        const keys = decision.ways.map((way) =>
          way.map(({ fact, needed }) => JSON.stringify([fact, needed])),
        )
        for (const [index, way] of keys.entries())
          for (const other of keys.slice(0, index))
            expect(other.every((key) => way.includes(key))).toBe(false)
      }),
      { numRuns: 1200 },
    )
    expect(ways).toBeGreaterThan(50)
  })

  it('finds a way whenever the unknown facts can still turn out to permit', () => {
    let found = 0
    fc.assert(
      fc.property(explained, openFacts, ({ licence, known, asked, now }, all) => {
        const hidden = all.filter((fact) => known[fact] === undefined).slice(0, 3)
        for (const complete of completions(known, hidden)) {
          if (decide(licence, complete, asked, now) !== 'permit') continue
          const decision = evaluate(licence, known, asked, now)
          expect(decision.decision === 'permit' || decision.ways.length > 0).toBe(true)
          found += 1
          return
        }
      }),
      { numRuns: 1200 },
    )
    expect(found).toBeGreaterThan(20)
  })

  it('names a reason for everything that is not a permit', () => {
    fc.assert(
      fc.property(explained, ({ licence, known, asked, now }) => {
        const { decision, bars, mightBar, unmet } = evaluate(licence, known, asked, now)
        const reasons = bars.length + mightBar.length + unmet.length
        expect(reasons > 0).toBe(decision !== 'permit')
        if (bars.length > 0) expect(decision).toBe('deny')
      }),
      { numRuns: 600 },
    )
  })

  it('keeps its answer until the instant it says it may change', () => {
    fc.assert(
      fc.property(explained, fc.nat(), ({ licence, known, asked, now }, later) => {
        const { decision, nextChangeAt } = evaluate(licence, known, asked, now)
        const end = nextChangeAt ?? now + 400 * 86_400_000
        expect(end).toBeGreaterThan(now)
        const between = now + (later % (end - now))
        expect(decide(licence, known, asked, between)).toBe(decision)
        expect(decide(licence, known, asked, end - 1)).toBe(decision)
      }),
      { numRuns: 800 },
    )
  })
})

describe('meet', () => {
  const outcomes = fc.array(fc.constantFrom(...OUTCOMES))
  it('is the least outcome, in any order and however often it is taken', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (a, b) => {
        fc.pre(a.length > 0 && b.length > 0)
        expect(meetOutcomes([...a, ...b])).toBe(meetOutcomes([...b, ...a]))
        expect(meetOutcomes([...a, ...a])).toBe(meetOutcomes(a))
        expect(meetOutcomes([meetOutcomes(a), meetOutcomes(b)])).toBe(meetOutcomes([...a, ...b]))
        expect(a.map(rank)).toContain(rank(meetOutcomes(a)))
      }),
    )
  })

  it('denies where there are no terms at all', () => {
    expect(meet([]).decision).toBe('deny')
  })

  it('leads to a permit under every licence by each way it lists', () => {
    fc.assert(
      fc.property(
        anyLicence,
        anyLicence,
        completeFacts,
        openFacts,
        use,
        (a, b, facts, hidden, asked) => {
          fc.pre(!asked.purposes.includes('unlisted'))
          const known = without(facts, hidden)
          const now = Date.UTC(2027, 5, 1)
          const both: Decision = meet([
            evaluate(a, known, asked, now),
            evaluate(b, known, asked, now),
          ])
          const untimed = both.ways.filter((way) =>
            way.every(({ fact }) => fact !== 'dateTime' && fact !== 'month'),
          )
          for (const way of untimed.slice(0, 5)) {
            const then = fulfil(way, known, asked, now)
            const consistent = Object.values(then.facts).every((value) => value !== undefined)
            if (!consistent) continue
            const outcome = meetOutcomes([
              decide(a, then.facts, then.use, now),
              decide(b, then.facts, then.use, now),
            ])
            expect(rank(outcome)).toBeGreaterThanOrEqual(rank(both.decision))
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('random documents', () => {
  it('are accepted, so that the properties above have something to say', () => {
    fc.assert(
      fc.property(document, (json) => {
        expect(parseLicence(json)).toMatchObject({ ok: true })
      }),
      { numRuns: 500 },
    )
  })
})
