import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Dataset, effectiveStage, type Version } from '../../../api/src/datasets/dataset.ts'
import { lowersAccess } from '../../../api/src/datasets/lowers-access.ts'

const NOW = 50
const version = { version: '1.0.0', publishedAt: 1 } as Version
const instant = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null })
const terms = fc.record({ stage: fc.integer({ min: 0, max: 5 }), embargoUntil: instant })
const dataset = (of: object) => ({ newest: '1.0.0', suspension: null, ...of }) as Dataset

describe('terms that lower access', () => {
  it('open nothing at any instant from now on, and close something at one', () => {
    fc.assert(
      fc.property(terms, terms, (old, wanted) => {
        const before = dataset(old)
        const after = dataset(wanted)
        const rungs = Array.from({ length: 60 }, (_, i) => NOW + i).map((at) => [
          effectiveStage(before, at),
          effectiveStage(after, at),
        ])
        const expected =
          rungs.every(([was = 0, is = 0]) => is <= was) &&
          rungs.some(([was = 0, is = 0]) => is < was)
        expect(lowersAccess(wanted, version, before, NOW)).toBe(expected)
      }),
    )
  })

  it('are those of the newest published version alone', () => {
    const open = dataset({ stage: 4, embargoUntil: null })
    const sealed = { stage: 0 }
    expect(lowersAccess(sealed, version, open, NOW)).toBe(true)
    expect(lowersAccess(sealed, { ...version, publishedAt: null }, open, NOW)).toBe(false)
    expect(lowersAccess(sealed, version, { ...open, newest: '1.1.0' }, NOW)).toBe(false)
  })
})
