import { Parser } from 'n3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expandPolicy } from '../../../api/src/licences/linked-data.ts'
import { licenceDigest, parseLicence } from '../../../policies/index.ts'
import { sha256 } from '../../policies/licence-support.ts'
import { decide, proposePublication, publish } from '../../support/journey.ts'
import { join, visitor } from '../../support/person.ts'
import { type Held, hold, urlOf } from '../grants/held.ts'

type Doc = Record<string, unknown>

describe('licences at their addresses', () => {
  let held: Held
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${held.registry.url}${path}`, { headers })
  const json = async (path: string) => (await (await get(path)).json()) as Doc

  beforeAll(async () => {
    held = await hold()
  }, 120_000)
  afterAll(() => held.registry.close())

  it('serves the document of record, whose digest is its address', async () => {
    const { licence } = held.village
    const answer = await get(`/licences/${licence}.jsonld`)
    expect(answer.headers.get('content-type')).toContain('application/ld+json')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const parsed = parseLicence(await answer.json())
    expect(parsed.ok && licenceDigest(parsed.licence, sha256)).toBe(licence)
  })

  it('serves the same as a set for other evaluators', async () => {
    const { licence } = held.village
    const set = await json(`/licences/${licence}.jsonld?as=set`)
    const offer = await json(`/licences/${licence}.jsonld?as=offer`)
    expect(set).toMatchObject({ '@type': 'Set', 'dct:source': { '@id': offer.uid } })
    const [bar] = set.prohibition as Doc[]
    expect(bar?.action).not.toContain('use')
  })

  it('serves its statements as N-Quads', async () => {
    const answer = await get(`/licences/${held.village.licence}.nq`)
    expect(answer.headers.get('content-type')).toContain('application/n-quads')
    const quads = new Parser({ format: 'N-Quads' }).parse(await answer.text())
    expect(quads.length).toBeGreaterThan(50)
  })

  it('refuses a form that there is not, naming those there are', async () => {
    const answer = await get(`/licences/${held.village.licence}.jsonld?as=privacy`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'BAD_INPUT', field: 'as' })
  })

  it('tells its SPDX name and the codes of other schemes that its terms imply', async () => {
    const { licence: found } = await visitor(held.registry).run<{
      licence: { spdx: string; codes: { scheme: string; code: string; note: string }[] }
    }>('query ($digest: ID!) { licence(digest: $digest) { spdx codes { scheme code note } } }', {
      digest: held.village.licence,
    })
    expect(found.spdx).toBe(`LicenseRef-sov-${held.village.licence.slice('sha256-'.length)}`)
    const codes = found.codes.map(({ scheme, code }) => `${scheme} ${code}`)
    expect(codes).toEqual(expect.arrayContaining(['CLARIN NC', 'CLARIN BY', 'DUO DUO:0000045']))
    expect(codes).not.toContain('DUO DUO:0000004')
  })

  it('has nothing at the address of a licence that nobody adopted', async () => {
    expect((await get(`/licences/sha256-${'0'.repeat(64)}.jsonld`)).status).toBe(404)
  })

  it('serves the vocabulary as a page or as Turtle, whichever is asked for', async () => {
    const page = await get('/profile/1', { accept: 'text/html' })
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('vary')?.toLowerCase()).toContain('accept')
    const asked = await get('/profile/1', { accept: 'text/turtle' })
    const named = await get('/profile/1.ttl')
    expect(asked.headers.get('content-type')).toContain('text/turtle')
    const [a, b] = [await asked.text(), await named.text()]
    expect(a).toBe(b)
    expect(new Parser().parse(a).length).toBeGreaterThan(200)
  })

  describe('an agreement', () => {
    const path = () => `/grants/${held.grant}/agreement.jsonld`

    it('is handed to the holder of the grant', async () => {
      const answer = await held.village.researcher.fetch(path())
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      const agreement = (await answer.json()) as Doc
      expect(agreement).toMatchObject({
        '@type': 'Agreement',
        uid: `urn:commonhold:grant:${held.grant}`,
        'sov:licenceDigest': held.village.licence,
      })
      const rules = agreement.permission as Doc[]
      expect(rules.length).toBeGreaterThan(0)
      for (const { assignee, target } of rules) {
        expect(assignee).toMatch(/^urn:commonhold:holder:/)
        expect(target).toBe(`urn:commonhold:dataset:${held.published.dataset}:1.0.0`)
      }
    })

    it('reads as linked data without a loss', async () => {
      const agreement = (await (await held.village.researcher.fetch(path())).json()) as Doc
      await expect(expandPolicy(agreement)).resolves.toHaveLength(1)
    })

    it('names nobody: neither account nor address of the holder', async () => {
      const text = await (await held.village.researcher.fetch(path())).text()
      expect(text).not.toMatch(/@village|@university|a_[0-9a-z]{8,}/)
    })

    it('is the same nothing to everybody else as to nobody at all', async () => {
      const { steward, contributor, council } = held.village
      const outsider = await join(held.registry, 'stranger@university.example')
      const nothing = await (
        await held.village.researcher.fetch('/grants/g_0000000000000000/agreement.jsonld')
      ).text()
      for (const person of [steward, contributor, ...council, outsider, visitor(held.registry)]) {
        const answer = await person.fetch(path())
        expect(answer.status).toBe(404)
        expect(await answer.text()).toBe(nothing)
      }
    })
  })

  describe('reservations of mining', () => {
    const file = async () =>
      (await (await get('/.well-known/tdmrep.json')).json()) as {
        location: string
        'tdm-reservation': number
        'tdm-policy'?: string
      }[]

    it('stand on files and pages of a listed dataset, with the licence', async () => {
      const { researcher, licence } = held.village
      const policy = `${held.registry.url}/licences/${licence}.jsonld`
      const answers = [
        await researcher.fetch(urlOf(held.published, 'words.txt')),
        await get(`/datasets/${held.published.dataset}`),
        await get(new URL(urlOf(held.published, 'words.txt'), held.registry.url).pathname),
      ]
      for (const { headers } of answers) {
        expect(headers.get('tdm-reservation')).toBe('1')
        expect(headers.get('tdm-policy')).toBe(policy)
      }
      await Promise.all(answers.map((answer) => answer.arrayBuffer()))
    })

    it('are in the file at the well-known address, the rest of datasets last', async () => {
      const rules = await file()
      const policy = `${held.registry.url}/licences/${held.village.licence}.jsonld`
      const { dataset } = held.published
      const rule = { 'tdm-reservation': 1, 'tdm-policy': policy }
      expect(rules).toEqual([
        { location: `/datasets/${dataset}$`, ...rule },
        { location: `/datasets/${dataset}/*`, ...rule },
        { location: '/datasets/*', 'tdm-reservation': 1 },
      ])
      expect((await get(new URL(rule['tdm-policy']).pathname)).status).toBe(200)
    })

    it('follow what is published', async () => {
      const another = await publish(held.village, { 'more.txt': Buffer.from('more words\n') })
      const locations = (await file()).map(({ location }) => location)
      expect(locations).toContain(`/datasets/${another.dataset}/*`)
    })

    it('say nothing of a dataset that nobody may see any more', async () => {
      const { village, published, registry } = held
      const proposal = await proposePublication(village, {
        dataset: published.dataset,
        manifestDigest: published.manifestDigest,
        stage: 0,
      })
      await decide(village, proposal)
      expect(JSON.stringify(await file())).not.toContain(published.dataset)
      for (const person of [visitor(registry), village.steward, village.researcher]) {
        const answer = await person.fetch(`/datasets/${published.dataset}`)
        expect(answer.headers.get('tdm-reservation')).toBeNull()
        expect(answer.headers.get('tdm-policy')).toBeNull()
      }
      const hidden = await get(`/datasets/${published.dataset}`)
      const absent = await get('/datasets/d_0000000000000000')
      expect([...hidden.headers.keys()]).toEqual([...absent.headers.keys()])
    })
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})
