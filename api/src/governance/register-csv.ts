import type { View } from '../../../policies/index.ts'
import type { Proposal } from './governance.ts'
import { resultOf } from './results.ts'

const HEAD = [
  'id',
  'community',
  'matter',
  'title',
  'state',
  'made',
  'opened',
  'closed',
  'can_decide',
  'took_part',
  'yes',
  'no',
  'no_position',
  'objections',
  'accepted',
  'left_unanswered',
  'days_to_decision',
  'days_to_effect',
  'text_digest',
  'log_entries',
  'reasons',
] as const

type Cell = string | number | boolean | null

/**
 * One cell by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe, as
 * the titles come from anybody.
 */
const cell = (value: Cell): string => {
  if (value === null) return ''
  const text = String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const line = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`

const iso = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString()

/** A proposal with where it stands and the short name of its community. */
export interface RegisterLine {
  readonly proposal: Proposal
  readonly view: View | null
  readonly community: string
}

const stateOf = ({ proposal, view }: RegisterLine): string =>
  proposal.stage === 'withdrawn' ? 'withdrawn' : (view?.phase ?? 'deliberation')

const cellsOf = (one: RegisterLine): readonly Cell[] => {
  const { proposal, view, community } = one
  const result = resultOf(proposal, view)
  const counted = result === null || result.deciders === null ? null : (view?.tally ?? null)
  return [
    proposal.id,
    community,
    proposal.matter,
    proposal.title,
    stateOf(one),
    iso(proposal.madeAt),
    iso(proposal.frozen?.openedAt),
    iso(result?.closedAt),
    result?.deciders ?? null,
    result?.cast ?? null,
    counted?.yes ?? null,
    counted?.no ?? null,
    counted?.abstain ?? null,
    counted?.objections ?? null,
    result === null ? null : (view?.tally.pass ?? null),
    proposal.counted === 'unanswered',
    result?.daysToDecision ?? null,
    result?.daysToEffect ?? null,
    proposal.textDigest,
    proposal.entries.join(' '),
    counted?.reasons.map(({ text }) => text).join(' ') ?? null,
  ]
}

/** The head of the register as CSV. */
export const registerHead = (): string => line(HEAD)

/** One decision as a line of the register: public facts, small bodies without numbers. */
export const registerLine = (one: RegisterLine): string => line(cellsOf(one))

/** Whether a proposal is in one of these states; all are when none is named. */
export const isInState = (one: RegisterLine, states: readonly string[]): boolean =>
  states.length === 0 || states.includes(stateOf(one))
