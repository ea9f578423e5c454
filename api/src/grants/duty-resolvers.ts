import type { Context } from '../context.ts'
import { loaders } from '../datasets/loaders.ts'
import { signInFirst } from '../errors.ts'
import type { Resolvers } from '../graphql/generated.ts'
import { shown } from '../people/resolvers.ts'
import { deletionStanding } from './deletions.ts'
import type { BoardLine, DutyBoard } from './duty-board.ts'
import { lookingAt } from './duty-view.ts'
import type { Grant } from './grants.ts'

const isoOrNull = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString()

/** The holder sees it, and those who sit in a body of the community. */
const deletionsFor = async (grant: Grant, context: Context) => {
  const { holder, seated } = await lookingAt(grant, context)
  if (!holder && !seated) return []
  const now = context.log.now()
  const held = await context.grants.heldAs(grant)
  return grant.deletions.map((one) => {
    const { phase, dueAt, metAt, late } = deletionStanding(one, now)
    return {
      id: one.id,
      cause: one.cause,
      because: one.because,
      units: one.units === null ? null : one.units.flatMap((sha256) => held.get(sha256) ?? sha256),
      askedAt: new Date(one.askedAt).toISOString(),
      dueAt: isoOrNull(dueAt),
      attestedAt: isoOrNull(metAt),
      phase,
      overdue: late,
      evidence: one.evidence.map(({ field, text }) => ({ field, text })),
      entry: one.entry,
      viewerCanAttest: holder && one.attestedAt === null,
    }
  })
}

/** The lines for this reader: what holders wrote is for those who sit in a body. */
const linesFor = async (
  { community }: DutyBoard,
  lines: readonly BoardLine[],
  context: Context,
) => {
  const { people, actor, datasets } = context
  const seat = actor && (await people.memberOf(actor.account.id, community))
  const isSeated = (seat?.bodies.length ?? 0) > 0
  return Promise.all(
    lines.map(async (line) => {
      const dataset = await loaders(context).dataset(line.dataset)
      return {
        ...line,
        dataset: dataset && (await datasets.visibleTo(dataset, actor)) ? dataset : null,
        dueAt: isoOrNull(line.dueAt),
        metAt: isoOrNull(line.metAt),
        evidence: isSeated ? line.evidence.map(({ field, text }) => ({ field, text })) : null,
      }
    }),
  )
}

/** Duties before everybody, and what has to be deleted. */
export const resolvers: Resolvers = {
  Grant: { deletions: (grant, _, context) => deletionsFor(grant, context) },
  Community: { dutyBoard: ({ id }, _, { actor, grants }) => grants.dutyBoard(actor, id) },
  DutyBoard: {
    counts: ({ counts }) => [...counts],
    open: (board, _, context) => linesFor(board, board.open, context),
    sharedBack: (board, _, context) => linesFor(board, board.sharedBack, context),
    benefits: (board, _, context) => linesFor(board, board.benefits, context),
  },
  Mutation: {
    attestDeletion: async (_, { input }, { actor, grants }) => {
      const result = actor ? await grants.attestDeletion(actor, input) : signInFirst()
      return result.ok ? { grant: result.grant } : { refused: shown(result) }
    },
  },
}
