import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { align, unitId } from '../../seed/corpora/align.ts'
import { buildCorpora } from '../../seed/corpora/build-corpora.ts'
import type { Corpus, CorpusFile } from '../../seed/corpora/corpus.ts'
import { type Declaration, parseDeclaration } from '../../seed/corpora/declaration.ts'
import { languageTagProblems } from '../../seed/corpora/language-tag.ts'
import { countWords, statementSections } from '../../seed/corpora/statement.ts'
import { tones } from '../../seed/corpora/tones.ts'
import { countWordForms, toTsv } from '../../seed/corpora/word-list.ts'

const decode = (file: CorpusFile): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes)

const rowsOf = (file: CorpusFile): Record<string, unknown>[] =>
  decode(file)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const declaration = (tag: string, articles: readonly (readonly string[])[]): Declaration => ({
  code: tag,
  tag,
  articles: articles.map((paragraphs, number) => ({ number, paragraphs })),
})

const page = (articles: string, attributes = 'data-code="xx" lang="mi"'): string =>
  `<html ${attributes}><header><h2>P</h2><p>pre</p></header>${articles}</html>`

const thirty = (first: string): string =>
  Array.from({ length: 30 }, (_, at) => {
    const body = at === 0 ? first : '<p>x</p>'
    return `<article data-number="${at + 1}"><h2>t</h2>${body}</article>`
  }).join('')

describe('the corpora made of the declaration', () => {
  let corpora: readonly Corpus[] = []
  const files = () => corpora.flatMap((c) => c.files)
  beforeAll(async () => {
    corpora = await buildCorpora()
  })

  it('are at least eight, over at least nine languages, of all three kinds', () => {
    const tags = new Set(corpora.flatMap((c) => c.languages))
    expect(corpora.length).toBeGreaterThanOrEqual(8)
    expect([...tags].sort()).toEqual(
      ['en', 'gd', 'ha-NG', 'ig', 'ln', 'mi', 'rw', 'sn', 'sw', 'xh', 'yo', 'zu'].sort(),
    )
    expect(new Set(corpora.map((c) => c.kind))).toEqual(new Set(['parallel', 'text', 'lexicon']))
    expect(new Set(corpora.map((c) => c.slug)).size).toBe(corpora.length)
  })

  it('have the same bytes when built again', async () => {
    const digest = (built: readonly Corpus[]) =>
      built.flatMap((c) => c.files.map((f) => createHash('sha256').update(f.bytes).digest('hex')))
    expect(digest(await buildCorpora())).toEqual(digest(corpora))
  })

  it('hold NFC in UTF-8 without a byte order mark, ending with a line break', () => {
    for (const file of files()) {
      const text = decode(file)
      expect(text.normalize('NFC') === text, file.path).toBe(true)
      expect(text.startsWith('\uFEFF'), file.path).toBe(false)
      expect(text.endsWith('\n'), file.path).toBe(true)
    }
  })

  it('pair two non-empty texts a line, under the tags that name the file', () => {
    for (const corpus of corpora.filter((c) => c.kind === 'parallel')) {
      const tables = corpus.files.filter((f) => f.path.endsWith('.jsonl'))
      const rows = tables.flatMap((file) => {
        const tags = corpus.languages.filter((tag) =>
          [`${tag}-`, `-${tag}.jsonl`].some(
            (part) => file.path.startsWith(part) || file.path.endsWith(part),
          ),
        )
        const found = rowsOf(file)
        for (const row of found) {
          expect(Object.keys(row).sort()).toEqual(['article', 'id', ...tags].sort())
          for (const tag of tags) expect(String(row[tag]).length).toBeGreaterThan(3)
        }
        expect(new Set(found.map((row) => row.id)).size).toBe(found.length)
        return found
      })
      expect(rows.length).toBe(corpus.stats.pairs)
    }
  })

  it('align the first article of te reo Māori with the first article in English', () => {
    const file = corpora.find((c) => c.slug === 'rights-mi-en')?.files[0]
    const first = file && rowsOf(file)[0]
    expect(first).toMatchObject({ id: 'a01-p1', article: 1 })
    expect(first?.mi).toMatch(/^I te whānautanga mai o te tangata/)
    expect(first?.en).toMatch(/^All human beings are born free/)
  })

  it('never pair an article that they report as left out', () => {
    const left = corpora.flatMap((c) => c.stats.leftOut.map((l) => ({ ...l, files: c.files })))
    expect(left.length).toBeGreaterThan(0)
    for (const { pair, article, files: own } of left) {
      const rows = rowsOf(own.find((f) => f.path === `${pair}.jsonl`)!)
      expect(rows.every((row) => row.article !== article)).toBe(true)
    }
  })

  it('describe themselves in a summary of 60 to 100 words and leave no field empty', () => {
    for (const { slug, statement, languages } of corpora) {
      expect(countWords(statement.summary), slug).toBeGreaterThanOrEqual(60)
      expect(countWords(statement.summary), slug).toBeLessThanOrEqual(100)
      const sections = statementSections(statement)
      expect(sections.length).toBe(21)
      expect(sections.filter((s) => s.text.trim() === '')).toEqual([])
      expect(statement.languageVarieties.map((v) => v.tag)).toEqual(languages)
    }
  })

  it('credit the declaration and say that they are demonstration data', () => {
    for (const corpus of corpora) {
      const text = decode(corpus.files.find((f) => f.path === 'README.md')!)
      expect(text).toContain('Universal Declaration of Human Rights (copyright-free)')
      expect(text).toContain('demonstration data')
    }
  })

  it('list words by falling frequency, each once', () => {
    const lists = corpora.filter((c) => c.kind === 'lexicon').map((c) => decode(c.files[0]!))
    for (const list of lists) {
      const [header, ...rows] = list
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'))
      expect(header).toEqual(['word', 'count', 'articles'])
      const counts = rows.map((row) => Number(row[1]))
      expect(counts).toEqual([...counts].sort((a, b) => b - a))
      expect(new Set(rows.map((row) => row[0])).size).toBe(rows.length)
      expect(rows.length).toBeGreaterThan(200)
    }
  })
})

