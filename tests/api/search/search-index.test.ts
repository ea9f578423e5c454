import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  createSearchIndex,
  type SearchDoc,
  type SearchIndex,
  type SearchQuery,
  type SearchTables,
} from '../../../api/src/datasets/search/index.ts'
import { openSearchIndex } from '../../../api/src/storage/search-index.ts'

const doc = (id: string, title: string, rest: Partial<SearchDoc> = {}): SearchDoc => ({
  id,
  title,
  description: '',
  keywords: [],
  languages: ['mi'],
  communities: ['rimu-bay'],
  licences: ['guardianship'],
  kind: 'text',
  stage: 'named-download',
  publishedAt: 0,
  rank: 0,
  ...rest,
})

const opened = (...docs: readonly SearchDoc[]): SearchIndex => {
  const index = openSearchIndex({ file: ':memory:' })
  index.put(docs)
  return index
}

const query = (text: string, rest: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  filters: {},
  first: 20,
  ...rest,
})

const idsOf = (index: SearchIndex, text: string, rest: Partial<SearchQuery> = {}) =>
  index.search(query(text, rest)).hits.map((hit) => hit.id)

/** Eighteen titles in fourteen scripts and languages, and how people type to find them. */
const TITLES: readonly (readonly [title: string, ...queries: string[]])[] = [
  ['Ngā kōrero a te whānau', 'kōrero', 'korero', 'WHANAU'],
  ['Àwọn ìtàn ìbílẹ̀', 'ìtàn', 'itan', 'ibile'],
  ['Nā moʻolelo ʻāina', 'moʻolelo', "mo'olelo", 'moolelo', 'aina'],
  ['Nǀuu ǂKhomani puku', 'Nǀuu', 'N|uu', 'nuu', 'khomani'],
  ['የሕዝብ ታሪኮች', 'ታሪኮች', 'የሕዝብ'],
  ['قِصَصُ القَرْيَة', 'قصص', 'القريه'],
  ['ߒߞߏ ߞߎߡߊߘߋ߲', 'ߒߞߏ'],
  ['口述歷史錄音', '歷史', '史', '口述歷史'],
  ['นิทานพื้นบ้าน', 'นิทาน', 'พื้นบ้าน'],
  ['Labarun ƙauyen ɓaure', 'ƙauyen', 'kauyen', 'baure'],
  ['Glidzi ƒe ŋkɔwo', 'ŋkɔwo', 'nkowo'],
  ['Máŋga muitalusat', 'máŋga', 'manga'],
  ['Ilkıncı sözlük', 'ilkıncı', 'ilkinci', 'ILKINCI'],
  ['Truyện kể miền núi', 'truyện', 'truyen', 'nui'],
  ['Qhichwa ñawpa willakuykuna', 'nawpa', 'willaku'],
  ['लोक कथाएँ', 'कथाएँ', 'लोक'],
  ['Сказки Çăваш', 'çăваш', 'сказки'],
  ['ᐃᓄᒃᑎᑐᑦ ᐅᓂᒃᑳᖅ', 'ᐃᓄᒃᑎᑐᑦ'],
]

describe('eighteen titles in many scripts', () => {
  const index = opened(...TITLES.map(([title], at) => doc(`d${at}`, title)))
  const cases = TITLES.flatMap(([, ...queries], at) => queries.map((q) => [q, at] as const))

  it('are asked for in more than forty ways', () => {
    expect(TITLES.length).toBe(18)
    expect(cases.length).toBeGreaterThan(40)
  })

  it.each(cases)('answer "%s" with title %i alone', (text, at) => {
    expect(idsOf(index, text)).toEqual([`d${at}`])
  })
})

