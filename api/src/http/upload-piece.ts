import type { Request, Response } from 'express'
import type { UploadDesk } from '../datasets/upload-desk.ts'
import type { Checksum, Upload } from '../datasets/uploads.ts'
import type { Refusal } from '../log/index.ts'
import { statusOf } from './tus-store.ts'

/** So much of a refused body is read away to keep the connection; more is cheaper to cut off. */
const MOST_DRAINED = 4 * 1024 * 1024

const CHECKSUM = /^(sha1|sha256) ([A-Za-z0-9+/]+={0,2})$/

/** What Upload-Checksum says; null when there is none, "bad" when it cannot be looked at. */
const checksumOf = (request: Request): Checksum | null | 'bad' => {
  const given = request.get('Upload-Checksum')
  if (given === undefined) return null
  const [, algorithm, digest] = CHECKSUM.exec(given) ?? []
  if (digest === undefined) return 'bad'
  return { algorithm: algorithm === 'sha1' ? 'sha1' : 'sha256', digest }
}

const announced = (request: Request): number | null => {
  const length = request.get('Content-Length')
  return length === undefined ? null : Number(length)
}

/** Answers a piece that was not taken; whoever still sends it hears why before the line is cut. */
const turnDown = (request: Request, response: Response, status: number, message: string): void => {
  if ((announced(request) ?? Number.POSITIVE_INFINITY) > MOST_DRAINED)
    response.set('Connection', 'close')
  // Node reads the rest away by itself only when nobody has begun to read.
  else request.resume()
  response.status(status).type('text/plain').send(`${message}\n`)
}

const WORDS: Readonly<Record<string, string>> = {
  WRONG_OFFSET: 'Ask by HEAD how many bytes the server holds; go on there.',
}

const refused = (request: Request, response: Response, { code, message }: Refusal): void => {
  if (code === 'NO_SPACE') response.set('Retry-After', '60')
  turnDown(request, response, statusOf(code), WORDS[code] ?? message)
}

const accepted = (response: Response, { state, offset, expiresAt }: Upload): void => {
  if (state === 'partial') response.set('Upload-Expires', new Date(expiresAt).toUTCString())
  response.set('Upload-Offset', String(offset)).status(204).end()
}

/**
 * PATCH of tus 1.0. Not by @tus/server, which sends every byte through four more streams: that
 * alone took as long as hashing it.
 */
export const receivePiece = async (
  desk: UploadDesk,
  account: string,
  request: Request,
  response: Response,
): Promise<void> => {
  const id = request.path.slice(1)
  const checksum = checksumOf(request)
  if (checksum === 'bad')
    return turnDown(request, response, 400, 'Send Upload-Checksum: sha256 or sha1, and base64.')
  const offset = Number(request.get('Upload-Offset'))
  const piece = { offset, length: announced(request), checksum, source: request }
  const result = await desk.receive(account, id, piece)
  if (!result.ok) return refused(request, response, result)
  const { upload, over } = result
  if (upload.state === 'failed') return turnDown(request, response, 460, upload.problem ?? '')
  if (over) {
    const message = 'The body is longer than what is left of the file; send just the rest.'
    return turnDown(request, response, 413, message)
  }
  accepted(response, upload)
}
