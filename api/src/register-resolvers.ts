import type { Resolvers } from './graphql/generated.ts'

const UNANSWERED = new Set(['inquorate', 'expired'])

/** Counters over all domains, in public: what was decided, what was left unanswered. */
export const resolvers: Resolvers = {
  Community: {
    register: async ({ id }, _, { governance, grants, datasets, log }) => {
      const proposals = await governance.proposals({ community: id, first: 10_000 })
      const phases = proposals.map((proposal) => governance.view(proposal)?.phase)
      const { downloads, covered } = await grants.counts(id)
      return {
        decided: proposals.filter((proposal) => proposal.closedIdx !== null).length,
        open: phases.filter((phase) => phase === 'open').length,
        unanswered: phases.filter((phase) => phase && UNANSWERED.has(phase)).length,
        unratifiedSuspensions: await datasets.unratified(id, log.now()),
        downloads,
        downloadsCovered: covered,
      }
    },
  },
}
