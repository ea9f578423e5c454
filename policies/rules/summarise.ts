import { barClass, type ClauseClass, constraintClass } from './clause-class.ts'
import { labelRules } from './label-rules.ts'
import { clausesForPeople } from './left-to-people.ts'
import type { Constraint, Duty, HumanClause, Licence, Rule } from './licence.ts'
import { type ClaimMessages, type Messages, messagesFor } from './messages.ts'
import { sayConstraint, sayDuty } from './phrase.ts'
import { ECONOMY_TABLES } from './territory.ts'
import { USE_ACTIONS } from './vocabulary.ts'

/** One sentence of a licence said to people, with the clause it stands for. */
export interface Sentence {
  readonly clause: string
  readonly kind: 'may' | 'mayNot' | 'must' | 'when' | 'council'
  readonly text: string
  /** How the clause is held to; null for a sentence that explains a word. */
  readonly class: ClauseClass | null
  /** BCP 47 tag of `text`, which may differ from the locale that was asked for. */
  readonly lang: string
}

const sayer =
  ({ lang }: Messages) =>
  (clause: string, kind: Sentence['kind'], text: string, held: ClauseClass | null): Sentence => ({
    clause,
    kind,
    text,
    class: held,
    lang,
  })

export function sayActions({ actions }: Pick<Rule, 'actions'>, words: ClaimMessages): string {
  if (
    USE_ACTIONS.every((action) => actions.includes(action)) &&
    actions.length === USE_ACTIONS.length
  )
    return words.everyUse
  return words.anyOf(actions.map((action) => words.actions[action]))
}

const asksCouncil = (constraint: Constraint): boolean =>
  constraint.kind === 'condition'
    ? constraint.fact === 'councilApproval'
    : constraint.parts.some(asksCouncil)

function condition(constraint: Constraint, words: Messages): Sentence {
  const said = sayConstraint(constraint, words)
  const held = constraintClass(constraint)
  return asksCouncil(constraint)
    ? sayer(words)(constraint.uid, 'council', words.councilOnlyIf(said), held)
    : sayer(words)(constraint.uid, 'when', words.onlyIf(said), held)
}

export function sayDutyInTime({ kind, withinDays }: Duty, words: ClaimMessages): string {
  const duty = sayDuty(kind, words)
  return words.must(withinDays === undefined ? duty : `${duty} ${words.within(withinDays)}`)
}

function permission(rule: Rule, duties: readonly Duty[], words: Messages): readonly Sentence[] {
  const say = sayer(words)
  const held = barClass({ ...rule, constraints: [] })
  return [
    say(rule.uid, 'may', words.may(sayActions(rule, words)), held),
    ...rule.constraints.map((constraint) => condition(constraint, words)),
    ...duties.map((duty) => say(duty.clause, 'must', sayDutyInTime(duty, words), 'obligation')),
  ]
}

/** A prohibition as one sentence. */
export function sayProhibition(rule: Rule, words: Messages): string {
  const actions = sayActions(rule, words)
  if (rule.constraints.length === 0) return words.mayNot(actions)
  const conditions = rule.constraints.map((constraint) => sayConstraint(constraint, words))
  return words.mayNotIf(actions, words.bothOf(conditions))
}

/** A clause for people: its own words in the reader's language, or the first language it has. */
export const statementIn = ({ statement }: HumanClause, { lang }: ClaimMessages): string =>
  (statement.find((one) => one.lang.toLowerCase() === lang) ?? statement[0])?.text ?? ''

export const sayHumanClause = (clause: HumanClause, words: Messages): string =>
  words.peopleDecide(statementIn(clause, words))

function territories(licence: Licence, words: Messages): readonly Sentence[] {
  return (['home', 'region'] as const)
    .filter((territory) => licence[territory].length > 0)
    .map((territory) => {
      const text = words.countries(words.territories[territory], licence[territory].join(', '))
      return sayer(words)(licence.uid, 'when', text, null)
    })
}

/** Which dated list says what a rich country is, where a clause depends on it. */
function economies({ uid, economyTable }: Licence, words: Messages): readonly Sentence[] {
  if (economyTable === undefined) return []
  const { source, from } = ECONOMY_TABLES[economyTable]
  return [sayer(words)(uid, 'when', words.economies(source, from), null)]
}

/**
 * A licence in plain sentences, in the order of its document: each permission with its conditions
 * and duties, then what is barred (labels included), then what people decide. `locale` is BCP 47;
 * a language without a catalogue gets English, marked by `lang`.
 */
export function summarise(licence: Licence, locale: string): readonly Sentence[] {
  const words = messagesFor(locale)
  const added = labelRules(licence)
  const say = sayer(words)
  return [
    ...licence.permissions.flatMap((rule) =>
      permission(rule, [...rule.duties, ...added.duties(rule)], words),
    ),
    ...[...licence.prohibitions, ...added.prohibitions].map((rule) =>
      say(rule.uid, 'mayNot', sayProhibition(rule, words), barClass(rule)),
    ),
    ...clausesForPeople(licence).map((clause) =>
      say(clause.uid, 'council', sayHumanClause(clause, words), 'humanOnly'),
    ),
    ...territories(licence, words),
    ...economies(licence, words),
  ]
}
