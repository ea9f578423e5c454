import { pipeline } from 'node:stream/promises'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { isRefusal } from '../errors.ts'
import type { DoorRefusal, FileRequest, Grants, Pass } from '../grants/grants.ts'
import type { Authenticate } from './authenticate.ts'
import { type ByteSpan, isFresh, spanOf } from './byte-span.ts'
import { watched } from './watched-stream.ts'

export interface DownloadDeps {
  readonly grants: Grants
  readonly authenticate: Authenticate
  readonly publicUrl: string
  /** nginx location for the blobs; null: node sends the bytes. */
  readonly accelPrefix: string | null
  readonly report: (error: unknown) => void
}

/** Header values are latin1 on the wire: UTF-8 bytes go out one character each. */
const headerText = (text: string): string =>
  Buffer.from(text.replaceAll(/[\r\n]+/g, ' '), 'utf8').toString('latin1')

const X_CODE: Readonly<Record<number, string>> = {
  401: 'GatedRepo',
  403: 'GatedRepo',
  404: 'RepoNotFound',
}

/** Tells a refusal to people and programs: status, code, clauses and where to go. */
export const sendRefusal = (
  request: Request,
  response: Response,
  { status, code, message, reasons }: DoorRefusal,
  help: string,
): void => {
  response.status(status).set('cache-control', 'no-store')
  response.set('x-error-code', X_CODE[status] ?? code).set('x-error-message', headerText(message))
  if (status === 401)
    response.set('www-authenticate', 'Basic realm="personal token", charset="UTF-8"')
  if (request.method === 'HEAD') response.end()
  else response.json({ code, message, reasons: reasons ?? [], ...(status === 403 ? { help } : {}) })
}

/** RFC 6266 with both forms, so that every client keeps the name. */
const disposition = (path: string): string => {
  const name = path.split('/').at(-1) ?? 'file'
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
}

const describe = (response: Response, { file }: Pass): void => {
  response.set({
    etag: `"${file.sha256}"`,
    'accept-ranges': 'bytes',
    'content-type': file.mediaType,
    'content-disposition': disposition(file.path),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  })
}

const announce = (response: Response, span: ByteSpan, size: number): void => {
  response.status(span.partial ? 206 : 200)
  response.set('content-length', String(span.to - span.from + 1))
  if (span.partial) response.set('content-range', `bytes ${span.from}-${span.to}/${size}`)
}

const unavailable: DoorRefusal = {
  ok: false,
  status: 503,
  code: 'NOT_RECORDED',
  message: 'This download could not be recorded, so it did not happen. Try again in a minute.',
}

/** Bytes flow only after the log holds the download; they stop when the grant does. */
const stream = async (
  deps: DownloadDeps,
  response: Response,
  pass: Pass,
  span: ByteSpan,
  opened: Awaited<ReturnType<Grants['open']>>,
): Promise<void> => {
  const { grants } = deps
  const watch = watched(() => grants.recheck(pass))
  try {
    await pipeline(opened.body, watch.through, response)
    await grants.completed(pass, opened.entry, span.to - span.from + 1)
  } catch (error) {
    const reason = watch.refusal()?.code ?? 'CONNECTION'
    await grants.cut(pass, opened.entry, reason).catch(deps.report)
    if (!watch.refusal() && !response.destroyed) deps.report(error)
  }
}

const send = async (deps: DownloadDeps, request: Request, response: Response, pass: Pass) => {
  const { file } = pass
  if (isFresh(request.headers, file.sha256)) return void response.status(304).end()
  const span = spanOf(request.headers, file.size, file.sha256)
  if (span === null) {
    response.status(416).set('content-range', `bytes */${file.size}`).end()
    return
  }
  const head = request.method === 'HEAD'
  const opened =
    head || file.size === 0
      ? null
      : await deps.grants.open(pass, span.from, span.to).catch((error: unknown) => {
          deps.report(error)
          return unavailable
        })
  if (opened && isRefusal(opened)) return sendRefusal(request, response, unavailable, '')
  describe(response, pass)
  announce(response, span, file.size)
  if (!opened || isRefusal(opened)) return void response.end()
  if (deps.accelPrefix === null) return stream(deps, response, pass, span, opened)
  opened.body.destroy()
  // nginx reads the range itself; the decision and its record stay here.
  response.removeHeader('content-length')
  response
    .status(200)
    .set('x-accel-redirect', `${deps.accelPrefix}/${file.sha256.slice(0, 2)}/${file.sha256}`)
    .end()
}

const asked = (request: Request): FileRequest => {
  const { id, version, path } = request.params
  return {
    dataset: String(id),
    version: String(version),
    path: Array.isArray(path) ? path.join('/') : String(path ?? ''),
  }
}

const handler =
  (deps: DownloadDeps): RequestHandler =>
  async (request, response) => {
    const file = asked(request)
    const actor = await deps.authenticate(request)
    const pass = await deps.grants.pass(actor, file)
    if (!isRefusal(pass)) return send(deps, request, response, pass)
    await deps.grants.recordRefusal(actor, file, pass)
    const help = `${deps.publicUrl}/datasets/${encodeURIComponent(file.dataset)}`
    return sendRefusal(request, response, pass, help)
  }

/** The one door for bytes: `GET` and `HEAD /datasets/:id/versions/:version/files/*`. */
export const downloadRoutes = (deps: DownloadDeps): Router => {
  const router = Router()
  router.get('/datasets/:id/versions/:version/files/*path', handler(deps))
  return router
}
