import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Appended, PartialFiles } from '../datasets/uploads.ts'

const MIB = 1024 * 1024

interface Running {
  readonly hash: Hash
  readonly offset: number
}

const writeAll = async (file: FileHandle, buffers: readonly Uint8Array[], position: number) => {
  const wanted = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
  const { bytesWritten } = await file.writev(buffers, position)
  if (bytesWritten < wanted) throw new Error('the disk took only a part of what was to be written')
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

/** Fills a file from a source in pieces of about 1 MiB; gives back how much it wrote. */
const fill = async (
  file: FileHandle,
  offset: number,
  pieces: AsyncIterable<Buffer>,
  hash: Hash,
) => {
  let position = offset
  let waiting: Buffer[] = []
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
    if (size >= MIB) await flush()
  }
  await flush()
  return position - offset
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

  const readAgain = async (id: string) => {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of createReadStream(pathOf(id), { highWaterMark: MIB })) {
      hash.update(chunk)
      size += chunk.length
    }
    return { sha256: hash.digest('hex'), size }
  }

  return {
    create: async (id) => (await open(pathOf(id), 'wx', 0o600)).close(),
    append,
    digest: async (id) => {
      const known = running.get(id)
      return known ? { sha256: known.hash.copy().digest('hex'), size: known.offset } : readAgain(id)
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
