import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RequestHandler, type Response, Router } from 'express'
import { COSIGNED, type Log, parseTilePath } from '../log/index.ts'

/** C2SP tlog-tiles: a tile never changes, a checkpoint is out of date in seconds. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const A_MOMENT = 'public, max-age=1'
const MOST_ENTRIES = 256

/** Something in the address that cannot be used; `field` names it. */
class BadQuery extends Error {
  override readonly name = 'BadQuery'
  readonly field: string
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`)
    this.field = field
  }
}

const wholeNumber = (value: unknown, field: string): number => {
  const number = typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) ? Number(value) : -1
  if (number < 0) throw new BadQuery(field, `give a whole number from 0 on, as in ?${field}=0`)
  return number
}

const refuse = (response: Response, field: string, message: string): void => {
  response.status(400).set('Cache-Control', 'no-store').json({ code: 'BAD_INPUT', field, message })
}

/** Answers a wrong address with 400 and what to write instead; other faults go on. */
const answer =
  (field: string, handle: RequestHandler): RequestHandler =>
  async (request, response, next) => {
    try {
      await handle(request, response, next)
    } catch (error) {
      if (error instanceof BadQuery) refuse(response, error.field, error.message)
      else if (error instanceof RangeError) refuse(response, field, `${field}: ${error.message}`)
      else next(error)
    }
  }

const readIfThere = async (file: string): Promise<Buffer | null> => {
  try {
    return await readFile(file)
  } catch {
    return null
  }
}

const absent = (response: Response, message: string): void => {
  response.status(404).set('Cache-Control', 'no-store').json({ code: 'NOT_FOUND', message })
}

const tile =
  (folder: string): RequestHandler =>
  async (request, response) => {
    const path = request.path.slice('/log/'.length)
    const bytes = parseTilePath(path) && (await readIfThere(join(folder, path)))
    if (bytes) response.set('Cache-Control', FOR_EVER).type('application/octet-stream').send(bytes)
    else absent(response, 'The log has no such tile: the checkpoint tells which there are.')
  }

const entries = async (log: Log, from: number) => {
  const size = await log.size()
  if (from > size) throw new BadQuery('from', `the log has ${size} entries`)
  const events = await log.read(from, MOST_ENTRIES)
  return {
    size,
    entries: events.map(({ idx, leaf, leafHash }) => ({ index: idx, leaf, leafHash })),
  }
}

/** The public side of the log: C2SP tiles and checkpoint, proofs, and entries as JSON. */
export const logRoutes = (log: Log, tileDir: string): Router => {
  const router = Router()
  // Anyone may verify from anywhere: nothing here depends on who asks.
  router.use('/log', (_, response, next) => {
    response.set('Access-Control-Allow-Origin', '*')
    response.set('Cache-Control', A_MOMENT)
    next()
  })
  router.get('/log/checkpoint', async (_, response) => {
    response.type('text/plain; charset=utf-8').send(await log.checkpoint())
  })
  router.get('/log/cosigned', async (_, response) => {
    const note = await readIfThere(join(tileDir, COSIGNED))
    if (note) response.type('text/plain; charset=utf-8').send(note)
    else absent(response, 'No checkpoint has been cosigned by as many witnesses as are asked for.')
  })
  router.get('/log/tile/*path', tile(tileDir))
  router.get(
    '/log/proof',
    answer('index', async ({ query }, response) => {
      response.json(await log.proof(wholeNumber(query.index, 'index')))
    }),
  )
  router.get(
    '/log/receipt',
    answer('index', async ({ query }, response) => {
      const text = await log.receipt(wholeNumber(query.index, 'index'))
      response.type('text/plain; charset=utf-8').send(text)
    }),
  )
  router.get(
    '/log/consistency',
    answer('to', async ({ query }, response) => {
      const [from, to] = [wholeNumber(query.from, 'from'), wholeNumber(query.to, 'to')]
      response.json(await log.consistency(from, to))
    }),
  )
  router.get('/log/key', (_, response) => {
    response.type('text/plain; charset=utf-8').send(`${log.key}\n`)
  })
  router.get(
    '/log/entries',
    answer('from', async ({ query }, response) => {
      response.json(await entries(log, wholeNumber(query.from, 'from')))
    }),
  )
  return router
}
