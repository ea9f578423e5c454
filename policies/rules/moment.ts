import { nextMonthStart } from './instant.ts'
import { NO, YES } from './kleene.ts'
import type { Inputs, Test } from './test-table.ts'

/** A test that is wanted true or wanted false. */
export interface Wish {
  readonly test: Test
  readonly wanted: boolean
}

export const isTimed = ({ fact }: Pick<Test, 'fact'>): boolean =>
  fact === 'dateTime' || fact === 'month'

const holds = ({ test, wanted }: Wish, inputs: Inputs): boolean =>
  test.truth(inputs) === (wanted ? YES : NO)

/** The instant from which a date test answers differently: < and >= turn at the date itself. */
export function turnOf({ operator, values }: Pick<Test, 'operator' | 'values'>): number {
  const date = Number(values[0])
  return operator === 'lteq' || operator === 'gt' ? date + 1 : date
}

/** The first instants, from `now` on, at which one of the wishes may come true. */
function candidates(wishes: readonly Wish[], now: number): readonly number[] {
  const turns = wishes
    .filter(({ test }) => test.fact === 'dateTime')
    .map(({ test }) => turnOf(test))
    .filter((turn) => turn > now)
  const starts = [now, ...turns].sort((a, b) => a - b)
  if (!wishes.some(({ test }) => test.fact === 'month')) return starts
  return starts.flatMap((start) => {
    const months = [start]
    while (months.length < 13) months.push(nextMonthStart(months.at(-1) ?? start))
    return months
  })
}

/** The earliest instant from `inputs.now` on at which all timed wishes hold together, if any. */
export function earliest(wishes: readonly Wish[], inputs: Inputs): number | undefined {
  return [...candidates(wishes, inputs.now)]
    .sort((a, b) => a - b)
    .find((now) => wishes.every((wish) => holds(wish, { ...inputs, now })))
}

/** When a timed test next changes its answer after `inputs.now`; undefined for never. */
export function nextTurn(test: Test, inputs: Inputs): number | undefined {
  if (test.fact === 'dateTime') {
    const turn = turnOf(test)
    return turn > inputs.now ? turn : undefined
  }
  const today = test.truth(inputs)
  return earliest([{ test, wanted: today !== YES }], inputs)
}
