import { labelRules } from './label-rules.ts'
import type { Licence, Rule } from './licence.ts'
import { CONTEXT, PROFILE } from './profile.ts'
import { isObject } from './reader.ts'
import { type Node, writeRule } from './write-rule.ts'

/** What binds under a licence, label rules and clauses for people spelled out. */
interface Spelled {
  readonly permissions: readonly Rule[]
  readonly bars: readonly Rule[]
}

/** Nobody else can ask the people a clause is left to: for a foreign evaluator it bars. */
export function spelled(licence: Licence): Spelled {
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

type Naming = (uid: string) => string

/** Gives every node an IRI of its own: labels name several of theirs alike. */
function distinct(value: unknown, taken: Set<string>, naming: Naming): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => distinct(item, taken, naming))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => {
    if (key !== 'uid') return [key, distinct(part, taken, naming)]
    const base = naming(String(part))
    let uid = base
    for (let count = 2; taken.has(uid); count += 1) uid = `${base}-${count}`
    taken.add(uid)
    return [key, uid]
  })
  return Object.fromEntries(entries)
}

const LISTS = ['dct:title', 'sov:home', 'sov:region', 'sov:economyTable']

/** A policy without its context; `naming` says what its clauses are called. */
export function policyOf(
  head: Node,
  licence: Licence,
  rules: Node,
  naming: Naming = (uid) => uid,
): Node {
  const { uid } = head
  const named = distinct(rules, new Set([String(uid)]), naming)
  return {
    ...head,
    profile: PROFILE,
    conflict: 'prohibit',
    ...copied(licence, LISTS),
    ...(isObject(named) ? named : {}),
  }
}

export const listed = (key: string, rules: readonly Node[]): Node =>
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
  const policy = policyOf(head, licence, {
    permission: permissions.map((rule) => writeRule(rule, { target, assigner })),
    ...listed(
      'prohibition',
      bars.map((rule) => writeRule(rule, { target })),
    ),
  })
  return { '@context': CONTEXT, ...policy }
}
