import { type Claim, VERDICTS } from './claim.ts'
import { formatInstant, parseInstant } from './instant.ts'
import { readTyped } from './parse-constraint.ts'
import type { Problem } from './problem.ts'
import {
  at,
  isObject,
  type JsonObject,
  type Reading,
  readUid,
  refuse,
  refuseOtherKeys,
} from './reader.ts'
import { SCOPE_VALUES, type Scope } from './scope.ts'

// What people settle is for the registry to know: no claim of a document rests on it.
type Key = Exclude<keyof Scope, 'settledByPeople'>
type Instant = 'from' | 'until'

/** How each part of a scope is named in a document. */
const TERMS = {
  actions: 'sov:actions',
  purposes: 'sov:purposes',
  actorKind: 'sov:actorKind',
  commercialTie: 'sov:commercialTie',
  countries: 'sov:countries',
  territory: 'sov:territory',
  control: 'sov:control',
  ethicsApproval: 'sov:ethicsApproval',
  councilApproval: 'sov:councilApproval',
  councilRefused: 'sov:councilRefused',
  membership: 'sov:membership',
  identityAssurance: 'sov:identityAssurance',
  overdue: 'sov:overdue',
  benefitAgreement: 'sov:benefitAgreement',
  withDuties: 'sov:withDuties',
  withoutDuties: 'sov:withoutDuties',
  from: 'sov:from',
  until: 'sov:until',
} as const satisfies Readonly<Record<Key, string>>

const KEYS = Object.keys(TERMS).filter((key): key is Key => Object.hasOwn(TERMS, key))
const isInstant = (key: Key): key is Instant => key === 'from' || key === 'until'

/** How one value is written: a country is text, a level a number, anything else a term. */
function written(key: Key, value: string | number): unknown {
  if (typeof value === 'number') return { '@value': String(value), '@type': 'xsd:integer' }
  if (key === 'countries') return value
  // `attribute` is ODRL's own action; every other word is a term of the profile.
  return { '@id': value === 'attribute' ? 'odrl:attribute' : `sov:${value}` }
}

function same(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b
  const keys = Object.keys(b)
  return Object.keys(a).length === keys.length && keys.every((key) => a[key] === b[key])
}

function readItems(
  reading: Reading,
  value: unknown,
  key: Exclude<Key, Instant>,
  path: string,
): readonly (string | number)[] | undefined {
  if (!Array.isArray(value) || value.length === 0)
    return refuse(reading, path, 'wrong-form', 'Write a list of at least one value.')
  const known: readonly (string | number)[] = SCOPE_VALUES[key]
  if (value.length > known.length)
    return refuse(reading, path, 'limit', `There are ${known.length} values; name each once.`)
  const items = value.map((item: unknown, index) => {
    const found = known.find((one) => same(item, written(key, one)))
    if (found !== undefined) return found
    const form = JSON.stringify(written(key, known[0] ?? ''))
    const names = key === 'countries' ? 'ISO 3166-1 alpha-2 codes' : known.join(', ')
    return refuse(
      reading,
      at(path, index),
      typeof item === 'string' && key !== 'countries' ? 'plain-string' : 'unknown-value',
      `Write a value such as ${form}; known: ${names}.`,
    )
  })
  if (new Set(items).size < items.length)
    refuse(reading, path, 'duplicate-value', 'Name each value once.')
  return items.filter((item) => item !== undefined)
}

function readMark(reading: Reading, value: unknown, path: string): number | undefined {
  const text = readTyped(reading, value, 'xsd:dateTime', path)
  if (text === undefined) return undefined
  return (
    parseInstant(text) ??
    refuse(reading, path, 'unknown-value', 'Write a UTC instant such as 2026-01-01T00:00:00Z.')
  )
}

