import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTypoIndex, isOneEdit } from '../../../api/src/datasets/search/typos.ts'

/** Optimal string alignment distance, written from its definition. */
const distance = (a: string, b: string): number => {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      d[i]![j] = Math.min(
        d[i - 1]![j]! + 1,
        d[i]![j - 1]! + 1,
        d[i - 1]![j - 1]! + (same ? 0 : 1),
        swap ? d[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY,
      )
    }
  return d[a.length]![b.length]!
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ŋ'), minLength: 0, maxLength: 7 })

describe('one edit apart', () => {
  it('agrees with the distance of the textbook', () => {
    fc.assert(
      fc.property(word, word, (a, b) => isOneEdit(a, b) === (distance(a, b) === 1)),
      { numRuns: 5000 },
    )
  })
})

describe('the deletion index', () => {
  it('finds exactly the words of four letters and more that are one edit apart', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, (words, query) => {
        const index = createTypoIndex((id) => words[id] ?? '')
        for (const [id, w] of words.entries()) index.add(id, w)
        const near = (w: string) =>
          w.length >= 4 && query.length >= 4 && distance(w, query) === 1 ? [w] : []
        const found = index.near(query).map((id) => words[id])
        expect(found.sort()).toEqual(words.flatMap(near).sort())
      }),
    )
  })

  it('keeps finding words after it has grown many times', () => {
    const words = Array.from({ length: 5000 }, (_, at) => `word${at.toString(26)}x`)
    const index = createTypoIndex((id) => words[id] ?? '')
    for (const [id, w] of words.entries()) index.add(id, w)
    for (const at of [0, 1, 2500, 4999])
      expect(index.near(words[at]!.replace('word', 'wrod'))).toContain(at)
  })
})
