import type { Bar, Decision, Term, Way } from './decision.ts'
import { labelRules } from './label-rules.ts'
import { clausesForPeople } from './left-to-people.ts'
import type { Licence } from './licence.ts'
import { type Messages, messagesFor } from './messages.ts'
import { questionFor } from './needs.ts'
import { saidOf, sayCondition, sayDuty, sayInstant } from './phrase.ts'
import { sayDutyInTime, sayHumanClause, sayProhibition } from './summarise.ts'

/** A sentence about a decision, with the clause it comes from. */
export interface Explanation {
  readonly clause: string
  readonly text: string
}

function step(term: Term, words: Messages): string {
  const said = sayCondition(saidOf(term), words)
  switch (term.resolver) {
    case 'facts':
      return term.state === 'unknown'
        ? (words.steps.tell[questionFor(term)] ?? words.steps.makeSure(said))
        : words.steps.makeSure(said)
    case 'agreement':
      return term.fact === 'benefitAgreement'
        ? words.steps.sign
        : words.steps.promise(sayDuty(term.needed.values[0], words))
    case 'council':
      if (term.fact === 'humanOnly') return words.steps.settle
      return term.fact === 'councilApproval' ? words.steps.vote : words.steps.people
    case 'time':
      return words.steps.wait(said)
    case 'none':
      return words.steps.cannot(said)
  }
}

/** One unmet term as a step somebody can take, or as what would be needed if nobody can. */
export const explainTerm = (term: Term, locale: string): string => step(term, messagesFor(locale))

const firstUpper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function sayWay(way: Way, index: number, words: Messages): Explanation {
  const steps = words.allOf([...new Set(way.map((term) => step(term, words)))])
  const text = index === 0 ? words.answers.way(steps) : words.answers.otherWay(steps)
  return { clause: way[0]?.clause ?? '', text: firstUpper(text) }
}

/** The clause of a bar in words; a label's clause is found among the rules labels add. */
function sayClause(licence: Licence, clause: string, words: Messages): string {
  const added = labelRules(licence)
  const rule = [...licence.prohibitions, ...added.prohibitions].find(({ uid }) => uid === clause)
  if (rule !== undefined) return sayProhibition(rule, words)
  const human = clausesForPeople(licence).find(({ uid }) => uid === clause)
  return human === undefined ? clause : sayHumanClause(human, words)
}

function sayBars(
  licence: Licence,
  bars: readonly Bar[],
  say: (rule: string) => string,
  words: Messages,
): readonly Explanation[] {
  return [...new Set(bars.map(({ clause }) => clause))].map((clause) => ({
    clause,
    text: say(sayClause(licence, clause, words)),
  }))
}

/** What is missing for good; where a bar holds, the bar is the reason and this would distract. */
function sayMissing({ unmet, bars }: Decision, words: Messages): readonly Explanation[] {
  if (bars.length > 0) return []
  return unmet
    .filter(({ resolver }) => resolver === 'none')
    .map((term) => ({
      clause: term.clause,
      text: words.answers.missing(sayCondition(saidOf(term), words)),
    }))
}

function sayAnswer({ decision, ways }: Decision, words: Messages): string {
  if (decision !== 'deny') return words.answers[decision]
  return ways.length === 0 ? words.answers.deny : words.answers.denyForNow
}

const MOST_WAYS_TOLD = 3

/** The no of a council is no bar for good: it can be appealed, and asked again. */
const sayEnd = ({ bars }: Decision, { answers }: Messages): string =>
  bars.length > 0 && bars.every(({ term }) => term?.fact === 'councilRefused')
    ? answers.councilAgain
    : answers.noWay

function sayPermit(licence: Licence, decision: Decision, words: Messages): readonly Explanation[] {
  const changes = decision.nextChangeAt
  return [
    ...decision.duties.map((duty) => ({ clause: duty.clause, text: sayDutyInTime(duty, words) })),
    ...(changes === null
      ? []
      : [{ clause: licence.uid, text: words.answers.changesAt(sayInstant(changes, words)) }]),
  ]
}

/**
 * A decision in words: the answer, what bars it, and what would change it (the three shortest
 * ways). `locale` is BCP 47; a language without a catalogue gets English.
 */
export function explainDecision(
  licence: Licence,
  decision: Decision,
  locale: string,
): readonly Explanation[] {
  const words = messagesFor(locale)
  const answer = { clause: licence.uid, text: sayAnswer(decision, words) }
  if (decision.decision === 'permit') return [answer, ...sayPermit(licence, decision, words)]
  const bars = sayBars(licence, decision.bars, words.answers.barred, words)
  if (decision.ways.length === 0) {
    const end = { clause: licence.uid, text: sayEnd(decision, words) }
    return [answer, ...bars, ...sayMissing(decision, words), end]
  }
  const ways = decision.ways.slice(0, MOST_WAYS_TOLD)
  return [
    answer,
    ...bars,
    ...sayBars(licence, decision.mightBar, words.answers.mightBeBarred, words),
    ...ways.map((way, index) => sayWay(way, index, words)),
  ]
}
