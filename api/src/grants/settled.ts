import { type Facts, type Licence, leftToPeople, type Use } from '../../../policies/index.ts'
import { type FactsQuestion, isApproval } from './facts.ts'
import type { Grant } from './grants.ts'
import type { SettledClauses, Settlement } from './settlement.ts'
import type { GrantStore } from './store.ts'
import type { CustodianTerms, JudgedTerms, SettledFor, Terms } from './terms.ts'

/** The versions by which one custodian speaks: as it was voted for, and the newest. */
const spoken = ({ digest, licence, newer }: CustodianTerms) => [
  { digest, licence },
  ...(newer ? [newer] : []),
]

/**
 * The licences of one custodian whose clauses for people its own council has settled. A clause that
 * bears on the use by now and was not before the council when it voted keeps its licence closed.
 */
export const settledAt = (
  whose: CustodianTerms,
  settled: readonly SettledClauses[],
  { facts, use }: { readonly facts: Facts; readonly use: Use },
): readonly Licence[] =>
  spoken(whose).flatMap(({ digest, licence }) => {
    const voted = settled.filter(
      (one) => one.community === whose.community && one.licence === digest,
    )
    if (voted.length === 0) return []
    const known = voted.flatMap(({ clauses }) => clauses)
    const open = leftToPeople(licence, facts, use).filter(({ uid }) => !known.includes(uid))
    return open.length === 0 ? [licence] : []
  })

/** What a vote of the council on the very request has settled: nothing else that lets people in does. */
export const settledBy = ({
  basis,
  settled = [],
}: Pick<Grant, 'basis' | 'settled'>): readonly Settlement[] => (basis === 'vote' ? settled : [])

/** What councils have settled over an origin for somebody, as far as their yes there went. */
export const settledOver = (
  held: readonly Grant[],
  origin: NonNullable<FactsQuestion['origin']>,
  now: number,
): readonly SettledClauses[] =>
  held.filter((grant) => isApproval(grant, origin, now)).flatMap(settledBy)

interface Settling {
  readonly account: string | null
  /** Whose grants over an origin count for them. */
  readonly by: readonly (string | null)[]
  readonly settled: readonly SettledClauses[]
  readonly use: Use
  readonly now: number
}

/** For each custodian, what was settled for this use: here, or by a vote over what it was made from. */
export const settling = async (
  { store }: { readonly store: Pick<GrantStore, 'grantsUsedBy'> },
  terms: Terms,
  { account, by, settled, use, now }: Settling,
): Promise<SettledFor> => {
  const isDerived = terms.some(({ own }) => !own)
  const held = isDerived && account !== null ? await store.grantsUsedBy(account) : []
  return (whose, facts, own) => {
    const { dataset } = whose
    const over = own ? [] : settledOver(held, { dataset, use, by }, now)
    return settledAt(whose, [...settled, ...over], { facts, use })
  }
}

/** What the councils of these communities have to settle for a use, licence by licence. */
export const toSettle = (
  terms: Terms,
  judged: JudgedTerms,
  { communities, use }: { readonly communities: readonly string[]; readonly use: Use },
): readonly SettledClauses[] => {
  const found = new Map<string, SettledClauses>()
  for (const [nth, { custodians }] of terms.entries())
    for (const [at, whose] of custodians.entries()) {
      const facts = judged[nth]?.custodians[at]?.facts ?? {}
      const { community } = whose
      if (!communities.includes(community)) continue
      for (const { digest, licence } of spoken(whose)) {
        const known = found.get(`${community} ${digest}`)?.clauses ?? []
        const clauses = leftToPeople(licence, facts, use).map(({ uid }) => uid)
        if (clauses.length === 0) continue
        found.set(`${community} ${digest}`, {
          ...{ community, licence: digest },
          clauses: [...new Set([...known, ...clauses])],
        })
      }
    }
  return [...found.values()]
}
