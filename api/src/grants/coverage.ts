import type { Governance } from '../governance/governance.ts'
import type { Grant } from './grants.ts'
import type { GrantStore } from './store.ts'

export interface CoverageDeps {
  readonly store: GrantStore
  readonly governance: Pick<Governance, 'enacted'>
}

/**
 * Counts the downloads of a community and how many of them rest on a decision that has been enacted
 * where their grant says so. The two must be equal; whoever gets round the vote makes them differ.
 */
export const createCoverage = ({ store, governance }: CoverageDeps) => {
  // What has been enacted stays so: each decision is looked up once.
  const enacted = new Set<string>()

  const rests = async ({ decision: { proposal, entry } }: Pick<Grant, 'decision'>) => {
    const key = `${proposal}@${entry}`
    if (enacted.has(key)) return true
    const found = (await governance.enacted(proposal))?.enactedIdx === entry
    if (found) enacted.add(key)
    return found
  }

  return async (community: string): Promise<{ downloads: number; covered: number }> => {
    const [counts, decisions] = await Promise.all([
      store.downloadsByGrant(community),
      store.decisions(community),
    ])
    let [downloads, covered] = [0, 0]
    for (const [grant, count] of counts) {
      const decision = decisions.get(grant)
      downloads += count
      if (decision && (await rests({ decision }))) covered += count
    }
    return { downloads, covered }
  }
}
