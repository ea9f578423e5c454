export { createSearchIndex } from './create-search-index.ts'
export { exactForm, fold } from './fold.ts'
export {
  FACETS,
  type FacetCount,
  type FacetName,
  type SearchDoc,
  type SearchHit,
  type SearchIndex,
  type SearchQuery,
  type SearchResult,
  type SearchSort,
  type SearchTables,
  type TokenTable,
} from './types.ts'
