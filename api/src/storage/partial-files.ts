import { createHash, type Hash } from 'node:crypto'
import { mkdir, open, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Appended, PartialFiles } from '../datasets/uploads.ts'
import { fill, hashFile } from './hashed-write.ts'

interface Running {
  readonly hash: Hash
  readonly offset: number
}

/** Hands over at most `limit` bytes of a source; a source that breaks off just ends. */
async function* upTo(source: Readable, limit: number, onOver: () => void) {
  let left = limit
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      const bytes: Buffer = chunk
      yield bytes.subarray(0, left)
      if (bytes.length > left) return onOver()
      left -= bytes.length
    }
  } catch (error) {
    if (!source.destroyed && !source.readableAborted) throw error
  }
}

/** A folder of unfinished uploads. Locks are the caller's: one writer an upload. */
export const openPartialFiles = async ({
  dir,
}: {
  readonly dir: string
}): Promise<PartialFiles> => {
  await mkdir(dir, { recursive: true })
  // Node cannot save the state of a hash, so after a restart the file is read once more.
  const running = new Map<string, Running>()
  const pathOf = (id: string): string => {
    if (!/^u_[0-9a-z]+$/.test(id)) throw new Error(`${id} is no upload id`)
    return join(dir, id)
  }

  const append = async (id: string, offset: number, source: Readable, limit: number) => {
    const known = running.get(id)
    running.delete(id)
    const hash = known?.offset === offset ? known.hash : null
    const file = await open(pathOf(id), 'r+')
    let over = false
    try {
      // What came after the last acknowledged byte is sent again.
      await file.truncate(offset)
      const scratch = hash ?? createHash('sha256')
      const pieces = upTo(source, limit, () => {
        over = true
      })
      const bytes = await fill(file, offset, pieces, scratch)
      await file.datasync()
      if (hash || offset === 0) running.set(id, { hash: scratch, offset: offset + bytes })
      return { bytes, over } satisfies Appended
    } finally {
      await file.close()
    }
  }

  return {
    create: async (id) => (await open(pathOf(id), 'wx', 0o600)).close(),
    append,
    digest: async (id) => {
      const known = running.get(id)
      return known
        ? { sha256: known.hash.copy().digest('hex'), size: known.offset }
        : hashFile(pathOf(id))
    },
    path: pathOf,
    remove: async (id) => {
      running.delete(id)
      await rm(pathOf(id), { force: true })
    },
    ids: async () => (await readdir(dir)).filter((name) => /^u_[0-9a-z]+$/.test(name)),
    free: async () => {
      const { bavail, bsize } = await statfs(dir)
      return bavail * bsize
    },
  }
}
