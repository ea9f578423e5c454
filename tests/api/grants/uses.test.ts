import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  decide,
  grantTo,
  type Published,
  proposePublication,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'
import { urlOf } from './held.ts'

const FILE = { 'words.txt': Buffer.from('He kupu.\n') }
const OTHER = { 'words.txt': Buffer.from('He kupu anō.\n') }

const USES = `{ viewer { contributions { id dataset { id } uses {
  version purposes state dataset { id title } proposal { id } files { path times }
} } } }`

interface Use {
  readonly dataset: { readonly id: string; readonly title: string } | null
  readonly files: readonly { readonly path: string; readonly times: number }[]
}

interface Given {
  readonly viewer: {
    readonly contributions: readonly {
      readonly dataset: { readonly id: string }
      readonly uses: readonly Use[] | null
    }[]
  }
}

describe('who uses what somebody gave', () => {
  let registry: Registry
  let village: Village
  let harbour: Village
  let river: Published
  let work: Published

  const usesOf = async (by: Person, { dataset }: Published): Promise<readonly Use[]> => {
    const { viewer } = await by.run<Given>(USES)
    return viewer.contributions.find((one) => one.dataset.id === dataset)?.uses ?? []
  }
  const named = (uses: readonly Use[]) => uses.map((one) => one.dataset?.id ?? null)

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    harbour = await foundAnother(village, 'harbour')
    river = await publish(village, FILE)
    work = await publish(harbour, FILE, { parents: [river] })
    await attest(village)
    await attest(harbour)
  }, 240_000)
  afterAll(() => registry.close())

  it('is nobody before anybody was granted it', async () => {
    expect(await usesOf(village.contributor, river)).toEqual([])
  })

  it('is told with the vote it rests on and what was fetched', async () => {
    await grantTo(village, river.dataset)
    expect(await usesOf(village.contributor, river)).toMatchObject([
      { purposes: ['linguisticResearch'], state: 'active', files: [] },
    ])
    expect((await village.researcher.fetch(urlOf(river, 'words.txt'))).status).toBe(200)
    expect(await usesOf(village.contributor, river)).toMatchObject([
      { dataset: { id: river.dataset }, files: [{ path: 'words.txt', times: 1 }] },
    ])
  })

  it('counts once what one person fetches on one day, in however many requests', async () => {
    const pieces = ['bytes=0-0', 'bytes=1-2', 'bytes=3-']
    const fetchAll = async () => {
      for (const range of pieces)
        await village.researcher.fetch(urlOf(river, 'words.txt'), { headers: { range } })
    }
    const times = async () => (await usesOf(village.contributor, river))[0]?.files[0]?.times
    await fetchAll()
    expect(await times()).toBe(1)
    await registry.days(1)
    await fetchAll()
    expect(await times()).toBe(2)
  })

  it('is told of works that hold the file, and not of those that hold another', async () => {
    const elsewhere = await publish(harbour, OTHER, { parents: [river] })
    for (const { dataset } of [work, elsewhere]) {
      const input = requestInput(dataset, { project: `The verbs of ${dataset}.` })
      const { request } = await requestAccess(village.researcher, input)
      await decide(harbour, request?.proposal?.id ?? '')
    }
    expect(named(await usesOf(village.contributor, river))).toEqual([work.dataset, river.dataset])
  })

  it('is told without the name of a work that has been hidden since', async () => {
    const { dataset, manifestDigest } = work
    await decide(harbour, await proposePublication(harbour, { dataset, manifestDigest, stage: 0 }))
    const uses = await usesOf(village.contributor, river)
    expect(named(uses)).toEqual([null, river.dataset])
    expect(JSON.stringify(uses)).not.toContain(dataset)
    // Whoever gave to the work itself goes on seeing it.
    expect(named(await usesOf(harbour.contributor, work))).toEqual([dataset])
  })

  it('is told to nobody else', async () => {
    const { viewer } = await village.steward.run<Given>(USES)
    expect(viewer.contributions).toEqual([])
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
