import { rm } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { browserPath, type Desk, launch, openDesk } from './browser.ts'
import { enter, findProps, type Part, type Props } from './cast.ts'
import { seededCopy } from './seeded.ts'

describe.skipIf(!browserPath)('what is entered before the script has come', () => {
  let server: ServerProcess
  let browser: Browser
  let desk: Desk
  let props: Props
  let dataDir = ''

  /** A page whose scripts wait until they are let through. */
  const slowly = async (path: string, as: Part = 'visitor'): Promise<() => Promise<void>> => {
    desk = await openDesk(browser, { viewport: { width: 360, height: 800 } })
    const [name = '', value = ''] = (await enter(server.url, as)).cookie().split('=')
    const url = server.url.replace('http:', 'https:')
    if (value) await desk.context.addCookies([{ name, value, url }])
    let letThrough = () => {}
    const gate = new Promise<void>((resolve) => {
      letThrough = resolve
    })
    await desk.page.route('**/*.js', async (route) => {
      await gate
      await route.continue().catch(() => undefined)
    })
    await desk.page.goto(`${server.url}${path}`, { waitUntil: 'commit' })
    return async () => {
      letThrough()
      await desk.page.waitForLoadState('networkidle')
    }
  }
  const main = (page: Page) => page.locator('main')

  beforeAll(async () => {
    dataDir = await seededCopy()
    server = await startServer({ dataDir })
    props = await findProps((part: Part) => enter(server.url, part))
    browser = await launch()
  }, 240_000)
  afterEach(async () => {
    expect(desk.troubles).toEqual([])
    await desk.context.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('is what is sent: a name and an address', async () => {
    const ready = await slowly('/register')
    const { page } = desk
    await page.getByLabel('Your name').fill('Early')
    await page.getByLabel('E-mail').fill('early@writer.example')
    await ready()
    await page.getByLabel('Password').fill('a long enough password for all')
    expect(await page.getByLabel('Your name').inputValue()).toBe('Early')
    await main(page).getByRole('button', { name: 'Make the account' }).click()
    await page.waitForURL((at) => at.pathname !== '/register')
  })

  it('is what counts: an answer and its reason', async () => {
    const ready = await slowly(`/decisions/${props.inVote}/ballot`, 'council')
    const { page } = desk
    await page.locator('input[type=radio][value=no]').check()
    await page.getByLabel(/reason/i).fill('The recordings are not all checked yet.')
    await ready()
    await main(page).getByRole('button', { name: 'Continue' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.textContent()).toContain('No')
    await dialog.getByRole('button', { name: 'Cast my ballot' }).click()
    await page.getByText('You voted: No').first().waitFor()
  })
})
