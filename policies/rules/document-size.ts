import { type Problem, problem } from './problem.ts'
import { at } from './reader.ts'

/** A licence is read by people: this is ten times the longest of the templates. */
export const MOST_CHARACTERS = 200_000
const MOST_VALUES = 20_000
const DEEPEST_VALUE = 32

interface Place {
  readonly value: object
  readonly path: string
  readonly depth: number
}

const tooLarge = (path: string): Problem =>
  problem(
    path,
    'limit',
    `A licence holds at most ${MOST_VALUES} values and ${MOST_CHARACTERS} characters.`,
  )

const tooDeep = (path: string): Problem =>
  problem(path, 'limit', `Values nest at most ${DEEPEST_VALUE} deep: this one goes on for ever.`)

/** What has been seen of a document. */
interface Count {
  values: number
  characters: number
}

/** The parts of one value that have parts of their own, or the place where there are too many. */
function partsOf({ value, path, depth }: Place, count: Count): Problem | readonly Place[] {
  if (depth > DEEPEST_VALUE) return tooDeep(path)
  // A list is asked for its length first: naming the places of a long one costs most of all.
  if (Array.isArray(value) && value.length > MOST_VALUES) return tooLarge(path)
  const keys = Object.keys(value)
  count.values += keys.length
  if (count.values > MOST_VALUES) return tooLarge(path)
  const parts: Place[] = []
  for (const key of keys) {
    const part: unknown = Reflect.get(value, key)
    count.characters += key.length + (typeof part === 'string' ? part.length : 0)
    if (count.characters > MOST_CHARACTERS) return tooLarge(at(path, key))
    if (isContainer(part)) parts.push({ value: part, path: at(path, key), depth: depth + 1 })
  }
  return parts
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

/**
 * What makes a document too large to be worth reading: its first place that is too deep (a cycle is
 * endlessly deep), or the place where it has become too long. Costs no more than the limits allow.
 */
export function sizeProblem(json: object): Problem | undefined {
  const count: Count = { values: 0, characters: 0 }
  const open: Place[] = [{ value: json, path: '', depth: 0 }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const parts = partsOf(place, count)
    if ('code' in parts) return parts
    open.push(...parts)
  }
  return undefined
}
