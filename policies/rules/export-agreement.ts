import { listed, policyOf, spelled } from './export-policy.ts'
import type { Condition, Constraint, Licence, Rule } from './licence.ts'
import { CONTEXT } from './profile.ts'
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

/** The permissions of a licence as far as they were granted, in the order of the licence. */
export function narrowed(licence: Licence, granted: Omit<Granted, 'licence'>): readonly Rule[] {
  const { actions, purposes, issuedAt, expiresAt } = granted
  return spelled(licence)
    .permissions.map((rule) => ({
      ...rule,
      actions: rule.actions.filter((one) => actions.includes(one)),
    }))
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
}

/** A rule of a licence as one of an agreement: called after it, with the clause it comes from. */
export const ownRule = (rule: Rule, uid: string, parties: Node): Node => ({
  ...writeRule({ ...rule, uid: `${uid}#rule` }, parties),
  'dct:source': { '@id': rule.uid },
})

export const agreementHead = (licence: Licence, uid: string, digest: string): Node => ({
  '@type': 'Agreement',
  uid,
  'dct:source': { '@id': licence.uid },
  'sov:licenceDigest': digest,
})

/**
 * The terms one person holds a dataset under: the licence, narrowed to what was granted, as an ODRL
 * `Agreement`. Every condition of the licence stays in it, because the door keeps asking them.
 */
export function licenceAgreement(licence: Licence, granted: Granted): Node {
  const { uid, assignee, target } = granted
  const parties = { target, assigner: licence.assigner, assignee }
  const policy = policyOf(agreementHead(licence, uid, granted.licence), licence, {
    ...listed(
      'permission',
      narrowed(licence, granted).map((rule) => ownRule(rule, uid, parties)),
    ),
    ...listed(
      'prohibition',
      spelled(licence).bars.map((rule) => ownRule(rule, uid, { target, assignee })),
    ),
  })
  return { '@context': CONTEXT, ...policy }
}
