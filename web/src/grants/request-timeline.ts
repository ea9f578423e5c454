import type { RequestKey } from '../i18n/areas/request.ts'

export type Milestone = {
  readonly key: RequestKey
  /** `null` when nobody can say yet. */
  readonly at: string | null
  readonly past: boolean
}

export type Journey = {
  readonly state: string
  readonly submittedAt: string
  readonly proposal: {
    readonly phase: string
    readonly madeAt: string
    readonly opensAt: string | null
    readonly closesAt: string | null
    readonly enactableFrom: string | null
    readonly challenges: readonly { readonly kind: string; readonly at: string }[]
  } | null
  readonly grant: { readonly issuedAt: string } | null
}

/** What happened and what comes next, in order; times that lie ahead are marked so. */
export function timelineOf(journey: Journey, now: string): readonly Milestone[] {
  const { state, submittedAt, proposal, grant } = journey
  return [
    { key: 'status.asked', at: submittedAt, past: true },
    { key: 'status.answered', at: submittedAt, past: true },
    ...(proposal ? voteMilestones(proposal, now) : []),
    ...endMilestones(state, proposal, grant, now),
  ]
}

function voteMilestones(
  proposal: NonNullable<Journey['proposal']>,
  now: string,
): readonly Milestone[] {
  const { madeAt, opensAt, closesAt, challenges } = proposal
  const asked: Milestone = { key: 'status.proposal', at: madeAt, past: true }
  if (!opensAt) return [asked, { key: 'status.waitsToOpen', at: null, past: false }]
  const opened: Milestone = { key: 'status.open', at: opensAt, past: isPast(opensAt, now) }
  if (!closesAt) return [asked, opened]
  const past = isPast(closesAt, now)
  const appealed = challenges.filter(({ kind }) => kind === 'appeal')
  return [
    ...[asked, opened],
    { key: past ? 'status.closed' : 'status.close', at: closesAt, past },
    ...appealed.map(({ at }): Milestone => ({ key: 'status.appealed', at, past: true })),
  ]
}

function endMilestones(
  state: string,
  proposal: Journey['proposal'],
  grant: Journey['grant'],
  now: string,
): readonly Milestone[] {
  if (grant) return [{ key: 'status.granted', at: grant.issuedAt, past: true }]
  if (state === 'withdrawn') return [{ key: 'status.withdrawn', at: null, past: true }]
  if (state === 'rejected') return [{ key: 'status.rejected', at: null, past: true }]
  if (state === 'unanswered') return [{ key: 'status.unanswered', at: null, past: true }]
  const effect = proposal?.enactableFrom ?? null
  return effect === null ? [] : [{ key: 'status.effect', at: effect, past: isPast(effect, now) }]
}

const isPast = (at: string, now: string) => Date.parse(at) <= Date.parse(now)
