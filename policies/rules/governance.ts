/** The governance kernel: charters, votes and what follows from them. */
export { admissible, admissibleInTurn } from './admissible.ts'
export type { Admission } from './admission.ts'
export { MOST_KEYS } from './ballot-keys.ts'
export {
  type AppealRule,
  type AssistedRule,
  type BodySize,
  type Charter,
  type CharterBody,
  type CharterRule,
  charterDigest,
  type EmergencyRule,
  type GroupRule,
  type OpenRule,
  type ProxyRule,
  type RecusalRule,
  type SecrecyRule,
  type VetoRule,
} from './charter.ts'
export { easierParts, type Sizes } from './compare-rules.ts'
export { type VoteCondition, voteConditions } from './conditions.ts'
export {
  type ClauseAnswer,
  DELEGATION_CLAUSES,
  type DelegatedClass,
  type DelegatedRequest,
  type Delegation,
  type DelegationAnswer,
  type DelegationClause,
  type DelegationState,
  delegationState,
  LONGEST_DELEGATION,
  outsideClass,
  withinDelegation,
} from './delegation.ts'
export { describeCommon } from './describe-common.ts'
export { describeRule } from './describe-rule.ts'
export { type CharterChange, diffCharters } from './diff-charters.ts'
export { parseDuration, sayDuration } from './duration.ts'
export {
  hasHeader,
  isWithheld,
  LEAST_ROWS,
  NAMING_LEVEL,
  type RowFormat,
  rowContent,
  rowFormat,
  rowsNeeded,
  type Trace,
  traceCopies,
  WITHHELD_SHARE,
} from './fingerprint.ts'
export type { Fraction } from './fraction.ts'
export { instantiateCharter } from './instantiate-charter.ts'
export { type Finding, lintCharter } from './lint-charter.ts'
export { isMatter, MATTERS, type Matter } from './matters.ts'
export { type OpenProposalInput, type OpenProposalResult, openProposal } from './open-proposal.ts'
export { type ParseCharterResult, parseCharter } from './parse-charter.ts'
export type { Problem } from './problem.ts'
export {
  APPLICANT,
  type AppealGrounds,
  type AssistedBallot,
  type BallotMark,
  type Choice,
  effectId,
  type Frozen,
  type FrozenRule,
  type FrozenTimes,
  type Minute,
  type Phase,
  type ProposalEvent,
  type Register,
  type RollMember,
  type Tally,
  type TallyReason,
  type View,
} from './proposal.ts'
export { type Standing, standingBallots } from './standing-ballots.ts'
export { view } from './view.ts'
export { diffWords, type TextChange } from './word-diff.ts'
