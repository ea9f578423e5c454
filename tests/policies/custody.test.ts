import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  ACTOR_KINDS,
  DUTY_KINDS,
  evaluateTerms,
  type Facts,
  type JudgedPart,
  OUTCOMES,
  PURPOSES,
  type Use,
} from '../../policies/index.ts'
import { NOW, TEMPLATES, template } from './licence-support.ts'

type Custodian = JudgedPart['custodians'][number]

/** Facts some of which nobody has said yet. */
const facts: fc.Arbitrary<Facts> = fc
  .record(
    {
      actorKind: fc.constantFrom(...ACTOR_KINDS),
      commercialTie: fc.constantFrom('yes' as const, 'no' as const),
      country: fc.constantFrom('GH', 'NG', 'DE'),
      ethicsApproval: fc.constantFrom('yes' as const, 'no' as const),
      membership: fc.constant('member' as const),
      identityAssurance: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
      councilApproval: fc.constantFrom('approved' as const, 'rejected' as const),
      acceptedDuties: fc.subarray([...DUTY_KINDS]),
    },
    { requiredKeys: [] },
  )
  .map((some) => some as Facts)

const custodian: fc.Arbitrary<Custodian> = fc
  .tuple(fc.constantFrom(...TEMPLATES), facts)
  .map(([name, known]) => ({ licences: [template(name)], facts: known }))

const use: fc.Arbitrary<Use> = fc.record({
  actions: fc.subarray([...ACTIONS], { minLength: 1, maxLength: 2 }),
  purposes: fc.subarray([...PURPOSES], { minLength: 1, maxLength: 1 }),
})

const custodians = fc.array(custodian, { minLength: 1, maxLength: 4 })
const rank = (outcome: (typeof OUTCOMES)[number]) => OUTCOMES.indexOf(outcome)
const say = (rule: JudgedPart['rule'], all: readonly Custodian[], wanted: Use) =>
  evaluateTerms([{ rule, custodians: all }], wanted, NOW)

const RUNS = { numRuns: 300 }

describe('what several custodians say together', () => {
  it('is the least of their answers where all must permit, and the greatest where one may', () => {
    fc.assert(
      fc.property(custodians, use, (all, wanted) => {
        const each = all.map((one) => rank(say('all', [one], wanted).decision))
        expect(rank(say('all', all, wanted).decision)).toBe(Math.min(...each))
        expect(rank(say('any', all, wanted).decision)).toBe(Math.max(...each))
      }),
      RUNS,
    )
  })

  it('never opens by another custodian where all must permit, nor closes by one where one may', () => {
    fc.assert(
      fc.property(custodians, custodian, use, (all, one, wanted) => {
        const outcome = (rule: JudgedPart['rule'], some: readonly Custodian[]) =>
          rank(say(rule, some, wanted).decision)
        expect(outcome('all', [...all, one])).toBeLessThanOrEqual(outcome('all', all))
        expect(outcome('any', [...all, one])).toBeGreaterThanOrEqual(outcome('any', all))
      }),
      RUNS,
    )
  })

  it('is no permit where each of them leaves something open', () => {
    let open = 0
    fc.assert(
      fc.property(custodians, use, (all, wanted) => {
        const each = all.map((one) => say('all', [one], wanted).decision)
        if (each.includes('permit')) return
        open += 1
        expect(say('any', all, wanted).decision).not.toBe('permit')
      }),
      RUNS,
    )
    expect(open).toBeGreaterThan(50)
  })

  it('owes what all ask for, or what one of those asks whose terms permitted', () => {
    const kinds = ({ duties }: ReturnType<typeof say>) =>
      [...new Set(duties.map(({ kind }) => kind))].sort()
    let permitted = 0
    fc.assert(
      fc.property(custodians, use, (all, wanted) => {
        const each = all.map((one) => say('all', [one], wanted))
        const union = [...new Set(each.flatMap(kinds))].sort()
        expect(kinds(say('all', all, wanted))).toEqual(union)
        const joined = say('any', all, wanted)
        if (joined.decision !== 'permit') return
        permitted += 1
        const permitting = each.filter(({ decision }) => decision === 'permit')
        expect(permitting.map(kinds)).toContainEqual(kinds(joined))
      }),
      RUNS,
    )
    expect(permitted).toBeGreaterThan(5)
  })
})
