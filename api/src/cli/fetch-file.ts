import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, refusalIn } from './client.ts'
import { EXIT, Failure } from './failure.ts'

/** One file to be had. */
export interface Wanted {
  /** Address at the registry. */
  readonly path: string
  readonly sha256: string
  /** Where it goes; what is there of it lies beside it with `.part` in the meantime. */
  readonly target: string
}

export interface Fetched {
  readonly bytes: number
  /** `had`: it was there whole; `resumed`: a part of it was. */
  readonly how: 'had' | 'resumed' | 'fetched'
}

export interface FetchOptions {
  /** Hears of bytes as they arrive: so many of so many, or of null when that is not known. */
  readonly progress?: (bytes: number, of: number | null) => void
  /** Times a cut line is taken up again without a byte of progress. */
  readonly tries?: number
}

/** SHA-256 of a file, read as a stream. */
export const hashOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}

const sizeOf = async (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )

const counted = (from: number, of: number | null, progress: FetchOptions['progress']) => {
  let bytes = from
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      progress?.(bytes, of)
      done(null, chunk)
    },
  })
}

/** Asks for what is missing; `If-Range` makes sure that it is of the same bytes (RFC 9110 13.1.5). */
const take = async (
  client: Client,
  { path, sha256 }: Wanted,
  part: string,
  progress: FetchOptions['progress'],
): Promise<void> => {
  const have = await sizeOf(part)
  const headers = have > 0 ? { range: `bytes=${have}-`, 'if-range': `"${sha256}"` } : undefined
  const response = await client.send(path, headers ? { headers } : {})
  // All of it is there already, or more than that: the digest tells.
  if (response.status === 416) return void (await response.body?.cancel())
  if (!response.ok || !response.body) throw await refusalIn(response)
  const from = response.status === 206 ? have : 0
  const length = response.headers.get('content-length')
  const of = length === null ? null : from + Number(length)
  const sink = createWriteStream(part, { flags: from > 0 ? 'a' : 'w' })
  await pipeline(Readable.fromWeb(response.body), counted(from, of, progress), sink)
}

/** Takes the line up again after a cut, as long as something arrives now and then. */
const takeAll = async (
  client: Client,
  wanted: Wanted,
  part: string,
  { progress, tries = 5 }: FetchOptions,
): Promise<void> => {
  for (let left = tries; ; ) {
    const before = await sizeOf(part)
    try {
      return await take(client, wanted, part, progress)
    } catch (error) {
      if (error instanceof Failure && error.exit !== EXIT.failed) throw error
      left = (await sizeOf(part)) > before ? tries : left - 1
      if (left <= 0) {
        const why = 'The line was cut too often; run the same command again to go on.'
        throw new Failure(EXIT.failed, why, { cause: error })
      }
      await pause(200 * 2 ** (tries - left))
    }
  }
}

/** Gets one file whole or goes on where it stopped, and lets nothing pass that has another digest. */
export const fetchFile = async (
  client: Client,
  wanted: Wanted,
  options: FetchOptions = {},
): Promise<Fetched> => {
  const { target, sha256 } = wanted
  const part = `${target}.part`
  if ((await sizeOf(target)) > 0 && (await hashOf(target)) === sha256)
    return { bytes: await sizeOf(target), how: 'had' }
  await mkdir(dirname(target), { recursive: true })
  const before = await sizeOf(part)
  await takeAll(client, wanted, part, options)
  const found = await hashOf(part)
  if (found !== sha256) {
    await rm(part, { force: true })
    const why = `${target}: the bytes are not those of the version (SHA-256 ${found}); they were thrown away.`
    throw new Failure(EXIT.damaged, why)
  }
  await rename(part, target)
  return { bytes: await sizeOf(target), how: before > 0 ? 'resumed' : 'fetched' }
}
