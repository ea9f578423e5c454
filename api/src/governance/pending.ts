import type { View } from '../../../policies/index.ts'
import type { Proposal } from './governance.ts'

const UNDECIDED = new Set(['open', 'standstill', 'vetoed', 'appealed', 'enactable'])

/** Whether a vote on this is under way or to come. `view` is that of the proposal now. */
export const isUndecided = (proposal: Proposal, view: View | null): boolean => {
  const phase = view?.phase ?? proposal.stage
  return !proposal.settled && (phase === 'deliberation' || UNDECIDED.has(phase))
}

/** The same, or it has been decided and what was decided has not happened yet. */
export const isPending = (proposal: Proposal, view: View | null): boolean =>
  isUndecided(proposal, view) || (view?.phase === 'enacted' && proposal.effectIdx === null)
