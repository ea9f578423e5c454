import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'
import type { Actor } from '../people/people.ts'
import type { Sessions } from '../people/sessions.ts'

const COOKIE = '__Host-session'

const cookieOf = (header: string | undefined): string | null => {
  const pair = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${COOKIE}=`))
  return pair ? pair.slice(COOKIE.length + 1) : null
}

/** A personal token from `Bearer`, from `DPoP` with its proof, or, for clients that know no better, as the password of `Basic`. */
const tokenOf = (header: string | undefined): string | null => {
  const [scheme, value] = (header ?? '').split(' ', 2)
  if (['bearer', 'dpop'].includes(scheme?.toLowerCase() ?? '')) return value ?? null
  if (scheme?.toLowerCase() !== 'basic' || !value) return null
  const text = Buffer.from(value, 'base64').toString('utf8')
  return text.slice(text.indexOf(':') + 1)
}

/** Which key has proved itself beside this request; null when none has. */
export type KeyOf = (request: object) => string | null

export type Authenticate = (request: Pick<IncomingMessage, 'headers'>) => Promise<Actor | null>

/** Who asks: a token wins over a cookie, so that a script never acts as a browser by accident. */
export const createAuthenticate =
  (sessions: Sessions, keyOf: KeyOf = () => null): Authenticate =>
  async (request) => {
    const { headers } = request
    if (headers.authorization !== undefined) {
      const token = tokenOf(headers.authorization)
      return token ? sessions.byToken(token, keyOf(request)) : null
    }
    const secret = cookieOf(headers.cookie)
    return secret ? sessions.bySecret(secret) : null
  }

/** Writes or clears the session cookie. */
export const setSessionCookie = (response: Response, secret: string | null): void => {
  const options = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const
  if (secret === null) response.clearCookie(COOKIE, options)
  else response.cookie(COOKIE, secret, { ...options, maxAge: 30 * 24 * 3_600_000 })
}
