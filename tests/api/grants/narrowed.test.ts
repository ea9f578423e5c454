import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assemble,
  contribute,
  createDataset,
  decide,
  proposePublication,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const TAKE_BACK = 'mutation ($id: ID!) { withdrawContribution(id: $id) { refused { code } } }'
const GRANTED = '{ viewer { grants { version { version } } } }'

describe('a version without the units that were taken back', () => {
  let registry: Registry
  let village: Village

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry, 'open-with-credit')
  })
  afterAll(() => registry.close())

  it('is granted by the licence on the vote for the fuller one, however often it was narrowed', async () => {
    const { contributor, researcher } = village
    const dataset = await createDataset(village)
    const given: string[] = []
    for (const name of ['a', 'b', 'c'])
      given.push(
        await contribute(village, dataset, { [`${name}.txt`]: Buffer.from(`${name} spoke\n`) }),
      )
    const manifestDigest = await assemble(village, dataset, given)
    await decide(village, await proposePublication(village, { dataset, manifestDigest, stage: 5 }))
    for (const id of given.slice(1)) {
      await contributor.run(TAKE_BACK, { id })
      await registry.days(8)
    }
    const asked = requestInput(dataset, { acceptedDuties: ['attribute'] })
    const { grant, refused } = await requestAccess(researcher, asked)
    expect([grant, refused]).toEqual([expect.anything(), null])
    const { viewer } = await researcher.run<{ viewer: object }>(GRANTED)
    expect(viewer).toEqual({ grants: [{ version: { version: '1.0.2' } }] })
    const files = `/datasets/${dataset}/versions/1.0.2/files`
    expect((await researcher.fetch(`${files}/a.txt`)).status).toBe(200)
    expect((await researcher.fetch(`${files}/b.txt`)).status).toBe(404)
    expect(registry.faults).toEqual([])
  })
})
