import jsonld from 'jsonld'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expandPolicy } from '../../../api/src/licences/linked-data.ts'
import { createDataset } from '../../support/journey.ts'
import { type Held, hold, token } from '../grants/held.ts'

type Json = Record<string, unknown>

/** What the specification of Croissant 1.1 requires; the reading clients forgive more of it. */
const missing = (document: Json): readonly string[] => {
  const wanted = ['@context', '@type', 'conformsTo', 'name', 'description', 'url', 'creator']
  const root = [...wanted, 'datePublished', 'license', 'version', 'distribution']
  const file = ['@id', '@type', 'name', 'contentUrl', 'contentSize', 'encodingFormat', 'sha256']
  const files = document.distribution as readonly Json[]
  return [
    ...root.filter((key) => document[key] === undefined || document[key] === ''),
    ...files.flatMap((one) => file.filter((key) => !one[key]).map((key) => `file ${key}`)),
  ]
}

const refuse = async (url: string): Promise<never> => {
  throw new Error(`${url} is fetched`)
}

const OPTIONS = { safe: true, documentLoader: refuse, base: 'https://registry.example/' }
const expand = async (given: object): Promise<readonly object[]> =>
  jsonld.expand({ ...given }, OPTIONS)

describe('the Croissant of a dataset', () => {
  let held: Held
  let document: Json

  const get = (path: string, secret?: string) =>
    fetch(`${held.registry.url}${path}`, {
      headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` },
    })

  beforeAll(async () => {
    held = await hold({
      'words.txt': Buffer.from('he kupu\n'),
      'speech/ngā kōrero.jsonl': Buffer.from('{"text":"he </script> kupu"}\n'),
    })
    const answer = await get(`/datasets/${held.published.dataset}/croissant`)
    expect(answer.headers.get('content-type')).toContain('application/ld+json')
    document = (await answer.json()) as Json
  })
  afterAll(() => held.registry.close())

  it('has all that Croissant 1.1 requires and no word that JSON-LD would drop', async () => {
    expect(missing(document)).toEqual([])
    expect(document.conformsTo).toContain('http://mlcommons.org/croissant/1.1')
    const expanded = await expand(document)
    expect(expanded).toHaveLength(1)
  })

  it.each(['name', 'creator', 'license'])('is known to lack %s without it', (key) => {
    const { [key]: _, ...rest } = document
    expect(missing(rest)).toEqual([key])
  })

  it('names each file by an address that its grant opens', async () => {
    const secret = await token(held.village.researcher, ['download'])
    const files = document.distribution as readonly Json[]
    expect(files.map(({ '@id': id }) => id)).toEqual([
      'speech/ng%C4%81%20k%C5%8Drero.jsonl',
      'words.txt',
    ])
    for (const { contentUrl, sha256 } of files) {
      const { pathname } = new URL(String(contentUrl))
      expect((await get(pathname)).status).toBe(401)
      const file = await get(pathname, secret)
      expect(file.status).toBe(200)
      expect(file.headers.get('etag')).toBe(`"${sha256}"`)
      await file.body?.cancel()
    }
  })

  it('carries the licence whole: the same statements as the licence itself', async () => {
    const licence = await (await get(new URL(String(document.license)).pathname)).json()
    const [expanded] = await expand(document)
    const usage = (expanded as Json)['https://schema.org/usageInfo'] as readonly Json[]
    const [offer] = await expandPolicy(licence as object)
    const known = {
      ...offer,
      '@type': ['https://schema.org/CreativeWork', 'http://www.w3.org/ns/odrl/2/Offer'],
    }
    expect(usage[0]).toEqual(known)
  })

  it('tells in the words of its data statement', () => {
    expect(document['rai:dataBiases']).toBe('unknown')
    expect(document['rai:dataLimitations']).toBe('unknown')
  })

  it('is as absent for a hidden dataset as for one that never was', async () => {
    const hidden = await createDataset(held.village)
    for (const path of ['croissant', 'versions/1.0.0/croissant']) {
      const [there, not] = await Promise.all([
        get(`/datasets/${hidden}/${path}`),
        get(`/datasets/d_00000000000000000000/${path}`),
      ])
      expect(there.status).toBe(404)
      expect(await there.text()).toBe(await not.text())
    }
    const known = await get(`/datasets/${held.published.dataset}/versions/1.0.0/croissant`)
    expect(known.status).toBe(200)
  })
})
