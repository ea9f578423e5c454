import { follow } from './admissible.ts'
import type { Frozen, ProposalEvent, TallyReason } from './proposal.ts'
import { conditionsOf } from './tally.ts'

/** One thing the charter asks of a vote, in a sentence with its numbers, and whether it is so. */
export interface VoteCondition extends TallyReason {
  readonly met: boolean
}

/**
 * Every condition of a vote at `now` (epoch milliseconds): first whether enough may decide at all,
 * then what a yes takes. A vote passes when all are met; the tally of {@link view} names only those
 * that settled it.
 */
export function voteConditions(
  frozen: Frozen,
  events: readonly ProposalEvent[],
  now: number,
): readonly VoteCondition[] {
  return conditionsOf(follow(frozen, events, now).count)
}
