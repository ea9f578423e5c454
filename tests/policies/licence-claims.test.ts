import { describe, expect, it } from 'vitest'
import {
  type Claim,
  decide,
  licenceDigest,
  parseClaims,
  proveClaim,
  proveClaims,
  sayClaim,
  sayExample,
  writeClaim,
} from '../../policies/index.ts'
import {
  EXPIRY,
  licenceOf,
  problemsOf,
  sha256,
  template,
  templateDocument,
} from './licence-support.ts'

const guardianship = template('guardianship')
const claim = (rest: Omit<Claim, 'id'>): Claim => ({ id: 'urn:example:claim', ...rest })

const EVERYTHING: Claim = claim({
  verdict: 'onlyIf',
  scope: {
    actions: ['download', 'train'],
    purposes: ['learning', 'unlisted'],
    actorKind: ['academic'],
    commercialTie: ['no'],
    countries: ['GH', 'TG'],
    territory: ['home'],
    control: ['region'],
    ethicsApproval: ['yes'],
    councilRefused: ['no'],
    membership: ['none'],
    identityAssurance: [2, 3],
    overdue: ['none'],
    benefitAgreement: ['signed'],
    withoutDuties: ['reportBack'],
    until: EXPIRY,
  },
  condition: { councilApproval: ['approved'], withDuties: ['attribute'], from: 0 },
})

describe('a claim in a document', () => {
  it('is read back as it was written, with every part a scope has', () => {
    const read = parseClaims(JSON.parse(JSON.stringify([writeClaim(EVERYTHING)])))
    expect(read).toEqual({ ok: true, claims: [EVERYTHING] })
  })

  it('belongs to the licence and to its digest', () => {
    const document = templateDocument('guardianship')
    const claimed = licenceOf({ ...document, 'sov:claims': [writeClaim(EVERYTHING)] })
    expect(claimed.claims).toEqual([EVERYTHING])
    const silent = licenceOf({ ...document, 'sov:claims': [] })
    expect(licenceDigest(claimed, sha256)).not.toBe(licenceDigest(silent, sha256))
  })

  const written = writeClaim(EVERYTHING)
  it.each<[string, unknown, string, string]>([
    ['no list', {}, '/sov:claims', 'wrong-form'],
    ['more than 32', Array(33).fill(written), '/sov:claims', 'limit'],
    ['text for a claim', ['never'], '/sov:claims/0', 'wrong-form'],
    ['another key', [{ ...written, note: '' }], '/sov:claims/0/note', 'unknown-key'],
    ['no name', [{ ...written, uid: undefined }], '/sov:claims/0/uid', 'missing'],
    ['one name for two', [written, written], '/sov:claims/1/uid', 'duplicate-uid'],
    [
      'another verdict',
      [{ ...written, 'sov:verdict': { '@id': 'sov:often' } }],
      '/sov:claims/0/sov:verdict',
      'unknown-value',
    ],
    ['no scope', [{ ...written, 'sov:scope': undefined }], '/sov:claims/0/sov:scope', 'wrong-form'],
    [
      'an unknown part of a scope',
      [{ ...written, 'sov:scope': { 'sov:age': [] } }],
      '/sov:claims/0/sov:scope/sov:age',
      'unknown-key',
    ],
    [
      'an empty list',
      [{ ...written, 'sov:scope': { 'sov:actions': [] } }],
      '/sov:claims/0/sov:scope/sov:actions',
      'wrong-form',
    ],
    [
      'a plain word for a term',
      [{ ...written, 'sov:scope': { 'sov:actions': ['download'] } }],
      '/sov:claims/0/sov:scope/sov:actions/0',
      'plain-string',
    ],
    [
      'a term of another fact',
      [{ ...written, 'sov:scope': { 'sov:actions': [{ '@id': 'sov:learning' }] } }],
      '/sov:claims/0/sov:scope/sov:actions/0',
      'unknown-value',
    ],
    [
      'no country',
      [{ ...written, 'sov:scope': { 'sov:countries': ['Ghana'] } }],
      '/sov:claims/0/sov:scope/sov:countries/0',
      'unknown-value',
    ],
    [
      'a value twice',
      [{ ...written, 'sov:scope': { 'sov:countries': ['GH', 'GH'] } }],
      '/sov:claims/0/sov:scope/sov:countries',
      'duplicate-value',
    ],
    [
      'a date without a zone',
      [
        {
          ...written,
          'sov:scope': { 'sov:from': { '@value': '2026-01-01', '@type': 'xsd:dateTime' } },
        },
      ],
      '/sov:claims/0/sov:scope/sov:from',
      'unknown-value',
    ],
    [
      'an empty condition',
      [{ ...written, 'sov:condition': {} }],
      '/sov:claims/0/sov:condition',
      'missing',
    ],
    [
      'actions in a condition',
      [{ ...written, 'sov:condition': { 'sov:actions': [{ '@id': 'sov:train' }] } }],
      '/sov:claims/0/sov:condition/sov:actions',
      'unknown-key',
    ],
    [
      'a condition without "only if"',
      [{ ...written, 'sov:verdict': { '@id': 'sov:never' } }],
      '/sov:claims/0/sov:condition',
      'unknown-key',
    ],
  ])('is refused for %s', (_, value, path, code) => {
    const json = JSON.parse(JSON.stringify(value))
    const read = parseClaims(json)
    expect(read.ok ? [] : read.problems.map((one) => [one.path, one.code])).toContainEqual([
      path,
      code,
    ])
    const whole = problemsOf({ ...templateDocument('guardianship'), 'sov:claims': json })
    expect(whole.map((one) => [one.path, one.code])).toContainEqual([path, code])
  })
})

