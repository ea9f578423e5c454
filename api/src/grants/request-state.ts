import type { Context } from '../context.ts'
import type { Proposal } from '../governance/governance.ts'
import { isUnanswered } from '../governance/is-unanswered.ts'
import type { AccessRequest } from './grants.ts'

/** What a request is, when its councils say different things: a no of one, or of all, ends it. */
const WEIGHT = {
  all: ['rejected', 'returned', 'unanswered', 'voting'],
  any: ['returned', 'voting', 'unanswered', 'rejected'],
} as const

const NOT_GIVEN: ReadonlySet<string> = new Set(['rejected', 'vetoed', 'annulled'])

export const requestState = async (
  request: AccessRequest,
  { governance }: Context,
): Promise<string> => {
  if (request.refused) return 'refused'
  if (request.withdrawn) return 'withdrawn'
  if (request.grant) return 'granted'
  const states = await Promise.all(
    request.asked.map(async ({ proposal }) =>
      voteState(await governance.proposal(proposal), governance),
    ),
  )
  const awaited = states.length < Math.max(1, request.councils.length)
  const all = awaited ? [...states, 'voting'] : states
  return WEIGHT[request.rule].find((state) => all.includes(state)) ?? 'voting'
}

const voteState = (proposal: Proposal | null, governance: Context['governance']): string => {
  const view = proposal && governance.view(proposal)
  if (proposal?.stage === 'deliberation' && proposal.returned) return 'returned'
  if (!view) return 'voting'
  if (isUnanswered(view)) return 'unanswered'
  return NOT_GIVEN.has(view.phase) ? 'rejected' : 'voting'
}
