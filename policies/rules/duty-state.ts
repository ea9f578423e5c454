import { DUTIES, type DutyKind } from './vocabulary.ts'

/** Where one duty of one grant stands. Computed from what was recorded and the clock, never stored. */
export const DUTY_PHASES = [
  'scheduled',
  'due',
  'submitted',
  'accepted',
  'returned',
  'waived',
  'overdue',
  'grace',
  'breached',
] as const
export type DutyPhase = (typeof DUTY_PHASES)[number]

/** A duty as one grant carries it. */
export interface DutyTerms {
  readonly kind: DutyKind
  /** Days from `from`; null: it has no date. */
  readonly withinDays: number | null
  /** Epoch ms from which its days count; null while the grant has not been used. */
  readonly from: number | null
}

/** What happened to a duty, oldest first; `at` is epoch milliseconds. */
export interface DutyEvent {
  readonly type: 'submitted' | 'accepted' | 'returned' | 'waived'
  readonly at: number
}

/** All instants are epoch milliseconds. */
export interface DutyStanding {
  readonly phase: DutyPhase
  /** When it falls due; null when it has no date, or none yet. */
  readonly dueAt: number | null
  /** Until when lateness can be made good. */
  readonly curableUntil: number | null
  /** Late and not made good: it bars new grants of the community and downloads under this one. */
  readonly late: boolean
  /** When it was accepted, or null. */
  readonly metAt: number | null
}

const DAY = 86_400_000

/** How long lateness can be made good (`licences.md` 5.6). */
export const CURE_DAYS = 30

/** Kinds that nobody has to look at: what the holder states is all there is to see. */
export const verifiesItself = (kind: DutyKind): boolean => DUTIES[kind].verifier === 'system'

interface Course {
  readonly settled: { readonly as: 'accepted' | 'waived'; readonly at: number } | null
  /** When the evidence that waits for an answer was handed in. */
  readonly pending: number | null
  readonly returned: boolean
  /** Milliseconds in which evidence lay with the community while the days ran. */
  readonly waited: number
}

const START: Course = { settled: null, pending: null, returned: false, waited: 0 }

/** How long evidence has lain since it was handed in, as far as the days ran. */
const lain = ({ from }: DutyTerms, { pending }: Course, now: number): number =>
  pending === null || from === null ? 0 : Math.max(0, now - Math.max(pending, from))

/** When the cure ends; what the community took to read evidence is not the holder's time. */
const endOfCure = ({ from, withinDays }: DutyTerms, waited: number): number =>
  from === null || withinDays === null
    ? Number.POSITIVE_INFINITY
    : from + (withinDays + CURE_DAYS) * DAY + waited

function step(terms: DutyTerms, course: Course, { type, at }: DutyEvent): Course {
  if (course.settled) return course
  if (type === 'waived') return { ...course, pending: null, settled: { as: 'waived', at } }
  if (type === 'submitted') {
    // After the cure only a vote helps.
    if (course.pending !== null || at >= endOfCure(terms, course.waited)) return course
    if (verifiesItself(terms.kind)) return { ...course, settled: { as: 'accepted', at } }
    return { ...course, pending: at }
  }
  if (course.pending === null) return course
  if (type === 'accepted') return { ...course, pending: null, settled: { as: 'accepted', at } }
  const waited = course.waited + lain(terms, course, at)
  return { ...course, pending: null, returned: true, waited }
}

function phaseOf(course: Course, late: boolean, terms: DutyTerms): DutyPhase {
  if (course.pending !== null) return 'submitted'
  if (late) return course.returned ? 'grace' : 'overdue'
  if (course.returned) return 'returned'
  return terms.from === null || terms.withinDays === null ? 'scheduled' : 'due'
}

/**
 * Where a duty stands at `now` (epoch ms).
 *
 * `scheduled`: no date yet, or one that has none. `due`: its days run. `submitted`: evidence waits
 * for the community, and the days stand still meanwhile. `returned`: it was not enough, in time.
 * `overdue`: late, nothing usable was handed in; `grace`: late, and what was handed in was returned;
 * both can be made good for {@link CURE_DAYS} days. `breached`: that time is over, and only a vote
 * lifts it. `accepted` and `waived` are final. Late evidence makes good when it is accepted.
 */
export function dutyState(
  terms: DutyTerms,
  events: readonly DutyEvent[],
  now: number,
): DutyStanding {
  const course = events
    .filter(({ at }) => at <= now)
    .reduce((before, event) => step(terms, before, event), START)
  const { settled } = course
  const waited = course.waited + lain(terms, course, now)
  const cure = endOfCure(terms, waited)
  const dates = Number.isFinite(cure)
    ? { dueAt: cure - CURE_DAYS * DAY, curableUntil: cure }
    : { dueAt: null, curableUntil: null }
  if (settled) {
    const metAt = settled.as === 'accepted' ? settled.at : null
    return { phase: settled.as, ...dates, late: false, metAt }
  }
  const late = dates.dueAt !== null && now >= dates.dueAt
  const over = course.pending === null && now >= cure
  return { phase: over ? 'breached' : phaseOf(course, late, terms), ...dates, late, metAt: null }
}
