import { describe, expect, it } from 'vitest'
import {
  type Claim,
  decide,
  isLabelCode,
  isPlainOpen,
  LABELS,
  labelClaims,
  licenceDigest,
  parseClaims,
  proveClaim,
  proveClaims,
  publicationProblems,
  sayClaim,
  sayExample,
  UNDER_THE_FLOOR,
  writeClaim,
} from '../../policies/index.ts'
import { lintLicence } from '../../policies/rules/lint-licence.ts'
import {
  EXPIRY,
  fragment,
  licenceOf,
  PARTS,
  problemsOf,
  sha256,
  TEMPLATES,
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

describe('publicationProblems of claims', () => {
  const claimed = (...claims: readonly Omit<Claim, 'id'>[]) =>
    publicationProblems(
      licenceOf({
        ...templateDocument('guardianship'),
        'sov:claims': claims.map((body, index) =>
          writeClaim({ id: `urn:example:${index}`, ...body }),
        ),
      }),
    )

  it('name the claim that is false, with a request that shows it', () => {
    const holds: Omit<Claim, 'id'> = { verdict: 'never', scope: { actorKind: ['commercial'] } }
    const fails: Omit<Claim, 'id'> = { verdict: 'never', scope: { membership: ['none'] } }
    expect(claimed(holds)).toEqual([])
    const [problem, ...others] = claimed(holds, fails)
    expect(others).toEqual([])
    expect(problem).toMatchObject({ path: '/sov:claims/1', code: 'claim-false' })
    expect(problem?.message).toMatch(
      /^“You may never use it if you are not a member of the community\.” is not true: You may look at a sample if you are not a member of the community, .* the council has said yes/,
    )
  })

  it('say what is refused where something was to be always permitted', () => {
    const [problem] = claimed({ verdict: 'always', scope: { membership: ['member'] } })
    expect(problem?.message).toMatch(/is not true: You may not /)
  })
})

describe('the floor of the registry', () => {
  const bars = (json: Record<string, unknown>) => json.prohibition as { uid: string }[]
  const without = (name: (typeof TEMPLATES)[number], ...clauses: readonly string[]) => {
    const json = templateDocument(name)
    const prohibition = bars(json).filter(({ uid }) => !clauses.includes(fragment(uid)))
    return licenceOf({ ...json, prohibition, 'sov:claims': [] })
  }

  it.each(TEMPLATES.filter((name) => name !== 'open'))('is kept by %s', (name) => {
    const below = UNDER_THE_FLOOR.filter(
      (purpose) =>
        proveClaim(template(name), claim({ verdict: 'never', scope: { purposes: [purpose] } }))
          .holds !== true,
    )
    expect(below).toEqual([])
  })

  it('does not bind what anybody may use for anything', () => {
    expect(isPlainOpen(template('open'))).toBe(true)
    expect(publicationProblems(template('open'))).toEqual([])
  })

  it('refuses each purpose that a licence with conditions lets through', () => {
    const codes = publicationProblems(without('staged-release', 'never-for'))
    expect(codes.map(({ code }) => code)).toEqual(['below-floor', 'below-floor', 'below-floor'])
    expect(codes[0]?.message).toContain('sov:surveillance')
    expect(publicationProblems(without('staged-release'))).toEqual([])
  })

  it('binds the open licence as soon as it sets a condition', () => {
    const refused = { 'sov:labels': [{ 'sov:code': 'tknc' }] }
    const labelled = licenceOf({ ...templateDocument('open'), ...refused, 'sov:claims': [] })
    expect(isPlainOpen(labelled)).toBe(false)
    expect(publicationProblems(labelled).map(({ code }) => code)).toContain('below-floor')
  })
})

describe('a label with an effect', () => {
  const EFFECTIVE = Object.keys(LABELS)
    .filter(isLabelCode)
    .filter((code) => labelClaims(code).length > 0)

  it('claims what it adds: the licence that carries it keeps it', () => {
    for (const code of EFFECTIVE) {
      const json = { ...templateDocument('open'), 'sov:labels': [{ 'sov:code': code }] }
      const results = proveClaims(licenceOf(json), labelClaims(code))
      expect([code, results.map(({ holds }) => holds)]).toEqual([code, results.map(() => true)])
    }
    expect(EFFECTIVE).toHaveLength(21)
  })
})

describe('lintLicence', () => {
  const found = (json: unknown) =>
    lintLicence(licenceOf(json)).map(({ clause, code }) => `${fragment(clause)} ${code}`)

  it.each<[(typeof TEMPLATES)[number], readonly string[]]>([
    ['guardianship', ['never-for already-excluded', 'no-redistribution already-excluded']],
    ['tiered-benefit', []],
    ['reinvest', ['never-for already-excluded', 'no-redistribution already-excluded']],
    ['open-with-credit', []],
    [
      'research-only',
      [
        'no-commercial-actor already-excluded',
        'never-for already-excluded',
        'no-redistribution already-excluded',
      ],
    ],
    ['community-only', ['no-copies already-excluded']],
    ['staged-release', []],
    ['open', []],
  ])('reports of %s only bars on what is left out anyway', (name, expected) => {
    expect(found(templateDocument(name))).toEqual(expected)
  })

  it('finds a permission that contradicts itself, and one that is always barred', () => {
    const ended = templateDocument('guardianship', { ...PARTS, embargo: '2032-01-01T00:00:00Z' })
    expect(found(ended)).toContain('allow never-holds')
    const json = templateDocument('open')
    const bar = { uid: 'urn:example:bar', target: PARTS.target, action: ['use'] }
    expect(found({ ...json, prohibition: [bar] })).toContain('allow never-holds')
  })

  it('finds a condition and a permission that change nothing', () => {
    const json = templateDocument('open')
    const [see, allow] = json.permission as Record<string, unknown>[]
    const anyone = {
      uid: 'urn:example:licence#anyone',
      leftOperand: 'sov:identityAssurance',
      operator: 'gteq',
      rightOperand: { '@value': '0', '@type': 'xsd:integer' },
    }
    const idle = { ...allow, constraint: [anyone] }
    expect(found({ ...json, permission: [see, idle] })).toEqual(['anyone dead-clause'])
    const twice = {
      ...allow,
      uid: 'urn:example:licence#again',
      duty: undefined,
      action: 'sov:train',
    }
    const named = { ...twice, duty: [{ uid: 'urn:example:licence#name', action: 'attribute' }] }
    expect(found(JSON.parse(JSON.stringify({ ...json, permission: [see, allow, named] })))).toEqual(
      ['again dead-clause'],
    )
  })
})
