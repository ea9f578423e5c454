import { FACETS, type FacetCount, type FacetName, type SearchDoc } from './types.ts'

/** Chosen values of the filtered facets. */
export interface Filter {
  /** One list of value numbers for each filtered facet; empty if none of its values is known. */
  readonly groups: readonly (readonly number[])[]
  /** Bits of the filtered facets. */
  readonly required: number
  /** 1 for every chosen value, by value number. */
  readonly chosen: Uint8Array
}

export type Filters = Partial<Record<FacetName, readonly string[]>>

/** Numbers for facet values, in the order in which they are first seen. */
export interface FacetValues {
  /** The values of a dataset; those not seen before get a number. */
  numbersOf(doc: SearchDoc): readonly number[]
  /** Bit of the facet a value belongs to, by value number. */
  bits(): readonly number[]
  filter(filters: Filters): Filter
  /** Values of one facet that occur, most frequent first, then by code point. */
  list(facet: FacetName, counts: Int32Array): readonly FacetCount[]
}

const MAX_LISTED = 100

const bitOf = (facet: FacetName): number => 1 << FACETS.indexOf(facet)

const each = (facet: FacetName, values: readonly string[]) =>
  [...new Set(values)].map((value) => [facet, value] as const)

const pairsOf = (doc: SearchDoc): readonly (readonly [FacetName, string])[] => [
  ...each('language', doc.languages),
  ...each('community', doc.communities),
  ...each('licence', doc.licences),
  ['kind', doc.kind],
  ['stage', doc.stage],
]

const byCountThenValue = (a: FacetCount, b: FacetCount): number =>
  b.count - a.count || (a.value < b.value ? -1 : 1)

const emptyNumbers = (): Record<FacetName, Map<string, number>> => ({
  language: new Map(),
  community: new Map(),
  licence: new Map(),
  kind: new Map(),
  stage: new Map(),
})

export const createFacetValues = (): FacetValues => {
  const numbers = emptyNumbers()
  const bits: number[] = []

  const numberOf = (facet: FacetName, value: string): number => {
    const known = numbers[facet].get(value)
    if (known !== undefined) return known
    const number = bits.push(bitOf(facet)) - 1
    numbers[facet].set(value, number)
    return number
  }

  return {
    numbersOf: (doc) => pairsOf(doc).map(([facet, value]) => numberOf(facet, value)),
    bits: () => bits,
    filter: (filters) => {
      const used = FACETS.filter((facet) => (filters[facet]?.length ?? 0) > 0)
      const groups = used.map((facet) =>
        [...new Set(filters[facet])].flatMap((value) => numbers[facet].get(value) ?? []),
      )
      const chosen = new Uint8Array(bits.length)
      for (const number of groups.flat()) chosen[number] = 1
      return { groups, required: used.reduce((mask, facet) => mask | bitOf(facet), 0), chosen }
    },
    list: (facet, counts) =>
      [...numbers[facet]]
        .filter(([, number]) => (counts[number] ?? 0) > 0)
        .map(([value, number]) => ({ value, count: counts[number] ?? 0 }))
        .sort(byCountThenValue)
        .slice(0, MAX_LISTED),
  }
}
