import { barsOf, type Member, type Needed, type Split, splitBy, TERM } from './carried-clauses.ts'
import { agreementHead, barsLeft, type Granted, narrowed, ownRule } from './export-agreement.ts'
import { listed, policyOf, spelled } from './export-policy.ts'
import type { Licence } from './licence.ts'
import { CONTEXT } from './profile.ts'
import type { CustodyRule } from './terms.ts'
import type { Node } from './write-rule.ts'

/** One part of the terms of a grant: each custodian with its licences, all of which must permit. */
export interface AgreedPart {
  readonly rule: CustodyRule
  readonly custodians: readonly {
    readonly licences: readonly { readonly licence: Licence; readonly digest: string }[]
  }[]
}

/** The constraint that only the other agreements can answer; who does not know it cannot permit. */
function permittedUnder(needed: Needed): Node {
  if (needed.kind !== 'one') return { uid: TERM, [needed.kind]: needed.parts.map(permittedUnder) }
  const rightOperand = { '@id': needed.member.uid }
  return { uid: TERM, leftOperand: 'sov:permittedUnder', operator: 'eq', rightOperand }
}

const membersIn = (needed: Needed): readonly Member[] =>
  needed.kind === 'one' ? [needed.member] : needed.parts.flatMap(membersIn)

function beside(rule: Node, needed: Needed): Node {
  const constraints = Array.isArray(rule.constraint) ? rule.constraint : []
  return { ...rule, constraint: [...constraints, permittedUnder(needed)] }
}

type Holding = Omit<Granted, 'licence'>

function agreementOf(member: Member, needed: Needed | null, granted: Holding): Node {
  const { uid, licence, digest } = member
  const { target, assignee } = granted
  const parties = { target, assigner: licence.assigner, assignee }
  const permissions = narrowed(licence, granted).flatMap((rule): readonly Split[] =>
    needed ? splitBy(needed, rule, member) : [{ rule, whole: true }],
  )
  const bars = [...member.bars, ...(needed ? barsOf(needed, member) : [])]
  const together = (needed ? membersIn(needed) : []).map((one) => ({ '@id': one.uid }))
  const head = {
    ...agreementHead(licence, uid, digest, granted),
    ...listed('sov:holdsTogetherWith', together),
  }
  const rules = {
    ...listed(
      'permission',
      permissions.map(({ rule, whole }) => {
        const written = ownRule(rule, uid, parties)
        return whole || needed === null ? written : beside(written, needed)
      }),
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
  type Given = AgreedPart['custodians'][number]['licences'][number]
  const memberOf = ({ licence, digest }: Given, keeper: string): Member => {
    const nth = 1 + (seen.get(digest) ?? 0)
    seen.set(digest, nth)
    // One licence may bind twice: for a work and for what it was made from.
    const uid = `${granted.uid}:${digest}${nth === 1 ? '' : `:${nth}`}`
    const bars = barsLeft(licence, digest, granted)
    const { permissions } = spelled(licence)
    return { uid, digest, licence, keeper, permissions, bars }
  }
  return parts.map(({ rule, custodians }, part) => ({
    rule,
    custodians: custodians.map(({ licences }, nth) =>
      licences.map((one) => memberOf(one, `${part} ${nth}`)),
    ),
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
 * others ask for where that means the same there and their bars. A permission that does not say all
 * of it has the constraint `sov:permittedUnder` besides: whoever does not know it reads less than is
 * allowed, never more. `parts` hold together as in `evaluateTerms`; a part without custodians permits nothing, nor does no part.
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
