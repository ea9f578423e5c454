import { type Request, type RequestHandler, type Response, Router } from 'express'
import { fileUrl } from '../datasets/file-path.ts'
import { isRefusal } from '../errors.ts'
import type { DoorRefusal, FileRequest, Grants, Pass } from '../grants/grants.ts'
import type { Actor } from '../people/people.ts'
import { sendArchive } from './archive.ts'
import type { Authenticate } from './authenticate.ts'
import { sendRefusal } from './refusal-answer.ts'
import { type SendDeps, sendFile } from './send-file.ts'
import { statusRoutes } from './status-routes.ts'

export interface DownloadDeps extends SendDeps {
  readonly grants: Grants
  readonly authenticate: Authenticate
  readonly publicUrl: string
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
  if (!isRefusal(result)) return sendFile(deps, { request, response, pass: result, base: [] })
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
