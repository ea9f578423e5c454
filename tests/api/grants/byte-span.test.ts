import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFresh, spanOf, whole } from '../../../api/src/http/byte-span.ts'

const TAG = 'a'.repeat(64)
const size = fc.integer({ min: 0, max: 50 })
const position = fc.integer({ min: 0, max: 60 })

const span = (range: string, length: number, more: object = {}) =>
  spanOf({ range, ...more }, length, TAG)

describe('the bytes a request asks for', () => {
  it('are those of the file between first and last, as far as there are any', () => {
    fc.assert(
      fc.property(position, position, size, (first, last, length) => {
        const file = Array.from({ length }, (_, at) => at)
        const wanted = file.filter((at) => at >= first && at <= last)
        const got = span(`bytes=${first}-${last}`, length)
        if (last < first) expect(got).toEqual(whole(length))
        else if (wanted.length === 0) expect(got).toBeNull()
        else expect(file.slice(got?.from, (got?.to ?? 0) + 1)).toEqual(wanted)
      }),
    )
  })

  it('are the last ones when only a length is given', () => {
    fc.assert(
      fc.property(position, size, (last, length) => {
        const got = span(`bytes=-${last}`, length)
        const count = Math.min(last, length)
        if (count === 0) expect(got).toBeNull()
        else expect(got).toEqual({ from: length - count, to: length - 1, partial: true })
      }),
    )
  })

  it('are all of them whatever else the header says', () => {
    fc.assert(
      fc.property(fc.string(), size, (text, length) => {
        fc.pre(!/^bytes=\d*-\d*$/.test(text))
        expect(span(text, length)).toEqual(whole(length))
      }),
    )
    expect(span(`bytes=${'9'.repeat(400)}-`, 10)).toEqual(whole(10))
  })

  it('lie inside the file always', () => {
    const range = fc.stringMatching(/^bytes=\d{0,16}-\d{0,16}$/)
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: 2 ** 40 }), (text, length) => {
        const got = span(text, length)
        if (got) expect(0 <= got.from && got.from <= got.to && got.to < length).toBe(true)
      }),
    )
  })

  it('are all of them unless If-Range names these bytes', () => {
    fc.assert(
      fc.property(fc.string(), (condition) => {
        fc.pre(condition !== `"${TAG}"`)
        expect(span('bytes=1-2', 10, { 'if-range': condition })).toEqual(whole(10))
      }),
    )
    expect(span('bytes=1-2', 10, { 'if-range': `"${TAG}"` })?.partial).toBe(true)
  })

  it('are with the client already when it names them among others', () => {
    const fresh = (list: string) => isFresh({ 'if-none-match': list }, TAG)
    expect(fresh(`"x", W/"${TAG}"`)).toBe(true)
    expect(fresh('*')).toBe(true)
    for (const list of ['', TAG, `"${TAG}x"`, `"x${TAG}"`, '"*"']) expect(fresh(list)).toBe(false)
    expect(isFresh({}, TAG)).toBe(false)
  })
})
