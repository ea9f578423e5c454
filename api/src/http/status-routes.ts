import { Router } from 'express'
import type { Grants } from '../grants/grants.ts'

/** `/.well-known/status/grants`: which grants stand, as a Token Status List anyone may read. */
export const statusRoutes = (grants: Pick<Grants, 'statusList'>): Router => {
  const router = Router()
  router.get('/.well-known/status/grants', async (_request, response) => {
    response.set('access-control-allow-origin', '*').set('cache-control', 'public, max-age=10')
    response.type('application/statuslist+jwt').send(await grants.statusList())
  })
  return router
}
