import diagnostics from 'node:diagnostics_channel'
import jsonld from 'jsonld'
import { Parser } from 'n3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expandPolicy, policyQuads } from '../../../api/src/licences/linked-data.ts'
import { ODRL_CONTEXT } from '../../../api/src/licences/odrl-context.ts'
import { profilePage } from '../../../api/src/licences/profile-page.ts'
import { PROFILE_TERMS } from '../../../api/src/licences/profile-terms.ts'
import { profileTurtle } from '../../../api/src/licences/profile-turtle.ts'
import {
  ACTIONS,
  ACTOR_KINDS,
  CONTEXT,
  DUTY_KINDS,
  licenceAgreement,
  licenceSet,
  OPERANDS,
  PROFILE,
  PURPOSES,
  SCHEMES,
  TERRITORIES,
} from '../../../policies/index.ts'
import {
  licenceOf,
  NOW,
  TEMPLATES,
  template,
  templateDocument,
} from '../../policies/licence-support.ts'

const SOV = `${PROFILE}#`
const ODRL = 'http://www.w3.org/ns/odrl/2/'

const agreement = (name: (typeof TEMPLATES)[number]) =>
  licenceAgreement(template(name), {
    uid: 'urn:commonhold:grant:g_1',
    assignee: 'urn:commonhold:holder:s_1',
    target: 'urn:commonhold:dataset:d_1:1.0.0',
    licence: `sha256-${'0'.repeat(64)}`,
    actions: ACTIONS,
    purposes: ['learning'],
    issuedAt: NOW,
    expiresAt: NOW + 1000,
  })

const labelled = licenceOf({
  ...templateDocument('guardianship'),
  'sov:labels': [
    { 'sov:code': 'tknc', 'sov:hub': { '@id': 'https://localcontextshub.org/projects/1' } },
  ],
  'sov:preamble': [
    { '@value': 'Our words.', '@language': 'en' },
    { '@value': 'Unsere Worte.', '@language': 'de' },
  ],
  'sov:humanOnly': [
    {
      uid: 'urn:x:people',
      target: template('guardianship').target,
      action: 'sov:train',
      'sov:statement': { '@value': 'Ask us.', '@language': 'en' },
    },
  ],
})

const policies: readonly (readonly [string, object])[] = [
  ...TEMPLATES.map((name) => [`the licence ${name}`, templateDocument(name)] as const),
  ...TEMPLATES.map((name) => [`${name} as a set`, licenceSet(template(name))] as const),
  ...TEMPLATES.map((name) => [`an agreement under ${name}`, agreement(name)] as const),
  ['a licence with labels, a preamble and a clause for people', labelled.document],
]

/** Every value of a document that is no key of JSON-LD itself and no context. */
const leaves = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + leaves(item), 0)
  if (typeof value !== 'object' || value === null) return 1
  return Object.entries(value)
    .filter(([key]) => key !== '@context')
    .reduce((sum, [, part]) => sum + leaves(part), 0)
}

describe('licences as linked data', () => {
  const connections: unknown[] = []
  const seen = (message: unknown) => void connections.push(message)
  beforeAll(() => diagnostics.subscribe('net.client.socket', seen))
  afterAll(() => {
    diagnostics.unsubscribe('net.client.socket', seen)
    expect(connections).toEqual([])
  })

  it.each(policies)('expand without losing a value: %s', async (_, policy) => {
    expect(leaves(await expandPolicy(policy))).toBe(leaves(policy))
  })

  it.each(policies)('mean the same after a round trip: %s', async (_, policy) => {
    const quads = await policyQuads(policy)
    const statements = await jsonld.fromRDF(quads as unknown as object, {
      format: 'application/n-quads',
    })
    const documentLoader = async (url: string) => ({
      contextUrl: undefined,
      document: ODRL_CONTEXT,
      documentUrl: url,
    })
    const back = await jsonld.compact(
      statements,
      { '@context': CONTEXT } as unknown as jsonld.ContextDefinition,
      { documentLoader },
    )
    expect(await policyQuads(back)).toBe(quads)
    expect(quads.split('\n').length).toBeGreaterThan(10)
  })

  it('give every operand, operator and value an IRI', async () => {
    const quads = await policyQuads(templateDocument('guardianship'))
    expect(quads).toContain(`<${ODRL}leftOperand> <${ODRL}purpose>`)
    expect(quads).toContain(`<${ODRL}leftOperand> <${SOV}identityAssurance>`)
    expect(quads).toContain(`<${ODRL}operator> <${ODRL}isAnyOf>`)
    expect(quads).toContain(`<${ODRL}rightOperand> <${SOV}linguisticResearch>`)
    expect(quads).toContain(`<${ODRL}action> <${SOV}download>`)
    expect(quads).toContain(`<${ODRL}conflict> <${ODRL}prohibit>`)
  })

  it('refuse a term that the context does not know, which would be dropped', async () => {
    const document = { ...templateDocument('open'), inheritedFrom: 'urn:x:1' }
    await expect(expandPolicy(document)).rejects.toThrow()
  })

  it.each([
    'http://127.0.0.1:9/context.jsonld',
    'https://www.w3.org/ns/odrl.jsonld',
    'file:///etc/passwd',
  ])('refuse to fetch the context %s', async (context) => {
    const document = { ...templateDocument('open'), '@context': context }
    await expect(expandPolicy(document)).rejects.toThrow()
    const beside = { ...templateDocument('open'), '@context': [...CONTEXT, context] }
    await expect(expandPolicy(beside)).rejects.toThrow()
  })
})

