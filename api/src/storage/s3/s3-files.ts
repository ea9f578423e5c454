import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Blob,
  type ByteRange,
  DamagedBlobError,
  type Files,
  type Pieces,
} from '../../datasets/files.ts'
import { newId } from '../../ids.ts'
import type { Bucket } from './bucket.ts'

export interface S3FilesDeps {
  readonly bucket: Bucket
  /** Milliseconds after which a write that was never finished is taken for abandoned. */
  readonly abandonedAfter?: number
  readonly now?: () => number
}

const MIB = 1024 * 1024
const PART = 8 * MIB
const HOUR = 3_600_000
/** A removal takes a few requests; one that has taken so long was killed. */
const REMOVAL_MS = 60_000
const RETRY_MS = 100
const DIGEST = /^[0-9a-f]{64}$/
const BLOB = /^[0-9a-f]{2}\/[0-9a-f]{62}$/
const INCOMING = 'incoming/'
const LEAVING = 'leaving/'

const keyOf = (sha256: string): string => {
  if (!DIGEST.test(sha256)) throw new DamagedBlobError(sha256)
  return `${sha256.slice(0, 2)}/${sha256.slice(2)}`
}

/** The same bytes in pieces that S3 takes as parts. */
async function* inParts(source: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const piece of source) {
    waiting.push(piece)
    size += piece.length
    if (size < PART) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  yield Buffer.concat(waiting)
}

type Deps = Required<S3FilesDeps>

/** Sends a source to a key, hashing on the way; whoever gives a digest gets nothing else stored there. */
const send = async (
  { bucket, now }: Deps,
  key: string,
  source: AsyncIterable<Uint8Array>,
  wanted: string | null,
): Promise<Blob> => {
  const hash = createHash('sha256')
  const parts = await bucket.begin(key, now())
  let size = 0
  try {
    for await (const part of inParts(source)) {
      hash.update(part)
      size += part.length
      if (part.length > 0) await parts.send(part)
    }
    const sha256 = hash.digest('hex')
    if (wanted !== null && sha256 !== wanted) throw new DamagedBlobError(wanted)
    await parts.complete()
    return { sha256, size }
  } catch (error) {
    // What went wrong first is what matters; parts that stay are swept.
    await parts.abort().catch(() => undefined)
    throw error
  }
}

/**
 * Stores under the final key. A removal that began before may still take the object away: it says so
 * beside it first, so whoever finds no such word afterwards has stored for good, and whoever finds one
 * stores again when it is gone.
 */
const settled = async (
  { bucket, now }: Deps,
  sha256: string,
  place: () => Promise<unknown>,
): Promise<void> => {
  for (;;) {
    await place()
    let leaving = false
    for await (const { key, modified } of bucket.list(`${LEAVING}${sha256}/`)) {
      leaving = true
      if (now() - modified > REMOVAL_MS) await bucket.remove(key)
    }
    if (!leaving) return
    await pause(RETRY_MS)
  }
}

const putSmall = async (deps: Deps, bytes: Buffer): Promise<Blob> => {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await settled(deps, sha256, () => deps.bucket.put(keyOf(sha256), bytes, deps.now()))
  return { sha256, size: bytes.length }
}

/** The first bytes of a source, at least a part of them if there are so many, and the rest. */
const beginningOf = async (source: AsyncIterator<Uint8Array>) => {
  const pieces: Uint8Array[] = []
  for (let size = 0; size < PART; ) {
    const { done, value } = await source.next()
    if (done) return { first: Buffer.concat(pieces), ended: true }
    pieces.push(value)
    size += value.length
  }
  return { first: Buffer.concat(pieces), ended: false }
}

