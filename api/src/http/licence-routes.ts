import { type Request, type RequestHandler, type Response, Router } from 'express'
import { licenceSet, parseLicence } from '../../../policies/index.ts'
import type { Grants } from '../grants/grants.ts'
import type { Licences } from '../licences/licences.ts'
import { policyQuads } from '../licences/linked-data.ts'
import { profilePage } from '../licences/profile-page.ts'
import { profileTurtle } from '../licences/profile-turtle.ts'
import type { Authenticate } from './authenticate.ts'

export interface LicenceRouteDeps {
  readonly licences: Pick<Licences, 'licence'>
  readonly grants: Pick<Grants, 'grant' | 'agreement'>
  readonly authenticate: Authenticate
}

const NOT_FOUND = { code: 'NOT_FOUND', message: 'There is nothing at this address.' }
const FOR_EVER = 'public, max-age=31536000, immutable'

const absent = (response: Response): void => {
  response.status(404).set('cache-control', 'no-store').json(NOT_FOUND)
}

const open = (response: Response): void => {
  response.set('access-control-allow-origin', '*').set('cache-control', FOR_EVER)
}

/** The document of record, or the form of it that was asked for; undefined for an unknown form. */
const formOf = (document: object, form: unknown): object | undefined => {
  if (form === undefined || form === 'offer') return document
  const parsed = form === 'set' ? parseLicence(document) : undefined
  return parsed?.ok ? licenceSet(parsed.licence) : undefined
}

const FORMS =
  'Ask for ?as=offer, the document of record, or ?as=set, spelled out for other evaluators.'

type Send = (response: Response, policy: object) => unknown

const LD = 'application/ld+json'

const sendJson: Send = (response, policy) => response.type(LD).send(JSON.stringify(policy))
const sendQuads: Send = async (response, policy) =>
  response.type('application/n-quads').send(await policyQuads(policy))

const policy =
  ({ licences }: LicenceRouteDeps, send: Send) =>
  async ({ params: { digest }, query }: Request, response: Response): Promise<void> => {
    const record = await licences.licence(String(digest))
    if (typeof record?.document !== 'object' || record.document === null) return absent(response)
    const form = formOf(record.document, query.as)
    if (form === undefined) {
      response.status(400).json({ code: 'BAD_INPUT', field: 'as', message: FORMS })
      return
    }
    open(response)
    await send(response, form)
  }

/** To the holder alone; to everybody else there is nothing here. */
const agreement =
  ({ grants, authenticate }: LicenceRouteDeps, send: Send): RequestHandler =>
  async (request, response) => {
    const actor = await authenticate(request)
    const grant = actor && (await grants.grant(String(request.params.id)))
    if (!grant || grant.account !== actor.account.id) return absent(response)
    const terms = await grants.agreement(grant)
    if (terms === null) return absent(response)
    response.set('cache-control', 'private, no-store')
    await send(response, terms)
  }

const profile = (): Router => {
  const router = Router()
  const [page, turtle] = [profilePage(), profileTurtle()]
  const sendTurtle = (response: Response) =>
    response.set('access-control-allow-origin', '*').type('text/turtle').send(turtle)
  router.get('/profile/1.ttl', (_request, response) => void sendTurtle(response))
  router.get('/profile/1', (request, response) => {
    response.vary('accept')
    if (request.accepts(['text/html', 'text/turtle']) === 'text/turtle') sendTurtle(response)
    else response.type('text/html').send(page)
  })
  return router
}

/** Licences, agreements and their vocabulary as linked data, each at an address that stays. */
export const licenceRoutes = (deps: LicenceRouteDeps): Router => {
  const router = Router()
  router.use(profile())
  router.get('/licences/:digest.jsonld', policy(deps, sendJson))
  router.get('/licences/:digest.nq', policy(deps, sendQuads))
  router.get('/grants/:id/agreement.jsonld', agreement(deps, sendJson))
  router.get('/grants/:id/agreement.nq', agreement(deps, sendQuads))
  return router
}
