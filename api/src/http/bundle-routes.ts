import { type RequestHandler, Router } from 'express'
import type { Grants } from '../grants/grants.ts'
import { mayRead } from '../graphql/access.ts'
import type { Licences } from '../licences/licences.ts'
import type { Authenticate } from './authenticate.ts'
import { keySet, type PublishedKey } from './jwks.ts'

export interface BundleRouteDeps {
  readonly grants: Pick<Grants, 'grant' | 'token' | 'statusList'>
  readonly licences: Pick<Licences, 'licence'>
  readonly authenticate: Authenticate
  readonly keys: readonly PublishedKey[]
  readonly publicUrl: string
}

/** To the holder alone; to everybody else there is nothing here. */
const bundle =
  ({ grants, licences, authenticate, keys, publicUrl }: BundleRouteDeps): RequestHandler =>
  async (request, response) => {
    response.set('cache-control', 'private, no-store')
    const actor = await authenticate(request)
    const grant = actor && (await grants.grant(String(request.params.id)))
    if (!grant || grant.account !== actor.account.id || mayRead({ actor })) {
      const message = 'There is nothing at this address.'
      response.status(404).json({ code: 'NOT_FOUND', message })
      return
    }
    const [token, status, licence] = await Promise.all([
      grants.token(grant),
      grants.statusList(),
      licences.licence(grant.licence),
    ])
    const document = licence?.document ?? null
    const jwks = keySet(keys)
    response.json({ v: 1, issuer: publicUrl, grant: token, status, jwks, licence: document })
  }

/** `/grants/:id/bundle.json`: a grant with all it takes to check it without this registry. */
export const bundleRoutes = (deps: BundleRouteDeps): Router => {
  const router = Router()
  router.get('/grants/:id/bundle.json', bundle(deps))
  return router
}
