import { describe, expect, it } from 'vitest'
import {
  charterDigest,
  instantiateCharter,
  lintCharter,
  MATTERS,
  parseCharter,
} from '../../policies/index.ts'
import { charterOf, edited, SIZES, sha256, TEMPLATES, templateOf } from './charters.ts'

const charter = charterOf('council-with-groups')
const grant = (patch: unknown) => ({ matters: { 'access.grant': patch } })

const codesOf = (json: unknown): string[] => {
  const read = parseCharter(json)
  return read.ok ? [] : read.problems.map(({ path, code }) => `${path} ${code}`)
}

describe('a charter from outside', () => {
  it('is read as it was written', () => {
    expect(parseCharter(JSON.parse(JSON.stringify(charter)))).toEqual({ ok: true, charter })
  })

  const refusals: readonly (readonly [string, unknown, string])[] = [
    ['an unknown key', { quorum: '1/2' }, '/quorum unknown-key'],
    [
      'an unknown key in a rule',
      grant({ quorum: '1/2' }),
      '/matters/access.grant/quorum unknown-key',
    ],
    ['an unknown matter', { matters: { 'tax.raise': {} } }, '/matters/tax.raise unknown-key'],
    ['another format', { charter: 'commonhold-charter/2' }, '/charter not-an-option'],
    ['no community', { community: null }, '/community missing'],
    ['a blank community', { community: ' ' }, '/community empty'],
    ['text that has no UTF-8 form', { community: 'c\ud800' }, '/community empty'],
    ['version 0', { version: 0 }, '/version not-a-whole-number'],
    ['version 1.5', { version: 1.5 }, '/version not-a-whole-number'],
    ['a first version that amends', { previous: 'sha256-x' }, '/previous not-first'],
    ['a second version that amends nothing', { version: 2 }, '/previous missing'],
    ['a day for an instant', { effectiveFrom: '2026-01-01' }, '/effectiveFrom not-an-instant'],
    [
      'a float for a share',
      grant({ approveOfRoll: 0.5 }),
      '/matters/access.grant/approveOfRoll not-a-fraction',
    ],
    [
      'a share above one',
      grant({ approveOfRoll: '3/2' }),
      '/matters/access.grant/approveOfRoll not-a-fraction',
    ],
    [
      'a share of nothing',
      grant({ approveOfRoll: '0/1' }),
      '/matters/access.grant/approveOfRoll not-a-fraction',
    ],
    [
      'a share over zero',
      grant({ approveOfCast: '0/0' }),
      '/matters/access.grant/approveOfCast not-a-fraction',
    ],
    [
      'a share with a leading zero',
      grant({ approveOfCast: '02/3' }),
      '/matters/access.grant/approveOfCast not-a-fraction',
    ],
    [
      'no deciders',
      grant({ minDeciders: 0 }),
      '/matters/access.grant/minDeciders not-a-whole-number',
    ],
    [
      'another mode of objection',
      grant({ objection: 'maybe' }),
      '/matters/access.grant/objection not-an-option',
    ],
    ['a month', grant({ execWithin: 'P1M' }), '/matters/access.grant/execWithin not-a-duration'],
    ['a bare P', grant({ execWithin: 'P' }), '/matters/access.grant/execWithin not-a-duration'],
    ['a bare T', grant({ execWithin: 'P1DT' }), '/matters/access.grant/execWithin not-a-duration'],
    [
      'no time to carry out',
      grant({ execWithin: 'PT0S' }),
      '/matters/access.grant/execWithin no-time',
    ],
    [
      'no time to vote',
      grant({ open: { min: 'PT0S', max: 'PT0S' } }),
      '/matters/access.grant/open/max no-time',
    ],
    [
      'a least time above the most',
      grant({ open: { min: 'P20D' } }),
      '/matters/access.grant/open/min range',
    ],
    [
      'a veto that can be overridden',
      grant({ veto: { overridable: true } }),
      '/matters/access.grant/veto/overridable not-an-option',
    ],
    [
      'a rule of an unknown body',
      grant({ body: 'senate' }),
      '/matters/access.grant/body unknown-body',
    ],
    [
      'a veto of an unknown body',
      grant({ veto: { body: 'senate' } }),
      '/matters/access.grant/veto/body unknown-body',
    ],
    [
      'an appeal to an unknown body',
      grant({ appeal: { body: 'senate' } }),
      '/matters/access.grant/appeal/body unknown-body',
    ],
    [
      'groups of a body without groups',
      { bodies: { council: { groupBy: null } }, ...grant({}) },
      '/matters/access.grant/groups no-groups',
    ],
    [
      'an emergency of an unknown body',
      { emergency: { who: [{ body: 'senate', count: 1 }] } },
      '/emergency/who/0/body unknown-body',
    ],
    ['an emergency nobody may call', { emergency: { who: [] } }, '/emergency/who not-a-list'],
    [
      'an emergency ratified by nothing',
      { emergency: { ratifyBy: 'x' } },
      '/emergency/ratifyBy not-an-option',
    ],
    ['a proxy of a proxy', { proxy: { depth: 2 } }, '/proxy/depth not-an-option'],
    [
      'a ballot entered by one steward',
      { assisted: { stewards: 1 } },
      '/assisted/stewards not-a-whole-number',
    ],
    [
      'a body with a capital',
      { bodies: { Elders: { register: 'elders' } } },
      '/bodies/Elders unknown-key',
    ],
    ['a title without a language', { title: { 'not a tag': 'x' } }, '/title/not a tag unknown-key'],
  ]
  it.each(refusals)('is refused with %s', (_what, patch, problem) => {
    expect(codesOf(charter)).toEqual([])
    expect(codesOf(edited(charter, patch))).toContain(problem)
  })

  it('is told in a sentence what is wrong with it', () => {
    for (const [what, patch] of refusals) {
      const read = parseCharter(edited(charter, patch))
      for (const { message } of read.ok ? [] : read.problems) {
        expect(message, what).toMatch(/^.{15,}\.$/)
      }
    }
  })

  it.each([null, 3, 'charter', [], undefined])('is refused if it is %j', (json) => {
    expect(codesOf(json)).toEqual([' not-an-object'])
  })

  it('names a hostile key without touching any prototype', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true}}')
    expect(codesOf({ ...charter, bodies: hostile })).toContain('/bodies/__proto__ unknown-key')
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('the digest of a charter', () => {
  it('does not depend on the order of keys', () => {
    const backwards = Object.fromEntries(Object.entries(charter).reverse())
    const read = parseCharter(backwards)
    expect(read.ok && charterDigest(read.charter, sha256)).toBe(charterDigest(charter, sha256))
  })

  it('changes with any rule', () => {
    const other = edited(charter, grant({ minDeciders: 4 }))
    expect(charterDigest(other, sha256)).not.toBe(charterDigest(charter, sha256))
  })
})

describe('a charter template', () => {
  it.each(TEMPLATES)('%s becomes a charter for every matter that lint accepts', (name) => {
    const made = charterOf(name)
    expect(Object.keys(made.matters)).toEqual([...MATTERS])
    expect(lintCharter(made, SIZES)).toEqual([])
  })

  it.each(TEMPLATES)('%s can be sped up for a demonstration in one place', (name) => {
    const open = { min: 'PT0S', max: 'PT1H', lateWindow: 'PT1M', extension: 'PT1M' }
    const quick: Record<string, unknown> = { open, execWithin: 'P30D' }
    const { defaults } = templateOf(name)
    for (const part of ['veto', 'appeal']) {
      if (Object.hasOwn(defaults as object, part)) quick[part] = { window: 'PT1S' }
    }
    const made = charterOf(name, { defaults: quick })
    const errors = lintCharter(made, SIZES).filter(({ severity }) => severity === 'error')
    expect(made.matters['access.grant']?.open.max).toBe('PT1H')
    expect(errors).toEqual([])
  })

  it('takes the community and the day it is given', () => {
    expect(charterOf('open-assembly')).toMatchObject({
      community: 'c1',
      version: 1,
      effectiveFrom: '2026-01-01T00:00:00Z',
    })
  })

  it('lets an override replace a default and remove a part', () => {
    const made = charterOf('council-with-groups', { defaults: { minDeciders: 4, veto: null } })
    expect(made.matters['access.grant']?.minDeciders).toBe(4)
    expect(made.matters['access.grant']).not.toHaveProperty('veto')
  })

  it('is not changed by becoming a charter', () => {
    const template = templateOf('open-assembly')
    const before = JSON.stringify(template)
    instantiateCharter(template, {
      community: 'c1',
      effectiveFrom: '2026-01-01T00:00:00Z',
      overrides: { defaults: { minDeciders: 9 } },
    })
    expect(JSON.stringify(template)).toBe(before)
  })

  it.each([null, {}, { matters: 3 }, 'x'])('is refused if it is %j', (template) => {
    const made = instantiateCharter(template, {
      community: 'c1',
      effectiveFrom: '2026-01-01T00:00:00Z',
    })
    expect(made).toMatchObject({ ok: false, problems: [{ code: 'not-a-template' }] })
  })

  it('is refused with an override that means nothing', () => {
    const made = instantiateCharter(templateOf('open-assembly'), {
      community: 'c1',
      effectiveFrom: '2026-01-01T00:00:00Z',
      overrides: { defaults: { speed: 'fast' } },
    })
    expect(made.ok).toBe(false)
  })
})
