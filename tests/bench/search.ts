import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { fold, type SearchDoc, type SearchQuery } from '../../api/src/datasets/search/index.ts'
import { openSearchIndex } from '../../api/src/storage/search-index.ts'
import { compareAll, type Run } from './compare.ts'
import { inProcess } from './cpu.ts'
import { inventDocs, inventWords, seeded } from './invent-datasets.ts'
import { type BenchRow, spread } from './row.ts'
import type { Comparison } from './sample.ts'

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
  /** The ratio of CPU that performance.md 9 allows. */
  readonly atMost?: number
}

const asComparison = ({ name, baseline, n, product, rival, atMost }: Case): Comparison => ({
  name,
  n,
  product: inProcess('search', n, product),
  baselines: [
    {
      ...inProcess(baseline, n, rival),
      ...(atMost === undefined ? {} : { goals: [{ of: 'cpu', ratio: atMost }] }),
    },
  ],
})

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
      atMost: 1.5,
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
      atMost: 0.5,
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

/** Fills index and plain table; the build of each is measured once. */
const build = (count: number) => {
  const random = seeded(20)
  const words = inventWords(random, 40_000)
  const docs = inventDocs(count, words, random)
  const files = ['index', 'plain'].map((name) => join(tmpdir(), `bench-${process.pid}-${name}.db`))
  const [indexFile = '', plainFile = ''] = files
  const plain = openPlain(plainFile, docs)
  const index = openSearchIndex({ file: indexFile })
  const cpu = cpuOf(() => {
    for (let at = 0; at < count; at += BATCH) index.put(docs.slice(at, at + BATCH))
  })
  const close = (): void => {
    index.close()
    plain.database.close()
    for (const file of files) rmSync(file, { force: true })
  }
  return { index, plain, words, cpu, close }
}

/** Search over seeded datasets beside plain FTS5 scans. */
export const searchSuite = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const count = smoke ? 10_000 : 100_000
  const { index, plain, words, cpu, close } = build(count)
  const search: Search = (query) => {
    index.search({ text: '', filters: {}, first: 20, ...query })
  }
  const rows = await compareAll(run, casesOf(search, plain, words).map(asComparison))
  close()
  const filled: BenchRow = {
    suite: run.suite,
    case: 'put one dataset',
    baseline: 'the same text into one FTS5 table',
    ...spread([cpu / plain.cpu]),
    n: count,
    cpu_us: cpu / count,
    baseline_cpu_us: plain.cpu / count,
    bad: 0,
  }
  return [filled, ...rows]
}
