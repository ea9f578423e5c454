import type { ServerResponse } from 'node:http'
import type { Pieces } from '../datasets/files.ts'
import type { Watched } from './watch-over.ts'

const PIECE = 512 * 1024
/** Pieces of memory that wait to be used again; what runs at once beyond it makes its own. */
const MOST_SPARE = 64

const spare: Buffer[] = []

const borrow = (): Buffer => spare.pop() ?? Buffer.allocUnsafeSlow(PIECE)

const give = (response: ServerResponse, piece: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    response.write(piece, (error) => (error ? reject(error) : resolve()))
  })

/** Fails when the connection does: a write to one that is just going may never be heard of again. */
const untilClosed = (response: ServerResponse) => {
  let leave = (): void => undefined
  const closed = new Promise<never>((_, reject) => {
    leave = () => reject(new ClosedError())
  })
  closed.catch(() => undefined)
  response.once('close', leave)
  if (response.closed) leave()
  return { closed, stay: () => response.off('close', leave) }
}

/** The reader went away, or was sent away. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError'
}

/**
 * Sends `length` bytes, of which two pieces lie in memory at most: one is read while the other
 * leaves. Streams of node would make each piece anew, at a third more of processor time. Fails when
 * there are fewer, and with `ClosedError` when the connection goes.
 */
export const pourPieces = async (
  response: ServerResponse,
  source: Pieces,
  length: number,
  watched: Watched,
): Promise<void> => {
  const { closed, stay } = untilClosed(response)
  let sent = 0
  let [ready, leaving] = [borrow(), borrow()]
  let before: Promise<void> = Promise.resolve()
  while (sent < length) {
    const piece = await source.next(ready)
    await before
    if (piece.length === 0) throw new Error(`read ${sent} bytes where ${length} should be`)
    sent += piece.length
    before = Promise.race([give(response, piece), closed])
    // It is awaited before the next piece leaves; until then nobody else hears of its failure.
    before.catch(() => undefined)
    await watched.passed(piece.length)
    ;[ready, leaving] = [leaving, ready]
  }
  await before
  stay()
  // Only now: what is still on its way must not be written over by another download.
  if (spare.length < MOST_SPARE) spare.push(ready, leaving)
}
