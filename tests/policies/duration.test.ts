import { describe, expect, it } from 'vitest'
import { parseDuration, sayDuration } from '../../policies/index.ts'
import { durationOf } from '../../policies/rules/duration.ts'

describe('a duration', () => {
  const read: readonly (readonly [string, number, string])[] = [
    ['PT0S', 0, 'no time'],
    ['P0D', 0, 'no time'],
    ['PT1S', 1_000, '1 second'],
    ['PT90M', 5_400_000, '1 hour 30 minutes'],
    ['PT12H', 43_200_000, '12 hours'],
    ['P1D', 86_400_000, '1 day'],
    ['P2DT3H4M5S', 183_845_000, '2 days 3 hours 4 minutes 5 seconds'],
  ]
  it.each(read)('%s is %i milliseconds, in words "%s" ', (text, ms, words) => {
    expect(parseDuration(text)).toBe(ms)
    expect(durationOf(text)).toBe(ms)
    expect(sayDuration(ms)).toBe(words)
  })

  const refused = [
    '',
    'P',
    'PT',
    'P1DT',
    'P1M',
    'P1Y',
    'P1W',
    '1D',
    'P-1D',
    'P1.5D',
    'p1d',
    'PT1D',
    'P1H',
    'P123456D',
  ]
  it.each(refused)('"%s" is refused', (text) => {
    expect(parseDuration(text)).toBeNull()
    expect(() => durationOf(text)).toThrow(RangeError)
  })
})
