import { createReadStream, readFile } from 'node:fs'
import { chmod, link, mkdir, opendir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { type Blob, DamagedBlobError, type Files } from '../datasets/files.ts'
import { newId } from '../ids.ts'
import { hasCode, hashFile, sync, writeHashed } from './hashed-write.ts'

// Measured best on the way out: below it a stream costs more than the bytes.
const READ_CHUNK = 256 * 1024
const DIGEST = /^[0-9a-f]{64}$/

// At half the price of the one with a file handle (node:fs/promises).
const readWhole = promisify(readFile)

/** Where blobs lie: `ab/cdef…`, and in `incoming` what is still being written. */
const layout = (dir: string) => {
  const folder = (sha256: string): string => join(dir, sha256.slice(0, 2))
  return {
    incoming: join(dir, 'incoming'),
    folder,
    blob: (sha256: string): string => {
      if (!DIGEST.test(sha256)) throw new DamagedBlobError(sha256)
      return join(folder(sha256), sha256.slice(2))
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

const reader = (dir: string): Pick<Files, 'stat' | 'read' | 'readSmall'> => {
  const at = layout(dir)
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
    readSmall: async (sha256) => {
      try {
        return await readWhole(at.blob(sha256))
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
  await mkdir(layout(dir).incoming, { recursive: true })
  return { ...reader(dir), ...writer(dir), ...verifier(dir) }
}
