import { close, createReadStream, open, read, readFile } from 'node:fs'
import { chmod, link, mkdir, opendir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import {
  type Blob,
  type ByteRange,
  DamagedBlobError,
  type Files,
  type Pieces,
} from '../datasets/files.ts'
import { newId } from '../ids.ts'
import { hasCode, hashFile, sync, writeHashed } from './hashed-write.ts'
import { createSmallBlobs } from './small-blobs.ts'

// Measured best on the way out: below it a stream costs more than the bytes.
const READ_CHUNK = 256 * 1024
const DIGEST = /^[0-9a-f]{64}$/

// At half the price of the one with a file handle (node:fs/promises).
const readWhole = promisify(readFile)

/**
 * Where blobs lie: `ab/cdef…`, in `incoming` what is still being written, and in `leaving` what is
 * being removed.
 */
const layout = (dir: string) => {
  const folder = (sha256: string): string => join(dir, sha256.slice(0, 2))
  return {
    incoming: join(dir, 'incoming'),
    leaving: (sha256: string): string => join(dir, 'leaving', sha256),
    folder,
    blob: (sha256: string): string => {
      if (!DIGEST.test(sha256)) throw new DamagedBlobError(sha256)
      // On every way to the bytes: `join` would look at each part of the path again.
      return `${dir}/${sha256.slice(0, 2)}/${sha256.slice(2)}`
    },
  }
}

const writer = (dir: string): Pick<Files, 'put' | 'adopt' | 'sweep'> => {
  const at = layout(dir)

  /** Gives a complete, synced file its place; a blob that lies there already is the same. */
  const place = async (temporary: string, blob: Blob): Promise<Blob> => {
    const made = await mkdir(at.folder(blob.sha256), { recursive: true })
    if (made !== undefined) await sync(dir)
    await chmod(temporary, 0o400)
    await rename(temporary, at.blob(blob.sha256))
    await sync(at.folder(blob.sha256))
    return blob
  }

  const throughTemporary = async (write: (temporary: string) => Promise<Blob>): Promise<Blob> => {
    const temporary = join(at.incoming, newId('b'))
    try {
      return await place(temporary, await write(temporary))
    } finally {
      // Renaming one link of a file over another leaves both (POSIX rename).
      await rm(temporary, { force: true })
    }
  }

  const put = (bytes: Readable | Uint8Array): Promise<Blob> => {
    const source = bytes instanceof Readable ? bytes : Readable.from([bytes])
    return throughTemporary((temporary) => writeHashed(source, temporary))
  }

  const adopt = async (path: string, known?: Blob): Promise<Blob> => {
    try {
      return await throughTemporary(async (temporary) => {
        await link(path, temporary)
        await sync(temporary)
        return known ?? hashFile(temporary)
      })
    } catch (error) {
      // Another file system, or one without links: copy.
      if (hasCode(error, 'EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK')) return put(createReadStream(path))
      throw error
    }
  }

  const sweep = async (): Promise<void> => {
    await rm(at.incoming, { recursive: true, force: true })
    await mkdir(at.incoming, { recursive: true })
  }

  return { put, adopt, sweep }
}

const isAbsent = (error: unknown): boolean =>
  hasCode(error, 'ENOENT') || error instanceof DamagedBlobError

// The form with callbacks: each piece costs a promise less.
const readAt = promisify(read)

const piecesOf = async (path: string, { start, end }: Required<ByteRange>): Promise<Pieces> => {
  const fd = await promisify(open)(path, 'r')
  let position = start
  return {
    next: async (memory) => {
      const length = Math.min(memory.length, end + 1 - position)
      if (length <= 0) return memory.subarray(0, 0)
      const { bytesRead } = await readAt(fd, memory, 0, length, position)
      position += bytesRead
      return memory.subarray(0, bytesRead)
    },
    close: () => promisify(close)(fd),
  }
}

const reader = (dir: string): Pick<Files, 'stat' | 'read' | 'pieces' | 'readSmall'> => {
  const at = layout(dir)
  const small = createSmallBlobs(readWhole)
  return {
    stat: async (sha256) => {
      try {
        return { sha256, size: (await stat(at.blob(sha256))).size }
      } catch (error) {
        if (isAbsent(error)) return null
        throw error
      }
    },
    read: (sha256, { start, end } = {}) =>
      createReadStream(at.blob(sha256), { start, end, highWaterMark: READ_CHUNK }),
    pieces: (sha256, range) => piecesOf(at.blob(sha256), range),
    readSmall: async (sha256) => {
      try {
        return await small(at.blob(sha256))
      } catch (error) {
        throw isAbsent(error) ? new DamagedBlobError(sha256) : error
      }
    },
  }
}

/** Digests of everything in the folder, in no order. */
async function* names(dir: string): AsyncIterable<string> {
  for await (const folder of await opendir(dir)) {
    if (!/^[0-9a-f]{2}$/.test(folder.name)) continue
    for await (const file of await opendir(join(dir, folder.name)))
      if (DIGEST.test(folder.name + file.name)) yield folder.name + file.name
  }
}

type Remover = Pick<Files, 'storedBefore' | 'discard'> & { readonly restore: () => Promise<void> }

const remover = (dir: string): Remover => {
  const at = layout(dir)
  // A blob has the time at which its bytes were written, wherever it was moved since.
  const isOlder = async (path: string, instant: number): Promise<boolean> =>
    (await stat(path)).mtimeMs < instant

  const back = async (sha256: string): Promise<void> => {
    await mkdir(at.folder(sha256), { recursive: true })
    await rename(at.leaving(sha256), at.blob(sha256))
    await sync(at.folder(sha256))
  }

  return {
    storedBefore: async function* (instant) {
      for await (const sha256 of names(dir))
        if (await isOlder(at.blob(sha256), instant)) yield sha256
    },
    discard: async (sha256, instant) => {
      try {
        if (!(await isOlder(at.blob(sha256), instant))) return false
        await rename(at.blob(sha256), at.leaving(sha256))
      } catch (error) {
        if (isAbsent(error)) return false
        throw error
      }
      // Out of everybody's reach now: these are the bytes that were judged, or younger ones.
      const isOld = await isOlder(at.leaving(sha256), instant)
      await (isOld ? rm(at.leaving(sha256)) : back(sha256))
      return isOld
    },
    restore: async () => {
      for (const sha256 of await readdir(at.leaving(''))) await back(sha256)
    },
  }
}

const verifier = (dir: string): Pick<Files, 'verify' | 'ensureVerified' | 'verifyAll'> => {
  const at = layout(dir)
  const verified = new Set<string>()

  const rehash = async (sha256: string): Promise<Blob & { readonly intact: boolean }> => {
    verified.delete(sha256)
    const found = await hashFile(at.blob(sha256))
    if (found.sha256 === sha256) verified.add(sha256)
    return { sha256, size: found.size, intact: found.sha256 === sha256 }
  }

  const verify = async (sha256: string): Promise<boolean> => {
    try {
      return (await rehash(sha256)).intact
    } catch (error) {
      if (isAbsent(error)) return false
      throw error
    }
  }

  return {
    verify,
    ensureVerified: async (sha256) => {
      if (!verified.has(sha256) && !(await verify(sha256))) throw new DamagedBlobError(sha256)
    },
    verifyAll: async function* () {
      for await (const sha256 of names(dir)) yield rehash(sha256)
    },
  }
}

/** A folder of blobs by content. */
export const openFiles = async ({ dir }: { readonly dir: string }): Promise<Files> => {
  const at = layout(dir)
  for (const folder of [at.incoming, at.leaving('')]) await mkdir(folder, { recursive: true })
  const { restore, ...removing } = remover(dir)
  const { sweep, ...writing } = writer(dir)
  return {
    ...reader(dir),
    ...writing,
    ...removing,
    ...verifier(dir),
    sweep: async () => {
      await restore()
      await sweep()
    },
  }
}
