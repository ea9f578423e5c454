import type { TokenTable } from './types.ts'
import { wordsOfQuery } from './words.ts'

/**
 * Every token carries a letter that says what it is, so that one column without positions
 * (FTS5 `detail=none`) tells a word of the title from one of the description.
 */
export const TAG = {
  folded: 'w',
  foldedTitle: 't',
  exact: 'x',
  exactTitle: 'e',
  facet: 'f',
} as const

const MAX_WORDS = 12
const MAX_CHARACTERS = 400

/** What a person typed, cut into words; the last one may be unfinished. */
export interface TextQuery {
  readonly exact: readonly string[]
  readonly folded: readonly string[]
  readonly unfinished: boolean
}

/** One grade of match; among hits, a better grade comes first. */
export interface Grade {
  readonly level: number
  readonly table: TokenTable
  readonly match: string
}

const uniqueWords = (words: readonly string[]): readonly string[] =>
  [...new Set(words)].slice(0, MAX_WORDS)

/** Whether the last word may go on: nothing follows it, and it isn't one of the words before. */
const isUnfinished = (typed: string, folded: readonly string[]): boolean => {
  const last = folded.length - 1
  const isNew = folded.indexOf(folded[last] ?? '') === last
  return isNew && !/\s$/u.test(typed) && new Set(folded).size <= MAX_WORDS
}

/** Reads what was typed; `null` if it holds no word at all. Never throws. */
export const parseText = (text: string): TextQuery | null => {
  const typed = text.slice(0, MAX_CHARACTERS)
  const words = wordsOfQuery(typed)
  const folded = uniqueWords(words.folded)
  if (folded.length === 0) return null
  return { exact: uniqueWords(words.exact), folded, unfinished: isUnfinished(typed, words.folded) }
}

/** A token as FTS5 takes it. Tokens hold letters, marks and digits only, never a quote. */
const token = (tag: string, word: string): string => `"${tag}${word}"`

const all = (parts: readonly string[]): string => parts.join(' AND ')
const any = (parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`

const every = (tag: string, words: readonly string[]): string =>
  all(words.map((word) => token(tag, word)))

const everyThenPrefix = (tag: string, words: readonly string[]): string =>
  all(words.map((w, at) => (at === words.length - 1 ? `${token(tag, w)}*` : token(tag, w))))

/** The grades of a query, best first; the last one holds all hits. */
export const gradesOf = (query: TextQuery): readonly [...Grade[], Grade] => {
  const { exact, folded, unfinished } = query
  const whole = { level: 2, table: 'folded', match: every(TAG.folded, folded) } as const
  const better: Grade[] = [
    { level: 5, table: 'exact', match: every(TAG.exactTitle, exact) },
    { level: 4, table: 'exact', match: every(TAG.exact, exact) },
    { level: 3, table: 'folded', match: every(TAG.foldedTitle, folded) },
  ]
  const usable = exact.length > 0 ? better : better.slice(2)
  if (!unfinished) return [...usable, whole]
  return [
    ...usable,
    whole,
    { level: 1, table: 'folded', match: everyThenPrefix(TAG.foldedTitle, folded) },
    { level: 0, table: 'folded', match: everyThenPrefix(TAG.folded, folded) },
  ]
}

/** Looks for one word the way it counts towards a hit. */
export const matchWord = (query: TextQuery, at: number): string =>
  query.unfinished && at === query.folded.length - 1
    ? everyThenPrefix(TAG.folded, [query.folded[at] ?? ''])
    : every(TAG.folded, [query.folded[at] ?? ''])

/** Matches any of several whole words. */
export const matchAny = (words: readonly string[]): string =>
  any(words.map((word) => token(TAG.folded, word)))

/** Matches what all of several expressions match. */
export const matchAll = (matches: readonly string[]): string => all(matches)

/** The token of a facet value, by its number. */
export const facetToken = (value: number): string => TAG.facet + value.toString(36)

const facetGroup = (values: readonly number[]): string =>
  any(values.map((value) => `"${facetToken(value)}"`))

/** Narrows a match to rows with a value of every group; `null` if a group is empty. */
export const narrowed = (match: string, groups: readonly (readonly number[])[]): string | null =>
  groups.some((values) => values.length === 0) ? null : all([match, ...groups.map(facetGroup)])

/**
 * Narrows a match to rows that miss at most one group: the hits, and what is needed to count each
 * filtered facet without its own filter. `null` if there can be none.
 */
export const loosened = (match: string, groups: readonly (readonly number[])[]): string | null => {
  if (groups.length < 2) return match
  const ways = groups
    .map((_, left) => groups.filter((_group, at) => at !== left))
    .filter((rest) => rest.every((values) => values.length > 0))
    .map((rest) => `(${all(rest.map(facetGroup))})`)
  return ways.length === 0 ? null : all([match, any(ways)])
}
