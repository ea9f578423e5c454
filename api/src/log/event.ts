/** A JSON value (RFC 8259) that survives canonical serialisation unchanged. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json }

/** Named values of one event. */
export type Fields = { readonly [name: string]: Json }

/** A value as an event keeps it: what JSON cannot say is left out. */
export const toFields = <T extends Json = Fields>(value: unknown): T =>
  JSON.parse(JSON.stringify(value))

/** A field that holds text; anything else, and nothing after an erasure, reads as `''`. */
export const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** What a command asks the log to record. */
export interface NewEvent {
  /** The thing the event is about, e.g. `proposal/p_01`. */
  readonly stream: string
  readonly type: string
  /** Idempotency key: recording it twice gives back the first event. */
  readonly cmd: string
  /** The 0-based number the event must get in its stream; absent = whatever is next. */
  readonly seq?: number
  /** Public: part of the leaf, for ever. */
  readonly data: Fields
  /** Private: the leaf holds a salted digest of each field, so each can be erased. */
  readonly secret?: Fields
}

/** What a decision records; the stream and the command id are known beforehand. */
export type Decided = Omit<NewEvent, 'stream' | 'cmd' | 'seq'>

/** A recorded event as the application sees it. */
export interface StoredEvent {
  /** Place in the whole log, gapless from 0. */
  readonly idx: number
  readonly stream: string
  /** Place in its stream, gapless from 0. */
  readonly seq: number
  readonly cmd: string
  readonly type: string
  /** Server time in ms since 1970, never decreasing along `idx`. The public leaf tells the day only. */
  readonly at: number
  readonly data: Fields
  /** The private fields that are still disclosed. */
  readonly secret: Fields
  /** The exact text whose UTF-8 bytes are hashed. */
  readonly leaf: string
  /** RFC 6962 leaf hash, base64. */
  readonly leafHash: string
}

/** A decision not to record anything, with the reason for the person who asked. */
export type Refusal = {
  readonly ok: false
  readonly code: string
  readonly message: string
  readonly field?: string
  readonly reasons?: readonly { readonly clause: string; readonly text: string }[]
}

/** Somebody else recorded this place in the stream first: load it again and decide anew. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError'
  constructor(stream: string, expected: number, next: number) {
    super(`stream ${stream} expects seq ${next}, not ${expected}: read it again and decide anew`)
  }
}

/** The event cannot become a leaf; `field` names what has to change. */
export class LeafError extends Error {
  override readonly name = 'LeafError'
  readonly field: string
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`)
    this.field = field
  }
}

/** There is more in the event than an entry holds: what somebody wrote, not how it was recorded. */
export class LeafSizeError extends LeafError {}
