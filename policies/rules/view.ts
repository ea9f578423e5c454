import { follow } from './admissible.ts'
import { type Course, enactableFrom, phaseAt, tallyOf } from './course.ts'
import type { Frozen, Phase, ProposalEvent, View } from './proposal.ts'

/**
 * The state of a proposal at `now` (epoch milliseconds), derived from the opening and the events in
 * their logged order. Events after `now` and events that were never admissible change nothing, so
 * a missed timer or a forged entry changes nothing either.
 */
export function view(frozen: Frozen, events: readonly ProposalEvent[], now: number): View {
  const course = follow(frozen, events, now)
  const tally = tallyOf(course)
  const phase = phaseAt(course, now, tally)
  const [vetoedBy] = course.vetoes
  const window = effectWindow(course, phase)
  return {
    phase,
    closesAt: course.closesAt,
    extensions: course.extensions,
    tally,
    ...(vetoedBy === undefined ? {} : { vetoedBy }),
    ...(course.effect === undefined ? {} : { effect: course.effect }),
    ...window,
    nextChangeAt: nextChangeAt(phase, course, window),
    accepted: course.accepted,
  }
}

type EffectWindow = Pick<View, 'enactableFrom' | 'expiresAt'>

const BOUND_FOR_EFFECT: readonly Phase[] = ['standstill', 'enactable', 'enacted', 'expired']

function effectWindow(course: Course, phase: Phase): EffectWindow {
  if (!BOUND_FOR_EFFECT.includes(phase)) return { enactableFrom: null, expiresAt: null }
  const from = enactableFrom(course)
  return { enactableFrom: from, expiresAt: from + course.frozen.times.execWithin }
}

function nextChangeAt(phase: Phase, course: Course, window: EffectWindow): number | null {
  if (phase === 'open') return course.closesAt
  if (phase === 'standstill') return window.enactableFrom
  return phase === 'enactable' ? window.expiresAt : null
}
