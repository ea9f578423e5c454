import { createHash, randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { found, type Village } from '../support/village.ts'
import { browserPath, type Desk, launch, openDesk, signInOn } from './browser.ts'

const MIB = 1024 * 1024
const SIZE = 24 * MIB

/** Lines of random letters: any piece in a wrong place changes the digest. */
const text = (): Buffer => {
  const bytes = Buffer.from(randomBytes((SIZE / 4) * 3).toString('base64'))
  for (let end = 63; end < bytes.length; end += 64) bytes[end] = 10
  return bytes
}
const BYTES = text()

interface Sent {
  readonly method: string
  readonly url: string
  readonly offset: number
}

describe.skipIf(!browserPath)('a large file on a poor line', () => {
  let server: ServerProcess
  let village: Village
  let browser: Browser
  let desk: Desk
  let path = ''
  const sent: Sent[] = []

  /** Every request of the upload waits a little, as on a slow line; answers come from the server. */
  const slow = async (page: Page) => {
    await page.route('**/uploads**', async (route) => {
      const request = route.request()
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.continue().catch(() => undefined)
      if (request.method() !== 'PATCH') return
      const offset = Number(request.headers()['upload-offset'])
      sent.push({ method: 'PATCH', url: request.url(), offset })
    })
  }
  const patches = () => sent.length
  const untilSent = async (count: number) => {
    while (patches() < count) await desk.page.waitForTimeout(50)
  }
  /** Where the server stands, by its own word. */
  const serverOffset = async (): Promise<number> => {
    const url = new URL(sent.at(-1)?.url ?? '')
    const answer = await village.contributor.fetch(url.pathname, {
      method: 'HEAD',
      headers: { 'tus-resumable': '1.0.0' },
    })
    return Number(answer.headers.get('upload-offset'))
  }
  /** The next piece starts where the server stands. */
  const goesOnFrom = async (offset: number) => {
    const before = patches()
    await untilSent(before + 1)
    expect(sent[before]?.offset).toBe(offset)
  }
  const press = (name: string) =>
    desk.page.locator('main').getByRole('button', { name, exact: true }).click()
  const settled = async (): Promise<number> => {
    let offset = -1
    for (let now = await serverOffset(); now !== offset; now = await serverOffset()) {
      offset = now
      await desk.page.waitForTimeout(400)
    }
    return offset
  }
  const choose = () => desk.page.locator('input[type=file]').first().setInputFiles(path)

  beforeAll(async () => {
    server = await startServer()
    village = await found(server)
    browser = await launch()
    desk = await openDesk(browser)
    path = join(server.dataDir, 'large.txt')
    await writeFile(path, BYTES)
    await signInOn(desk, server.url, 'contributor@village.example', PASSWORD)
    await slow(desk.page)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await rm(path, { force: true })
    await server?.close()
  })

  it('begins after its cost was read', async () => {
    const { page } = desk
    await page.goto(`${server.url}/contribute`, { waitUntil: 'networkidle' })
    const title = page.getByLabel('Title', { exact: true })
    if (!(await title.isVisible())) await page.getByText('A new dataset').first().click()
    await title.fill('A large text')
    await page.getByLabel('Description', { exact: true }).fill('Random letters.')
    await page.getByLabel('What kind of data is it?').selectOption({ label: 'Text' })
    await page.getByLabel('Languages').fill('mi')
    await press('Next')
    await choose()
    await page.getByText(/Sending it uses about/).waitFor()
    expect(patches()).toBe(0)
    await press('Start sending')
    await untilSent(3)
  }, 60_000)

  it('stops when it is paused and goes on where it stopped', async () => {
    await press('Pause')
    const offset = await settled()
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThan(SIZE)
    await press('Go on sending')
    await goesOnFrom(offset)
  }, 60_000)

  it('goes on by itself after the line was cut', async () => {
    const { context, page } = desk
    await untilSent(patches() + 2)
    await context.setOffline(true)
    await page.waitForTimeout(1500)
    const offset = await settled()
    await context.setOffline(false)
    await goesOnFrom(offset)
  }, 60_000)

  it('goes on after the page was loaded anew and the file chosen again', async () => {
    const { page } = desk
    await untilSent(patches() + 2)
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByText(/had not arrived when this page was closed/).waitFor()
    const offset = await settled()
    expect(offset).toBeLessThan(SIZE)
    await choose()
    await page
      .locator('main')
      .getByRole('button', { name: /Start sending|Go on sending/ })
      .click()
    await goesOnFrom(offset)
  }, 60_000)

  it('arrives whole: the contribution names the digest of the file', async () => {
    const { page } = desk
    await page.getByText('All files have arrived').first().waitFor({ timeout: 60_000 })
    await press('Next')
    await page.getByText('My own').first().click()
    await page.getByLabel('What did people agree to?').fill('Everything the council decides.')
    await page.getByText('Download by class').first().click()
    await page.getByLabel('How was consent given?').fill('A signed form in the office.')
    await page.getByText('No', { exact: true }).first().click()
    await press('Next')
    await press('Hand in the contribution')
    await page.getByRole('heading', { name: /Your contribution is in/ }).waitFor()
    const { viewer } = await village.contributor.run<{
      viewer: { contributions: { files: { sha256: string; size: number }[] }[] }
    }>('{ viewer { contributions { files { sha256 size } } } }')
    const sha256 = createHash('sha256').update(BYTES).digest('hex')
    expect(viewer.contributions.at(0)?.files).toMatchObject([{ sha256, size: SIZE }])
  }, 120_000)
})
