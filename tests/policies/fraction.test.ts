import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ceilOf,
  compareFractions,
  exceeds,
  parseFraction,
  ratioOf,
} from '../../policies/rules/fraction.ts'

const fraction = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 9999 }))
  .filter(([num, den]) => num <= den)
  .map(([num, den]) => `${num}/${den}`)
const people = fc.integer({ min: 0, max: 1_000_000 })

describe('an exact fraction', () => {
  it.each(['0/1', '1/1', '2/3', '9999/9999'])('%s is read', (text) => {
    const [num, den] = text.split('/').map(Number)
    expect(parseFraction(text)).toEqual({ num, den })
    expect(ratioOf(text)).toEqual({ num, den })
  })

  const refused = [
    '',
    '1',
    '0.5',
    '3/2',
    '1/0',
    '01/2',
    '1/02',
    '-1/2',
    '1/-2',
    ' 1/2',
    '1/2 ',
    '10000/10000',
  ]
  it.each(refused)('"%s" is refused', (text) => {
    expect(parseFraction(text)).toBeNull()
    expect(() => ratioOf(text)).toThrow(RangeError)
  })

  it('asks for the smallest whole number that reaches it', () => {
    fc.assert(
      fc.property(fraction, people, (share, whole) => {
        const [num = 0n, den = 1n] = share.split('/').map(BigInt)
        const part = BigInt(ceilOf(share, whole))
        return part * den >= num * BigInt(whole) && (part - 1n) * den < num * BigInt(whole)
      }),
    )
  })

  it('is exceeded by more than itself only', () => {
    fc.assert(
      fc.property(fraction, people, people, (share, part, whole) => {
        const [num = 0n, den = 1n] = share.split('/').map(BigInt)
        return exceeds(part, whole, share) === BigInt(part) * den > num * BigInt(whole)
      }),
    )
  })

  it('is compared by value, whatever its terms', () => {
    expect(compareFractions('1/2', '2/4')).toBe(0)
    expect(compareFractions('1/3', '1/2')).toBeLessThan(0)
    expect(compareFractions('3/4', '2/3')).toBeGreaterThan(0)
  })
})
