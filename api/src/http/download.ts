import { type Request, type RequestHandler, type Response, Router } from 'express'
import { fileUrl } from '../datasets/file-path.ts'
import { DamagedBlobError } from '../datasets/files.ts'
import { isRefusal } from '../errors.ts'
import type { DoorRefusal, FileRequest, Grants, OpenedDownload, Pass } from '../grants/grants.ts'
import type { Actor } from '../people/people.ts'
import { sendArchive } from './archive.ts'
import type { Authenticate } from './authenticate.ts'
import { type ByteSpan, isFresh, spanOf, whole } from './byte-span.ts'
import { announce, describe, disposition, identify } from './file-headers.ts'
import { handOver } from './hand-over.ts'
import { sendRefusal } from './refusal-answer.ts'
import { statusRoutes } from './status-routes.ts'

type SignUrl = (
  sha256: string,
  headers: { readonly mediaType: string; readonly disposition: string },
) => Promise<string>

export interface DownloadDeps {
  readonly grants: Grants
  readonly authenticate: Authenticate
  readonly publicUrl: string
  /** nginx location for the blobs; null: node sends the bytes. */
  readonly accelPrefix: string | null
  /** Signs an address by which the store sends the bytes, for a minute; null: it does not. */
  readonly signUrl: SignUrl | null
  readonly report: (error: unknown) => void
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

/** nginx reads the blob, and whatever range of it, itself; decision and record stay here. */
const leaveToNginx = (response: Response, { file: { sha256 } }: Pass, prefix: string): void => {
  const blob = `${prefix}/${sha256.slice(0, 2)}/${sha256.slice(2)}`
  response.status(200).set('x-accel-redirect', blob).end()
}

/** The store sends the blob, and whatever range of it, to whoever holds the signed address. */
const leaveToStore = async (
  response: Response,
  { file: { sha256, mediaType, path, size } }: Pass,
  signUrl: SignUrl,
): Promise<void> => {
  const location = await signUrl(sha256, { mediaType, disposition: disposition(path) })
  response.removeHeader('etag')
  // What clients of the Hugging Face Hub read of a file that lies elsewhere.
  response.set({ location, 'x-linked-etag': `"${sha256}"`, 'x-linked-size': String(size) })
  response.status(302).end()
}

const open = async (
  { grants, report }: DownloadDeps,
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
const withoutBytes = (request: Request, response: Response, pass: Pass): ByteSpan | null => {
  const { headers, method } = request
  const { size, sha256 } = pass.file
  identify(response, pass)
  if (isFresh(headers, sha256)) {
    response.status(304).end()
    return null
  }
  // RFC 9110 section 14.2: a range means something to GET alone.
  const span = method === 'HEAD' ? whole(size) : spanOf(headers, size, sha256)
  if (span === null) {
    response.status(416).set('content-range', `bytes */${size}`).end()
    return null
  }
  if (method !== 'HEAD' && size > 0) return span
  describe(response, pass)
  announce(response, span, size)
  response.end()
  return null
}

const send = async (deps: DownloadDeps, request: Request, response: Response, pass: Pass) => {
  const asked = withoutBytes(request, response, pass)
  if (asked === null) return
  const { accelPrefix, signUrl } = deps
  const elsewhere = accelPrefix !== null || signUrl !== null
  const span = elsewhere ? whole(pass.file.size) : asked
  const opened = await open(deps, pass, span)
  if (isRefusal(opened)) {
    response.removeHeader('etag')
    return sendRefusal(request, response, opened, '')
  }
  describe(response, pass)
  if (accelPrefix !== null) return leaveToNginx(response, pass, accelPrefix)
  if (signUrl) return leaveToStore(response, pass, signUrl)
  announce(response, span, pass.file.size)
  return handOver({ grants: deps.grants, report: deps.report, response, pass, span }, opened)
}

type Asked = Omit<FileRequest, 'path'>

/** A refusal stands whether or not it can be written down. */
const turnAway = async (
  { grants, publicUrl, report }: DownloadDeps,
  request: Request,
  response: Response,
  { actor, asked, refusal }: { actor: Actor | null; asked: Asked; refusal: DoorRefusal },
): Promise<void> => {
  await grants.recordRefusal(actor, asked, refusal).catch(report)
  const help = `${publicUrl}/datasets/${encodeURIComponent(asked.dataset)}`
  sendRefusal(request, response, refusal, help)
}

const versionOf = ({ params: { id, version } }: Request): Asked => ({
  dataset: String(id),
  version: String(version),
})

const pathOf = ({ params: { path } }: Request): string =>
  Array.isArray(path) ? path.join('/') : String(path ?? '')

/** One file through the one door, whatever address named it. */
export const serveFile = async (
  deps: DownloadDeps,
  request: Request,
  response: Response,
  { actor, asked }: { readonly actor: Actor | null; readonly asked: FileRequest },
): Promise<void> => {
  const result = await deps.grants.pass(actor, asked)
  if (!isRefusal(result)) return send(deps, request, response, result)
  return turnAway(deps, request, response, { actor, asked, refusal: result })
}

const named = (request: Request): FileRequest => ({
  ...versionOf(request),
  path: pathOf(request),
})

/** In whose name a file is asked for: by a ticket in the address, else by session or token. */
const inName = async (
  { authenticate, grants }: DownloadDeps,
  request: Request,
  asked: FileRequest,
): Promise<{ readonly ok: true; readonly actor: Actor | null } | DoorRefusal> => {
  const actor = await authenticate(request)
  const { ticket } = request.query
  if (typeof ticket !== 'string') return { ok: true, actor }
  return grants.tickets.redeem(ticket, asked, { actor, spend: request.method !== 'HEAD' })
}

const file =
  (deps: DownloadDeps): RequestHandler =>
  async (request, response) => {
    const asked = named(request)
    const known = await inName(deps, request, asked)
    if (!known.ok) return turnAway(deps, request, response, { actor: null, asked, refusal: known })
    await serveFile(deps, request, response, { actor: known.actor, asked })
  }

/** `201 { url, expiresAt }`: an address that hands out this file once, without token or session. */
const ticket =
  (deps: DownloadDeps): RequestHandler =>
  async (request, response) => {
    const asked = named(request)
    const actor = await deps.authenticate(request)
    const made = await deps.grants.tickets.issue(actor, asked)
    if (isRefusal(made)) return turnAway(deps, request, response, { actor, asked, refusal: made })
    const url = `${deps.publicUrl}${fileUrl(asked, asked.path)}?ticket=${made.secret}`
    response.status(201).set('cache-control', 'no-store')
    response.json({ url, expiresAt: new Date(made.expiresAt).toISOString() })
  }

const checksums =
  (deps: DownloadDeps): RequestHandler =>
  async (request, response) => {
    const asked = versionOf(request)
    const actor = await deps.authenticate(request)
    const result = await deps.grants.checksums(actor, asked)
    if (isRefusal(result))
      return turnAway(deps, request, response, { actor, asked, refusal: result })
    response.set('cache-control', 'private, no-store').type('text/plain').send(result.text)
  }

const NO_SUCH_FILE = {
  code: 'BAD_INPUT',
  field: 'after',
  message: 'after: name a file of this version; the archive goes on behind it.',
}

/** What comes after a file, for whoever has everything up to it; null when there is no such file. */
const after = (passes: readonly Pass[], path: unknown): readonly Pass[] | null => {
  if (path === undefined) return passes
  const at = passes.findIndex(({ file: { path: one } }) => one === path)
  return at < 0 ? null : passes.slice(at + 1)
}

const archive =
  (deps: DownloadDeps): RequestHandler =>
  async (request, response) => {
    const asked = versionOf(request)
    const actor = await deps.authenticate(request)
    const result = await deps.grants.passAll(actor, asked)
    if (isRefusal(result))
      return turnAway(deps, request, response, { actor, asked, refusal: result })
    const passes = after(result.passes, request.query.after)
    if (passes === null) return void response.status(400).json(NO_SUCH_FILE)
    const name = `${asked.dataset}-${asked.version}`
    const at = result.passes[0]?.version.publishedAt ?? 0
    const { withdrawn } = result
    return sendArchive(deps, request, response, { name, passes, withdrawn, at })
  }

/**
 * The one door for bytes: `GET` and `HEAD /datasets/:id/versions/:version/files/*`, and all files of a
 * version at once.
 */
export const downloadRoutes = (deps: DownloadDeps): Router => {
  const router = Router()
  router.get('/datasets/:id/versions/:version/files/*path', file(deps))
  router.get('/datasets/:id/versions/:version/SHA256SUMS', checksums(deps))
  router.get('/datasets/:id/versions/:version/archive.zip', archive(deps))
  router.post('/datasets/:id/versions/:version/tickets/*path', ticket(deps))
  router.use(statusRoutes(deps.grants))
  return router
}
