import {
  formatCheckpoint,
  formatNote,
  formatNoteKey,
  noteKey,
  rangeHash,
  subtreesOf,
} from '../../../policies/index.ts'
import type { NoteSigner } from './ed25519.ts'
import { sha256, tree } from './sha256.ts'
import type { Checkpoint, CheckpointStore, TileStore } from './store.ts'
import type { TileReader } from './tile-reader.ts'
import type { TreeState } from './tree-edge.ts'

/** The events do not lead to what has been signed before. Nothing is signed until this is cleared up. */
export class ForkError extends Error {
  override readonly name = 'ForkError'
  constructor(size: number) {
    super(
      `the first ${size} events are not those of the checkpoint signed for them: run "npm run verify" on the data folder`,
    )
  }
}

export interface CheckpointerDeps {
  readonly checkpoints: CheckpointStore
  readonly tiles: TileStore
  readonly reader: TileReader
  /** The one in force now. */
  readonly signer: () => NoteSigner
}

/** Writes the files of a tree state; what is there already stays the same bytes. */
export const saveState = async (tiles: TileStore, state: TreeState): Promise<void> => {
  for (const [path, bytes] of state.files) await tiles.put(path, bytes)
  // C2SP tlog-tiles: a partial tile may go once the full one is there.
  for (const path of state.completed) await tiles.remove(`${path}.p`)
}

/** The root of the first `size` leaves, from the tiles of a tree of `saved` leaves. */
const rootAt = async (reader: TileReader, size: number, saved: number): Promise<Uint8Array> => {
  const read = await reader.load(subtreesOf({ start: 0, end: size }), saved)
  return rangeHash({ start: 0, end: size }, read, tree)
}

/** The key of a signer as it is published. */
export const publishedKey = ({ name, publicKey }: NoteSigner): string =>
  formatNoteKey(noteKey(name, publicKey, sha256))

const rootOf = (checkpoint: Checkpoint): Uint8Array => Buffer.from(checkpoint.root, 'base64')

const signState = (state: TreeState, signer: NoteSigner): Checkpoint => {
  const { size, root } = state
  const text = formatCheckpoint({ origin: signer.name, size, root })
  const key = noteKey(signer.name, signer.publicKey, sha256)
  const note = formatNote(text, key, signer.sign(Buffer.from(text)))
  return { size, root: Buffer.from(root).toString('base64'), note }
}

/**
 * Signs a saved tree unless that has been done, after making sure that it continues the last one
 * signed. null: another process has signed a larger tree or a rival one, look again. Throws ForkError.
 */
export const signTree = async (
  state: TreeState,
  { checkpoints, reader, signer }: CheckpointerDeps,
): Promise<Checkpoint | null> => {
  const latest = await checkpoints.latest()
  if (latest && latest.size > state.size) return null
  const past = latest && (await rootAt(reader, latest.size, state.size))
  if (latest && past && Buffer.compare(past, rootOf(latest)) !== 0) throw new ForkError(latest.size)
  if (latest?.size === state.size) return latest
  const signed = signState(state, signer())
  return (await checkpoints.add(signed, latest?.size ?? null)) ? signed : null
}
