/** What can be filtered by and is counted beside every result. */
export const FACETS = ['language', 'community', 'licence', 'kind', 'stage'] as const

export type FacetName = (typeof FACETS)[number]

/** A dataset as the search knows it. Only public, published, visible ones may be put in. */
export interface SearchDoc {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly keywords: readonly string[]
  /** BCP 47 tags. */
  readonly languages: readonly string[]
  /** All who keep it. */
  readonly communities: readonly string[]
  /** Templates or titles of the licences they keep it under. */
  readonly licences: readonly string[]
  readonly kind: string
  readonly stage: string
  /** Milliseconds since the epoch. */
  readonly publishedAt: number
  /** Static weight; the higher, the earlier among equally good matches. */
  readonly rank: number
}

export type SearchSort = 'relevance' | 'newest'

export interface SearchQuery {
  readonly text: string
  /** Values of one facet widen each other, facets narrow each other; no value means no filter. */
  readonly filters: Partial<Record<FacetName, readonly string[]>>
  /** Page size, held between 0 and 100. */
  readonly first: number
  /** `next` of the page before. One that cannot be read gives an empty page, never the first. */
  readonly after?: string
  readonly sort?: SearchSort
}

export interface SearchHit {
  readonly id: string
  /** Kind of match (5 exact in the title … 0 by prefix, -1 guessed) plus a fraction for the rank. */
  readonly score: number
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export interface SearchResult {
  /** Hits over all pages. */
  readonly total: number
  readonly hits: readonly SearchHit[]
  readonly next: string | null
  /**
   * For each facet its values with the number of hits each would give, most frequent first, at
   * most a hundred. A facet is counted under all filters but its own, so that a second value of
   * a filtered facet stays visible.
   */
  readonly facets: Readonly<Record<FacetName, readonly FacetCount[]>>
}

export interface SearchIndex {
  /** Adds datasets, or replaces those with the same id; all or none of them. */
  put(docs: readonly SearchDoc[]): void
  /** Forgets datasets; unknown ids are ignored. */
  remove(ids: readonly string[]): void
  /** Never throws for what a person typed, whatever it is. */
  search(query: SearchQuery): SearchResult
  size(): number
  close(): void
}

/** The two token tables: words without marks, and words as written. */
export type TokenTable = 'folded' | 'exact'

/** What the search needs stored; `match` is an expression from `match.ts` (FTS5 grammar). */
export interface SearchTables {
  /** Runs `work` as one transaction; if it throws, nothing of it stays. */
  batch(work: () => void): void
  write(row: number, tokens: Readonly<Record<TokenTable, string>>): void
  erase(row: number): void
  /** Rows that match, each once. */
  rows(table: TokenTable, match: string): Uint32Array
  /** Whether any row matches in the folded table. */
  any(match: string): boolean
  /** Files a word of the vocabulary for {@link SearchTables.wordsHolding}. */
  addWord(id: number, word: string): void
  /** Ids of words that hold `part` (at least three characters) anywhere. */
  wordsHolding(part: string, limit: number): readonly number[]
  close(): void
}
