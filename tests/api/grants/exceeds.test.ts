import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bound, type Bounded, exceeds } from '../../../api/src/grants/exceeds.ts'

const word = fc.constantFrom('a', 'b', 'c', 'd')
const some = fc.uniqueArray(word, { maxLength: 4 })
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 })

const bound: fc.Arbitrary<Bound> = fc.record({
  dataset: word,
  version: word,
  manifestDigest: word,
  licence: word,
  purposes: some,
  actions: some,
  places: fc.nat(20),
  expiresBy: instant,
})

/** Any grant within a bound. */
const within = ({ expiresBy, ...scope }: Bound): fc.Arbitrary<Bounded> =>
  fc.record({
    dataset: fc.constant(scope.dataset),
    version: fc.constant(scope.version),
    manifestDigest: fc.constant(scope.manifestDigest),
    licence: fc.constant(scope.licence),
    purposes: fc.subarray([...scope.purposes]),
    actions: fc.subarray([...scope.actions]),
    places: fc.nat(scope.places),
    expiresAt: fc.integer({ min: 0, max: expiresBy }),
  })

const both = bound.chain((limit) => fc.tuple(fc.constant(limit), within(limit)))

describe('grant ⊑ decision', () => {
  it('finds nothing in a grant that stays within its decision', () => {
    fc.assert(fc.property(both, ([limit, grant]) => exceeds(grant, limit).length === 0))
  })

  for (const field of ['dataset', 'version', 'manifestDigest', 'licence'] as const) {
    it(`names ${field}, and nothing else, when only that is another`, () => {
      fc.assert(
        fc.property(both, fc.string(), ([limit, grant], other) => {
          fc.pre(other !== limit[field])
          expect(exceeds({ ...grant, [field]: other }, limit)).toEqual([field])
        }),
      )
    })
  }

  for (const field of ['purposes', 'actions'] as const) {
    it(`names ${field}, and nothing else, when one was added at any place`, () => {
      fc.assert(
        fc.property(both, fc.nat(), ([limit, grant], at) => {
          const list = [...grant[field]]
          list.splice(at % (list.length + 1), 0, 'undecided')
          expect(exceeds({ ...grant, [field]: list }, limit)).toEqual([field])
        }),
      )
    })
  }

  it('names places, and nothing else, from the first beyond what was decided', () => {
    fc.assert(
      fc.property(both, fc.integer({ min: 1, max: 99 }), ([limit, grant], more) => {
        expect(exceeds({ ...grant, places: limit.places }, limit)).toEqual([])
        expect(exceeds({ ...grant, places: limit.places + more }, limit)).toEqual(['places'])
      }),
    )
  })

  it('names expiresAt, and nothing else, from the first millisecond beyond', () => {
    fc.assert(
      fc.property(both, fc.integer({ min: 1, max: 1e12 }), ([limit, grant], more) => {
        const later = { ...grant, expiresAt: limit.expiresBy + more }
        expect(exceeds(later, limit)).toEqual(['expiresAt'])
      }),
    )
    fc.assert(
      fc.property(both, ([limit, grant]) => {
        expect(exceeds({ ...grant, expiresAt: limit.expiresBy }, limit)).toEqual([])
        expect(exceeds({ ...grant, expiresAt: Number.NaN }, limit)).toEqual(['expiresAt'])
      }),
    )
  })

  it('never gets narrower by a wider decision', () => {
    fc.assert(
      fc.property(both, some, ([limit, grant], more) => {
        const wider = { ...limit, purposes: [...limit.purposes, ...more] }
        expect(exceeds(grant, wider)).toEqual([])
      }),
    )
  })
})
