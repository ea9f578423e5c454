import { Binary, ObjectId } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareValues,
  inverted,
  keyOf,
  successor,
} from '../../../api/src/storage/embedded/keys.ts'
import { keyValuesAt, leavesAt } from '../../../api/src/storage/embedded/paths.ts'

// https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
const ASCENDING: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  -1.5,
  -1,
  0,
  0.5,
  2,
  1e300,
  Number.POSITIVE_INFINITY,
  '',
  'A',
  'a',
  'a\u0000',
  'a\u0000b',
  'aa',
  'é',
  '\uffff',
  '𐀀',
  {},
  { a: 1 },
  { a: 1, b: 1 },
  { a: 2 },
  { b: 0 },
  { a: 'text' },
  [],
  [1],
  [1, 2],
  [2],
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 2])),
  new ObjectId('0'.repeat(24)),
  new ObjectId('f'.repeat(24)),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Date(1),
]

const value = fc.oneof(
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 3 }),
)

describe('order-preserving keys', () => {
  it('order values as BSON does', () => {
    for (const [at, earlier] of ASCENDING.entries())
      for (const later of ASCENDING.slice(at + 1))
        expect(compareValues(earlier, later), `${String(earlier)} < ${String(later)}`).toBe(-1)
  })

  it('take equal numbers for equal whatever their form', () => {
    expect(keyOf(-0)).toEqual(keyOf(0))
    expect(keyOf(5n)).toEqual(keyOf(5))
  })

  it('order numbers as numbers and texts by their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        expect(compareValues(a, b)).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(compareValues(a, b)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
    )
  })

  it('can be joined: the first difference decides', () => {
    const joined = (values: readonly unknown[]) => Buffer.concat(values.map(keyOf))
    fc.assert(
      fc.property(value, value, value, value, (a, b, c, d) => {
        const expected = compareValues(a, c) || compareValues(b, d)
        expect(Buffer.compare(joined([a, b]), joined([c, d]))).toBe(expected)
      }),
    )
  })

  it('turn round when inverted', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const order = Buffer.compare(inverted(keyOf(a)), inverted(keyOf(b)))
        expect(order).toBe(Object.is(compareValues(a, b), 0) ? 0 : -compareValues(a, b))
      }),
    )
  })

  it('have a successor above every key that begins with them', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const key = keyOf(a)
        const longer = Buffer.concat([key, keyOf(b)])
        expect(Buffer.compare(successor(key), longer)).toBe(1)
        expect(Buffer.compare(successor(key), key)).toBe(1)
      }),
    )
  })
})

describe('the values at a path', () => {
  it.each([
    ['a field', { a: { b: 1 } }, 'a.b', [1], [1]],
    ['a missing field', { a: {} }, 'a.b', [undefined], [null]],
    ['an array', { a: [1, 2] }, 'a', [[1, 2]], [1, 2]],
    ['an empty array', { a: [] }, 'a', [[]], [undefined]],
    ['documents in an array', { a: [{ b: 1 }, {}] }, 'a.b', [1, undefined], [1, null]],
    ['no documents in an array', { a: [1] }, 'a.b', [], [null]],
    ['a position', { a: [{ b: 1 }, { b: 2 }] }, 'a.1.b', [2, undefined, undefined], [2]],
    ['a path through a scalar', { a: 1 }, 'a.b', [undefined], [null]],
    ['a name that objects inherit', {}, 'constructor', [undefined], [null]],
  ])('of %s are those a filter and an index see', (_, doc, path, leaves, keys) => {
    expect(leavesAt(doc, path.split('.'))).toEqual(leaves)
    expect(keyValuesAt(doc, path.split('.'))).toEqual(keys)
  })
})
