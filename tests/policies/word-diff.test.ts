import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffWords, type TextChange } from '../../policies/index.ts'

const without = (kind: TextChange['kind'], before: string, after: string): string =>
  diffWords(before, after)
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join('')

const words = fc
  .array(fc.constantFrom('the ', 'river ', 'word', 'words ', '\n', ' ', 'is. '), { maxLength: 30 })
  .map((parts) => parts.join(''))

describe('a diff in words', () => {
  it('gives back both texts whatever they are', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(without('added', before, after)).toBe(before)
        expect(without('removed', before, after)).toBe(after)
      }),
      { numRuns: 1000 },
    )
  })

  it('says of a text and itself that nothing changed', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(diffWords(text, text).every(({ kind }) => kind === 'same')).toBe(true)
      }),
    )
  })

  it('names the one word that was replaced', () => {
    expect(diffWords('We study verbs in stories.', 'We study nouns in stories.')).toEqual([
      { kind: 'same', text: 'We study ' },
      { kind: 'removed', text: 'verbs ' },
      { kind: 'added', text: 'nouns ' },
      { kind: 'same', text: 'in stories.' },
    ])
  })

  it('shows texts that are too long to compare one after the other', () => {
    const [before, after] = ['a '.repeat(3000), 'b '.repeat(3000)]
    expect(diffWords(before, after).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})
