import { disclosureDigest, parseDisclosure } from '../../../policies/index.ts'
import type { Finding } from './finding.ts'
import { committedFields, leafHashOf } from './leaf.ts'
import { sha256 } from './sha256.ts'
import type { EventRecord } from './store.ts'

type Leaf = Readonly<Record<string, unknown>>

/** The members of a leaf; null when the text is no JSON object. */
export const parseMembers = (leaf: string): Leaf | null => {
  try {
    const value: unknown = JSON.parse(leaf)
    return value && typeof value === 'object' && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

const edited = (record: EventRecord, field: string, message: string): Finding => ({
  kind: 'edited',
  idx: record.idx,
  stream: record.stream,
  field,
  message: `event ${record.idx} (${record.stream}): ${field} ${message}`,
})

/** The members in which two leaves differ. */
const differingMembers = (mine: string, published: string): readonly string[] => {
  const [a, b] = [parseMembers(mine), parseMembers(published)]
  if (!a || !b) return ['leaf']
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  const differing = [...names].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
  return differing.length > 0 ? differing.map((name) => `leaf.${name}`) : ['leaf']
}

const checkLeaf = (record: EventRecord, published: string): readonly Finding[] =>
  record.leaf === published
    ? []
    : differingMembers(record.leaf, published).map((field) =>
        edited(record, field, 'is not what was published'),
      )

const checkColumns = (record: EventRecord, members: Leaf): readonly Finding[] =>
  (['type', 'stream', 'seq'] as const)
    .filter((name) => record[name] !== members[name])
    .map((name) => edited(record, name, `is ${record[name]}, the entry says ${members[name]}`))

/** The entry vouches for time and command by digests whose openings are stored beside it. */
const checkSealed = (record: EventRecord, reference: string): readonly Finding[] => {
  const fields = committedFields({ ...record, leaf: reference })
  const lost = ['_at', '_cmd'].filter((name) => !fields.has(name))
  if (lost.length > 0)
    return [edited(record, 'disclosures', `no longer open ${lost.join(' and ')}`)]
  const findings: Finding[] = []
  if (fields.get('_at') !== record.at)
    findings.push(edited(record, 'at', 'is not the time the entry vouches for'))
  if (fields.get('_cmd') !== record.cmd)
    findings.push(edited(record, 'cmd', 'is not the command the entry vouches for'))
  return findings
}

/** Disclosures may go, none may come: each must have its digest in the entry. */
const checkDisclosures = (record: EventRecord, members: Leaf): readonly Finding[] => {
  const digests: readonly unknown[] = Array.isArray(members._sd) ? members._sd : []
  return record.disclosures
    .filter((disclosure) => !digests.includes(disclosureDigest(disclosure, sha256)))
    .map((disclosure) => {
      const name = parseDisclosure(disclosure)?.name
      const what = name ? `open ${name} to a value` : 'hold something'
      return edited(record, 'disclosures', `${what} that the entry has no digest of`)
    })
}

/**
 * What in a stored event does not fit the entry it became. `published` is the entry's text; null:
 * it is not published yet, so the event is checked against its own leaf.
 */
export const checkRecord = (record: EventRecord, published: string | null): readonly Finding[] => {
  const reference = published ?? record.leaf
  const members = parseMembers(reference)
  if (!members) return [edited(record, 'leaf', 'is not an entry of the log')]
  const hash =
    record.leafHash === leafHashOf(reference)
      ? []
      : [edited(record, 'leafHash', "is not the entry's hash")]
  return [
    ...checkLeaf(record, reference),
    ...hash,
    ...checkColumns(record, members),
    ...checkSealed(record, reference),
    ...checkDisclosures(record, members),
  ]
}
