import { statSync } from 'node:fs'

/** Bytes kept, over all blobs. */
const MOST_BYTES = 32 * 1024 * 1024
/** What has left the disk leaves the memory of every process within it. */
const KEPT_MS = 60_000

/** What changes whenever somebody touches a file. */
interface Mark {
  readonly ino: number
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
}

interface Kept {
  readonly bytes: Buffer
  readonly mark: Mark
}

const markOf = (path: string): Mark | null => statSync(path, { throwIfNoEntry: false }) ?? null

const isSame = (a: Mark, b: Mark): boolean =>
  a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs

/**
 * Reads small files once for as long as nobody touches them: opening, reading and closing one costs
 * more than all the rest of handing it out, and a look at its entry in the folder next to nothing.
 */
export const createSmallBlobs = (read: (path: string) => Promise<Buffer>) => {
  const kept = new Map<string, Kept>()
  let total = 0

  const drop = (path: string, one: Kept | undefined): void => {
    if (!one || kept.get(path) !== one) return
    kept.delete(path)
    total -= one.bytes.length
  }

  const keep = (path: string, one: Kept): void => {
    drop(path, kept.get(path))
    kept.set(path, one)
    total += one.bytes.length
    for (const [oldest, old] of kept) {
      if (total <= MOST_BYTES) break
      drop(oldest, old)
    }
    setTimeout(() => drop(path, one), KEPT_MS).unref()
  }

  return async (path: string): Promise<Buffer> => {
    const mark = markOf(path)
    const known = kept.get(path)
    if (known && mark && isSame(mark, known.mark)) return known.bytes
    drop(path, known)
    const bytes = await read(path)
    if (mark) keep(path, { bytes, mark })
    return bytes
  }
}
