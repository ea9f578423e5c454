import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isCountry,
  licenceActions,
  licenceDigest,
  parseLicence,
  templateParts,
} from '../../policies/index.ts'
import {
  licenceOf,
  PARTS,
  problemsOf,
  readJson,
  sha256,
  TEMPLATES,
  template,
  templateDocument,
} from './licence-support.ts'

describe('parseLicence', () => {
  const document = templateDocument('guardianship')

  it('accepts the document that every refused one differs from in one place', () => {
    expect(problemsOf(document)).toEqual([])
  })

  it.each([null, undefined, 1, 'text', [], [document]])(
    'refuses %j, which is no object',
    (json) => {
      expect(parseLicence(json).ok).toBe(false)
    },
  )

  it('answers with problems, never with an exception, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(document)), (value, key) => {
        const parsed = parseLicence({ ...document, [key]: value })
        expect(parsed.ok || parsed.problems.length > 0).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('survives a document nested deeper than the stack', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown
    expect(problemsOf({ ...document, 'sov:preamble': deep }).length).toBeGreaterThan(0)
    expect(problemsOf({ ...document, permission: deep }).length).toBeGreaterThan(0)
  })

  it('refuses values that JSON cannot carry', () => {
    const problems = problemsOf({ ...document, 'dct:replaces': undefined })
    expect(problems.map(({ code }) => code)).toContain('not-json')
  })

  it('refuses more than 32 rules', () => {
    const rule = (index: number) => ({
      uid: `urn:x:${index}`,
      target: PARTS.target,
      action: 'sov:redistribute',
    })
    const rules = (count: number) => ({
      ...document,
      prohibition: Array.from({ length: count }, (_, index) => rule(index)),
    })
    expect(problemsOf(rules(30))).toEqual([])
    expect(problemsOf(rules(31)).map(({ code }) => code)).toEqual(['limit'])
  })

  it('refuses more than 64 distinct tests, however many clauses make them', () => {
    const test = (index: number, overdue: number) => ({
      uid: `urn:x:${index}`,
      leftOperand: 'sov:overdueDuties',
      operator: 'lteq',
      rightOperand: { '@value': String(overdue), '@type': 'xsd:integer' },
    })
    const tests = (count: number, distinct: number) => ({
      ...templateDocument('open'),
      prohibition: [
        {
          uid: 'urn:x:bar',
          target: PARTS.target,
          action: 'use',
          constraint: Array.from({ length: count }, (_, index) => test(index, index % distinct)),
        },
      ],
    })
    // The template itself makes one test: attribution is accepted.
    expect(problemsOf(tests(63, 63))).toEqual([])
    expect(problemsOf(tests(64, 10))).toEqual([])
    expect(problemsOf(tests(64, 64)).map(({ code }) => code)).toEqual(['limit'])
  })

  it('refuses a permission that can be met in more ways than can be shown', () => {
    const choice = (index: number, count: number) => ({
      uid: `urn:x:${index}`,
      or: Array.from({ length: count }, (_, part) => ({
        uid: `urn:x:${index}:${part}`,
        leftOperand: 'sov:identityAssurance',
        operator: 'gteq',
        rightOperand: { '@value': '1', '@type': 'xsd:integer' },
      })),
    })
    const choices = (...counts: number[]) => {
      const open = templateDocument('open')
      const permission = structuredClone(open.permission) as Record<string, unknown>[]
      const constraint = counts.map((count, index) => choice(index, count))
      return { ...open, permission: [permission[0], { ...permission[1], constraint }] }
    }
    expect(problemsOf(choices(8, 8))).toEqual([])
    expect(problemsOf(choices(8, 9)).map(({ code }) => code)).toEqual(['limit'])
  })

  it('keeps a copy of the document that nobody can change', () => {
    const own = templateDocument('guardianship')
    const licence = licenceOf(own)
    const before = licenceDigest(licence, sha256)
    own.uid = 'urn:example:changed'
    expect(licence.document.uid).toBe(PARTS.licence)
    expect(licenceDigest(licence, sha256)).toBe(before)
    expect(Object.isFrozen(licence.document)).toBe(true)
  })

  it('gives the same digest whatever the order of keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, field]) => [key, reversed(field)]),
      )
    }
    for (const name of TEMPLATES) {
      const own = templateDocument(name)
      const digest = licenceDigest(licenceOf(own), sha256)
      expect(licenceDigest(licenceOf(reversed(own)), sha256)).toBe(digest)
      expect(digest).toMatch(/^sha256-[0-9a-f]{64}$/)
    }
  })

  it('gives another digest to another title', () => {
    const other = template('guardianship', { ...PARTS, title: 'Other speech' })
    expect(licenceDigest(other, sha256)).not.toBe(licenceDigest(template('guardianship'), sha256))
  })
})