function readScope(reading: Reading, node: unknown, path: string): Scope {
  if (!isObject(node)) {
    refuse(reading, path, 'wrong-form', 'Say which requests are meant, as an object; {} means all.')
    return {}
  }
  refuseOtherKeys(reading, node, Object.values(TERMS), path)
  const read: Record<string, unknown> = {}
  for (const key of KEYS) {
    const value = node[TERMS[key]]
    const here = at(path, TERMS[key])
    if (value === undefined) continue
    read[key] = isInstant(key)
      ? readMark(reading, value, here)
      : readItems(reading, value, key, here)
  }
  // Each list was read against the values of its own key.
  return read as Scope
}

function readVerdict(reading: Reading, value: unknown, path: string): Claim['verdict'] {
  const verdict = VERDICTS.find((known) => same(value, { '@id': `sov:${known}` }))
  if (verdict !== undefined) return verdict
  const names = VERDICTS.map((known) => `{"@id": "sov:${known}"}`).join(', ')
  refuse(reading, path, 'unknown-value', `Write one of ${names}.`)
  return 'never'
}

/** Reads one entry of `sov:claims`; a result is only to be trusted when no problem was noted. */
export function readClaim(reading: Reading, node: unknown, path: string): Claim | undefined {
  if (!isObject(node)) return refuse(reading, path, 'wrong-form', 'A claim is an object.')
  refuseOtherKeys(reading, node, ['uid', 'sov:verdict', 'sov:scope', 'sov:condition'], path)
  const id = readUid(reading, node, path)
  const verdict = readVerdict(reading, node['sov:verdict'], at(path, 'sov:verdict'))
  const scope = readScope(reading, node['sov:scope'], at(path, 'sov:scope'))
  const here = at(path, 'sov:condition')
  const given = node['sov:condition']
  if (verdict !== 'onlyIf') {
    if (given !== undefined)
      refuse(reading, here, 'unknown-key', 'A condition goes with sov:onlyIf alone.')
    return { id, verdict, scope }
  }
  const condition = readScope(reading, given, here)
  const empty = isObject(given) && Object.keys(given).length === 0
  if (empty) refuse(reading, here, 'missing', 'Say what has to be true of what is permitted.')
  if (condition.actions !== undefined)
    refuse(reading, at(here, 'sov:actions'), 'unknown-key', 'Name actions in the scope.')
  return { id, verdict, scope, condition }
}

const MOST_CLAIMS = 32

/** Reads the list `sov:claims` of a document; absent = none. */
export function readClaims(reading: Reading, value: unknown, path: string): readonly Claim[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    refuse(reading, path, 'wrong-form', 'Write a list of claims.')
    return []
  }
  if (value.length > MOST_CLAIMS) {
    refuse(reading, path, 'limit', `A licence makes at most ${MOST_CLAIMS} claims.`)
    return []
  }
  return value
    .map((node: unknown, index) => readClaim(reading, node, at(path, index)))
    .filter((claim) => claim !== undefined)
}

/**
 * Reads claims as they are written in a licence document under `sov:claims`, for an editor that has
 * them by themselves. Paths start at `path`. Problem codes: those of `parseLicence`.
 */
export function parseClaims(
  value: unknown,
  path = '/sov:claims',
):
  | { readonly ok: true; readonly claims: readonly Claim[] }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const reading: Reading = { problems: [], uids: new Set() }
  const claims = readClaims(reading, value, path)
  return reading.problems.length > 0
    ? { ok: false, problems: reading.problems }
    : { ok: true, claims }
}

function writeScope(scope: Scope): JsonObject {
  const entries = KEYS.flatMap((key) => {
    const value = scope[key]
    if (value === undefined) return []
    if (typeof value === 'number')
      return [[TERMS[key], { '@value': formatInstant(value), '@type': 'xsd:dateTime' }]]
    return [[TERMS[key], value.map((one) => written(key, one))]]
  })
  return Object.fromEntries(entries)
}

/** A claim as an entry of `sov:claims`: what `parseClaims` reads back as the same claim. */
export const writeClaim = ({ id, verdict, scope, condition }: Claim): JsonObject => ({
  uid: id,
  'sov:verdict': { '@id': `sov:${verdict}` },
  'sov:scope': writeScope(scope),
  ...(condition === undefined ? {} : { 'sov:condition': writeScope(condition) }),
})
