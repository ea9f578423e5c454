import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { connectStorage } from '../../api/src/storage/connect.ts'
import { startRegistry } from '../support/registry.ts'
import { startServer } from '../support/server-process.ts'
import { found, type Village } from '../support/village.ts'
import { type BrowsePage, browseBody } from './browse-page.ts'
import { compareAll, type Run } from './compare.ts'
import { awaited } from './cpu.ts'
import { type Load, overHttp, type Shot } from './http-load.ts'
import { inventDocs, inventWords, seeded } from './invent-datasets.ts'
import { startRival } from './rivals.ts'
import type { BenchRow } from './row.ts'
import type { Contender } from './sample.ts'

const BATCH = 2000
const COMMUNITIES = 300
const LICENCES = 8

type Doc = Readonly<Record<string, unknown>>

/** One dataset with two versions as the projector would have written them. */
const projected = (doc: ReturnType<typeof inventDocs>[number], at: number) => {
  const { id, title, description, keywords, languages, publishedAt } = doc
  const [community] = doc.communities
  const [licence] = doc.licences
  const versions = ['1.0.0', '1.1.0'].map((version, nth) => ({
    _id: `${id}@${version}`,
    foldedIdx: 1000 + at * 4 + nth,
    dataset: id,
    version,
    manifestDigest: `manifest-${id}`,
    statementDigest: `statement-${id}`,
    licence,
    contributions: [],
    assembledAt: publishedAt,
    assembledIdx: 1000 + at * 4 + nth,
    publishedAt: publishedAt + nth,
    proposal: null,
  }))
  const dataset = {
    _id: id,
    foldedIdx: 1000 + at * 4 + 3,
    community,
    title,
    description,
    kind: 'text',
    languages,
    keywords,
    creator: null,
    createdAt: publishedAt,
    newest: '1.1.0',
    stage: 4,
    embargoUntil: null,
    licence,
    publishedAt,
    suspension: null,
    isSuspended: false,
  }
  return { dataset, versions }
}

/** Copies of what the founding has made, under the names the invented datasets use. */
const copies = (one: Doc, ids: readonly string[]): readonly Doc[] =>
  ids.map((id, nth) => ({ ...one, _id: id, slug: `slug-${nth}` }))

const names = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, nth) => `${prefix}${nth}`)

/**
 * A data folder with `count` published datasets. They are put into the projections directly, in the
 * shape the projector gives them: 300,000 events would take the better part of an hour.
 */
const prepare = async (count: number): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-catalogue-'))
  const registry = await startRegistry({ dataDir, keep: true })
  const village: Village = await found(registry)
  await registry.close()
  const storage = await connectStorage({ file: join(dataDir, 'registry.db') })
  const put = async (name: string, docs: readonly Doc[]) => {
    for (let at = 0; at < docs.length; at += BATCH)
      await storage.connection.collection(name).insertMany(docs.slice(at, at + BATCH) as never[])
  }
  const first = async (name: string) => (await storage.connection.collection(name).findOne()) ?? {}
  await put('communities', copies(await first('communities'), names('c', COMMUNITIES)))
  await put('licences', copies(await first('licences'), names('licence-', LICENCES)))
  const random = seeded(20)
  const docs = inventDocs(count, inventWords(random, 40_000), random)
  const all = docs.map((doc, at) => projected(doc, at))
  await put(
    'datasets',
    all.map(({ dataset }) => dataset),
  )
  await put(
    'versions',
    all.flatMap(({ versions }) => versions),
  )
  await storage.close()
  if (village.community === '') throw new Error('the village has no community')
  return dataDir
}

const post = (port: number, body: string): Shot => ({
  port,
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body,
  status: 200,
})

const fetchPage = async (url: string, first: number): Promise<BrowsePage> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: browseBody(first),
  })
  const { data, errors } = (await response.json()) as { data: BrowsePage; errors?: unknown }
  if (errors || data.datasets.nodes.length !== first)
    throw new Error(`the page is not what was asked for: ${JSON.stringify(errors ?? data)}`)
  return data
}

/** What mongoose sends to the database while `work` runs. */
const countStatements = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const seen: string[] = []
  mongoose.set('debug', (collection: string, method: string) => {
    seen.push(`${collection}.${method}`)
  })
  await work().finally(() => mongoose.set('debug', false))
  return seen
}

