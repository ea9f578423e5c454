import { concatBytes, fromBase64, sameBytes, toBase64, toHex } from './bytes.ts'
import { isWellFormed, type Sha256, utf8 } from './canonical.ts'

/** Whether an Ed25519 signature (RFC 8032) over a message holds. */
export type Ed25519Verify = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>

/** What a key may sign: notes (C2SP signed-note), or cosignatures of them (C2SP tlog-cosignature). */
export const KEY_TYPES = { note: 1, cosignature: 4 } as const
export type KeyType = (typeof KEY_TYPES)[keyof typeof KEY_TYPES]

/** An Ed25519 key for one of the two. */
export interface NoteKey {
  readonly type: KeyType
  readonly name: string
  /** The first four bytes of the key's digest: they name the key, they do not prove it. */
  readonly id: Uint8Array
  readonly publicKey: Uint8Array
}

/** What an opened note says, or why it was not opened. */
export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly signers: readonly string[] }
  | { readonly ok: false; readonly problem: string }

/** A statement of a log about its first `size` entries (C2SP tlog-checkpoint). */
export interface CheckpointBody {
  readonly origin: string
  readonly size: number
  /** 32 bytes */
  readonly root: Uint8Array
}

const MAX_SIGNATURES = 64
const isKeyName = (name: string): boolean => /^[^\s+]+$/u.test(name)

/** The key under which `name` signs notes. Throws RangeError for a name or key the format cannot carry. */
export const noteKey = (
  name: string,
  publicKey: Uint8Array,
  sha256: Sha256,
  type: KeyType = KEY_TYPES.note,
): NoteKey => {
  if (!isKeyName(name) || !isWellFormed(name))
    throw new RangeError(`key name ${name}: no spaces and no plus sign`)
  if (publicKey.length !== 32) throw new RangeError(`key ${name}: an Ed25519 key has 32 bytes`)
  const id = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4)
  return { type, name, id, publicKey }
}

/** The key as text `<name>+<id>+<key>`, as it is published. */
export const formatNoteKey = ({ type, name, id, publicKey }: NoteKey): string =>
  `${name}+${toHex(id)}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`

/** Reads a published key; null unless it is a well-formed Ed25519 key of this type whose id fits. */
export const parseNoteKey = (
  text: string,
  sha256: Sha256,
  type: KeyType = KEY_TYPES.note,
): NoteKey | null => {
  const [, name = '', id, encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? []
  const bytes = fromBase64(encoded)
  if (bytes?.length !== 33 || bytes[0] !== type) return null
  const key = noteKey(name, bytes.slice(1), sha256, type)
  return toHex(key.id) === id ? key : null
}

/** One signature under a note, with its newline. */
export const formatSignature = ({ name, id }: NoteKey, signature: Uint8Array): string =>
  `— ${name} ${toBase64(concatBytes(id, signature))}\n`

/** A note of one signature over `text`, which must end in a newline. */
export const formatNote = (text: string, key: NoteKey, signature: Uint8Array): string =>
  `${text}\n${formatSignature(key, signature)}`

/** One line under a note, whoever wrote it. */
export interface NoteSignature {
  readonly name: string
  readonly id: Uint8Array
  readonly signature: Uint8Array
}

const parseSignature = (line: string): NoteSignature | null => {
  const [, name = '', encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? []
  const bytes = fromBase64(encoded)
  if (!bytes || bytes.length < 5) return null
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) }
}

/** Takes a note apart without looking at its signatures; null when it is none. */
export const splitNote = (
  note: string,
): { readonly text: string; readonly signatures: readonly NoteSignature[] } | null => {
  const cut = note.lastIndexOf('\n\n')
  const clean = Array.from(note).every((char) => char >= ' ' || char === '\n')
  if (!clean || !isWellFormed(note) || cut < 0 || !note.endsWith('\n')) return null
  const lines = note.slice(cut + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return null
  const signatures = lines.map(parseSignature).filter((line) => line !== null)
  return signatures.length === lines.length ? { text: note.slice(0, cut + 1), signatures } : null
}

/** The known key a signature names. */
export const keyOf = (keys: readonly NoteKey[], name: string, id: Uint8Array) =>
  keys.find((known) => known.name === name && sameBytes(known.id, id))

/**
 * Opens a signed note: at least one known key must have signed it, and a bad signature under a
 * known key spoils it. Signatures of unknown keys are passed over.
 */
export const openNote = async (
  note: string,
  keys: readonly NoteKey[],
  verify: Ed25519Verify,
): Promise<OpenedNote> => {
  const parts = splitNote(note)
  if (!parts) return { ok: false, problem: 'this is not a signed note' }
  const signers: string[] = []
  for (const { name, id, signature } of parts.signatures) {
    const key = keyOf(keys, name, id)
    if (!key) continue
    if (!(await verify(key.publicKey, utf8(parts.text), signature)))
      return { ok: false, problem: `the signature of ${name} does not fit the text` }
    signers.push(name)
  }
  if (signers.length === 0) return { ok: false, problem: 'no known key has signed this note' }
  return { ok: true, text: parts.text, signers }
}

/** The text of a checkpoint, ready to be signed. */
export const formatCheckpoint = ({ origin, size, root }: CheckpointBody): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`

/** Reads the text of a checkpoint, or of a whole note without looking at its signatures; null when it is none. */
export const parseCheckpoint = (text: string): CheckpointBody | null => {
  const [origin, digits = '', encoded = '', ...more] = text.split('\n')
  const root = fromBase64(encoded)
  const size = Number(digits)
  if (!origin || more.length === 0 || !/^(0|[1-9]\d*)$/.test(digits)) return null
  if (!Number.isSafeInteger(size) || root?.length !== 32) return null
  return { origin, size, root }
}
