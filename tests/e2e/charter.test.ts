import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { found } from '../support/village.ts'
import { browserPath, type Desk, launch, openDesk, signInOn } from './browser.ts'

describe.skipIf(!browserPath)('a charter from its forms to the ballot', () => {
  let server: ServerProcess
  let browser: Browser
  let member: Desk

  beforeAll(async () => {
    server = await startServer()
    await found(server)
    browser = await launch()
    member = await openDesk(browser, { viewport: { width: 360, height: 800 } })
    await signInOn(member, server.url, 'one@village.example', PASSWORD)
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const edit = () =>
    member.page.goto(`${server.url}/communities/village/charter/edit`, { waitUntil: 'networkidle' })
  const live = () => member.page.locator('#live')

  it('is written with the keyboard alone, and lint answers while one types', async () => {
    await edit()
    const { page } = member
    await page.getByRole('button', { name: 'Change our charter' }).focus()
    await page.keyboard.press('Enter')
    const least = page.getByLabel('Least number free to decide')
    await least.focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('4')
    await live()
      .getByText(/"council" has 3 members/)
      .first()
      .waitFor()
    expect(
      await live()
        .getByText(/Ask for fewer here, or seat more first/)
        .count(),
    ).toBe(1)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('2')
    await live().getByText('Nothing keeps this charter from the vote.').waitFor()
  }, 60_000)

  it('leads from a finding to the field it is about', async () => {
    const { page } = member
    await page.getByLabel('Least number free to decide').fill('4')
    await live().getByRole('link', { name: 'Giving access' }).first().click()
    await page.locator('#matters-access\\.grant-minDeciders:focus').waitFor()
    await page.getByLabel('Least number free to decide').fill('2')
  }, 60_000)

  it('shows the sentences and the changes it makes', async () => {
    const { page } = member
    await page.getByLabel('To be carried out within', { exact: true }).fill('45')
    await live()
      .getByText(/takes effect once, within 45 days/)
      .first()
      .waitFor()
    await live().getByText('1 part changes').click()
    await live().getByText('No longer', { exact: true }).first().waitFor()
  }, 60_000)

  it('loses nothing on a reload', async () => {
    const { page } = member
    await page.getByLabel('Why').fill('Decisions lapsed before the files were ready.')
    await page.reload({ waitUntil: 'networkidle' })
    await live()
      .getByText(/takes effect once, within 45 days/)
      .first()
      .waitFor()
    expect(await page.getByLabel('Why').inputValue()).toContain('lapsed before')
  }, 60_000)

  it('is tried out with ballots before anybody votes', async () => {
    const { page } = member
    await live().getByText('Try it: with these ballots').first().click()
    await page.getByRole('button', { name: 'Try this charter' }).click()
    const outcome = page.locator('#try-outcome')
    await outcome.getByText('3 yes, 0 no, 0 without a position, of 3 who decide.').waitFor()
    await page.getByLabel('Says, Person 1').selectOption('object')
    await outcome.getByText(/1 reasoned objection stands/).waitFor()
    expect(await outcome.getByText('Missed:').count()).toBeGreaterThan(0)
  }, 60_000)

  it('goes to the vote, where the ballot says what would change', async () => {
    const { page } = member
    await page.getByRole('button', { name: 'Propose this charter' }).click()
    await page.getByRole('link', { name: 'To the vote' }).click()
    await page.getByRole('heading', { name: 'Change the charter (version 2)' }).waitFor()
    await page.getByText('An accepted decision takes effect once, within 45 days').first().waitFor()
    expect(member.troubles).toEqual([])
  }, 60_000)
})
