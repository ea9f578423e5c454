import { type Answers, answersTo, readFacts } from './answers.ts'
import { canonicalJson } from './canonical.ts'
import { type ActionRules, bodyValue, type CompiledRule, type Leaf } from './compile.ts'
import { judge, rulesFor } from './decide.ts'
import type { Bar, Needs, Term, Way } from './decision.ts'
import { type Kleene, NO, YES } from './kleene.ts'
import type { Licence } from './licence.ts'
import type { Wish } from './moment.ts'
import { needsOf } from './needs.ts'
import { termOf } from './resolver.ts'
import type { Inputs } from './test-table.ts'
import { ACTIONS, type Action } from './vocabulary.ts'
import { allOf, type LiteralSet, waysOf } from './ways.ts'
import { witness } from './witness.ts'

/** One action for one purpose, with the rules that speak of it and what they come to. */
export interface Pair {
  readonly action: Action
  readonly inputs: Inputs
  readonly answers: Answers
  readonly rules: ActionRules
  /** The values of `rules.permissions`, in order. */
  readonly allowed: readonly Kleene[]
  /** The values of `rules.bars`, in order. */
  readonly barred: readonly Kleene[]
}

/** The literals met while explaining: a wish and its term by number, and every unmet term once. */
interface Ledger {
  readonly wishes: Wish[]
  readonly terms: Term[]
  /** Leaves that stand in the way, and their terms in the same order. */
  readonly leaves: Leaf[]
  readonly unmet: Term[]
  readonly purposes: Term[]
}

const NO_WAY: readonly LiteralSet[] = []

function noteTerm(ledger: Ledger, leaf: Leaf, wanted: boolean, inputs: Inputs): Term {
  const { test } = leaf
  const place = ledger.leaves.indexOf(leaf)
  const known = ledger.unmet[place]
  // Only a purpose differs between the pairs of one use.
  if (known !== undefined && (test.fact !== 'purpose' || known.have === inputs.purpose))
    return known
  const term = termOf(leaf.clause, { test, wanted }, inputs)
  if (known === undefined) {
    ledger.leaves.push(leaf)
    ledger.unmet.push(term)
  } else {
    ledger.purposes.push(known)
    ledger.unmet[place] = term
  }
  return term
}

function noteLiteral(ledger: Ledger, leaf: Leaf, wanted: boolean, inputs: Inputs) {
  const term = noteTerm(ledger, leaf, wanted, inputs)
  if (term.resolver === 'none') return NO_WAY
  const { test } = leaf
  const place = ledger.wishes.findIndex((wish) => wish.test === test && wish.wanted === wanted)
  if (place !== -1) return [[place]]
  ledger.terms.push(term)
  return [[ledger.wishes.push({ test, wanted }) - 1]]
}

/** The term for an action that no permission speaks of. */
function uncovered(licence: Licence, action: Action): Term {
  const covered = ACTIONS.filter((known) => rulesFor(licence, known).permissions.length > 0)
  return {
    clause: licence.uid,
    fact: 'action',
    needed: { operator: 'isAnyOf', values: covered },
    have: action,
    state: 'failed',
    resolver: 'none',
  }
}

function uncoveredActions(licence: Licence, strangers: readonly Pair[]): readonly Term[] {
  if (strangers.length === 0) return []
  return [...new Set(strangers.map(({ action }) => action))].map((one) => uncovered(licence, one))
}

/** Adds what each rule of a pair asks for: one of its ways must come true. */
function addWays(pair: Pair, ledger: Ledger, asked: (readonly LiteralSet[])[]): void {
  const { inputs, rules, allowed, answers } = pair
  const literal = (leaf: Leaf, wanted: boolean) => noteLiteral(ledger, leaf, wanted, inputs)
  const permitting: LiteralSet[] = []
  if (!allowed.includes(YES)) {
    for (const { body } of rules.permissions)
      permitting.push(...waysOf(body, true, answers, literal))
    asked.push(permitting)
  }
  for (const [index, { body }] of rules.bars.entries())
    if (pair.barred[index] !== NO) asked.push(waysOf(body, false, answers, literal))
}

