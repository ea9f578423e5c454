import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { fold, type SearchDoc, type SearchQuery } from '../../api/src/datasets/search/index.ts'
import { openSearchIndex } from '../../api/src/storage/search-index.ts'

/** One line of the benchmark: medians over rounds of CPU per operation, and of their ratio. */
export interface BenchRow {
  readonly suite: 'search'
  readonly case: string
  readonly baseline: string
  readonly ratio: number
  readonly min: number
  readonly max: number
  /** Operations a round. */
  readonly n: number
  readonly cpu_us: number
  readonly baseline_cpu_us: number
}

type Random = () => number

/** Mulberry32: small, seeded, and the same everywhere. */
const seeded = (seed: number): Random => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const SYLLABLES =
  'ka mā to ri nu wha ngi ẹ ọ̀ ɗa ku zi mbo ho te pa lo sé ɓi ʻa ŋu va ɔ gb li ā ro nyi'.split(' ')

const inventWords = (random: Random, count: number): readonly string[] => {
  const words = new Set<string>()
  while (words.size < count) {
    const length = 2 + Math.floor(random() * 3)
    const parts = Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)])
    words.add(parts.join(''))
  }
  return [...words]
}

/** Draws an index below `count`, the k-th with a weight of 1/(k+3). */
const zipf = (random: Random, count: number): (() => number) => {
  const sums = new Float64Array(count)
  let sum = 0
  for (let at = 0; at < count; at += 1) {
    sum += 1 / (at + 4)
    sums[at] = sum
  }
  return () => {
    const wanted = random() * sum
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

const DAY = 86_400_000

/** Datasets of 31 words, four of them in the title, with five facets. */
const inventDocs = (count: number, words: readonly string[], random: Random) => {
  const word = zipf(random, words.length)
  const language = zipf(random, 200)
  const community = zipf(random, 300)
  const text = (length: number) => Array.from({ length }, () => words[word()]).join(' ')
  return Array.from(
    { length: count },
    (_, at): SearchDoc => ({
      id: `dataset-${at}`,
      title: text(4),
      description: text(27),
      keywords: [],
      languages: [`l${language()}`, `l${language()}`],
      community: `c${community()}`,
      licence: `licence-${Math.floor(random() * 8)}`,
      kind: `kind-${Math.floor(random() * 4)}`,
      stage: `stage-${Math.floor(random() * 3)}`,
      publishedAt: Math.floor(random() * 1000) * DAY,
      rank: Math.floor(random() * 100),
    }),
  )
}

const cpuOf = (work: () => void): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** A stock FTS5 table with the same folded text, asked for row numbers and nothing else. */
const openPlain = (file: string, docs: readonly SearchDoc[]) => {
  const database = new Database(file)
  database.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;
    CREATE VIRTUAL TABLE plain USING fts5(text, content='', detail=none, tokenize='ascii', prefix='3');`)
  const insert = database.prepare('INSERT INTO plain(rowid, text) VALUES (?, ?)')
  const fill = database.transaction(() => {
    docs.forEach((doc, row) => {
      insert.run([row, fold(`${doc.title} ${doc.description}`)])
    })
  })
  const cpu = cpuOf(() => fill())
  const rows = database.prepare('SELECT rowid FROM plain WHERE plain MATCH ?').raw(true)
  const blob = database
    .prepare('SELECT CAST(group_concat(rowid) AS BLOB) FROM plain WHERE plain MATCH ?')
    .raw(true)
  return { database, cpu, rows: (m: string) => rows.all([m]), blob: (m: string) => blob.get([m]) }
}

interface Case {
  readonly name: string
  readonly baseline: string
  readonly n: number
  readonly product: (at: number) => void
  readonly rival: (at: number) => void
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

const perOperation = (n: number, work: (at: number) => void): number =>
  cpuOf(() => {
    for (let at = 0; at < n; at += 1) work(at)
  }) / n

const measure = (rounds: number, one: Case): BenchRow => {
  perOperation(one.n, one.product)
  perOperation(one.n, one.rival)
  const samples = Array.from({ length: rounds }, (_, round) => {
    const first = round % 2 === 0 ? perOperation(one.n, one.rival) : Number.NaN
    const product = perOperation(one.n, one.product)
    const rival = round % 2 === 0 ? first : perOperation(one.n, one.rival)
    return { product, rival, ratio: product / rival }
  })
  const ratios = samples.map((s) => s.ratio)
  return {
    suite: 'search',
    case: one.name,
    baseline: one.baseline,
    ratio: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    n: one.n,
    cpu_us: median(samples.map((s) => s.product)),
    baseline_cpu_us: median(samples.map((s) => s.rival)),
  }
}

const ROWS = 'FTS5 row numbers, row by row'
const BLOB = 'FTS5 row numbers, in one blob'

/** Swaps two letters in the middle, so that the word is most likely nobody's. */
const misspelt = (word: string): string => {
  const at = word.length >> 1
  return `${word.slice(0, at - 1)}${word[at]}${word[at - 1]}${word.slice(at + 1)}`
}

type Search = (query: Partial<SearchQuery>) => void
type Plain = ReturnType<typeof openPlain>

const casesOf = (search: Search, plain: Plain, words: readonly string[]): readonly Case[] => {
  const pick = (from: number, count: number) => (at: number) => words[from + (at % count)] ?? ''
  const [common, rare] = [pick(0, 20), pick(12_000, 200)]
  const long = words.slice(2000).filter((word) => fold(word).length >= 7)
  const slip = (at: number) => misspelt(fold(long[at % 200] ?? ''))
  const start = (at: number) => [...fold(common(at))].slice(0, 3).join('')
  const byRows = (word: (at: number) => string, tail: string) => (at: number) =>
    plain.rows(`"${fold(word(at))}"${tail}`)
  const filters = { kind: ['kind-1'], stage: ['stage-1'] }
  const narrow = { language: ['l20'], community: ['c9'] }
  const top = (at: number) => search({ text: `${common(at)} ` })
  const commonRows = byRows(common, '')
  return [
    {
      name: 'common word, top 20 + facets',
      baseline: ROWS,
      n: 40,
      product: top,
      rival: commonRows,
    },
    {
      name: 'common word, top 20 + facets',
      baseline: BLOB,
      n: 40,
      product: top,
      rival: (at) => plain.blob(`"${fold(common(at))}"`),
    },
    {
      name: 'common word, facets only',
      baseline: ROWS,
      n: 40,
      product: (at) => search({ text: `${common(at)} `, first: 0 }),
      rival: commonRows,
    },
    {
      name: 'common word, newest 20 + facets',
      baseline: ROWS,
      n: 40,
      product: (at) => search({ text: `${common(at)} `, sort: 'newest' }),
      rival: commonRows,
    },
    {
      name: 'three letters, top 20 + facets',
      baseline: ROWS,
      n: 20,
      product: (at) => search({ text: start(at) }),
      rival: byRows(start, '*'),
    },
    {
      name: 'common word, two filters',
      baseline: 'the same word without filters',
      n: 40,
      product: (at) => search({ text: `${common(at)} `, filters }),
      rival: top,
    },
    {
      name: 'common word, two filters',
      baseline: ROWS,
      n: 40,
      product: (at) => search({ text: `${common(at)} `, filters }),
      rival: commonRows,
    },
    {
      name: 'common word, two narrow filters',
      baseline: ROWS,
      n: 40,
      product: (at) => search({ text: `${common(at)} `, filters: narrow }),
      rival: commonRows,
    },
    {
      name: 'rare word, top 20 + facets',
      baseline: ROWS,
      n: 400,
      product: (at) => search({ text: `${rare(at)} ` }),
      rival: byRows(rare, ''),
    },
    {
      name: 'misspelt word',
      baseline: ROWS,
      n: 200,
      product: (at) => search({ text: `${slip(at)} ` }),
      rival: byRows((at) => long[at % 200] ?? '', ''),
    },
    {
      name: 'no text, newest 20 + facets',
      baseline: ROWS,
      n: 40,
      product: () => search({ sort: 'newest' }),
      rival: commonRows,
    },
  ]
}

const BATCH = 1000

/**
 * Measures search over seeded datasets beside plain FTS5 scans, alternating within each round.
 * @param rounds at least 1; five give a usable median.
 * @param count datasets to invent.
 */
export const searchSuite = (rounds: number, count = 100_000): readonly BenchRow[] => {
  const random = seeded(20)
  const words = inventWords(random, 40_000)
  const docs = inventDocs(count, words, random)
  const files = ['index', 'plain'].map((name) => join(tmpdir(), `bench-${process.pid}-${name}.db`))
  const [indexFile = '', plainFile = ''] = files
  const plain = openPlain(plainFile, docs)
  const index = openSearchIndex({ file: indexFile })
  const build = cpuOf(() => {
    for (let at = 0; at < count; at += BATCH) index.put(docs.slice(at, at + BATCH))
  })
  const search: Search = (query) => {
    index.search({ text: '', filters: {}, first: 20, ...query })
  }
  const rows = casesOf(search, plain, words).map((one) => measure(rounds, one))
  index.close()
  plain.database.close()
  for (const file of files) rmSync(file, { force: true })
  const ratio = build / plain.cpu
  const filled: BenchRow = {
    suite: 'search',
    case: 'put one dataset',
    baseline: 'the same text into one FTS5 table',
    ratio,
    min: ratio,
    max: ratio,
    n: count,
    cpu_us: build / count,
    baseline_cpu_us: plain.cpu / count,
  }
  return [filled, ...rows]
}
