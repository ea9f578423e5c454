import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import * as sound from '../support/sounds.ts'
import { found } from '../support/village.ts'
import { browserPath, type Desk, launch, openDesk, press, signInOn } from './browser.ts'
import { axeFaults, overflow } from './faults.ts'

/** One grey pixel, as a camera would write it. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

/** A second of a low tone. */
const TONE = sound.riff(
  sound.fmt(),
  sound.samples(...Array.from({ length: 16_000 }, (_, at) => Math.round(8000 * Math.sin(at / 12)))),
)

describe.skipIf(!browserPath)('what shows a consent, on the pages', () => {
  let server: ServerProcess
  let browser: Browser
  let phone: Desk
  let office: Desk

  const looksRight = async (page: Page) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await axeFaults(page, colorScheme)).toEqual([])
    }
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  }

  beforeAll(async () => {
    server = await startServer()
    await found(server)
    browser = await launch()
    const viewport = { width: 360, height: 740 }
    phone = await openDesk(browser, { viewport, hasTouch: true, isMobile: true })
    office = await openDesk(browser)
    await signInOn(phone, server.url, 'contributor@village.example', PASSWORD)
    await signInOn(office, server.url, 'steward@village.example', PASSWORD)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('is added on a phone, can be taken out again, and is waited for', async () => {
    const { page } = phone
    await page.goto(`${server.url}/contribute`, { waitUntil: 'networkidle' })
    await page.getByLabel('Title', { exact: true }).fill('Greetings')
    await page.getByLabel('Description', { exact: true }).fill('How we greet each other.')
    await page.getByLabel('What kind of data is it?').selectOption({ label: 'Text' })
    await page.getByLabel('Languages').fill('mi')
    await press(page, 'Next')
    const words = { name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('Tēnā koe.\n') }
    await page.locator('input[type=file]').first().setInputFiles(words)
    await press(page, 'Start sending')
    await page.getByText('All files have arrived.').waitFor()
    await press(page, 'Next')
    await page.getByLabel('My own').check()
    await page.getByLabel('What did people agree to?').fill('Teaching.')
    await page.getByLabel(/A person may get a copy/).check()
    await page.getByLabel('How was consent given?').fill('On paper.')
    await page.getByLabel('No', { exact: true }).check()
    const form = page.getByLabel(/A form or a recording that shows it/)
    await looksRight(page)
    await form.setInputFiles({
      name: 'scan.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.alloc(11_000_000),
    })
    await page.getByText('It has more than 10 MB.', { exact: false }).waitFor()
    await press(page, 'Next')
    await page.getByText('Wait until scan.pdf has arrived, or take it out.').first().waitFor()
    await looksRight(page)
    await press(page, 'Take scan.pdf out')
    await form.setInputFiles({ name: 'form.png', mimeType: 'image/png', buffer: PICTURE })
    await page.getByText(/form\.png, .* has arrived/).waitFor()
    await press(page, 'Add a speaker')
    await page.getByLabel('What did S01 agree to?').fill('Teaching.')
    await page.getByLabel('How far may it ever be opened, as S01 said?').selectOption('4')
    await page.getByLabel(/shows what S01 agreed to/).setInputFiles({
      name: 'voice.wav',
      mimeType: 'audio/wav',
      buffer: TONE,
    })
    await page.getByLabel('How did S01 give consent?').fill('Recorded.')
    await page.getByText(/voice\.wav, .* has arrived/).waitFor()
    await looksRight(page)
    await press(page, 'Next')
    await page.getByText('form.png, voice.wav').waitFor()
    await press(page, 'Hand in the contribution')
    await page.getByRole('heading', { name: /Thank you/ }).waitFor()
  }, 120_000)

  it('is looked at by a steward where the consent is judged', async () => {
    const { page } = office
    const found = await page.evaluate(async () => {
      const query =
        '{ viewer { memberships { community { datasets { id contributions { id } } } } } }'
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ query })
      const answer = await fetch('/graphql', { method: 'POST', headers, body })
      return JSON.stringify(await answer.json())
    })
    const [id = ''] = /k_[a-z0-9]+/i.exec(found) ?? []
    await page.goto(`${server.url}/contributions/${id}`, { waitUntil: 'networkidle' })
    await press(page, /of the contribution as a whole|The contribution as a whole/i)
    const picture = page.getByRole('img', { name: /The form that shows the consent/ })
    await picture.waitFor()
    expect(await picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1)
    await press(page, /Look at what shows the consent: Speaker S01/)
    const player = page.locator('audio')
    await player.waitFor()
    await expect
      .poll(() => player.evaluate((one: HTMLAudioElement) => Math.round(one.duration)))
      .toBe(1)
    await looksRight(page)
    expect([...phone.troubles, ...office.troubles]).toEqual([])
  }, 60_000)
})
