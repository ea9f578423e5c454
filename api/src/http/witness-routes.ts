import express, { Router } from 'express'
import type { Witness } from '../log/index.ts'

/** 63 hashes and a note with some signatures. */
const MOST_BYTES = '16kb'

/** C2SP tlog-witness: other logs ask here for a cosignature. `key`: as it is published. */
export const witnessRoutes = (witness: Witness, key: string): Router => {
  const router = Router()
  router.get('/witness/key', (_, response) => {
    response.type('text/plain; charset=utf-8').send(`${key}\n`)
  })
  router.post(
    '/witness/add-checkpoint',
    // Whatever type a log sends it under: the text tells whether it is one.
    express.text({ type: () => true, limit: MOST_BYTES }),
    async (request, response) => {
      const sent = typeof request.body === 'string' ? request.body : ''
      const { status, type, body } = await witness.addCheckpoint(sent)
      response.status(status).set('Cache-Control', 'no-store').type(type).send(body)
    },
  )
  return router
}
