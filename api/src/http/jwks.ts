import type { JsonWebKey } from 'node:crypto'
import { Router } from 'express'

export interface PublishedKey {
  readonly kid: string
  readonly publicJwk: JsonWebKey
}

/** Keys as a JSON Web Key Set (RFC 7517). */
export const keySet = (keys: readonly PublishedKey[]) => ({
  keys: keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: 'EdDSA', use: 'sig' })),
})

/** `/.well-known/jwks.json`: everything needed to check a grant or a receipt offline. */
export const jwksRoutes = (keys: readonly PublishedKey[]): Router => {
  const router = Router()
  const set = keySet(keys)
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.set('access-control-allow-origin', '*').set('cache-control', 'public, max-age=600')
    response.type('application/jwk-set+json').send(JSON.stringify(set))
  })
  return router
}
