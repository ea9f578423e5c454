import { existsSync } from 'node:fs'
import jsonld from 'jsonld'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expandPolicy } from '../../../api/src/licences/linked-data.ts'
import { croissantProblems } from '../../support/croissant-validator.ts'
import { createDataset } from '../../support/journey.ts'
import { visitor } from '../../support/person.ts'
import { type Held, hold, token } from '../grants/held.ts'

type Json = Record<string, unknown>

const refuse = async (url: string): Promise<never> => {
  throw new Error(`${url} is fetched`)
}

const OPTIONS = { safe: true, documentLoader: refuse, base: 'https://registry.example/' }
const expand = async (given: object): Promise<readonly object[]> =>
  jsonld.expand({ ...given }, OPTIONS)

const built = existsSync(new URL('../../../dist/web/server/entry-server.js', import.meta.url))
if (!built) console.warn('Croissant in pages is not checked: run "npm run build:web" first')

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
    expect(croissantProblems(document)).toEqual([])
    expect(document.conformsTo).toContain('http://mlcommons.org/croissant/1.1')
    const expanded = await expand(document)
    expect(expanded).toHaveLength(1)
  })

  it('is known to be wrong with any one of its parts left out', () => {
    for (const key of Object.keys(document).filter((one) => !/^(rai:|keywords)/.test(one))) {
      const { [key]: _, ...rest } = document
      expect(croissantProblems(rest)).toContain(key)
    }
    const files = document.distribution as readonly Json[]
    for (const key of Object.keys(files[0] ?? {})) {
      const [{ [key]: _, ...first } = {}, ...others] = files
      const problems = croissantProblems({ ...document, distribution: [first, ...others] })
      expect(problems).toContain(`distribution[0].${key}`)
    }
  })

  it.each([
    ['version', '1.0'],
    ['datePublished', '23 November 2026'],
    ['license', 'Kaitiakitanga'],
    ['inLanguage', ['Māori']],
    ['isAccessibleForFree', true],
    ['usageInfo', { '@type': 'CreativeWork' }],
    ['conformsTo', ['http://mlcommons.org/croissant/1.0']],
    ['distribution', []],
    ['rai:dataBiases', ' '],
    ['holder', 'somebody'],
  ])('is known to be wrong with another %s', (key, value) => {
    const problems = croissantProblems({ ...document, [key]: value })
    expect(problems.some((one) => one.startsWith(key))).toBe(true)
  })

  it.each([
    ['@id', 'ngā kōrero.jsonl'],
    ['contentUrl', 'https://elsewhere.example/words.txt'],
    ['contentSize', '8'],
    ['sha256', 'ABC'],
    ['speaker', 'somebody'],
  ])('is known to be wrong with another %s of a file', (key, value) => {
    const [first, ...others] = document.distribution as readonly Json[]
    const files = [{ ...first, [key]: value }, ...others]
    const problems = croissantProblems({ ...document, distribution: files })
    expect(problems.some((one) => one.startsWith(`distribution[0].${key}`))).toBe(true)
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

  describe.skipIf(!built)('in the page of its dataset', () => {
    const page = (id: string) =>
      visitor(held.registry).fetch(`/datasets/${id}`, { headers: { accept: 'text/html' } })
    const blockIn = (html: string): string | undefined =>
      /<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/s.exec(html)?.[1]

    it('stands whole, as data that no browser runs', async () => {
      const html = await (await page(held.published.dataset)).text()
      const told: unknown = JSON.parse(blockIn(html) ?? 'null')
      expect(told).toEqual(document)
      expect(croissantProblems(told)).toEqual([])
      expect(html.indexOf('application/ld+json')).toBeLessThan(html.indexOf('</head>'))
    })

    it('stands in no page of what is hidden or of nothing', async () => {
      const hidden = await createDataset(held.village)
      for (const id of [hidden, 'd_00000000000000000000']) {
        const answer = await page(id)
        expect([answer.status, blockIn(await answer.text())]).toEqual([404, undefined])
      }
    })
  })
})