async function* after(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

const writer = (deps: Deps): Pick<Files, 'put' | 'adopt'> => {
  const { bucket, now } = deps

  const put = async (bytes: Readable | Uint8Array): Promise<Blob> => {
    if (!(bytes instanceof Readable)) return putSmall(deps, Buffer.from(bytes))
    const source = bytes[Symbol.asyncIterator]()
    const { first, ended } = await beginningOf(source)
    if (ended) return putSmall(deps, first)
    // The name is known only at the end: in the store the bytes are copied to it.
    const incoming = `${INCOMING}${newId('b')}`
    const blob = await send(deps, incoming, after(first, source), null)
    await settled(deps, blob.sha256, () => bucket.copy(incoming, keyOf(blob.sha256), now()))
    await bucket.remove(incoming)
    return blob
  }

  const adopt = async (path: string, known?: Blob): Promise<Blob> => {
    const bytes = () => createReadStream(path, { highWaterMark: MIB })
    if (!known || known.size < PART) return put(bytes())
    const key = keyOf(known.sha256)
    await settled(deps, known.sha256, () => send(deps, key, bytes(), known.sha256))
    return known
  }

  return { put, adopt }
}

const opened = async (
  { bucket }: Deps,
  sha256: string,
  range?: string,
): Promise<AsyncIterable<Uint8Array>> => {
  const body = await bucket.get(keyOf(sha256), range)
  if (!body) throw new DamagedBlobError(sha256)
  return body
}

async function* bytesOf(deps: Deps, sha256: string, range?: string): AsyncIterable<Uint8Array> {
  yield* await opened(deps, sha256, range)
}

const pieces = async (
  deps: Deps,
  sha256: string,
  { start, end }: Required<ByteRange>,
): Promise<Pieces> => {
  const body = (await opened(deps, sha256, `bytes=${start}-${end}`))[Symbol.asyncIterator]()
  return {
    next: async () => {
      const { done, value } = await body.next()
      return done ? new Uint8Array() : value
    },
    close: async () => {
      await body.return?.()
    },
  }
}

const reader = (deps: Deps): Pick<Files, 'stat' | 'read' | 'pieces' | 'readSmall'> => ({
  stat: async (sha256) => {
    const found = DIGEST.test(sha256) ? await deps.bucket.head(keyOf(sha256)) : null
    return found && { sha256, size: found.size }
  },
  read: (sha256, { start = 0, end } = {}) => {
    const range = start > 0 || end !== undefined ? `bytes=${start}-${end ?? ''}` : undefined
    return Readable.from(bytesOf(deps, sha256, range), { objectMode: false })
  },
  pieces: (sha256, range) => pieces(deps, sha256, range),
  readSmall: async (sha256) => buffer(await opened(deps, sha256)),
})

/** Digests of everything in the bucket, with the store's idea of when it came. */
async function* names({ bucket }: Deps) {
  for await (const { key, modified } of bucket.list(''))
    if (BLOB.test(key)) yield { sha256: key.replace('/', ''), modified }
}

const remover = (deps: Deps): Pick<Files, 'storedBefore' | 'discard' | 'sweep'> => {
  const { bucket, now, abandonedAfter } = deps
  const isOlder = async (sha256: string, instant: number): Promise<boolean> => {
    const found = await bucket.head(keyOf(sha256))
    return found !== null && found.storedAt < instant
  }
  return {
    storedBefore: async function* (instant) {
      // Stores tell whole seconds, by a clock of their own: near the instant the exact time is asked for.
      for await (const { sha256, modified } of names(deps)) {
        const surely = modified < instant - HOUR
        if (surely || (await isOlder(sha256, instant))) yield sha256
      }
    },
    discard: async (sha256, instant) => {
      if (!DIGEST.test(sha256)) return false
      const word = `${LEAVING}${sha256}/${newId('b')}`
      await bucket.put(word, new Uint8Array(), now())
      try {
        const isOld = await isOlder(sha256, instant)
        if (isOld) await bucket.remove(keyOf(sha256))
        return isOld
      } finally {
        await bucket.remove(word)
      }
    },
    sweep: async () => {
      const before = now() - abandonedAfter
      for (const { modified, abort } of await bucket.begun()) if (modified <= before) await abort()
      for (const under of [INCOMING, LEAVING])
        for await (const { key, modified } of bucket.list(under))
          if (modified <= before) await bucket.remove(key)
    },
  }
}

const verifier = (deps: Deps): Pick<Files, 'verify' | 'ensureVerified' | 'verifyAll'> => {
  const verified = new Set<string>()

  const rehash = async (sha256: string): Promise<Blob & { readonly intact: boolean }> => {
    verified.delete(sha256)
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of await opened(deps, sha256)) {
      hash.update(chunk)
      size += chunk.length
    }
    const intact = hash.digest('hex') === sha256
    if (intact) verified.add(sha256)
    return { sha256, size, intact }
  }

  const verify = async (sha256: string): Promise<boolean> => {
    try {
      return (await rehash(sha256)).intact
    } catch (error) {
      if (error instanceof DamagedBlobError) return false
      throw error
    }
  }

  return {
    verify,
    ensureVerified: async (sha256) => {
      if (!verified.has(sha256) && !(await verify(sha256))) throw new DamagedBlobError(sha256)
    },
    verifyAll: async function* () {
      for await (const { sha256 } of names(deps)) yield rehash(sha256)
    },
  }
}

/** Blobs by content in an S3 store, whatever server speaks it. */
export const openS3Files = (given: S3FilesDeps): Files => {
  const deps = { abandonedAfter: 24 * HOUR, now: Date.now, ...given }
  return { ...reader(deps), ...writer(deps), ...remover(deps), ...verifier(deps) }
}