/** Whether the use is really permitted once the literals of a way have come true. */
function leadsToPermit(licence: Licence, pairs: readonly Pair[], wishes: readonly Wish[]): boolean {
  return pairs.every(({ inputs, rules }) => {
    const then = witness(wishes, inputs, licence.compiled.countries)
    return (
      then !== undefined &&
      judge(rules, answersTo(licence.compiled.table, readFacts(then.facts), then)) === 'permit'
    )
  })
}

const listed = <T>(ids: LiteralSet, items: readonly T[]): T[] =>
  ids.map((id) => items[id]).filter((item) => item !== undefined)

interface Found {
  readonly wishes: readonly Wish[]
  readonly way: Way
}

const meaning = ({ fact, needed }: Term): string =>
  canonicalJson([fact, needed.operator, [...needed.values]])

/** Two tests may ask the same thing in other words: what one way asks, another need not ask again. */
function withoutNeedless(found: readonly Found[]): readonly Found[] {
  const kept: { readonly one: Found; readonly asks: ReadonlySet<string> }[] = []
  const told = found.map((one) => ({ one, asks: new Set(one.way.map(meaning)) }))
  for (const next of told.sort((a, b) => a.asks.size - b.asks.size)) {
    const needless = kept.some(({ asks }) => [...asks].every((ask) => next.asks.has(ask)))
    if (!needless) kept.push(next)
  }
  return kept.map(({ one }) => one)
}

/** What stands between a use and a permit, what would change it, and whom that asks something of. */
export function reasonsFor(
  licence: Licence,
  pairs: readonly Pair[],
): { readonly unmet: readonly Term[]; readonly ways: readonly Way[]; readonly needs: Needs } {
  const ledger: Ledger = { wishes: [], terms: [], leaves: [], unmet: [], purposes: [] }
  const asked: (readonly LiteralSet[])[] = []
  for (const pair of pairs) addWays(pair, ledger, asked)
  const leading = allOf(asked)
    .map((set) => ({ wishes: listed(set, ledger.wishes), way: listed(set, ledger.terms) }))
    .filter(({ wishes }) => leadsToPermit(licence, pairs, wishes))
  const found = leading.length < 2 ? leading : withoutNeedless(leading)
  const ways = found.map(({ way }) => way)
  const strangers = pairs.filter(({ rules }) => rules.permissions.length === 0)
  return {
    unmet: [...uncoveredActions(licence, strangers), ...ledger.unmet, ...ledger.purposes],
    ways,
    needs: needsOf(
      ways,
      found.map(({ wishes }) => wishes),
      pairs[0]?.inputs,
    ),
  }
}

/** The leaf that gives a body its value: the first that has it. */
function firstLeaf(body: CompiledRule['body'], value: Kleene, answers: Answers): Leaf | undefined {
  if (bodyValue(body, answers) !== value) return undefined
  if (body.kind === 'test') return body
  for (const part of body.parts) {
    const leaf = firstLeaf(part, value, answers)
    if (leaf !== undefined) return leaf
  }
  return undefined
}

/** The prohibitions that have a value (hold, or might), pair by pair. */
export function barsWith(pairs: readonly Pair[], value: Kleene): readonly Bar[] {
  const bars: Bar[] = []
  for (const { action, inputs, answers, rules, barred } of pairs) {
    if (!barred.includes(value)) continue
    for (const [index, { clause, body }] of rules.bars.entries()) {
      if (barred[index] !== value) continue
      const leaf = firstLeaf(body, value, answers)
      const term = leaf && termOf(leaf.clause, { test: leaf.test, wanted: false }, inputs)
      bars.push({ clause, action, purpose: inputs.purpose ?? null, term: term ?? null })
    }
  }
  return bars
}
