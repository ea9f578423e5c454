import { type RequestHandler, Router } from 'express'
import type { Mining, Reservation } from '../datasets/mining.ts'
import { type HeaderList, put } from './file-headers.ts'

export interface MiningDeps {
  readonly mining: Mining
  readonly publicUrl: string
  /** Changes whenever something has happened, so that an answer can be kept until then. */
  readonly size: () => Promise<number>
  readonly now: () => number
}

const policyUrl = (publicUrl: string, licence: string): string =>
  `${publicUrl}/licences/${licence}.jsonld`

/** TDM Reservation Protocol, W3C community group report of 10 May 2024. */
export const reservationHeaders = (
  publicUrl: string,
  { reserved, licence }: Reservation,
): HeaderList => [
  'tdm-reservation',
  reserved ? '1' : '0',
  'tdm-policy',
  policyUrl(publicUrl, licence),
]

/** Pages and files of a listed dataset say whether they may be mined; of a hidden one, nothing. */
const headers =
  (deps: MiningDeps): RequestHandler =>
  async ({ method, params: { id, version } }, response, next) => {
    if (method !== 'GET' && method !== 'HEAD') return next()
    const found = await deps.mining.of(String(id), version === undefined ? null : String(version))
    if (found) put(response, reservationHeaders(deps.publicUrl, found))
    next()
  }

const locations = (publicUrl: string, { dataset, reserved, licence }: Reservation) => {
  const rule = {
    'tdm-reservation': reserved ? 1 : 0,
    'tdm-policy': policyUrl(publicUrl, licence),
  }
  // `$` ends a path: the id of one dataset may begin like that of another.
  return [`/datasets/${dataset}$`, `/datasets/${dataset}/*`].map((location) => ({
    location,
    ...rule,
  }))
}

/** What is not named above, because it is hidden, new or one too many, is reserved. */
const OTHERWISE = [{ location: '/datasets/*', 'tdm-reservation': 1 }]

/** The file is made anew when something has happened, at most once a second, and a minute at most old. */
const createFile = ({ mining, publicUrl, size, now }: MiningDeps) => {
  let kept = { size: -1, minute: -1, text: '' }
  return async (): Promise<string> => {
    const at = { size: await size(), minute: Math.floor(now() / 60_000) }
    if (kept.size !== at.size || kept.minute !== at.minute) {
      const rules = (await mining.listed(now())).flatMap((one) => locations(publicUrl, one))
      kept = { ...at, text: JSON.stringify([...rules, ...OTHERWISE]) }
    }
    return kept.text
  }
}

/** TDMRep: the file at the well-known address, and the headers on everything under a dataset. */
export const miningRoutes = (deps: MiningDeps): Router => {
  const router = Router()
  const file = createFile(deps)
  router.get('/.well-known/tdmrep.json', async (_request, response) => {
    response.set('access-control-allow-origin', '*').set('cache-control', 'public, max-age=60')
    response.type('application/json').send(await file())
  })
  router.use('/datasets/:id/versions/:version', headers(deps))
  router.get('/datasets/:id', headers(deps))
  return router
}
