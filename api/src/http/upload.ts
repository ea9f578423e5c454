import {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express'
import type { Received, UploadDesk } from '../datasets/upload-desk.ts'
import type { Upload } from '../datasets/uploads.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import { readMetadata, wholeNumber } from './tus-headers.ts'

export interface UploadRouteDeps {
  readonly desk: UploadDesk
  readonly authenticate: (request: Request) => Promise<Actor | null>
  /** Bytes of one file. */
  readonly maxBytes: number
}

const VERSION = '1.0.0'
/** At 64 kbit/s it takes nine minutes; a cut costs at most so much. */
const MAX_PIECE = 4 * 1024 * 1024

const say = (response: Response, status: number, message: string): void => {
  response.status(status).type('text/plain').send(`${message}\n`)
}

const STATUS: Readonly<Record<string, number>> = {
  TOO_LARGE: 413,
  QUOTA: 507,
  NO_SPACE: 507,
  WRONG_OFFSET: 409,
  NOT_FOUND: 404,
  // What the client would send on to can never become a file.
  FAILED: 410,
}

const sayRefusal = (response: Response, { code, message }: Refusal): void =>
  say(response, STATUS[code] ?? 400, message)

/** The rest of a body nobody will read must not keep the connection. */
const hangUp = (response: Response): void => void response.set('Connection', 'close')

const showProgress = (response: Response, upload: Upload): void => {
  response.set('Upload-Offset', String(upload.offset))
  if (upload.state === 'partial')
    response.set('Upload-Expires', new Date(upload.expiresAt).toUTCString())
}

/** tus 1.0, core protocol: every answer names the version, every request must. */
const speakTus =
  (maxBytes: number): RequestHandler =>
  (request, response, next) => {
    response.set({ 'Tus-Resumable': VERSION, 'Cache-Control': 'no-store' })
    if (request.method === 'OPTIONS') {
      response.set('Tus-Version', VERSION)
      response.set('Tus-Extension', 'creation,expiration,termination')
      response.set('Tus-Max-Size', String(maxBytes))
      response.status(204).end()
    } else if (!['POST', 'HEAD', 'PATCH', 'DELETE'].includes(request.method)) {
      response.set('Allow', 'OPTIONS, POST, HEAD, PATCH, DELETE')
      say(response, 405, 'Uploads cannot be read back here.')
    } else if (request.get('Tus-Resumable') !== VERSION) {
      hangUp(response)
      response.set('Tus-Version', VERSION)
      say(response, 412, `Send Tus-Resumable: ${VERSION}.`)
    } else next()
  }

/** The account that may act here; answers by itself when there is none. */
const signedIn = async (
  deps: UploadRouteDeps,
  request: Request,
  response: Response,
): Promise<string | null> => {
  const actor = await deps.authenticate(request)
  if (actor && (actor.scopes === null || actor.scopes.includes('contribute')))
    return actor.account.id
  hangUp(response)
  if (actor) say(response, 403, 'This token lacks the scope "contribute".')
  else say(response, 401, 'Sign in first; the upload goes on where it stopped.')
  return null
}

const create =
  (deps: UploadRouteDeps) =>
  async (request: Request, response: Response): Promise<void> => {
    const account = await signedIn(deps, request, response)
    if (account === null) return
    const size = wholeNumber(request.get('Upload-Length'))
    if (size === null)
      return say(response, 400, 'Send Upload-Length: the size of the file in bytes.')
    const header = request.get('Upload-Metadata')
    const metadata = readMetadata(header)
    if (metadata === null) return say(response, 400, 'Upload-Metadata cannot be read.')
    const expected = metadata.get('sha256')?.toLowerCase() ?? null
    if (expected !== null && !/^[0-9a-f]{64}$/.test(expected))
      return say(response, 400, 'The metadata "sha256" is 64 hexadecimal digits.')
    const result = await deps.desk.announce(account, {
      size,
      filename: metadata.get('filename') ?? '',
      mediaType: metadata.get('filetype') ?? '',
      metadata: header ?? '',
      expected,
    })
    if (!result.ok) return sayRefusal(response, result)
    showProgress(response, result.upload)
    response.set('Location', `${request.baseUrl}/${result.upload.id}`).status(201).end()
  }

const head =
  (deps: UploadRouteDeps) =>
  async (request: Request<{ id: string }>, response: Response): Promise<void> => {
    const account = await signedIn(deps, request, response)
    if (account === null) return
    const upload = await deps.desk.find(account, request.params.id)
    if (!upload) return say(response, 404, 'There is no such upload of yours.')
    if (upload.state === 'failed')
      return say(response, 410, upload.problem ?? 'This upload failed.')
    showProgress(response, upload)
    response.set('Upload-Length', String(upload.size))
    if (upload.metadata !== '') response.set('Upload-Metadata', upload.metadata)
    response.status(200).end()
  }

/** What is wrong with a PATCH before its body is looked at. */
const pieceProblem = (request: Request): readonly [number, string] | null => {
  if (request.get('Content-Type') !== 'application/offset+octet-stream')
    return [415, 'Send Content-Type: application/offset+octet-stream.']
  if (wholeNumber(request.get('Upload-Offset')) === null)
    return [400, 'Send Upload-Offset: the byte from which this piece goes on.']
  if ((wholeNumber(request.get('Content-Length')) ?? 0) > MAX_PIECE)
    return [413, `Send at most ${MAX_PIECE} bytes a request (tus clients call it chunkSize).`]
  return null
}

const answerPiece = (response: Response, result: Received): void => {
  if (!result.ok || result.over) hangUp(response)
  if (!result.ok) sayRefusal(response, result)
  else if (result.upload.state === 'failed') say(response, 460, result.upload.problem ?? '')
  else {
    showProgress(response, result.upload)
    if (result.over) say(response, 413, 'The body goes on beyond the piece or the announced size.')
    else response.status(204).end()
  }
}

const patch =
  (deps: UploadRouteDeps) =>
  async (request: Request<{ id: string }>, response: Response): Promise<void> => {
    const problem = pieceProblem(request)
    if (problem) {
      hangUp(response)
      return say(response, ...problem)
    }
    const account = await signedIn(deps, request, response)
    if (account === null) return
    const offset = wholeNumber(request.get('Upload-Offset')) ?? 0
    const piece = { offset, source: request, limit: MAX_PIECE }
    const result = await deps.desk.receive(account, request.params.id, piece)
    // Whoever broke off hears nothing more; what came counts.
    if (!request.socket.destroyed) answerPiece(response, result)
  }

const remove =
  (deps: UploadRouteDeps) =>
  async (request: Request<{ id: string }>, response: Response): Promise<void> => {
    const account = await signedIn(deps, request, response)
    if (account === null) return
    const removed = await deps.desk.abandon(account, request.params.id)
    if (removed) response.status(204).end()
    else say(response, 404, 'There is no such upload of yours.')
  }

/** Files in by tus 1.0 (creation, expiration, termination) at `/uploads`, each for its owner alone. */
export const uploadRoutes = (deps: UploadRouteDeps): RequestHandler => {
  const uploads = Router()
  uploads.use(speakTus(deps.maxBytes))
  uploads.post('/', create(deps))
  uploads.head('/:id', head(deps))
  uploads.patch('/:id', patch(deps))
  uploads.delete('/:id', remove(deps))
  uploads.use((_request: Request, response: Response, _next: NextFunction) => {
    say(response, 404, 'There is no such upload of yours.')
  })
  return Router().use('/uploads', uploads)
}
