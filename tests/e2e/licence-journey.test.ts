import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attest, castBallot, grantTo, publish } from '../support/journey.ts'
import { PASSWORD } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { found, type Village } from '../support/village.ts'
import { browserPath, type Desk, launch, openDesk, signInOn, tick } from './browser.ts'

const CLAIM = 'You may never use it if you are a company.'

describe.skipIf(!browserPath)('a licence from a template to the grants it touches', () => {
  let server: ServerProcess
  let village: Village
  let browser: Browser
  let member: Desk
  let holder: Desk
  let proposal = ''

  const sit = async (email: string): Promise<Desk> => {
    const desk = await openDesk(browser)
    await signInOn(desk, server.url, email, PASSWORD)
    return desk
  }
  const go = (desk: Desk, path: string) =>
    desk.page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' })
  const main = ({ page }: Desk) => page.locator('main')
  const press = (desk: Desk, name: string | RegExp) =>
    main(desk).getByRole('button', { name }).first().click()
  const claim = () => member.page.locator('#claims li').filter({ hasText: CLAIM }).first()
  /** A rule of the licence, opened to be changed. */
  const rule = async (name: string) => {
    const found = member.page.locator(`[id="rule-${name}"]`)
    const details = found.locator('details').first()
    if ((await details.getAttribute('open')) === null)
      await found.locator('summary').first().click()
    return found
  }

  beforeAll(async () => {
    server = await startServer()
    village = await found(server)
    await attest(village)
    const { dataset } = await publish(village, { 'kupu.txt': Buffer.from('He kupu.\n') })
    await grantTo(village, dataset)
    browser = await launch()
    member = await sit('one@village.example')
    holder = await sit('researcher@university.example')
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('a member begins with a template and sees beside it what it does', async () => {
    await go(member, '/communities/village')
    await main(member).getByRole('link', { name: 'Build or change a licence' }).click()
    await press(member, /^Begin with this\s+Guardianship/)
    const { page } = member
    await page.getByRole('heading', { name: 'Build the licence' }).waitFor()
    await page
      .getByLabel('Does it follow a licence you have?')
      .selectOption({ label: 'Our licence, version 1' })
    const company = page.locator('#live li').filter({ hasText: 'A company from elsewhere' })
    await company.getByText('No', { exact: true }).waitFor()
    if ((await claim().count()) === 0) {
      await page.getByLabel('Something to be sure of').selectOption({ label: CLAIM })
      await press(member, 'Prove this too')
    }
    await claim().getByText('Proved', { exact: true }).waitFor()
    expect(member.troubles).toEqual([])
  })

  it('breaks a claim and is shown a request that shows it', async () => {
    const bar = await rule('no-commercial-actor')
    await bar.getByRole('button', { name: /^Remove this bar/ }).click()
    await claim().getByText('Does not hold').waitFor()
    await claim()
      .getByText(/For example:.*you are a company/)
      .waitFor()
  })

  it('leaves it to people instead, and is told what a vote of the council could open', async () => {
    await press(member, 'Add a clause in words')
    await member.page.locator('#human textarea').first().fill('We talk with companies first.')
    await claim()
      .getByText(/if the council settles by a vote: “We talk with companies first\.”/)
      .waitFor()
    await press(member, 'Remove this clause')
    await claim()
      .getByText(/For example:.*you are a company/)
      .waitFor()
  })

  it('loses nothing when the page is loaded again', async () => {
    await member.page.reload({ waitUntil: 'networkidle' })
    await claim().getByText('Does not hold').waitFor()
    expect(await member.page.locator('[id="rule-no-commercial-actor"]').count()).toBe(0)
    await member.page.getByText('your words are still here').waitFor()
  })

  it('does not let a licence with a false claim be proposed', async () => {
    await member.page.getByLabel('Why?', { exact: true }).fill('We also want our labels kept.')
    await press(member, 'Propose this licence')
    await member.page.getByText(/needs? another look/).waitFor()
    expect(member.page.url()).toContain('/licences/new')
  })

  it('mends it, asks for one more duty, and proposes it', async () => {
    const { page } = member
    await page.getByLabel('Add a bar').selectOption({ label: 'No company, whatever it is for' })
    await press(member, 'Add this bar')
    await claim().getByText('Proved', { exact: true }).waitFor()
    const allow = await rule('allow')
    await tick(allow.getByRole('checkbox', { name: 'Keep its notices and labels' }))
    await page
      .locator('#live')
      .getByText(/You must keep its labels with it/)
      .first()
      .waitFor()
    await press(member, 'Propose this licence')
    await page.getByRole('heading', { name: 'The licence is proposed' }).waitFor()
    await main(member).getByRole('link', { name: 'Go to the proposal' }).click()
    await page.waitForURL(/\/ballot/)
    proposal = /decisions\/(.+)\/ballot/.exec(page.url())?.[1] ?? ''
    expect(proposal).not.toBe('')
    expect(member.troubles).toEqual([])
  })

  it('the ballot says what changes and how many grants it touches, also without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${server.url}/decisions/${proposal}/ballot`)
    await page.getByRole('heading', { name: 'What changes, and for whom' }).waitFor()
    await page.getByRole('heading', { name: 'New duties' }).waitFor()
    const facts = await page.locator('main dl').last().innerText()
    expect(facts).toMatch(/Grants in force on them\s+1/)
    expect(facts).toMatch(/until their holders accept the new terms\s+1/)
    await page.getByText(CLAIM).first().waitFor()
    await context.close()
  })

  it('the council adopts it, and the open grant waits to be accepted anew', async () => {
    await go(holder, '/grants')
    expect(await main(holder).innerText()).not.toMatch(/new terms|accept/i)
    for (const person of village.council) await castBallot(person, proposal, 'yes')
    await server.days(23)
    const { viewer } = await village.researcher.run<{ viewer: { grants: { state: string }[] } }>(
      '{ viewer { grants { state } } }',
    )
    expect(viewer.grants.map(({ state }) => state)).toEqual(['reacceptNeeded'])
    await go(holder, '/grants')
    await main(holder).getByText(/terms/i).first().waitFor()
  })

  it('the reader shows the new version, its decision and what it changed', async () => {
    await go(holder, '/licences')
    await main(holder).getByRole('link', { name: 'Guardianship' }).first().click()
    await holder.page.getByRole('heading', { name: 'What version 2 changes' }).waitFor()
    await holder.page.getByText(CLAIM).first().waitFor()
    await main(holder)
      .getByRole('link', { name: /Adopt licence/ })
      .waitFor()
    expect(holder.troubles).toEqual([])
  })
})
