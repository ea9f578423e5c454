import { finished, pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { Grants, OpenedDownload, Pass } from '../grants/grants.ts'
import type { ByteSpan } from './byte-span.ts'
import { watched } from './watched-stream.ts'

/** What a client causes that goes away or stops listening. */
const GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'])

/** Whether it was the client that went away. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && GONE.has(String(error.code))

export interface Sending {
  readonly grants: Pick<Grants, 'recheck' | 'completed' | 'cut'>
  readonly report: (error: unknown) => void
  readonly response: Response
  readonly pass: Pass
  readonly span: ByteSpan
}

/** Hands the bytes over; tells why not when they did not all leave. */
const pour = async (
  { grants, report, response, pass, span }: Sending,
  body: OpenedDownload['body'],
): Promise<string | null> => {
  const watch =
    typeof body === 'function'
      ? watched(span.to - span.from + 1, {
          recheck: () => grants.recheck(pass),
          // A plain end would still deliver, for minutes on a slow line, what the system has buffered.
          onRefusal: () => response.socket?.resetAndDestroy(),
        })
      : null
  try {
    if (typeof body !== 'function') await finished(response.end(body))
    else if (watch) await pipeline(body(), watch.through, response)
    return null
  } catch (error) {
    const refused = watch?.refusal()?.code
    if (refused !== undefined) return refused
    if (isGone(error)) return 'CONNECTION'
    report(error)
    return 'FAULT'
  }
}

/** Bytes flow only after the log holds the download; they stop when the grant does. */
export const handOver = async (
  sending: Sending,
  { entry, body }: OpenedDownload,
): Promise<void> => {
  const { grants, report, pass, span } = sending
  const cut = await pour(sending, body)
  const recorded =
    cut === null
      ? grants.completed(pass, entry, span.to - span.from + 1)
      : grants.cut(pass, entry, cut)
  await recorded.catch(report)
}
