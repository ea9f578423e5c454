import { type RequestHandler, Router } from 'express'
import { croissantOf } from '../datasets/croissant.ts'
import { type Datasets, keepersOf } from '../datasets/datasets.ts'
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
  readonly authenticate: Authenticate
  readonly publicUrl: string
}

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
): Promise<object | null> => {
  const { datasets, people, publicUrl } = deps
  const dataset = await datasets.dataset(id)
  if (!dataset || !(await datasets.visibleTo(dataset, actor))) return null
  const ids = keepersOf(dataset)
  const [version, found] = await Promise.all([
    datasets.version(id, number),
    people.communitiesByIds(ids),
  ])
  const [community, ...others] = ids.flatMap((one) => found.find((each) => each.id === one) ?? [])
  if (!version || !community) return null
  const [files, statement, policy] = await Promise.all([
    datasets.filesOf(version),
    datasets.statement(version.statementDigest),
    policyOf(deps, version.licence),
  ])
  const parts = { dataset, community, others, version, files, policy, names: NAMES, publicUrl }
  return croissantOf({ ...parts, statement: statement ?? {} })
}

const NOT_FOUND = { code: 'NOT_FOUND', message: 'There is nothing at this address.' }

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
    if (document === null) response.status(404).json(NOT_FOUND)
    else
      response
        .set('access-control-allow-origin', '*')
        .type('application/ld+json')
        .send(JSON.stringify(document))
  }

/** Croissant 1.1 of the newest version of a dataset and of every version. */
export const croissantRoutes = (deps: CroissantDeps): Router => {
  const router = Router()
  router.get('/datasets/:id/croissant', croissant(deps))
  router.get('/datasets/:id/versions/:version/croissant', croissant(deps))
  return router
}
