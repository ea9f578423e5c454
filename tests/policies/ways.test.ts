import { describe, expect, it } from 'vitest'
import type { Constraint } from '../../policies/index.ts'
import { allOf, MOST_WAYS, minimal, waysToHold, waysToLift } from '../../policies/rules/ways.ts'

const test = { kind: 'condition' } as Constraint
const and = (...parts: Constraint[]) => ({ kind: 'and', parts }) as unknown as Constraint
const or = (...parts: Constraint[]) => ({ kind: 'or', parts }) as unknown as Constraint

describe('the shortest ways', () => {
  it('leave out every way that another one is part of, whichever was named first', () => {
    expect(minimal([[1, 2], [1]])).toEqual([[1]])
    expect(minimal([[1], [2, 1]])).toEqual([[1]])
    expect(minimal([[1, 2, 3], [3, 1], [2]])).toEqual([[2], [3, 1]])
  })

  it('keep ways that merely share a step', () => {
    expect(
      minimal([
        [1, 2],
        [2, 3],
      ]),
    ).toEqual([
      [1, 2],
      [2, 3],
    ])
  })

  it('name the same way once, in whichever order of its steps', () => {
    expect(
      minimal([
        [1, 2],
        [2, 1],
      ]),
    ).toEqual([[1, 2]])
  })

  it('come with the fewest steps first', () => {
    expect(minimal([[1, 2, 3], [4, 5], [6]])).toEqual([[6], [4, 5], [1, 2, 3]])
  })

  it('are nothing but the empty way once nothing is to be done', () => {
    expect(minimal([[1], []])).toEqual([[]])
  })

  it('are no more than are listed, the shortest of them', () => {
    const long = Array.from({ length: MOST_WAYS }, (_one, at) => [at, 1000 + at])
    const kept = minimal([...long, [2000]])
    expect(kept).toHaveLength(MOST_WAYS)
    expect(kept[0]).toEqual([2000])
  })
})

describe('the ways to bring about several things', () => {
  it('are one from each, in every combination', () => {
    expect(
      allOf([
        [[1], [2]],
        [[3], [4]],
      ]),
    ).toEqual([
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
    ])
  })

  it('hold what is needed in any case once, before what can be chosen', () => {
    expect(allOf([[[1], [2]], [[7]], [[7, 8]]])).toEqual([
      [7, 8, 1],
      [7, 8, 2],
    ])
  })

  it('are none if one of the things has no way', () => {
    expect(allOf([[[1]], []])).toEqual([])
    expect(allOf([[], [[1]]])).toEqual([])
  })

  it('ask no step twice and drop combinations that ask for more', () => {
    expect(
      allOf([
        [[1], [2]],
        [[1], [3]],
      ]),
    ).toEqual([[1], [2, 3]])
  })

  it('are the empty way if there is nothing to bring about', () => {
    expect(allOf([])).toEqual([[]])
  })
})

describe('how many ways a rule has', () => {
  it('is one for a single test, to hold and to fail', () => {
    expect([waysToHold([test]), waysToLift([test])]).toEqual([1, 1])
  })

  it('is a product where all have to hold, a sum where any may', () => {
    expect(waysToHold([or(test, test, test), or(test, test)])).toBe(6)
    expect(waysToHold([or(test, and(or(test, test), or(test, test)))])).toBe(5)
    expect(waysToHold([and(test, test, test)])).toBe(1)
  })

  it('is the sum of the ways in which one of them fails', () => {
    expect(waysToLift([test, test, test])).toBe(3)
    expect(waysToLift([and(test, test), test])).toBe(3)
    expect(waysToLift([or(and(test, test), and(test, test, test))])).toBe(6)
  })

  it('is one to hold and none to fail for a rule without constraints', () => {
    expect([waysToHold([]), waysToLift([])]).toEqual([1, 0])
  })
})
