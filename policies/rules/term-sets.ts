import type { Term, Way } from './decision.ts'
import type { LiteralSet } from './ways.ts'

const keyOf = ({ fact, needed }: Term): string =>
  JSON.stringify([fact, needed.operator, needed.values])

/** Ways as sets of numbers and back: terms that ask the same of different licences are one. */
export const createTermNumbers = () => {
  const terms: Term[] = []
  const numbers = new Map<string, number>()
  const numberOf = (term: Term): number => {
    const key = keyOf(term)
    const number = numbers.get(key) ?? terms.push(term) - 1
    numbers.set(key, number)
    return number
  }
  return {
    setOf: (way: Way): LiteralSet => way.map(numberOf),
    wayOf: (set: LiteralSet): Way =>
      set.map((number) => terms[number]).filter((term) => term !== undefined),
  }
}
