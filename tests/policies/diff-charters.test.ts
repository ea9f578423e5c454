import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Charter,
  diffCharters,
  lintCharter,
  MATTERS,
  parseCharter,
} from '../../policies/index.ts'
import { charterOf, edited, SIZES, TEMPLATES } from './charters.ts'

const charter = charterOf('council-with-groups')
const changed = (patch: unknown) => diffCharters(charter, edited(charter, patch), SIZES)

/** Every place of a charter that holds a single value, but for those that only name its place in a row. */
const leaves = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]))
    : [path]

const NO_RULE = ['charter', 'community', 'version', 'previous', 'effectiveFrom']

const replaced = (value: unknown, path: readonly string[], next: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return next
  if (Array.isArray(value)) {
    return value.map((one, at) => (String(at) === key ? replaced(one, rest, next) : one))
  }
  const whole = Object.entries(value ?? {})
  return Object.fromEntries(
    whole.map(([name, one]) => [name, name === key ? replaced(one, rest, next) : one]),
  )
}

const VALUES = [
  'council',
  'guardians',
  'assembly',
  '1/2',
  '2/3',
  '1/1',
  'P2D',
  'P45D',
  'PT1H',
  1,
  2,
  7,
  'none',
  'blocks',
  'sealed',
  'open',
  'body',
  'public',
  'never',
  'always',
  true,
  false,
  0,
  'kin',
  'access.revoke',
  'other words',
]

describe('the difference of two charters', () => {
  it('is empty for a charter and itself', () => {
    for (const name of TEMPLATES) {
      expect(diffCharters(charterOf(name), charterOf(name), SIZES)).toEqual([])
    }
  })

  it('names the matter, what it no longer says and what it says instead', () => {
    const changes = changed({ matters: { 'access.grant': { minDeciders: 4 } } })
    expect(changes).toHaveLength(1)
    expect(changes[0]?.matter).toBe('access.grant')
    expect(changes[0]?.removed).toEqual([expect.stringContaining('at least 3 of them')])
    expect(changes[0]?.added).toEqual([expect.stringContaining('at least 4 of them')])
  })

  it('tells a veto that is taken away as a sentence removed', () => {
    const [change] = changed({ matters: { 'access.grant': { veto: null } } })
    expect(change?.removed).toEqual([expect.stringContaining('can veto it')])
    expect(change?.added).toEqual([])
  })

  it('tells what holds for all matters apart', () => {
    const [change] = changed({ secrecy: { rollCall: 'public' } })
    expect(change?.matter).toBeNull()
    expect(change?.added).toEqual(['After the close everyone reads who voted how.'])
  })

  it('is silent about the place of a charter in its row', () => {
    expect(changed({ version: 2, previous: 'sha256-x' })).toEqual([])
  })

  it('is never empty when a single value of a rule was changed', () => {
    const paths = leaves(charter).filter(([first = '']) => !NO_RULE.includes(first))
    let read = 0
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.constantFrom(...VALUES), (path, value) => {
        const other = parseCharter(replaced(charter, path, value))
        if (!other.ok || JSON.stringify(other.charter) === JSON.stringify(charter)) return
        read += 1
        expect(diffCharters(charter, other.charter, SIZES)).not.toEqual([])
      }),
      { numRuns: 3000 },
    )
    expect(read).toBeGreaterThan(300)
  })

  it('read backwards takes away what it added', () => {
    const other = charterOf('open-assembly')
    const bodies = { ...charter.bodies, ...other.bodies }
    const [from, to]: [Charter, Charter] = [
      { ...charter, bodies },
      { ...other, bodies },
    ]
    const there = diffCharters(from, to, SIZES)
    const back = diffCharters(to, from, SIZES)
    expect(there.map(({ added }) => added)).toEqual(back.map(({ removed }) => removed))
    expect(there.length).toBeGreaterThan(MATTERS.length / 2)
  })
})

