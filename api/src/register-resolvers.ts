import { answeredByStanding } from './grants/delegation-view.ts'
import type { Resolvers } from './graphql/generated.ts'

/** Counters over all domains, in public: what was decided, what was left unanswered. */
export const resolvers: Resolvers = {
  Community: {
    register: async ({ id }, _, context) => {
      const { governance, grants, datasets, log } = context
      const { downloads, covered } = await grants.counts(id)
      const { open: openDuties, breached: breachedDuties } = await grants.dutyCounts(id)
      return {
        ...(await governance.counts(id)),
        unratifiedSuspensions: await datasets.unratified(id, log.now()),
        openDuties,
        breachedDuties,
        downloads,
        downloadsCovered: covered,
        answeredByStanding: await answeredByStanding(id, context),
      }
    },
  },
}
