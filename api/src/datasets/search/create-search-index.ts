import { createColumns } from './columns.ts'
import { createFacetValues } from './facet-values.ts'
import { find } from './find.ts'
import { type Position, readCursor, writeCursor } from './order.ts'
import type { Parts } from './parts.ts'
import { pick } from './pick.ts'
import { tokensOf } from './tokens.ts'
import type {
  FacetName,
  SearchDoc,
  SearchHit,
  SearchIndex,
  SearchQuery,
  SearchResult,
  SearchTables,
} from './types.ts'
import { createVocabulary } from './vocabulary.ts'
import { createTextReader } from './words.ts'

const MAX_PAGE = 100

const put = (parts: Parts, docs: readonly SearchDoc[]): void => {
  const { tables, columns, values, vocabulary } = parts
  const latest = [...new Map(docs.map((doc) => [doc.id, doc])).values()]
  const rows = latest.map((doc) => ({ doc, numbers: values.numbersOf(doc) }))
  try {
    tables.batch(() => {
      for (const { doc, numbers } of rows) {
        const known = columns.rowOf(doc.id) !== undefined
        const row = columns.reserve(doc.id)
        const { words, ...tokens } = tokensOf(doc, numbers, parts.read)
        if (known) tables.erase(row)
        tables.write(row, tokens)
        for (const word of words) vocabulary.add(word)
      }
    })
  } catch (fault) {
    columns.release()
    throw fault
  }
  for (const { doc, numbers } of rows)
    columns.set(
      columns.reserve(doc.id),
      { id: doc.id, rank: doc.rank, date: doc.publishedAt },
      numbers,
    )
}

const remove = ({ tables, columns }: Parts, ids: readonly string[]): void => {
  const rows = [...new Set(ids)].flatMap((id) => columns.rowOf(id) ?? [])
  tables.batch(() => {
    for (const row of rows) tables.erase(row)
  })
  for (const row of rows) columns.clear(row)
}

/** Between 0 and 1, rising with the rank. */
const fraction = (rank: number): number => 0.5 + rank / (2 * (1 + Math.abs(rank)))

const hitOf = ({ id, level, rank }: Position): SearchHit => ({ id, score: level + fraction(rank) })

const pageSize = (first: number): number =>
  Number.isFinite(first) ? Math.min(MAX_PAGE, Math.max(0, Math.trunc(first))) : 0

const search = (parts: Parts, query: SearchQuery): SearchResult => {
  const sort = query.sort ?? 'relevance'
  const filter = parts.values.filter(query.filters)
  const found = find(parts, query.text, filter)
  const after = query.after === undefined ? null : readCursor(sort, query.after)
  const lost = query.after !== undefined && after === null
  const size = lost ? 0 : pageSize(query.first)
  const limit = size === 0 ? 0 : size + 1
  const page = limit === 0 ? [] : pick(parts, found, filter, { sort, after, limit })
  const shown = page.slice(0, size)
  const last = shown[shown.length - 1]
  const facet = (name: FacetName) => parts.values.list(name, found.counts)
  return {
    total: found.hits.length,
    hits: shown.map(hitOf),
    next: last !== undefined && page.length > size ? writeCursor(sort, last) : null,
    facets: {
      language: facet('language'),
      community: facet('community'),
      licence: facet('licence'),
      kind: facet('kind'),
      stage: facet('stage'),
    },
  }
}

/**
 * The search over public datasets: words in the tables, order and counts in memory.
 * @param tables empty tables, which this index alone writes to.
 */
export const createSearchIndex = (tables: SearchTables): SearchIndex => {
  const parts: Parts = {
    tables,
    columns: createColumns(),
    values: createFacetValues(),
    vocabulary: createVocabulary(tables),
    read: createTextReader(),
  }
  return {
    put: (docs) => put(parts, docs),
    remove: (ids) => remove(parts, ids),
    search: (query) => search(parts, query),
    size: () => parts.columns.size(),
    close: () => tables.close(),
  }
}
