import type { FactName, Facts } from './facts.ts'
import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import type { Value } from './licence.ts'
import { turnOf } from './moment.ts'
import { allCountries } from './territory.ts'
import { DOMAINS, type Inputs, READ, type Test } from './test-table.ts'
import { DUTY_KINDS, type DutyKind, PURPOSES, type Purpose } from './vocabulary.ts'

/**
 * What all tests of a licence say at once, a bit each: the words at even places hold the tests that
 * are true, the word after each those that nobody knows. What is in neither is false.
 */
export type Answers = readonly number[]

// Bit operations work on 32 bits with a sign.
const BITS = 30

export const wordOf = (index: number): number => 2 * Math.floor(index / BITS)
export const bitOf = (index: number): number => 1 << (index % BITS)

/** The facts that have a fixed set of values, each with a number of its own; 0 is "not known". */
const SLOTS = [
  'actorKind',
  'commercialTie',
  'territory',
  'control',
  'ethicsApproval',
  'councilApproval',
  'councilRefused',
  'membership',
  'identityAssurance',
  'benefitAgreement',
  'overdueDuties',
] as const satisfies readonly FactName[]

/** A greater count gives the answers of this one, but for tests that name a greater one. */
const MANY = 16
const COUNTS: readonly number[] = Array.from({ length: MANY + 1 }, (_, count) => count)

const valuesIn = (fact: FactName): readonly Value[] => {
  if (fact === 'territory') return [...allCountries()]
  return fact === 'overdueDuties' ? COUNTS : (DOMAINS[fact] ?? [])
}

const atMostMany = (value: Value | undefined): Value =>
  typeof value === 'number' && value > MANY ? MANY : (value ?? '')

const numbered = (values: readonly Value[]): ReadonlyMap<Value, number> =>
  new Map(values.map((value, index) => [value, index + 1]))

const READERS = SLOTS.map((fact, slot) => ({
  slot,
  read: READ[fact],
  numbers: numbered(valuesIn(fact)),
}))
const DUTY_SLOTS: ReadonlyMap<Value, number> = new Map(
  DUTY_KINDS.map((kind, index) => [kind, SLOTS.length + index]),
)
const NO_DUTIES: readonly DutyKind[] = []

/** Facts in the form that every licence can look its answers up by: a number for each of them. */
export interface KnownFacts {
  readonly facts: Facts
  readonly numbers: readonly number[]
}

const NOTHING: readonly number[] = [...SLOTS, ...DUTY_KINDS].map(() => 0)

/** Reads facts once for any number of decisions. */
export function readFacts(facts: Facts): KnownFacts {
  const inputs: Inputs = { facts, purpose: undefined, now: 0 }
  const numbers = NOTHING.slice()
  for (const { slot, read, numbers: known } of READERS)
    numbers[slot] = known.get(atMostMany(read?.(inputs))) ?? 0
  for (const kind of facts.acceptedDuties ?? NO_DUTIES) {
    const slot = DUTY_SLOTS.get(kind)
    if (slot !== undefined) numbers[slot] = 1
  }
  return { facts, numbers }
}

/** The tests of one slot: the bits of their answers by the number that is known. */
interface Column {
  readonly slot: number
  readonly rows: readonly Answers[]
}

/** How the tests of one licence are answered. */
export interface AnswerTable {
  readonly blank: Answers
  readonly columns: readonly Column[]
  readonly purposes: ReadonlyMap<Purpose | undefined, Answers>
  /** The answers that the time gives from an instant on, the first instant first. */
  readonly spans: readonly { readonly from: number; readonly answers: Answers }[]
  /** The tests the spans answer. */
  readonly dated: readonly Test[]
  /** Tests that are asked each time: a great count, the month, what is for people. */
  readonly measured: readonly Test[]
}

function note(answers: number[], { index }: Test, truth: Kleene): void {
  const word = wordOf(index) + (truth === UNKNOWN ? 1 : 0)
  if (truth !== NO) answers[word] = (answers[word] ?? 0) | bitOf(index)
}

const NOBODY: Inputs = { facts: {}, purpose: undefined, now: 0 }

function row(blank: Answers, tests: readonly Test[], inputs: Inputs): Answers {
  const answers = [...blank]
  for (const test of tests) note(answers, test, test.truth(inputs))
  return answers
}

/** What somebody has of whom one fact is known; `''` stands for a value outside the vocabulary. */
const withOnly = (fact: FactName, value: Value): Inputs => ({
  ...NOBODY,
  facts: { [fact === 'territory' ? 'country' : fact]: value },
})