describe('the order of hits', () => {
  it('puts the word as typed before the word without its marks', () => {
    const index = opened(
      doc('plain', 'Maori words', { rank: 9 }),
      doc('marked', 'Māori words', { rank: 1 }),
    )
    expect(idsOf(index, 'māori')).toEqual(['marked', 'plain'])
    expect(idsOf(index, 'maori')).toEqual(['plain', 'marked'])
  })

  it('goes from title to description and from whole words to beginnings', () => {
    const index = opened(
      doc('begin-text', 'One', { description: 'kitabuni', rank: 9 }),
      doc('begin-title', 'Kitabuni', { rank: 8 }),
      doc('marked-text', 'Two', { description: 'kitábu', rank: 7 }),
      doc('marked-title', 'Kitábu', { rank: 6 }),
      doc('text', 'Three', { description: 'kitabu', rank: 5 }),
      doc('title', 'Kitabu', { rank: 4 }),
    )
    const expected = ['title', 'text', 'marked-title', 'marked-text', 'begin-title', 'begin-text']
    expect(idsOf(index, 'kitabu')).toEqual(expected)
  })

  it('settles a draw by rank, then by date, then by id', () => {
    const index = opened(
      doc('b', 'word'),
      doc('a', 'word'),
      doc('new', 'word', { publishedAt: 5 }),
      doc('top', 'word', { rank: 1 }),
    )
    expect(idsOf(index, 'word')).toEqual(['top', 'new', 'a', 'b'])
  })

  it('is by date alone when the newest are asked for', () => {
    const index = opened(
      doc('old', 'word', { publishedAt: 1, rank: 9 }),
      doc('new', 'words', { publishedAt: 2 }),
    )
    expect(idsOf(index, 'word', { sort: 'newest' })).toEqual(['new', 'old'])
    expect(idsOf(index, '', { sort: 'newest' })).toEqual(['new', 'old'])
    expect(idsOf(index, 'word')).toEqual(['old', 'new'])
  })

  it('gives scores that never rise along the page', () => {
    const index = opened(
      doc('a', 'word', { rank: -3 }),
      doc('b', 'word', { rank: 1e9 }),
      doc('c', 'wordy', { rank: 5 }),
    )
    const scores = index.search(query('word')).hits.map((hit) => hit.score)
    expect(scores).toEqual([...scores].sort((x, y) => y - x))
  })
})

describe('an unfinished word', () => {
  const index = opened(doc('a', 'Kiswahili stories'), doc('b', 'Swahili'))

  it('is completed when it is the last one', () => {
    expect(idsOf(index, 'kisw')).toEqual(['a'])
    expect(idsOf(index, 'kiswahili sto')).toEqual(['a'])
  })

  it('counts as finished when a space follows', () => {
    const both = opened(doc('whole', 'sto'), doc('longer', 'stories'))
    expect(idsOf(both, 'sto')).toEqual(['whole', 'longer'])
    expect(idsOf(both, 'sto ')).toEqual(['whole'])
  })

  it('is not completed when it is only the last of the words that are read', () => {
    const words = Array.from({ length: 12 }, (_, at) => `word${at}`)
    const two = opened(doc('whole', words.join(' ')), doc('longer', `${words.join(' ')}s`))
    expect(idsOf(two, `${words.join(' ')} more`)).toEqual(['whole'])
    expect(idsOf(two, words.join(' '))).toEqual(['whole', 'longer'])
  })

  it('is not completed when another word follows', () => {
    const two = opened(doc('a', 'story telling'), doc('b', 'sto telling'))
    expect(idsOf(two, 'sto telling')).toEqual(['b'])
  })
})

