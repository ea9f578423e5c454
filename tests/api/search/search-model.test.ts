import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FACETS,
  type FacetName,
  fold,
  type SearchDoc,
  type SearchIndex,
  type SearchQuery,
} from '../../../api/src/datasets/search/index.ts'
import { openSearchIndex } from '../../../api/src/storage/search-index.ts'

const word = fc.constantFrom(
  'tala',
  'tāla',
  'talanoa',
  'ọrọ',
  'oro',
  'ƙasa',
  'kasa',
  'x1',
  '語言',
  '語',
)
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '))

const docs: fc.Arbitrary<SearchDoc> = fc.record({
  id: fc.constantFrom(...'abcdefghijkl'),
  title: text,
  description: text,
  keywords: fc.array(word, { maxLength: 2 }),
  languages: fc.array(fc.constantFrom('mi', 'yo', 'zu'), { maxLength: 3 }),
  communities: fc.array(fc.constantFrom('c1', 'c2'), { minLength: 1, maxLength: 3 }),
  licences: fc.array(fc.constantFrom('l1', 'l2'), { minLength: 1, maxLength: 2 }),
  kind: fc.constantFrom('text', 'audio'),
  stage: fc.constantFrom('s1', 's2'),
  publishedAt: fc.integer({ min: 0, max: 3 }),
  rank: fc.integer({ min: 0, max: 3 }),
})

const values = (...known: string[]) =>
  fc.array(fc.constantFrom(...known, 'unknown'), { maxLength: 3 })

const queries: fc.Arbitrary<SearchQuery> = fc.record({
  text: fc.oneof(text, fc.constantFrom('ta', 'tal', 'or', 'tala ', 'kasa x')),
  filters: fc.record(
    {
      language: values('mi', 'yo', 'zu'),
      community: values('c1', 'c2'),
      licence: values('l1', 'l2'),
      kind: values('text', 'audio'),
      stage: values('s1', 's2'),
    },
    { requiredKeys: [] },
  ),
  first: fc.constant(100),
  sort: fc.constantFrom('relevance', 'newest'),
})

const valuesOf = (doc: SearchDoc, facet: FacetName): readonly string[] => [
  ...new Set(
    {
      ...doc,
      language: doc.languages,
      community: doc.communities,
      licence: doc.licences,
      kind: [doc.kind],
      stage: [doc.stage],
    }[facet],
  ),
]

/** Whether a dataset passes all filters but one. */
const passes = (doc: SearchDoc, { filters }: SearchQuery, but?: FacetName): boolean =>
  FACETS.every((facet) => {
    const wanted = filters[facet] ?? []
    if (facet === but || wanted.length === 0) return true
    return valuesOf(doc, facet).some((value) => wanted.includes(value))
  })

/** Matching as the documentation words it; characters of 語言 stand for pairs by themselves. */
const matches = (doc: SearchDoc, typed: string): boolean => {
  const wanted = fold(typed).split(' ').filter(Boolean)
  const own = fold([doc.title, ...doc.keywords, doc.description].join(' ')).split(' ')
  return wanted.every((w, at) => {
    if (w.startsWith('語')) return own.some((o) => o.includes(w))
    const unfinished = at === wanted.length - 1 && !typed.endsWith(' ')
    return own.some((o) => (unfinished ? o.startsWith(w) : o === w))
  })
}

const withIndex = <T>(all: readonly SearchDoc[], run: (index: SearchIndex) => T): T => {
  const index = openSearchIndex({ file: ':memory:' })
  try {
    index.put(all)
    return run(index)
  } finally {
    index.close()
  }
}

/** So many others that a filter for one of the values above is worth handing to the tables. */
const OTHERS: readonly SearchDoc[] = Array.from({ length: 60 }, (_, at) => ({
  id: `other-${at}`,
  title: at % 2 === 0 ? 'tala' : 'oro kasa',
  description: 'tāla 語言',
  keywords: [],
  languages: ['other'],
  communities: ['other'],
  licences: ['other'],
  kind: 'other',
  stage: 'other',
  publishedAt: at % 3,
  rank: at % 5,
}))

