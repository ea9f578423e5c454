import type { NoteSigner } from './ed25519.ts'
import type { Decided, NewEvent, Refusal, StoredEvent } from './event.ts'

/**
 * `durable`: the event survives a crash, and its projections follow within a moment.
 * `folded` (default): its projections can be read as well.
 */
export interface AppendOptions {
  readonly wait?: 'durable' | 'folded'
}

export type CommandResult<R extends Refusal> =
  | { readonly ok: true; readonly event: StoredEvent; readonly replayed: boolean }
  | R

export interface InclusionProof {
  readonly index: number
  readonly size: number
  /** base64, from the leaf upwards (RFC 6962 section 2.1.1) */
  readonly hashes: readonly string[]
  readonly checkpoint: string
  readonly leaf: string
}

/** Proves that the first `from` entries are the beginning of the first `to`. */
export interface TreeGrowth {
  readonly from: number
  readonly to: number
  /** base64, as in RFC 6962 section 2.1.2 */
  readonly hashes: readonly string[]
}

/** The accountable record: everything a community could later dispute is an event in it. */
export interface Log {
  /** The published key of the log, as C2SP notes write it. */
  readonly key: string
  /**
   * Records one event. The same `cmd` again gives back the stored event.
   * Throws `ConcurrencyError` when `seq` is not the next one, `LeafError` when the fields cannot be a leaf.
   */
  append(event: NewEvent, options?: AppendOptions): Promise<StoredEvent>
  /**
   * Decides on the complete history of a stream and records the decision, with nobody in between.
   * `decide` must be pure: it runs again whenever the history has changed under it.
   */
  command<R extends Refusal>(
    stream: string,
    cmd: string,
    decide: (history: readonly StoredEvent[], now: number) => Decided | R,
    options?: AppendOptions,
  ): Promise<CommandResult<R>>
  stream(stream: string): Promise<readonly StoredEvent[]>
  read(from: number, limit: number): Promise<readonly StoredEvent[]>
  /** Resolves once everything recorded in this process so far can be read in its projections. */
  settled(): Promise<void>
  size(): Promise<number>
  /** The time by the injected clock, never going back. */
  now(): number
  /** The newest signed checkpoint, signed now when events have come since the last. */
  checkpoint(): Promise<string>
  /** Throws `RangeError` when there is no such event. */
  proof(index: number): Promise<InclusionProof>
  /** Throws `RangeError` unless 0 <= from <= to <= size. */
  consistency(from: number, to: number): Promise<TreeGrowth>
  /**
   * The proof as C2SP tlog-proof text, to hand to the person concerned. Whoever has the entry in hand
   * spares the store a question.
   */
  receipt(of: number | Pick<StoredEvent, 'idx' | 'leafHash'>): Promise<string>
  /** Erases the named private fields of an event (all when no name is given); proofs stay valid. */
  erase(idx: number, names?: readonly string[]): Promise<void>
  /**
   * Records that `next` signs from here on, vouched for by the key in force, and signs with it. Nothing
   * else may be recorded meanwhile: call it when nobody is served.
   */
  handOver(next: NoteSigner): Promise<StoredEvent>
  close(): Promise<void>
}
