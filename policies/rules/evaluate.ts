import { type ActionRules, bodyValue, type CompiledRule, type Leaf } from './compile.ts'
import type { Bar, Decision, Outcome, Term } from './decision.ts'
import { mergeDuties } from './duties.ts'
import type { Facts, Use } from './facts.ts'
import { NO, UNKNOWN, YES } from './kleene.ts'
import type { Duty, Licence } from './licence.ts'
import { nextTurn, type Wish } from './moment.ts'
import { NOTHING_NEEDED, needsOf } from './needs.ts'
import { termOf } from './resolver.ts'
import type { Inputs } from './test-table.ts'
import { ACTIONS, type Action, type Purpose } from './vocabulary.ts'
import { allOf, type LiteralSet, waysOf } from './ways.ts'
import { witness } from './witness.ts'

const UNNAMED: readonly (Purpose | undefined)[] = [undefined]
const NO_RULES: ActionRules = { permissions: [], bars: [], timed: [] }

const purposesOf = ({ purposes }: Use): readonly (Purpose | undefined)[] =>
  purposes.length === 0 ? UNNAMED : purposes

function rulesFor(licence: Licence, action: Action): ActionRules {
  return licence.compiled.byAction[action] ?? NO_RULES
}

/** One action for one purpose: deny over refer over permit, and unknown never permits. */
function judge(rules: ActionRules, inputs: Inputs): Outcome {
  let barred: -1 | 0 | 1 = NO
  for (const bar of rules.bars) {
    const value = bodyValue(bar.body, inputs)
    if (value === YES) return 'deny'
    if (value === UNKNOWN) barred = UNKNOWN
  }
  let allowed: -1 | 0 | 1 = NO
  for (const permission of rules.permissions) {
    const value = bodyValue(permission.body, inputs)
    if (value === YES) return barred === NO ? 'permit' : 'refer'
    if (value === UNKNOWN) allowed = UNKNOWN
  }
  return allowed === NO ? 'deny' : 'refer'
}

function refuseEmpty({ actions }: Use): void {
  if (actions.length === 0) throw new TypeError('a use names at least one action; see parseUse')
}

/**
 * The outcome alone, for the door that bytes leave through: as `evaluate`, without the reasons.
 *
 * `now` is epoch milliseconds. Throws TypeError when the use has no action.
 */
export function decide(licence: Licence, facts: Facts, use: Use, now: number): Outcome {
  refuseEmpty(use)
  let outcome: Outcome = 'permit'
  for (const purpose of purposesOf(use)) {
    const inputs: Inputs = { facts, purpose, now, settled: false }
    for (const action of use.actions) {
      const next = judge(rulesFor(licence, action), inputs)
      if (next === 'deny') return 'deny'
      if (next === 'refer') outcome = 'refer'
    }
  }
  return outcome
}

/** One action for one purpose, with the rules that speak of it. */
interface Pair {
  readonly action: Action
  readonly inputs: Inputs
  readonly rules: ActionRules
}

function pairsOf(licence: Licence, facts: Facts, use: Use, now: number): readonly Pair[] {
  const pairs: Pair[] = []
  for (const purpose of purposesOf(use)) {
    const inputs: Inputs = { facts, purpose, now, settled: false }
    for (const action of use.actions)
      pairs.push({ action, inputs, rules: rulesFor(licence, action) })
  }
  return pairs
}

/** The literals met while explaining: a wish and its term, by number. */
interface Ledger {
  readonly wishes: Map<number, Wish>
  readonly terms: Map<number, Term>
  readonly unmet: Map<string, Term>
}

