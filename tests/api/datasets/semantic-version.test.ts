import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, parseVersion } from '../../../api/src/datasets/semantic-version.ts'

const order = (a: string, b: string): number => {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (!left || !right) throw new Error(`${a} or ${b} is no version`)
  return Math.sign(compareVersions(left, right))
}

describe('version numbers', () => {
  it('are ordered as the example of semver 11.4 orders them', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.2',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ]
    for (const [i, a] of ordered.entries())
      for (const [j, b] of ordered.entries()) expect(order(a, b)).toBe(Math.sign(i - j))
  })

  it('have one order, whichever way they are compared', () => {
    const number = fc.nat({ max: 12 })
    const part = fc.oneof(number.map(String), fc.constantFrom('a', 'b', 'rc', '-', 'a1'))
    const version = fc
      .tuple(number, number, number, fc.array(part, { maxLength: 3 }))
      .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre.length > 0 ? `-${pre.join('.')}` : ''}`)
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(order(a, b)).toBe(0 - order(b, a) + 0)
        expect(order(a, b) === 0).toBe(a === b)
        if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it.each([
    '1',
    '1.2',
    '1.2.3.4',
    '1.02.3',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3-a..b',
    '1.2.3+4',
    ' 1.2.3',
    '-1.2.3',
  ])('are not written %j', (text) => {
    expect(parseVersion(text)).toBeNull()
  })
})
