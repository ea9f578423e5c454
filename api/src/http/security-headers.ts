import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { random } from '../ids.ts'

const hasNonce = (locals: unknown): locals is { nonce: string } =>
  typeof locals === 'object' && locals !== null && 'nonce' in locals

/** The nonce of this answer's content security policy. */
export const nonceOf = (locals: unknown): string => (hasNonce(locals) ? locals.nonce : '')

/** Own scripts and styles by nonce, nothing from elsewhere, nobody may frame us. */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    // What somebody has just recorded is heard before it is sent.
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';')

/** What helmet sets on every answer alike, asked of it once: its chain costs more than the rest. */
export const unchangingHeaders = (): readonly (readonly [string, string])[] => {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  const set = helmet({
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
  set(request, response, () => undefined)
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)])
}

/** The headers that keep browsers strict, on every answer. */
export const securityHeaders = (): RequestHandler => {
  const headers = unchangingHeaders()
  return (_request, response, next) => {
    const nonce = Buffer.from(random(16)).toString('base64')
    response.locals.nonce = nonce
    for (const [name, value] of headers) response.setHeader(name, value)
    response.setHeader('content-security-policy', policyWith(nonce))
    next()
  }
}
