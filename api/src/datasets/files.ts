import type { Readable } from 'node:stream'

/** A stored blob: its sha-256 in 64 hexadecimal digits and its length in bytes. */
export interface Blob {
  readonly sha256: string
  readonly size: number
}

/** Both ends are inclusive byte positions, as in an HTTP range. */
export interface ByteRange {
  readonly start?: number
  readonly end?: number
}

/** A blob, or part of one, piece by piece. */
export interface Pieces {
  /** The next piece, which may lie in the memory lent for it; empty at the end. */
  next(memory: Buffer): Promise<Uint8Array>
  close(): Promise<void>
}

/** The bytes found under a digest are not those the digest was made of. */
export class DamagedBlobError extends Error {
  override readonly name = 'DamagedBlobError'
  readonly sha256: string
  constructor(sha256: string) {
    super(`blob ${sha256} is missing or damaged: restore it from a backup, then verify the blobs`)
    this.sha256 = sha256
  }
}

/** Bytes by content. Everything it acknowledges has reached the disk. */
export interface Files {
  /** Stores bytes while hashing them. Storing the same bytes again changes nothing. */
  put(bytes: Readable | Uint8Array): Promise<Blob>
  /**
   * Takes over a complete file on the same machine. The file itself stays until the caller, having
   * recorded the digest, removes it, so that a crash in between can be repeated.
   * `known` saves reading the file again when its digest was computed on the way.
   */
  adopt(path: string, known?: Blob): Promise<Blob>
  /** null when there is no such blob. */
  stat(sha256: string): Promise<Blob | null>
  /** Throws `DamagedBlobError` when there is no such blob. */
  read(sha256: string, range?: ByteRange): Readable
  /** The same for whoever sends it on, without memory of its own for each piece. */
  pieces(sha256: string, range: Required<ByteRange>): Promise<Pieces>
  /**
   * The whole blob in memory: for what is below 256 KiB. As long as the stored bytes are untouched it
   * may be the very same buffer: don't change it.
   */
  readSmall(sha256: string): Promise<Buffer>
  /** Hashes the stored bytes again; false when they are missing or others. */
  verify(sha256: string): Promise<boolean>
  /** Verifies on the first call in this process; throws `DamagedBlobError` when that fails. */
  ensureVerified(sha256: string): Promise<void>
  /** Every blob, hashed again. */
  verifyAll(): AsyncIterable<Blob & { readonly intact: boolean }>
  /** Every blob whose bytes were last stored before an instant (epoch ms). */
  storedBefore(instant: number): AsyncIterable<string>
  /**
   * Removes a blob for good, unless its bytes have been stored again since the instant (epoch ms).
   * A crash on the way leaves the blob or removes it. False when it is still or was not there.
   */
  discard(sha256: string, instant: number): Promise<boolean>
  /** Makes good what interrupted writes and removals left behind; call it at start. */
  sweep(): Promise<void>
}
