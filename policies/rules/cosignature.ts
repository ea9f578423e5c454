import { concatBytes } from './bytes.ts'
import { utf8 } from './canonical.ts'
import { type Ed25519Verify, formatSignature, keyOf, type NoteKey, splitNote } from './note.ts'

/** That somebody else has seen a log grow to this checkpoint, and nothing that contradicts it. */
export interface Cosignature {
  /** Name of the key. */
  readonly name: string
  readonly id: Uint8Array
  /** POSIX seconds. */
  readonly time: number
}

const TIME_BYTES = 8
const SIGNATURE_BYTES = 64

/** The bytes a cosigner signs: `text` is the checkpoint without its signatures. */
export const cosignedBytes = (time: number, text: string): Uint8Array =>
  utf8(`cosignature/v1\ntime ${time}\n${text}`)

const timeBytes = (time: number): Uint8Array => {
  const bytes = new Uint8Array(TIME_BYTES)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  return bytes
}

/** A cosignature as a line below the checkpoint; `signature` is over {@link cosignedBytes}. */
export const formatCosignature = (key: NoteKey, time: number, signature: Uint8Array): string =>
  formatSignature(key, concatBytes(timeBytes(time), signature))

/** Seconds out of the first eight bytes; null beyond what a number holds. */
const readTime = (bytes: Uint8Array): number | null => {
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES).getBigUint64(0))
  return Number.isSafeInteger(time) ? time : null
}

/**
 * The cosignatures of known keys under a checkpoint that hold (C2SP tlog-cosignature, Ed25519).
 * Others are passed over: one bad line of a stranger must not spoil the rest.
 */
export const cosignaturesOf = async (
  note: string,
  keys: readonly NoteKey[],
  verify: Ed25519Verify,
): Promise<readonly Cosignature[]> => {
  const parts = splitNote(note)
  const found: Cosignature[] = []
  for (const { name, id, signature } of parts?.signatures ?? []) {
    const key = keyOf(keys, name, id)
    if (!key || !parts || signature.length !== TIME_BYTES + SIGNATURE_BYTES) continue
    const time = readTime(signature)
    const message = time !== null && cosignedBytes(time, parts.text)
    if (!message || !(await verify(key.publicKey, message, signature.slice(TIME_BYTES)))) continue
    found.push({ name, id, time })
  }
  return found
}
