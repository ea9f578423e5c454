import { CONTEXT, PROFILE } from '../../policies/index.ts'

/**
 * Brings policies of others into the form of the profile without changing what they say: the head
 * of the document, the names of actions (any one-to-one renaming keeps the meaning) and dates
 * without a time. Whatever has no place in the profile is handed on as it is, to be refused there.
 */
export type Node = Readonly<Record<string, unknown>>

/** Foreign actions by what stands for them here; `sell` is outside `use`, as in ODRL, so is `discover`. */
const ACTIONS: Readonly<Record<string, string>> = {
  use: 'use',
  read: 'sov:preview',
  write: 'sov:derive',
  distribute: 'sov:redistribute',
  archive: 'sov:download',
  sell: 'sov:discover',
}

export const local = (iri: string): string => iri.replace(/^.*[/#:]/, '')

/** The action of this profile that stands for a foreign one. */
export const standIn = (action: string): string => ACTIONS[local(action)] ?? action

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A date begins at midnight UTC; a time without a zone is read as UTC. */
export const instant = (text: string): string =>
  `${text.length === 10 ? `${text}T00:00:00` : text.replace(/Z$/, '')}Z`

const value = (right: unknown): unknown =>
  isNode(right) && /^xsd:date(Time)?$/.test(String(right['@type']))
    ? { '@value': instant(String(right['@value'])), '@type': 'xsd:dateTime' }
    : right

const constraint = ({ '@id': uid, rightOperand, ...rest }: Node): Node => ({
  uid,
  ...rest,
  rightOperand: value(rightOperand),
})

/** `assignee` and `target` are the request's business here: a licence binds whoever it is asked by. */
const rule = ({ '@id': uid, action, constraint: tests, assignee: _, ...rest }: Node): Node => ({
  uid,
  ...rest,
  action: list(action).map((one) => (typeof one === 'string' ? standIn(one) : one)),
  ...(tests === undefined ? {} : { constraint: list(tests).filter(isNode).map(constraint) }),
})

/** A licence document out of a foreign policy. */
export const adapted = (policy: Node): Node => {
  const { permission, prohibition, obligation, uid } = policy
  const rules = (given: unknown) => list(given).filter(isNode).map(rule)
  return {
    '@context': CONTEXT,
    '@type': 'Offer',
    uid,
    profile: PROFILE,
    conflict: 'prohibit',
    'dct:title': { '@value': 'Foreign policy', '@language': 'en' },
    permission: rules(permission),
    ...(prohibition === undefined ? {} : { prohibition: rules(prohibition) }),
    ...(obligation === undefined ? {} : { obligation }),
  }
}