describe('licence templates', () => {
  it.each(TEMPLATES)('%s is a licence once it is filled in', (name) => {
    const licence = template(name)
    expect(licence.uid).toBe(PARTS.licence)
    expect(licence.target).toBe(PARTS.target)
    expect(licence.assigner).toBe(PARTS.assigner)
    expect(licenceActions(licence)).toContain('discover')
  })

  it.each(TEMPLATES)('%s leaves no placeholder behind', (name) => {
    expect(JSON.stringify(templateDocument(name))).not.toMatch(/\{\w+\??\}/)
  })

  it('leaves out the conditions on dates that are not given', () => {
    const { embargo: _embargo, expiry: _expiry, ...undated } = PARTS
    const licence = template('guardianship', undated)
    expect(JSON.stringify(licence.document)).not.toContain('dateTime')
    expect(licence.permissions[1]?.constraints).toHaveLength(5)
    expect(template('guardianship').permissions[1]?.constraints).toHaveLength(7)
  })

  it('refuses a staged release whose stages have no dates', () => {
    const { open: _open, ...unstaged } = PARTS
    expect(
      problemsOf(templateDocument('staged-release', unstaged)).map(({ path }) => path),
    ).toEqual([
      '/permission/3/constraint/0/rightOperand',
      ...[3, 4].map((claim) => `/sov:claims/${claim}/sov:scope/sov:until`),
      '/sov:claims/5/sov:scope/sov:from',
    ])
  })

  it('says which parts a template leaves open', () => {
    const parts = templateParts(readJson('policies/licences/staged-release.json'))
    expect(parts.find(({ name }) => name === 'open')).toEqual({ name: 'open', optional: false })
    const dates = templateParts(readJson('policies/licences/guardianship.json'))
    expect(dates.find(({ name }) => name === 'expiry')).toEqual({ name: 'expiry', optional: true })
  })

  it('cannot be made to say more through the parts that fill it in', () => {
    const sly = { ...PARTS, title: '{expiry}", "permission": []' }
    expect(template('guardianship', sly).permissions).toHaveLength(2)
  })
})

const outside = fileURLToPath(new URL('../../../shared/vectors/w3c-odrl', import.meta.url))
const foreign = existsSync(outside)
  ? readdirSync(outside, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /policy\w*\.json$/.test(file),
    )
  : []

describe('policies of other profiles', () => {
  it.skipIf(foreign.length === 0)('are refused with reasons, never read in part', () => {
    for (const file of foreign) {
      const json = JSON.parse(readFileSync(`${outside}/${file}`, 'utf8')) as unknown
      const parsed = parseLicence(json)
      expect(parsed.ok, file).toBe(false)
      if (parsed.ok) continue
      const paths = parsed.problems.map(({ path }) => path)
      expect(paths, file).toEqual(expect.arrayContaining(['/@context', '/profile', '/conflict']))
    }
  })
})

describe('country codes', () => {
  it('are the 249 that ISO 3166-1 assigns', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const all = letters.flatMap((a) => letters.map((b) => a + b)).filter(isCountry)
    expect(all).toHaveLength(249)
  })
})
