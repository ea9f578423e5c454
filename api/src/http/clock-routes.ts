import express, { Router } from 'express'
import { z } from 'zod'
import { parseDuration } from '../../../policies/index.ts'
import type { Clock } from '../clock.ts'

const body = z.object({ advance: z.string() })
const LONGEST = 400 * 86_400_000

/** Demonstration only: lets a visitor see a fortnight of voting in a minute. */
export const clockRoutes = (clock: Clock, onClock: () => Promise<void>): Router => {
  const router = Router()
  router.post('/dev/clock', express.json({ limit: '1kb' }), async (request, response) => {
    const read = body.safeParse(request.body)
    const ms = read.success ? parseDuration(read.data.advance) : null
    if (ms === null || ms <= 0 || ms > LONGEST) {
      const message = 'advance: give an ISO 8601 duration up to 400 days, such as P3D.'
      response.status(400).json({ code: 'BAD_INPUT', message })
      return
    }
    clock.advance(ms)
    await onClock()
    response.json({ now: new Date(clock.now()).toISOString() })
  })
  return router
}
