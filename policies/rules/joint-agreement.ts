import { agreementHead, barsLeft, type Granted, narrowed, ownRule } from './export-agreement.ts'
import { listed, policyOf, spelled } from './export-policy.ts'
import type { FactName } from './facts.ts'
import type { Constraint, Group, Licence, Rule } from './licence.ts'
import { CONTEXT } from './profile.ts'
import type { CustodyRule } from './terms.ts'
import type { Action } from './vocabulary.ts'
import type { Node } from './write-rule.ts'

/** One part of the terms of a grant: each custodian with its licences, all of which must permit. */
export interface AgreedPart {
  readonly rule: CustodyRule
  readonly custodians: readonly {
    readonly licences: readonly { readonly licence: Licence; readonly digest: string }[]
  }[]
}

/** One agreement of several, and what of its clauses others can use. */
interface Member {
  readonly uid: string
  readonly digest: string
  readonly licence: Licence
  /** As the licence has them. */
  readonly permissions: readonly Rule[]
  readonly bars: readonly Rule[]
}

/** Which agreements have to permit: all or one of the parts, or a single one. */
type Needed =
  | { readonly kind: 'one'; readonly member: Member }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Needed[] }

/** Whether a use can be permitted, as far as another agreement can say it. */
type Bound = Constraint | 'always' | 'never'

/**
 * What is asked about the person or the use alone. A seat, a vote or a debt is one towards each
 * community, and territory rests on the lists of each licence: said elsewhere it means another thing.
 */
const PERSONAL: readonly FactName[] = [
  'purpose',
  'dateTime',
  'month',
  'actorKind',
  'commercialTie',
  'control',
  'ethicsApproval',
]

