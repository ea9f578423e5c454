import type { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'

/** Where blobs lie in an S3 store. */
export interface BucketPlace {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Before every key; empty, or ends with a slash. */
  readonly prefix: string
  /** null: as the AWS SDK finds them, such as from the role of the machine. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null
}

export interface Listed {
  readonly key: string
  /** Epoch ms by the store's clock, whole seconds. */
  readonly modified: number
}

export interface Stored {
  readonly size: number
  /** Epoch ms by the clock of whoever stored it. */
  readonly storedAt: number
}

/** What an answer of the store is to be called when a browser asks for it. */
export interface AnswerHeaders {
  readonly mediaType: string
  readonly disposition: string
}

export interface Begun extends Listed {
  readonly abort: () => Promise<void>
}

/** The few calls of S3 that a store of blobs needs; keys without the prefix. */
export interface Bucket {
  check(): Promise<void>
  /** null when there is no such object. */
  head(key: string): Promise<Stored | null>
  put(key: string, bytes: Uint8Array, storedAt: number): Promise<void>
  copy(from: string, to: string, storedAt: number): Promise<void>
  /** The bytes, both ends included; null when there is no such object. */
  get(key: string, range?: string): Promise<Readable | null>
  remove(key: string): Promise<void>
  list(under: string): AsyncIterable<Listed>
  /** Starts an object that is sent in parts; nothing is there before it is completed. */
  begin(key: string, storedAt: number): Promise<Parts>
  /** Objects begun and not completed, and when (epoch ms). */
  begun(): Promise<readonly Begun[]>
  /** An address that gives out the object to whoever knows it, for so many seconds. */
  sign(key: string, seconds: number, headers: AnswerHeaders): Promise<string>
}

/** An object on its way in parts of at least 5 MiB but for the last. */
export interface Parts {
  send(bytes: Uint8Array): Promise<void>
  complete(): Promise<void>
  abort(): Promise<void>
}

const statusIn = (error: unknown): unknown => {
  const metadata =
    typeof error === 'object' && error !== null && '$metadata' in error ? error.$metadata : null
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? metadata.httpStatusCode
    : null
}

const orNull = async <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (statusIn(error) === 404) return null
    throw error
  })

const STORED = 'stored-at'
const metadataOf = (storedAt: number) => ({ [STORED]: String(storedAt) })

const clientFor = ({ endpoint, region, credentials }: BucketPlace): S3Client =>
  new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    // Stores that are not Amazon's often know no other checksums; SHA-256 is checked by the blob's name.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(credentials ? { credentials } : {}),
  })

interface Opened extends BucketPlace {
  readonly client: S3Client
}

const beginIn = async (
  { client, bucket, prefix }: Opened,
  name: string,
  storedAt: number,
): Promise<Parts> => {
  const target = { Bucket: bucket, Key: `${prefix}${name}` }
  const Metadata = metadataOf(storedAt)
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, Metadata }))
  const parts: { readonly ETag: string | undefined; readonly PartNumber: number }[] = []
  return {
    send: async (bytes) => {
      const PartNumber = parts.length + 1
      const part = { ...target, UploadId, PartNumber, Body: bytes }
      const { ETag } = await client.send(new UploadPartCommand(part))
      parts.push({ ETag, PartNumber })
    },
    complete: async () => {
      const MultipartUpload = { Parts: parts }
      const whole = { ...target, UploadId, MultipartUpload }
      await client.send(new CompleteMultipartUploadCommand(whole))
    },
    abort: async () => {
      await orNull(client.send(new AbortMultipartUploadCommand({ ...target, UploadId })))
    },
  }
}

async function* listIn({ client, bucket, prefix }: Opened, under: string): AsyncIterable<Listed> {
  let token: string | undefined
  do {
    const asked = { Bucket: bucket, Prefix: `${prefix}${under}`, ContinuationToken: token }
    const page = await client.send(new ListObjectsV2Command(asked))
    for (const { Key = '', LastModified } of page.Contents ?? [])
      yield { key: Key.slice(prefix.length), modified: LastModified?.getTime() ?? 0 }
    token = page.NextContinuationToken
  } while (token !== undefined)
}

const begunIn = async ({ client, bucket, prefix }: Opened): Promise<readonly Begun[]> => {
  const asked = { Bucket: bucket, Prefix: prefix }
  // Small servers don't list them; they are to be given a lifetime there.
  const listed = client.send(new ListMultipartUploadsCommand(asked))
  const { Uploads = [] } = await listed.catch((error: unknown) => {
    if (statusIn(error) === 501) return { Uploads: [] }
    throw error
  })
  return Uploads.map(({ Key = '', UploadId, Initiated }) => ({
    key: Key.slice(prefix.length),
    modified: Initiated?.getTime() ?? 0,
    abort: async () => {
      const upload = { Bucket: bucket, Key, UploadId }
      await orNull(client.send(new AbortMultipartUploadCommand(upload)))
    },
  }))
}

const getIn = async (
  { client, bucket, prefix }: Opened,
  name: string,
  range?: string,
): Promise<Readable | null> => {
  const asked = { Bucket: bucket, Key: `${prefix}${name}`, ...(range ? { Range: range } : {}) }
  const found = await orNull(client.send(new GetObjectCommand(asked)))
  // In Node the body of an answer is always a stream of Node.
  return found ? (found.Body as Readable) : null
}

/** Speaks to one bucket. */
export const openBucket = (place: BucketPlace): Bucket => {
  const client = clientFor(place)
  const opened = { ...place, client }
  const { bucket, prefix } = place
  const at = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` })
  return {
    check: async () => {
      await client.send(new HeadBucketCommand({ Bucket: bucket }))
    },
    head: async (key) => {
      const found = await orNull(client.send(new HeadObjectCommand(at(key))))
      if (!found) return null
      const storedAt = Number(found.Metadata?.[STORED] ?? found.LastModified?.getTime() ?? 0)
      return { size: found.ContentLength ?? 0, storedAt }
    },
    put: async (key, bytes, storedAt) => {
      const Metadata = metadataOf(storedAt)
      await client.send(new PutObjectCommand({ ...at(key), Body: bytes, Metadata }))
    },
    copy: async (from, to, storedAt) => {
      const CopySource = `${bucket}/${prefix}${from}`
      const changed = { MetadataDirective: 'REPLACE', Metadata: metadataOf(storedAt) } as const
      await client.send(new CopyObjectCommand({ ...at(to), CopySource, ...changed }))
    },
    get: (key, range) => getIn(opened, key, range),
    remove: async (key) => {
      await orNull(client.send(new DeleteObjectCommand(at(key))))
    },
    list: (under) => listIn(opened, under),
    begin: (key, storedAt) => beginIn(opened, key, storedAt),
    begun: () => begunIn(opened),
    sign: (key, expiresIn, { mediaType, disposition }) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          ...at(key),
          ResponseContentType: mediaType,
          ResponseContentDisposition: disposition,
          ResponseCacheControl: 'private, no-store',
        }),
        { expiresIn },
      ),
  }
}
