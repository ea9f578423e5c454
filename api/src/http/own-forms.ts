import type { Request, RequestHandler } from 'express'

/** Whether the browser says that another site sent this. The session cookie is not sent then either. */
const isForeign = ({ headers }: Request): boolean => {
  const site = headers['sec-fetch-site']
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none'
  const { origin, host } = headers
  // Under a strict referrer policy an honest form comes from "null".
  return origin !== undefined && origin !== 'null' && !origin.endsWith(`//${host}`)
}

/** Takes forms of our own pages alone. */
export const ownOnly: RequestHandler = (request, response, next) => {
  if (!isForeign(request)) return next()
  response.status(403).json({ code: 'FOREIGN_FORM', message: 'Another site sent this form.' })
}
