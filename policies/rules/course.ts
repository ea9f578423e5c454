import { addKey, emptyKeyring, endKey, type Keyring, noteBallot } from './ballot-keys.ts'
import { type Count, castAssisted, castBallot, standAside, startCount } from './count.ts'
import { ceilOf, compareFractions } from './fraction.ts'
import {
  APPLICANT,
  type Frozen,
  type Minute,
  type Phase,
  type ProposalEvent,
  type Tally,
} from './proposal.ts'
import { tally } from './tally.ts'

/** Where a proposal stands after the events so far; built up inside one fold and never shared. */
export interface Course {
  readonly frozen: Frozen
  readonly count: Count
  /** Minutes of meetings by id. */
  readonly minutes: Map<string, Minute>
  /** Vetoers whose veto stands, first one first. */
  readonly vetoes: Set<string>
  readonly accepted: ProposalEvent[]
  /** The devices that sign ballots in this vote. */
  readonly keyring: Keyring
  closesAt: number
  extensions: number
  appeal: 'none' | 'pending' | 'upheld'
  /** Whoever asked has appealed; that is heard once. */
  applicantHeard: boolean
  /** When the last appeal was turned down. */
  resumedAt: number
  effect: string | undefined
  lastAt: number
}

/** A proposal at the moment of opening. */
export function startCourse(frozen: Frozen): Course {
  return {
    frozen,
    count: startCount(frozen),
    minutes: new Map(),
    vetoes: new Set(),
    accepted: [],
    keyring: emptyKeyring(),
    closesAt: frozen.closesAt,
    extensions: 0,
    appeal: 'none',
    applicantHeard: false,
    resumedAt: 0,
    effect: undefined,
    lastAt: frozen.openedAt,
  }
}

/** Takes an admissible event into the course. Never call it with an event that was refused. */
export function advance(course: Course, event: ProposalEvent): void {
  const late = isLate(course, event.at)
  const before = late && tallyOf(course).pass
  apply(course, event)
  if (late && tallyOf(course).pass !== before) extend(course, event.at)
  course.accepted.push(event)
  course.lastAt = event.at
}

function apply(course: Course, event: ProposalEvent): void {
  switch (event.type) {
    case 'ballot':
      castBallot(course.count, event.by, event.choice)
      noteBallot(course.keyring, event)
      return
    case 'add-key':
      addKey(course.keyring, event)
      return
    case 'end-key':
      endKey(course.keyring, event)
      return
    case 'recuse':
      standAside(course.count, event.by)
      return
    case 'recuse.peers':
      standAside(course.count, event.member)
      return
    case 'withdraw-objection':
      castBallot(course.count, event.by, 'abstain')
      return
    case 'assist':
      course.minutes.set(event.minute, { ...event, confirmed: false })
      return
    case 'confirm-assist':
      confirm(course, event.minute)
      return
    case 'veto':
      course.vetoes.add(event.by)
      return
    case 'lift-veto':
      course.vetoes.delete(event.by)
      return
    case 'appeal':
      course.appeal = 'pending'
      if (event.by === APPLICANT) course.applicantHeard = true
      return
    case 'decide-appeal':
      course.appeal = event.upheld ? 'upheld' : 'none'
      course.resumedAt = event.at
      return
    case 'enact':
      course.effect = event.effect
  }
}

function confirm(course: Course, id: string): void {
  const minute = course.minutes.get(id)
  if (minute === undefined) return
  course.minutes.set(id, { ...minute, confirmed: true })
  for (const { member, choice } of minute.ballots) castAssisted(course.count, member, choice)
}

/** Whether an event now could still move the close: only inside the late window, while turns remain. */
function isLate(course: Course, at: number): boolean {
  const { lateWindow, maxExtensions } = course.frozen.times
  const inWindow = at >= course.closesAt - lateWindow && at < course.closesAt
  return inWindow && course.extensions < maxExtensions
}

/** Gives everyone time to answer a flip; a close that is far enough away stays and costs no turn. */
function extend(course: Course, at: number): void {
  const moved = at + course.frozen.times.extension
  if (moved <= course.closesAt) return
  course.closesAt = moved
  course.extensions += 1
}

export function tallyOf(course: Course): Tally {
  return tally(course.count)
}

/** First instant at which the effect may happen if nothing holds it back. */
export function enactableFrom(course: Course): number {
  const { veto, appeal } = course.frozen.times
  return Math.max(course.closesAt + veto, course.closesAt + appeal, course.resumedAt)
}

/** The phase at instant `at`; time spans include their start and exclude their end. */
export function phaseAt(course: Course, at: number, counted = tallyOf(course)): Phase {
  if (at < course.closesAt) return 'open'
  if (course.effect !== undefined) return 'enacted'
  if (course.appeal === 'pending') return 'appealed'
  if (course.appeal === 'upheld') return 'annulled'
  if (counted.inquorate) return 'inquorate'
  if (!counted.pass) return 'rejected'
  if (course.vetoes.size > 0) return 'vetoed'
  const from = enactableFrom(course)
  if (at < from) return 'standstill'
  return at < from + course.frozen.times.execWithin ? 'enactable' : 'expired'
}

/** How many of the other deciders it takes to make one stand aside; one half means more than half. */
export function peersNeeded(course: Course): number {
  const share = course.frozen.recusalByPeers
  const others = course.count.deciders - 1
  if (compareFractions(share, '1/2') === 0) return Math.floor(others / 2) + 1
  return Math.max(1, ceilOf(share, others))
}
