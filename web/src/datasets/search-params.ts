import type { DatasetSearchInput, DescribedUseInput } from '../graphql/generated.ts'

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

/**
 * The use a reader has in mind, to be answered row by row: `for` a purpose, `as` somebody. Only a
 * company counts as tied to one; who is not sure asks on the dataset itself.
 */
export function useOf(params: URLSearchParams): DescribedUseInput {
  const actorKind = params.get('as') || null
  return {
    purpose: params.get('for') ?? '',
    actions: ['download'],
    actorKind,
    commercialTie: actorKind && (actorKind === 'commercial' ? 'yes' : 'no'),
  }
}

/** The same question at the check of one dataset, where it is answered clause by clause. */
export function checkOf(dataset: string, params: URLSearchParams): string {
  const { purpose, actions, actorKind, commercialTie } = useOf(params)
  const question = new URLSearchParams({ purpose, action: actions?.[0] ?? '' })
  if (actorKind) question.set('actor', actorKind)
  if (commercialTie) question.set('tie', commercialTie)
  return `/datasets/${dataset}?${question}#answer`
}
