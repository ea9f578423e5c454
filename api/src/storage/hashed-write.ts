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
  if (bytesWritten < wanted) throw new Error('the disk took only a part of what was to be written')
}

/** Fills a file from `offset` on, hashing on the way; gives back how many bytes there were. */
export const fill = async (
  file: FileHandle,
  offset: number,
  pieces: AsyncIterable<Uint8Array>,
  hash: Hash,
): Promise<number> => {
  let position = offset
  let waiting: Uint8Array[] = []
  let size = 0
  const flush = async () => {
    if (size > 0) await writeAll(file, waiting, position)
    position += size
    waiting = []
    size = 0
  }
  for await (const piece of pieces) {
    hash.update(piece)
    waiting.push(piece)
    size += piece.length
    // Collected to 1 MiB: half the CPU seconds a gigabyte of writing every piece.
    if (size >= MIB) await flush()
  }
  await flush()
  return position - offset
}

/** Writes bytes to a new file, hashing on the way, and waits for the disk. */
export const writeHashed = async (
  source: AsyncIterable<Uint8Array>,
  path: string,
): Promise<Blob> => {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  try {
    const size = await fill(file, 0, source, hash)
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
