import { isWellFormed } from './canonical.ts'
import type { LicenceText } from './licence.ts'
import { type Problem, problem } from './problem.ts'

/** What a parse collects on its way: every problem, and every uid once. */
export interface Reading {
  readonly problems: Problem[]
  readonly uids: Set<string>
}

export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON pointer one step down (RFC 6901). */
export const at = (path: string, step: string | number): string =>
  `${path}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Notes a problem and returns undefined, so that a reader can `return refuse(...)`. */
export function refuse(reading: Reading, path: string, code: string, message: string): undefined {
  reading.problems.push(problem(path, code, message))
  return undefined
}

/** Refuses every key outside `known`: what is not understood is never dropped. */
export function refuseOtherKeys(
  reading: Reading,
  object: JsonObject,
  known: readonly string[],
  path: string,
): void {
  for (const key of Object.keys(object))
    if (!known.includes(key))
      refuse(
        reading,
        at(path, key),
        'unknown-key',
        `"${key}" has no meaning here in this profile. Known: ${known.join(', ')}.`,
      )
}

const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i
const LONGEST_IRI = 512
const LONGEST_TEXT = 10_000

/** An absolute IRI of at most 512 characters. */
export function readIri(reading: Reading, value: unknown, path: string): string | undefined {
  if (value === undefined)
    return refuse(reading, path, 'missing', 'An absolute IRI is needed here.')
  const fits = typeof value === 'string' && value.length <= LONGEST_IRI && IRI.test(value)
  if (!fits || !isWellFormed(value))
    return refuse(reading, path, 'not-an-iri', 'Write an absolute IRI such as urn:example:name.')
  return value
}

/** The uid of a node, which no other node of the document may have. */
export function readUid(reading: Reading, node: JsonObject, path: string): string {
  const uid = readIri(reading, node.uid, at(path, 'uid'))
  if (uid === undefined) return ''
  if (reading.uids.has(uid))
    refuse(reading, at(path, 'uid'), 'duplicate-uid', `"${uid}" already names another clause.`)
  reading.uids.add(uid)
  return uid
}

const LANGUAGE = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i

function readText(reading: Reading, value: unknown, path: string): LicenceText | undefined {
  if (!isObject(value))
    return refuse(
      reading,
      path,
      'not-text',
      'Write text as {"@value": "…", "@language": "…"}, so that its language is known.',
    )
  refuseOtherKeys(reading, value, ['@value', '@language'], path)
  const { '@value': text, '@language': lang } = value
  if (typeof lang !== 'string' || !LANGUAGE.test(lang))
    return refuse(
      reading,
      at(path, '@language'),
      'not-a-language',
      'Write a BCP 47 tag such as en.',
    )
  const fits = typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST_TEXT
  if (!fits || !isWellFormed(text))
    return refuse(
      reading,
      at(path, '@value'),
      'not-text',
      `Write some text of at most ${LONGEST_TEXT} characters.`,
    )
  return { lang, text }
}

/** One text or a list of texts, at most one a language; absent = none. */
export function readTexts(reading: Reading, value: unknown, path: string): readonly LicenceText[] {
  if (value === undefined) return []
  const single = !Array.isArray(value)
  const items: readonly unknown[] = single ? [value] : value
  const texts = items
    .map((item, index) => readText(reading, item, single ? path : at(path, index)))
    .filter((text) => text !== undefined)
  if (new Set(texts.map(({ lang }) => lang.toLowerCase())).size < texts.length)
    refuse(reading, path, 'duplicate-language', 'Give each language once.')
  return texts
}

/** A list, or a single thing read as a list of one (JSON-LD writes both); absent = empty. */
export function readList(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** The path of item `index` of what `readList` returned for `value`. */
export const itemPath = (path: string, value: unknown, index: number): string =>
  Array.isArray(value) ? at(path, index) : path
