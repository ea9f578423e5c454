import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  completeness,
  embargoInstant,
  isVersion,
  suggestVersion,
  widestStage,
} from '../../web/src/datasets/version-draft.ts'

const fields = [
  { field: 'summary', required: true },
  { field: 'limits', required: true },
  { field: 'other', required: false },
]

describe('the data statement meter', () => {
  it('counts required fields only', () => {
    expect(completeness(fields, { summary: 'Stories.', limits: 'Few speakers.' })).toEqual({
      done: 2,
      needed: 2,
      missing: [],
    })
  })

  it('takes "unknown" for an answer and blank space for none', () => {
    expect(completeness(fields, { summary: 'unknown', limits: '  ' }).missing).toEqual(['limits'])
  })
})

describe('the suggested version', () => {
  it('is 1.0.0 for the first', () => {
    expect(suggestVersion([])).toBe('1.0.0')
  })

  it('compares numbers, not letters', () => {
    expect(suggestVersion(['1.9.0', '1.10.0', '1.2.7'])).toBe('1.11.0')
  })

  it('is a version that does not exist yet', () => {
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(fc.array(version), (existing) => {
        const next = suggestVersion(existing)
        expect(isVersion(next)).toBe(true)
        expect(existing).not.toContain(next)
      }),
    )
  })
})

describe('the furthest release stage of a version', () => {
  const given = [
    { id: 'a', consent: { maxStage: 5 } },
    { id: 'b', consent: { maxStage: 2 } },
  ]
  it('is what the narrowest consent in it allows', () => {
    expect(widestStage(given, ['a'])).toBe(5)
    expect(widestStage(given, ['a', 'b'])).toBe(2)
  })
})

describe('an embargo', () => {
  it('ends at midnight UTC of the chosen day, and is none when no day is chosen', () => {
    expect(embargoInstant('2030-01-31')).toBe('2030-01-31T00:00:00.000Z')
    expect(embargoInstant('')).toBeNull()
  })
})
