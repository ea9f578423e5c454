/** Clauses of one version of a licence that are left to people, and whose council settles them. */
export interface SettledClauses {
  readonly community: string
  /** Digest of the licence. */
  readonly licence: string
  /** The uids of the clauses. */
  readonly clauses: readonly string[]
}

/** The same, once they are settled. */
export interface Settlement extends SettledClauses {
  /** The proposal by whose vote its council has settled them. */
  readonly vote: string
}
