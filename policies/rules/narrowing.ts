import type { Decision } from './decision.ts'
import { evaluate } from './evaluate.ts'
import type { Facts, Use } from './facts.ts'
import type { Duty, Licence } from './licence.ts'
import { DUTY_KINDS, type DutyKind } from './vocabulary.ts'

export interface Promised {
  readonly kind: string
  /** Left out or null: no date. */
  readonly withinDays?: number | null
}

/** What somebody holds who was let in under an earlier version of a licence. */
export interface HeldTerms {
  /** As known now; `acceptedDuties` is taken from `duties`. */
  readonly facts: Facts
  readonly use: Use
  /** What was promised; days count from the first use. */
  readonly duties: readonly Promised[]
}

/**
 * What a newer version of a licence means for one grant. `none`: it goes on as it is. `reaccept`: it
 * goes on once its holder takes on `duties`. `closed`: no promise of the holder is enough; the
 * decision says why.
 */
export type Narrowing =
  | { readonly kind: 'none' }
  | { readonly kind: 'reaccept'; readonly duties: readonly Duty[] }
  | { readonly kind: 'closed'; readonly decision: Decision }

const NONE: Narrowing = { kind: 'none' }

const deadline = ({ withinDays }: Promised): number => withinDays ?? Number.POSITIVE_INFINITY

/** Duties that were not promised yet, or for a later date. */
const beyond = (duties: readonly Duty[], held: HeldTerms['duties']): readonly Duty[] =>
  duties.filter(
    (duty) => !held.some((one) => one.kind === duty.kind && deadline(one) <= deadline(duty)),
  )

const isDutyKind = (value: unknown): value is DutyKind => DUTY_KINDS.some((kind) => kind === value)

/** The fewest further promises that lead to a permit by themselves; null when promises are not enough. */
const promises = ({ ways }: Decision): readonly DutyKind[] | null => {
  const way = ways.find((terms) => terms.every(({ fact }) => fact === 'acceptedDuties'))
  return way ? way.flatMap(({ needed }) => needed.values.filter(isDutyKind)) : null
}

/**
 * Decides by the newer version itself, on the facts and the use of this grant, whether it is
 * narrower for it (`licences.md` 5.8): what it no longer permits, or permits only for more duties
 * or sooner ones. Widening is `none`. `now` is epoch milliseconds.
 */
export function narrowing(newer: Licence, held: HeldTerms, now: number): Narrowing {
  const kinds = held.duties.map(({ kind }) => kind).filter(isDutyKind)
  const under = (acceptedDuties: readonly DutyKind[]): Decision =>
    evaluate(newer, { ...held.facts, acceptedDuties }, held.use, now)
  const asHeld = under(kinds)
  const more = asHeld.decision === 'permit' ? [] : promises(asHeld)
  if (more === null) return { kind: 'closed', decision: asHeld }
  const promised = more.length === 0 ? asHeld : under([...kinds, ...more])
  if (promised.decision !== 'permit') return { kind: 'closed', decision: asHeld }
  const duties = beyond(promised.duties, held.duties)
  return duties.length === 0 ? NONE : { kind: 'reaccept', duties }
}
