import { isWellFormed } from './canonical.ts'
import { type Problem, problem } from './problem.ts'

/** Reads one value from outside at `path`; reports what is wrong and then returns undefined. */
export type Read<T> = (
  value: unknown,
  path: string,
  report: (found: Problem) => void,
) => T | undefined

interface Field<T> {
  readonly read: Read<T>
  readonly needed: boolean
}

type Fields<T> = { readonly [Key in keyof T]-?: Field<Exclude<T[Key], undefined>> }

/** A key that must be there. */
export function needed<T>(read: Read<T>): Field<T> {
  return { read, needed: true }
}

/** A key that may be left out; null is not a way to leave it out. */
export function optional<T>(read: Read<T>): Field<T> {
  return { read, needed: false }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One step down a JSON Pointer (RFC 6901). */
export function step(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** An object with exactly these keys: an unknown key is refused, because nobody would obey it. */
export function object<T>(fields: Fields<T>): Read<T> {
  const known = new Map<string, Field<unknown>>(Object.entries<Field<unknown>>(fields))
  return (value, path, report) => {
    if (!isObject(value)) {
      report(problem(path, 'not-an-object', 'Expected an object.'))
      return undefined
    }
    for (const key of Object.keys(value).filter((name) => !known.has(name))) {
      const names = [...known.keys()].join(', ')
      report(
        problem(step(path, key), 'unknown-key', `"${key}" means nothing here; known: ${names}.`),
      )
    }
    const read: Record<string, unknown> = {}
    for (const [key, field] of known) {
      if (Object.hasOwn(value, key)) read[key] = field.read(value[key], step(path, key), report)
      else if (field.needed) report(problem(step(path, key), 'missing', `\`${key}\` is missing.`))
    }
    // Every needed field was read by a reader of its own type, or a problem was reported.
    return read as T
  }
}

/** An object whose keys match `key` and whose values are all read alike. */
export function dictionary<T>(key: RegExp, read: Read<T>): Read<Readonly<Record<string, T>>> {
  return (value, path, report) => {
    if (!isObject(value)) {
      report(problem(path, 'not-an-object', 'Expected an object.'))
      return undefined
    }
    const entries: [string, T][] = []
    for (const [name, item] of Object.entries(value)) {
      if (!key.test(name)) {
        report(problem(step(path, name), 'unknown-key', `"${name}" is not a name that fits here.`))
        continue
      }
      const found = read(item, step(path, name), report)
      if (found !== undefined) entries.push([name, found])
    }
    return Object.fromEntries(entries)
  }
}

/** A list with at least `least` items. */
export function list<T>(read: Read<T>, least = 0): Read<readonly T[]> {
  return (value, path, report) => {
    if (!Array.isArray(value) || value.length < least) {
      report(problem(path, 'not-a-list', `Expected a list of at least ${least}.`))
      return undefined
    }
    return value.flatMap((item: unknown, index) => {
      const found = read(item, step(path, index), report)
      return found === undefined ? [] : [found]
    })
  }
}

/** A value of `type` that passes `test`; `expected` completes "Expected …". */
function value<T>(code: string, expected: string, test: (given: unknown) => given is T): Read<T> {
  return (given, path, report) => {
    if (test(given)) return given
    report(problem(path, code, `Expected ${expected}.`))
    return undefined
  }
}

/** Text that passes `test` and can be written as UTF-8, so that it has a digest. */
export function text(
  code: string,
  expected: string,
  test: (given: string) => boolean = (given) => given.trim() !== '',
): Read<string> {
  return value(
    code,
    expected,
    (given): given is string => typeof given === 'string' && isWellFormed(given) && test(given),
  )
}

/** One of a few words, numbers or booleans. */
export function oneOf<const T extends string | number | boolean>(options: readonly T[]): Read<T> {
  return value('not-an-option', `one of ${options.join(', ')}`, (given): given is T =>
    options.some((option) => option === given),
  )
}

/** A whole number of at least `least`. */
export function whole(least: number): Read<number> {
  return value(
    'not-a-whole-number',
    `a whole number of at least ${least}`,
    (given): given is number => Number.isSafeInteger(given) && Number(given) >= least,
  )
}

/** True or false. */
export const yesNo: Read<boolean> = oneOf([true, false])
