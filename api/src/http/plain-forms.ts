import express, { type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import type { GovernanceDesk } from '../governance/create-governance.ts'
import { ACCESS, accessOf, mayCall } from '../graphql/access.ts'
import type { PeopleDesk } from '../people/people-desk.ts'
import { type Authenticate, setSessionCookie } from './authenticate.ts'
import { ownOnly } from './own-forms.ts'

export interface PlainFormsDeps {
  readonly people: PeopleDesk
  readonly governance: GovernanceDesk
  readonly authenticate: Authenticate
}

const MOST_BYTES = '32kb'

/** A path of this registry and nothing else: a second slash would name another host. */
const ownPath = (given: unknown): string =>
  typeof given === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) ? given : '/account'

/** Back to a page that says what happened; `refused` is one of a few words the page knows. */
const goBack = (response: Response, path: string, refused: string | null): void => {
  const [page = '/', hash] = path.split('#')
  const said = refused === null ? '' : `${page.includes('?') ? '&' : '?'}refused=${refused}`
  response.redirect(303, `${page}${said}${hash === undefined ? '' : `#${hash}`}`)
}

const credentials = z.object({ email: z.string(), password: z.string(), next: z.unknown() })

const signIn =
  ({ people }: PlainFormsDeps): RequestHandler =>
  async (request, response) => {
    const read = credentials.safeParse(request.body)
    const next = ownPath(read.data?.next)
    const again = `/sign-in?next=${encodeURIComponent(next)}`
    if (!read.success) return goBack(response, again, 'sign-in')
    const { email, password } = read.data
    const result = await people.signIn({ email: email.trim(), password }, request.ip ?? '')
    if (!result.ok) return goBack(response, again, 'sign-in')
    const device = request.headers['user-agent'] ?? ''
    setSessionCookie(response, await people.sessions.open(result.account.id, device))
    goBack(response, next, null)
  }

const ballot = z.object({
  choice: z.enum(['yes', 'no', 'abstain', 'object']),
  reason: z.string().trim().default(''),
})

const castBallot =
  ({ governance, authenticate }: PlainFormsDeps): RequestHandler =>
  async (request, response) => {
    const id = String(request.params.id)
    const page = `/decisions/${encodeURIComponent(id)}/ballot`
    const actor = await authenticate(request)
    if (!actor) return response.redirect(303, `/sign-in?next=${encodeURIComponent(page)}`)
    const refused = mayCall(accessOf(ACCESS.castBallot), { actor })
    if (refused) {
      response.status(403).json({ code: refused.code, message: refused.message })
      return
    }
    const read = ballot.safeParse(request.body)
    if (!read.success) return goBack(response, `${page}#ballot`, 'ballot')
    const result = await governance.act(actor, id, { type: 'ballot', ...read.data })
    goBack(response, `${page}#ballot`, result.ok ? null : 'ballot')
  }

/**
 * What an old phone or a browser without a script needs to take part: signing in and casting a
 * ballot, as plain forms. They call the same commands as the pages with a script.
 */
export const plainForms = (deps: PlainFormsDeps): Router => {
  const router = Router()
  const form = [ownOnly, express.urlencoded({ extended: false, limit: MOST_BYTES })]
  router.post('/sign-in', ...form, signIn(deps))
  router.post('/decisions/:id/ballot', ...form, castBallot(deps))
  return router
}
