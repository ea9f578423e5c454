import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, digestOf, utf8 } from '../../policies/index.ts'
import { readJson, sha256 } from './licence-support.ts'

interface Case {
  readonly name: string
  readonly json: string
  readonly canonical: string
}
const { cases } = readJson('policies/vectors/licence-canonical.json') as { cases: readonly Case[] }

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, shuffled(field)]),
  )
}

const wellFormedJson = () =>
  fc
    .jsonValue({ stringUnit: 'grapheme' })
    .filter((value) => !/\p{Surrogate}/u.test(JSON.stringify(value)))

describe('canonical JSON', () => {
  it.each(cases)('writes $name as RFC 8785 does', ({ json, canonical }) => {
    expect(canonicalJson(JSON.parse(json))).toBe(canonical)
  })

  it('reads back as the value it was written from', () => {
    fc.assert(
      fc.property(wellFormedJson(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(wellFormedJson(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
      }),
    )
  })

  it.each([
    ['undefined', undefined],
    ['an undefined field', { a: undefined }],
    ['a hole in an array', Object.assign([1], { 2: 2 })],
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a lone high surrogate', '\ud800'],
    ['a lone low surrogate in a key', { 'a\udc00': 1 }],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })
})

describe('utf8', () => {
  it('writes the bytes that TextEncoder writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/\p{Surrogate}/u.test(text))
        expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)])
      }),
    )
    expect([...utf8('aé€𐍈')]).toEqual([...new TextEncoder().encode('aé€𐍈')])
  })

  it('refuses a lone surrogate', () => {
    expect(() => utf8('\ud83d')).toThrow(TypeError)
  })
})

describe('digestOf', () => {
  it('is the SHA-256 of the canonical bytes in hexadecimal', () => {
    // printf '{}' | sha256sum
    expect(digestOf({}, sha256)).toBe(
      'sha256-44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    )
  })

  it('differs when a value differs', () => {
    expect(digestOf({ a: 1 }, sha256)).not.toBe(digestOf({ a: 2 }, sha256))
  })
})
