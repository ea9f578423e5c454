import { type DutyKind, dutyForm, verifiesItself } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { seatOver } from './answers-to.ts'
import { dutyStanding } from './duties.ts'
import type { DutyRecord, DutyWords, Grant, GrantedDuty } from './grants.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))

const recordView = ({ type, at, evidence, words, entry }: DutyRecord) => ({
  type,
  at: iso(at),
  evidence: evidence.map(({ field, text }) => ({ field, text })),
  words: words || null,
  entry,
})

const REPORTABLE: ReadonlySet<string> = new Set([
  'scheduled',
  'due',
  'returned',
  'overdue',
  'grace',
])

/** The one who looks: the holder, somebody who sits in a body of the community, or neither. */
export interface Looking {
  readonly holder: boolean
  readonly seated: boolean
}

export const lookingAt = async (grant: Grant, context: Context): Promise<Looking> => {
  const { actor } = context
  if (!actor) return { holder: false, seated: false }
  const seat = await seatOver(context, grant, actor.account.id)
  return { holder: grant.account === actor.account.id, seated: (seat?.bodies.length ?? 0) > 0 }
}

const duty = (
  grant: Grant,
  one: GrantedDuty,
  { now, words, looking: { holder, seated } }: View,
) => {
  const { kind, clause, withinDays } = one
  const standing = dutyStanding(grant, one, now)
  const records = grant.dutyEvents.filter((event) => event.kind === kind)
  return {
    kind,
    clause,
    withinDays,
    text: words(clause, kind),
    phase: standing.phase,
    dueAt: isoOrNull(standing.dueAt),
    curableUntil: isoOrNull(standing.curableUntil),
    metAt: isoOrNull(standing.metAt),
    overdue: standing.late,
    form: [...dutyForm(kind as DutyKind)],
    records: holder || seated ? records.map(recordView) : null,
    viewerCanReport: holder && REPORTABLE.has(standing.phase),
    viewerCanAnswer:
      seated && !holder && standing.phase === 'submitted' && !verifiesItself(kind as DutyKind),
  }
}

interface View {
  readonly now: number
  readonly words: DutyWords
  readonly looking: Looking
}

/** The duties of a grant as they stand, with what the one who looks may read and do. */
export const dutiesView = (grant: Grant, view: View) =>
  grant.duties.map((one) => duty(grant, one, view))
