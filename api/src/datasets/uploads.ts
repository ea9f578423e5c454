import type { Readable } from 'node:stream'
import type { Blob } from './files.ts'

/** A file on its way in, or arrived and waiting to be contributed. An ordinary document. */
export interface Upload {
  readonly id: string
  /** The only account that may see, continue, remove or contribute it. */
  readonly account: string
  /** Bytes announced at the start. */
  readonly size: number
  /** Bytes that have reached the disk. */
  readonly offset: number
  /** As the client called it: never used as a path. */
  readonly filename: string
  readonly mediaType: string
  /** The metadata exactly as the client sent it, to be handed back (tus 1.0, Upload-Metadata). */
  readonly metadata: string
  /** Digest the client announced, or null. */
  readonly expected: string | null
  /** Digest of the bytes that came, once finished. */
  readonly sha256: string | null
  readonly state: 'partial' | 'finished' | 'failed'
  /** Why it failed, in words for the contributor. */
  readonly problem: string | null
  readonly createdAt: number
  /** Epoch ms after which an unfinished upload is removed. */
  readonly expiresAt: number
  readonly finishedAt: number | null
}

/** A blob that an upload stands for, since an instant (epoch ms). */
export interface FinishedUpload {
  readonly id: string
  readonly sha256: string
  readonly finishedAt: number
}

/** What the uploads need stored. */
export interface UploadStore {
  /** An upload of this id that is there already stays as it is. */
  create(upload: Upload): Promise<void>
  get(id: string): Promise<Upload | null>
  many(ids: readonly string[]): Promise<readonly Upload[]>
  advance(id: string, offset: number, expiresAt: number): Promise<void>
  finish(id: string, sha256: string, at: number): Promise<void>
  fail(id: string, problem: string): Promise<void>
  /** The finished upload stands for other bytes from here on. */
  replace(id: string, blob: Blob): Promise<void>
  remove(id: string): Promise<void>
  /** Bytes an account has announced, failed uploads aside. */
  usage(account: string): Promise<number>
  /** Bytes announced by everybody and not yet arrived. */
  promised(): Promise<number>
  /** Every upload whose bytes have become a blob, and nobody has removed since. */
  finished(): Promise<readonly FinishedUpload[]>
  /** Every upload that is unfinished or has failed. */
  unfinished(): Promise<readonly Upload[]>
}

/** The bytes of unfinished uploads, each in a file of its own on this machine. */
export interface PartialFiles {
  create(id: string): Promise<void>
  /**
   * Puts what the source yields at `offset` and waits for the disk. When the source breaks off,
   * what came before counts. Throws when the disk does not take it.
   */
  append(id: string, offset: number, piece: Arriving): Promise<Appended>
  /** Digest and length of everything written so far; computed on the way when possible. */
  digest(id: string): Promise<Blob>
  path(id: string): string
  /** Nothing there is fine. */
  remove(id: string): Promise<void>
  ids(): Promise<readonly string[]>
  /** Bytes the disk can still take. */
  free(): Promise<number>
}

/** Bytes on their way into an unfinished upload. */
export interface Arriving {
  readonly source: Readable
  /** Bytes to take at most. */
  readonly limit: number
  /** Hears while more comes that everything before `offset` is on the disk. */
  readonly onDurable: (offset: number) => Promise<void>
  /** What the bytes must have, all together, to be taken; or null. */
  readonly checksum: Checksum | null
}

/** As a sender of tus 1.0 gives it for one piece (extension checksum). */
export interface Checksum {
  readonly algorithm: 'sha1' | 'sha256'
  /** In base64. */
  readonly digest: string
}

export interface Appended {
  readonly bytes: number
  /** The source went on beyond the limit; the rest was not read. */
  readonly over: boolean
  /** The checksum is another one, so nothing was taken. */
  readonly differs: boolean
}
