import {
  groupsMayShow,
  standingBallots,
  type View,
  type VoteCondition,
  voteConditions,
} from '../../../policies/index.ts'
import type { Proposal } from './governance.ts'

/** How one closed vote went. Instants are epoch ms, lengths are days. */
export interface VoteResult {
  readonly proposal: string
  readonly title: string
  readonly matter: string
  readonly phase: View['phase']
  readonly madeAt: number
  readonly closedAt: number
  readonly deciders: number | null
  readonly cast: number | null
  readonly daysToDecision: number
  readonly daysToEffect: number | null
}

const DAY = 86_400_000

/** Of fewer than this, numbers would tell what single people did. */
const FEWEST = 3

const daysBetween = (from: number, until: number): number =>
  Math.round(((until - from) / DAY) * 10) / 10

const enactedAt = ({ events }: Proposal): number | null =>
  events.find(({ type }) => type === 'enact')?.at ?? null

/** The result of a vote that has closed; null before. `view`: where it stands now. */
export const resultOf = (proposal: Proposal, view: View | null): VoteResult | null => {
  if (!view || view.phase === 'open') return null
  const { id, title, matter, madeAt } = proposal
  const { deciders, cast } = view.tally
  const few = deciders < FEWEST
  const effect = enactedAt(proposal)
  return {
    proposal: id,
    title,
    matter,
    phase: view.phase,
    madeAt,
    closedAt: view.closesAt,
    deciders: few ? null : deciders,
    cast: few ? null : cast,
    daysToDecision: daysBetween(madeAt, view.closesAt),
    daysToEffect: effect === null ? null : daysBetween(madeAt, effect),
  }
}

/** How many of one group could decide and how many did. */
export interface GroupPart {
  readonly group: string
  readonly members: number
  readonly cast: number
}

/** How the groups took part; null where the charter, or a small group, keeps their numbers back. */
export const groupParts = (
  { frozen }: Proposal,
  view: View | null,
): readonly GroupPart[] | null => {
  if (!frozen || !view || view.phase === 'open' || !groupsMayShow(frozen)) return null
  const voters = standingBallots(view.accepted)
  const roll = Object.entries(frozen.roll)
  const groups = [...new Set(roll.map(([, group]) => group))].filter((group) => group !== '')
  return groups.sort().map((group) => {
    const inside = roll.filter(([, one]) => one === group)
    const cast = inside.filter(([member]) => voters.has(member)).length
    return { group, members: inside.length, cast }
  })
}

/** Every condition of a closed vote; null when what was recorded cannot be counted again. */
export const conditionsOf = (
  { frozen, events }: Proposal,
  view: View | null,
): readonly VoteCondition[] | null => {
  if (!frozen || !view || view.phase === 'open') return null
  const conditions = voteConditions(frozen, events, view.closesAt)
  // After an erasure the result that was written down stands, and its ballots no longer say why.
  return conditions.every(({ met }) => met) === view.tally.pass ? conditions : null
}
