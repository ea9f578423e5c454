import { facetToken, TAG } from './match.ts'
import type { SearchDoc, TokenTable } from './types.ts'
import type { Words } from './words.ts'

const MAX_TEXT = 20_000

const tagged = (tag: string, words: Iterable<string>): string => {
  let text = ''
  for (const word of words) text += `${tag}${word} `
  return text
}

/** What the tables get to know of a dataset, and its folded words for the vocabulary. */
export interface Tokens extends Readonly<Record<TokenTable, string>> {
  readonly words: ReadonlySet<string>
}

/**
 * The tokens of a dataset.
 * @param values numbers of its facet values.
 * @param read cuts a text into words.
 */
export const tokensOf = (
  doc: SearchDoc,
  values: readonly number[],
  read: (text: string) => Words,
): Tokens => {
  const title = read(doc.title)
  const rest = read([...doc.keywords, doc.description].join('\n').slice(0, MAX_TEXT))
  const facets = values.map(facetToken).join(' ')
  const folded = new Set(title.folded)
  const exact = new Set(title.exact)
  const titles = {
    folded: tagged(TAG.foldedTitle, folded),
    exact: tagged(TAG.exactTitle, exact),
  }
  for (const word of rest.folded) folded.add(word)
  for (const word of rest.exact) exact.add(word)
  return {
    words: folded,
    folded: titles.folded + tagged(TAG.folded, folded) + facets,
    exact: titles.exact + tagged(TAG.exact, exact) + facets,
  }
}
