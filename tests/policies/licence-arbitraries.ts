import fc from 'fast-check'
import {
  ACTIONS,
  ACTOR_KINDS,
  type Action,
  CONTEXT,
  DUTY_KINDS,
  type Facts,
  PROFILE,
  PURPOSES,
  type Purpose,
  SCOPE_VALUES,
  type Scope,
  type Use,
} from '../../policies/index.ts'
import { EMBARGO, EXPIRY } from './licence-support.ts'

/** Licence documents as JSON, of every shape the profile has, and requests to try on them. */

export const MOMENTS = [
  EMBARGO - 1,
  EMBARGO,
  EMBARGO + 40 * 86_400_000,
  EXPIRY - 1,
  EXPIRY,
] as const

const TERMS: Readonly<Record<string, readonly string[]>> = {
  purpose: ['learning', 'linguisticResearch', 'commercialProduct'],
  'sov:actorKind': ACTOR_KINDS,
  'sov:commercialTie': ['yes', 'no'],
  'sov:territory': ['home', 'region', 'nonHighIncome', 'other'],
  'sov:control': ['region', 'elsewhere'],
  'sov:ethicsApproval': ['yes', 'no'],
  'sov:councilApproval': ['approved', 'rejected', 'lapsed'],
  'sov:councilRefused': ['yes'],
  'sov:membership': ['member'],
  'sov:benefitAgreement': ['signed'],
}
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  'sov:identityAssurance': [0, 1, 2, 3],
  'sov:overdueDuties': [0, 1, 2],
  'sov:month': [1, 2, 12],
}
const ORDER = ['lt', 'lteq', 'gt', 'gteq'] as const
const DATES = ['2026-01-01T00:00:00Z', '2031-01-01T00:00:00Z']

const term = (name: string) => ({ '@id': `sov:${name}` })
const integer = (value: number) => ({ '@value': String(value), '@type': 'xsd:integer' })
const instant = (value: string) => ({ '@value': value, '@type': 'xsd:dateTime' })

type Node = Record<string, unknown>

const setTest = (leftOperand: string, values: readonly unknown[]): fc.Arbitrary<Node> =>
  fc.oneof(
    fc.record({
      leftOperand: fc.constant(leftOperand),
      operator: fc.constantFrom('eq', 'neq'),
      rightOperand: fc.constantFrom(...values),
    }),
    fc.record({
      leftOperand: fc.constant(leftOperand),
      operator: fc.constantFrom('isAnyOf', 'isNoneOf'),
      rightOperand: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
    }),
  )

const test: fc.Arbitrary<Node> = fc.oneof(
  ...Object.entries(TERMS).map(([operand, values]) => setTest(operand, values.map(term))),
  ...Object.entries(NUMBERS).map(([operand, values]) => setTest(operand, values.map(integer))),
  ...Object.entries(NUMBERS).map(([operand, values]) =>
    fc.record({
      leftOperand: fc.constant(operand),
      operator: fc.constantFrom(...ORDER),
      rightOperand: fc.constantFrom(...values.map(integer)),
    }),
  ),
  fc.record({
    leftOperand: fc.constant('dateTime'),
    operator: fc.constantFrom(...ORDER),
    rightOperand: fc.constantFrom(...DATES.map(instant)),
  }),
)

