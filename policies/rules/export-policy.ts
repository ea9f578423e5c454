import { labelRules } from './label-rules.ts'
import type { Condition, Constraint, Licence, Rule } from './licence.ts'
import { CONTEXT, PROFILE } from './profile.ts'
import { isObject } from './reader.ts'
import { type Action, PURPOSES, type Purpose } from './vocabulary.ts'
import { type Node, writeRule } from './write-rule.ts'

/** What a grant adds to the licence it rests on. All names are IRIs. */
export interface Granted {
  readonly uid: string
  readonly assignee: string
  /** The version of the dataset that was granted. */
  readonly target: string
  /** Digest of the licence, `sha256-…`. */
  readonly licence: string
  readonly actions: readonly Action[]
  readonly purposes: readonly Purpose[]
  /** Epoch milliseconds. */
  readonly issuedAt: number
  readonly expiresAt: number
}

/** What binds under a licence, label rules and clauses for people spelled out. */
interface Spelled {
  readonly permissions: readonly Rule[]
  readonly bars: readonly Rule[]
}

/** Nobody else can ask the people a clause is left to: for a foreign evaluator it bars. */
function spelled(licence: Licence): Spelled {
  const added = labelRules(licence)
  return {
    permissions: licence.permissions.map((rule) => ({
      ...rule,
      duties: [...rule.duties, ...added.duties(rule)],
    })),
    bars: [
      ...licence.prohibitions,
      ...licence.humanOnly,
      ...added.prohibitions,
      ...added.humanOnly,
    ],
  }
}

function copied(licence: Licence, keys: readonly string[]): Node {
  const { document } = licence
  return Object.fromEntries(
    keys.filter((key) => document[key] !== undefined).map((key) => [key, document[key]]),
  )
}

/** Gives every node an IRI of its own: labels name several of theirs alike. */
function distinct(value: unknown, taken: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => distinct(item, taken))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => {
    if (key !== 'uid') return [key, distinct(part, taken)]
    const base = String(part)
    let uid = base
    for (let count = 2; taken.has(uid); count += 1) uid = `${base}-${count}`
    taken.add(uid)
    return [key, uid]
  })
  return Object.fromEntries(entries)
}

const LISTS = ['dct:title', 'sov:home', 'sov:region', 'sov:economyTable']

function policyOf(head: Node, licence: Licence, rules: Node): Node {
  const { uid } = head
  const named = distinct(rules, new Set([String(uid)]))
  return {
    '@context': CONTEXT,
    ...head,
    profile: PROFILE,
    conflict: 'prohibit',
    ...copied(licence, LISTS),
    ...(isObject(named) ? named : {}),
  }
}

const listed = (key: string, rules: readonly Node[]): Node =>
  rules.length === 0 ? {} : { [key]: rules }

/**
 * The licence as an ODRL `Set`, for evaluators that know neither this profile's umbrella `use` nor
 * labels nor clauses for people: each rule is spelled out, and what is left to people is barred. It
 * never permits what the licence does not.
 */
export function licenceSet(licence: Licence): Node {
  const { target, assigner } = licence
  const { permissions, bars } = spelled(licence)
  const head = { '@type': 'Set', uid: `${licence.uid}#set`, 'dct:source': { '@id': licence.uid } }
  return policyOf(head, licence, {
    permission: permissions.map((rule) => writeRule(rule, { target, assigner })),
    ...listed(
      'prohibition',
      bars.map((rule) => writeRule(rule, { target })),
    ),
  })
}

const test = (
  fact: Condition['fact'],
  operator: Condition['operator'],
  values: Condition['values'],
): Condition => ({ kind: 'condition', uid: 'urn:commonhold:granted', fact, operator, values })

const LISTED: readonly Purpose[] = PURPOSES.filter((purpose) => purpose !== 'unlisted')

/** The granted purposes as one test; `unlisted` can only be said by what it is not. */
function purposeTest(purposes: readonly Purpose[]): Constraint {
  const named = test(
    'purpose',
    'isAnyOf',
    LISTED.filter((one) => purposes.includes(one)),
  )
  const unnamed = test('purpose', 'isNoneOf', LISTED)
  if (!purposes.includes('unlisted')) return named
  const { uid } = unnamed
  return named.values.length === 0 ? unnamed : { kind: 'or', uid, parts: [named, unnamed] }
}

/**
 * The terms one person holds a dataset under: the licence, narrowed to what was granted, as an ODRL
 * `Agreement`. Every condition of the licence stays in it, because the door keeps asking them.
 */
export function licenceAgreement(licence: Licence, granted: Granted): Node {
  const { uid, assignee, target, actions, purposes, issuedAt, expiresAt } = granted
  const { permissions, bars } = spelled(licence)
  const parties = { target, assigner: licence.assigner, assignee }
  const narrowed = permissions
    .map((rule) => ({ ...rule, actions: rule.actions.filter((one) => actions.includes(one)) }))
    .filter((rule) => rule.actions.length > 0)
    .map((rule) => ({
      ...rule,
      constraints: [
        ...rule.constraints,
        purposeTest(purposes),
        test('dateTime', 'gteq', [issuedAt]),
        test('dateTime', 'lt', [expiresAt]),
      ],
    }))
  const own = (rule: Rule, named: Node): Node => ({
    ...writeRule({ ...rule, uid: `${uid}#rule` }, named),
    'dct:source': { '@id': rule.uid },
  })
  const head = {
    '@type': 'Agreement',
    uid,
    'dct:source': { '@id': licence.uid },
    'sov:licenceDigest': granted.licence,
  }
  return policyOf(head, licence, {
    ...listed(
      'permission',
      narrowed.map((rule) => own(rule, parties)),
    ),
    ...listed(
      'prohibition',
      bars.map((rule) => own(rule, { target, assignee })),
    ),
  })
}
