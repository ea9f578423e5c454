import type { ServerResponse } from 'node:http'
import type { Grants, OpenedDownload, Pass, Span } from '../grants/grants.ts'
import type { LargeBody } from '../grants/passage.ts'
import { ClosedError, pourPieces } from './pour-pieces.ts'
import { watchOver } from './watch-over.ts'

/** What a client causes that goes away or stops listening. */
const GONE = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ECANCELED',
  'ECONNRESET',
  'EPIPE',
])

/** Whether it was the client that went away. */
export const isGone = (error: unknown): boolean =>
  error instanceof ClosedError ||
  (error instanceof Error && 'code' in error && GONE.has(String(error.code)))

export interface Sending {
  readonly grants: Pick<Grants, 'recheck' | 'completed' | 'cut'>
  readonly report: (error: unknown) => void
  readonly response: ServerResponse
  readonly pass: Pass
}

/** All at once; tells whether it left. */
const pourSmall = (response: ServerResponse, bytes: Buffer): Promise<boolean> =>
  new Promise((resolve) => {
    // It comes after the end as well.
    response.once('close', () => resolve(response.writableFinished))
    response.end(bytes)
    if (response.closed) resolve(false)
  })

const pourLarge = async (
  { grants, response, pass }: Sending,
  { pieces }: LargeBody,
  { from, to }: Span,
): Promise<string | null> => {
  const source = await pieces()
  const watched = watchOver({
    recheck: () => grants.recheck(pass),
    // A plain end would still deliver, for minutes on a slow line, what the system has buffered.
    stop: () => response.socket?.resetAndDestroy(),
  })
  try {
    await pourPieces(response, source, to - from + 1, watched)
    response.end()
    return null
  } catch (error) {
    const reason = watched.reason()
    if (reason === null || reason instanceof Error) throw reason ?? error
    return reason.code
  } finally {
    watched.done()
    await source.close()
  }
}

/** Hands the bytes over; tells why not when they did not all leave. */
const pour = async (sending: Sending, opened: OpenedDownload): Promise<string | null> => {
  const { report, response } = sending
  const { body, span } = opened
  try {
    if (!Buffer.isBuffer(body)) return await pourLarge(sending, body, span)
    return (await pourSmall(response, body)) ? null : 'CONNECTION'
  } catch (error) {
    response.destroy()
    if (isGone(error)) return 'CONNECTION'
    report(error)
    return 'FAULT'
  }
}

/** Bytes flow only after the log holds the download; they stop when the grant does. */
export const handOver = async (sending: Sending, opened: OpenedDownload): Promise<void> => {
  const { grants, report, pass, response } = sending
  const { body, record } = opened
  // It is on record that these bytes have left: nothing is to be written down, and nothing waited for.
  if (record.completed && Buffer.isBuffer(body)) return void response.end(body)
  const cut = await pour(sending, opened)
  const recorded = cut === null ? grants.completed(pass, opened) : grants.cut(pass, opened, cut)
  await recorded.catch(report)
}
