import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decide,
  type Facts,
  impliesCode,
  importCodes,
  type Licence,
  licenceCodes,
  proveNever,
  refines,
  SCHEMES,
  type Scheme,
  USE_ACTIONS,
  type Use,
} from '../../policies/index.ts'
import { completeFacts, moment, use } from './licence-arbitraries.ts'
import { licenceOf, NOW, PARTS, TEMPLATES, template, templateDocument } from './licence-support.ts'

const EVERY = (['DUO', 'CLARIN'] as const).flatMap((scheme) =>
  SCHEMES[scheme].map((mapping) => ({ scheme, mapping })),
)
const { embargo: _embargo, expiry: _expiry, ...UNDATED } = PARTS
const MAPPED = EVERY.filter(({ mapping }) => mapping.kind !== 'none')
const NARROWING = MAPPED.filter(({ mapping }) => mapping.kind !== 'free')
const UNMAPPED = EVERY.filter(({ mapping }) => mapping.kind === 'none')
const codesOf = (licence: Licence, scheme: Scheme): readonly string[] =>
  licenceCodes(licence)
    .filter((one) => one.scheme === scheme)
    .map(({ code }) => code)

const base = licenceOf({ ...templateDocument('open'), 'sov:home': ['GH'] })
const imported = (scheme: Scheme, code: string): Licence => {
  const { document, left } = importCodes(base, scheme, [code], NOW)
  expect(left).toEqual([])
  return licenceOf(document)
}

