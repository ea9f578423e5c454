import type { Term } from './decision.ts'
import { dayOf } from './instant.ts'
import type { Condition, Constraint, Operator, Value } from './licence.ts'
import type { ClaimMessages, Messages, Phrase } from './messages.ts'
import { DOMAINS } from './test-table.ts'
import { DUTY_KINDS } from './vocabulary.ts'

/** A test as people may be told about it: what must be true of which fact. */
export type Said = Pick<Condition, 'fact' | 'operator' | 'values'>

export const saidOf = ({ fact, needed }: Term): Said => ({ fact, ...needed })

const DAY = 86_400_000

/** A UTC instant as a day, with the time only when it is not midnight. */
export function sayInstant(instant: number, words: ClaimMessages): string {
  const { year, month, day } = dayOf(instant)
  const minutes = Math.floor((instant - Math.floor(instant / DAY) * DAY) / 60_000)
  const two = (part: number) => String(part).padStart(2, '0')
  const time = minutes === 0 ? undefined : `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  return words.day(day, words.months[month - 1] ?? '', year, time)
}

const NEGATIVE: readonly Operator[] = ['neq', 'isNoneOf']

/** Word for a value, or the value itself when the table does not know it. */
const wordIn = (table: Readonly<Record<string, string>>, value: Value): string =>
  (Object.hasOwn(table, value) ? table[value] : undefined) ?? String(value)

function listed(
  said: Said,
  table: Readonly<Record<string, string>>,
  phrase: Phrase,
  words: ClaimMessages,
) {
  const list = words.anyOf(said.values.map((value) => wordIn(table, value)))
  return NEGATIVE.includes(said.operator) ? phrase.isNot(list) : phrase.is(list)
}

/** A fact with few values is told by those that would do, so that "not no" is said as "yes". */
function told(said: Said, table: Readonly<Record<string, string>>, words: ClaimMessages): string {
  const negative = NEGATIVE.includes(said.operator)
  const fitting = (DOMAINS[said.fact] ?? []).filter(
    (value) => said.values.includes(value) !== negative,
  )
  return words.anyOf(fitting.map((value) => wordIn(table, value)))
}

function comparedTo({ operator, values }: Said, words: ClaimMessages): string {
  const list = words.anyOf(values.map(String))
  if (operator === 'isAnyOf') return words.comparisons.eq(list)
  if (operator === 'isNoneOf') return words.comparisons.neq(list)
  return words.comparisons[operator](list)
}

function sayIdentity(said: Said, words: ClaimMessages): string {
  const level = Number(said.values[0]) + (said.operator === 'gt' ? 1 : 0)
  const atLeast = said.operator === 'gteq' || said.operator === 'gt'
  const known = atLeast ? words.conditions.identityAtLeast[level] : undefined
  return known ?? words.conditions.identityLevel(comparedTo(said, words))
}

function sayOverdue(said: Said, words: ClaimMessages): string {
  const none = said.values[0] === 0 && (said.operator === 'eq' || said.operator === 'lteq')
  if (none || (said.values[0] === 1 && said.operator === 'lt')) return words.conditions.noneOverdue
  return words.conditions.overdue(comparedTo(said, words))
}

function sayDate({ operator, values }: Said, words: ClaimMessages): string {
  const day = sayInstant(Number(values[0]), words)
  if (operator === 'gteq') return words.conditions.since(day)
  if (operator === 'lt') return words.conditions.before(day)
  return operator === 'gt' ? words.conditions.after(day) : words.conditions.upTo(day)
}

function sayMonth(said: Said, words: ClaimMessages): string {
  const { operator } = said
  const value = Number(said.values[0])
  const fits = (month: number): boolean => {
    if (operator === 'lt') return month < value
    if (operator === 'lteq') return month <= value
    if (operator === 'gt') return month > value
    if (operator === 'gteq') return month >= value
    return said.values.includes(month) !== NEGATIVE.includes(operator)
  }
  return words.conditions.month.is(words.anyOf(words.months.filter((_, index) => fits(index + 1))))
}

function sayCouncil(said: Said, words: ClaimMessages): string {
  const notApproved = NEGATIVE.includes(said.operator) && said.values.join() === 'approved'
  if (notApproved) return words.conditions.notApproved
  return told(said, words.conditions.councilApproval, words)
}

/** One test as a clause that fits behind "if". */
export function sayCondition(said: Said, words: ClaimMessages): string {
  const { conditions } = words
  switch (said.fact) {
    case 'action':
      return listed(said, words.actions, conditions.action, words)
    case 'purpose':
      return listed(said, words.purposes, conditions.purpose, words)
    case 'actorKind':
      return listed(said, words.actorKinds, conditions.actorKind, words)
    case 'territory':
      return listed(said, words.territories, conditions.territory, words)
    case 'commercialTie':
      return told(said, conditions.commercialTie, words)
    case 'control':
      return told(said, conditions.control, words)
    case 'ethicsApproval':
      return told(said, conditions.ethicsApproval, words)
    case 'councilApproval':
      return sayCouncil(said, words)
    case 'councilRefused':
      return told(said, conditions.councilRefused, words)
    case 'membership':
      return told(said, conditions.membership, words)
    case 'benefitAgreement':
      return told(said, conditions.benefitAgreement, words)
    case 'identityAssurance':
      return sayIdentity(said, words)
    case 'overdueDuties':
      return sayOverdue(said, words)
    case 'dateTime':
      return sayDate(said, words)
    case 'month':
      return sayMonth(said, words)
    case 'acceptedDuties':
      return NEGATIVE.includes(said.operator)
        ? conditions.notAccepted(sayDuty(said.values[0], words))
        : conditions.accepted(words.allOf(said.values.map((kind) => sayDuty(kind, words))))
    case 'humanOnly':
      return said.values[0] === 'no' ? conditions.notSettled : conditions.people
  }
}

export function sayDuty(kind: Value | undefined, words: ClaimMessages): string {
  const known = DUTY_KINDS.find((duty) => duty === kind)
  return known === undefined ? String(kind) : words.duties[known]
}

/** A constraint with its groups as one clause. */
export function sayConstraint(constraint: Constraint, words: Messages): string {
  if (constraint.kind === 'condition') return sayCondition(constraint, words)
  const parts = constraint.parts.map((part) => sayConstraint(part, words))
  return constraint.kind === 'and' ? words.bothOf(parts) : words.eitherOf(parts)
}
