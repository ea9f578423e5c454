import express, { type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import type { PeopleDesk } from '../people/people-desk.ts'
import type { Dpop } from './dpop.ts'

export interface TokenRouteDeps {
  readonly people: Pick<PeopleDesk, 'bindToken'>
  readonly dpop: Dpop
  readonly now: () => number
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

const form = z.object({
  grant_type: z.literal(EXCHANGE),
  subject_token: z.string().min(1).max(200),
  subject_token_type: z.literal(ACCESS_TOKEN),
})

/** RFC 6749 section 5.2. */
const fail = (response: Response, error: string, error_description: string): void => {
  response.status(400).set('cache-control', 'no-store').json({ error, error_description })
}

const exchange =
  ({ people, dpop, now }: TokenRouteDeps): RequestHandler =>
  async (request, response) => {
    const read = form.safeParse(request.body)
    if (!read.success)
      return fail(response, 'invalid_request', `Exchange a personal token: grant_type=${EXCHANGE}.`)
    const proof = await dpop.check({ request, token: null })
    if (!proof.ok) return dpop.turnAway(response, 400, proof)
    const bound = await people.bindToken(read.data.subject_token, proof.jkt)
    if (!bound)
      return fail(response, 'invalid_grant', 'This token is not valid, or bound to a key already.')
    response.set({ 'cache-control': 'no-store', 'dpop-nonce': dpop.nonce() }).json({
      access_token: bound.secret,
      issued_token_type: ACCESS_TOKEN,
      token_type: 'DPoP',
      expires_in: Math.max(0, Math.floor((bound.token.expiresAt - now()) / 1000)),
      scope: bound.token.scopes.join(' '),
    })
  }

/**
 * `POST /oauth/token`: gives for a personal token one that is bound to a key (RFC 8693, RFC 9449
 * section 5) and worth nothing without it. The first one ends.
 */
export const tokenRoutes = (deps: TokenRouteDeps): Router => {
  const router = Router()
  const body = express.urlencoded({ extended: false, limit: '10kb' })
  router.post('/oauth/token', body, exchange(deps))
  return router
}
