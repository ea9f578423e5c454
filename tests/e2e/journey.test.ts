import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attest, castBallot } from '../support/journey.ts'
import { join, PASSWORD, signIn } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { found, type Village } from '../support/village.ts'
import { browserPath, type Desk, launch, openDesk, signInOn, tick } from './browser.ts'

const SUMMARY = `${'This dataset is made for a test of the registry and says nothing about anybody. '.repeat(5)}It has as many words as a summary needs.`
const TEXT = Buffer.from('He kupu, he kupu.\n'.repeat(30_000))

describe.skipIf(!browserPath)('the one path in a browser', () => {
  let server: ServerProcess
  let village: Village
  let browser: Browser
  const council: Desk[] = []
  let dataset = ''
  let downloaded = Buffer.alloc(0)
  let contributor: Desk
  let steward: Desk
  let researcher: Desk

  const sit = async (email: string): Promise<Desk> => {
    const desk = await openDesk(browser, { acceptDownloads: true })
    await signInOn(desk, server.url, email, PASSWORD)
    return desk
  }
  const go = (desk: Desk, path: string) =>
    desk.page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' })
  const press = ({ page }: Desk, name: string | RegExp) =>
    page.locator('main').getByRole('button', { name }).click()

  /** Two council members vote in browsers of their own, the third by the same API. */
  const councilSaysYes = async (proposal: string) => {
    for (const desk of council) {
      await go(desk, '/inbox')
      await desk.page.locator(`a[href*="${proposal}"]`).first().click()
      await desk.page.waitForURL(/\/ballot/)
      await tick(desk.page.getByRole('radio', { name: /^Yes/ }))
      await press(desk, 'Continue')
      await press(desk, /cast|hand in|send my/i)
      await desk.page
        .getByText(/You voted: Yes/)
        .first()
        .waitFor()
    }
    const third = village.council[2]
    if (!third) throw new Error('no third councillor')
    await castBallot(third, proposal, 'yes')
    await server.days(23)
  }

  beforeAll(async () => {
    server = await startServer()
    village = await found(server)
    await attest(village)
    browser = await launch()
    contributor = await sit('contributor@village.example')
    steward = await sit('steward@village.example')
    researcher = await sit('researcher@university.example')
    for (const name of ['one', 'two']) council.push(await sit(`${name}@village.example`))
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('a contributor uploads a file and gets a receipt', async () => {
    const desk = contributor
    const { page } = desk
    await go(desk, '/contribute')
    const title = page.getByLabel('Title', { exact: true })
    if (!(await title.isVisible())) await page.getByText('A new dataset').first().click()
    await title.fill('Words by the river')
    await page.getByLabel('Description', { exact: true }).fill('A list of words.')
    await page.getByLabel('What kind of data is it?').selectOption({ label: 'Text' })
    await page.getByLabel('Languages').fill('mi')
    await press(desk, 'Next')
    await page.locator('input[type=file]').first().setInputFiles({
      name: 'kupu.txt',
      mimeType: 'text/plain',
      buffer: TEXT,
    })
    await press(desk, 'Start sending')
    await page.getByText('All files have arrived').first().waitFor()
    await press(desk, 'Next')
    await page.getByText('My own').first().click()
    await page.getByLabel('What did people agree to?').fill('Everything the council decides.')
    await page.getByText('Download by class').first().click()
    await page.getByLabel('How was consent given?').fill('A signed form in the office.')
    await page.getByText('No', { exact: true }).first().click()
    await press(desk, 'Next')
    await press(desk, /hand in/i)
    await page
      .getByText(/receipt/i)
      .first()
      .waitFor()
    expect(desk.troubles).toEqual([])
  })

  it('a steward makes a version of it and puts it to the vote, and the council publishes it', async () => {
    const { viewer } = await village.steward.run<{
      viewer: { memberships: { community: { datasets: { id: string }[] } }[] }
    }>('{ viewer { memberships { community { datasets { id } } } } }')
    dataset = viewer.memberships[0]?.community.datasets[0]?.id ?? ''
    const { page } = steward
    await go(steward, `/datasets/${dataset}/assemble`)
    await tick(page.getByRole('checkbox').first())
    await page.getByLabel('Under which licence?').selectOption({ index: 1 })
    const answers = page.locator('main textarea:visible:not(#parents)')
    for (let i = 0; i < (await answers.count()); i += 1) {
      if ((await answers.nth(i).inputValue()) === '') await answers.nth(i).fill('unknown')
    }
    await page.getByLabel('Summary').fill(SUMMARY)
    await page.getByLabel('Number of the version').fill('1.0.0')
    await press(steward, 'Make the version')
    await page.getByText('Ask to publish version 1.0.0').click()
    await tick(page.getByRole('radio', { name: /^Download by name/ }))
    await page.getByLabel('Why?', { exact: true }).fill('It is ready and complete.')
    await press(steward, 'Ask the council')
    await page.locator('a[href*="/decisions/"]').first().waitFor()
    const { proposals } = await village.steward.run<{ proposals: { nodes: { id: string }[] } }>(
      '{ proposals(phase: [open]) { nodes { id } } }',
    )
    await councilSaysYes(proposals.nodes[0]?.id ?? '')
    await go(researcher, `/datasets/${dataset}`)
    await researcher.page.getByRole('heading', { name: 'Words by the river' }).waitFor()
    expect(steward.troubles).toEqual([])
  })

  it('a researcher asks, the licence answers while they write, and the council decides', async () => {
    const { page } = researcher
    await go(researcher, `/datasets/${dataset}/request`)
    await tick(page.getByLabel('Research about the language'))
    await page.getByText('The licence answers').first().waitFor()
    await press(researcher, 'Next')
    await tick(page.getByRole('radio', { name: 'A university or research institute' }))
    await tick(page.getByRole('radio', { name: 'No', exact: true }).first())
    await press(researcher, 'Next')
    const promises = page.locator('main').getByRole('checkbox')
    for (let i = 0; i < (await promises.count()); i += 1) await tick(promises.nth(i))
    await page.getByLabel('What is the work?').fill('We study how verbs are used in stories.')
    await press(researcher, 'Next')
    await press(researcher, 'Send the request')
    await page.waitForURL(/\/requests\//)
    await page.getByText('the council votes').first().waitFor()
    const { viewer } = await village.researcher.run<{
      viewer: { requests: { state: string; proposal: { id: string } }[] }
    }>('{ viewer { requests { state proposal { id } } } }')
    expect(viewer.requests[0]?.state).toBe('voting')
    await councilSaysYes(viewer.requests[0]?.proposal.id ?? '')
  })

  it('the researcher downloads exactly the bytes of the manifest', async () => {
    const { page } = researcher
    await go(researcher, '/grants')
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name: /Download kupu\.txt/ }).click()
    const file = await (await waiting).path()
    downloaded = await readFile(file)
    const { dataset: found } = await village.researcher.run<{
      dataset: { version: { files: { sha256: string }[] } }
    }>('query ($id: ID!) { dataset(id: $id) { version { files { sha256 } } } }', { id: dataset })
    const digest = createHash('sha256').update(downloaded).digest('hex')
    expect(digest).toBe(found.version.files[0]?.sha256)
    expect(downloaded.equals(TEXT)).toBe(true)
  })

  it('the browser proves the entry of the download against a signed checkpoint', async () => {
    const { page } = researcher
    await go(researcher, '/grants')
    await page
      .getByRole('link', { name: /Log entry/ })
      .first()
      .click()
    await page.waitForURL(/\/log\//)
    await page
      .getByText(/download\.authorised/)
      .first()
      .waitFor()
    await press(researcher, 'Check now')
    await page
      .getByText(/This entry is in the log signed by/)
      .first()
      .waitFor()
    expect(researcher.troubles).toEqual([])
  })

  it('a commercial actor is told which clause refuses', async () => {
    const desk = await openDesk(browser)
    await join(server, 'engineer@company.example')
    await signInOn(desk, server.url, 'engineer@company.example', PASSWORD)
    const { page } = desk
    await go(desk, `/datasets/${dataset}/request`)
    await tick(page.getByLabel('A commercial product'))
    await page
      .getByText(/You may not use it if/)
      .first()
      .waitFor()
    const { fetch } = await signIn(server, 'engineer@company.example')
    const refused = await fetch(`/datasets/${dataset}/versions/1.0.0/files/kupu.txt`)
    expect(refused.status).toBe(403)
    expect(await refused.text()).not.toContain('He kupu')
    const { log } = await village.steward.run<{ log: { entries: { type: string }[] } }>(
      '{ log(first: 5) { entries { type } } }',
    )
    expect(log.entries.map(({ type }) => type)).toContain('download.refused')
  })
})
