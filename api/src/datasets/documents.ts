import { hash } from 'node:crypto'
import { digestOf } from '../../../policies/index.ts'

/** Manifests and data statements by digest. Written before the event that names the digest. */
export interface Documents {
  /** Stores a JSON value durably and gives back its digest. */
  put(value: unknown): Promise<string>
  /** null when there is no such document. Throws when the stored text has another digest. */
  get(digest: string): Promise<unknown>
  /** Those of them that are there, in one read. */
  many(digests: readonly string[]): Promise<ReadonlyMap<string, unknown>>
}

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')

/** `sha256-…` of the canonical bytes of a JSON value. */
export const documentDigest = (value: unknown): string => digestOf(value, sha256)
