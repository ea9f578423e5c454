import { compileLicence } from './compile.ts'
import type { Constraint, Group, HumanClause, Licence, Rule } from './licence.ts'
import { equivalent } from './refine-licence.ts'
import { findState } from './search-state.ts'

/** A clause that does not do what its author may think. None of these forbids publication. */
export interface LicenceFinding {
  /** The uid of the clause. */
  readonly clause: string
  /**
   * `never-holds`: a permission under which nothing can ever be permitted, its own conditions or
   * the prohibitions contradicting it. `dead-clause`: without it the licence permits just the same.
   * `already-excluded`: so, too, but a prohibition, which may be kept for those who read it.
   */
  readonly code: 'never-holds' | 'dead-clause' | 'already-excluded'
  readonly message: string
}

const MESSAGES: Readonly<Record<LicenceFinding['code'], string>> = {
  'never-holds': 'Nothing can ever be permitted by this: its conditions, or a bar, rule it out.',
  'dead-clause': 'The licence permits exactly the same without this: take it out, or change it.',
  'already-excluded':
    'Already excluded by the rest: it changes no answer, and may stay to be read.',
}

const finding = (clause: string, code: LicenceFinding['code']): LicenceFinding => ({
  clause,
  code,
  message: MESSAGES[code],
})

type Rules = Pick<Licence, 'permissions' | 'prohibitions' | 'humanOnly'>

function revised(licence: Licence, rules: Partial<Rules>): Licence {
  const draft = { ...licence, ...rules }
  return { ...draft, compiled: compileLicence(draft) }
}

const without = <T>(items: readonly T[], index: number): readonly T[] =>
  items.filter((_, other) => other !== index)

interface Cut {
  readonly clause: string
  readonly rest: readonly Constraint[]
}

/** Every way to take one constraint out, with what is left; a group is not left empty. */
function cuts(constraints: readonly Constraint[]): readonly Cut[] {
  return constraints.flatMap((constraint, index) => {
    const whole = { clause: constraint.uid, rest: without(constraints, index) }
    if (constraint.kind === 'condition') return [whole]
    const put = (parts: readonly Constraint[]): Group => ({ ...constraint, parts })
    const inner = cuts(constraint.parts)
      .filter(({ rest }) => rest.length > 0)
      .map(({ clause, rest }) => ({ clause, rest: constraints.with(index, put(rest)) }))
    return [whole, ...inner]
  })
}

interface Edit {
  readonly clause: string
  readonly licence: Licence
}

/** A list of rules, with the way to put another list of the same kind in its place. */
function edits<T extends Rule>(
  rules: readonly T[],
  put: (rules: readonly T[]) => Licence,
): readonly (Edit & { readonly inner: readonly Edit[] })[] {
  return rules.map((rule, index) => ({
    clause: rule.uid,
    licence: put(without(rules, index)),
    inner: cuts(rule.constraints).map(({ clause, rest }) => ({
      clause,
      licence: put(rules.with(index, { ...rule, constraints: rest })),
    })),
  }))
}

/** Whether some request is permitted by the rule at `index` alone. */
function canHold(licence: Licence, index: number): boolean {
  const alone = revised(licence, { permissions: licence.permissions.slice(index, index + 1) })
  return findState([{ licence: alone, permits: true }]).kind !== 'none'
}

/**
 * Clauses that change nothing, and permissions that contradict themselves or the prohibitions, by
 * proof over all requests. A clause for people is only looked into where it never applies.
 */
export function lintLicence(licence: Licence): readonly LicenceFinding[] {
  const same = (other: Edit) => equivalent(licence, other.licence).holds === true
  const inside = (rule: { readonly inner: readonly Edit[] }) =>
    rule.inner.filter(same).map(({ clause }) => finding(clause, 'dead-clause'))
  const allowed = edits(licence.permissions, (permissions) => revised(licence, { permissions }))
  const barred = edits(licence.prohibitions, (prohibitions) => revised(licence, { prohibitions }))
  const human = edits<HumanClause>(licence.humanOnly, (humanOnly) =>
    revised(licence, { humanOnly }),
  )
  return [
    ...allowed.flatMap((rule, index) => {
      if (!canHold(licence, index)) return [finding(rule.clause, 'never-holds')]
      return same(rule) ? [finding(rule.clause, 'dead-clause')] : inside(rule)
    }),
    ...barred.flatMap((rule) =>
      same(rule) ? [finding(rule.clause, 'already-excluded')] : inside(rule),
    ),
    ...human.flatMap((rule) => (same(rule) ? [finding(rule.clause, 'dead-clause')] : inside(rule))),
  ]
}
