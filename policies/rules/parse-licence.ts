import { canonicalJson } from './canonical.ts'
import { compileLicence } from './compile.ts'
import { sizeProblem } from './document-size.ts'
import { labelUid } from './label-rules.ts'
import { isLabelCode } from './labels.ts'
import type { Constraint, Licence, LicenceLabel } from './licence.ts'
import { checkSize, checkTests, checkWays, rulesOf } from './licence-limits.ts'
import { readClaims } from './parse-claim.ts'
import { readTerm } from './parse-constraint.ts'
import { type Parties, readHumanClause, readPermission, readProhibition } from './parse-rule.ts'
import type { Problem } from './problem.ts'
import { CONTEXT, PROFILE } from './profile.ts'
import {
  at,
  isObject,
  type JsonObject,
  type Reading,
  readIri,
  readTexts,
  readUid,
  refuse,
  refuseOtherKeys,
} from './reader.ts'
import { ECONOMY_TABLES, type EconomyTableId, isCountry } from './territory.ts'

const KEYS = [
  '@context',
  '@type',
  'uid',
  'profile',
  'conflict',
  'dct:title',
  'dct:replaces',
  'sov:preamble',
  'sov:home',
  'sov:region',
  'sov:economyTable',
  'sov:labels',
  'sov:humanOnly',
  'sov:claims',
  'permission',
  'prohibition',
]

const isContext = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === CONTEXT.length &&
  value[0] === CONTEXT[0] &&
  isPrefixes(value[1])

function isPrefixes(value: unknown): boolean {
  const wanted = Object.entries(CONTEXT[1])
  return (
    isObject(value) &&
    Object.keys(value).length === wanted.length &&
    wanted.every(([prefix, iri]) => value[prefix] === iri)
  )
}

function checkFixed(reading: Reading, node: JsonObject, key: string, wanted: string): void {
  if (node[key] === wanted) return
  const code = `wrong-${key.replace('@', '')}`
  refuse(reading, at('', key), code, `This profile needs "${key}": "${wanted}".`)
}

function readReference(reading: Reading, value: unknown, path: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string')
    return refuse(
      reading,
      path,
      'plain-string',
      `A plain string is only text in JSON-LD, not a reference. Write {"@id": "${value}"}.`,
    )
  if (!isObject(value) || Object.keys(value).length !== 1)
    return refuse(reading, path, 'wrong-form', 'Write {"@id": "…"}.')
  return readIri(reading, value['@id'], at(path, '@id'))
}

function readCountries(reading: Reading, value: unknown, path: string): readonly string[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    refuse(reading, path, 'wrong-form', 'Write a list of ISO 3166-1 alpha-2 codes.')
    return []
  }
  const codes = value.flatMap((code: unknown, index) => {
    if (typeof code === 'string' && isCountry(code)) return [code]
    refuse(reading, at(path, index), 'unknown-value', 'Not an ISO 3166-1 alpha-2 code such as GH.')
    return []
  })
  if (new Set(codes).size < codes.length)
    refuse(reading, path, 'duplicate-value', 'Name each country once.')
  return codes
}

const TABLES = Object.keys(ECONOMY_TABLES).filter((name): name is EconomyTableId =>
  Object.hasOwn(ECONOMY_TABLES, name),
)

function readEconomyTable(reading: Reading, value: unknown): EconomyTableId | undefined {
  if (value === undefined) return undefined
  const name = readTerm(reading, value, TABLES, '/sov:economyTable')
  return TABLES.find((table) => table === name)
}

function readLabel(reading: Reading, node: unknown, path: string): LicenceLabel | undefined {
  if (!isObject(node))
    return refuse(reading, path, 'wrong-form', 'Write a label as {"sov:code": "…"}.')
  refuseOtherKeys(reading, node, ['sov:code', 'sov:hub'], path)
  const { 'sov:code': code, 'sov:hub': link } = node
  if (typeof code !== 'string' || !isLabelCode(code))
    return refuse(reading, at(path, 'sov:code'), 'unknown-value', 'Not a label or notice code.')
  if (reading.uids.has(labelUid(code)))
    refuse(
      reading,
      at(path, 'sov:code'),
      'duplicate-uid',
      `A clause is called "${labelUid(code)}".`,
    )
  const hub = link === undefined ? undefined : readReference(reading, link, at(path, 'sov:hub'))
  return hub === undefined ? { code } : { code, hub }
}

function readEach<T>(
  reading: Reading,
  value: unknown,
  path: string,
  read: (reading: Reading, node: unknown, path: string) => T | undefined,
): readonly T[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    refuse(reading, path, 'wrong-form', 'Write a list here.')
    return []
  }
  return value
    .map((node: unknown, index) => read(reading, node, at(path, index)))
    .filter((item) => item !== undefined)
}

