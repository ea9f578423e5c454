import { fromBase64, toBase64 } from './bytes.ts'
import { isWellFormed, type Sha256, utf8 } from './canonical.ts'
import { treeHash } from './merkle.ts'
import { verifyInclusion } from './merkle-verify.ts'
import { type Ed25519Verify, type NoteKey, openNote, parseCheckpoint } from './note.ts'

/** What proves to its holder that an entry is in the log (C2SP tlog-proof). */
export interface Receipt {
  readonly index: number
  /** The audit path, from the leaf upwards. */
  readonly proof: readonly Uint8Array[]
  /** The signed note, verbatim. */
  readonly checkpoint: string
}

/** What a verified receipt proves, or why it proves nothing. */
export type ReceiptCheck =
  | { readonly ok: true; readonly origin: string; readonly index: number; readonly size: number }
  | { readonly ok: false; readonly problem: string }

const HEADER = 'c2sp.org/tlog-proof@v1'

/** The receipt as text; its customary file extension is `.tlog-proof`. */
export const formatReceipt = ({ index, proof, checkpoint }: Receipt): string =>
  [HEADER, `index ${index}`, ...proof.map(toBase64), '', checkpoint].join('\n')

/** Reads a receipt, null when the text is none. Extra data, which nothing vouches for, is passed over. */
export const parseReceipt = (text: string): Receipt | null => {
  const cut = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(cut, 0)).split('\n')
  if (lines[0]?.startsWith('extra ')) lines.shift()
  const digits = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1]
  const proof = lines.map(fromBase64).filter((hash) => hash !== null)
  const index = Number(digits)
  if (header !== HEADER || !Number.isSafeInteger(index) || proof.length !== lines.length)
    return null
  return { index, proof, checkpoint: text.slice(cut + 2) }
}

/**
 * Checks that `leaf` is the entry the receipt speaks of and that one of `keys` signed a log with it.
 * Needs no network. Never throws on bad input.
 */
export const verifyReceipt = async (
  text: string,
  leaf: string,
  keys: readonly NoteKey[],
  crypto: { readonly sha256: Sha256; readonly verify: Ed25519Verify },
): Promise<ReceiptCheck> => {
  const receipt = parseReceipt(text)
  if (!receipt) return { ok: false, problem: 'this is not a receipt of a log' }
  const note = await openNote(receipt.checkpoint, keys, crypto.verify)
  if (!note.ok) return note
  const checkpoint = parseCheckpoint(note.text)
  if (!checkpoint) return { ok: false, problem: 'the checkpoint cannot be read' }
  if (!isWellFormed(leaf)) return { ok: false, problem: 'the entry is not text' }
  const { index, proof } = receipt
  const { origin, size, root } = checkpoint
  const hash = treeHash(crypto.sha256)
  if (!verifyInclusion({ index, size, leafHash: hash.leaf(utf8(leaf)), proof, root }, hash))
    return { ok: false, problem: `entry ${index} of ${origin} is not this one` }
  return { ok: true, origin, index, size }
}
