import type { FactName, Facts } from './facts.ts'
import { dayOf } from './instant.ts'
import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import type { Condition, Operator, Value } from './licence.ts'
import { allCountries, type TerritoryLists, territoriesOf } from './territory.ts'
import { ACTOR_KINDS, PURPOSES, type Purpose, TERRITORIES } from './vocabulary.ts'

/** Everything a test can look at, for one action and one purpose. */
export interface Inputs {
  readonly facts: Facts
  readonly purpose: Purpose | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

/** One distinct test of a licence, shared by every clause that makes it. */
export interface Test {
  readonly index: number
  readonly fact: FactName
  readonly operator: Operator
  readonly values: readonly Value[]
  /** What the test says of a known value. */
  readonly accepts: (value: Value) => boolean
  readonly truth: (inputs: Inputs) => Kleene
  /** What is known of the fact, for people to read: a country where the test is about its class. */
  readonly have: (inputs: Inputs) => Value | undefined
}

/** The values of each fact that has a fixed set of them; a value outside is not known. */
export const DOMAINS: Readonly<Partial<Record<FactName, readonly Value[]>>> = {
  purpose: PURPOSES.filter((purpose) => purpose !== 'unlisted'),
  actorKind: ACTOR_KINDS,
  commercialTie: ['yes', 'no'],
  territory: TERRITORIES,
  control: ['region', 'elsewhere'],
  ethicsApproval: ['yes', 'no'],
  councilApproval: ['approved', 'rejected', 'lapsed'],
  councilRefused: ['yes', 'no'],
  membership: ['member', 'none'],
  identityAssurance: [0, 1, 2, 3],
  benefitAgreement: ['signed', 'none'],
  month: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
}

type Read = (inputs: Inputs) => Value | undefined

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

// The closed-world facts have their "no" filled in here, and only here.
export const READ: Readonly<Partial<Record<FactName, Read>>> = {
  purpose: ({ purpose }) => purpose,
  actorKind: ({ facts }) => facts.actorKind,
  commercialTie: ({ facts }) => facts.commercialTie,
  territory: ({ facts }) => facts.country,
  control: ({ facts }) => facts.control,
  ethicsApproval: ({ facts }) => facts.ethicsApproval,
  councilApproval: ({ facts }) => facts.councilApproval,
  councilRefused: ({ facts }) => facts.councilRefused ?? 'no',
  membership: ({ facts }) => facts.membership ?? 'none',
  identityAssurance: ({ facts }) => facts.identityAssurance ?? 0,
  overdueDuties: ({ facts }) => {
    const overdue = facts.overdueDuties ?? 0
    return isCount(overdue) ? overdue : undefined
  },
  benefitAgreement: ({ facts }) => facts.benefitAgreement ?? 'none',
  dateTime: ({ now }) => (Number.isFinite(now) ? now : undefined),
  month: ({ now }) => (Number.isFinite(now) ? dayOf(now).month : undefined),
}

function accepts(operator: Operator, values: readonly Value[]): (value: Value) => boolean {
  const [first = Number.NaN] = values
  switch (operator) {
    case 'eq':
    case 'isAnyOf':
      return (value) => values.includes(value)
    case 'neq':
    case 'isNoneOf':
      return (value) => !values.includes(value)
    case 'lt':
      return (value) => value < first
    case 'lteq':
      return (value) => value <= first
    case 'gt':
      return (value) => value > first
    case 'gteq':
      return (value) => value >= first
  }
}

const kleene = (truth: boolean): Kleene => (truth ? YES : NO)

/** Known when every class the country may be in gives the same answer. */
function territoryTruth(test: Pick<Test, 'accepts'>, lists: TerritoryLists): Test['truth'] {
  const table = new Map<string, Kleene>()
  for (const country of allCountries()) {
    const answers = territoriesOf(country, lists).map(test.accepts)
    const agreed = answers.every((answer) => answer === answers[0])
    if (agreed) table.set(country, kleene(answers[0] === true))
  }
  return ({ facts }) => table.get(facts.country ?? '') ?? UNKNOWN
}

function truthOf(
  test: Omit<Test, 'truth' | 'index' | 'have'>,
  lists: TerritoryLists,
): Test['truth'] {
  const { fact, values } = test
  if (fact === 'territory') return territoryTruth(test, lists)
  if (fact === 'humanOnly') return ({ facts }) => (facts.settledByPeople === 'yes' ? NO : UNKNOWN)
  if (fact === 'acceptedDuties')
    return ({ facts }) => kleene(facts.acceptedDuties?.some((kind) => kind === values[0]) ?? false)
  const read: Read = READ[fact] ?? (() => undefined)
  const domain = DOMAINS[fact]
  if (domain === undefined)
    return (inputs) => {
      const value = read(inputs)
      return value === undefined ? UNKNOWN : kleene(test.accepts(value))
    }
  const table = new Map(domain.map((value) => [value, kleene(test.accepts(value))]))
  return (inputs) => {
    const value = read(inputs)
    return value === undefined ? UNKNOWN : (table.get(value) ?? UNKNOWN)
  }
}

/** The tests of one licence by their meaning. */
export interface TestTable {
  readonly tests: Map<string, Test>
  readonly lists: TerritoryLists
}

/** What a test asks, whoever asks it. */
type Asked = Pick<Condition, 'fact' | 'operator' | 'values'>

/**
 * Two clauses make the same test when fact, operator and values agree. The author's uid must not
 * decide that: it would merge different tests under one name.
 */
export function testKey({ fact, operator, values }: Asked): string {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : 1))
  return JSON.stringify([fact, operator, sorted])
}

/** The test of a condition, shared with every other condition that asks the same. */
export function intern({ tests, lists }: TestTable, asked: Asked): Test {
  const { fact, operator, values } = asked
  const key = testKey(asked)
  const known = tests.get(key)
  if (known !== undefined) return known
  const draft = { fact, operator, values, accepts: accepts(operator, values) }
  const have: Read = READ[fact] ?? (() => undefined)
  const test: Test = { ...draft, index: tests.size, truth: truthOf(draft, lists), have }
  tests.set(key, test)
  return test
}
