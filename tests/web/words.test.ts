import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { parseAst } from 'vite'
import { describe, expect, it } from 'vitest'
import { ACTIONS, ACTOR_KINDS, DUTY_KINDS, MATTERS, PURPOSES } from '../../policies/index.ts'
import { shared } from '../../web/src/i18n/areas/shared.ts'
import { formatDay, formatDistance, formatNumber, formatSize } from '../../web/src/i18n/format.ts'
import { pluralForm } from '../../web/src/i18n/plural.ts'
import { accented } from '../../web/src/i18n/pseudo.ts'
import { translator } from '../../web/src/i18n/translate.ts'

const cwd = new URL('../../web/src', import.meta.url).pathname
const read = (path: string) => readFileSync(join(cwd, path), 'utf8')
const sources = globSync('**/*.tsx', { cwd }).sort()
const catalogues = globSync('i18n/en/*.json', { cwd }).sort()
const words = (path: string): Record<string, string> => JSON.parse(read(path))

const plain = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const everyKey = new Set(catalogues.flatMap((path) => Object.keys(words(path)).map(plain)))

describe('the English catalogue', () => {
  it.each(catalogues)('%s has a text for every key and both plural forms', (path) => {
    const entries = words(path)
    expect(Object.entries(entries).filter(([, text]) => text.trim() === '')).toEqual([])
    const plurals = Object.keys(entries).filter((key) => plain(key) !== key)
    const incomplete = plurals.filter(
      (key) => !(`${plain(key)}_one` in entries && `${plain(key)}_other` in entries),
    )
    expect(incomplete).toEqual([])
  })

  it('holds every key that a page names', () => {
    const missing = sources.flatMap((path) =>
      [...read(path).matchAll(/\b(?:t|words|states)\(\s*'([^']+)'/g)]
        .map(([, key]) => key ?? '')
        .filter((key) => !everyKey.has(key))
        .map((key) => `${path}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  it('has words for every term of the licence vocabulary and every matter', () => {
    const named = [
      ...PURPOSES.map((code) => `purpose.${code}`),
      ...ACTOR_KINDS.map((code) => `actor.${code}`),
      ...ACTIONS.map((code) => `action.${code}`),
      ...DUTY_KINDS.map((code) => `duty.${code}`),
      ...MATTERS.map((code) => `matter.${code}`),
    ]
    expect(named.filter((key) => !everyKey.has(key))).toEqual([])
  })
})

const drafts = globSync(['i18n/*/*.json', '!i18n/en/*.json'], { cwd }).sort()

describe('a draft translation', () => {
  it.each(drafts)('%s translates keys that exist, with the same holes', (path) => {
    const english = words(path.replace(/i18n\/[^/]+/, 'i18n/en'))
    const holes = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort()
    for (const [key, text] of Object.entries(words(path))) {
      expect(english, key).toHaveProperty([key])
      expect(holes(text), key).toEqual(holes(english[key] ?? ''))
    }
  })

  it.each(drafts)('%s leaves the words of licences and ballots alone', (path) => {
    const binding = /^(decision|choice|purpose|actor|action|duty|clause|matter|phase|tally)\./
    expect(Object.keys(words(path)).filter((key) => binding.test(key))).toEqual([])
  })
})

interface Node {
  readonly type: string
  readonly value?: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

/** Every text that stands between tags in a component. */
function jsxTexts(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(jsxTexts)
  if (!isNode(node)) return []
  if (node.type === 'JSXText') return [String(node.value).trim()]
  return Object.values(node).flatMap(jsxTexts)
}

describe('a page', () => {
  // The name of the project is the same in every language.
  const allowed = /^(Commonhold)?$/

  it.each(sources)('%s shows no text of its own', (path) => {
    const texts = jsxTexts(parseAst(read(path), { lang: 'tsx' }).body)
    expect(texts.filter((text) => /[A-Za-z]{2}/.test(text) && !allowed.test(text))).toEqual([])
  })

  it('is caught when it does', () => {
    const page = 'export const P = () => <p>Hello {name}</p>'
    expect(jsxTexts(parseAst(page, { lang: 'tsx' }).body)).toContain('Hello')
  })

  it.each(sources)('%s names no attribute text of its own', (path) => {
    const found = read(path).match(/\b(aria-label|placeholder|title|alt)="[^"]*[A-Za-z][^"]*"/g)
    expect(found).toBeNull()
  })

  it.each(sources)('%s takes its links from our own router', (path) => {
    expect(read(path)).not.toMatch(/from 'react-(router|i18next)'/)
  })
})

describe('numbers and dates', () => {
  it('groups digits and keeps one decimal', () => {
    expect(formatNumber(1234567.89, 'en')).toBe('1,234,567.9')
    expect(formatSize(1, 'en')).toBe('1 byte')
    expect(formatSize(11_504_863, 'en')).toBe('11.5 MB')
  })

  it('writes the month in words, in UTC', () => {
    expect(formatDay('2026-03-10T23:30:00Z', 'en')).toBe('10 March 2026')
    expect(formatDay('no date', 'en')).toBe('no date')
  })

  it('says how far away a moment is', () => {
    const now = '2026-03-10T09:00:00Z'
    expect(formatDistance('2026-03-13T10:00:00Z', now, 'en')).toBe('in 3 days')
    expect(formatDistance('2026-03-09T08:00:00Z', now, 'en')).toBe('1 day ago')
    expect(formatDistance('2026-03-10T11:30:00Z', now, 'en')).toBe('in 2 hours')
  })

  it('knows plural forms that browsers do not', () => {
    expect(pluralForm('yo', 1)).toBe('other')
    expect(pluralForm('zu', 0)).toBe('one')
    expect(pluralForm('ar', 105)).toBe('few')
    expect(pluralForm('en-GB', 1)).toBe('one')
  })

  it('leaves the holes of a text alone when it makes it look foreign', () => {
    const t = translator(shared, 'en-XA', accented)
    expect(t('size.byte', { count: 2 })).toContain('2 ')
    expect(t('size.byte', { count: 2 })).toMatch(/^⟦.*⟧$/)
  })
})
