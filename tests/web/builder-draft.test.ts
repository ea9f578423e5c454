import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseLicence, setCountries, setTerms, setTexts } from '../../policies/index.ts'
import {
  type BuilderCommunity,
  documentOf,
  emptyBuilder,
  fieldOf,
  following,
  fromLicence,
  fromTemplate,
} from '../../web/src/licences/builder-draft.ts'
import { sampleRequests } from '../../web/src/licences/sample-requests.ts'

const names = [
  'guardianship',
  'tiered-benefit',
  'reinvest',
  'open-with-credit',
  'research-only',
  'community-only',
  'staged-release',
  'open',
]
const template = (name: string) => ({
  name,
  title: name,
  description: '',
  inspiredBy: null,
  summary: [],
  document: JSON.parse(
    readFileSync(new URL(`../../policies/licences/${name}.json`, import.meta.url), 'utf8'),
  ),
})

const community: BuilderCommunity = {
  id: 'c_1',
  slug: 'village',
  name: 'A village',
  viewerIsMember: true,
  licences: [],
}
const now = '2026-11-22T10:00:00.000Z'
const begin = (name: string, place = community) =>
  fromTemplate(template(name), { community: place, now }, 'key')
const document = (name: string) => documentOf(begin(name)) ?? {}
const problems = (json: unknown) => {
  const parsed = parseLicence(json)
  return parsed.ok ? [] : parsed.problems
}

/** The same community with one adopted licence, in its second version. */
const withLicence = (): BuilderCommunity => {
  const adopted = setCountries(document('guardianship'), 'sov:home', ['NZ'])
  const one = { digest: 'sha256-2', id: 'l_1', version: 2, title: 'Ours', document: adopted }
  return { ...community, licences: [one, { ...one, digest: 'sha256-1', version: 1 }] }
}

describe('a licence begun from a template', () => {
  it.each(names)('%s lacks at most the countries, which only the community knows', (name) => {
    const missing = problems(document(name)).map((one) => fieldOf(one, document(name)))
    expect(missing.filter((field) => field !== 'home')).toEqual([])
    const placed = setCountries(document(name), 'sov:home', ['NZ'])
    expect(problems(placed)).toEqual([])
  })

  it('takes the countries of a licence the community has', () => {
    const draft = begin('guardianship', withLicence())
    expect(problems(documentOf(draft))).toEqual([])
  })

  it('keeps texts apart, so that an empty line survives while it is typed', () => {
    const draft = { ...begin('open'), preambles: [{ lang: 'mi', text: '' }] }
    expect(problems(documentOf(draft))).toEqual([])
    const told = { ...draft, preambles: [{ lang: 'mi', text: 'He kupu.' }] }
    expect(documentOf(told)?.['sov:preamble']).toEqual([
      { '@value': 'He kupu.', '@language': 'mi' },
    ])
  })

  it('is nothing before something was chosen', () => {
    expect(documentOf(emptyBuilder)).toBeNull()
  })
})

describe('a licence that follows another', () => {
  it('is named as its next version and says which it replaces', () => {
    const own = withLicence()
    const [newest] = own.licences
    if (!newest) throw new Error('no licence')
    const draft = fromLicence(newest)
    expect(draft?.replaces).toBe('l_1')
    const json = draft && documentOf(draft)
    expect(json?.uid).toBe('urn:commonhold:licence:l_1:3')
    expect(problems(json)).toEqual([])
  })

  it('may come from a template, and may be let go again', () => {
    const own = withLicence()
    const from = documentOf(begin('open', own)) ?? {}
    const patch = following(from, own, 'l_1', 'other')
    expect(patch.replaces).toBe('l_1')
    const next = JSON.parse(patch.document)
    expect(next.uid).toBe('urn:commonhold:licence:l_1:3')
    expect(next['dct:replaces']).toEqual({ '@id': 'urn:commonhold:licence:key:1' })
    const alone = JSON.parse(following(next, own, '', 'other').document)
    expect(alone.uid).toBe('urn:commonhold:licence:other:1')
    expect(alone).not.toHaveProperty('dct:replaces')
  })
})

describe('a problem of the document', () => {
  const fields = (json: Record<string, unknown>) => problems(json).map((one) => fieldOf(one, json))

  it('names the control it is about', () => {
    const open = document('open')
    expect(fields(setTexts(open, 'dct:title', []))).toContain('titles')
    const near = setTerms(open, `${open.uid}#allow`, 'sov:territory', ['home'])
    expect(fields(setCountries(near, 'sov:home', []))).toContain('home')
    const permission = [{ ...(open.permission as object[])[0], action: [] }]
    expect(fields({ ...open, permission })).toEqual(['rule-see'])
  })
})

describe('the sample requests', () => {
  it('stand far away in a country the licence does not call near', () => {
    const json = setCountries(document('open'), 'sov:home', ['DE', 'US'])
    const parsed = parseLicence(json)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    const scholar = sampleRequests(parsed.licence).find(({ name }) => name === 'scholar')
    expect(scholar?.facts.country).toBe('JP')
  })
})
