import { ACTIONS, type Action, type Licence } from '../../policies/index.ts'
import type { Body } from '../../policies/rules/compile.ts'
import { NO, UNKNOWN, YES } from '../../policies/rules/kleene.ts'
import { type Choice, type Variable, variablesOf } from '../../policies/rules/search-variables.ts'
import type { Test } from '../../policies/rules/test-table.ts'

/**
 * All the requests that licences can tell apart, one by one and without leaving any out: what the
 * search of the kernel prunes is gone through here.
 */

type Judge = (truths: Int8Array) => number

/** A body as a function of the truths of its tests. */
function judgeOf(body: Body, numbers: ReadonlyMap<Test, number>): Judge {
  if (body.kind === 'test') {
    const number = numbers.get(body.test) ?? -1
    return (truths) => truths[number] ?? UNKNOWN
  }
  const parts = body.parts.map((part) => judgeOf(part, numbers))
  if (body.kind === 'all')
    return (truths) => parts.reduce((least, part) => Math.min(least, part(truths)), YES)
  return (truths) => parts.reduce((most, part) => Math.max(most, part(truths)), NO)
}

function permitOf(licence: Licence, action: Action, numbers: ReadonlyMap<Test, number>): Judge {
  const { permissions, bars } = licence.compiled.byAction[action]
  const allowed = permissions.map(({ body }) => judgeOf(body, numbers))
  const barred = bars.map(({ body }) => judgeOf(body, numbers))
  return (truths) =>
    allowed.some((rule) => rule(truths) === YES) && barred.every((rule) => rule(truths) === NO)
      ? YES
      : NO
}

export interface Comparison {
  readonly states: number
  readonly differing: number
}

/** Compares what two licences permit on every request they can tell apart. */
export function compareAll(a: Licence, b: Licence): Comparison {
  const tests = [...a.compiled.tests, ...b.compiled.tests]
  const numbers = new Map(tests.map((test, index) => [test, index]))
  const { all } = variablesOf([a, b], {})
  const truths = new Int8Array(tests.length).fill(UNKNOWN)
  let states = 0
  let differing = 0
  const pairs = ACTIONS.map((action) => [a, b].map((one) => permitOf(one, action, numbers)))
  const settle = (choice: Choice) => {
    for (const [test, truth] of choice.truths) truths[numbers.get(test) ?? -1] = truth
  }
  const choose = (depth: number) => {
    const variable: Variable | undefined = all[depth]
    if (variable === undefined) {
      states += pairs.length
      differing += pairs.filter(([one, other]) => one?.(truths) !== other?.(truths)).length
      return
    }
    for (const choice of variable.choices) {
      settle(choice)
      choose(depth + 1)
    }
  }
  choose(0)
  return { states, differing }
}
