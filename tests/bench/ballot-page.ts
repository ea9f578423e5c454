import type { Browser } from 'playwright-core'
import { browserPath, launch } from '../e2e/browser.ts'
import { assemble, contribute, createDataset, proposePublication } from '../support/journey.ts'
import { linkTo } from '../support/mailbox.ts'
import { startServer } from '../support/server-process.ts'
import { found } from '../support/village.ts'
import type { Run } from './compare.ts'
import { type BenchRow, median } from './row.ts'

/** A poor line: 400 kbit/s, and 300 ms until an answer begins. */
const BYTES_PER_SECOND = 400_000 / 8
const LATENCY = 300
const MOST_BYTES = 30_000
const MOST_MS = 2_000

interface Visit {
  /** Everything that came over the line, headers too. */
  readonly bytes: number
  readonly requests: number
  /** First contentful paint, in which the heading stands, from the start of the navigation. */
  readonly headingMs: number
}

/** One visit with an empty cache; the heading must be there when the first content is painted. */
const visit = async (browser: Browser, url: string): Promise<Visit> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  try {
    const page = await context.newPage()
    const line = await context.newCDPSession(page)
    let bytes = 0
    let requests = 0
    line.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
      requests += 1
    })
    await line.send('Network.enable')
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LATENCY,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    const heading = await page.locator('h1').boundingBox()
    if (!heading || heading.y > 740) throw new Error('the heading is not on the first screen')
    const headingMs = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    )
    return { bytes, requests, headingMs }
  } finally {
    await context.close()
  }
}

const say = (name: string, visits: readonly Visit[]): void => {
  const bytes = median(visits.map((one) => one.bytes))
  const ms = median(visits.map(({ headingMs }) => headingMs))
  const requests = median(visits.map((one) => one.requests))
  const met = bytes <= MOST_BYTES && ms <= MOST_MS
  console.log(
    `${name}: ${bytes} bytes in ${requests} request(s), first heading after ${Math.round(ms)} ms ` +
      `(goal <= ${MOST_BYTES} bytes, <= ${MOST_MS} ms at 400 kbit/s, 300 ms: ${met ? 'met' : 'missed'})`,
  )
}

/** The page of a voting link on a poor line, before and after the ballot; the script's page beside it. */
export const ballotPageSuite = async ({
  suite,
  rounds,
  heard,
}: Run): Promise<readonly BenchRow[]> => {
  if (!browserPath) {
    console.log('ballot-page: no Chromium found; set CHROMIUM.')
    return []
  }
  const server = await startServer()
  const browser = await launch()
  try {
    const village = await found(server)
    const dataset = await createDataset(village)
    const contribution = await contribute(village, dataset, { 'a.txt': Buffer.from('He kupu.\n') })
    const manifestDigest = await assemble(village, dataset, [contribution])
    await proposePublication(village, { dataset, manifestDigest })
    const link = `${server.url}${await linkTo(server, 'one@village.example', 'vote')}`
    const measure = async (name: string) => {
      const visits: Visit[] = []
      for (let round = 0; round < rounds; round += 1) {
        const one = await visit(browser, link)
        visits.push(one)
        heard({ suite, case: name, round, contender: 'commonhold', ...one })
      }
      say(name, visits)
    }
    await measure('ballot page, before voting')
    const body = new URLSearchParams({ choice: 'yes', reason: 'It is ours.' })
    await fetch(link, { method: 'POST', body, redirect: 'manual' })
    await measure('ballot page, with receipt and QR code')
    return []
  } finally {
    await browser.close()
    await server.close()
  }
}
