import { dutiesOf, mergeDuties } from './duties.ts'
import type { Duty, Licence } from './licence.ts'
import { type Example, findState, type Goal } from './search-state.ts'
import type { TermsPart, WorkTerms } from './terms.ts'
import { type Action, USE_ACTIONS } from './vocabulary.ts'

/** Whether somebody could do one thing with several works at once. */
export interface JointUse {
  readonly action: Action
  /** A request that the terms of all the works permit; null when there is none. */
  readonly example: Example | null
  /** Indices of the works that permit this to nobody, whatever the others say. */
  readonly refusing: readonly number[]
  /** Pairs of indices that each permit it to somebody and together to nobody. */
  readonly clashing: readonly (readonly [number, number])[]
}

/** A custodian without a licence says yes to nothing. */
const eitherOf = ({ rule, custodians }: TermsPart): readonly (readonly Licence[])[] => {
  const each = custodians.map(({ licences }) => licences)
  if (rule === 'any') return each
  return each.some((licences) => licences.length === 0) ? [] : [each.flat()]
}

const goalsOf = (work: WorkTerms): readonly Goal[] =>
  work.length === 0
    ? [{ eitherOf: [], permits: true }]
    : work.map((part) => ({ eitherOf: eitherOf(part), permits: true }))

/** A request for one action that the terms of all the works permit, or null when none was found. */
const usedBy = (works: readonly WorkTerms[], action: Action): Example | null => {
  const found = findState(works.flatMap(goalsOf), { actions: [action] })
  return found.kind === 'found' ? found.example : null
}

function jointUse(works: readonly WorkTerms[], action: Action): JointUse {
  const example = usedBy(works, action)
  if (example !== null) return { action, example, refusing: [], clashing: [] }
  const all = works.map((work, index) => ({ work, index }))
  const willing = all.filter(({ work }) => usedBy([work], action) !== null)
  const refusing = all.filter((one) => !willing.includes(one)).map(({ index }) => index)
  const clashing = willing.flatMap((one, at) =>
    willing
      .slice(at + 1)
      .filter((other) => usedBy([one.work, other.work], action) === null)
      .map((other) => [one.index, other.index] as const),
  )
  return { action, example, refusing, clashing }
}

/**
 * What may be done with all these works at once, action by action, and which of them stand in the
 * way: every part of every work has to permit, all its custodians or any of them by its rule.
 */
export const useTogether = (works: readonly WorkTerms[]): readonly JointUse[] =>
  USE_ACTIONS.map((action) => jointUse(works, action))

/** What whoever uses several works at once owes. */
export interface JointDuties {
  /** In any case. */
  readonly always: readonly Duty[]
  /** Only by the word of one community where that of another would do. */
  readonly byChoice: readonly Duty[]
}

const owedBy = (licences: readonly Licence[]): readonly Duty[] =>
  mergeDuties(licences.map(dutiesOf))

/** What the terms of several works ask for, each duty once with its earliest date. */
export function dutiesTogether(works: readonly WorkTerms[]): JointDuties {
  const choices = works.flat().map((part) => eitherOf(part).map(owedBy))
  const isInAll = (choice: readonly (readonly Duty[])[]) => (duty: Duty) =>
    choice.every((duties) => duties.some(({ kind }) => kind === duty.kind))
  const always = mergeDuties(
    choices.flatMap((choice) => choice.map((duties) => duties.filter(isInAll(choice)))),
  )
  const known = new Set(always.map(({ kind }) => kind))
  const byChoice = mergeDuties(choices.flat()).filter(({ kind }) => !known.has(kind))
  return { always, byChoice }
}
