import { Server, type ServerOptions } from '@tus/server'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { UploadDesk } from '../datasets/upload-desk.ts'
import type { Upload } from '../datasets/uploads.ts'
import type { Actor } from '../people/people.ts'
import { tusStore } from './tus-store.ts'
import { receivePiece } from './upload-piece.ts'

export interface UploadRouteDeps {
  readonly desk: UploadDesk
  readonly authenticate: (request: Request) => Promise<Actor | null>
  /** Bytes of one file. */
  readonly maxBytes: number
}

/** A status and what there is to say. */
type Words = readonly [number, string]

const VERSION = '1.0.0'
const METHODS = ['OPTIONS', 'POST', 'HEAD', 'PATCH', 'DELETE']
const BODY_TYPE = 'application/offset+octet-stream'
const NUMBER = /^(0|[1-9]\d{0,14})$/

/** Ends a request whose body nobody will read; the connection goes with it. */
const turnAway = (response: Response, status: number, message: string): void => {
  response.set('Connection', 'close').status(status).type('text/plain').send(`${message}\n`)
}

/** What tus 1.0 or this registry wants otherwise than @tus/server answers by itself. */
const problemWith = (request: Request): Words | null => {
  const { method } = request
  if (method === 'OPTIONS') return null
  if (!METHODS.includes(method)) return [405, 'Uploads cannot be read back here.']
  if (request.get('Tus-Resumable') !== VERSION) return [412, `Send Tus-Resumable: ${VERSION}.`]
  const type = request.get('Content-Type')
  if (method === 'POST' && type === BODY_TYPE)
    return [400, 'Announce the file without its bytes, then send them by PATCH.']
  if (method === 'POST' && !NUMBER.test(request.get('Upload-Length') ?? ''))
    return [400, 'Send Upload-Length: the size of the file in bytes.']
  if (method !== 'PATCH') return null
  if (type !== BODY_TYPE) return [415, `Send Content-Type: ${BODY_TYPE}.`]
  return NUMBER.test(request.get('Upload-Offset') ?? '')
    ? null
    : [400, 'Send Upload-Offset: the byte from which this piece goes on.']
}

const checkWire: RequestHandler = (request, response, next) => {
  response.set({ 'Tus-Resumable': VERSION, 'Cache-Control': 'no-store' })
  const problem = problemWith(request)
  if (request.method === 'OPTIONS') response.set('Tus-Checksum-Algorithm', 'sha1,sha256')
  if (problem === null) return next()
  if (problem[0] === 405) response.set('Allow', METHODS.join(', '))
  if (problem[0] === 412) response.set('Tus-Version', VERSION)
  turnAway(response, ...problem)
}

/** The account that may act here; answers by itself when there is none. */
const signedIn = async (
  { authenticate }: UploadRouteDeps,
  request: Request,
  response: Response,
): Promise<string | null> => {
  const actor = await authenticate(request)
  if (actor && (actor.scopes === null || actor.scopes.includes('contribute')))
    return actor.account.id
  if (actor) turnAway(response, 403, 'This token lacks the scope "contribute".')
  else turnAway(response, 401, 'Sign in first; the upload goes on where it stopped.')
  return null
}

/** Throws on what is no refusal, so that faults end where all faults do, without their details. */
const onResponseError: ServerOptions['onResponseError'] = (_request, error) => {
  if (!('status_code' in error)) throw error
  return undefined
}

/** The library counts expiry from the creation, leaves it out on HEAD, and rewrites metadata. */
const showOn =
  (response: Response) =>
  ({ state, expiresAt, metadata }: Upload): void => {
    if (state === 'partial') response.set('Upload-Expires', new Date(expiresAt).toUTCString())
    else response.removeHeader('Upload-Expires')
    if (response.req.method === 'HEAD' && metadata !== '') response.set('Upload-Metadata', metadata)
  }

/** One server a request, because its store holds the uploads of this account alone. */
const serverFor = (
  { desk, maxBytes }: UploadRouteDeps,
  account: string,
  response: Response,
): Server => {
  const metadata = response.req.get('Upload-Metadata') ?? ''
  return new Server({
    path: response.req.baseUrl,
    datastore: tusStore(desk, { account, metadata, show: showOn(response) }),
    relativeLocation: true,
    // For OPTIONS, which alone has no upload; the desk says itself what is too large.
    maxSize: (_request, id) => (id === null ? maxBytes : 0),
    // No other origin: the pages of the registry are the only ones that upload.
    allowedOrigins: [],
    onResponseError,
  })
}

/** Files in by tus 1.0 (creation, expiration, termination) at `/uploads`, each for its owner alone. */
export const uploadRoutes = (deps: UploadRouteDeps): RequestHandler => {
  const uploads = Router()
  uploads.use(checkWire)
  uploads.use(async (request, response) => {
    // OPTIONS asks the store for its extensions and nothing else.
    const account = request.method === 'OPTIONS' ? '' : await signedIn(deps, request, response)
    if (account === null) return
    if (request.method === 'PATCH') await receivePiece(deps.desk, account, request, response)
    else await serverFor(deps, account, response).handle(request, response)
  })
  return Router().use('/uploads', uploads)
}
