import { storeError } from './errors.ts'

/** One batch of a result: whole documents as BSON, and the cursor that has the rest (0 when none). */
export interface Batch {
  readonly batch: 'firstBatch' | 'nextBatch'
  readonly documents: readonly Buffer[]
  readonly cursor: number
  readonly namespace: string
}

interface Cursor {
  readonly rows: Iterator<Buffer>
  readonly namespace: string
  readonly usedAt: number
}

export interface Cursors {
  readonly open: (rows: Iterable<Buffer>, namespace: string, size: number) => Batch
  readonly next: (cursor: number, namespace: string, size: number) => Batch
  readonly kill: (cursor: number) => boolean
}

// A reply stays well below the 48 MB message limit: one document may have 16 MB.
const MOST_BYTES = 8 * 1024 * 1024
const IDLE_MS = 10 * 60 * 1000

interface Page {
  readonly documents: readonly Buffer[]
  readonly ended: boolean
}

const readPage = (rows: Iterator<Buffer>, size: number): Page => {
  const documents: Buffer[] = []
  let bytes = 0
  while (documents.length < size && bytes < MOST_BYTES) {
    const { value, done } = rows.next()
    if (done) return { documents, ended: true }
    documents.push(value)
    bytes += value.length
  }
  return { documents, ended: false }
}

export const openCursors = (now: () => number): Cursors => {
  const cursors = new Map<number, Cursor>()
  let last = 0

  const dropIdle = (): void => {
    for (const [id, { usedAt }] of cursors) if (now() - usedAt > IDLE_MS) cursors.delete(id)
  }

  const open = (found: Iterable<Buffer>, namespace: string, size: number): Batch => {
    dropIdle()
    const rows = found[Symbol.iterator]()
    const { documents, ended } = readPage(rows, size)
    if (ended) return { batch: 'firstBatch', documents, cursor: 0, namespace }
    last += 1
    cursors.set(last, { rows, namespace, usedAt: now() })
    return { batch: 'firstBatch', documents, cursor: last, namespace }
  }

  const next = (id: number, namespace: string, size: number): Batch => {
    const cursor = cursors.get(id)
    if (!cursor || cursor.namespace !== namespace)
      throw storeError(43, 'CursorNotFound', `cursor id ${id} not found`)
    const { documents, ended } = readPage(cursor.rows, size)
    if (ended) cursors.delete(id)
    else cursors.set(id, { ...cursor, usedAt: now() })
    return { batch: 'nextBatch', documents, cursor: ended ? 0 : id, namespace }
  }

  return { open, next, kill: (id) => cursors.delete(id) }
}
