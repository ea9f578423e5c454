import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../api/src/config.ts'
import { DamagedBlobError } from '../../../api/src/datasets/files.ts'
import { newId } from '../../../api/src/ids.ts'
import { type Bucket, openBucket } from '../../../api/src/storage/s3/bucket.ts'
import { openS3Files } from '../../../api/src/storage/s3/s3-files.ts'
import { blobStoreContract, sha256Of } from '../../support/blob-store-contract.ts'
import { type S3Server, startS3 } from '../../support/s3-server.ts'

let server: S3Server
let sent: string
beforeAll(async () => {
  server = await startS3()
  sent = await mkdtemp(join(tmpdir(), 'sent-'))
})
afterAll(async () => {
  await server.close()
  await rm(sent, { recursive: true, force: true })
})

/** A folder of the bucket that nobody else uses. */
const place = (): Bucket => {
  const { s3 } = readConfig({ S3_URL: `${server.url}/${newId('t')}` })
  if (!s3) throw new Error('there is no place')
  return openBucket(s3)
}

const keyOf = (sha256: string) => `${sha256.slice(0, 2)}/${sha256.slice(2)}`
const fileWith = async (bytes: Uint8Array): Promise<string> => {
  const path = join(sent, newId('f'))
  await writeFile(path, bytes)
  return path
}
const count = async (source: AsyncIterable<unknown>): Promise<number> => {
  let found = 0
  for await (const _ of source) found += 1
  return found
}

blobStoreContract('S3', async () => {
  const bucket = place()
  const open = () => openS3Files({ bucket, abandonedAfter: 0 })
  return {
    files: open(),
    reopen: async () => open(),
    damage: (sha256, bytes) => bucket.put(keyOf(sha256), bytes, Date.now()),
    lose: (sha256) => bucket.remove(keyOf(sha256)),
    fileWith,
    leftovers: async () => (await count(bucket.list('incoming/'))) + (await bucket.begun()).length,
    interrupt: () => bucket.put('incoming/b_halfway', Buffer.from('ab'), Date.now()),
    interruptRemoval: (sha256) =>
      bucket.put(`leaving/${sha256}/b_halfway`, new Uint8Array(), Date.now()),
  }
})

describe('a blob store in S3', () => {
  // More than two parts.
  const LARGE = Buffer.alloc(20_000_003, 'he kupu nui ')

  it('takes a large stream in parts, and a large file whose digest is known', async () => {
    const files = openS3Files({ bucket: place() })
    const pieces = Array.from({ length: 20 }, (_, n) =>
      LARGE.subarray(n * 1_000_001, (n + 1) * 1_000_001),
    )
    const blob = await files.put(Readable.from(pieces))
    expect(blob).toEqual({ sha256: sha256Of(LARGE), size: LARGE.length })
    expect((await buffer(files.read(blob.sha256))).equals(LARGE)).toBe(true)
    const other = openS3Files({ bucket: place() })
    expect(await other.adopt(await fileWith(LARGE), blob)).toEqual(blob)
    expect(await other.verify(blob.sha256)).toBe(true)
  })

  it('stores nothing under a digest that the file does not have', async () => {
    const files = openS3Files({ bucket: place() })
    const claimed = { sha256: sha256Of('something else'), size: LARGE.length }
    await expect(files.adopt(await fileWith(LARGE), claimed)).rejects.toBeInstanceOf(
      DamagedBlobError,
    )
    expect(await files.stat(claimed.sha256)).toBeNull()
  })

  it('stores again what a removal that was under way takes from under it', async () => {
    const bucket = place()
    const files = openS3Files({ bucket })
    const bytes = Buffer.from('he kupu')
    const sha256 = sha256Of(bytes)
    const word = `leaving/${sha256}/b_other`
    await bucket.put(word, new Uint8Array(), Date.now())
    const storing = files.put(bytes)
    while ((await bucket.head(keyOf(sha256))) === null)
      await new Promise((resolve) => setTimeout(resolve, 5))
    // The other process had looked before; now it removes.
    await bucket.remove(keyOf(sha256))
    await bucket.remove(word)
    await storing
    expect(await files.verify(sha256)).toBe(true)
  })

  it('keeps what others are still writing when it starts', async () => {
    const bucket = place()
    await bucket.put('incoming/b_theirs', Buffer.from('ab'), Date.now())
    await openS3Files({ bucket }).sweep()
    expect(await count(bucket.list('incoming/'))).toBe(1)
  })
})

describe('the settings of a bucket', () => {
  it('name it, its folder and its key in one address', () => {
    const { s3 } = readConfig({ S3_URL: 'https://me:p%2Fw@s3.example/b/a%20b/c?region=eu-west-3' })
    expect(s3).toEqual({
      endpoint: 'https://s3.example',
      region: 'eu-west-3',
      bucket: 'b',
      prefix: 'a b/c/',
      credentials: { accessKeyId: 'me', secretAccessKey: 'p/w' },
    })
    expect(readConfig({}).s3).toBeNull()
    expect(readConfig({ S3_URL: 'https://s3.example/b' }).s3?.credentials).toBeNull()
  })

  it.each([
    [{ S3_URL: 'https://s3.example' }, /S3_URL/],
    [{ S3_PRESIGN: '1' }, /S3_PRESIGN/],
    [{ S3_URL: 'https://s3.example/b', ACCEL_PREFIX: '/blobs' }, /ACCEL_PREFIX/],
    [{ S3_URL: 'https://s3.example/b', UPLOAD_MAX_BYTES: '6000000000' }, /UPLOAD_MAX_BYTES/],
  ])('that cannot be used are named: %j', (env, message) => {
    expect(() => readConfig(env)).toThrow(message)
  })
})