function readParties(reading: Reading, rules: readonly Parties[]): Required<Parties> {
  const { target = '' } = rules.find((rule) => rule.target !== undefined) ?? {}
  const { assigner = '' } = rules.find((rule) => rule.assigner !== undefined) ?? {}
  const strays = rules.filter(
    (rule) => rule.target !== target || (rule.assigner ?? assigner) !== assigner,
  )
  if (strays.length > 0)
    refuse(
      reading,
      '',
      'mixed-parties',
      'One licence has one target and one assigner in all rules.',
    )
  return { target, assigner }
}

function valuesOf(constraints: readonly Constraint[], fact: string): readonly unknown[] {
  return constraints.flatMap((constraint) => {
    if (constraint.kind !== 'condition') return valuesOf(constraint.parts, fact)
    return constraint.fact === fact ? constraint.values : []
  })
}

function checkTerritories(reading: Reading, licence: Licence): void {
  const named = valuesOf(
    rulesOf(licence).flatMap((rule) => rule.constraints),
    'territory',
  )
  if (named.includes('home') && licence.home.length === 0)
    refuse(reading, '/sov:home', 'missing', 'A clause names home: list its countries here.')
  // An empty list is a fair answer (no country of that class); a missing one is an oversight.
  if (named.includes('region') && licence.document['sov:region'] === undefined)
    refuse(reading, '/sov:region', 'missing', 'A clause names region: list its countries here.')
  const byIncome = named.includes('nonHighIncome') || named.includes('other')
  if (byIncome && licence.economyTable === undefined)
    refuse(
      reading,
      '/sov:economyTable',
      'missing',
      'A clause depends on a table of economies: name it.',
    )
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}

function readDocument(reading: Reading, node: JsonObject): Omit<Licence, 'compiled' | 'canonical'> {
  refuseOtherKeys(reading, node, KEYS, '')
  if (!isContext(node['@context']))
    refuse(reading, '/@context', 'wrong-context', `Write exactly ${JSON.stringify(CONTEXT)}.`)
  checkFixed(reading, node, '@type', 'Offer')
  checkFixed(reading, node, 'profile', PROFILE)
  checkFixed(reading, node, 'conflict', 'prohibit')
  const uid = readUid(reading, node, '')
  const title = readTexts(reading, node['dct:title'], '/dct:title')
  if (title.length === 0) refuse(reading, '/dct:title', 'missing', 'Give the licence a title.')
  const permissions = readEach(reading, node.permission, '/permission', readPermission)
  const prohibitions = readEach(reading, node.prohibition, '/prohibition', readProhibition)
  const humanOnly = readEach(reading, node['sov:humanOnly'], '/sov:humanOnly', readHumanClause)
  return {
    uid,
    title,
    preamble: readTexts(reading, node['sov:preamble'], '/sov:preamble'),
    replaces: readReference(reading, node['dct:replaces'], '/dct:replaces'),
    ...readParties(reading, [...permissions, ...prohibitions, ...humanOnly]),
    home: readCountries(reading, node['sov:home'], '/sov:home'),
    region: readCountries(reading, node['sov:region'], '/sov:region'),
    economyTable: readEconomyTable(reading, node['sov:economyTable']),
    labels: readEach(reading, node['sov:labels'], '/sov:labels', readLabel),
    permissions,
    prohibitions,
    humanOnly,
    claims: readClaims(reading, node['sov:claims'], '/sov:claims'),
    document: node,
  }
}

function canonicalOf(reading: Reading, json: JsonObject): string | undefined {
  try {
    return canonicalJson(json)
  } catch {
    return refuse(
      reading,
      '',
      'not-json',
      'Hand over plain JSON: no undefined, no class instances.',
    )
  }
}

/** A licence, or everything that keeps a document from being one. */
export type ParsedLicence =
  | { readonly ok: true; readonly licence: Licence }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Reads a licence document (ODRL 2.2 JSON-LD under the closed profile `PROFILE`).
 *
 * A document is accepted whole or refused: every operand, operator, action, value, key or nested
 * form outside the profile is a problem with the place and the way out, and nothing is dropped.
 */
export function parseLicence(json: unknown): ParsedLicence {
  const reading: Reading = { problems: [], uids: new Set() }
  if (!isObject(json)) {
    refuse(reading, '', 'wrong-form', 'A licence is a JSON object.')
    return { ok: false, problems: reading.problems }
  }
  const size = sizeProblem(json)
  if (size !== undefined) return { ok: false, problems: [size] }
  const read = readDocument(reading, json)
  if (reading.problems.length === 0) checkSize(reading, read)
  if (reading.problems.length > 0) return { ok: false, problems: reading.problems }
  const canonical = canonicalOf(reading, json)
  if (canonical === undefined) return { ok: false, problems: reading.problems }
  const draft = { ...read, canonical, document: freeze(JSON.parse(canonical) as JsonObject) }
  const licence = { ...draft, compiled: compileLicence(draft) }
  checkTerritories(reading, licence)
  checkTests(reading, licence.compiled.tests.length)
  checkWays(reading, licence)
  if (reading.problems.length > 0) return { ok: false, problems: reading.problems }
  return { ok: true, licence }
}