function columnOf(fact: FactName, slot: number, tests: readonly Test[], blank: Answers): Column {
  const about = tests.filter((test) => test.fact === fact)
  const states = ['', ...valuesIn(fact)].map((value) => withOnly(fact, value))
  return { slot, rows: states.map((state) => row(blank, about, state)) }
}

function dutyColumn(kind: string, slot: number, tests: readonly Test[], blank: Answers): Column {
  const about = tests.filter(({ fact, values }) => fact === 'acceptedDuties' && values[0] === kind)
  const accepted = DUTY_KINDS.filter((known) => known === kind)
  const states = [NOBODY, { ...NOBODY, facts: { acceptedDuties: accepted } }]
  return { slot, rows: states.map((state) => row(blank, about, state)) }
}

function spansOf(dated: readonly Test[], blank: Answers): AnswerTable['spans'] {
  const turns = [...new Set(dated.map(turnOf))].sort((a, b) => a - b)
  if (turns.length === 0) return []
  return [Number.MIN_SAFE_INTEGER, ...turns].map((from) => ({
    from,
    answers: row(blank, dated, { ...NOBODY, now: from }),
  }))
}

/** Whether the table knows the answers of a test beforehand. */
function isLooked({ fact, values }: Test): boolean {
  if (fact === 'overdueDuties') return values.every((value) => Number(value) < MANY)
  return ['purpose', 'acceptedDuties', 'dateTime', ...SLOTS].includes(fact)
}

const saysSomething = ({ rows }: Column): boolean =>
  rows.some((answers) => answers.some((word) => word !== 0))

/** Asks every test beforehand about every value it can be shown. */
export function answerTable(all: readonly Test[]): AnswerTable {
  const blank = Array<number>(wordOf(all.length) + 2).fill(0)
  const tests = all.filter(isLooked)
  const facts = SLOTS.map((fact, slot) => columnOf(fact, slot, tests, blank))
  const duties = [...DUTY_SLOTS].map(([kind, slot]) => dutyColumn(String(kind), slot, tests, blank))
  const dated = tests.filter(({ fact }) => fact === 'dateTime')
  const aboutPurpose = tests.filter(({ fact }) => fact === 'purpose')
  return {
    blank,
    columns: [...facts, ...duties].filter(saysSomething),
    purposes: new Map(
      [undefined, ...PURPOSES].map((purpose) => [
        purpose,
        row(blank, aboutPurpose, { ...NOBODY, purpose }),
      ]),
    ),
    spans: spansOf(dated, blank),
    dated,
    measured: all.filter((test) => !isLooked(test)),
  }
}

/** What is asked beside the facts. */
export type Question = Omit<Inputs, 'facts'>

function add(answers: number[], row: Answers, first = 0): void {
  for (let word = first; word < row.length; word += 1)
    answers[word] = (answers[word] ?? 0) | (row[word] ?? 0)
}

function ask(answers: number[], tests: readonly Test[], inputs: Inputs): void {
  for (const test of tests) note(answers, test, test.truth(inputs))
}

function spanAt({ spans, blank }: AnswerTable, now: number): Answers {
  let found = blank
  for (const { from, answers } of spans) if (now >= from) found = answers
  return found
}

/** Answers every test of a licence. */
export function answersTo(table: AnswerTable, known: KnownFacts, question: Question): Answers {
  const { blank, columns, purposes, dated, measured } = table
  const { purpose, now } = question
  const answers = (purposes.get(purpose) ?? purposes.get(undefined) ?? blank).slice()
  let yes = 0
  let unknown = 0
  for (const { slot, rows } of columns) {
    const row = rows[known.numbers[slot] ?? 0] ?? blank
    yes |= row[0] ?? 0
    unknown |= row[1] ?? 0
    // Few licences have more tests than one pair of words holds.
    if (row.length > 2) add(answers, row, 2)
  }
  answers[0] = (answers[0] ?? 0) | yes
  answers[1] = (answers[1] ?? 0) | unknown
  const whole = Number.isSafeInteger(now)
  if (whole) add(answers, spanAt(table, now))
  if (whole && measured.length === 0) return answers
  // A time between two milliseconds, or none at all, is in no span.
  const asked = whole ? measured : [...measured, ...dated]
  ask(answers, asked, { facts: known.facts, purpose, now })
  return answers
}

/** The value of one test. */
export function answered(answers: Answers, index: number): Kleene {
  const word = wordOf(index)
  const bit = bitOf(index)
  if (((answers[word] ?? 0) & bit) !== 0) return YES
  return ((answers[word + 1] ?? 0) & bit) === 0 ? NO : UNKNOWN
}
