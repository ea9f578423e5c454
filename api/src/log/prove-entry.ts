import { formatReceipt, noteKey, openNote, parseCheckpoint } from '../../../policies/index.ts'
import { COSIGNED } from './cosigner.ts'
import { type NoteSigner, verifyEd25519 } from './ed25519.ts'
import type { InclusionProof } from './log.ts'
import { sha256 } from './sha256.ts'
import type { Checkpoint, EventRecord, EventStore, TileStore } from './store.ts'
import type { TreeKeeper } from './tree-keeper.ts'

/** The record of an entry. Throws RangeError when there is none. */
export const recordAt = async (store: EventStore, idx: number): Promise<EventRecord> => {
  const [record] = Number.isSafeInteger(idx) && idx >= 0 ? await store.read(idx, 1) : []
  if (record?.idx !== idx) throw new RangeError(`the log has no entry ${idx}`)
  return record
}

/** A checkpoint over at least the first `size` entries. */
export const covering = async (size: number, keeper: TreeKeeper): Promise<Checkpoint> => {
  const latest = keeper.latest()
  return latest && latest.size >= size ? latest : keeper.sign()
}

export interface ProveDeps {
  readonly store: EventStore
  readonly tiles: TileStore
  readonly keeper: TreeKeeper
  readonly signer: () => NoteSigner
}

type Entry = Pick<EventRecord, 'idx' | 'leafHash'>

/** The proof of an entry below a checkpoint that covers it, signed now when there is none. */
export const proveEntry = async (
  index: number,
  { store, keeper }: ProveDeps,
): Promise<InclusionProof> => {
  const { leaf, leafHash } = await recordAt(store, index)
  const checkpoint = await covering(index + 1, keeper)
  const hashes = await keeper.prove(index, leafHash, checkpoint)
  return { index, size: checkpoint.size, hashes, checkpoint: checkpoint.note, leaf }
}

/** The newest checkpoint that enough witnesses have cosigned; null when it does not cover the entry. */
const cosigned = async (
  index: number,
  { tiles, signer }: ProveDeps,
): Promise<Checkpoint | null> => {
  const note = Buffer.from((await tiles.get(COSIGNED)) ?? []).toString('utf8')
  const body = parseCheckpoint(note)
  if (!body || body.size <= index) return null
  const { name, publicKey } = signer()
  // The file may be anybody's: only what this log has signed itself is proved against.
  const opened = await openNote(note, [noteKey(name, publicKey, sha256)], verifyEd25519)
  const { size, root } = body
  return opened.ok ? { size, root: Buffer.from(root).toString('base64'), note } : null
}

/**
 * The proof as C2SP tlog-proof text, below a checkpoint with the cosignatures of the witnesses as
 * soon as they have seen the entry: nobody can be shown another history then.
 */
export const receiptOf = async (of: number | Entry, deps: ProveDeps): Promise<string> => {
  const { store, keeper } = deps
  const { idx: index, leafHash } = typeof of === 'number' ? await recordAt(store, of) : of
  // What no checkpoint covers yet nobody can have cosigned.
  const isNew = (keeper.latest()?.size ?? 0) <= index
  const seen = isNew ? null : await cosigned(index, deps)
  const checkpoint = seen ?? (await covering(index + 1, keeper))
  const hashes = await keeper.prove(index, leafHash, checkpoint)
  const proof = hashes.map((hash) => Buffer.from(hash, 'base64'))
  return formatReceipt({ index, proof, checkpoint: checkpoint.note })
}
