import type { FactName } from './facts.ts'
import type { Constraint, Group, Licence, Rule } from './licence.ts'
import type { Action } from './vocabulary.ts'

/** One agreement of several, and what of its clauses others can use. */
export interface Member {
  readonly uid: string
  readonly digest: string
  readonly licence: Licence
  /** Which custodian gives it: facts are the same for all licences of one. */
  readonly keeper: string
  /** As the licence has them. */
  readonly permissions: readonly Rule[]
  readonly bars: readonly Rule[]
}

/** Which agreements have to permit: all or one of the parts, or a single one. */
export type Needed =
  | { readonly kind: 'one'; readonly member: Member }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Needed[] }

/** Whether a use can be permitted, as far as another agreement can say it. */
type Bound = Constraint | 'always' | 'never'

// Asked of the use, or declared by the person to everybody in the same words.
const EVERYWHERE: readonly FactName[] = [
  'purpose',
  'dateTime',
  'month',
  'control',
  'ethicsApproval',
]
// Of the person, but a council may vouch for another answer than it was given elsewhere.
const ALIKE: readonly FactName[] = ['actorKind', 'commercialTie']

const LISTS = ['sov:home', 'sov:region', 'sov:economyTable']

const listsOf = ({ document }: Licence): string =>
  JSON.stringify(LISTS.map((key) => document[key] ?? null))

/**
 * Whether what one agreement asks means exactly the same in another. A seat, a vote or a debt is one
 * towards each community, and territory rests on the lists of each licence.
 */
function isSame(fact: FactName, from: Member, to: Member): boolean {
  if (EVERYWHERE.includes(fact)) return true
  if (from.keeper !== to.keeper) return false
  return fact !== 'territory' || listsOf(from.licence) === listsOf(to.licence)
}

const isAlike = (fact: FactName, from: Member, to: Member): boolean =>
  ALIKE.includes(fact) || isSame(fact, from, to)

type Meaning = (fact: FactName, from: Member, to: Member) => boolean

const holdsFor = (means: Meaning, from: Member, to: Member) => {
  const asked = (constraint: Constraint): boolean =>
    constraint.kind === 'condition'
      ? means(constraint.fact, from, to)
      : constraint.parts.every(asked)
  return ({ constraints }: Rule): boolean => constraints.every(asked)
}

/** How a term is called that comes of no clause of the licence it stands under. */
export const TERM = 'urn:commonhold:granted'

function groupOf(kind: Group['kind'], bounds: readonly Bound[]): Bound {
  const [settles, left] =
    kind === 'and' ? (['never', 'always'] as const) : (['always', 'never'] as const)
  if (bounds.includes(settles)) return settles
  const parts = bounds
    .filter((bound) => typeof bound !== 'string')
    .flatMap((bound) => (bound.kind === kind ? bound.parts : [bound]))
  const [only] = parts
  if (only === undefined) return left
  return parts.length === 1 ? only : { kind, uid: TERM, parts }
}

/** A constraint as far as it means the same elsewhere: never narrower than it is. */
function carried(constraint: Constraint, from: Member, to: Member): Bound {
  if (constraint.kind === 'condition')
    return isAlike(constraint.fact, from, to) ? constraint : 'always'
  const parts = constraint.parts.map((part) => carried(part, from, to))
  return groupOf(constraint.kind, parts)
}

// Groups within groups, as deep as the profile lets a document nest them.
const DEEPEST = 3

/** The same without what is nested too deep for the profile: wider by that, never narrower. */
function shallow(bound: Bound, depth: number): Bound {
  if (typeof bound === 'string' || bound.kind === 'condition') return bound
  if (depth === 0) return 'always'
  return groupOf(
    bound.kind,
    bound.parts.map((part) => shallow(part, depth - 1)),
  )
}

/** The tests a bound comes to in a list of which all must hold. */
const listOf = (bound: Bound): readonly Constraint[] => {
  if (typeof bound === 'string') return []
  return bound.kind === 'and' ? bound.parts : [bound]
}

/** What must hold before the others can permit an action: necessary, not always enough. */
function boundOf(needed: Needed, action: Action, to: Member): Bound {
  if (needed.kind !== 'one')
    return groupOf(
      needed.kind,
      needed.parts.map((part) => boundOf(part, action, to)),
    )
  const { member } = needed
  const speaking = member.permissions.filter(({ actions }) => actions.includes(action))
  const each = speaking.map(({ constraints }) =>
    groupOf(
      'and',
      constraints.map((one) => carried(one, member, to)),
    ),
  )
  return groupOf('or', each)
}

/** Whether the others are said whole by what a permission carries of them: terms, duties and bars. */
function isWhole(needed: Needed, rule: Rule, to: Member): boolean {
  if (needed.kind !== 'one')
    return needed.kind === 'and' && needed.parts.every((part) => isWhole(part, rule, to))
  const { member } = needed
  const sameHere = holdsFor(isSame, member, to)
  const touches = ({ actions }: Rule) => actions.some((action) => rule.actions.includes(action))
  const promised = ({ duties }: Rule) =>
    duties.every(({ kind }) => rule.duties.some((duty) => duty.kind === kind))
  return (
    member.permissions.filter(touches).every((one) => sameHere(one) && promised(one)) &&
    member.bars.filter(touches).every(sameHere)
  )
}

export interface Split {
  readonly rule: Rule
  /** Whether it says all the others ask for, so that they need not be asked. */
  readonly whole: boolean
}

/**
 * A permission with what the others ask for, as far as that means the same here, split where they
 * treat its actions differently. Actions that they never permit are left out.
 */
export function splitBy(needed: Needed, rule: Rule, to: Member): readonly Split[] {
  const bounds = new Map<string, { bound: Bound; actions: Action[] }>()
  for (const action of rule.actions) {
    const bound = boundOf(needed, action, to)
    const key = JSON.stringify(bound)
    const known = bounds.get(key)
    if (known) known.actions.push(action)
    else bounds.set(key, { bound, actions: [action] })
  }
  return [...bounds.values()].flatMap(({ bound, actions }) => {
    if (bound === 'never') return []
    const tests = listOf(bound)
    const kept = tests.flatMap((test) => listOf(shallow(test, DEEPEST)))
    const narrower = { ...rule, actions, constraints: [...rule.constraints, ...kept] }
    const uncut = JSON.stringify(kept) === JSON.stringify(tests)
    return [{ rule: narrower, whole: uncut && isWhole(needed, narrower, to) }]
  })
}

/** The bars of all that must permit in any case, where they mean the same here. */
export function barsOf(needed: Needed, to: Member): readonly Rule[] {
  if (needed.kind === 'one') return needed.member.bars.filter(holdsFor(isAlike, needed.member, to))
  return needed.kind === 'and' ? needed.parts.flatMap((part) => barsOf(part, to)) : []
}
