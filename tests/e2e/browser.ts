import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a browser was found; undefined: the browser tests count as skipped. */
export const browserPath: string | undefined =
  [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path)) || undefined

/** A browser that talks to nobody but the pages under test. */
export const launch = (...more: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })

export interface Desk {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong in the page: nothing is what a test wants. */
  readonly troubles: string[]
}

/** A browser profile of its own, as each person has. */
export const openDesk = async (browser: Browser, options: object = {}): Promise<Desk> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${page.url()}: ${message.text()}`)
  })
  return { page, context, troubles }
}

/** Presses the first button of this name on the page itself. */
export const press = (page: Page, name: string | RegExp) =>
  page
    .locator('main')
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()

/** Signs in through the page, as a person does. */
export const signInOn = async ({ page }: Desk, url: string, email: string, password: string) => {
  await page.goto(`${url}/sign-in`, { waitUntil: 'networkidle' })
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page
    .locator('main')
    .getByRole('button', { name: /sign in/i })
    .click()
  await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'))
}

/**
 * Ticks a box or button by its key and makes sure that it stays so, as a person looks twice. A click
 * at its place may meet something else when the page moves in that moment.
 */
export const tick = async (box: Locator): Promise<void> => {
  await box.waitFor({ state: 'attached' })
  for (let tries = 0; tries < 20; tries += 1) {
    const ticked = await box.isChecked({ timeout: 1_000 }).catch(() => false)
    if (ticked) return
    await box.press('Space', { timeout: 2_000 }).catch(() => undefined)
    await box.page().waitForTimeout(100)
  }
  const words = await box.page().locator('body').innerText()
  throw new Error(`cannot tick ${box}; the page says: ${words.slice(0, 2_000)}`)
}
