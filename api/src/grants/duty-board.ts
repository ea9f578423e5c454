import { type Deletion, deletionStanding } from './deletions.ts'
import { dutyStanding } from './duties.ts'
import type { DutyRecord, Grant, GrantedDuty } from './grants.ts'

/** One promise as it stands before everybody; nobody is named. */
export interface BoardLine {
  readonly dataset: string
  readonly title: string
  readonly version: string
  /** Kind of duty; `deletion` for what has to be deleted because it is gone. */
  readonly kind: string
  readonly phase: string
  readonly dueAt: number | null
  readonly metAt: number | null
  /** Log index of what was last said of it. */
  readonly entry: number
  /** What was handed in last: for those who sit in a body. */
  readonly evidence: DutyRecord['evidence']
}

export interface BoardCount {
  readonly kind: string
  readonly open: number
  readonly late: number
  readonly kept: number
  readonly waived: number
}

/** What holders owe a community and have given back. */
export interface DutyBoard {
  readonly community: string
  readonly counts: readonly BoardCount[]
  /** Promises that wait, the most urgent first. */
  readonly open: readonly BoardLine[]
  /** Works that were given back and accepted, newest first. */
  readonly sharedBack: readonly BoardLine[]
  /** What was promised, handed in and acknowledged as benefit, newest first. */
  readonly benefits: readonly BoardLine[]
}

type Line = Omit<BoardLine, 'dataset' | 'version' | 'title'>

const dutyLine = (grant: Grant, duty: GrantedDuty, now: number): Line => {
  const { phase, dueAt, metAt } = dutyStanding(grant, duty, now)
  const records = grant.dutyEvents.filter(({ kind }) => kind === duty.kind)
  const handedIn = records.findLast(({ type }) => type === 'submitted')
  return {
    kind: duty.kind,
    phase,
    dueAt,
    metAt,
    entry: records.at(-1)?.entry ?? grant.entry,
    evidence: handedIn?.evidence ?? [],
  }
}

const deletionLine = (deletion: Deletion, now: number): Line => {
  const { phase, dueAt, metAt } = deletionStanding(deletion, now)
  const { entry, evidence } = deletion
  return { kind: 'deletion', phase, dueAt, metAt, entry, evidence }
}

const linesOf = (grant: Grant, title: string, now: number): readonly BoardLine[] =>
  [
    ...grant.duties.map((duty) => dutyLine(grant, duty, now)),
    ...grant.deletions.map((one) => deletionLine(one, now)),
  ].map((line) => ({ ...line, dataset: grant.dataset, version: grant.version, title }))

const LATE: ReadonlySet<string> = new Set(['overdue', 'grace', 'breached'])
const SETTLED: ReadonlySet<string> = new Set(['accepted', 'waived'])

const countsOf = (lines: readonly BoardLine[]): readonly BoardCount[] =>
  [...new Set(lines.map(({ kind }) => kind))].sort().map((kind) => {
    const phases = lines.filter((line) => line.kind === kind).map(({ phase }) => phase)
    const count = (fits: (phase: string) => boolean): number => phases.filter(fits).length
    return {
      kind,
      open: count((phase) => !SETTLED.has(phase)),
      late: count((phase) => LATE.has(phase)),
      kept: count((phase) => phase === 'accepted'),
      waived: count((phase) => phase === 'waived'),
    }
  })

const SHARED: ReadonlySet<string> = new Set(['shareBack', 'shareAlike'])

const soonest = (a: BoardLine, b: BoardLine): number =>
  (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY)

const newest = (a: BoardLine, b: BoardLine): number => b.entry - a.entry

interface Reader {
  readonly community: string
  /** Of the datasets that may be named, by id. */
  readonly titles: ReadonlyMap<string, string>
}

/** The board of one community from all grants that are answered for to it. */
export const dutyBoardOf = (
  { community, titles }: Reader,
  grants: readonly Grant[],
  now: number,
): DutyBoard => {
  const lines = grants.flatMap((grant) => {
    const title = titles.get(grant.dataset)
    return title === undefined ? [] : linesOf(grant, title, now)
  })
  return {
    community,
    counts: countsOf(lines),
    open: lines.filter(({ phase }) => !SETTLED.has(phase) && phase !== 'scheduled').sort(soonest),
    sharedBack: lines
      .filter(({ kind, phase }) => SHARED.has(kind) && phase === 'accepted')
      .sort(newest),
    benefits: lines.filter(({ kind }) => kind === 'benefitShare').sort(newest),
  }
}