const latest = (all: readonly SearchDoc[]) => [...new Map(all.map((d) => [d.id, d])).values()]

describe('the search index', () => {
  it('finds and counts what a plain reading of the datasets finds and counts', () => {
    let compared = 0
    fc.assert(
      fc.property(fc.array(docs, { maxLength: 12 }), queries, fc.boolean(), (some, query, many) => {
        const all = many ? [...OTHERS, ...some] : some
        const known = latest(all)
        const found = known.filter((d) => matches(d, query.text))
        if (found.length === 0) return
        compared += 1
        const result = withIndex(all, (index) => index.search(query))
        const hits = found.filter((d) => passes(d, query)).map((d) => d.id)
        expect(result.hits.map((h) => h.id).sort()).toEqual(hits.sort())
        expect(result.total).toBe(hits.length)
        for (const facet of FACETS) {
          const counted = found
            .filter((d) => passes(d, query, facet))
            .flatMap((d) => valuesOf(d, facet))
          const expected = Object.fromEntries(
            counted.map((v) => [v, counted.filter((w) => w === v).length]),
          )
          const got = Object.fromEntries(result.facets[facet].map((f) => [f.value, f.count]))
          expect(got).toEqual(expected)
        }
      }),
      { numRuns: 400 },
    )
    expect(compared).toBeGreaterThan(100)
  })

  it('finds under any filters only what it finds without them', () => {
    fc.assert(
      fc.property(fc.array(docs, { maxLength: 12 }), queries, (all, query) => {
        withIndex(all, (index) => {
          const free = new Set(index.search({ ...query, filters: {} }).hits.map((h) => h.id))
          for (const { id } of index.search(query).hits) expect(free).toContain(id)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('answers after any history as if it had been filled just now', () => {
    const step = fc.record({
      put: fc.array(docs, { maxLength: 4 }),
      remove: fc.array(fc.constantFrom(...'abcdefghijkl'), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), queries, (steps, query) => {
        const state = new Map<string, SearchDoc>()
        const lived = openSearchIndex({ file: ':memory:' })
        for (const { put, remove } of steps) {
          lived.put(put)
          lived.remove(remove)
          for (const d of put) state.set(d.id, d)
          for (const id of remove) state.delete(id)
        }
        const got = lived.search(query)
        lived.close()
        const fresh = withIndex([...state.values()], (index) => index.search(query))
        expect(got.hits.filter((h) => h.score >= 0)).toEqual(fresh.hits.filter((h) => h.score >= 0))
        if (fresh.hits.every((h) => h.score >= 0)) expect(got).toEqual(fresh)
      }),
      { numRuns: 300 },
    )
  })

  it('never throws for any text, cursor or page size', () => {
    const index = openSearchIndex({ file: ':memory:' })
    index.put([{ ...base, id: 'a', title: 'tala' }])
    const wild = fc.string({ unit: 'binary', maxLength: 400 })
    fc.assert(
      fc.property(wild, wild, fc.double(), (typed, after, first) => {
        index.search({ text: typed, filters: { kind: [typed] }, first })
        index.search({ text: typed, filters: {}, first: 5, after })
        index.put([{ ...base, id: typed, title: typed, description: after, keywords: [typed] }])
        expect(index.search({ text: '', filters: {}, first: 0 }).total).toBe(index.size())
      }),
      { numRuns: 500 },
    )
    index.close()
  })
})

const base: Omit<SearchDoc, 'id' | 'title'> = {
  description: '',
  keywords: [],
  languages: [],
  communities: ['c1'],
  licences: ['l1'],
  kind: 'text',
  stage: 's1',
  publishedAt: 0,
  rank: 0,
}
