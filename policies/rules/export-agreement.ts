import { listed, policyOf, spelled } from './export-policy.ts'
import { clausesForPeople } from './left-to-people.ts'
import type { Condition, Constraint, Licence, Rule } from './licence.ts'
import { CONTEXT } from './profile.ts'
import { type Action, PURPOSES, type Purpose } from './vocabulary.ts'
import { type Node, writeRule } from './write-rule.ts'

/** Clauses left to people that a vote has settled for a grant, under one licence. */
export interface Settlement {
  /** Digest of the licence. */
  readonly licence: string
  readonly clauses: readonly string[]
  /** The community whose council settled them, and its vote. */
  readonly by: string
  readonly vote: string
}

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
  readonly settled?: readonly Settlement[]
  /** What else its holder has to know of what they get, in words. */
  readonly note?: string
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

const settledUnder = ({ settled = [] }: Pick<Granted, 'settled'>, digest: string) =>
  settled.filter(({ licence }) => licence === digest)

/** What bars under a licence, but for what a vote has settled for this very grant. */
export function barsLeft(
  licence: Licence,
  digest: string,
  granted: Pick<Granted, 'settled'>,
): readonly Rule[] {
  const settled = settledUnder(granted, digest).flatMap(({ clauses }) => clauses)
  const people = clausesForPeople(licence).map(({ uid }) => uid)
  return spelled(licence).bars.filter(({ uid }) => !(settled.includes(uid) && people.includes(uid)))
}

/** How an agreement begins, with who has settled what. */
export const agreementHead = (
  licence: Licence,
  uid: string,
  digest: string,
  granted: Pick<Granted, 'settled' | 'note'>,
): Node => ({
  '@type': 'Agreement',
  uid,
  'dct:source': { '@id': licence.uid },
  'sov:licenceDigest': digest,
  ...(granted.note ? { 'dct:description': granted.note } : {}),
  ...listed(
    'sov:settledByPeople',
    settledUnder(granted, digest).flatMap(({ clauses, by, vote }) =>
      clauses.map((clause) => ({
        'sov:clause': { '@id': clause },
        'sov:settledBy': { '@id': by },
        'sov:vote': { '@id': vote },
      })),
    ),
  ),
})

/**
 * The terms one person holds a dataset under: the licence, narrowed to what was granted, as an ODRL
 * `Agreement`. Every condition of the licence stays in it, because the door keeps asking them, but
 * for the clauses that a vote has settled for this very grant: of those it says who settled them.
 */
export function licenceAgreement(licence: Licence, granted: Granted): Node {
  const { uid, assignee, target } = granted
  const parties = { target, assigner: licence.assigner, assignee }
  const policy = policyOf(agreementHead(licence, uid, granted.licence, granted), licence, {
    ...listed(
      'permission',
      narrowed(licence, granted).map((rule) => ownRule(rule, uid, parties)),
    ),
    ...listed(
      'prohibition',
      barsLeft(licence, granted.licence, granted).map((rule) =>
        ownRule(rule, uid, { target, assignee }),
      ),
    ),
  })
  return { '@context': CONTEXT, ...policy }
}
