import { type Response, Router } from 'express'
import type { Datasets, ErasedUnit } from '../datasets/datasets.ts'

export interface RemovalRouteDeps {
  readonly datasets: Pick<Datasets, 'removals'>
  readonly publicUrl: string
  /** Signs a payload as it is (RFC 7515, compact). */
  readonly sign: (payload: string) => Promise<string>
}

/** The list says nothing about a file but its digest: who has it knows it, nobody else learns of it. */
const listOf = (publicUrl: string, removals: readonly ErasedUnit[]): string =>
  JSON.stringify({
    iss: publicUrl,
    count: removals.length,
    removed: removals.map(({ sha256, at, entry }) => ({
      sha256,
      removedAt: new Date(at).toISOString(),
      entry,
    })),
  })

const open = (response: Response): Response =>
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=60' })

/** Every unit that was taken back and destroyed, at fixed addresses: as it is, and signed. */
export const removalRoutes = ({ datasets, publicUrl, sign }: RemovalRouteDeps): Router => {
  const router = Router()
  const list = async (): Promise<string> => listOf(publicUrl, await datasets.removals())
  router.get('/removals.json', async (_, response) => {
    open(response)
      .type('application/json')
      .send(await list())
  })
  router.get('/removals.jws', async (_, response) => {
    open(response)
      .type('application/jose')
      .send(await sign(await list()))
  })
  return router
}
