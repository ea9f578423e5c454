import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  ACTIONS,
  ACTOR_KINDS,
  DUTY_KINDS,
  decide,
  type Facts,
  type Outcome,
  PURPOSES,
} from '../../policies/index.ts'
import { type CedarRequest, cedarJudge, policyCount } from '../support/cedar-licence.ts'
import { MOMENTS, without } from './licence-arbitraries.ts'
import { MEMBER, NOW, OPEN, TEMPLATES, template, templateDocument } from './licence-support.ts'

const EACH = 2500

const some = <T>(values: readonly T[]) => fc.constantFrom(...values)
const change = <K extends keyof Facts>(key: K, values: readonly Facts[K][]): fc.Arbitrary<Facts> =>
  some(values).map((value) => ({ [key]: value }))

/** Somebody whom much is permitted, with a few facts changed: so that every outcome is met often. */
const changes: fc.Arbitrary<readonly Facts[]> = fc.array(
  fc.oneof(
    change('actorKind', ACTOR_KINDS),
    change('commercialTie', ['yes', 'no']),
    change('country', ['GH', 'TG', 'IN', 'DE', 'TW', 'VE', 'AQ', 'XX']),
    change('control', ['region', 'elsewhere']),
    change('ethicsApproval', ['yes', 'no']),
    change('councilApproval', ['approved', 'approved', 'rejected', 'lapsed']),
    change('membership', ['member', undefined]),
    change('identityAssurance', [0, 1, 2, 3]),
    change('overdueDuties', [0, 0, 1, 5]),
    change('benefitAgreement', ['signed', undefined]),
    change('councilRefused', ['yes', undefined]),
    fc.subarray([...DUTY_KINDS]).map((acceptedDuties) => ({ acceptedDuties })),
  ),
  { maxLength: 3 },
)
const OPEN_FACTS = [
  'actorKind',
  'commercialTie',
  'country',
  'control',
  'ethicsApproval',
  'councilApproval',
] as const
const BASE: Facts = { ...MEMBER, councilApproval: 'approved', acceptedDuties: DUTY_KINDS }

const purposes = fc.oneof(
  { weight: 6, arbitrary: some(['learning', 'linguisticResearch', 'communityUse'] as const) },
  { weight: 2, arbitrary: some(PURPOSES) },
  { weight: 1, arbitrary: fc.constant(undefined) },
)
const TIMES = [NOW, NOW, NOW, ...MOMENTS, OPEN - 1, OPEN]

/** Every second request lacks one to three of the facts that nobody but the asker knows. */
const request = (at: number): fc.Arbitrary<CedarRequest> =>
  fc
    .tuple(
      changes,
      fc.subarray([...OPEN_FACTS], { minLength: 1, maxLength: 3 }),
      some(ACTIONS),
      purposes,
      some(TIMES),
    )
    .map(([changed, hidden, action, purpose, now]) => {
      const facts = Object.assign({}, BASE, ...changed)
      return { facts: at % 2 === 0 ? facts : without(facts, hidden), action, purpose, now }
    })

const counts = { requests: 0, missing: 0, policies: 0, disagreements: 0 }
const outcomes: Record<Outcome, number> = { permit: 0, refer: 0, deny: 0 }

describe('Cedar, asked the same', () => {
  afterAll(() => {
    process.stdout.write(`Cedar: ${JSON.stringify({ ...counts, ...outcomes })}\n`)
  })

  it.each(TEMPLATES)('agrees on every request under %s', (name) => {
    const document = templateDocument(name)
    const licence = template(name)
    const judge = cedarJudge(name, document)
    const seed = Number(process.env.FAST_CHECK_SEED ?? 20_261_122)
    counts.policies += policyCount(document)
    const [all, half] = [0, 1].map((at) => fc.sample(request(at), { numRuns: EACH / 2, seed }))
    for (const asked of [...(all ?? []), ...(half ?? [])]) {
      const { facts, action, purpose, now } = asked
      const actions = ACTIONS.filter((one) => one === action)
      const use = { actions, purposes: purpose === undefined ? [] : [purpose] }
      const ours = decide(licence, facts, use, now)
      const cedars = judge(asked)
      counts.requests += 1
      counts.missing += OPEN_FACTS.some((fact) => facts[fact] === undefined) ? 1 : 0
      outcomes[ours] += 1
      if (cedars !== ours) counts.disagreements += 1
      expect(cedars, JSON.stringify(asked)).toBe(ours)
    }
  })

  it('was asked enough for every outcome', () => {
    expect(counts.requests).toBe(20_000)
    expect(counts.missing).toBe(10_000)
    for (const outcome of ['permit', 'refer', 'deny'] as const)
      expect(outcomes[outcome], outcome).toBeGreaterThan(1000)
  })
})
