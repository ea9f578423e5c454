import type { Grant } from './grants.ts'
import type { SettledClauses } from './settlement.ts'

/** What a grant must never exceed. */
export interface Bound {
  readonly dataset: string
  readonly version: string
  readonly manifestDigest: string
  readonly licence: string
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  /** How many people may use it beside its holder. */
  readonly places: number
  /** Epoch ms. */
  readonly expiresBy: number
  /** What the votes settle that a licence leaves to people; left out: nothing. */
  readonly settles?: readonly SettledClauses[]
}

export type Bounded = Pick<
  Grant,
  | 'dataset'
  | 'version'
  | 'manifestDigest'
  | 'licence'
  | 'purposes'
  | 'actions'
  | 'places'
  | 'expiresAt'
  | 'settled'
>

/** grant ⊑ decision: the fields in which a grant goes beyond what was decided; none is what we want. */
export const exceeds = (grant: Bounded, bound: Bound): readonly string[] => {
  const same = (['dataset', 'version', 'manifestDigest', 'licence'] as const).filter(
    (field) => grant[field] !== bound[field],
  )
  const beyond = (['purposes', 'actions'] as const).filter((field) =>
    grant[field].some((item) => !bound[field].includes(item)),
  )
  const { settles = [] } = bound
  const unsettled = (grant.settled ?? []).filter(
    ({ community, licence, clauses }) =>
      !settles.some(
        (one) =>
          one.community === community &&
          one.licence === licence &&
          clauses.every((clause) => one.clauses.includes(clause)),
      ),
  )
  // Written so that what is no number is beyond as well.
  const last = grant.expiresAt <= bound.expiresBy ? [] : ['expiresAt']
  const settled = unsettled.length === 0 ? [] : ['settled']
  return [
    ...same,
    ...beyond,
    ...settled,
    ...(grant.places <= bound.places ? [] : ['places']),
    ...last,
  ]
}
