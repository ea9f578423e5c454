import type { FactName } from './facts.ts'
import type { Operator } from './licence.ts'
import { ACTOR_KINDS, PURPOSES, TERRITORIES } from './vocabulary.ts'

/** How the right side of a test is written and which operators make sense on it. */
export type Operand = {
  readonly fact: FactName
  readonly operators: readonly Operator[]
} & (
  | { readonly form: 'term'; readonly values: readonly string[] }
  | { readonly form: 'integer'; readonly least: number; readonly most: number }
  | { readonly form: 'instant' }
)

const SET: readonly Operator[] = ['eq', 'neq', 'isAnyOf', 'isNoneOf']
const ORDER: readonly Operator[] = ['lt', 'lteq', 'gt', 'gteq']

const term = (fact: FactName, values: readonly string[]): Operand => ({
  fact,
  form: 'term',
  values,
  operators: SET,
})
const integer = (fact: FactName, least: number, most: number): Operand => ({
  fact,
  form: 'integer',
  least,
  most,
  operators: [...SET, ...ORDER],
})

export const MOST_OVERDUE = 1_000_000

/** Every left operand of the profile, as it is written in a document. */
export const OPERANDS: Readonly<Record<string, Operand>> = {
  // `unlisted` is left out on purpose: no clause can allow or bar what nobody has named.
  purpose: term(
    'purpose',
    PURPOSES.filter((purpose) => purpose !== 'unlisted'),
  ),
  dateTime: { fact: 'dateTime', form: 'instant', operators: ORDER },
  'sov:month': integer('month', 1, 12),
  'sov:actorKind': term('actorKind', ACTOR_KINDS),
  'sov:commercialTie': term('commercialTie', ['yes', 'no']),
  'sov:territory': term('territory', TERRITORIES),
  'sov:control': term('control', ['region', 'elsewhere']),
  'sov:ethicsApproval': term('ethicsApproval', ['yes', 'no']),
  'sov:councilApproval': term('councilApproval', ['approved', 'rejected', 'lapsed']),
  'sov:councilRefused': term('councilRefused', ['yes']),
  'sov:membership': term('membership', ['member']),
  'sov:identityAssurance': integer('identityAssurance', 0, 3),
  'sov:overdueDuties': integer('overdueDuties', 0, MOST_OVERDUE),
  'sov:benefitAgreement': term('benefitAgreement', ['signed']),
}

/** The operand that tests a fact; undefined for facts no document can name. */
export const operandOf = (fact: FactName): Operand | undefined =>
  Object.values(OPERANDS).find((operand) => operand.fact === fact)
