import { proposalPayload } from '../governance/resolvers.ts'
import type { MutationResolvers } from '../graphql/generated.ts'

/** What about a dataset is put to the vote. */
export const votes = {
  proposePublication: async (_, { input }, { actor, datasets }) =>
    proposalPayload(await datasets.proposePublication(actor, input)),
  proposeReopening: async (_, { input }, { actor, datasets }) =>
    proposalPayload(await datasets.proposeReopening(actor, input)),
  proposeCustody: async (_, { input }, { actor, datasets }) =>
    proposalPayload(await datasets.proposeCustody(actor, input)),
  proposeFingerprint: async (_, { input }, { actor, datasets }) =>
    proposalPayload(await datasets.proposeFingerprint(actor, input)),
  proposeTakedown: async (_, { input }, { actor, datasets }) =>
    proposalPayload(await datasets.proposeTakedown(actor, input)),
} satisfies MutationResolvers
