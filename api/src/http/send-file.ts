import type { IncomingMessage, ServerResponse } from 'node:http'
import { DamagedBlobError } from '../datasets/files.ts'
import { isRefusal } from '../errors.ts'
import type { DoorRefusal, Grants, OpenedDownload, Pass } from '../grants/grants.ts'
import { type ByteSpan, isFresh, spanOf, whole } from './byte-span.ts'
import {
  describe,
  disposition,
  extent,
  GUARD,
  type HeaderList,
  identity,
  put,
} from './file-headers.ts'
import { handOver } from './hand-over.ts'
import { sendRefusal } from './refusal-answer.ts'

type SignUrl = (
  sha256: string,
  headers: { readonly mediaType: string; readonly disposition: string },
) => Promise<string>

export interface SendDeps {
  readonly grants: Pick<Grants, 'open' | 'recheck' | 'completed' | 'cut'>
  /** nginx location for the blobs; null: node sends the bytes. */
  readonly accelPrefix: string | null
  /** Signs an address by which the store sends the bytes, for a minute; null: it does not. */
  readonly signUrl: SignUrl | null
  readonly report: (error: unknown) => void
}

/** One answer under way, in terms of node alone: whatever framework stands around it costs more. */
interface Answer {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly pass: Pass
  /** What every answer of this registry says besides, unless it has been set already. */
  readonly base: HeaderList
}

const unavailable: DoorRefusal = {
  ok: false,
  status: 503,
  code: 'NOT_RECORDED',
  message: 'This download could not be recorded, so it did not happen. Try again in a minute.',
}

const damaged: DoorRefusal = {
  ok: false,
  status: 500,
  code: 'DAMAGED',
  message: 'The stored file is damaged and was not sent. The operator has been told.',
}

/**
 * The location that nginx is sent to; null: the bytes come from here. nginx has a tag of its own for
 * each file: a part that is asked for on condition of ours it would not know, and send all of it.
 */
const locationFor = (
  { accelPrefix }: SendDeps,
  { headers }: IncomingMessage,
  { partial }: ByteSpan,
): string | null => (partial && headers['if-range'] !== undefined ? null : accelPrefix)

/** Read at the speed of the client, so that it can still be cut. */
const UNBUFFERED: HeaderList = ['x-accel-buffering', 'no']

/** nginx reads the blob, and whatever range of it, itself; decision and record stay here. */
const leaveToNginx = ({ response, pass: { file }, base }: Answer, prefix: string): void => {
  const blob = `${prefix}/${file.sha256.slice(0, 2)}/${file.sha256.slice(2)}`
  const hint = ['x-accel-redirect', blob, 'content-length', '0']
  response.writeHead(200, [...base, ...describe(file), ...hint]).end()
}

/** The store sends the blob, and whatever range of it, to whoever holds the signed address. */
const leaveToStore = async (
  { response, pass: { file }, base }: Answer,
  signUrl: SignUrl,
): Promise<void> => {
  const { sha256, mediaType, path, size } = file
  const location = await signUrl(sha256, { mediaType, disposition: disposition(path) })
  put(response, [...base, ...describe(file), 'location', location])
  response.removeHeader('etag')
  // What clients of the Hugging Face Hub read of a file that lies elsewhere.
  put(response, ['x-linked-etag', `"${sha256}"`, 'x-linked-size', String(size)])
  response.statusCode = 302
  response.end()
}

const open = async (
  { grants, report }: SendDeps,
  pass: Pass,
  span: ByteSpan,
): Promise<OpenedDownload | DoorRefusal> => {
  try {
    return await grants.open(pass, span)
  } catch (error) {
    report(error)
    return error instanceof DamagedBlobError ? damaged : unavailable
  }
}

/** What a permitted request gets without a byte of the file: headers, "not changed", "no such part". */
const withoutBytes = ({ request, response, pass: { file }, base }: Answer): ByteSpan | null => {
  const { headers, method } = request
  const { size, sha256 } = file
  if (isFresh(headers, sha256)) {
    response.writeHead(304, [...base, ...identity(file)]).end()
    return null
  }
  // RFC 9110 section 14.2: a range means something to GET alone.
  const span = method === 'HEAD' ? whole(size) : spanOf(headers, size, sha256)
  if (span === null) {
    const none = ['content-length', '0', 'content-range', `bytes */${size}`]
    response.writeHead(416, [...base, ...identity(file), ...none]).end()
    return null
  }
  if (method !== 'HEAD' && size > 0) return span
  response.writeHead(200, [...base, ...describe(file), ...extent(span, size)]).end()
  return null
}

/** Answers a request that was let through: recorded first, then the bytes. */
export const sendFile = async (deps: SendDeps, answer: Answer): Promise<void> => {
  const asked = withoutBytes(answer)
  if (asked === null) return
  const { request, response, pass, base } = answer
  const { accelPrefix, signUrl } = deps
  const location = locationFor(deps, request, asked)
  const elsewhere = location !== null || signUrl !== null
  const span = elsewhere ? whole(pass.file.size) : asked
  const opened = await open(deps, pass, span)
  if (isRefusal(opened)) {
    put(response, [...base, ...GUARD])
    return sendRefusal(request, response, opened, '')
  }
  if (location !== null) return leaveToNginx(answer, location)
  if (signUrl) return leaveToStore(answer, signUrl)
  const behind = accelPrefix === null ? [] : UNBUFFERED
  const headers = [...base, ...describe(pass.file), ...extent(span, pass.file.size), ...behind]
  response.writeHead(span.partial ? 206 : 200, headers)
  return handOver({ ...deps, response, pass }, opened)
}
