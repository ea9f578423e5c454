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

/** What the uploads need stored. */
export interface UploadStore {
  create(upload: Upload): Promise<void>
  get(id: string): Promise<Upload | null>
  many(ids: readonly string[]): Promise<readonly Upload[]>
  advance(id: string, offset: number): Promise<void>
  finish(id: string, sha256: string, at: number): Promise<void>
  fail(id: string, problem: string): Promise<void>
  remove(id: string): Promise<void>
  /** Bytes an account has announced, failed uploads aside. */
  usage(account: string): Promise<number>
  /** Bytes announced by everybody and not yet arrived. */
  promised(): Promise<number>
  /** Every unfinished upload. */
  partial(): Promise<readonly Upload[]>
}
