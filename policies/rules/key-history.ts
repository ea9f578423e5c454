import { fromBase64, sameBytes } from './bytes.ts'
import { type Sha256, utf8 } from './canonical.ts'
import { type Ed25519Verify, formatNoteKey, type NoteKey, parseNoteKey } from './note.ts'

/** The stream in which a log tells of the keys that sign it. */
export const LOG_KEYS = 'keys/log'

/** What an entry says of a key of the log. `signature` (base64) is over {@link keyStatement}. */
export type KeyEntry =
  | {
      readonly type: 'key.published'
      readonly index: number
      /** As it is published. */
      readonly key: string
      /** The key that signed until here, and that vouches for the new one. */
      readonly replaces: string
      readonly signature: string
    }
  | {
      readonly type: 'key.compromised'
      readonly index: number
      readonly key: string
      /** The last size of the log for which its signature counts. */
      readonly since: number
      /** By the key in force. */
      readonly signature: string
    }

/** For which sizes of a log a key may sign checkpoints: `from` and `until` count in. */
export interface KeyTerm {
  readonly key: NoteKey
  readonly from: number
  readonly until: number
  readonly compromised: boolean
}

export interface KeyTerms {
  readonly terms: readonly KeyTerm[]
  /** Each names its entry. */
  readonly problems: readonly string[]
}

export interface KeyCrypto {
  readonly sha256: Sha256
  readonly verify: Ed25519Verify
}

type Statement =
  | Pick<KeyEntry & { type: 'key.published' }, 'type' | 'key' | 'replaces'>
  | Pick<KeyEntry & { type: 'key.compromised' }, 'type' | 'key' | 'since'>

/** The bytes a key signs to vouch for its successor, or to give up one that was stolen. */
export const keyStatement = (said: Statement): Uint8Array => {
  const about = said.type === 'key.published' ? said.replaces : String(said.since)
  return utf8(`commonhold-key/1\n${said.type}\n${said.key}\n${about}\n`)
}

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** Reads an entry of {@link LOG_KEYS}; null for every other entry. Never throws. */
export const parseKeyEntry = (index: number, leaf: string): KeyEntry | null => {
  if (!leaf.includes(`"stream":"${LOG_KEYS}"`)) return null
  try {
    const { stream, type, key, replaces, since, signature } = JSON.parse(leaf)
    if (stream !== LOG_KEYS || typeof key !== 'string' || typeof signature !== 'string') return null
    if (type === 'key.published' && typeof replaces === 'string')
      return { type, index, key, replaces, signature }
    if (type === 'key.compromised' && isSize(since)) return { type, index, key, since, signature }
    return null
  } catch {
    return null
  }
}

const unlimited = (key: NoteKey): KeyTerm => ({
  key,
  from: 0,
  until: Number.MAX_SAFE_INTEGER,
  compromised: false,
})

const isSame = (a: NoteKey, b: NoteKey): boolean =>
  a.name === b.name && sameBytes(a.publicKey, b.publicKey)

const holds = async (by: NoteKey, entry: KeyEntry, { verify }: KeyCrypto): Promise<boolean> => {
  const signature = fromBase64(entry.signature)
  return signature !== null && (await verify(by.publicKey, keyStatement(entry), signature))
}

type Chain = readonly KeyTerm[]
type Step = Chain | { readonly problem: string }

const succeed = async (
  chain: Chain,
  entry: KeyEntry & { type: 'key.published' },
  crypto: KeyCrypto,
): Promise<Step> => {
  const old = parseNoteKey(entry.replaces, crypto.sha256)
  const key = parseNoteKey(entry.key, crypto.sha256)
  if (!old || key?.name !== old.name) return { problem: 'names no keys of one log' }
  const last = chain.at(-1) ?? unlimited(old)
  if (!isSame(last.key, old)) return { problem: 'replaces a key that was not in force' }
  if (!(await holds(old, entry, crypto))) return { problem: 'is not vouched for by the key before' }
  // The checkpoint over this entry may still be signed with the old key.
  const ended = { ...last, until: Math.min(last.until, entry.index + 1) }
  return [...chain.slice(0, -1), ended, { ...unlimited(key), from: entry.index + 1 }]
}

const giveUp = async (
  chain: Chain,
  entry: KeyEntry & { type: 'key.compromised' },
  crypto: KeyCrypto,
): Promise<Step> => {
  const current = chain.at(-1)
  const lost = chain.slice(0, -1).find(({ key }) => formatNoteKey(key) === entry.key)
  if (!current || !lost) return { problem: 'gives up no key that was in force before' }
  if (!(await holds(current.key, entry, crypto)))
    return { problem: 'is not signed with the key in force' }
  const ended = { ...lost, until: Math.min(lost.until, entry.since), compromised: true }
  return chain.map((term) => (term === lost ? ended : term))
}

/**
 * Which key may sign which checkpoints of a log, from the keys somebody trusts and from what the log
 * itself says of its keys, in order. Each key is vouched for by the one before it, so that trusting
 * any one of them is enough. A key that was given up counts up to the size named, and no further.
 * Whoever steals a key can vouch for a successor of their own in a forked log: that only witnesses
 * and earlier checkpoints bring to light.
 */
export const keyTerms = async (
  trusted: readonly NoteKey[],
  entries: readonly KeyEntry[],
  crypto: KeyCrypto,
): Promise<KeyTerms> => {
  let chain: Chain = []
  const problems: string[] = []
  for (const entry of entries) {
    const step =
      entry.type === 'key.published'
        ? await succeed(chain, entry, crypto)
        : await giveUp(chain, entry, crypto)
    if ('problem' in step) problems.push(`entry ${entry.index} ${step.problem}`)
    else chain = step
  }
  const strangers = trusted.filter((key) => !chain.some((term) => isSame(term.key, key)))
  if (chain.length === 0 || strangers.length < trusted.length)
    return { terms: [...chain, ...strangers.map(unlimited)], problems }
  const lost = 'the keys the log tells of lead to none that is trusted'
  return { terms: trusted.map(unlimited), problems: [...problems, lost] }
}

/** The keys whose signature counts under a checkpoint of this size. */
export const keysAt = (terms: readonly KeyTerm[], size: number): readonly NoteKey[] =>
  terms.filter(({ from, until }) => from <= size && size <= until).map(({ key }) => key)