describe('a word that nobody wrote', () => {
  const index = opened(doc('a', 'Kinyarwanda proverbs'), doc('b', 'Yoruba songs'))

  it('finds the word one slip away', () => {
    for (const slip of ['proverbz', 'prverbs', 'porverbs', 'prooverbs'])
      expect(idsOf(index, slip), slip).toEqual(['a'])
  })

  it('finds the word it is a part of', () => {
    expect(idsOf(index, 'rwanda')).toEqual(['a'])
  })

  it('does not shake the words beside it', () => {
    expect(idsOf(index, 'kinyarwanda proverbz')).toEqual(['a'])
    expect(idsOf(index, 'yoruba proverbz')).toEqual([])
    expect(idsOf(index, 'proverbz kinyarw')).toEqual(['a'])
  })

  it('finds nothing when two slips are needed', () => {
    expect(idsOf(index, 'prowerbz')).toEqual([])
  })

  it('is not guessed when the word as typed is found', () => {
    const both = opened(doc('song', 'song'), doc('sing', 'sing'))
    expect(idsOf(both, 'song')).toEqual(['song'])
  })

  it('is not guessed when only a filter hides the word as typed', () => {
    const both = opened(doc('song', 'song'), doc('sing', 'sing', { kind: 'audio' }))
    expect(idsOf(both, 'song', { filters: { kind: ['audio'] } })).toEqual([])
    expect(idsOf(both, 'sing', { filters: { kind: ['audio'] } })).toEqual(['sing'])
  })

  it('scores below anything that was found as typed', () => {
    expect(index.search(query('proverbz')).hits[0]?.score).toBeLessThan(0)
    expect(index.search(query('proverbs')).hits[0]?.score).toBeGreaterThan(0)
  })
})

describe('filters', () => {
  const index = opened(
    doc('a', 'song', { languages: ['mi', 'en'], kind: 'text' }),
    doc('b', 'song', { languages: ['yo'], kind: 'text' }),
    doc('c', 'song', { languages: ['yo'], kind: 'audio' }),
    doc('d', 'tale', { languages: ['gd'], kind: 'audio' }),
  )

  it('widen within a facet and narrow between facets', () => {
    expect(idsOf(index, 'song', { filters: { language: ['mi', 'yo'] } })).toEqual(['a', 'b', 'c'])
    const both = { language: ['mi', 'yo'], kind: ['text'] }
    expect(idsOf(index, 'song', { filters: both })).toEqual(['a', 'b'])
    expect(idsOf(index, '', { filters: { kind: ['audio'] } })).toEqual(['c', 'd'])
  })

  it('leave everything when they name no value', () => {
    expect(idsOf(index, 'song', { filters: { language: [] } })).toEqual(['a', 'b', 'c'])
  })

  it('leave nothing when they name an unknown value', () => {
    for (const filters of [{ language: ['xx'] }, { language: ['xx'], kind: ['text'] }])
      for (const text of ['song', '']) {
        const result = index.search(query(text, { filters }))
        expect([result.total, result.hits]).toEqual([0, []])
      }
  })

  it('count a filtered facet as if it were not filtered, and the others as they are', () => {
    const { total, facets } = index.search(query('song', { filters: { language: ['yo'] } }))
    expect(total).toBe(2)
    expect(facets.language).toEqual([
      { value: 'yo', count: 2 },
      { value: 'en', count: 1 },
      { value: 'mi', count: 1 },
    ])
    expect(facets.kind).toEqual([
      { value: 'audio', count: 1 },
      { value: 'text', count: 1 },
    ])
  })

  it('may name hundreds of values', () => {
    const language = ['yo', ...Array.from({ length: 500 }, (_, at) => `x${at}`)]
    const many = opened(
      ...language.map((tag) => doc(tag, 'song', { languages: [tag] })),
      doc('other', 'song', { languages: ['zz'] }),
    )
    expect(many.search(query('song', { filters: { language } })).total).toBe(501)
    expect(many.search(query('song', { filters: { language, kind: ['text'] } })).total).toBe(501)
    expect(many.search(query('song', { filters: { language, kind: ['none'] } })).total).toBe(0)
  })
})

