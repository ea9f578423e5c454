import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import helmet from 'helmet'

const hasNonce = (locals: unknown): locals is { nonce: string } =>
  typeof locals === 'object' && locals !== null && 'nonce' in locals

/** The nonce of this answer's content security policy. */
export const nonceOf = (locals: unknown): string => (hasNonce(locals) ? locals.nonce : '')

const giveNonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(16).toString('base64')
  next()
}

/** Strict policy: own scripts and styles by nonce, nothing from elsewhere, nobody may frame us. */
export const securityHeaders = (): readonly RequestHandler[] => [
  giveNonce,
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [
          (_q, response) => `'nonce-${nonceOf('locals' in response ? response.locals : null)}'`,
          "'strict-dynamic'",
        ],
        styleSrc: [
          "'self'",
          (_q, response) => `'nonce-${nonceOf('locals' in response ? response.locals : null)}'`,
        ],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  }),
]
