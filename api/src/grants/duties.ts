import { DUTY_KINDS, type DutyKind, type DutyStanding, dutyState } from '../../../policies/index.ts'
import { lateDeletions } from './deletions.ts'
import type { Grant, GrantedDuty } from './grants.ts'

const isDutyKind = (kind: string): kind is DutyKind => DUTY_KINDS.some((known) => known === kind)

type Carried = Pick<Grant, 'firstUseAt' | 'dutyEvents'>

/** Where one duty of a grant stands; a kind nobody knows would be a fault of the log. */
export const dutyStanding = (
  { firstUseAt, dutyEvents }: Carried,
  { kind, withinDays, since }: GrantedDuty,
  now: number,
): DutyStanding => {
  if (!isDutyKind(kind)) throw new Error(`a grant carries the unknown duty ${kind}`)
  const terms = { kind, withinDays, from: since ?? firstUseAt }
  return dutyState(
    terms,
    dutyEvents.filter((event) => event.kind === kind),
    now,
  )
}

type WithDuties = Carried & Pick<Grant, 'duties' | 'deletions'>

const standings = (grant: WithDuties, now: number): readonly DutyStanding[] =>
  grant.duties.map((duty) => dutyStanding(grant, duty, now))

/** Duties and deletions that are late. No job has to run for the door to close. */
export const lateDuties = (grant: WithDuties, now: number): number =>
  standings(grant, now).filter(({ late }) => late).length + lateDeletions(grant, now)

/** Duties that were not made good in time: only a vote lifts them. A late deletion still makes good. */
export const breachedDuties = (grant: WithDuties, now: number): number =>
  standings(grant, now).filter(({ phase }) => phase === 'breached').length

const SETTLED: ReadonlySet<string> = new Set(['accepted', 'waived'])

/** Duties still to be kept: neither accepted nor waived. */
export const openDuties = (grant: WithDuties, now: number): readonly GrantedDuty[] =>
  grant.duties.filter((duty) => !SETTLED.has(dutyStanding(grant, duty, now).phase))
