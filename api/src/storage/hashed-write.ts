import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
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

/** Writes a stream to a new file, hashing on the way, and waits for the disk. */
export const writeHashed = async (source: Readable, path: string): Promise<Blob> => {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  const hashed = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
  }
  try {
    // Collected to 1 MiB: half the CPU seconds a gigabyte of the default.
    await pipeline(source, hashed, file.createWriteStream({ highWaterMark: MIB, autoClose: false }))
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), size }
}

/** Whether a failed call of the system gave one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  codes.includes(String(error.code))
