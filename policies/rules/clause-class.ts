import type { FactName } from './facts.ts'
import type { Constraint, Rule } from './licence.ts'
import type { Action } from './vocabulary.ts'

/**
 * How a clause is held to: by the registry itself, by what people declare and can show, by a promise
 * that is followed up, or by people who judge.
 */
export type ClauseClass = 'enforced' | 'evidenced' | 'obligation' | 'humanOnly'

const SEEN_BY_THE_REGISTRY: readonly Action[] = ['discover', 'preview', 'useInPlace', 'download']

const DECLARED: readonly FactName[] = [
  'purpose',
  'actorKind',
  'commercialTie',
  'territory',
  'control',
  'ethicsApproval',
]

/** The class of a clause about an action and nothing else. */
export const actionClass = (action: Action): ClauseClass =>
  SEEN_BY_THE_REGISTRY.includes(action) ? 'enforced' : 'evidenced'

/** The class of a test of a fact. */
export function factClass(fact: FactName): ClauseClass {
  if (fact === 'humanOnly') return 'humanOnly'
  return DECLARED.includes(fact) ? 'evidenced' : 'enforced'
}

const weakest = (classes: readonly ClauseClass[]): ClauseClass =>
  classes.includes('evidenced') ? 'evidenced' : 'enforced'

/** The class of a constraint: what rests on one declaration rests on it as a whole. */
export const constraintClass = (constraint: Constraint): ClauseClass =>
  constraint.kind === 'condition'
    ? factClass(constraint.fact)
    : weakest(constraint.parts.map(constraintClass))

/** The class of what a rule bars: by its conditions, and where it has none by its actions. */
export const barClass = ({ constraints, actions }: Rule): ClauseClass =>
  weakest(constraints.length > 0 ? constraints.map(constraintClass) : actions.map(actionClass))
