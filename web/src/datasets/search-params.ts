import type { DatasetSearchInput } from '../graphql/generated.ts'

export const facetNames = ['language', 'community', 'kind', 'stage', 'licence'] as const
export type FacetName = (typeof facetNames)[number]

const pageSize = 20

/** The address of a search is the search: everything the form holds stands in it. */
export function searchOf(params: URLSearchParams): DatasetSearchInput {
  const many = (name: FacetName) => {
    const values = params.getAll(name).filter(Boolean)
    return values.length > 0 ? values : null
  }
  return {
    text: params.get('q')?.trim() || null,
    language: many('language'),
    community: many('community'),
    licence: many('licence'),
    kind: many('kind'),
    stage: many('stage'),
    sort: params.get('sort') || null,
    first: pageSize,
    after: params.get('after'),
  }
}

/** The same search, one page further. */
export function pageAfter(params: URLSearchParams, cursor: string): string {
  const next = new URLSearchParams(params)
  next.set('after', cursor)
  return `?${next}`
}

export function withoutPage(params: URLSearchParams): string {
  const first = new URLSearchParams(params)
  first.delete('after')
  return `?${first}`
}
