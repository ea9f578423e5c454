import { rm } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { browserPath, launch } from './browser.ts'
import { enter, findProps, type Part, type Props } from './cast.ts'
import { seededCopy } from './seeded.ts'

/** A page is there with its first words: what stands further down is read once all of it is. */
const follow = async (page: Page, target: Locator): Promise<void> => {
  const loaded = page.waitForEvent('load')
  await target.click()
  await loaded
}

describe.skipIf(!browserPath)('a browser without JavaScript', () => {
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let props: Props
  let dataDir = ''

  const go = async (path: string) => {
    const response = await page.goto(`${server.url}${path}`)
    // Says why, should a page ever fail.
    if (response?.status() === 503) console.error(server.output(), await response.text())
    return response
  }
  const main = () => page.locator('main')
  const reads = async (text: string | RegExp) =>
    expect(await main().getByText(text).filter({ visible: true }).count()).toBeGreaterThan(0)
  const results = () => main().locator('h3 a[href^="/datasets/"]')
  const answer = () => page.locator('#answer').textContent()

  beforeAll(async () => {
    dataDir = await seededCopy()
    server = await startServer({ dataDir })
    props = await findProps((part: Part) => enter(server.url, part))
    browser = await launch()
    const context = await browser.newContext({ javaScriptEnabled: false })
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('searches the catalogue', async () => {
    await go('/')
    const all = await results().count()
    await page.getByRole('searchbox').fill('Gàidhlig')
    await follow(page, main().getByRole('button', { name: 'Search' }))
    expect(new URL(page.url()).searchParams.get('q')).toBe('Gàidhlig')
    expect(await results().count()).toBeLessThan(all)
    await reads('Human rights in Gàidhlig and English')
  })

  it('narrows the catalogue by a facet', async () => {
    await go('/')
    await main().getByRole('checkbox', { name: 'Word list' }).check()
    await follow(page, main().getByRole('button', { name: 'Show these' }))
    expect(new URL(page.url()).searchParams.getAll('kind')).toEqual(['lexicon'])
    expect(await results().count()).toBe(1)
  })

  it('reads a dataset with its licence in words', async () => {
    await go(`/datasets/${props.published}`)
    await reads('What the licence says')
    await reads(/You may not use it if/)
  })

  it('asks what may be done and hears the clause that refuses', async () => {
    await go(`/datasets/${props.published}`)
    const form = main().locator('form').filter({ hasText: 'What is it for?' })
    await form.getByLabel('What is it for?').selectOption('commercialProduct')
    await form.getByLabel('download a copy').check()
    await form.getByLabel(/Who are you/).selectOption('commercial')
    await follow(page, form.getByRole('button', { name: 'Ask the licence' }))
    expect(await answer()).toMatch(/No, this use is not allowed[\s\S]*#\w+/)
  })

  it('asks what may be done and hears that a free use is allowed', async () => {
    await go(`/datasets/${props.open}`)
    const form = main().locator('form').filter({ hasText: 'What is it for?' })
    await form.getByLabel('What is it for?').selectOption('linguisticResearch')
    await form.getByLabel('download a copy').check()
    await form.getByLabel(/Who are you/).selectOption('academic')
    await form.getByLabel(/company/).selectOption('no')
    await follow(page, form.getByRole('button', { name: 'Ask the licence' }))
    expect(await answer()).toContain('Yes, this use is allowed')
  })

  it.each([
    ['a community', () => '/communities/rimu-bay', 'Rimu Bay'],
    ['a licence', ({ licence }: Props) => `/licences/${licence}`, /You may/],
    ['the decisions', () => '/decisions', /Adopt licence|Publish version/],
    ['a decision', ({ enacted }: Props) => `/decisions/${enacted}`, /yes/i],
    ['the log', () => '/log', 'A vote opened'],
    ['an entry of the log', ({ entry }: Props) => `/log/entries/${entry}`, /needs JavaScript/],
    ['how it works', () => '/about', /CARE|log/],
  ])('reads %s', async (_name, path, text) => {
    const response = await go(path(props))
    expect(response?.status()).toBe(200)
    await reads(text)
  })

  it.each(['/register', '/invitations/a-code'])(
    'is told on %s that the form needs JavaScript',
    async (path) => {
      await go(path)
      await reads(/needs JavaScript/)
    },
  )

  it('is told when address and password do not go together', async () => {
    await go('/sign-in')
    await main().getByLabel('E-mail address').fill('council-1@rimu-bay.example')
    await main().getByLabel('Password').fill('not the password')
    await follow(page, main().getByRole('button', { name: 'Sign in' }))
    await reads(/do not go together/)
  })

  it('signs in, votes, changes the ballot, and finds it in the log', async () => {
    const ballot = `/decisions/${props.inVote}/ballot`
    await go(`/sign-in?next=${encodeURIComponent(ballot)}`)
    await main().getByLabel('E-mail address').fill('council-1@rimu-bay.example')
    await main().getByLabel('Password').fill('commonhold demo')
    await follow(page, main().getByRole('button', { name: 'Sign in' }))
    expect(new URL(page.url()).pathname).toBe(ballot)
    expect(await main().innerText()).toContain('What do you say?')
    await main().getByRole('radio', { name: /^Yes/ }).check()
    await follow(page, main().getByRole('button', { name: 'Continue' }))
    await reads('You voted: Yes')
    await main().getByRole('link', { name: 'Change my ballot' }).click()
    await main()
      .getByRole('radio', { name: /^Object/ })
      .check()
    await follow(page, main().getByRole('button', { name: 'Continue' }))
    await reads(/Your ballot was not counted/)
    await main()
      .getByRole('radio', { name: /^Object/ })
      .check()
    await main()
      .getByLabel(/Your reason/)
      .fill('The families have not been asked.')
    await follow(page, main().getByRole('button', { name: 'Continue' }))
    await reads('The families have not been asked.')
    await follow(page, main().getByRole('link', { name: /Entry \d+/ }))
    await reads('A ballot was cast')
  })

  it('votes by the link of an e-mail, signed in as nobody, and takes a receipt along', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    })
    const elder = await context.newPage()
    const sent: string[] = []
    elder.on('request', (request) => sent.push(request.headers().referer ?? ''))
    await elder.goto(`${server.url}/dev/outbox?to=council-3@rimu-bay.example`)
    const href = await elder.locator('article a[href*="/vote/"]').first().getAttribute('href')
    await elder.goto(`${server.url}${new URL(href ?? '').pathname}`)
    expect(await elder.getByRole('heading', { level: 1 }).count()).toBe(1)
    await elder.getByRole('radio', { name: /^Yes/ }).check()
    await elder.getByLabel('Your reason').fill('Our children will read it.')
    await follow(elder, elder.getByRole('button', { name: 'Cast my ballot' }))
    expect(await elder.getByRole('heading', { name: 'You voted: Yes' }).count()).toBe(1)
    expect(await elder.getByRole('img', { name: /QR code/ }).count()).toBe(1)
    expect(await elder.locator('pre').innerText()).toContain('c2sp.org/tlog-proof@v1')
    const wide = await elder.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide).toBe(false)
    await follow(elder, elder.getByRole('link', { name: 'on your page of notices' }))
    expect(new URL(elder.url()).pathname).not.toContain('/vote/')
    expect(sent.filter((referer) => referer.includes('/vote/'))).toEqual([])
    expect(await context.cookies()).toEqual([])
    await context.close()
  })
})