describe('pages', () => {
  const docs = Array.from({ length: 23 }, (_, at) =>
    doc(`d${at}`, at % 3 === 0 ? 'Māori song' : 'maori songs', {
      rank: at % 4,
      publishedAt: at % 5,
    }),
  )

  const walk = (index: SearchIndex, text: string, rest: Partial<SearchQuery>) => {
    const pages: string[][] = []
    let after: string | undefined
    do {
      const page = index.search(query(text, { ...rest, ...(after === undefined ? {} : { after }) }))
      pages.push(page.hits.map((hit) => hit.id))
      after = page.next ?? undefined
    } while (after !== undefined && pages.length < 50)
    return pages
  }

  it.each(['relevance', 'newest'] as const)('by %s join to the whole list', (sort) => {
    const index = opened(...docs)
    for (const text of ['māori song', 'maori', '', 'maorj']) {
      const whole = idsOf(index, text, { sort, first: 100 })
      expect(whole.length).toBe(23)
      for (const first of [1, 5, 23])
        expect(walk(index, text, { sort, first }).flat()).toEqual(whole)
    }
  })

  it('neither repeat nor skip what was there when datasets come and go in between', () => {
    const index = opened(...docs)
    const whole = idsOf(index, 'maori', { first: 100 })
    const start = index.search(query('maori', { first: 8 }))
    index.put([doc('first', 'maori', { rank: 99 }), doc('last', 'Māori', { rank: -99 })])
    index.remove([whole[2] ?? '', whole[7] ?? ''])
    const rest = idsOf(index, 'maori', { first: 100, after: start.next ?? '' })
    expect(rest).toEqual([...whole.slice(8), 'last'])
  })

  it('end without a cursor', () => {
    const index = opened(...docs)
    expect(index.search(query('maori', { first: 23 })).next).toBeNull()
    expect(index.search(query('maori', { first: 22 })).next).not.toBeNull()
  })

  it('hold at most a hundred and at least no hits', () => {
    const index = opened(...Array.from({ length: 120 }, (_, at) => doc(`d${at}`, 'song')))
    expect(idsOf(index, 'song', { first: 1e9 }).length).toBe(100)
    for (const first of [0, -5, Number.NaN]) {
      const page = index.search(query('song', { first }))
      expect([page.total, page.hits, page.next]).toEqual([120, [], null])
    }
  })

  it('are empty for a cursor that cannot be read or belongs to another order', () => {
    const index = opened(...docs)
    const cursor = (sort: 'relevance' | 'newest') =>
      index.search(query('maori', { first: 1, sort })).next ?? ''
    const unreadable = ['', 'nonsense', Buffer.from('[1]').toString('base64url')]
    for (const [sort, foreign] of [
      ['relevance', cursor('newest')],
      ['newest', cursor('relevance')],
    ] as const) {
      for (const after of [...unreadable, foreign]) {
        const page = index.search(query('maori', { after, sort }))
        expect([page.hits, page.next, page.total]).toEqual([[], null, 23])
      }
      expect(idsOf(index, 'maori', { after: cursor(sort), sort }).length).toBeGreaterThan(0)
    }
  })
})

