import type { Resolvers } from '../graphql/generated.ts'
import type { Proposal } from './governance.ts'
import { conditionsOf, groupParts, resultOf, type VoteResult } from './results.ts'
import { reasonsGiven } from './roll-call.ts'

/** As many votes as a chart can still show. */
const SHOWN = 12
const SEARCHED = 60

const instants = <T extends VoteResult>(result: T) => ({
  ...result,
  madeAt: new Date(result.madeAt).toISOString(),
  closedAt: new Date(result.closedAt).toISOString(),
})

export const resolvers: Resolvers = {
  Community: {
    results: async ({ id }, _, { governance }) => {
      const proposals = await governance.proposals({ community: id, first: SEARCHED })
      return proposals
        .flatMap((proposal) => resultOf(proposal, governance.view(proposal)) ?? [])
        .toSorted((a, b) => b.closedAt - a.closedAt)
        .slice(0, SHOWN)
        .map(instants)
    },
  },
  Proposal: {
    conditions: (proposal: Proposal, _, { governance }) => {
      const found = conditionsOf(proposal, governance.view(proposal))
      return found?.map(({ met, text }) => ({ met, text })) ?? null
    },
    reasonsGiven: async (proposal, _, { actor, governance, people }) => {
      const reader = actor ? await people.memberOf(actor.account.id, proposal.community) : null
      return reasonsGiven(proposal, governance.view(proposal), reader)
    },
    result: (proposal, _, { governance }) => {
      const result = resultOf(proposal, governance.view(proposal))
      return result && instants(result)
    },
    groupParts: (proposal, _, { governance }) =>
      groupParts(proposal, governance.view(proposal))?.map((part) => ({ ...part })) ?? null,
    charterDigest: ({ frozen }) => frozen?.charterDigest ?? null,
    charterVersion: ({ frozen }) => frozen?.charterVersion ?? null,
  },
}
