import type { Readable } from 'node:stream'
import type { Dataset, Version } from '../datasets/datasets.ts'
import type { Pieces } from '../datasets/files.ts'
import type { Refusal } from '../log/index.ts'
import type { Recorded } from './day-records.ts'
import type { Grant } from './grants.ts'
import type { OwnFile } from './own-copy.ts'

/** Why the door stays shut. The status is the one real clients understand best. */
export interface DoorRefusal extends Refusal {
  readonly status: 400 | 401 | 403 | 404 | 500 | 503
  /** The clauses of the licence that refuse, when it is the licence. */
  readonly clauses?: readonly string[]
}

/** One authorised hand-over of bytes. */
export interface Download {
  readonly id: string
  readonly grant: string
  readonly dataset: string
  readonly version: string
  readonly sha256: string
  /** Of what was handed over, where that was a copy of it. */
  readonly copy?: string | null
  readonly at: number
  readonly from: number
  readonly to: number
  /** Id in the team of the one who had them; null: the holder. */
  readonly member: string | null
  /** Bytes handed over, or null while running or cut. */
  readonly bytes: number | null
  /** Log index of `download.authorised`. */
  readonly entry: number
}

/** Permission for one file, found good at this instant. */
export interface Pass {
  readonly ok: true
  readonly dataset: Dataset
  readonly version: Version
  readonly grant: Grant
  /** Id in its team of the one who comes; null: its holder. */
  readonly member: string | null
  /** With the bytes that this grant opens. */
  readonly file: OwnFile
}

/** Permission for a whole version. */
export interface AllPasses {
  readonly ok: true
  /** In the order of the manifest. */
  readonly passes: readonly Pass[]
  /** How many files their contributors have taken back since. */
  readonly withdrawn: number
}

/** Byte positions, both inclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Bytes that are read while they are sent. */
export interface LargeBody {
  readonly stream: () => Readable
  readonly pieces: () => Promise<Pieces>
}

export interface OpenedDownload {
  /** What the log holds of it, durable before this is returned. */
  readonly record: Recorded
  readonly span: Span
  /** The bytes of a small file, or how to read those of a large one. */
  readonly body: Buffer | LargeBody
}

export interface FileRequest {
  readonly dataset: string
  readonly version: string
  readonly path: string
}