describe('codes of other schemes', () => {
  it('are the 25 terms of DUO and the 16 tags of CLARIN, each once', () => {
    expect(new Set(SCHEMES.DUO.map(({ code }) => code)).size).toBe(25)
    expect(SCHEMES.DUO).toHaveLength(25)
    for (const { code } of SCHEMES.DUO) expect(code).toMatch(/^DUO:00000\d\d$/)
    expect(SCHEMES.CLARIN.map(({ code }) => code)).toEqual([
      ...['ID', 'AFFIL', 'PERM', 'FF', 'PLAN', 'BY', 'NC', 'INF', 'LOC', 'LRT', 'PRIV'],
      ...['NORED', 'ND', 'DEP', 'SA', '*'],
    ])
  })

  it.each(UNMAPPED)('say why $mapping.code has no mapping', ({ mapping }) => {
    expect(mapping.note).toMatch(/^No mapping, because .{20,}\.$/)
    for (const name of TEMPLATES) expect(impliesCode(template(name), mapping)).toBe(false)
  })

  it.each(UNMAPPED)(
    'are not brought in by $mapping.code, which is named',
    ({ scheme, mapping }) => {
      const { document, left } = importCodes(base, scheme, [mapping.code])
      expect(left).toEqual([{ code: mapping.code, because: mapping.note }])
      expect(document).toEqual(base.document)
    },
  )

  it.each(NARROWING)(
    'are implied once $mapping.code is brought in, and not before',
    ({ scheme, mapping }) => {
      const already = mapping.code === 'BY'
      expect(impliesCode(base, mapping)).toBe(already)
      expect(impliesCode(imported(scheme, mapping.code), mapping)).toBe(true)
    },
  )

  it.each(NARROWING)('only narrow: $mapping.code', ({ scheme, mapping }) => {
    expect(refines(imported(scheme, mapping.code), base).holds).toBe(true)
  })

  /** What some codes say of a permitted request, written down once more. */
  const SAYS: Readonly<Record<string, (facts: Facts, asked: Use) => boolean>> = {
    'DUO:0000021': ({ ethicsApproval }) => ethicsApproval === 'yes',
    'DUO:0000045': ({ actorKind }) => actorKind !== 'commercial',
    'DUO:0000046': (_, { purposes }) => !purposes.includes('advertising'),
    NC: (_, { purposes }) => !purposes.includes('commercialProduct'),
    NORED: (_, { actions }) => !actions.includes('redistribute'),
    BY: ({ acceptedDuties }) => acceptedDuties?.includes('attribute') ?? false,
    INF: ({ acceptedDuties }) => acceptedDuties?.includes('reportBack') ?? false,
    ID: ({ identityAssurance = 0 }) => identityAssurance > 0,
    AFFIL: ({ identityAssurance = 0 }) => identityAssurance > 1,
  }

  it('never name a limit that a permitted request breaks', () => {
    const known = TEMPLATES.map((name) => template(name)).map((licence) => ({
      licence,
      says: licenceCodes(licence).flatMap(({ code }) => SAYS[code] ?? []),
    }))
    let looked = 0
    fc.assert(
      fc.property(completeFacts, use, moment, (facts, all, now) => {
        const actions = all.actions.filter((action) => USE_ACTIONS.includes(action))
        fc.pre(actions.length > 0)
        const asked = { ...all, actions }
        for (const { licence, says } of known) {
          const permitted = decide(licence, facts, asked, now) === 'permit'
          for (const say of permitted ? says : []) {
            expect(say(facts, asked)).toBe(true)
            looked += 1
          }
        }
      }),
      { numRuns: 3000 },
    )
    expect(looked).toBeGreaterThan(20)
  })

  it.each(TEMPLATES)(
    'of %s are exactly the limits that are proved, others have a counterexample',
    (name) => {
      const licence = template(name)
      for (const { scheme, mapping } of MAPPED) {
        if (mapping.kind !== 'limits') continue
        const proofs = mapping.never.map((scope) =>
          proveNever(licence, { actions: USE_ACTIONS, ...scope }),
        )
        const holds = proofs.every((proof) => proof.holds === true)
        expect(codesOf(licence, scheme).includes(mapping.code), mapping.code).toBe(holds)
        const broken = proofs.find((proof) => proof.holds !== true)
        if (broken === undefined) continue
        const { example } = broken
        expect(example && decide(licence, example.facts, example.use, example.now)).toBe('permit')
      }
    },
  )

  it('say what the templates are known for', () => {
    expect(codesOf(template('research-only'), 'DUO')).toEqual(
      expect.arrayContaining(['DUO:0000021', 'DUO:0000045', 'DUO:0000046', 'DUO:0000018']),
    )
    expect(codesOf(template('open'), 'CLARIN')).toEqual(['BY'])
    expect(codesOf(template('open'), 'DUO')).toEqual([])
    expect(codesOf(template('guardianship'), 'CLARIN')).toEqual(
      expect.arrayContaining(['ID', 'AFFIL', 'BY', 'NC', 'INF', 'NORED']),
    )
    expect(codesOf(template('guardianship'), 'DUO')).toContain('DUO:0000025')
    expect(codesOf(template('research-only', UNDATED), 'DUO')).not.toContain('DUO:0000025')
  })

  it('about places wait until the licence lists its home countries', () => {
    const { document, left } = importCodes(template('open'), 'DUO', ['DUO:0000022'])
    expect(document).toEqual(template('open').document)
    expect(left.map(({ because }) => because).join()).toContain('home countries')
  })

  it('find no restriction only where there is none', () => {
    const [free] = SCHEMES.DUO.filter(({ kind }) => kind === 'free')
    const { 'sov:claims': _, ...bare } = templateDocument('open')
    const unbound = licenceOf({
      ...bare,
      permission: [
        { uid: 'urn:x:1', target: 'urn:x:t', assigner: 'urn:x:a', action: ['sov:discover', 'use'] },
      ],
    })
    expect(free && impliesCode(unbound, free)).toBe(true)
    expect(free && impliesCode(base, free)).toBe(false)
    const { document, left } = importCodes(base, 'DUO', ['DUO:0000004'])
    expect(document).toEqual(base.document)
    expect(left).toEqual([
      { code: 'DUO:0000004', because: expect.stringContaining('never widens') },
    ])
    expect(importCodes(unbound, 'DUO', ['DUO:0000004']).left).toEqual([])
  })

  it('are brought in together, each once, with the day a time limit needs', () => {
    const codes = ['DUO:0000046', 'DUO:0000025', 'DUO:0000046', 'DUO:9999999']
    const { document, left } = importCodes(base, 'DUO', codes)
    expect(left.map(({ code }) => code)).toEqual(['DUO:0000025', 'DUO:9999999'])
    expect(left[0]?.because).toContain('day')
    expect(codesOf(licenceOf(document), 'DUO')).toContain('DUO:0000046')
    const dated = importCodes(base, 'DUO', codes, NOW)
    expect(codesOf(licenceOf(dated.document), 'DUO')).toEqual(
      expect.arrayContaining(['DUO:0000046', 'DUO:0000025']),
    )
  })
})
