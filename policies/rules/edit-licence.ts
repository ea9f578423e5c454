import type { Claim } from './claim.ts'
import { editableRules } from './editable-licence.ts'
import type { LabelCode } from './labels.ts'
import type { LicenceText } from './licence.ts'
import { freshUid, type LicenceJson, listOf, uidOf, withList } from './licence-json.ts'
import { writeClaim } from './parse-claim.ts'
import { isObject } from './reader.ts'
import type { Action } from './vocabulary.ts'

/**
 * Changes to a licence document, one at a time. Each takes a document and gives a new one; nothing
 * is judged here, so a half-finished document stays editable. `parseLicence` says what is missing.
 */

type Rules = 'permission' | 'prohibition'

/** Adds a permission or prohibition about some actions; its uid comes back with the document. */
export function addRule(
  document: LicenceJson,
  kind: Rules,
  actions: readonly Action[] | 'use',
): { readonly document: LicenceJson; readonly uid: string } {
  const [first] = editableRules(document)
  const uid = freshUid(document, kind === 'permission' ? 'allow' : 'never')
  const rule = {
    uid,
    target: first?.target,
    ...(kind === 'permission' ? { assigner: first?.assigner } : {}),
    action: actions === 'use' ? ['use'] : actions.map((one) => `sov:${one}`),
  }
  return { document: { ...document, [kind]: [...listOf(document[kind]), rule] }, uid }
}

const isGroup = (node: unknown): boolean =>
  isObject(node) && (node.and !== undefined || node.or !== undefined)

/** A group that lost its last part goes too: the profile has no empty groups. */
function itemsWithout(items: readonly unknown[], uid: string): readonly unknown[] {
  return items.flatMap((item) => {
    if (uidOf(item) === uid) return []
    const kept = without(item, uid)
    return isGroup(item) && !isGroup(kept) ? [] : [kept]
  })
}

function without(node: unknown, uid: string): unknown {
  if (Array.isArray(node)) return itemsWithout(node, uid)
  if (!isObject(node)) return node
  const entries = Object.entries(node).flatMap(([key, value]) => {
    const kept = without(value, uid)
    const emptied = Array.isArray(kept) && kept.length === 0 && listOf(value).length > 0
    return emptied ? [] : [[key, kept] as const]
  })
  return Object.fromEntries(entries)
}

/** Takes away the rule, condition or duty with this uid, and what hangs on it. */
export const removeClause = (document: LicenceJson, uid: string): LicenceJson => {
  const changed = without(document, uid)
  return isObject(changed) ? changed : document
}

/** The title or the community's own preamble, one text a language; an empty text is left out. */
export function setTexts(
  document: LicenceJson,
  key: 'dct:title' | 'sov:preamble',
  texts: readonly LicenceText[],
): LicenceJson {
  const told = texts.filter(({ text }) => text.trim() !== '')
  return withList(
    document,
    key,
    told.map(({ lang, text }) => ({ '@value': text, '@language': lang })),
  )
}

/** The countries (ISO 3166-1 alpha-2) a licence calls home or its region. */
export const setCountries = (
  document: LicenceJson,
  key: 'sov:home' | 'sov:region',
  codes: readonly string[],
): LicenceJson => ({ ...document, [key]: [...codes] })

/** The labels and notices of a licence; a label that stays keeps its address at the Hub. */
export function setLabels(document: LicenceJson, codes: readonly LabelCode[]): LicenceJson {
  const known = listOf(document['sov:labels']).filter(isObject)
  const labels = codes.map(
    (code) => known.find((label) => label['sov:code'] === code) ?? { 'sov:code': code },
  )
  return withList(document, 'sov:labels', labels)
}

/** What the community wants proved of its licence. */
export const setClaims = (document: LicenceJson, claims: readonly Claim[]): LicenceJson =>
  withList(document, 'sov:claims', claims.map(writeClaim))

function renamed(node: unknown, from: string, to: string): unknown {
  if (Array.isArray(node)) return node.map((item) => renamed(item, from, to))
  if (!isObject(node)) return node
  const entries = Object.entries(node).map(([key, value]) => {
    const own = value === from || (typeof value === 'string' && value.startsWith(`${from}#`))
    const name = key === 'uid' && own ? to + String(value).slice(from.length) : undefined
    return [key, name ?? renamed(value, from, to)]
  })
  return Object.fromEntries(entries)
}

/**
 * The same terms under another name: every clause is named `<uid>#…` again. `replaces` is the uid of
 * the version that this one follows, or null for a licence that follows none.
 */
export function nameLicence(
  document: LicenceJson,
  uid: string,
  replaces: string | null,
): LicenceJson {
  const { 'dct:replaces': _, ...rest } = document
  const changed = renamed(rest, String(document.uid), uid)
  if (!isObject(changed)) return document
  return replaces === null ? changed : { ...changed, 'dct:replaces': { '@id': replaces } }
}

/** The same terms as the version that follows this one. */
export const asNewVersion = (document: LicenceJson, uid: string): LicenceJson =>
  nameLicence(document, uid, String(document.uid))
