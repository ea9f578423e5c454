import {
  allowedTerms,
  type EditableCondition,
  type EditableRule,
  type TermOperand,
} from '../../../policies/index.ts'
import { ACTOR_KINDS, PURPOSES } from '../../../policies/rules/vocabulary.ts'

/** Purposes a clause can name: what nobody has listed always goes to the council. */
export const namedPurposes: readonly string[] = PURPOSES.filter((code) => code !== 'unlisted')

export interface ListLimit {
  readonly operand: TermOperand
  /** Group of the shared words its values are said by. */
  readonly group: 'purpose' | 'actor' | 'territory'
  readonly codes: readonly string[]
  /** What is ticked when the limit is first set. */
  readonly start: readonly string[]
}

/** Limits with a list of values that pass. */
export const listLimits: readonly ListLimit[] = [
  {
    operand: 'purpose',
    group: 'purpose',
    codes: namedPurposes,
    start: ['communityUse', 'learning', 'revitalisation', 'linguisticResearch', 'preservation'],
  },
  {
    operand: 'sov:actorKind',
    group: 'actor',
    codes: ACTOR_KINDS,
    start: ['communityBody', 'academic', 'publicBody', 'nonprofit'],
  },
  {
    operand: 'sov:territory',
    group: 'territory',
    codes: ['home', 'region', 'nonHighIncome', 'other'],
    start: ['home', 'region'],
  },
]

/** Limits that are there or not, with the one value that passes. */
export const switchLimits = [
  { name: 'member', operand: 'sov:membership', value: 'member' },
  { name: 'council', operand: 'sov:councilApproval', value: 'approved' },
  { name: 'noTie', operand: 'sov:commercialTie', value: 'no' },
  { name: 'ethics', operand: 'sov:ethicsApproval', value: 'yes' },
  { name: 'control', operand: 'sov:control', value: 'region' },
  { name: 'benefit', operand: 'sov:benefitAgreement', value: 'signed' },
] as const satisfies readonly { name: string; operand: TermOperand; value: string }[]

/** The values that pass a limit of a rule; null when the rule has no such limit. */
export function passing(
  rule: EditableRule,
  operand: string,
  codes: readonly string[],
): readonly string[] | null {
  const condition = rule.conditions.find((one) => one.operand === operand)
  return condition ? allowedTerms(condition, codes) : null
}

/** The day (`2026-01-01`) a rule begins or ends; empty without such a limit. */
export const dayOf = (rule: EditableRule, operator: 'gteq' | 'lt'): string =>
  rule.conditions
    .find((one) => one.operand === 'dateTime' && one.operator === operator)
    ?.values[0]?.match(/^\d{4}-\d{2}-\d{2}/)?.[0] ?? ''

/** The number a test of a rule compares with; 0 without such a test. */
export const numberOf = (rule: EditableRule, operand: string): number =>
  Number(rule.conditions.find((one) => one.operand === operand)?.values[0] ?? 0)

const edited: readonly string[] = [
  ...listLimits.map(({ operand }) => operand),
  ...switchLimits.map(({ operand }) => operand),
  'dateTime',
  'sov:month',
  'sov:identityAssurance',
  'sov:overdueDuties',
]

/** The list an alternative is chosen from; undefined where it is a switch. */
export const listLimitOf = ({ operand }: EditableCondition) =>
  listLimits.find((limit) => limit.operand === operand)

/** A test that a switch stands for, and not its opposite. */
const isSwitch = ({ operand, operator, values }: EditableCondition): boolean =>
  switchLimits.some((one) => one.operand === operand && values.join() === one.value) &&
  (operator === 'eq' || operator === 'isAnyOf')

/** An "either … or" whose alternatives all have a control. */
export const isAlternatives = ({ operator, parts }: EditableCondition): boolean =>
  operator === 'or' && parts.every((part) => isSwitch(part) || listLimitOf(part) !== undefined)

/** Conditions no limit stands for: groups, and tests written by hand. */
export const otherConditions = (rule: EditableRule) =>
  rule.conditions.filter(({ operand }) => !edited.includes(operand))
