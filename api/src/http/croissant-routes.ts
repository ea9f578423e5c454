import { type Request, type RequestHandler, Router } from 'express'
import { croissantOf } from '../datasets/croissant.ts'
import { type Datasets, keepersOf } from '../datasets/datasets.ts'
import { type Tombstone, tombstoneOf } from '../datasets/tombstone.ts'
import type { Grants } from '../grants/grants.ts'
import { mayRead } from '../graphql/access.ts'
import type { Licences } from '../licences/licences.ts'
import { NAMES, policyInFull } from '../licences/linked-data.ts'
import type { Actor } from '../people/people.ts'
import type { PeopleDesk } from '../people/people-desk.ts'
import type { Authenticate } from './authenticate.ts'

export interface CroissantDeps {
  readonly datasets: Datasets
  readonly licences: Pick<Licences, 'licence'>
  readonly people: Pick<PeopleDesk, 'communitiesByIds'>
  /** Files as one person gets them; left out: as they were published. */
  readonly grants?: Pick<Grants, 'ownFiles'>
  readonly authenticate: Authenticate
  readonly publicUrl: string
}

type CroissantDocument = ReturnType<typeof croissantOf>

const policyOf = async ({ licences }: CroissantDeps, digest: string): Promise<object> => {
  const record = await licences.licence(digest)
  if (typeof record?.document === 'object' && record.document !== null)
    return policyInFull(record.document)
  throw new Error(`licence ${digest} is not on record`)
}

/** The document of the newest version, or of the one that is named; null when hidden or absent. */
const documentFor = async (
  deps: CroissantDeps,
  actor: Actor | null,
  id: string,
  number: string | null,
): Promise<CroissantDocument | null> => {
  const { datasets, people, grants, publicUrl } = deps
  const dataset = await datasets.dataset(id)
  if (!dataset || !(await datasets.visibleTo(dataset, actor))) return null
  const ids = keepersOf(dataset)
  const [version, found] = await Promise.all([
    datasets.version(id, number),
    people.communitiesByIds(ids),
  ])
  const [community, ...others] = ids.flatMap((one) => found.find((each) => each.id === one) ?? [])
  if (!version || !community) return null
  const own = await grants?.ownFiles(actor, { dataset: id, version: version.version })
  const [files, statement, policy] = await Promise.all([
    own ?? datasets.filesOf(version),
    datasets.statement(version.statementDigest),
    policyOf(deps, version.licence),
  ])
  const parts = { dataset, community, others, version, files, policy, names: NAMES, publicUrl }
  return croissantOf({ ...parts, statement: statement ?? {} })
}

const NOT_FOUND = { code: 'NOT_FOUND', message: 'There is nothing at this address.' }

const GONE = {
  takedown: { code: 'TAKEN_DOWN', message: 'A vote took this dataset down for good.' },
  withdrawal: { code: 'WITHDRAWN', message: 'Those who gave this version took all of it back.' },
} as const

/** What a program finds at the address of what is gone. */
const goneOf = ({ publicUrl }: CroissantDeps, gone: Tombstone) => ({
  ...GONE[gone.cause],
  dataset: gone.dataset.id,
  title: gone.dataset.title,
  ...(gone.version === null ? {} : { version: gone.version }),
  ...(gone.at === null ? {} : { at: new Date(gone.at).toISOString() }),
  ...(gone.proposal === null ? {} : { decision: `${publicUrl}/decisions/${gone.proposal}` }),
})

const croissant =
  (deps: CroissantDeps): RequestHandler =>
  async (request, response) => {
    const { id, version } = request.params
    const actor = await deps.authenticate(request)
    const refused = mayRead({ actor })
    if (refused) {
      response.status(403).json({ code: refused.code, message: refused.message })
      return
    }
    const number = version === undefined ? null : String(version)
    const document = await documentFor(deps, actor, String(id), number)
    response.set('cache-control', 'private, no-store')
    if (document === null) {
      const gone = await tombstoneOf(deps.datasets, String(id), number)
      if (gone) response.status(410).json(goneOf(deps, gone))
      else response.status(404).json(NOT_FOUND)
    } else
      response
        .set('access-control-allow-origin', '*')
        .type('application/ld+json')
        .send(JSON.stringify(document))
  }

/** Files up to which a page carries the whole document; beyond, it says where it is. */
const IN_PAGE = 200

const inScript = (document: object): string =>
  JSON.stringify(document)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')

/** Without its files it is no Croissant any more, and does not say that it is one. */
const inBrief = (document: object): object =>
  Object.fromEntries(
    Object.entries(document).filter(([key]) => key !== 'distribution' && key !== 'conformsTo'),
  )

const embedded = (document: CroissantDocument, nonce: string): string =>
  `<script type="application/ld+json" nonce="${nonce}">${inScript(
    document.distribution.length > IN_PAGE ? inBrief(document) : document,
  )}</script>`

/**
 * What the head of a dataset's page tells programs: the document as a data block, which no policy for
 * scripts concerns (HTML, "data block"), and where it is by itself. Nothing for any other page.
 */
export const croissantInPage =
  // What one person would get is not made for every look at a page.
    ({ grants: _, ...deps }: CroissantDeps) =>
    async (request: Request, nonce: string): Promise<string> => {
      const id = /^\/datasets\/([^/]+)\/?$/.exec(request.path)?.[1]
      if (id === undefined) return ''
      const actor = await deps.authenticate(request)
      const document = mayRead({ actor }) ? null : await documentFor(deps, actor, id, null)
      if (document === null) return ''
      const href = `/datasets/${id}/croissant`
      return `<link rel="alternate" type="application/ld+json" href="${href}">${embedded(document, nonce)}`
    }

/** Croissant 1.1 of the newest version of a dataset and of every version. */
export const croissantRoutes = (deps: CroissantDeps): Router => {
  const router = Router()
  router.get('/datasets/:id/croissant', croissant(deps))
  router.get('/datasets/:id/versions/:version/croissant', croissant(deps))
  return router
}
