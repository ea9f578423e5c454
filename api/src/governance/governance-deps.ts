import type { Sha256 } from '../../../policies/index.ts'
import { notFound } from '../errors.ts'
import type { Log } from '../log/index.ts'
import type { People } from '../people/people.ts'
import type { ProposalResult } from './governance.ts'
import type { GovernanceStore } from './store.ts'

export interface GovernanceDeps {
  readonly log: Log
  readonly people: People
  readonly store: GovernanceStore
  readonly sha256: Sha256
}

/** A proposal as it reads now, for the answer to a command. */
export const reread = async ({ store }: GovernanceDeps, id: string): Promise<ProposalResult> => {
  const proposal = await store.proposal(id)
  return proposal ? { ok: true, proposal } : notFound('proposal')
}
