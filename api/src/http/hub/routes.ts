import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import { isRefusal } from '../../errors.ts'
import { mayRead } from '../../graphql/access.ts'
import type { Refusal } from '../../log/index.ts'
import type { Actor } from '../../people/people.ts'
import { type DownloadDeps, serveFile } from '../download.ts'
import { sendRefusal } from '../refusal-answer.ts'
import { described, entriesAt, treeOf } from './entries.ts'
import { type ListDeps, linkNext, listDatasets } from './list.ts'
import { text } from './query.ts'
import { answer, badToken, noRepo, noRevision } from './refusals.ts'
import { commitOf, findRepo, publishedOf, type Repo } from './repo.ts'

export interface HubDeps extends ListDeps, DownloadDeps {}

type WithRepo = (request: Request, response: Response, repo: Repo, actor: Actor | null) => unknown

/** Whoever asks; undefined when the credentials are not ours, and the answer is already given. */
const whoAsks = async (
  { authenticate }: HubDeps,
  request: Request,
  response: Response,
): Promise<Actor | null | undefined> => {
  const actor = await authenticate(request)
  if (actor || request.headers.authorization === undefined) return actor
  badToken(request, response)
  return undefined
}

type Gate = (actor: Actor | null) => Refusal | null

const reads: Gate = (actor) => mayRead({ actor })
/** The door looks at the scopes itself. */
const atTheDoor: Gate = () => null

/** Finds what the address names before the handler runs. */
const repo =
  (deps: HubDeps, handle: WithRepo, gate: Gate = reads): RequestHandler =>
  async (request, response) => {
    const { namespace, name, revision } = request.params
    const actor = await whoAsks(deps, request, response)
    if (actor === undefined) return
    const refused = gate(actor)
    if (refused) return answer(request, response, { status: 403, message: refused.message })
    const found = await findRepo(deps, actor, {
      namespace: text(namespace),
      name: text(name),
      revision: revision === undefined ? 'main' : text(revision),
    })
    if (found === 'repo') return noRepo(request, response, actor)
    if (found === 'revision') return noRevision(request, response)
    response.set('cache-control', 'private, no-store')
    await handle(request, response, found, actor)
  }

/** With the bytes this actor would get: clients compare what they fetch with what was listed. */
const listedFiles = async (
  { datasets, grants }: HubDeps,
  { dataset, version }: Repo,
  actor: Actor | null,
) =>
  (await grants.ownFiles(actor, { dataset: dataset.id, version: version.version })) ??
  datasets.filesOf(version)

const PAGE = 1000

const info =
  (deps: HubDeps): WithRepo =>
  async (_request, response, found, actor) => {
    const files = await listedFiles(deps, found, actor)
    response.json(described(found, files, deps.publicUrl))
  }

const tree =
  (deps: HubDeps): WithRepo =>
  async (request, response, found, actor) => {
    const { version } = found
    const recursive = ['true', '1'].includes(text(request.query.recursive))
    const files = await listedFiles(deps, found, actor)
    const folder = text(request.params.path)
    const entries = treeOf(version, files, folder, recursive)
    if (entries.length === 0 && folder !== '')
      return answer(request, response, {
        status: 404,
        code: 'EntryNotFound',
        message: 'This version has no such folder.',
      })
    const start = Number.parseInt(text(request.query.cursor), 10) || 0
    if (entries.length > start + PAGE)
      linkNext(request, response, deps.publicUrl, String(start + PAGE))
    return response.json(entries.slice(start, start + PAGE))
  }

const pathsInput = z.object({
  paths: z.union([z.string().transform((path) => [path]), z.array(z.string()).max(PAGE)]),
})

const pathsInfo =
  (deps: HubDeps): WithRepo =>
  async (request, response, found, actor) => {
    const read = pathsInput.safeParse(request.body)
    if (!read.success)
      return answer(request, response, {
        status: 400,
        code: 'BadRequest',
        message: `Send at most ${PAGE} paths, as JSON or as a form, in the field "paths".`,
      })
    const files = await listedFiles(deps, found, actor)
    return response.json(entriesAt(found.version, files, read.data.paths))
  }

