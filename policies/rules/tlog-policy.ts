import { sameBytes } from './bytes.ts'
import type { Sha256 } from './canonical.ts'
import { KEY_TYPES, type KeyType, type NoteKey, parseNoteKey } from './note.ts'

/** A log or a witness with the address under which it can be reached, if one is known. */
export interface TlogParty {
  readonly key: NoteKey
  readonly url: string | null
}

/** Who has to have seen a checkpoint: one witness, or so many members of a group. */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly key: NoteKey }
  | { readonly kind: 'group'; readonly need: number; readonly members: readonly Quorum[] }

/** Which logs are known, who watches, and how many watchers make a checkpoint good. */
export interface TlogPolicy {
  readonly logs: readonly TlogParty[]
  readonly witnesses: readonly TlogParty[]
  readonly quorum: Quorum
}

export type ReadPolicy =
  | { readonly ok: true; readonly policy: TlogPolicy }
  /** Each problem begins with the number of its line. */
  | { readonly ok: false; readonly problems: readonly string[] }

interface Draft {
  readonly logs: TlogParty[]
  readonly witnesses: TlogParty[]
  readonly names: Map<string, Quorum>
  /** Names that are in a group already: a witness counts in one way only. */
  readonly taken: Set<string>
  quorum: Quorum | null
}

type Line = (draft: Draft, words: readonly string[], sha256: Sha256) => string | null

const party = (
  into: TlogParty[],
  [text = '', url]: readonly string[],
  type: KeyType,
  sha256: Sha256,
): TlogParty | string => {
  const key = parseNoteKey(text, sha256, type)
  if (!key) return `"${text}" is no key of this kind: write <name>+<id>+<key> as it was published`
  if (into.some((known) => sameBytes(known.key.publicKey, key.publicKey)))
    return `the key of ${key.name} stands here twice`
  const one = { key, url: url ?? null }
  into.push(one)
  return one
}

const readLog: Line = ({ logs }, words, sha256) => {
  const made = party(logs, words, KEY_TYPES.note, sha256)
  return typeof made === 'string' ? made : null
}

const define = ({ names }: Draft, name: string, meaning: Quorum): string | null => {
  if (name === '' || name === 'none' || names.has(name)) return `the name "${name}" is taken`
  names.set(name, meaning)
  return null
}

const readWitness: Line = (draft, [name = '', ...words], sha256) => {
  const made = party(draft.witnesses, words, KEY_TYPES.cosignature, sha256)
  return typeof made === 'string' ? made : define(draft, name, { kind: 'witness', key: made.key })
}

const threshold = (text: string, size: number): number => {
  if (text === 'any') return 1
  if (text === 'all') return size
  return /^[1-9]\d*$/.test(text) ? Number(text) : 0
}

const readGroup: Line = (draft, [name = '', count = '', ...members]) => {
  const need = threshold(count, members.length)
  if (members.length === 0 || need < 1 || need > members.length)
    return `"${count}" has to be any, all, or a number from 1 to that of the members`
  const known = members.map((member) => draft.names.get(member))
  const missing = members.find((_, at) => known[at] === undefined)
  if (missing !== undefined) return `"${missing}" has not been defined above`
  const double = members.find((one, at) => draft.taken.has(one) || members.indexOf(one) !== at)
  if (double !== undefined) return `"${double}" is in a group already`
  for (const member of members) draft.taken.add(member)
  const parts = known.filter((part) => part !== undefined)
  return define(draft, name, { kind: 'group', need, members: parts })
}

const readQuorum: Line = (draft, [name = '']) => {
  if (draft.quorum) return 'there is a quorum already'
  const quorum: Quorum | undefined = name === 'none' ? { kind: 'none' } : draft.names.get(name)
  if (!quorum) return `"${name}" has not been defined above`
  draft.quorum = quorum
  return null
}

const LINES: Readonly<Record<string, Line>> = {
  log: readLog,
  witness: readWitness,
  group: readGroup,
  quorum: readQuorum,
}

const readLine = (draft: Draft, text: string, sha256: Sha256): string | null => {
  const [word = '', ...words] = text.split(/[ \t]+/).filter((part) => part !== '')
  if (word === '' || word.startsWith('#')) return null
  const read = Object.hasOwn(LINES, word) ? LINES[word] : undefined
  return read ? read(draft, words, sha256) : `"${word}" is not log, witness, group or quorum`
}

/** Reads a policy file (C2SP tlog-policy). Every line that cannot be used is named at once. */
export const parseTlogPolicy = (text: string, sha256: Sha256): ReadPolicy => {
  const draft: Draft = { logs: [], witnesses: [], names: new Map(), taken: new Set(), quorum: null }
  const problems = text.split('\n').flatMap((line, at) => {
    const problem = readLine(draft, line, sha256)
    return problem === null ? [] : [`line ${at + 1}: ${problem}`]
  })
  const { logs, witnesses, quorum } = draft
  if (problems.length > 0) return { ok: false, problems }
  if (!quorum) return { ok: false, problems: ['there is no quorum line: write "quorum none"'] }
  return { ok: true, policy: { logs, witnesses, quorum } }
}

/** Whether those who have cosigned a checkpoint are as many as the policy asks for. */
export const isWitnessed = (quorum: Quorum, cosigners: readonly NoteKey[]): boolean => {
  switch (quorum.kind) {
    case 'none':
      return true
    case 'witness':
      return cosigners.some(({ publicKey }) => sameBytes(publicKey, quorum.key.publicKey))
    case 'group':
      return quorum.members.filter((one) => isWitnessed(one, cosigners)).length >= quorum.need
  }
}