export const constraint: fc.Arbitrary<Node> = fc.oneof(
  { weight: 4, arbitrary: test },
  {
    weight: 1,
    arbitrary: fc.record({ or: fc.array(test, { minLength: 1, maxLength: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      and: fc.array(
        fc.oneof(test, fc.record({ or: fc.array(test, { minLength: 1, maxLength: 2 }) })),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
)

const action = fc.oneof(
  fc.constant<unknown>('use'),
  fc.subarray(
    ACTIONS.map((name) => `sov:${name}`),
    { minLength: 1 },
  ),
)

const permission: fc.Arbitrary<Node> = fc.record({
  action,
  constraint: fc.array(constraint, { maxLength: 3 }),
  duty: fc
    .subarray(['attribute', 'sov:reportBack', 'sov:shareBack'], { maxLength: 2 })
    .map((kinds) => kinds.map((kind) => ({ action: kind }))),
})

export const prohibition: fc.Arbitrary<Node> = fc.record({
  action,
  constraint: fc.array(constraint, { maxLength: 2 }),
})

const PARTIES = { target: 'urn:example:dataset', assigner: 'urn:example:community' }

/** Gives every node its own uid; the shape and the tests stay what they are. */
function numbered(node: unknown, next: () => string): unknown {
  if (Array.isArray(node)) return node.map((item) => numbered(item, next))
  if (typeof node !== 'object' || node === null || '@id' in node || '@value' in node) return node
  const fields = Object.entries(node).map(([key, field]) => [key, numbered(field, next)])
  return { uid: next(), ...Object.fromEntries(fields) }
}

export function documentOf(
  permissions: readonly Node[],
  prohibitions: readonly Node[],
  people: readonly Node[] = [],
): Record<string, unknown> {
  let count = 0
  const next = () => {
    count += 1
    return `urn:example:licence#${count}`
  }
  const rules = (nodes: readonly Node[]) =>
    nodes.map((node) => ({ ...(numbered(node, next) as Node), ...PARTIES }))
  return {
    '@context': CONTEXT,
    '@type': 'Offer',
    uid: 'urn:example:licence',
    profile: PROFILE,
    conflict: 'prohibit',
    'dct:title': { '@value': 'Any', '@language': 'en' },
    'sov:home': ['GH'],
    'sov:region': ['TG'],
    'sov:economyTable': { '@id': 'sov:worldBankFY26' },
    permission: rules(permissions),
    prohibition: rules(prohibitions),
    ...(people.length === 0
      ? {}
      : {
          'sov:humanOnly': rules(people).map((rule) => ({
            ...rule,
            'sov:statement': { '@value': 'Ask us.', '@language': 'en' },
          })),
        }),
  }
}

export const permissions = fc.array(permission, { minLength: 1, maxLength: 3 })
export const prohibitions = fc.array(prohibition, { maxLength: 3 })

export const document: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(permissions, prohibitions)
  .map(([allowed, barred]) => documentOf(allowed, barred))

/** The same with clauses that only people can apply. */
export const peopled: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(permissions, prohibitions, fc.array(prohibition, { minLength: 1, maxLength: 2 }))
  .map((rules) => documentOf(...rules))

/** Countries of every class, with one (VE) that the table of economies does not class. */
export const COUNTRIES = ['GH', 'TG', 'IN', 'DE'] as const

/** The open-world facts and all they can turn out to be. */
export const OPEN_WORLD = {
  actorKind: ACTOR_KINDS,
  commercialTie: ['yes', 'no'],
  country: COUNTRIES,
  control: ['region', 'elsewhere'],
  ethicsApproval: ['yes', 'no'],
  councilApproval: ['approved', 'rejected', 'lapsed'],
} as const satisfies { readonly [K in keyof Facts]: readonly Facts[K][] }

const closedWorld = {
  membership: fc.constantFrom('member', undefined),
  identityAssurance: fc.constantFrom(0, 1, 2, 3, undefined),
  overdueDuties: fc.constantFrom(0, 1, 3, undefined),
  acceptedDuties: fc.oneof(fc.constant(DUTY_KINDS), fc.subarray([...DUTY_KINDS])),
  benefitAgreement: fc.constantFrom('signed', undefined),
  councilRefused: fc.constantFrom('yes', undefined),
} as const

export const completeFacts: fc.Arbitrary<Facts> = fc.record({
  ...closedWorld,
  actorKind: fc.constantFrom(...OPEN_WORLD.actorKind),
  commercialTie: fc.constantFrom(...OPEN_WORLD.commercialTie),
  country: fc.constantFrom(...OPEN_WORLD.country),
  control: fc.constantFrom(...OPEN_WORLD.control),
  ethicsApproval: fc.constantFrom(...OPEN_WORLD.ethicsApproval),
  councilApproval: fc.constantFrom(...OPEN_WORLD.councilApproval),
}) as fc.Arbitrary<Facts>

export const openFacts = fc.subarray(Object.keys(OPEN_WORLD) as (keyof typeof OPEN_WORLD)[])

/** `facts` without the facts named. */
export const without = (facts: Facts, hidden: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !hidden.includes(key)))

export const use: fc.Arbitrary<Use> = fc.record({
  actions: fc.subarray([...ACTIONS] as Action[], { minLength: 1, maxLength: 2 }),
  purposes: fc.subarray([...PURPOSES] as Purpose[], { minLength: 1, maxLength: 2 }),
})

export const moment = fc.constantFrom(...MOMENTS)

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 })

/** Parts of the space of requests, as a question names them. */
export const scope: fc.Arbitrary<Scope> = fc.record(
  {
    actions: some(SCOPE_VALUES.actions),
    purposes: some(['learning', 'linguisticResearch', 'commercialProduct', 'unlisted'] as const),
    actorKind: some(SCOPE_VALUES.actorKind),
    commercialTie: some(SCOPE_VALUES.commercialTie),
    countries: some(['GH', 'TG', 'IN', 'DE', 'VE']),
    territory: some(SCOPE_VALUES.territory),
    control: some(SCOPE_VALUES.control),
    ethicsApproval: some(SCOPE_VALUES.ethicsApproval),
    councilApproval: some(SCOPE_VALUES.councilApproval),
    councilRefused: some(SCOPE_VALUES.councilRefused),
    membership: some(SCOPE_VALUES.membership),
    identityAssurance: some(SCOPE_VALUES.identityAssurance),
    overdue: some(SCOPE_VALUES.overdue),
    benefitAgreement: some(SCOPE_VALUES.benefitAgreement),
    settledByPeople: some(SCOPE_VALUES.settledByPeople),
    withDuties: some(['attribute', 'reportBack', 'secureStorage'] as const),
    withoutDuties: some(['reportBack', 'shareBack'] as const),
    from: fc.constantFrom(...MOMENTS),
    until: fc.constantFrom(...MOMENTS),
  },
  { requiredKeys: [] },
)
