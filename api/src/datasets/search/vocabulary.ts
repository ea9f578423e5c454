import type { SearchTables } from './types.ts'
import { createTypoIndex } from './typos.ts'

/** Folded words of three letters and more ever put in, to guess what was meant when nothing is found. */
export interface Vocabulary {
  add(word: string): void
  /** Words that hold `word` in their middle, or are one slip away from it. */
  alternatives(word: string): readonly string[]
}

const MAX_ALTERNATIVES = 40
const LETTERS_ONLY = /^[\p{L}\p{M}]{3,}$/u

export const createVocabulary = (
  tables: Pick<SearchTables, 'addWord' | 'wordsHolding'>,
): Vocabulary => {
  const words: string[] = []
  const known = new Set<string>()
  const wordOf = (id: number): string => words[id] ?? ''
  const typos = createTypoIndex(wordOf)

  return {
    add: (word) => {
      if (known.has(word) || !LETTERS_ONLY.test(word)) return
      const id = words.push(word) - 1
      known.add(word)
      tables.addWord(id, word)
      typos.add(id, word)
    },
    alternatives: (word) => {
      const long = [...word].length >= 3
      const holding = long ? tables.wordsHolding(word, MAX_ALTERNATIVES).map(wordOf) : []
      if (holding.length > 0) return holding
      return typos.near(word).slice(0, MAX_ALTERNATIVES).map(wordOf)
    },
  }
}
