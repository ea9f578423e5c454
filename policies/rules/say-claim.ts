import type { Claim } from './claim.ts'
import type { FactName, Facts } from './facts.ts'
import { leftToPeople } from './left-to-people.ts'
import type { Licence } from './licence.ts'
import { type ClaimMessages, claimMessagesFor } from './messages.ts'
import { type Said, sayCondition, sayInstant } from './phrase.ts'
import { SCOPE_VALUES, type Scope } from './scope.ts'
import type { Example } from './search-state.ts'
import { sayActions, statementIn } from './summarise.ts'
import { USE_ACTIONS } from './vocabulary.ts'

const is = (fact: Said['fact'], values: Said['values'] | undefined): readonly Said[] =>
  values === undefined ? [] : [{ fact, operator: 'isAnyOf', values }]

/** Levels that reach to the top are said as "at least". */
function identity(levels: Scope['identityAssurance']): readonly Said[] {
  if (levels === undefined) return []
  const least = Math.min(...levels)
  const top = [0, 1, 2, 3].filter((level) => level >= least).length === levels.length
  if (top) return [{ fact: 'identityAssurance', operator: 'gteq', values: [least] }]
  return is('identityAssurance', levels)
}

function overdue(kinds: Scope['overdue']): readonly Said[] {
  if (kinds === undefined || kinds.length > 1) return []
  const operator = kinds.includes('none') ? 'eq' : 'gt'
  return [{ fact: 'overdueDuties', operator, values: [0] }]
}

function council(values: Scope['councilApproval']): readonly Said[] {
  if (values === undefined || values.includes('approved') || values.length < 2)
    return is('councilApproval', values)
  return [{ fact: 'councilApproval', operator: 'neq', values: ['approved'] }]
}

const date = (operator: 'gteq' | 'lt', mark: number | undefined): readonly Said[] =>
  mark === undefined ? [] : [{ fact: 'dateTime', operator, values: [mark] }]

/** The tests that a scope stands for, in the order people are told them. */
const saidOf = (scope: Scope): readonly Said[] => [
  ...is('membership', scope.membership),
  ...is('actorKind', scope.actorKind),
  ...is('commercialTie', scope.commercialTie),
  ...is('purpose', scope.purposes),
  ...is('territory', scope.countries),
  ...is('territory', scope.territory),
  ...is('control', scope.control),
  ...is('ethicsApproval', scope.ethicsApproval),
  ...identity(scope.identityAssurance),
  ...overdue(scope.overdue),
  ...council(scope.councilApproval),
  ...is('councilRefused', scope.councilRefused),
  ...is('benefitAgreement', scope.benefitAgreement),
  ...is('humanOnly', scope.settledByPeople),
  ...is('acceptedDuties', scope.withDuties?.length === 0 ? undefined : scope.withDuties),
  ...(scope.withoutDuties ?? []).map(
    (kind): Said => ({ fact: 'acceptedDuties', operator: 'neq', values: [kind] }),
  ),
  ...date('gteq', scope.from),
  ...date('lt', scope.until),
]

/** The tests of a scope as one clause that fits behind "if"; undefined when it sets none. */
export function sayScope(scope: Scope, words: ClaimMessages): string | undefined {
  const said = saidOf(scope).map((one) => sayCondition(one, words))
  return said.length === 0 ? undefined : words.bothOf(said)
}

/** A claim as one plain sentence. `locale` is BCP 47, without a catalogue English, or a catalogue. */
export function sayClaim(
  { verdict, scope, condition = {} }: Claim,
  locale: string | ClaimMessages,
): string {
  const words = claimMessagesFor(locale)
  const actions = sayActions({ actions: scope.actions ?? USE_ACTIONS }, words)
  const about = sayScope(scope, words)
  if (verdict !== 'onlyIf') return words.claims[verdict](actions, about)
  return words.claims.onlyIf(actions, about, sayScope(condition, words) ?? '')
}

const only = <T>(value: T | undefined): readonly T[] | undefined =>
  value === undefined ? undefined : [value]

const reached = (level: Facts['identityAssurance']): Scope['identityAssurance'] =>
  level === undefined ? undefined : SCOPE_VALUES.identityAssurance.filter((one) => one >= level)

/** What the example records, and what its silence means where the licence asks about it. */
function recorded({ facts, use }: Example, asks: (fact: FactName) => boolean): Scope {
  const { overdueDuties, acceptedDuties } = facts
  const late = overdueDuties === 0 ? 'none' : 'some'
  return {
    membership: only(facts.membership ?? (asks('membership') ? 'none' : undefined)),
    actorKind: only(facts.actorKind),
    commercialTie: only(facts.commercialTie),
    purposes: use.purposes.length === 0 ? undefined : use.purposes,
    countries: only(facts.country),
    control: only(facts.control),
    ethicsApproval: only(facts.ethicsApproval),
    identityAssurance: reached(facts.identityAssurance),
    overdue: overdueDuties === undefined ? undefined : [late],
    councilApproval: only(facts.councilApproval),
    councilRefused: only(facts.councilRefused),
    benefitAgreement: only(
      facts.benefitAgreement ?? (asks('benefitAgreement') ? 'none' : undefined),
    ),
    withDuties: acceptedDuties,
  }
}

/** What a vote of the council has to settle for an example to be permitted, clause by clause. */
function settling(licence: Licence, { facts, use }: Example, words: ClaimMessages) {
  if (facts.settledByPeople === undefined) return []
  const clauses = leftToPeople(licence, facts, use).map(
    (clause) => `“${statementIn(clause, words)}”`,
  )
  return clauses.length === 0 ? [] : [words.conditions.settled(words.allOf(clauses))]
}

/**
 * One request and its answer as a plain sentence: "You may download it if …". It lists what the
 * request records, with what is left out where the licence asks about it.
 */
export function sayExample(
  licence: Licence,
  example: Example,
  permitted: boolean,
  locale: string | ClaimMessages,
): string {
  const words = claimMessagesFor(locale)
  const actions = sayActions(example.use, words)
  const asks = (fact: FactName) => licence.compiled.tests.some((test) => test.fact === fact)
  const said = saidOf(recorded(example, asks)).map((one) => sayCondition(one, words))
  if (example.now !== 0 || asks('dateTime') || asks('month'))
    said.push(words.conditions.on(sayInstant(example.now, words)))
  said.push(...settling(licence, example, words))
  const condition = said.length === 0 ? undefined : words.bothOf(said)
  return permitted ? words.claims.may(actions, condition) : words.claims.mayNot(actions, condition)
}
