import { buffer } from 'node:stream/consumers'
import type { FileChange } from '../datasets/compare-versions.ts'
import type { Files } from '../datasets/files.ts'
import { keepLast } from '../keep-last.ts'

/** How many rows came and how many went; where a row stands does not matter. */
export interface RowChange {
  readonly added: number
  readonly removed: number
}

const rowsIn = (bytes: Buffer): readonly string[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .map((row) => row.replace(/\r$/, ''))
    .filter((row) => row !== '')

/** Rows of one text that the other has not, each as often as it is missing. */
export const compareRows = (before: Buffer, after: Buffer): RowChange => {
  const left = new Map<string, number>()
  for (const row of rowsIn(before)) left.set(row, (left.get(row) ?? 0) + 1)
  let added = 0
  for (const row of rowsIn(after)) {
    const count = left.get(row) ?? 0
    if (count === 0) added += 1
    else left.set(row, count - 1)
  }
  return { added, removed: [...left.values()].reduce((sum, count) => sum + count, 0) }
}

type Sides = Pick<FileChange, 'from' | 'to'>

const MOST = 2000

/** Counts them once for each pair of files; null where the bytes are no longer there. */
export const createRowCounter = (
  files: Pick<Files, 'read' | 'stat'>,
): ((change: Sides) => Promise<RowChange | null>) => {
  const bytesOf = async (side: Sides['from']): Promise<Buffer | null> => {
    if (side === null) return Buffer.alloc(0)
    return (await files.stat(side.sha256)) && buffer(files.read(side.sha256))
  }
  const count = async ({ from, to }: Sides): Promise<RowChange | null> => {
    const [before, after] = await Promise.all([bytesOf(from), bytesOf(to)])
    return before && after && compareRows(before, after)
  }
  const keyOf = ({ from, to }: Sides): string => `${from?.sha256} ${to?.sha256}`
  return keepLast(MOST, keyOf, count)
}
