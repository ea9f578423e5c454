import type { LicenceRecord, Licences } from '../licences/licences.ts'
import { keepersOf } from './custody.ts'
import { type Dataset, effectiveStage, isListed } from './dataset.ts'
import type { CataloguePage, CatalogueQuery } from './datasets.ts'
import { FACETS, type SearchDoc, type SearchIndex, type SearchQuery } from './search/types.ts'
import type { DatasetStore } from './store.ts'

export interface CatalogueDeps {
  readonly store: DatasetStore
  readonly licences: Licences
  readonly search: SearchIndex
}

/** Digests of the licences by which those speak who keep a dataset, or have left their terms. */
const licencesOf = ({ licence, custody }: Dataset): readonly string[] => [
  ...new Set([...(licence === null ? [] : [licence]), ...custody.others.map((one) => one.licence)]),
]

const asDoc = (
  dataset: Dataset,
  licences: readonly (LicenceRecord | undefined)[],
  now: number,
): SearchDoc => ({
  id: dataset.id,
  title: dataset.title,
  description: dataset.description,
  keywords: dataset.keywords,
  languages: dataset.languages,
  communities: keepersOf(dataset),
  licences: licences.map((one) => one?.template ?? one?.title ?? 'unknown'),
  kind: dataset.kind,
  stage: String(effectiveStage(dataset, now)),
  publishedAt: dataset.publishedAt ?? 0,
  rank: (dataset.publishedAt ?? 0) / 1e13,
})

/** Events that are folded together are written in any order: at most so many at a time. */
const FOLDED_TOGETHER = 512
/** After so long without news everything folded together has been written. */
const SETTLED_MS = 10_000

/** Which dataset documents are new since the last pull. */
const newsOf = (store: DatasetStore) => {
  const known = new Map<string, number>()
  let top = -1
  let topSince = 0

  return async (): Promise<readonly Dataset[]> => {
    const settled = performance.now() - topSince > SETTLED_MS
    const changes = await store.changedSince(settled ? top : top - FOLDED_TOGETHER)
    const news = changes.filter(({ dataset, idx }) => known.get(dataset.id) !== idx)
    for (const { dataset, idx } of news) {
      known.set(dataset.id, idx)
      if (idx > top) topSince = performance.now()
      top = Math.max(top, idx)
    }
    return news.map(({ dataset }) => dataset)
  }
}

/**
 * Keeps the search index in step with the folded datasets. It pulls, so that every process with an
 * index of its own follows the same order; the first pull fills it.
 */
const follower = ({ store, licences, search }: CatalogueDeps) => {
  const news = newsOf(store)
  /** When an embargo ends, the rung of the dataset changes without an event. */
  const embargoed = new Map<string, number>()

  const index = async (datasets: readonly Dataset[], now: number): Promise<void> => {
    const listed = datasets.filter(isListed)
    const digests = new Set(listed.flatMap(licencesOf))
    const records = digests.size === 0 ? [] : await licences.licencesByDigest([...digests])
    const byDigest = new Map(records.map((record) => [record.digest, record]))
    search.remove(datasets.filter((dataset) => !isListed(dataset)).map(({ id }) => id))
    const recordsOf = (one: Dataset) => licencesOf(one).map((digest) => byDigest.get(digest))
    search.put(listed.map((one) => asDoc(one, recordsOf(one), now)))
    for (const { id, embargoUntil } of datasets) {
      if (embargoUntil !== null && now < embargoUntil) embargoed.set(id, embargoUntil)
      else embargoed.delete(id)
    }
  }

  return async (now: number): Promise<void> => {
    const changed = await news()
    if (changed.length > 0) await index(changed, now)
    const ended = [...embargoed].filter(([, until]) => until <= now).map(([id]) => id)
    if (ended.length > 0) await index(await store.datasets(ended), now)
  }
}

const asSearch = (query: CatalogueQuery): SearchQuery => ({
  text: query.text ?? '',
  filters: {
    language: query.languages ?? [],
    community: query.communities ?? [],
    licence: query.licences ?? [],
    kind: query.kinds ?? [],
    stage: query.stages ?? [],
  },
  first: Math.max(1, Math.min(100, Math.trunc(query.first ?? 20))),
  ...(query.after ? { after: query.after } : {}),
  sort: query.sort ?? (query.text?.trim() ? 'relevance' : 'newest'),
})

/** The catalogue of listed datasets. */
export const createCatalogue = (deps: CatalogueDeps) => {
  const follow = follower(deps)
  // One pull at a time: two would read the same documents.
  let pulling: Promise<void> = Promise.resolve()

  return async (query: CatalogueQuery, now: number): Promise<CataloguePage> => {
    const pull = pulling.then(() => follow(now))
    pulling = pull.catch(() => {})
    await pull
    const result = deps.search.search(asSearch(query))
    const found = await deps.store.datasets(result.hits.map(({ id }) => id))
    const byId = new Map(found.map((dataset) => [dataset.id, dataset]))
    return {
      total: result.total,
      // Read again: the index may be an event behind, and what is hidden by now stays hidden.
      nodes: result.hits.flatMap(({ id }) => byId.get(id) ?? []).filter(isListed),
      facets: FACETS.map((name) => ({ name, values: result.facets[name] })),
      endCursor: result.next,
      hasNextPage: result.next !== null,
    }
  }
}
