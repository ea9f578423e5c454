import { facetToken, TAG } from './match.ts'
import type { SearchDoc, TokenTable } from './types.ts'
import { wordsOfText } from './words.ts'

const MAX_TEXT = 20_000

const tagged = (tag: string, words: readonly string[]): readonly string[] =>
  words.map((word) => tag + word)

/** What the tables get to know of a dataset, and its folded words for the vocabulary. */
export interface Tokens extends Readonly<Record<TokenTable, string>> {
  readonly words: ReadonlySet<string>
}

/**
 * The tokens of a dataset.
 * @param values numbers of its facet values.
 */
export const tokensOf = (doc: SearchDoc, values: readonly number[]): Tokens => {
  const title = wordsOfText(doc.title)
  const rest = wordsOfText([...doc.keywords, doc.description].join('\n').slice(0, MAX_TEXT))
  const facets = values.map(facetToken)
  const folded = new Set([...title.folded, ...rest.folded])
  const exact = new Set([...title.exact, ...rest.exact])
  const join = (parts: readonly (readonly string[])[]) => [...new Set(parts.flat())].join(' ')
  return {
    words: folded,
    folded: join([tagged(TAG.folded, [...folded]), tagged(TAG.foldedTitle, title.folded), facets]),
    exact: join([tagged(TAG.exact, [...exact]), tagged(TAG.exactTitle, title.exact), facets]),
  }
}
