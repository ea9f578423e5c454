import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  decide,
  evaluate,
  licenceDigest,
  meet,
  meetOutcomes,
  OUTCOMES,
  type Outcome,
  parseLicence,
} from '../../policies/index.ts'
import {
  completeFacts,
  constraint,
  document,
  documentOf,
  moment,
  openFacts,
  permissions,
  prohibitions,
  use,
  without,
} from './licence-arbitraries.ts'
import { licenceOf, sha256 } from './licence-support.ts'

const rank = (outcome: Outcome): number => OUTCOMES.indexOf(outcome)
type Node = Readonly<Record<string, unknown>>

const partlyKnown = fc
  .tuple(completeFacts, openFacts)
  .map(([facts, hidden]) => without(facts, hidden))

describe('no terms', () => {
  it('give no permission: an action that no clause speaks of is denied to everybody', () => {
    fc.assert(
      fc.property(document, partlyKnown, use, moment, (json, facts, asked, now) => {
        const licence = licenceOf(json)
        for (const action of ACTIONS) {
          if (licence.compiled.byAction[action].permissions.length > 0) continue
          const outcome = decide(licence, facts, { ...asked, actions: [action] }, now)
          expect(outcome).toBe('deny')
        }
      }),
      { numRuns: 300 },
    )
  })

  it('are no licence: without a permission a document is refused', () => {
    fc.assert(
      fc.property(prohibitions, (barred) => {
        expect(parseLicence(documentOf([], barred)).ok).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})

describe('an unknown clause', () => {
  it('left to people never raises the outcome, and never permits what it covers', () => {
    fc.assert(
      fc.property(document, partlyKnown, use, moment, (json, facts, asked, now) => {
        const [rule] = json.permission as Node[]
        const people = {
          uid: 'urn:x:people',
          target: rule?.target,
          action: ['use', 'sov:discover'],
          'sov:statement': { '@value': 'Ask us.', '@language': 'en' },
        }
        const before = decide(licenceOf(json), facts, asked, now)
        const after = decide(licenceOf({ ...json, 'sov:humanOnly': [people] }), facts, asked, now)
        expect(rank(after)).toBeLessThanOrEqual(rank(before))
        expect(after).toBe(before === 'permit' ? 'refer' : before)
      }),
      { numRuns: 300 },
    )
  })

  it('of any other kind makes the document unreadable instead of being left out', () => {
    const strange = fc.stringMatching(/^[a-z]{3,9}$/).map((name) => `x:${name}`)
    fc.assert(
      fc.property(document, strange, fc.jsonValue(), fc.boolean(), (json, key, value, inRule) => {
        const [rule, ...rules] = json.permission as Node[]
        const odd = inRule
          ? { ...json, permission: [{ ...rule, [key]: value }, ...rules] }
          : { ...json, [key]: value }
        expect(parseLicence(odd).ok).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})

describe('another condition', () => {
  it('on a permission never raises the outcome', () => {
    fc.assert(
      fc.property(
        ...[permissions, prohibitions, constraint, partlyKnown, use, moment],
        (allowed, barred, extra, facts, asked, now) => {
          const narrowed = allowed.map((rule) => ({
            ...rule,
            constraint: [...((rule.constraint ?? []) as Node[]), extra],
          }))
          const before = decide(licenceOf(documentOf(allowed, barred)), facts, asked, now)
          const parsed = parseLicence(documentOf(narrowed, barred))
          fc.pre(parsed.ok)
          if (!parsed.ok) return
          const after = decide(parsed.licence, facts, asked, now)
          expect(rank(after)).toBeLessThanOrEqual(rank(before))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a denial', () => {
  it('is never hidden by a referral: the least of all actions and purposes counts', () => {
    fc.assert(
      fc.property(document, partlyKnown, use, moment, (json, facts, asked, now) => {
        fc.pre(asked.purposes.length > 0)
        const licence = licenceOf(json)
        const singles = asked.actions.flatMap((action) =>
          asked.purposes.map((purpose) =>
            decide(licence, facts, { actions: [action], purposes: [purpose] }, now),
          ),
        )
        expect(decide(licence, facts, asked, now)).toBe(meetOutcomes(singles))
      }),
      { numRuns: 500 },
    )
  })

  it('by a bar that holds stands whatever else is unknown', () => {
    let barred = 0
    fc.assert(
      fc.property(document, partlyKnown, use, moment, (json, facts, asked, now) => {
        const { bars, decision } = evaluate(licenceOf(json), facts, asked, now)
        if (bars.length === 0) return
        barred += 1
        expect(decision).toBe('deny')
      }),
      { numRuns: 500 },
    )
    expect(barred).toBeGreaterThan(20)
  })
})

describe('the meet of whole decisions', () => {
  const decisions = fc
    .tuple(document, partlyKnown, use, moment)
    .map(([json, facts, asked, now]) => evaluate(licenceOf(json), facts, asked, now))

  it('does not depend on order, on grouping or on repetition', () => {
    fc.assert(
      fc.property(decisions, decisions, decisions, (a, b, c) => {
        const outcome = (...all: Parameters<typeof meet>[0]) => meet(all).decision
        expect(outcome(a, b)).toBe(outcome(b, a))
        expect(outcome(a, a)).toBe(a.decision)
        expect(outcome(meet([a, b]), c)).toBe(outcome(a, meet([b, c])))
        expect(meet([a, b]).nextChangeAt).toBe(meet([b, a]).nextChangeAt)
      }),
      { numRuns: 150 },
    )
  })
})

describe('the digest', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, part]) => [key, reversed(part)]),
    )
  }

  it('is the same under any order of keys, and another for another document', () => {
    fc.assert(
      fc.property(document, document, (json, other) => {
        const digest = licenceDigest(licenceOf(json), sha256)
        expect(licenceDigest(licenceOf(reversed(json)), sha256)).toBe(digest)
        const same = JSON.stringify(json) === JSON.stringify(other)
        expect(licenceDigest(licenceOf(other), sha256) === digest).toBe(same)
      }),
      { numRuns: 150 },
    )
  })
})