const TERM = 'urn:commonhold:granted'

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
function carried(constraint: Constraint): Bound {
  if (constraint.kind !== 'condition')
    return groupOf(constraint.kind, constraint.parts.map(carried))
  return PERSONAL.includes(constraint.fact) ? constraint : 'always'
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
function testsOf(bound: Bound): readonly Constraint[] {
  const parts = typeof bound !== 'string' && bound.kind === 'and' ? bound.parts : [bound]
  return parts
    .map((part) => shallow(part, DEEPEST))
    .flatMap((part) => (typeof part === 'string' ? [] : [part]))
}

/** What must hold before the others can permit an action: necessary, not always enough. */
function boundOf(needed: Needed, action: Action): Bound {
  if (needed.kind !== 'one')
    return groupOf(
      needed.kind,
      needed.parts.map((part) => boundOf(part, action)),
    )
  const speaking = needed.member.permissions.filter(({ actions }) => actions.includes(action))
  return groupOf(
    'or',
    speaking.map(({ constraints }) => groupOf('and', constraints.map(carried))),
  )
}

/** A permission, split where the others treat its actions differently; without those they never permit. */
function splitBy(needed: Needed, rule: Rule): readonly Rule[] {
  const bounds = new Map<string, { bound: Bound; actions: Action[] }>()
  for (const action of rule.actions) {
    const bound = boundOf(needed, action)
    const key = JSON.stringify(bound)
    const known = bounds.get(key)
    if (known) known.actions.push(action)
    else bounds.set(key, { bound, actions: [action] })
  }
  return [...bounds.values()]
    .filter(({ bound }) => bound !== 'never')
    .map(({ bound, actions }) => ({
      ...rule,
      actions,
      constraints: [...rule.constraints, ...testsOf(bound)],
    }))
}

const isPersonal = (constraint: Constraint): boolean =>
  constraint.kind === 'condition'
    ? PERSONAL.includes(constraint.fact)
    : constraint.parts.every(isPersonal)

/** The bars of all that must permit in any case, where they mean the same here. */
function barsOf(needed: Needed): readonly Rule[] {
  if (needed.kind === 'one')
    return needed.member.bars.filter(({ constraints }) => constraints.every(isPersonal))
  return needed.kind === 'and' ? needed.parts.flatMap(barsOf) : []
}

/** The constraint that only the other agreements can answer; who does not know it cannot permit. */
function permittedUnder(needed: Needed): Node {
  if (needed.kind !== 'one') return { uid: TERM, [needed.kind]: needed.parts.map(permittedUnder) }
  const rightOperand = { '@id': needed.member.uid }
  return { uid: TERM, leftOperand: 'sov:permittedUnder', operator: 'eq', rightOperand }
}

const membersIn = (needed: Needed): readonly Member[] =>
  needed.kind === 'one' ? [needed.member] : needed.parts.flatMap(membersIn)

function beside(rule: Node, needed: Needed | null): Node {
  if (needed === null) return rule
  const constraints = Array.isArray(rule.constraint) ? rule.constraint : []
  return { ...rule, constraint: [...constraints, permittedUnder(needed)] }
}

type Holding = Omit<Granted, 'licence'>

function agreementOf(member: Member, needed: Needed | null, granted: Holding): Node {
  const { uid, licence, digest } = member
  const { target, assignee } = granted
  const parties = { target, assigner: licence.assigner, assignee }
  const permissions = narrowed(licence, granted).flatMap((rule) =>
    needed ? splitBy(needed, rule) : [rule],
  )
  const bars = [...member.bars, ...(needed ? barsOf(needed) : [])]
  const together = (needed ? membersIn(needed) : []).map((one) => ({ '@id': one.uid }))
  const head = {
    ...agreementHead(licence, uid, digest, granted),
    ...listed('sov:holdsTogetherWith', together),
  }
  const rules = {
    ...listed(
      'permission',
      permissions.map((rule) => beside(ownRule(rule, uid, parties), needed)),
    ),
    ...listed(
      'prohibition',
      bars.map((rule) => ownRule(rule, uid, { target, assignee })),
    ),
  }
  // One clause stands in several agreements, each time with other words: it is called after each.
  return policyOf(head, licence, rules, (name) => (name === `${uid}#rule` ? name : `${uid}#term`))
}

const all = (parts: readonly Needed[]): Needed | null => {
  const [only] = parts
  if (only === undefined) return null
  return parts.length === 1 ? only : { kind: 'and', parts }
}

/** The members by part and custodian, each called by the digest of its licence. */
function membersOf(parts: readonly AgreedPart[], granted: Holding) {
  const seen = new Map<string, number>()
  const memberOf = ({ licence, digest }: { licence: Licence; digest: string }): Member => {
    const nth = 1 + (seen.get(digest) ?? 0)
    seen.set(digest, nth)
    // One licence may bind twice: for a work and for what it was made from.
    const uid = `${granted.uid}:${digest}${nth === 1 ? '' : `:${nth}`}`
    const { permissions } = spelled(licence)
    return { uid, digest, licence, permissions, bars: barsLeft(licence, digest, granted) }
  }
  return parts.map(({ rule, custodians }) => ({
    rule,
    custodians: custodians.map(({ licences }) => licences.map(memberOf)),
  }))
}

type Placed = ReturnType<typeof membersOf>[number]

const one = (member: Member): Needed => ({ kind: 'one', member })

/** What a part asks for as a whole. */
function wholeOf({ rule, custodians }: Placed): readonly Needed[] {
  if (rule === 'all') return custodians.flat().map(one)
  const parts = custodians.flatMap((members) => all(members.map(one)) ?? [])
  return parts.length < 2 ? parts : [{ kind: 'or', parts }]
}

/** What has to permit beside one agreement: the rest of its part, and every other part. */
function neededBeside(member: Member, places: readonly Placed[]): Needed | null {
  const others = places.flatMap((place) => {
    const { rule, custodians } = place
    const own = custodians.find((members) => members.includes(member))
    if (own === undefined) return wholeOf(place)
    return (rule === 'all' ? custodians.flat() : own).filter((other) => other !== member).map(one)
  })
  return all(others)
}

/**
 * The terms of a grant under several licences, as one ODRL `Agreement` for each of them in one
 * JSON-LD document (`@graph`). ODRL joins permissions by "or", so each agreement carries what the
 * others ask for where that means the same there, their bars, and in each permission the constraint
 * `sov:permittedUnder`: whoever does not know it reads less than is allowed, never more. `parts`
 * hold together as in `evaluateTerms`; a part without custodians permits nothing, nor does no part.
 */
export function licenceAgreements(parts: readonly AgreedPart[], granted: Holding): Node {
  const places = membersOf(parts, granted)
  const shut = places.some(({ custodians }) => custodians.flat().length === 0)
  const members = shut ? [] : places.flatMap(({ custodians }) => custodians.flat())
  return {
    '@context': CONTEXT,
    '@graph': members.map((member) => agreementOf(member, neededBeside(member, places), granted)),
  }
}
