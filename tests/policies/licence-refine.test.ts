import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  commonUse,
  decide,
  diffLicences,
  type Example,
  type Licence,
  proveNever,
  publicationProblems,
  refines,
  type Scope,
} from '../../policies/index.ts'
import { completeFacts, document, moment, use } from './licence-arbitraries.ts'
import {
  EXPIRY,
  licenceOf,
  MEMBER,
  NOW,
  PARTS,
  TEMPLATES,
  type TemplateName,
  template,
  templateDocument,
} from './licence-support.ts'

const permits = (licence: Licence, { facts, use: asked, now }: Example): boolean =>
  decide(licence, facts, asked, now) === 'permit'

type Node = Record<string, unknown>

describe('proveNever', () => {
  const guardianship = template('guardianship')

  it.each<[string, Scope]>([
    ['no commercial actor uses it', { actorKind: ['commercial'] }],
    ['nobody with a company behind them uses it', { commercialTie: ['yes'] }],
    ['nobody passes it on', { actions: ['redistribute'] }],
    ['nobody uses it without promising to report', { withoutDuties: ['reportBack'] }],
    ['nobody uses it after its end', { from: EXPIRY }],
    ['no outsider uses it without a vote', { membership: ['none'], councilApproval: ['rejected'] }],
    ['nobody is watched', { purposes: ['surveillance'] }],
  ])('shows that under guardianship %s', (_, scope) => {
    const using: Scope = { actions: ['preview', 'download', 'derive', 'train'], ...scope }
    expect(proveNever(guardianship, using)).toEqual({ holds: true })
  })

  it('refutes that no outsider ever downloads, with a request that is permitted', () => {
    const claim = proveNever(guardianship, { membership: ['none'], actions: ['download'] })
    expect(claim.holds).toBe(false)
    if (claim.holds || claim.example === null) return
    expect(permits(guardianship, claim.example)).toBe(true)
    expect(claim.example.facts.membership).toBeUndefined()
  })

  it('refutes "no commercial actor" as soon as that bar is taken out', () => {
    const json = templateDocument('guardianship')
    const bars = (json.prohibition as Node[]).filter(
      ({ uid }) => uid !== `${PARTS.licence}#no-commercial-actor`,
    )
    const scope: Scope = { actorKind: ['commercial'], actions: ['download'] }
    expect(proveNever(licenceOf({ ...json, prohibition: bars }), scope).holds).toBe(false)
  })

  it.each([...TEMPLATES])('shows that %s never lets anyone go unnamed', (name) => {
    const scope: Scope = { withoutDuties: ['attribute'], actions: ['useInPlace', 'download'] }
    expect(proveNever(template(name), scope)).toEqual({ holds: true })
  })

  it('shows that every template but plain open bars surveillance, profiling and advertising', () => {
    const floor: Scope = {
      purposes: ['surveillance', 'profiling', 'advertising'],
      actions: ['preview', 'useInPlace', 'download', 'derive', 'train', 'redistribute'],
    }
    const open = TEMPLATES.filter((name) => !proveNever(template(name), floor).holds)
    expect(open).toEqual(['open'])
  })

  it('agrees with trying: what it rules out never happens, what it finds does', () => {
    fc.assert(
      fc.property(
        document,
        fc.array(fc.tuple(completeFacts, use, moment), { minLength: 20, maxLength: 20 }),
        (json, requests) => {
          const licence = licenceOf(json)
          const claim = proveNever(licence, {})
          if (!claim.holds) {
            expect(claim.example).not.toBeNull()
            if (claim.example !== null) expect(permits(licence, claim.example)).toBe(true)
            return
          }
          for (const [facts, asked, now] of requests)
            expect(decide(licence, facts, asked, now)).not.toBe('permit')
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('refines', () => {
  it.each<[TemplateName, TemplateName]>([
    ['research-only', 'open-with-credit'],
    ['guardianship', 'open-with-credit'],
    ['community-only', 'staged-release'],
    ['open-with-credit', 'open'],
    ['tiered-benefit', 'open'],
  ])('shows that %s is at least as strict as %s', (child, parent) => {
    expect(refines(template(child), template(parent))).toEqual({ holds: true })
  })

  it.each<[TemplateName, TemplateName]>([
    ['open', 'open-with-credit'],
    ['research-only', 'guardianship'],
    ['guardianship', 'research-only'],
  ])('shows by an example that %s is not as strict as %s', (child, parent) => {
    const claim = refines(template(child), template(parent))
    expect(claim.holds).toBe(false)
    if (claim.holds || claim.example === null) return
    expect(permits(template(child), claim.example)).toBe(true)
    expect(permits(template(parent), claim.example)).toBe(false)
  })

  it('holds of every licence and itself', () => {
    for (const name of TEMPLATES) expect(refines(template(name), template(name)).holds).toBe(true)
  })

  it('agrees with trying on random pairs', () => {
    fc.assert(
      fc.property(
        document,
        document,
        fc.array(fc.tuple(completeFacts, use, moment), { minLength: 20, maxLength: 20 }),
        (a, b, requests) => {
          const [child, parent] = [licenceOf(a), licenceOf(b)]
          const claim = refines(child, parent)
          if (!claim.holds) {
            if (claim.example === null) return
            expect(permits(child, claim.example)).toBe(true)
            expect(permits(parent, claim.example)).toBe(false)
            return
          }
          for (const [facts, asked, now] of requests) {
            const example = { facts, use: asked, now }
            if (permits(child, example)) expect(permits(parent, example)).toBe(true)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('diffLicences', () => {
  const before = template('guardianship')

  it('finds nothing between a licence and itself', () => {
    expect(diffLicences(before, before)).toEqual({ wider: [], narrower: [], complete: true })
  })

  it('tells widening from narrowing', () => {
    const later = template('guardianship', { ...PARTS, expiry: '2032-01-01T00:00:00Z' })
    expect(diffLicences(before, later).narrower).toEqual([])
    const [example] = diffLicences(before, later).wider
    expect(example?.now).toBeGreaterThanOrEqual(EXPIRY)
    expect(diffLicences(later, before).wider).toEqual([])
  })
})

describe('commonUse', () => {
  const training: Scope = {
    actions: ['train'],
    actorKind: ['academic'],
    purposes: ['languageTechnologyResearch'],
  }

  it('is left between any two templates but the closed one', () => {
    const others = TEMPLATES.filter((name) => name !== 'community-only').map((name) =>
      template(name),
    )
    for (const a of others)
      for (const b of others) expect(commonUse([a, b], training)).not.toBeNull()
  })

  it('is never left where no copy may leave', () => {
    for (const name of TEMPLATES)
      expect(commonUse([template('community-only'), template(name)], training)).toBeNull()
    expect(commonUse([template('community-only'), template('guardianship')])).toBeNull()
  })
})

describe('publicationProblems', () => {
  const labelled = (name: TemplateName, code: string) =>
    publicationProblems(
      licenceOf({ ...templateDocument(name), 'sov:labels': [{ 'sov:code': code }] }),
    ).map((problem) => problem.code)

  it.each(TEMPLATES)('has none for %s', (name) => {
    expect(publicationProblems(template(name))).toEqual([])
  })

  it('holds clauses to the label they are published with', () => {
    expect(labelled('open', 'tknc')).toContain('label-contradicted')
    expect(labelled('guardianship', 'tknc')).toEqual([])
    expect(labelled('guardianship', 'tkco')).toEqual(['label-contradicted'])
    expect(labelled('community-only', 'tkco')).toEqual([])
    expect(labelled('community-only', 'tkss')).toEqual([])
    expect(labelled('open', 'tka')).toEqual([])
  })

  it('stops at labels that wait for the community, and not at those that are only shown', () => {
    expect(labelled('guardianship', 'tknv')).toEqual(['label-unresolved'])
    expect(labelled('guardianship', 'bccnv')).toEqual(['label-unresolved'])
    expect(labelled('guardianship', 'tkv')).toEqual([])
  })

  it('says in sentences what is wrong, and at which label or clause', () => {
    const problems = (name: TemplateName, code: string) =>
      publicationProblems(
        licenceOf({ ...templateDocument(name), 'sov:labels': [{ 'sov:code': code }] }),
      )
    expect(problems('guardianship', 'tknv')).toEqual([
      {
        path: '/sov:labels/0',
        code: 'label-unresolved',
        message: expect.stringMatching(/^"tknv" says .+ Resolve it first\.$/),
      },
    ])
    expect(problems('guardianship', 'tks')).toEqual([
      {
        path: '/sov:labels/0',
        code: 'label-contradicted',
        message: expect.stringMatching(/^"tks" needs a clause on sov:month\.$/),
      },
    ])
    expect(problems('guardianship', 'tkco')).toEqual([
      {
        path: '/sov:labels/0',
        code: 'label-contradicted',
        message: expect.stringMatching(/label "tkco" rules out\. .+ “.+” is not true: You may /),
      },
    ])
    const dead = template('guardianship', { ...PARTS, embargo: '2032-01-01T00:00:00Z' })
    expect(publicationProblems(dead)).toEqual([
      {
        path: '/permission',
        code: 'never-permits',
        message: expect.stringMatching(/^No request at all .+\.$/),
      },
    ])
  })

  it('wants months where a season is claimed', () => {
    expect(labelled('guardianship', 'tks')).toEqual(['label-contradicted'])
  })

  it('notices a licence under which nothing can ever be permitted', () => {
    const dead = template('guardianship', { ...PARTS, embargo: '2032-01-01T00:00:00Z' })
    expect(publicationProblems(dead).map(({ code }) => code)).toEqual(['never-permits'])
    expect(decide(dead, MEMBER, { actions: ['download'], purposes: ['learning'] }, NOW)).toBe(
      'deny',
    )
  })
})
