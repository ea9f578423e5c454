import type { Context } from '../context.ts'
import { refuse, signInFirst } from '../errors.ts'
import type { Resolvers } from '../graphql/generated.ts'
import { shown } from '../people/resolvers.ts'
import { judgeKey, keysOf } from './ballot-key.ts'
import type { BallotAnswer } from './cast-signed.ts'
import type { BallotKey, Proposal } from './governance.ts'
import { proposalPayload } from './resolvers.ts'
import { permission, seatIn } from './viewer.ts'

/** A key together with the vote it is of. */
export interface KeyOf {
  readonly proposal: Proposal
  readonly key: BallotKey
}

const ownKeys = async (proposal: Proposal, context: Context): Promise<KeyOf[]> => {
  const seat = await seatIn(proposal, context)
  return seat ? keysOf(proposal, seat.id).map((key) => ({ proposal, key })) : []
}

const shownAnswer = (answer: BallotAnswer) =>
  answer.ok ? { entry: answer.entry, receipt: answer.receipt } : { refused: shown(answer) }

export const resolvers: Resolvers = {
  BallotKey: {
    key: ({ key }) => key.key,
    addedAt: ({ key }) => new Date(key.at).toISOString(),
    entry: ({ key }) => key.entry,
    endedAt: ({ key }) => (key.ended === null ? null : new Date(key.ended).toISOString()),
  },
  Proposal: {
    myBallotKeys: (proposal, _, context) => ownKeys(proposal, context),
    viewerCanSign: async (proposal, _, context) => {
      const seat = await seatIn(proposal, context)
      if (!seat) return permission(refuse('NOT_A_MEMBER', 'Only members of this community may.'))
      const act = { type: 'add-key', by: seat.id, key: '', at: context.log.now() } as const
      return permission(judgeKey(proposal, act))
    },
  },
  Viewer: {
    ballotKeys: async ({ id }, _, context) => {
      const open = await context.governance.inbox(id)
      return (await Promise.all(open.map((proposal) => ownKeys(proposal, context)))).flat()
    },
  },
  Mutation: {
    addBallotKey: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.addBallotKey(actor, input) : signInFirst()),
    endBallotKey: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.endBallotKey(actor, input) : signInFirst()),
    castSigned: async (_, { input }, { actor, governance }) => {
      const result = actor ? await governance.castSigned(actor, input) : signInFirst()
      if (!result.ok) return { refused: shown(result) }
      return { proposal: result.proposal, answers: result.answers.map(shownAnswer) }
    },
  },
}
