import { join } from 'node:path'
import type { Files } from '../datasets/files.ts'
import { openFiles } from './files.ts'
import type { AnswerHeaders, BucketPlace } from './s3/bucket.ts'

/** Gives whoever knows it the blob, for a minute at most; only after the door has decided. */
export type SignUrl = (sha256: string, headers: AnswerHeaders) => Promise<string>

export interface Blobs {
  readonly files: Files
  /** null: the store gives out nothing by itself. */
  readonly signUrl: SignUrl | null
}

const SECONDS = 60

const inBucket = async (place: BucketPlace): Promise<Blobs> => {
  // Only who has a bucket pays for the SDK at the start.
  const [{ openBucket }, { openS3Files }] = await Promise.all([
    import('./s3/bucket.ts'),
    import('./s3/s3-files.ts'),
  ])
  const bucket = openBucket(place)
  await bucket.check().catch((error: unknown) => {
    const why = `The bucket "${place.bucket}" at ${place.endpoint} does not answer; check S3_URL.`
    throw new Error(why, { cause: error })
  })
  const keyOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2)}`
  return {
    files: openS3Files({ bucket }),
    signUrl: (sha256, headers) => bucket.sign(keyOf(sha256), SECONDS, headers),
  }
}

/** The store of bytes that the settings name: a bucket, else a folder beside the database. */
export const openBlobs = async (dataDir: string, place: BucketPlace | null): Promise<Blobs> =>
  place
    ? inBucket(place)
    : { files: await openFiles({ dir: join(dataDir, 'blobs') }), signUrl: null }
