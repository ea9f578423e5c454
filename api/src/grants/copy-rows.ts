import { createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { isWithheld, LEAST_ROWS, type RowFormat } from '../../../policies/index.ts'
import type { Blob, Files } from '../datasets/files.ts'
import { rowsOf, type Tally, tallyRows } from './rows.ts'

type Reading = Pick<Files, 'read' | 'ensureVerified'>

/** The key by which the rows of one mark are chosen; whoever has it knows them. */
export const markKey = (secret: Uint8Array, mark: string): Buffer =>
  createHmac('sha256', secret).update(mark).digest()

/** Whether a copy under this key lacks a row; the choice is by what the row says, not where it stands. */
export const lacks = (key: Buffer, digest: Buffer): boolean =>
  isWithheld(createHmac('sha256', key).update(digest).digest())

/** Which rows of a file can be missed: those that stand in it once. Null where they are too few. */
export const tallied = async (
  files: Reading,
  { sha256, size }: Blob,
  format: RowFormat,
): Promise<Tally | null> => {
  // A row has one byte and a line break at least.
  if (size < 2 * LEAST_ROWS) return null
  await files.ensureVerified(sha256)
  const tally = tallyRows(size)
  for await (const rows of rowsOf(files.read(sha256), format))
    for (const { digest } of rows) if (digest) tally.add(digest)
  return tally.once() < LEAST_ROWS ? null : tally
}

async function* kept(
  files: Reading,
  sha256: string,
  format: RowFormat,
  isKept: (digest: Buffer) => boolean,
): AsyncGenerator<Buffer> {
  for await (const rows of rowsOf(files.read(sha256), format)) {
    const left = rows.filter(({ digest }) => digest === null || isKept(digest))
    yield Buffer.concat(left.map(({ bytes }) => bytes))
  }
}

/** Stores a copy without the rows of this key; the file itself where it has too few rows. */
export const copyRows = async (
  files: Reading & Pick<Files, 'put'>,
  blob: Blob,
  format: RowFormat,
  key: Buffer,
): Promise<Blob> => {
  const tally = await tallied(files, blob, format)
  if (tally === null) return blob
  const isKept = (digest: Buffer): boolean => !(tally.isOnce(digest) && lacks(key, digest))
  const rows = kept(files, blob.sha256, format, isKept)
  return files.put(Readable.from(rows, { objectMode: false }))
}