describe('a finding of lint on a charter that was spoilt', () => {
  it('names a place of the document and the way out', () => {
    const paths = leaves(charter).filter(([first = '']) => !NO_RULE.includes(first))
    const rules = new Set<string>()
    const sizes = { ...SIZES, council: { members: 3, groups: 2 } }
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.constantFrom(...VALUES, '1/3', 'PT0S', 99),
        (path, value) => {
          const read = parseCharter(replaced(charter, path, value))
          if (!read.ok) return
          for (const { rule, path: at, message } of lintCharter(read.charter, sizes)) {
            rules.add(rule)
            expect(at).toMatch(/^\/(matters|emergency|recusal)\//)
            expect(message).toMatch(/\b(give|ask|leave|raise|lower|name|add|make|keep|seat)\b/i)
          }
        },
      ),
      { numRuns: 3000 },
    )
    expect([...rules].sort()).toEqual(expect.arrayContaining(['L2', 'L3', 'L4', 'L5', 'L6', 'L9']))
  })
})

describe('what changes in a charter without a sentence of its own', () => {
  const grant = (patch: unknown) => changed({ matters: { 'access.grant': patch } })[0]

  it('is said of the time after which one can ask again', () => {
    const before = charter.matters['access.grant']?.retryAfter
    expect(before).not.toBe('P90D')
    expect(grant({ retryAfter: 'P90D' })).toMatchObject({
      matter: 'access.grant',
      added: ['What was not accepted can be asked again after 90 days.'],
      removed: [
        expect.stringMatching(/^What was not accepted can be asked again after \d+ days\.$/),
      ],
    })
  })

  it('is said of an effect that is named, and not of one that is not', () => {
    const { effect } = charter.matters['access.grant'] ?? {}
    const other = effect === 'access.renew' ? 'access.revoke' : 'access.renew'
    expect(grant({ effect: other })?.added).toContain(`Its effect is "${other}".`)
    const named = edited(charter, { matters: { 'access.grant': { effect: other } } })
    const unnamed = edited(charter, { matters: { 'access.grant': { effect: null } } })
    const [change] = diffCharters(named, unnamed, SIZES)
    expect(change?.removed).toEqual([`Its effect is "${other}".`])
    expect(change?.added).toEqual([])
  })

  it.each([
    ['without a turn', { maxExtensions: 0, lateWindow: 'P1D' }],
    ['without a window', { maxExtensions: 3, lateWindow: 'PT0S' }],
  ])('is said of late changes that move no close, %s', (_what, open) => {
    const idle = edited(charter, { matters: { 'access.grant': { open } } })
    const other = edited(idle, { matters: { 'access.grant': { open: { extension: 'P9D' } } } })
    const [change] = diffCharters(idle, other, SIZES)
    expect(change?.added).toEqual([
      `Late changes move no close (window ${open.lateWindow}, extension P9D, ${open.maxExtensions} times).`,
    ])
    expect(change?.removed).toHaveLength(1)
  })

  it('is said once of late changes that move the close', () => {
    const open = { maxExtensions: 1, lateWindow: 'P1D' }
    const [change] = diffCharters(
      edited(charter, { matters: { 'access.grant': { open } } }),
      edited(charter, { matters: { 'access.grant': { open: { ...open, extension: 'P9D' } } } }),
      SIZES,
    )
    expect(change?.added.join(' ')).not.toContain('move no close')
  })

  it('is said of its title and of what it says of itself, with the language', () => {
    const titled = { title: { en: 'Old title', mi: 'Ingoa' }, text: { en: 'Old words' } }
    const next = { title: { en: 'New title', mi: 'Ingoa' }, text: { en: 'New words' } }
    const changes = diffCharters(edited(charter, titled), edited(charter, next), SIZES)
    expect(changes.flatMap(({ removed }) => removed)).toEqual([
      'Its title (en): Old title',
      'It says of itself (en): Old words',
    ])
    expect(changes.flatMap(({ added }) => added)).toEqual([
      'Its title (en): New title',
      'It says of itself (en): New words',
    ])
  })
})
