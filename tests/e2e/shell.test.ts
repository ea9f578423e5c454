import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, visitor } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { setUpInput } from '../support/village.ts'
import { browserPath, type Desk, launch, openDesk } from './browser.ts'

const SET_UP = 'mutation ($input: SetUpInput!) { setUp(input: $input) { refused { message } } }'
const OFFLINE = /You are offline/

describe.skipIf(!browserPath)('what stands around every page', () => {
  let server: ServerProcess
  let browser: Browser
  let desk: Desk

  beforeAll(async () => {
    server = await startServer()
    await visitor(server).run(SET_UP, { input: setUpInput() })
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('says when the line is cut and when it is back, and loses nothing that was typed', async () => {
    desk = await openDesk(browser)
    const { page, context } = desk
    await page.goto(`${server.url}/sign-in`, { waitUntil: 'networkidle' })
    await page.getByLabel('E-mail').fill('operator@village.example')
    await page.getByLabel('Password').fill(PASSWORD)
    const banner = page.getByRole('status').filter({ hasText: OFFLINE })
    expect(await banner.count()).toBe(0)
    await context.setOffline(true)
    await banner.waitFor()
    await page
      .locator('main')
      .getByRole('button', { name: /sign in/i })
      .click()
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('operator@village.example')
    await context.setOffline(false)
    await banner.waitFor({ state: 'detached' })
    await page
      .locator('main')
      .getByRole('button', { name: /sign in/i })
      .click()
    await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'))
  })

  /** Opens a page whose answer no page is written for. */
  const breakPage = async (): Promise<void> => {
    desk = await openDesk(browser)
    const { page, troubles } = desk
    await page.goto(`${server.url}/about`, { waitUntil: 'networkidle' })
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query Communities')) return route.fallback()
      return route.fulfill({
        contentType: 'application/json',
        body: '{"data":{"communities":7}}',
      })
    })
    await page.getByRole('navigation').getByRole('link', { name: 'Communities' }).click()
    await page.locator('main').getByRole('button', { name: 'Try again' }).waitFor()
    expect(troubles.join()).toContain('TypeError')
    await page.unroute('**/graphql')
  }

  it('stays when a page breaks, and loads it anew when it is tried again', async () => {
    await breakPage()
    const { page } = desk
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    const log = page.getByRole('navigation').getByRole('link', { name: 'Public log' })
    expect(await log.isVisible()).toBe(true)
    await page.locator('main').getByRole('button', { name: 'Try again' }).click()
    await page.locator('main').getByRole('link', { name: 'A village' }).waitFor()
  })

  it('leads to another page after one that broke', async () => {
    await breakPage()
    const { page } = desk
    await page.locator('main').getByRole('link', { name: 'Go to the catalogue' }).click()
    await page.waitForURL((at) => at.pathname === '/')
    await page.getByRole('searchbox').first().waitFor()
  })
})