describe('putting and removing', () => {
  it('finds a changed dataset under its new words only', () => {
    const index = opened(doc('a', 'song'))
    index.put([doc('a', 'tale', { languages: ['yo'] })])
    expect(index.size()).toBe(1)
    expect(idsOf(index, 'song ')).toEqual([])
    expect(index.search(query('tale')).facets.language).toEqual([{ value: 'yo', count: 1 }])
  })

  it('keeps the last of several with the same id', () => {
    const index = opened(doc('a', 'song'), doc('a', 'tale'))
    expect(index.size()).toBe(1)
    expect(idsOf(index, 'tale')).toEqual(['a'])
    expect(idsOf(index, 'song')).toEqual([])
  })

  it('leaves no trace of a removed dataset in hits, totals or counts', () => {
    const index = opened(doc('a', 'song', { languages: ['yo'] }), doc('b', 'song'))
    index.remove(['a', 'a', 'unknown'])
    const result = index.search(query('song'))
    expect([index.size(), result.total]).toEqual([1, 1])
    expect(result.facets.language).toEqual([{ value: 'mi', count: 1 }])
    expect(index.search(query('')).facets.language).toEqual([{ value: 'mi', count: 1 }])
  })

  it('still counts right after datasets have changed thousands of times', () => {
    const index = opened()
    const tags = ['mi', 'yo', 'zu']
    for (let turn = 0; turn < 30; turn += 1)
      index.put(
        Array.from({ length: 100 }, (_, at) =>
          doc(`d${at}`, 'song', { languages: tags.slice(0, 1 + ((turn + at) % 3)) }),
        ),
      )
    const expected = [
      { value: 'mi', count: 100 },
      { value: 'yo', count: 67 },
      { value: 'zu', count: 34 },
    ]
    expect(index.search(query('song')).facets.language).toEqual(expected)
    expect(index.search(query('')).facets.language).toEqual(expected)
    expect(index.search(query('song', { filters: { language: ['zu'] } })).total).toBe(34)
  })

  it('changes nothing when the tables refuse, and goes on afterwards', () => {
    const written: number[] = []
    let broken = true
    const tables: SearchTables = {
      batch: (work) => work(),
      write: (row) => {
        if (broken) throw new Error('disk full')
        written.push(row)
      },
      erase: () => undefined,
      rows: () => new Uint32Array(0),
      any: () => false,
      addWord: () => undefined,
      wordsHolding: () => [],
      close: () => undefined,
    }
    const index = createSearchIndex(tables)
    expect(() => index.put([doc('a', 'song'), doc('b', 'song')])).toThrow('disk full')
    expect([index.size(), index.search(query('')).total]).toEqual([0, 0])
    broken = false
    index.put([doc('c', 'song')])
    expect([written, idsOf(index, '')]).toEqual([[0], ['c']])
  })

  it('gives the place of a removed dataset to another one', () => {
    const index = opened(doc('a', 'song'))
    index.remove(['a'])
    index.put([doc('b', 'tale')])
    expect(idsOf(index, 'song')).toEqual([])
    expect(idsOf(index, 'tale')).toEqual(['b'])
    expect(idsOf(index, '')).toEqual(['b'])
  })

  it('takes a rank or date that is no number for nought', () => {
    const index = opened(doc('a', 'song', { rank: Number.NaN, publishedAt: Number.NaN }))
    index.put([doc('b', 'song', { rank: 1 }), doc('c', 'song', { rank: -1 })])
    expect(idsOf(index, 'song')).toEqual(['b', 'a', 'c'])
  })
})

describe('what a person may type', () => {
  const index = opened(doc('a', 'song of the and or not near'), doc('b', '"quoted" (1) 50% a*b'))

  it.each([
    'song AND',
    'song OR song',
    'NOT song',
    'NEAR(song tale, 2)',
    'w:song',
    'folded : song',
    'song*',
    '^song',
    '"song',
    "'; DROP TABLE folded; --",
    '{a b} : c',
    '- song',
    '+',
    '\u0000song',
    'so\u0000ng',
    '\uD800',
    '%_%',
    '()',
    'a'.repeat(10_000),
    'song '.repeat(2_000),
    '(("'.repeat(3_000),
    '语'.repeat(10_000),
    '\u0301'.repeat(10_000),
  ])('never throws: %.30s', (text) => {
    expect(() => index.search(query(text))).not.toThrow()
  })

  it('reads the words of operators as words', () => {
    expect(idsOf(index, 'and or not near')).toEqual(['a'])
    expect(idsOf(index, '"song" (near)')).toEqual(['a'])
  })

  it('finds nothing for a text without a word', () => {
    expect(index.search(query('!?')).total).toBe(0)
    expect(index.search(query('  ')).total).toBe(2)
  })
})

describe('the file of an index', () => {
  it('starts empty each time it is opened, even while another has it open', () => {
    const folder = mkdtempSync(join(tmpdir(), 'search-'))
    const file = join(folder, 'deeper', 'search.db')
    const first = openSearchIndex({ file })
    first.put([doc('a', 'song')])
    const second = openSearchIndex({ file })
    expect(existsSync(file)).toBe(true)
    expect([second.size(), second.search(query('song')).total]).toEqual([0, 0])
    expect(first.search(query('song')).total).toBe(1)
    first.close()
    second.close()
    rmSync(folder, { recursive: true })
  })
})