/** Statements of one page, for several sizes of page, in a registry inside this process. */
const statementsByPage = async (dataDir: string, sizes: readonly number[]) => {
  const registry = await startRegistry({ dataDir, keep: true })
  await fetchPage(registry.url, 20)
  const counted = new Map<number, readonly string[]>()
  for (const size of sizes) {
    // Whatever is remembered of the page before would not be asked for again.
    await new Promise((resolve) => setTimeout(resolve, 500))
    counted.set(size, await countStatements(() => fetchPage(registry.url, size)))
  }
  await registry.close()
  return counted
}

/** The reads of a page without anything around them: what the page costs at the least. */
const openStatements = async (dataDir: string, page: BrowsePage) => {
  const storage = await connectStorage({ file: join(dataDir, 'registry.db') })
  const { connection } = storage
  const ids = page.datasets.nodes.map(({ id }) => id)
  const read = (name: string, filter: object) => connection.collection(name).find(filter).toArray()
  const statements = async () => {
    await read('datasets', { foldedIdx: { $gte: 1_000_000_000 } })
    const datasets = await read('datasets', { _id: { $in: ids as never[] } })
    const field = (name: string) => [...new Set(datasets.map((one) => one[name]))]
    await Promise.all([
      read('communities', { _id: { $in: field('community') as never[] } }),
      read('licences', { _id: { $in: field('licence') as never[] } }),
      read('versions', { dataset: { $in: ids } }),
    ])
  }
  return { statements, close: storage.close }
}

/** The first request fills the search index: that is no part of a page. */
const warmed = async (url: string): Promise<BrowsePage> => {
  await fetchPage(url, 20)
  // After ten quiet seconds the index no longer looks back at what may still be folded.
  await new Promise((resolve) => setTimeout(resolve, 10_500))
  return fetchPage(url, 20)
}

const counted = (product: Contender, statements: number): Contender => ({
  name: product.name,
  run: async () => ({ ...(await product.run()), statements }),
})

const PAGES = [10, 20, 50, 100] as const

/** One line each page size: the statements it takes, beside those of the smallest page. */
const statementRows = (
  suite: string,
  byPage: ReadonlyMap<number, readonly string[]>,
): readonly BenchRow[] => {
  const least = byPage.get(PAGES[0])?.length ?? Number.NaN
  return PAGES.map((size) => {
    const statements = byPage.get(size)?.length ?? Number.NaN
    const ratio = statements / least
    return {
      suite,
      case: `statements for a page of ${size}`,
      baseline: `statements for a page of ${PAGES[0]}`,
      ratio,
      min: ratio,
      max: ratio,
      noisy: false,
      n: 1,
      cpu_us: Number.NaN,
      baseline_cpu_us: Number.NaN,
      statements,
      bad: 0,
      goal: 'the same number, <= 6',
      met: ratio === 1 && statements <= 6,
    }
  })
}

/** Browsing a large catalogue. */
export const catalogueSuite = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const count = smoke ? 10_000 : 100_000
  const dataDir = await prepare(count)
  const byPage = await statementsByPage(dataDir, PAGES)
  const server = await startServer({ dataDir, env: { DEMO: '0' } })
  const page = await warmed(server.url)
  const apollo = await startRival('apollo', JSON.stringify(page))
  const bare = await openStatements(dataDir, page)
  const load: Load = { n: smoke ? 200 : 600, conc: 16 }
  const body = browseBody(20)
  const port = Number(new URL(server.url).port)
  const fromMemory = JSON.stringify({ query: JSON.parse(body).query, variables: { first: 20 } })
  const product = overHttp('registry', post(port, body), load, [server.pid])
  const rows = await compareAll(run, [
    {
      name: `list of 20 out of ${count}, by GraphQL`,
      ...load,
      product: counted(product, byPage.get(20)?.length ?? Number.NaN),
      baselines: [
        {
          ...awaited('the batched statements alone', 200, () => bare.statements()),
          goals: [{ of: 'cpu', ratio: 1.5 }],
        },
        overHttp('stock Apollo, page in memory', post(apollo.port, fromMemory), load, [apollo.pid]),
      ],
    },
  ])
  await Promise.all([server.close(), apollo.close(), bare.close()])
  await rm(dataDir, { recursive: true, force: true })
  return [...statementRows(run.suite, byPage), ...rows]
}