describe('the profile vocabulary', () => {
  const quads = new Parser().parse(profileTurtle())
  const subjects = new Set(quads.map(({ subject }) => subject.value))
  const objects = (name: string, predicate: string): readonly string[] =>
    quads
      .filter((quad) => quad.subject.value === SOV + name && quad.predicate.value === predicate)
      .map(({ object }) => object.value)

  it('defines every word of the tables as Turtle', () => {
    const words = [
      ...ACTIONS,
      ...PURPOSES,
      ...ACTOR_KINDS,
      ...TERRITORIES,
      ...DUTY_KINDS.filter((kind) => kind !== 'attribute'),
      ...Object.keys(OPERANDS)
        .filter((name) => name.startsWith('sov:'))
        .map((name) => name.slice(4)),
    ]
    for (const word of words) {
      expect(subjects, word).toContain(SOV + word)
      const [definition] = objects(word, 'http://www.w3.org/2004/02/skos/core#definition')
      expect(definition?.length, word).toBeGreaterThan(10)
    }
  })

  it('defines every word that documents and exports use', () => {
    const used = policies.flatMap(([, policy]) =>
      [...JSON.stringify(policy).matchAll(/"sov:(\w+)"/g)].map((match) => match[1] ?? ''),
    )
    const defined = PROFILE_TERMS.map(({ name }) => name)
    expect(defined).toEqual(expect.arrayContaining([...new Set(used)]))
    expect(used.length).toBeGreaterThan(500)
  })

  it('has a definition for each term, once for each kind', () => {
    for (const { name, definition } of PROFILE_TERMS)
      expect(definition.length, name).toBeGreaterThan(9)
    const keys = PROFILE_TERMS.map(({ name, kind }) => `${kind} ${name}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('says what kind of term each is and what it goes with', () => {
    const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    expect(objects('train', type)).toContain(`${ODRL}Action`)
    expect(objects('train', `${ODRL}includedIn`)).toEqual([`${ODRL}derive`])
    expect(objects('actorKind', type)).toContain(`${ODRL}LeftOperand`)
    expect(objects('academic', `${SOV}valueOf`)).toEqual([`${SOV}actorKind`])
    expect(objects('learning', `${SOV}valueOf`)).toEqual([`${ODRL}purpose`])
    expect(objects('month', `${SOV}takes`)).toContain(`${ODRL}gteq`)
    expect(objects('download', `${SOV}class`)).toEqual(['enforced'])
    expect(objects('train', `${SOV}class`)).toEqual(['evidenced'])
    expect(objects('reportBack', `${SOV}class`)).toEqual(['obligation'])
  })

  it('is a page that says the same', () => {
    const page = profilePage()
    for (const { name, definition } of PROFILE_TERMS) {
      expect(page).toContain(`<code>sov:${name}</code>`)
      expect(page).toContain(definition.replaceAll('&', '&amp;').replaceAll('"', '&quot;'))
    }
    for (const { code, note } of [...SCHEMES.DUO, ...SCHEMES.CLARIN]) {
      expect(page).toContain(`<code>${code}</code>`)
      expect(page).toContain(note)
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
  })
})
