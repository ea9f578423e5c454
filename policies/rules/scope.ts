import { allCountries } from './territory.ts'
import {
  ACTIONS,
  ACTOR_KINDS,
  type Action,
  type ActorKind,
  DUTY_KINDS,
  type DutyKind,
  PURPOSES,
  type Purpose,
  TERRITORIES,
  type Territory,
} from './vocabulary.ts'

/** Which requests a question is about; what is left out is free, a list means any of its values. */
export interface Scope {
  readonly actions?: readonly Action[]
  readonly purposes?: readonly Purpose[]
  readonly actorKind?: readonly ActorKind[]
  readonly commercialTie?: readonly ('yes' | 'no')[]
  /** ISO 3166-1 alpha-2 codes. */
  readonly countries?: readonly string[]
  /** Classes of country by the lists of the licence; an unclassed country is in both of its own. */
  readonly territory?: readonly Territory[]
  readonly control?: readonly ('region' | 'elsewhere')[]
  readonly ethicsApproval?: readonly ('yes' | 'no')[]
  readonly councilApproval?: readonly ('approved' | 'rejected' | 'lapsed')[]
  readonly councilRefused?: readonly ('yes' | 'no')[]
  readonly membership?: readonly ('member' | 'none')[]
  readonly identityAssurance?: readonly (0 | 1 | 2 | 3)[]
  /** Whether any duty is overdue. */
  readonly overdue?: readonly ('none' | 'some')[]
  readonly benefitAgreement?: readonly ('signed' | 'none')[]
  /** Whether the clauses that are left to people have been settled by them; no document asks it. */
  readonly settledByPeople?: readonly ('no' | 'yes')[]
  /** Duties that have been accepted, all of them. */
  readonly withDuties?: readonly DutyKind[]
  /** Duties that have not been accepted, none of them. */
  readonly withoutDuties?: readonly DutyKind[]
  /** First instant, epoch milliseconds. */
  readonly from?: number
  /** First instant no longer meant, epoch milliseconds. */
  readonly until?: number
}

/** Every value of each list of a scope; the duties apart, of which a scope names those it means. */
export const SCOPE_VALUES = {
  actions: ACTIONS,
  purposes: PURPOSES,
  actorKind: ACTOR_KINDS,
  commercialTie: ['yes', 'no'],
  countries: [...allCountries()],
  territory: TERRITORIES,
  control: ['region', 'elsewhere'],
  ethicsApproval: ['yes', 'no'],
  councilApproval: ['approved', 'rejected', 'lapsed'],
  councilRefused: ['yes', 'no'],
  membership: ['member', 'none'],
  identityAssurance: [0, 1, 2, 3],
  overdue: ['none', 'some'],
  benefitAgreement: ['signed', 'none'],
  settledByPeople: ['no', 'yes'],
  withDuties: DUTY_KINDS,
  withoutDuties: DUTY_KINDS,
} as const satisfies { readonly [K in Exclude<keyof Scope, 'from' | 'until'>]: Required<Scope>[K] }

type Listed = Exclude<keyof typeof SCOPE_VALUES, 'withDuties' | 'withoutDuties'>
const LISTED = Object.keys(SCOPE_VALUES).filter(
  (key): key is Listed => key !== 'withDuties' && key !== 'withoutDuties',
)

/** The scope with one list narrowed to what lies outside `given`; none when nothing does. */
function beyond(scope: Scope, key: Listed, given: readonly unknown[]): readonly Scope[] {
  const all: readonly unknown[] = scope[key] ?? SCOPE_VALUES[key]
  const rest = all.filter((value) => !given.includes(value))
  return rest.length === 0 ? [] : [{ ...scope, [key]: rest }]
}

const latest = (a: number | undefined, b: number): number => Math.max(a ?? b, b)
const earliest = (a: number | undefined, b: number): number => Math.min(a ?? b, b)

/**
 * Scopes that together hold exactly the requests of `scope` that do not meet `condition`: the
 * complement, one part of the condition at a time.
 */
export function outside(scope: Scope, condition: Scope): readonly Scope[] {
  const { withDuties = [], withoutDuties = [], from, until } = condition
  const open = (kind: DutyKind, taken: readonly DutyKind[] = []) => !taken.includes(kind)
  return [
    ...LISTED.flatMap((key) => {
      const given: readonly unknown[] | undefined = condition[key]
      return given === undefined ? [] : beyond(scope, key, given)
    }),
    ...withDuties
      .filter((kind) => open(kind, scope.withDuties))
      .map((kind) => ({ ...scope, withoutDuties: [...(scope.withoutDuties ?? []), kind] })),
    ...withoutDuties
      .filter((kind) => open(kind, scope.withoutDuties))
      .map((kind) => ({ ...scope, withDuties: [...(scope.withDuties ?? []), kind] })),
    ...(from === undefined ? [] : [{ ...scope, until: earliest(scope.until, from) }]),
    ...(until === undefined ? [] : [{ ...scope, from: latest(scope.from, until) }]),
  ]
}
