import { type Problem, problem } from './problem.ts'
import { at } from './reader.ts'

/** An object or a list that is being read, and where in it the reader is. */
interface Level {
  readonly path: string
  /** The keys of an object so far; undefined in a list. */
  readonly keys: Set<string> | undefined
  step: string | number
}

// Strings, and the signs that give a JSON text its shape; numbers and words have neither.
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

const pathOf = (level: Level | undefined): string =>
  level === undefined ? '' : at(level.path, level.step)

function readKey(level: Level, token: string, found: Problem[]): void {
  // "\u0061" and "a" are the same key.
  const key = String(JSON.parse(token))
  level.step = key
  if (level.keys?.has(key))
    found.push(
      problem(
        pathOf(level),
        'duplicate-key',
        `"${key}" is written twice in one object, and readers differ on which one counts.`,
      ),
    )
  level.keys?.add(key)
}

/** Takes the sign that follows a string or a value; only commas and colons move the reader on. */
function move(level: Level, token: string, key: string, found: Problem[]): void {
  if (token === ',' && typeof level.step === 'number') level.step += 1
  if (token === ':') readKey(level, key, found)
}

const opened = (path: string, token: string): Level =>
  token === '{' ? { path, keys: new Set(), step: '' } : { path, keys: undefined, step: 0 }

/**
 * The keys that a JSON text writes twice in one object. JSON.parse keeps the last one silently and
 * other readers the first (RFC 8259 section 4), so that two people could vote on different terms.
 * `text` must be valid JSON.
 */
export function duplicateKeys(text: string): readonly Problem[] {
  const found: Problem[] = []
  const levels: Level[] = []
  let key = ''
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1)
    if (token.startsWith('"')) key = token
    else if (token === '{' || token === '[') levels.push(opened(pathOf(level), token))
    else if (token === '}' || token === ']') levels.pop()
    else if (level !== undefined) move(level, token, key, found)
  }
  return found
}
