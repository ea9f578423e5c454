import type { Answers } from './answers.ts'
import { type Body, bodyValue, type Leaf } from './compile.ts'
import { NO, YES } from './kleene.ts'

import type { Constraint } from './licence.ts'

/** More alternatives than this are not listed: the shortest are kept. */
export const MOST_WAYS = 64

/** A set of things to bring about, by number. */
export type LiteralSet = readonly number[]

const includesAll = (larger: LiteralSet, smaller: LiteralSet): boolean =>
  smaller.every((item) => larger.includes(item))

/** Drops repeated and dominated sets, shortest first, at most `MOST_WAYS`. */
export function minimal(sets: readonly LiteralSet[]): readonly LiteralSet[] {
  if (sets.length < 2) return sets
  const kept: LiteralSet[] = []
  for (const set of [...sets].sort((a, b) => a.length - b.length)) {
    if (kept.length === MOST_WAYS) break
    if (!kept.some((smaller) => includesAll(set, smaller))) kept.push(set)
  }
  return kept
}

function addAll(set: number[], items: LiteralSet): number[] {
  for (const item of items) if (!set.includes(item)) set.push(item)
  return set
}

/** Every way to bring about one of each: the product of alternatives. */
export function allOf(alternatives: readonly (readonly LiteralSet[])[]): readonly LiteralSet[] {
  const forced: number[] = []
  const open: (readonly LiteralSet[])[] = []
  for (const choices of alternatives) {
    const [first] = choices
    if (first === undefined) return []
    if (choices.length === 1) addAll(forced, first)
    else open.push(choices)
  }
  let ways: readonly LiteralSet[] = [forced]
  for (const choices of open)
    ways = minimal(ways.flatMap((way) => choices.map((choice) => addAll([...way], choice))))
  return ways
}

/** Already so: one way, with nothing in it. */
export const NOTHING_TO_DO: readonly LiteralSet[] = [[]]

/**
 * The sets of literals that make `body` true (`wanted`) or false. `literal` is asked for the tests
 * that stand in the way: one thing to bring about, or no way (`[]`).
 */
export function waysOf(
  body: Body,
  wanted: boolean,
  answers: Answers,
  literal: (leaf: Leaf, wanted: boolean) => readonly LiteralSet[],
): readonly LiteralSet[] {
  if (bodyValue(body, answers) === (wanted ? YES : NO)) return NOTHING_TO_DO
  if (body.kind === 'test') return literal(body, wanted)
  const parts = body.parts.map((part) => waysOf(part, wanted, answers, literal))
  return (body.kind === 'all') === wanted ? allOf(parts) : minimal(parts.flat())
}

function count(constraint: Constraint, wanted: boolean): number {
  if (constraint.kind === 'condition') return 1
  const parts = constraint.parts.map((part) => count(part, wanted))
  return (constraint.kind === 'and') === wanted
    ? parts.reduce((product, part) => product * part, 1)
    : parts.reduce((sum, part) => sum + part, 0)
}

/** In how many ways, at most, all the constraints of a rule can be made to hold. */
export const waysToHold = (constraints: readonly Constraint[]): number =>
  constraints.reduce((product, constraint) => product * count(constraint, true), 1)

/** In how many ways, at most, one of the constraints of a rule can be made to fail. */
export const waysToLift = (constraints: readonly Constraint[]): number =>
  constraints.reduce((sum, constraint) => sum + count(constraint, false), 0)
