import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Appended, Arriving, PartialFiles } from '../datasets/uploads.ts'
import { fill, hashFile } from './hashed-write.ts'

interface Running {
  readonly hash: Hash
  readonly offset: number
}

/** Hands over at most `limit` bytes of a source; a source that breaks off just ends. */
async function* upTo({ source, limit }: Arriving, check: Hash | null, onOver: () => void) {
  let left = limit
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      const bytes: Buffer = chunk
      const taken = bytes.subarray(0, left)
      check?.update(taken)
      yield taken
      if (bytes.length > left) return onOver()
      left -= bytes.length
    }
  } catch (error) {
    if (!source.destroyed && !source.readableAborted) throw error
  }
}

/** Writes a piece into its file and waits for the disk; takes it back when its checksum differs. */
const put = async (
  file: FileHandle,
  offset: number,
  piece: Arriving,
  hash: Hash | null,
): Promise<Appended> => {
  const { checksum } = piece
  const check = checksum && createHash(checksum.algorithm)
  let over = false
  // What came after the last acknowledged byte is sent again.
  if ((await file.stat()).size > offset) await file.truncate(offset)
  const pieces = upTo(piece, check, () => {
    over = true
  })
  // Bytes that may turn out to be others than those meant count only all together.
  let kept = offset
  const onDurable = async (reached: number) => {
    kept = reached
    await piece.onDurable(reached)
  }
  const bytes = await fill(file, offset, pieces, {
    hash,
    ...(checksum ? {} : { onDurable }),
  }).catch(async (error: unknown) => {
    // Full as the disk may be, nobody needs what is going to be sent again.
    await file.truncate(kept)
    throw error
  })
  const differs = checksum !== null && check?.digest('base64') !== checksum.digest
  if (differs) await file.truncate(offset)
  else await file.datasync()
  return { bytes: differs ? 0 : bytes, over, differs }
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

  /** The running hash at `offset`; null when the file has to be read for it in the end. */
  const takeHash = (id: string, offset: number): Hash | null => {
    const known = running.get(id)
    running.delete(id)
    if (offset === 0) return createHash('sha256')
    return known?.offset === offset ? known.hash : null
  }

  const append: PartialFiles['append'] = async (id, offset, piece) => {
    const hash = takeHash(id, offset)
    const before = hash?.copy()
    const file = await open(pathOf(id), 'r+')
    try {
      const appended = await put(file, offset, piece, hash)
      const right = appended.differs ? before : hash
      if (right) running.set(id, { hash: right, offset: offset + appended.bytes })
      return appended
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
