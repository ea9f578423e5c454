import type { BallotChoice, BallotProposalFragment, ProposalPhase } from '../graphql/generated.ts'
import type { BallotKey } from '../i18n/areas/ballot.ts'

/** In the order they are offered: the two that decide, then the two that need an explanation. */
export const ballotChoices: readonly BallotChoice[] = ['yes', 'no', 'abstain', 'object']

/** Grounds on which an outcome can be appealed, as the charter knows them. */
export const appealGrounds = ['roll', 'conflict', 'procedure', 'new-facts'] as const

/** An objection stops the decision, so it has to say why; the other three may. */
export const needsReason = (choice: BallotChoice) => choice === 'object'

/** As it is kept on the device until it is cast: no choice is an empty word. */
export type StoredBallot = { readonly choice: string; readonly reason: string }

export type BallotDraft = { readonly choice: BallotChoice | null; readonly reason: string }

/** What still keeps the ballot from being cast; `null` when it can be. */
export function ballotProblem(draft: BallotDraft): BallotKey | null {
  if (draft.choice === null) return 'problem.choice'
  return needsReason(draft.choice) && draft.reason.trim() === '' ? 'problem.reason' : null
}

/** The next instant at which this proposal changes by itself, with the catalogue key that says so. */
export function nextChange(
  proposal: Pick<BallotProposalFragment, 'phase' | 'opensAt' | 'closesAt' | 'enactableFrom'>,
): { readonly key: BallotKey; readonly at: string } | null {
  const { phase, opensAt, closesAt, enactableFrom } = proposal
  if (phase === 'deliberation' && opensAt) return { key: 'when.opens', at: opensAt }
  if (phase === 'open' && closesAt) return { key: 'when.closes', at: closesAt }
  const waits = phase === 'standstill' || phase === 'enactable'
  return waits && enactableFrom ? { key: 'when.effect', at: enactableFrom } : null
}

/** Time left in whole days, or hours on the last day, or minutes in the last hour. */
export function timeLeft(
  now: string,
  until: string,
): { readonly unit: 'days' | 'hours' | 'minutes'; readonly count: number } | null {
  const minutes = Math.floor((Date.parse(until) - Date.parse(now)) / 60_000)
  if (!(minutes >= 0)) return null
  if (minutes >= 48 * 60) return { unit: 'days', count: Math.floor(minutes / 1440) }
  return minutes >= 120
    ? { unit: 'hours', count: Math.floor(minutes / 60) }
    : { unit: 'minutes', count: minutes }
}

type Dated = { readonly id: string; readonly closesAt: string | null; readonly madeAt: string }

/** Soonest close first; what has no closing time yet comes last, oldest first. */
export const bySoonestClose = <T extends Dated>(proposals: readonly T[]): readonly T[] =>
  [...proposals].sort(
    (a, b) =>
      (a.closesAt ?? '9').localeCompare(b.closesAt ?? '9') || a.madeAt.localeCompare(b.madeAt),
  )

const decidedPhases: readonly ProposalPhase[] = [
  'rejected',
  'inquorate',
  'standstill',
  'vetoed',
  'appealed',
  'annulled',
  'enactable',
  'enacted',
  'expired',
]

/** What the council has answered, the latest close first. */
export const decided = <T extends Dated & { readonly phase: ProposalPhase }>(
  proposals: readonly T[],
): readonly T[] =>
  proposals
    .filter(({ phase }) => decidedPhases.includes(phase))
    .sort((a, b) => (b.closesAt ?? b.madeAt).localeCompare(a.closesAt ?? a.madeAt))

/** What is being prepared: made, not yet open for ballots. */
export const upcoming = <T extends Dated & { readonly phase: ProposalPhase }>(
  proposals: readonly T[],
): readonly T[] =>
  bySoonestClose(proposals.filter(({ phase }) => phase === 'draft' || phase === 'deliberation'))