describe('the tones', () => {
  it('are sound of sixteen bits that has the same bytes every time, and name nobody', () => {
    const { files, statement } = tones()
    expect(files.map(({ bytes }) => Buffer.from(bytes))).toEqual(
      tones().files.map(({ bytes }) => Buffer.from(bytes)),
    )
    for (const { bytes, path } of files.filter((one) => one.path.endsWith('.wav'))) {
      expect(Buffer.from(bytes).toString('latin1', 0, 4), path).toBe('RIFF')
      expect(bytes.length, path).toBe(44 + 4 * 16_000 * 2)
    }
    expect(countWords(statement.summary)).toBeGreaterThanOrEqual(60)
    expect(countWords(statement.summary)).toBeLessThanOrEqual(100)
  })
})

describe('reading a declaration', () => {
  it('takes paragraphs from text and lists alike, decoded, joined and in NFC', () => {
    const read = parseDeclaration(
      page(thirty('<p>Ma\u0304ori &#x26;\n   tao</p><ol><li><p>b &amp; c</p></li></ol>')),
    )
    expect(read.tag).toBe('mi')
    expect(read.articles[0]).toEqual({ number: 0, paragraphs: ['pre'] })
    expect(read.articles[1]).toEqual({ number: 1, paragraphs: ['Māori & tao', 'b & c'] })
  })

  it('refuses a page that lacks an article', () => {
    const missing = thirty('<p>a</p>').replace('data-number="30"', 'data-number="31"')
    expect(() => parseDeclaration(page(missing))).toThrow(/articles 1 to 30/)
  })

  it('refuses a page that does not say its language', () => {
    expect(() => parseDeclaration(page(thirty('<p>a</p>'), 'data-code="xx"'))).toThrow(/lang/)
  })

  it('refuses an entity it does not know', () => {
    expect(() => parseDeclaration(page(thirty('<p>a&nope;b</p>')))).toThrow(/&nope;/)
  })
})

describe('aligning two declarations', () => {
  it('leaves out exactly the articles whose paragraph counts differ', () => {
    const article = fc.array(fc.string({ minLength: 1 }), { maxLength: 4 })
    const both = fc.array(fc.tuple(article, article), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(both, (pairs) => {
        const left = declaration(
          'aa',
          pairs.map(([l]) => l),
        )
        const right = declaration(
          'bb',
          pairs.map(([, r]) => r),
        )
        const { units, leftOut } = align(left, right)
        const differing = pairs.flatMap(([l, r], at) => (l.length === r.length ? [] : [at]))
        expect(leftOut.map((l) => l.article)).toEqual(differing)
        for (const unit of units) {
          const [l, r] = pairs[unit.article]!
          const at = l.findIndex((_, index) => unitId(unit.article, index) === unit.id)
          expect(unit.texts).toEqual([l[at], r[at]])
        }
        const kept = pairs.flatMap(([l, r]) => (l.length === r.length ? l : []))
        expect(units.length).toBe(kept.length)
      }),
    )
  })
})

describe('counting word forms', () => {
  it('keeps marks apart, ignores case, and counts an inner apostrophe as part of the word', () => {
    const rows = countWordForms(declaration('yo', [['Ọwọ́ ọwọ ỌWỌ́.'], ["n'obi 'n'obi' ọwọ́"]]))
    expect(rows).toEqual([
      { word: 'ọwọ́', count: 3, articles: 2 },
      { word: "n'obi", count: 2, articles: 1 },
      { word: 'ọwọ', count: 1, articles: 1 },
    ])
    expect(toTsv(rows)).toBe("word\tcount\tarticles\nọwọ́\t3\t2\nn'obi\t2\t1\nọwọ\t1\t1\n")
  })
})

describe('checking a language tag', () => {
  it('accepts registered languages, scripts, regions and variants', () => {
    for (const tag of ['mi', 'ha-NG', 'fuf-Adlm', 'ak-asante', 'es-419', 'sr-Latn-RS'])
      expect(languageTagProblems(tag)).toEqual([])
  })

  it('refuses a subtag that is well-formed but not registered', () => {
    expect(languageTagProblems('qqq')).toHaveLength(1)
    expect(languageTagProblems('mi-QO')).toHaveLength(1)
    expect(languageTagProblems('mi-Xxyz')).toHaveLength(1)
    expect(languageTagProblems('mi-nosuch')).toHaveLength(1)
  })

  it('refuses what is not a tag', () => {
    expect(languageTagProblems('te reo')).toEqual(['te reo: not the syntax of a BCP 47 tag'])
  })
})
