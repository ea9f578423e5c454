import { isWellFormed } from './canonical.ts'
import type { LicenceText } from './licence.ts'
import { type Problem, problem } from './problem.ts'
import { isShortened, isTaken } from './profile.ts'

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

/** More are of no use to anybody, and a short document can have thousands. */
const MOST_PROBLEMS = 200

/** Notes a problem and returns undefined, so that a reader can `return refuse(...)`. */
export function refuse(reading: Reading, path: string, code: string, message: string): undefined {
  if (reading.problems.length < MOST_PROBLEMS) reading.problems.push(problem(path, code, message))
  return undefined
}

/** Refuses every key outside `known`: what is not understood is never dropped. */
export function refuseOtherKeys(
  reading: Reading,
  object: JsonObject,
  known: readonly string[],
  path: string,
): void {
  const names = known.join(', ')
  for (const key of Object.keys(object))
    if (!known.includes(key))
      refuse(
        reading,
        at(path, key),
        'unknown-key',
        `"${key}" has no meaning here in this profile. Known: ${names}.`,
      )
}

// Without controls and signs that nobody sees (RFC 3987 sections 2.2 and 4.1).
const IRI = /^[a-zA-Z][a-zA-Z0-9+.-]*:[^<>"{}|\\^`\p{Cc}\p{Cf}\p{Co}\p{Z}]+$/u
const LONGEST_IRI = 512
const LONGEST_TEXT = 10_000

/** An absolute IRI of at most 512 characters. */
export function readIri(reading: Reading, value: unknown, path: string): string | undefined {
  if (value === undefined)
    return refuse(reading, path, 'missing', 'An absolute IRI is needed here.')
  const fits = typeof value === 'string' && value.length <= LONGEST_IRI && IRI.test(value)
  if (!fits || !isWellFormed(value))
    return refuse(reading, path, 'not-an-iri', 'Write an absolute IRI such as urn:example:name.')
  if (isShortened(value))
    return refuse(reading, path, 'short-name', 'Other tools lengthen this name: write it in full.')
  return value
}

/** The uid of a node, which no other node of the document may have. */
export function readUid(reading: Reading, node: JsonObject, path: string): string {
  const uid = readIri(reading, node.uid, at(path, 'uid'))
  if (uid === undefined) return ''
  if (isTaken(uid))
    refuse(reading, at(path, 'uid'), 'taken-name', `"${uid}" is no name for a clause of yours.`)
  if (reading.uids.has(uid))
    refuse(reading, at(path, 'uid'), 'duplicate-uid', `"${uid}" already names another clause.`)
  reading.uids.add(uid)
  return uid
}

/** Controls other than tab and line ends, and what turns the direction of all that follows. */
const UNSEEN = /[^\P{Cc}\t\n\r]|[\u202a-\u202e]/u

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
  if (UNSEEN.test(text))
    return refuse(
      reading,
      at(path, '@value'),
      'not-text',
      'Take out the control characters: what people read has to be what was written.',
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
