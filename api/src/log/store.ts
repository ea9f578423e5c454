import type { Fields } from './event.ts'

/** One document of the `events` collection. Only `disclosures` ever changes, and only by losing members. */
export interface EventRecord {
  readonly idx: number
  readonly stream: string
  readonly seq: number
  readonly cmd: string
  readonly type: string
  readonly at: number
  readonly leaf: string
  readonly leafHash: string
  /** RFC 9901 disclosures whose digests are in the leaf. */
  readonly disclosures: readonly string[]
}

/** Where events live: three unique keys (`idx`; `stream` with `seq`; `cmd`). */
export interface EventStore {
  /**
   * Inserts in order and durably; stops at the first record that collides with a unique key.
   * Returns how many were inserted, so a result below `records.length` points at the collision.
   */
  insert(records: readonly EventRecord[]): Promise<number>
  /** The record with the highest `idx`. */
  last(): Promise<EventRecord | null>
  byCmd(cmd: string): Promise<EventRecord | null>
  /** At most `limit` records from `from` on, by `idx`. */
  read(from: number, limit: number): Promise<readonly EventRecord[]>
  /** One stream by `seq`. */
  stream(stream: string): Promise<readonly EventRecord[]>
  streamLength(stream: string): Promise<number>
  /** Takes these disclosures away from one record. */
  removeDisclosures(idx: number, disclosures: readonly string[]): Promise<void>
}

/** A signed statement about the first `size` events. */
export interface Checkpoint {
  readonly size: number
  /** base64 root hash */
  readonly root: string
  /** The C2SP signed note. */
  readonly note: string
}

/** Signed checkpoints: a chain in which each one has at most one successor. */
export interface CheckpointStore {
  latest(): Promise<Checkpoint | null>
  /** All, by size. */
  all(): Promise<readonly Checkpoint[]>
  /** Adds the successor of the checkpoint of size `previous` (null: the first); false when that place is taken. */
  add(checkpoint: Checkpoint, previous: number | null): Promise<boolean>
}

/** Public files of the log under their C2SP names, e.g. `tile/0/000.p/12` or `checkpoint`. */
export interface TileStore {
  get(path: string): Promise<Uint8Array | null>
  /** Replaces the file in one step; durable when the promise resolves. */
  put(path: string, bytes: Uint8Array): Promise<void>
  /** Removes a file or a folder with everything in it; nothing there is fine. */
  remove(path: string): Promise<void>
}

/** A projected document and the last event folded into it. */
export interface Projected {
  readonly doc: Fields | null
  readonly foldedIdx: number
}

/** One document to be written, with what was loaded of it before. */
export interface ProjectionChange extends Projected {
  readonly id: string
  readonly before: Projected | null
}

/** Where projections live: droppable, derived from the events. */
export interface ProjectionStore {
  /** The documents (and deleted ones: `doc` null) among `ids` that were folded before. */
  load(name: string, ids: readonly string[]): Promise<ReadonlyMap<string, Projected>>
  /** Compare-and-set of each document on the `foldedIdx` it had before; false when at least one had moved on. */
  save(name: string, changes: readonly ProjectionChange[]): Promise<boolean>
  /** Every event below it is folded into all of these projections; 0 as long as one of them is new. */
  cursor(names: readonly string[]): Promise<number>
  /** Moves the cursor of these projections forward, never back. */
  setCursor(names: readonly string[], next: number): Promise<void>
  /** Of which shape the stored documents are; null: nobody has said so yet. */
  shape(): Promise<number | null>
  setShape(shape: number): Promise<void>
  /** Deletes these projections with their cursors. */
  drop(names: readonly string[]): Promise<void>
  /** Every document of a projection, by id, with the last event folded into it. */
  all(name: string): Promise<ReadonlyMap<string, Projected>>
  /** Every document of a projection, ordered by id. */
  dump(name: string): Promise<readonly (Fields & { readonly _id: string })[]>
}