function noteLiteral(ledger: Ledger, leaf: Leaf, wanted: boolean, inputs: Inputs) {
  const { clause, test } = leaf
  const id = 2 * test.index + (wanted ? 1 : 0)
  // Only a purpose differs between the pairs of one use.
  const key = test.fact === 'purpose' ? `${id} ${clause} ${inputs.purpose}` : `${id} ${clause}`
  let term = ledger.unmet.get(key)
  if (term === undefined) {
    term = termOf(clause, { test, wanted }, inputs)
    ledger.unmet.set(key, term)
    if (!ledger.terms.has(id)) ledger.terms.set(id, term)
    ledger.wishes.set(id, { test, wanted })
  }
  return term.resolver === 'none' ? [] : [[id]]
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

function waysForPair(
  licence: Licence,
  pair: Pair,
  ledger: Ledger,
): readonly (readonly LiteralSet[])[] {
  const { action, inputs, rules } = pair
  const literal = (leaf: Leaf, wanted: boolean) => noteLiteral(ledger, leaf, wanted, inputs)
  const ways = (rule: CompiledRule, wanted: boolean) => waysOf(rule.body, wanted, inputs, literal)
  if (rules.permissions.length === 0)
    ledger.unmet.set(`action ${action}`, uncovered(licence, action))
  const permitted = rules.permissions.some(({ body }) => bodyValue(body, inputs) === YES)
  return [
    permitted ? [[]] : rules.permissions.flatMap((rule) => ways(rule, true)),
    ...rules.bars.map((rule) => ways(rule, false)),
  ]
}

/** Whether the use is really permitted once the literals of a way have come true. */
function leadsToPermit(licence: Licence, pairs: readonly Pair[], wishes: readonly Wish[]): boolean {
  return pairs.every(({ inputs, rules }) => {
    const then = witness(wishes, inputs, licence.compiled.countries)
    return then !== undefined && judge(rules, then) === 'permit'
  })
}

function barsWith(pairs: readonly Pair[], value: typeof YES | typeof UNKNOWN): readonly Bar[] {
  return pairs.flatMap(({ action, inputs, rules }) =>
    rules.bars
      .filter(({ body }) => bodyValue(body, inputs) === value)
      .map(({ clause, body }) => {
        const leaf = firstLeaf(body, value, inputs)
        const term = leaf && termOf(leaf.clause, { test: leaf.test, wanted: false }, inputs)
        return { clause, action, purpose: inputs.purpose ?? null, term: term ?? null }
      }),
  )
}

function firstLeaf(body: CompiledRule['body'], value: number, inputs: Inputs): Leaf | undefined {
  if (bodyValue(body, inputs) !== value) return undefined
  if (body.kind === 'test') return body
  for (const part of body.parts) {
    const leaf = firstLeaf(part, value, inputs)
    if (leaf !== undefined) return leaf
  }
  return undefined
}

function dutiesOfPair({ inputs, rules }: Pair): readonly Duty[] {
  const holding = rules.permissions.find(({ body }) => bodyValue(body, inputs) === YES)
  return holding?.duties ?? rules.permissions.flatMap(({ duties }) => duties)
}

function dutiesFor(pairs: readonly Pair[]): readonly Duty[] {
  return mergeDuties(pairs.map(dutiesOfPair))
}

function nextChange(pairs: readonly Pair[]): number | null {
  let soonest = Number.POSITIVE_INFINITY
  for (const { inputs, rules } of pairs)
    for (const test of rules.timed)
      soonest = Math.min(soonest, nextTurn(test, inputs) ?? Number.POSITIVE_INFINITY)
  return soonest === Number.POSITIVE_INFINITY ? null : soonest
}

/** The part of a decision that explains why it is no permit. */
function reasonsFor(licence: Licence, pairs: readonly Pair[]) {
  const ledger: Ledger = { wishes: new Map(), terms: new Map(), unmet: new Map() }
  const wishesOf = (way: LiteralSet) =>
    way.map((id) => ledger.wishes.get(id)).filter((wish) => wish !== undefined)
  const sets = allOf(pairs.flatMap((pair) => waysForPair(licence, pair, ledger))).filter((way) =>
    leadsToPermit(licence, pairs, wishesOf(way)),
  )
  const ways = sets.map((way) =>
    way.map((id) => ledger.terms.get(id)).filter((term) => term !== undefined),
  )
  return {
    unmet: [...ledger.unmet.values()],
    ways,
    needs: needsOf(ways, sets.map(wishesOf), pairs[0]?.inputs),
  }
}

/**
 * Whether a licence lets somebody use a dataset, and why.
 *
 * `facts` is what is known of the one who asks, `use` what is asked (every action for every
 * purpose), `now` the time in epoch milliseconds. Three-valued (Kleene): a prohibition that holds
 * or the lack of any permission denies; what is unknown, or left to people, refers; only a use that
 * is permitted whatever the unknown facts turn out to be is permitted. A denial that has `ways` can
 * still be mended; one without cannot. Throws TypeError when the use has no action.
 */
export function evaluate(licence: Licence, facts: Facts, use: Use, now: number): Decision {
  const decision = decide(licence, facts, use, now)
  const pairs = pairsOf(licence, facts, use, now)
  const duties = dutiesFor(pairs)
  const nextChangeAt = nextChange(pairs)
  if (decision === 'permit')
    return {
      decision,
      bars: [],
      mightBar: [],
      unmet: [],
      ways: [],
      needs: NOTHING_NEEDED,
      duties,
      nextChangeAt,
    }
  const { unmet, ways, needs } = reasonsFor(licence, pairs)
  const bars = barsWith(pairs, YES)
  const mightBar = barsWith(pairs, UNKNOWN)
  return { decision, bars, mightBar, unmet, ways, needs, duties, nextChangeAt }
}
