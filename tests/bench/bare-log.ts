import { hash } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const HASH = 32
const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

const leafHash = (entry: Buffer): Buffer => hash('sha256', Buffer.concat([LEAF, entry]), 'buffer')
const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  hash('sha256', Buffer.concat([NODE, left, right]), 'buffer')

/** A log with nothing but `node:crypto` and `node:fs`: what the registry's work costs at least. */
export interface BareLog {
  /** Hashes so many entries, writes them and their hashes, and waits for the disk once. */
  readonly append: (entries: number) => void
  /** Reads an entry and its audit path, and hashes its way up to the root. */
  readonly prove: (index: number) => Buffer
  /** Hashes every entry again. */
  readonly verify: () => void
  readonly size: () => number
  readonly close: () => Promise<void>
}

/** One file a level of the tree, so that a sibling is one read. */
export const openBareLog = async (body: string): Promise<BareLog> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-bare-'))
  const entry = (index: number): Buffer => Buffer.from(JSON.stringify({ index, body }).padEnd(900))
  const width = entry(0).length
  const entries = openSync(join(folder, 'entries'), 'w+')
  const levels: { readonly file: number; last: Buffer; count: number }[] = []
  let size = 0

  const push = (level: number, digest: Buffer): void => {
    const known = levels[level] ?? {
      file: openSync(join(folder, `level-${level}`), 'w+'),
      last: digest,
      count: 0,
    }
    levels[level] = known
    writeSync(known.file, digest, 0, HASH, known.count * HASH)
    known.count += 1
    if (known.count % 2 === 0) push(level + 1, nodeHash(known.last, digest))
    known.last = digest
  }
  const read = (file: number, place: number, length: number): Buffer => {
    const bytes = Buffer.allocUnsafe(length)
    readSync(file, bytes, 0, length, place)
    return bytes
  }
  return {
    size: () => size,
    append: (more) => {
      for (let n = 0; n < more; n += 1, size += 1) {
        const bytes = entry(size)
        writeSync(entries, bytes, 0, width, size * width)
        push(0, leafHash(bytes))
      }
      fdatasyncSync(entries)
      for (const { file } of levels) fdatasyncSync(file)
    },
    prove: (index) => {
      let digest = leafHash(read(entries, index * width, width))
      for (const [level, { file, count }] of levels.entries()) {
        const place = Math.floor(index / 2 ** level)
        const other = place ^ 1
        if (other >= count) continue
        const sibling = read(file, other * HASH, HASH)
        digest = place % 2 === 0 ? nodeHash(digest, sibling) : nodeHash(sibling, digest)
      }
      return digest
    },
    verify: () => {
      for (let index = 0; index < size; index += 1) leafHash(read(entries, index * width, width))
    },
    close: async () => {
      for (const { file } of levels) closeSync(file)
      closeSync(entries)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