/** "May I?", asked of the door itself; nothing is opened, so nothing is recorded. */
const authCheck =
  ({ grants, publicUrl }: HubDeps): WithRepo =>
  async (request, response, { dataset, version }, actor) => {
    const asked = { dataset: dataset.id, version: version.version }
    const result = await grants.checksums(actor, asked)
    if (isRefusal(result))
      return sendRefusal(request, response, result, `${publicUrl}/datasets/${dataset.id}`)
    return response.json({})
  }

const refs =
  ({ datasets }: HubDeps): WithRepo =>
  async (_request, response, { dataset }) => {
    const versions = await publishedOf(datasets, dataset.id)
    const newest = versions.find(({ version }) => version === dataset.newest)
    const pointer = (kind: string, name: string, targetCommit: string) => ({
      name,
      ref: `refs/${kind}/${name}`,
      targetCommit,
    })
    response.json({
      branches: newest ? [pointer('heads', 'main', commitOf(newest))] : [],
      tags: versions.map((one) => pointer('tags', one.version, commitOf(one))),
      converts: [],
    })
  }

const commits =
  ({ datasets }: HubDeps): WithRepo =>
  async (_request, response, { dataset, community }) => {
    const versions = await publishedOf(datasets, dataset.id)
    response.json(
      versions.map((one) => ({
        id: commitOf(one),
        title: `Version ${one.version}`,
        message: '',
        authors: [{ user: community.slug, avatar: '' }],
        date: new Date(one.publishedAt ?? 0).toISOString(),
      })),
    )
  }

/** Bytes go through the one door. The commit stands on refusals too, or a client forgets why. */
const resolve =
  (deps: HubDeps): WithRepo =>
  async (request, response, { dataset, version }, actor) => {
    response.set('x-repo-commit', commitOf(version))
    const path = text(request.params.path)
    const asked = { dataset: dataset.id, version: version.version, path }
    await serveFile(deps, request, response, { actor, asked })
  }

const whoAmI =
  (deps: HubDeps): RequestHandler =>
  async (request, response) => {
    const actor = await deps.authenticate(request)
    if (!actor || request.headers.authorization === undefined) return badToken(request, response)
    const { id, name, email, createdAt } = actor.account
    const since = new Date(createdAt).toISOString()
    response.set('cache-control', 'no-store').json({
      type: 'user',
      id,
      name: id,
      fullname: name,
      email,
      orgs: [],
      auth: {
        type: 'access_token',
        accessToken: { displayName: 'personal token', role: 'read', createdAt: since },
      },
    })
  }

const nothing: RequestHandler = (request, response) =>
  answer(request, response, { status: 404, message: 'This registry has no such address.' })

/**
 * What the read clients of the Hugging Face Hub ask for, so that they work unchanged with this
 * registry as their endpoint. They read; only the one door of downloads hands out bytes.
 */
export const hubRoutes = (deps: HubDeps): Router => {
  const router = Router()
  const at = '/api/datasets/:namespace/:name'
  router.get('/api/whoami-v2', whoAmI(deps))
  router.get('/api/datasets', listDatasets(deps))
  router.get(at, repo(deps, info(deps)))
  router.get(`${at}/revision/:revision`, repo(deps, info(deps)))
  router.get(`${at}/tree/:revision{/*path}`, repo(deps, tree(deps)))
  router.post(
    `${at}/paths-info/:revision`,
    express.json({ limit: '1mb' }),
    express.urlencoded({ extended: false, limit: '1mb' }),
    repo(deps, pathsInfo(deps)),
  )
  router.get(`${at}/auth-check`, repo(deps, authCheck(deps), atTheDoor))
  router.get(`${at}/refs`, repo(deps, refs(deps)))
  router.get(`${at}/commits/:revision`, repo(deps, commits(deps)))
  router.get(
    '/datasets/:namespace/:name/resolve/:revision/*path',
    repo(deps, resolve(deps), atTheDoor),
  )
  router.get('/datasets/:namespace/:name/raw/:revision/*path', repo(deps, resolve(deps), atTheDoor))
  router.use('/api', nothing)
  return router
}
