import { diffCharters, parseCharter } from '../../../policies/index.ts'
import type { CharterRecord, People } from '../people/people.ts'
import type { Proposal } from './governance.ts'

/** The charter a proposal would adopt; null for other proposals. */
export const proposedCharter = ({ community, effect }: Proposal): CharterRecord | null => {
  if (effect.kind !== 'charter.amend') return null
  const { digest, version, charter } = effect
  return { community, digest, version, document: charter, adoptedAt: null, proposal: null }
}

/** What the ballot shows: each part of the charter that says something else than the one it follows. */
export const charterChanges = async (proposal: Proposal, people: People) => {
  const after = parseCharter(proposedCharter(proposal)?.document)
  if (!after.ok || after.charter.previous === undefined) return null
  const before = parseCharter((await people.charter(after.charter.previous))?.document)
  if (!before.ok) return null
  const sizes = await people.sizes(proposal.community, after.charter)
  return diffCharters(before.charter, after.charter, sizes).map(({ matter, removed, added }) => ({
    matter,
    removed: [...removed],
    added: [...added],
  }))
}
