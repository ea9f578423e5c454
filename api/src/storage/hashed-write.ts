import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Blob } from '../datasets/files.ts'

const MIB = 1024 * 1024

/** Waits until a file, or the names in a folder, are on the disk. */
export const sync = async (path: string): Promise<void> => {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** SHA-256 and length of a file. */
export const hashFile = async (path: string): Promise<Blob> => {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: MIB })) {
    hash.update(chunk)
    size += chunk.length
  }
  return { sha256: hash.digest('hex'), size }
}

const writeAll = async (file: FileHandle, buffers: readonly Uint8Array[], position: number) => {
  const wanted = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
  const { bytesWritten } = await file.writev(buffers, position)
  if (bytesWritten < wanted)
    throw Object.assign(new Error('the disk took only a part of it'), { code: 'ENOSPC' })
}

/** A chunk of a socket is 64 KiB at most: with the last one a batch is a MiB at most. */
const BATCH = MIB - 64 * 1024
/** From so many bytes on the disk is asked to keep them, while more comes. */
const POINT = 4 * BATCH
/** With so many that the disk does not have yet, reading waits: what a power cut may cost. */
const WINDOW = 16 * BATCH

/** One work at a time behind the reader's back. The next waits for the last and throws its error. */
const behind = () => {
  let last: Promise<void> = Promise.resolve()
  return {
    start: async (work: () => Promise<void>): Promise<void> => {
      await last
      last = work()
      // Thrown where it is awaited; until then nobody listens.
      last.catch(() => undefined)
    },
    done: (): Promise<void> => last,
  }
}

/** Writes what it is given in batches, each while the next comes in. */
const batchWriter = (file: FileHandle, offset: number) => {
  const writes = behind()
  let position = offset
  let waiting: Uint8Array[] = []
  let size = 0
  const flush = async () => {
    if (size === 0) return
    const [buffers, at] = [waiting, position]
    position += size
    waiting = []
    size = 0
    await writes.start(() => writeAll(file, buffers, at))
  }
  return {
    /** Everything before is written once `done` is. */
    position: () => position,
    done: writes.done,
    take: async (piece: Uint8Array): Promise<void> => {
      waiting.push(piece)
      size += piece.length
      // Collected: half the CPU seconds a gigabyte of writing every piece.
      if (size >= BATCH) await flush()
    },
    flush,
  }
}

type Told = (position: number) => Promise<void>

/** Sees to it that the disk keeps what `writer` has written, again and again. */
const keeper = (file: FileHandle, writer: ReturnType<typeof batchWriter>, told: Told) => {
  const points = behind()
  let asked = writer.position()
  let kept = asked
  const keep = async (upTo: number, written: Promise<void>) => {
    await written
    await file.datasync()
    await told(upTo)
    kept = upTo
  }
  return {
    done: points.done,
    look: async (): Promise<void> => {
      const position = writer.position()
      const isBusy = kept < asked
      if (position - asked < POINT || (isBusy && position - kept < WINDOW)) return
      asked = position
      await points.start(() => keep(position, writer.done()))
    },
  }
}

export interface Filling {
  /** Follows the bytes; null when nobody needs their digest. */
  readonly hash: Hash | null
  /** Hears now and then that everything before `position` is on the disk; at most 16 MiB are not. */
  readonly onDurable?: Told
}

/** Fills a file from `offset` on, hashing on the way; gives back how many bytes there were. */
export const fill = async (
  file: FileHandle,
  offset: number,
  pieces: AsyncIterable<Uint8Array>,
  { hash, onDurable }: Filling,
): Promise<number> => {
  const writer = batchWriter(file, offset)
  const points = onDurable && keeper(file, writer, onDurable)
  try {
    for await (const piece of pieces) {
      hash?.update(piece)
      await writer.take(piece)
      await points?.look()
    }
    await writer.flush()
  } finally {
    // The file is closed next; nothing may still be on its way into it.
    await Promise.allSettled([writer.done(), points?.done()])
  }
  await writer.done()
  await points?.done()
  return writer.position() - offset
}

/** Writes bytes to a new file, hashing on the way, and waits for the disk. */
export const writeHashed = async (
  source: AsyncIterable<Uint8Array>,
  path: string,
): Promise<Blob> => {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  try {
    const size = await fill(file, 0, source, { hash })
    await file.sync()
    return { sha256: hash.digest('hex'), size }
  } finally {
    await file.close()
  }
}

/** Whether a failed call of the system gave one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  codes.includes(String(error.code))
