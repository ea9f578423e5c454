import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  type Action,
  clausesForPeople,
  decide,
  type Granted,
  type Licence,
  licenceAgreement,
  licenceSet,
  PURPOSES,
  parseLicence,
  refines,
  reservesMining,
  spdxId,
} from '../../policies/index.ts'
import { asOffer } from './as-offer.ts'
import { completeFacts, document, moment, openFacts, use, without } from './licence-arbitraries.ts'
import { licenceOf, NOW, PARTS, TEMPLATES, template, templateDocument } from './licence-support.ts'

type Doc = Record<string, unknown>

const granted = (actions: readonly Action[], purposes: Granted['purposes']): Granted => ({
  uid: 'urn:commonhold:grant:g_1',
  assignee: 'urn:commonhold:holder:s_1',
  target: 'urn:commonhold:dataset:d_1:1.0.0',
  licence: `sha256-${'0'.repeat(64)}`,
  actions,
  purposes,
  issuedAt: NOW,
  expiresAt: NOW + 30 * 86_400_000,
})

const LABELLED = ['tknc', 'tkss', 'tkoc', 'bcr', 'tkmc', 'tka', 'tko', 'tkco'] as const

describe('licenceSet', () => {
  it.each(TEMPLATES)('means what %s means', (name) => {
    const licence = template(name)
    const exported = asOffer(licenceSet(licence))
    expect(refines(exported, licence)).toEqual({ holds: true })
    expect(refines(licence, exported)).toEqual({ holds: true })
  })

  it('decides as the licence does on random requests', () => {
    const licences = document.map((json) => licenceOf(json))
    fc.assert(
      fc.property(
        licences,
        completeFacts,
        openFacts,
        use,
        moment,
        (licence, all, hidden, asked, now) => {
          const facts = without(all, hidden)
          const exported = asOffer(licenceSet(licence))
          if (licence.humanOnly.length === 0)
            expect(decide(exported, facts, asked, now)).toBe(decide(licence, facts, asked, now))
        },
      ),
      { numRuns: 400 },
    )
  })

  it.each(LABELLED)('spells out what the label %s adds', (code) => {
    const licence = licenceOf({
      ...templateDocument('open'),
      'sov:labels': [{ 'sov:code': code }],
    })
    const exported = asOffer(licenceSet(licence))
    expect(exported.labels).toEqual([])
    expect(refines(exported, licence)).toEqual({ holds: true })
    // What a vote here can settle stays barred there.
    const beyond = refines(licence, exported)
    expect(beyond.holds ? undefined : beyond.example?.facts.settledByPeople).toBe(
      clausesForPeople(licence).length > 0 ? 'yes' : undefined,
    )
  })

  it('bars what is left to people, whom a foreign evaluator cannot ask', () => {
    const json = templateDocument('open')
    const licence = licenceOf({
      ...json,
      'sov:humanOnly': [
        {
          uid: 'urn:x:people',
          target: (json.permission as Doc[])[0]?.target,
          action: 'sov:train',
          'sov:statement': { '@value': 'Ask us.', '@language': 'en' },
        },
      ],
    })
    const exported = asOffer(licenceSet(licence))
    const asked = { actions: ['train'], purposes: ['learning'] } as const
    const facts = { acceptedDuties: ['attribute'] } as const
    expect(decide(licence, facts, asked, NOW)).toBe('refer')
    expect(decide(exported, facts, asked, NOW)).toBe('deny')
  })

  it('names its type and where it comes from', () => {
    const licence = template('guardianship')
    expect(licenceSet(licence)).toMatchObject({
      '@type': 'Set',
      uid: `${licence.uid}#set`,
      'dct:source': { '@id': licence.uid },
    })
  })
})

