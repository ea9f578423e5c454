import { Router } from 'express'
import { isRefusal } from '../errors.ts'
import type { DoorRefusal, Grants } from '../grants/grants.ts'
import type { Authenticate } from './authenticate.ts'
import { sendRefusal } from './refusal-answer.ts'

export interface PreviewRouteDeps {
  readonly grants: Pick<Grants, 'preview'>
  readonly authenticate: Authenticate
  readonly publicUrl: string
}

const NO_SOUND: DoorRefusal = {
  ok: false,
  status: 404,
  code: 'NO_SAMPLE',
  message:
    'There is nothing to be heard at this address. The page of the sample says what is there.',
}

const wordsOf = (given: unknown): readonly string[] =>
  given === undefined ? [] : [given].flat().map(String)

/** The beginning of a recording, for the player on the page of the sample. */
export const previewRoutes = ({ grants, authenticate, publicUrl }: PreviewRouteDeps): Router => {
  const router = Router()
  router.get('/datasets/:id/versions/:version/preview/*path', async (request, response) => {
    const { id, version, path } = request.params
    const found = await grants.preview(await authenticate(request), {
      dataset: String(id),
      version: String(version),
      path: Array.isArray(path) ? path.join('/') : String(path ?? ''),
      purposes: wordsOf(request.query.purpose),
      promises: wordsOf(request.query.promise),
    })
    const help = `${publicUrl}/datasets/${encodeURIComponent(String(id))}`
    if (isRefusal(found)) return sendRefusal(request, response, found, help)
    const { sound } = found.sample
    if (!sound) return sendRefusal(request, response, NO_SOUND, help)
    response.set({
      'cache-control': 'private, no-store',
      'content-disposition': 'attachment; filename="sample.wav"',
    })
    response.type('audio/wav').send(sound.bytes)
  })
  return router
}