describe('a claim that is proved', () => {
  it.each<[string, Omit<Claim, 'id'>]>([
    ['never', { verdict: 'never', scope: { actorKind: ['commercial'] } }],
    [
      'never, by class of country',
      { verdict: 'never', scope: { territory: ['other'], councilApproval: ['lapsed'] } },
    ],
    [
      'only if',
      {
        verdict: 'onlyIf',
        scope: { membership: ['none'] },
        condition: { councilApproval: ['approved'], withDuties: ['reportBack'] },
      },
    ],
    ['only before a date', { verdict: 'onlyIf', scope: {}, condition: { until: EXPIRY } }],
    ['always', { verdict: 'always', scope: { actions: ['discover'] } }],
    ['about requests there are none of', { verdict: 'never', scope: { from: EXPIRY, until: 0 } }],
  ])('holds: %s', (_, body) => {
    const result = proveClaim(guardianship, claim(body))
    expect(result).toMatchObject({ holds: true, example: null, method: 'enumeration' })
  })

  it('is refuted with a request of its own scope that the licence decides the other way', () => {
    const outsiders = claim({ verdict: 'never', scope: { membership: ['none'] } })
    const away = claim({
      verdict: 'onlyIf',
      scope: { actions: ['download'], territory: ['other'] },
      condition: { membership: ['member'] },
    })
    const members = claim({ verdict: 'always', scope: { membership: ['member'] } })
    const results = proveClaims(guardianship, [outsiders, away, members])
    expect(results.map(({ holds }) => holds)).toEqual([false, false, false])
    const decided = results.map(
      ({ example }) => example && decide(guardianship, example.facts, example.use, example.now),
    )
    expect(decided).toEqual(['permit', 'permit', 'deny'])
    expect(results[1]?.example?.facts.country).toBe('AD')
  })
})

describe('a claim in words', () => {
  it.each<[Omit<Claim, 'id'>, string]>([
    [
      { verdict: 'never', scope: { actorKind: ['commercial'] } },
      'You may never use it if you are a company.',
    ],
    [{ verdict: 'never', scope: { actions: ['redistribute'] } }, 'Nobody may ever pass it on.'],
    [
      {
        verdict: 'onlyIf',
        scope: { membership: ['none'] },
        condition: { councilApproval: ['approved'] },
      },
      'If you are not a member of the community, you may use it only if the council has said yes.',
    ],
    [
      { verdict: 'onlyIf', scope: {}, condition: { until: EXPIRY, identityAssurance: [2, 3] } },
      'You may use it only if your school or workplace has been checked, and if it is before 1 January 2031.',
    ],
    [
      { verdict: 'always', scope: { actions: ['discover'] } },
      'You may always see that it is here.',
    ],
    [
      {
        verdict: 'never',
        scope: {
          withoutDuties: ['attribute'],
          councilApproval: ['rejected', 'lapsed'],
          overdue: ['some'],
        },
      },
      'You may never use it if the number of promises you are late with is more than 0, and if the council has not said yes, and if you do not promise to name the people it comes from.',
    ],
  ])('%#', (body, text) => {
    expect(sayClaim(claim(body), 'en')).toBe(text)
  })

  it('has a counterexample in words, with nothing that makes no difference', () => {
    const result = proveClaim(
      guardianship,
      claim({ verdict: 'never', scope: { membership: ['none'], actions: ['download'] } }),
    )
    expect(result.example && sayExample(guardianship, result.example, true, 'en')).toBe(
      'You may download it if you are not a member of the community, and if you are a person on your own, and if no company pays you or stands behind you, and if it is for use in the community, and if your school or workplace has been checked, and if the council has said yes, and if you promise to name the people it comes from, tell the community what you did with it and give the community what you make from it, and if it is 1 January 2026.',
    )
  })
})