describe('licenceAgreement', () => {
  it.each(TEMPLATES)('permits nothing that %s does not permit', (name) => {
    const licence = template(name)
    const all = granted(ACTIONS, PURPOSES)
    expect(refines(asOffer(licenceAgreement(licence, all)), licence)).toEqual({ holds: true })
  })

  it('permits the granted use to a holder whom the licence permits it', () => {
    const licence = template('open')
    const terms = asOffer(licenceAgreement(licence, granted(['download'], ['learning'])))
    const facts = { acceptedDuties: ['attribute'] } as const
    const ask = (action: Action, purpose: 'learning' | 'journalism', now = NOW) =>
      decide(terms, facts, { actions: [action], purposes: [purpose] }, now)
    expect(ask('download', 'learning')).toBe('permit')
    expect(ask('train', 'learning')).toBe('deny')
    expect(ask('download', 'journalism')).toBe('deny')
    expect(ask('download', 'learning', NOW - 1)).toBe('deny')
    expect(ask('download', 'learning', NOW + 30 * 86_400_000)).toBe('deny')
  })

  it('says a purpose that is on no list by what it is not', () => {
    const terms = (purposes: Granted['purposes']) =>
      asOffer(licenceAgreement(template('open'), granted(['download'], purposes)))
    const facts = { acceptedDuties: ['attribute'] } as const
    const ask = (licence: Licence, purpose: 'unlisted' | 'learning' | 'journalism') =>
      decide(licence, facts, { actions: ['download'], purposes: [purpose] }, NOW)
    expect(ask(terms(['unlisted']), 'learning')).toBe('deny')
    expect(ask(terms(['unlisted']), 'unlisted')).toBe('refer')
    expect(ask(terms(['unlisted', 'learning']), 'learning')).toBe('permit')
    expect(ask(terms(['unlisted', 'learning']), 'journalism')).toBe('deny')
  })

  it('names both parties, the dataset, the licence and its digest', () => {
    const licence = template('guardianship')
    const terms = granted(['download'], ['learning'])
    const agreement = licenceAgreement(licence, terms)
    expect(agreement).toMatchObject({
      '@type': 'Agreement',
      uid: terms.uid,
      'dct:source': { '@id': licence.uid },
      'sov:licenceDigest': terms.licence,
    })
    for (const rule of agreement.permission as Doc[])
      expect(rule).toMatchObject({
        assigner: licence.assigner,
        assignee: terms.assignee,
        target: terms.target,
        action: ['sov:download'],
      })
  })

  it('bars no longer what a vote has settled under this very licence, and says who did', () => {
    const json = templateDocument('open')
    const clause = (name: string) => ({
      uid: `urn:x:${name}`,
      target: PARTS.target,
      action: 'use',
      'sov:statement': { '@value': 'Ask us.', '@language': 'en' },
    })
    const licence = licenceOf({ ...json, 'sov:humanOnly': [clause('elders'), clause('families')] })
    const terms = granted(['download'], ['learning'])
    const settled = { clauses: ['urn:x:elders'], by: 'urn:x:c', vote: 'urn:x:v' }
    const under = (digest: string) =>
      licenceAgreement(licence, { ...terms, settled: [{ ...settled, licence: digest }] })
    const barred = (agreement: Doc) =>
      ((agreement.prohibition ?? []) as Doc[]).map((rule) => rule['dct:source'])
    const both = [{ '@id': 'urn:x:elders' }, { '@id': 'urn:x:families' }]
    expect(barred(licenceAgreement(licence, terms))).toEqual(both)
    expect(barred(under('sha256-other'))).toEqual(both)
    expect(under('sha256-other')['sov:settledByPeople']).toBeUndefined()
    expect(barred(under(terms.licence))).toEqual([{ '@id': 'urn:x:families' }])
    expect(under(terms.licence)['sov:settledByPeople']).toEqual([
      {
        'sov:clause': { '@id': 'urn:x:elders' },
        'sov:settledBy': { '@id': 'urn:x:c' },
        'sov:vote': { '@id': 'urn:x:v' },
      },
    ])
  })

  it('leaves no permission where nothing that was granted is permitted', () => {
    const agreement = licenceAgreement(
      template('guardianship'),
      granted(['redistribute'], ['learning']),
    )
    expect(agreement.permission).toBeUndefined()
  })
})

describe('reservesMining', () => {
  it.each(TEMPLATES)('reserves it under %s, which asks for something in return', (name) => {
    expect(reservesMining(template(name))).toBe(true)
  })

  const free = (permission: Doc, rest: Doc = {}) =>
    licenceOf({
      ...templateDocument('open'),
      permission: [
        { uid: 'urn:x:1', target: 'urn:x:t', assigner: 'urn:x:a', action: 'use', ...permission },
      ],
      ...rest,
    })

  it('does not where everybody may without a condition, and only there', () => {
    expect(reservesMining(free({}))).toBe(false)
    expect(reservesMining(free({ action: ['sov:derive', 'sov:train'] }))).toBe(false)
    expect(reservesMining(free({ action: 'sov:train' }))).toBe(true)
    expect(reservesMining(free({ action: 'sov:derive' }))).toBe(true)
    expect(reservesMining(free({ duty: [{ uid: 'urn:x:d', action: 'attribute' }] }))).toBe(true)
    const bar = { uid: 'urn:x:2', target: 'urn:x:t', action: 'sov:train' }
    expect(reservesMining(free({}, { prohibition: [bar] }))).toBe(true)
    const other = { uid: 'urn:x:2', target: 'urn:x:t', action: 'sov:redistribute' }
    expect(reservesMining(free({}, { prohibition: [other] }))).toBe(false)
  })
})

describe('spdxId', () => {
  it('is a reference that SPDX allows', () => {
    const id = spdxId(`sha256-${'ab'.repeat(32)}`)
    expect(id).toBe(`LicenseRef-sov-${'ab'.repeat(32)}`)
    expect(id).toMatch(/^LicenseRef-[A-Za-z0-9.-]+$/)
  })
})

describe('parseLicence', () => {
  it('refuses a Set and an Agreement: only an Offer is a document of record', () => {
    const licence = template('guardianship')
    for (const exported of [
      licenceSet(licence),
      licenceAgreement(licence, granted(['download'], ['learning'])),
    ]) {
      const parsed = parseLicence(exported)
      expect(parsed.ok ? [] : parsed.problems.map(({ path }) => path)).toContain('/@type')
    }
  })
})
