import { type Frozen, type Phase, type View, view } from '../../../policies/index.ts'
import type { Outcome, Proposal } from './governance.ts'

const agrees = ({ tally }: View, outcome: Outcome): boolean =>
  (['pass', 'deciders', 'yes', 'no', 'abstain', 'objections', 'assisted'] as const).every(
    (name) => tally[name] === outcome[name],
  )

/** From when an accepted decision may happen, and when it lapses (half-open, as the kernel has it). */
const windowOf = ({ times }: Frozen, closesAt: number) => {
  const from = closesAt + Math.max(times.veto, times.appeal)
  return { from, until: from + times.execWithin }
}

const phaseAfter = (
  outcome: Outcome,
  { from, until }: ReturnType<typeof windowOf>,
  now: number,
) => {
  const after: Phase = now < from ? 'standstill' : now < until ? 'enactable' : 'expired'
  return outcome.pass ? after : outcome.phase
}

/** The view when ballots or the roll have been erased since: the result that was written down stands. */
const standing = (frozen: Frozen, found: View, proposal: Proposal, now: number): View => {
  const { outcome, enactedIdx } = proposal
  if (!outcome || agrees(found, outcome)) return found
  const { phase: closedAs, ...counted } = outcome
  const tally = { ...found.tally, ...counted, inquorate: closedAs === 'inquorate' }
  const held = found.phase === 'vetoed' || found.phase === 'appealed' || found.phase === 'annulled'
  const window = windowOf(frozen, found.closesAt)
  const phase = enactedIdx !== null ? 'enacted' : phaseAfter(outcome, window, now)
  return {
    ...found,
    tally,
    phase: held && enactedIdx === null ? found.phase : phase,
    enactableFrom: outcome.pass ? window.from : null,
    expiresAt: outcome.pass ? window.until : null,
  }
}

/** Where a proposal stands at `now` (epoch ms); null before its vote opens. */
export const stateOf = (proposal: Proposal, now: number): View | null => {
  const { frozen, events, stage } = proposal
  if (!frozen || stage !== 'open') return null
  return standing(frozen, view(frozen, events, now), proposal, now)
}
