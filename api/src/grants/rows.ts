import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { hasHeader, type RowFormat, rowContent } from '../../../policies/index.ts'

/** A row with its line break, byte for byte. */
export interface Row {
  readonly bytes: Buffer
  /** SHA-256 of what it says; null for a header and for what says nothing. */
  readonly digest: Buffer | null
}

const BREAK = 0x0a
const QUOTE = 0x22
/** What is checked on its way in has no longer row. */
const LONGEST = 16 * 1024 * 1024

const quotesIn = (bytes: Buffer, from: number, to: number): number => {
  let count = 0
  for (let at = bytes.indexOf(QUOTE, from); at >= 0 && at < to; at = bytes.indexOf(QUOTE, at + 1))
    count += 1
  return count
}

/** Cuts behind each line break, in CSV only where no quoted cell is open; the last part is unfinished. */
const cut = (bytes: Buffer, format: RowFormat): { rows: readonly Buffer[]; rest: Buffer } => {
  const rows: Buffer[] = []
  let [start, quotes] = [0, 0]
  for (let from = 0; ; ) {
    const end = bytes.indexOf(BREAK, from) + 1
    if (end === 0) return { rows, rest: bytes.subarray(start) }
    if (format === 'csv') quotes += quotesIn(bytes, from, end)
    if (quotes % 2 === 0) {
      rows.push(bytes.subarray(start, end))
      start = end
    }
    from = end
  }
}

const digestOf = (bytes: Buffer, format: RowFormat): Buffer | null => {
  const content = rowContent(bytes.toString('utf8'), format)
  return content === null ? null : hash('sha256', content, 'buffer')
}

/** The rows of a file in their order, those of each piece of the stream together. */
export async function* rowsOf(
  source: Readable | AsyncIterable<Buffer>,
  format: RowFormat,
): AsyncGenerator<readonly Row[]> {
  let isFirst = hasHeader(format)
  const read = (bytes: Buffer): Row => {
    const digest = isFirst ? null : digestOf(bytes, format)
    isFirst = false
    return { bytes, digest }
  }
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of source) {
    const done = cut(rest.length === 0 ? piece : Buffer.concat([rest, piece]), format)
    rest = done.rest
    if (rest.length > LONGEST) throw new Error('a row is too long to be fingerprinted')
    yield done.rows.map(read)
  }
  if (rest.length > 0) yield [read(rest)]
}

/** Which rows stand in a file once. */
export interface Tally {
  add(digest: Buffer): void
  isOnce(digest: Buffer): boolean
  /** How many do. */
  once(): number
}

const [FEWEST_SLOTS, MOST_SLOTS] = [2 ** 14, 2 ** 26]

/**
 * Counts rows in memory that does not grow with them. Two rows may fall into one slot and then pass
 * for one that stands there twice: it is never withheld, which does no harm.
 */
export const tallyRows = (size: number): Tally => {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, size / 2)))
  const slots = new Uint8Array(Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, wanted)))
  const slotOf = (digest: Buffer): number => digest.readUInt32LE(0) % slots.length
  let once = 0
  return {
    add: (digest) => {
      const slot = slotOf(digest)
      const before = slots[slot] ?? 0
      if (before === 0) once += 1
      if (before === 1) once -= 1
      slots[slot] = Math.min(2, before + 1)
    },
    isOnce: (digest) => slots[slotOf(digest)] === 1,
    once: () => once,
  }
}
