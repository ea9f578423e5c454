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
import { visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { chunk, fmt, info, riff } from '../../support/sounds.ts'
import { found, type Village } from '../../support/village.ts'

const TAKE_BACK = 'mutation ($id: ID!) { withdrawContribution(id: $id) { refused { code } } }'
const PREVIEW = `query ($dataset: ID!, $version: String, $path: String, $purposes: [String!], $promises: [String!]) {
  preview(dataset: $dataset, version: $version, path: $path, purposes: $purposes, promises: $promises) {
    preview { path files lines } refused { code } } }`
const PREVIEW_SOUND = PREVIEW.replace('path files lines', 'sound { url seconds ofSeconds }')

interface Looked {
  readonly preview: {
    readonly preview: object | null
    readonly refused: { readonly code: string } | null
  }
}

interface Heard {
  readonly preview: { readonly preview: { readonly sound: { readonly url: string } } }
}

const GRANTED = '{ viewer { grants { version { version } } } }'

describe('a version without the units that were taken back', () => {
  let registry: Registry
  let village: Village
  let published: string

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
    published = dataset
  })

  describe('and its sample, which the licence shows to whoever promises to give credit', () => {
    const asked = { purposes: ['linguisticResearch'], promises: ['attribute'] }
    const look = async (changes: object = {}) => {
      const { preview } = await visitor(registry).run<Looked>(PREVIEW, {
        dataset: published,
        ...asked,
        ...changes,
      })
      return preview.preview ?? preview.refused?.code
    }

    it('shows a visitor the beginning of what is left, and names nothing else', async () => {
      expect(await look()).toEqual({ path: 'a.txt', files: ['a.txt'], lines: ['a spoke'] })
      expect(await look({ version: '1.0.0' })).toMatchObject({ files: ['a.txt'] })
    })

    it.each([
      ['nothing is promised', { promises: [] }, 'PREVIEW_REFUSED'],
      ['it is for a product', { purposes: ['commercialProduct'] }, 'PREVIEW_REFUSED'],
      ['the purpose is unknown', { purposes: ['anything'] }, 'BAD_INPUT'],
      ['more is promised than can be kept', { promises: ['reportBack'] }, 'BAD_INPUT'],
      ['the file was taken back', { version: '1.0.0', path: 'b.txt' }, 'NO_SAMPLE'],
      ['there is no such file', { path: 'z.txt' }, 'NO_SAMPLE'],
      ['there is no such dataset', { dataset: 'd_0000000000000000' }, 'NOT_FOUND'],
    ])('is not shown when %s', async (_, changes, code) => {
      expect(await look(changes)).toBe(code)
    })

    it('is heard as a recording of its first seconds, as attachment and by the same decision', async () => {
      const dataset = await createDataset(village, { kind: 'speech' })
      const sound = Buffer.alloc(60_000)
      sound.writeInt16LE(20_000, 100)
      const recorded = riff(fmt({ rate: 1_000 }), info('INAM', 'Aroha'), chunk('data', sound))
      const given = await contribute(village, dataset, { 'a.wav': recorded })
      const manifestDigest = await assemble(village, dataset, [given])
      const proposal = await proposePublication(village, { dataset, manifestDigest, stage: 5 })
      await decide(village, proposal)
      const guest = visitor(registry)
      const { preview } = await guest.run<Heard>(PREVIEW_SOUND, { dataset, ...asked })
      const { url, ...rest } = preview.preview.sound
      expect(rest).toEqual({ seconds: 20, ofSeconds: 30 })
      const heard = await guest.fetch(`${url}?purpose=linguisticResearch&promise=attribute`)
      expect([heard.status, heard.headers.get('content-disposition')]).toEqual([
        200,
        'attachment; filename="sample.wav"',
      ])
      const bytes = Buffer.from(await heard.arrayBuffer())
      expect([bytes.length, bytes.includes('Aroha')]).toEqual([44 + 40_000, false])
      const without = await guest.fetch(`${url}?purpose=linguisticResearch`)
      expect([without.status, await without.json()]).toMatchObject([
        401,
        { code: 'PREVIEW_REFUSED' },
      ])
    })
  })

  it('brings about no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
