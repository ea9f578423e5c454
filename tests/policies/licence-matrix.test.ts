import { afterAll, describe, expect, it } from 'vitest'
import {
  compatible,
  evaluate,
  type Licence,
  parseUse,
  proveClaim,
  refines,
  type Scope,
  sayClaim,
  sayExample,
  territoriesOf,
} from '../../policies/index.ts'
import { FALSE_CLAIMS } from './false-claims.ts'
import { TEMPLATES, type TemplateName, template, templateDocument } from './licence-support.ts'
import { plainDecide } from './plain-evaluator.ts'

/** Everything that is claimed of the templates, alone and in pairs, in one go. */
const spent = { claims: 0, refuted: 0, pairs: 0, states: 0, ms: 0 }

function timed<T>(work: () => T): T {
  const started = performance.now()
  const result = work()
  spent.ms += performance.now() - started
  return result
}

afterAll(() => {
  process.stdout.write(
    `claim matrix: ${spent.claims} claims proved, ${spent.refuted} refuted, ${spent.pairs} pairs, ` +
      `${spent.states} distinguishable requests, ${(spent.ms / 1000).toFixed(1)} s\n`,
  )
})

const falseClaims = TEMPLATES.flatMap((name) =>
  FALSE_CLAIMS[name].map((body, index) => [name, { id: `urn:example:${index}`, ...body }] as const),
)

function isIn(scope: Scope, licence: Licence, example: { facts: object; now: number }): boolean {
  const facts: Readonly<Record<string, unknown>> = {
    membership: 'none',
    benefitAgreement: 'none',
    identityAssurance: 0,
    ...example.facts,
  }
  const within = (key: keyof Scope) => {
    const given: unknown = scope[key]
    return !Array.isArray(given) || given.includes(facts[key])
  }
  const plain = [
    'membership',
    'actorKind',
    'commercialTie',
    'ethicsApproval',
    'identityAssurance',
    'councilApproval',
    'benefitAgreement',
    'control',
  ] as const
  const classes = territoriesOf(String(facts.country), licence)
  return (
    plain.every(within) &&
    (scope.territory?.some((one) => classes.includes(one)) ?? true) &&
    example.now >= (scope.from ?? example.now) &&
    example.now < (scope.until ?? Number.POSITIVE_INFINITY)
  )
}

describe('the claims of the templates', () => {
  it.each(TEMPLATES)('of %s are at least three, and all are proved', (name) => {
    const licence = template(name)
    expect(licence.claims.length).toBeGreaterThanOrEqual(3)
    for (const claim of licence.claims) {
      const { holds, states } = timed(() => proveClaim(licence, claim))
      expect([claim.id, holds]).toEqual([claim.id, true])
      spent.claims += 1
      spent.states += states
    }
  })

  it('have over forty false ones beside them', () => {
    expect(falseClaims.length).toBeGreaterThanOrEqual(40)
  })

  it.each(falseClaims)('of %s do not include: %j', (name, claim) => {
    const licence = template(name)
    const { holds, example, states } = timed(() => proveClaim(licence, claim))
    spent.refuted += 1
    spent.states += states
    expect(holds).toBe(false)
    if (example === null) throw new Error('refuted without a request')
    const { facts, use, now } = example
    expect(parseUse(use)).toEqual({ ok: true, use })
    const { decision } = evaluate(licence, facts, use, now)
    if (claim.verdict === 'always') expect(decision).not.toBe('permit')
    else expect(decision).toBe('permit')
    // A request without its purpose has no place in the second evaluator, which knows everything.
    if (use.purposes.length > 0 && !use.purposes.includes('unlisted'))
      expect(plainDecide(templateDocument(name), facts, use, now)).toBe(decision)
    expect(isIn(claim.scope, licence, example)).toBe(true)
    if (claim.scope.actions)
      expect(claim.scope.actions).toEqual(expect.arrayContaining([...use.actions]))
    if (claim.scope.purposes)
      expect(claim.scope.purposes).toEqual(expect.arrayContaining([...use.purposes]))
    expect(sayClaim(claim, 'en')).toMatch(/^[A-Z].*\.$/)
    expect(sayExample(licence, example, decision === 'permit', 'en')).toMatch(/^You may .*\.$/)
  })
})

const pairs = TEMPLATES.flatMap((a) => TEMPLATES.map((b) => [a, b] as const))

/** What is strictly or equally narrower than what, beside each licence itself. */
const REFINEMENTS: readonly (readonly [TemplateName, TemplateName])[] = [
  ['guardianship', 'open-with-credit'],
  ['guardianship', 'open'],
  ['tiered-benefit', 'open'],
  ['reinvest', 'open'],
  ['open-with-credit', 'open'],
  ['research-only', 'open-with-credit'],
  ['research-only', 'open'],
  ['community-only', 'open-with-credit'],
  ['community-only', 'staged-release'],
  ['community-only', 'open'],
  ['staged-release', 'open'],
]

describe('the templates in pairs', () => {
  it('leave a common use, but for one that is used in place alone and one that never is', () => {
    const closed = pairs.filter(([a, b]) => {
      spent.pairs += 1
      return timed(() => compatible([template(a), template(b)])).holds === false
    })
    expect(closed).toEqual([
      ['guardianship', 'community-only'],
      ['community-only', 'guardianship'],
    ])
  })

  it('refine each other where one is stricter in all it says, and nowhere else', () => {
    const refining = pairs.filter(([a, b]) => {
      spent.pairs += 1
      return a !== b && timed(() => refines(template(a), template(b))).holds === true
    })
    expect(refining).toEqual(REFINEMENTS)
  })
})
