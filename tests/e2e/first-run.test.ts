import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { browserPath, type Desk, launch, openDesk } from './browser.ts'

/** What has the focus, as a screen reader would say it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement)) return ''
    const labels = 'labels' in at && at.labels instanceof NodeList ? [...at.labels] : []
    const name = at.getAttribute('aria-label') ?? labels.map((one) => one.textContent).join(' ')
    return name || (at.textContent ?? '')
  })

/** Walks on with Tab until the thing of this name has the focus, as somebody without a mouse does. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  const passed: string[] = []
  for (let steps = 0; steps < 80; steps += 1) {
    await page.keyboard.press('Tab')
    const here = await focused(page)
    if (name.test(here)) return
    passed.push(here.slice(0, 30))
  }
  throw new Error(`no way by Tab to ${name}; passed ${passed.join(' | ')}`)
}

const fill = async (page: Page, name: RegExp, text: string): Promise<void> => {
  await tabTo(page, name)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

const pressOn = async (page: Page, name: RegExp, key = 'Enter'): Promise<void> => {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

const nextStep = async (page: Page, heading: string): Promise<void> => {
  await pressOn(page, /^Next$/)
  await page.getByRole('heading', { level: 2, name: heading }).waitFor()
}

describe.skipIf(!browserPath)('the first hour of an empty registry', () => {
  let server: ServerProcess
  let browser: Browser
  let desk: Desk
  let link = ''

  beforeAll(async () => {
    server = await startServer()
    browser = await launch()
    desk = await openDesk(browser)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('is set up by keyboard alone, up to the links for the founders', async () => {
    const { page } = desk
    await page.goto(`${server.url}/set-up`, { waitUntil: 'networkidle' })
    await fill(page, /^Your name/, 'Operator')
    await fill(page, /^E-mail address/, 'operator@village.example')
    await fill(page, /^Password/, PASSWORD)
    await nextStep(page, 'The community')
    await fill(page, /^Name of the community/, 'A village')
    await fill(page, /^Who is the community/, 'The people of the village.')
    await nextStep(page, 'How it decides')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await page.getByRole('radio').first().isChecked()).toBe(true)
    await chooseByArrows(page, /^Small council/)
    await nextStep(page, 'Who decides')
    await nameFounders(page)
    await removeFounders(page)
    await nextStep(page, 'Its first licence')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await fill(page, /^Name of your licence/, 'Our licence')
    await fill(page, /^Countries that are home/, 'NZ')
    await nextStep(page, 'Look over it all')
    await pressOn(page, /^Set up the registry$/)
    await page.getByRole('heading', { level: 1, name: 'A village is founded' }).waitFor()
    const shown = await page.getByRole('textbox').all()
    const invitations = await Promise.all(shown.map((box) => box.inputValue()))
    expect(invitations).toHaveLength(3)
    link = invitations[0] ?? ''
    expect(desk.troubles).toEqual([])
  }, 120_000)

  it('lets a founder in by the link, and no one else by the same link', async () => {
    const accept = async () => {
      const founder = await openDesk(browser)
      await founder.page.goto(link, { waitUntil: 'networkidle' })
      await fill(founder.page, /^Your name/, 'One')
      await fill(founder.page, /^E-mail address/, 'one@village.example')
      await fill(founder.page, /^Password/, PASSWORD)
      await pressOn(founder.page, /^Accept and sign in$/)
      return founder
    }
    const first = await accept()
    await first.page.waitForURL(/\/inbox/)
    expect(first.troubles).toEqual([])
    const second = await accept()
    await second.page.getByRole('alert').first().waitFor()
    expect(second.page.url()).toContain('/invitations/')
  }, 60_000)
})

/** Moves through a group of radio buttons until the chosen one has these words. */
async function chooseByArrows(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 10; steps += 1) {
    if (name.test(await focused(page))) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no choice is called ${name}`)
}

/** Three members: all sit in the council and the assembly, the third is a steward as well. */
async function nameFounders(page: Page): Promise<void> {
  for (const [index, name] of ['One', 'Two', 'Three'].entries()) {
    if (index === 0) await tabTo(page, /^Name$/)
    // A member who was added has the focus already.
    expect(await focused(page)).toBe('Name')
    await page.keyboard.type(name)
    await fill(page, /^E-mail address/, `${name.toLowerCase()}@village.example`)
    await pressOn(page, /^Council/, 'Space')
    await pressOn(page, /^Assembly/, 'Space')
    if (index === 2) await pressOn(page, /^Stewards/, 'Space')
    if (index < 2) await pressOn(page, /^Add a member$/)
  }
}

const focusedId = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.id ?? '')

/** A member too many is taken out: the focus goes to who stands there then, never to another removal. */
async function removeFounders(page: Page): Promise<void> {
  const names = () =>
    page
      .getByLabel(/^Name$/)
      .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value))
  for (const [place, next] of [
    [3, 2],
    [1, 1],
  ] as const) {
    const before = await names()
    await page.getByRole('button', { name: 'Add a member' }).press('Enter')
    await page.keyboard.type('Too many')
    await page.getByRole('button', { name: `Remove member ${place + 1}` }).press('Enter')
    expect(await focusedId(page)).toBe(`founders.${next}.name`)
    expect(await names()).toEqual([...before, 'Too many'].toSpliced(place, 1))
    if (place === 3) continue
    // Two and the one too many have changed places: put the village back as it was.
    await page.getByRole('button', { name: 'Remove member 3' }).press('Enter')
    expect(await focusedId(page)).toBe('founders.1.name')
    await page.getByRole('button', { name: 'Add a member' }).press('Enter')
    await page.keyboard.type('Two')
    await fill(page, /^E-mail address/, 'two@village.example')
    for (const body of [/^Council/, /^Assembly/]) await pressOn(page, body, 'Space')
  }
}
