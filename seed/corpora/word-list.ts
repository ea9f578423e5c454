import type { Declaration } from './declaration.ts'

/** A word form in lower case, how often it occurs, and in how many articles. */
export interface WordCount {
  readonly word: string
  readonly count: number
  readonly articles: number
}

/** Letters with their marks; an apostrophe or hyphen counts only between letters. */
const WORD = /[\p{L}\p{M}]+(?:['’‘ʻʼ\u2010-][\p{L}\p{M}]+)*/gu

const wordsOf = (text: string): readonly string[] =>
  [...text.toLowerCase().normalize('NFC').matchAll(WORD)].map(([word]) => word)

/** By code point, so that the order doesn't depend on the machine's locale. */
const byCountThenWord = (a: WordCount, b: WordCount): number =>
  b.count - a.count || (a.word < b.word ? -1 : 1)

/** Counts the word forms of one declaration, most frequent first. */
export const countWordForms = (declaration: Declaration): readonly WordCount[] => {
  const seen = new Map<string, { count: number; articles: Set<number> }>()
  for (const article of declaration.articles) {
    for (const word of article.paragraphs.flatMap(wordsOf)) {
      const entry = seen.get(word) ?? { count: 0, articles: new Set<number>() }
      entry.count += 1
      entry.articles.add(article.number)
      seen.set(word, entry)
    }
  }
  return [...seen]
    .map(([word, { count, articles }]) => ({ word, count, articles: articles.size }))
    .sort(byCountThenWord)
}

/** Tab-separated with a header line; words hold neither tabs nor line breaks. */
export const toTsv = (rows: readonly WordCount[]): string =>
  ['word\tcount\tarticles', ...rows.map((r) => `${r.word}\t${r.count}\t${r.articles}`), ''].join(
    '\n',
  )
