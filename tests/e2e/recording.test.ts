import type { Browser, CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { type SlowLine, startSlowLine } from '../support/slow-line.ts'
import * as sound from '../support/sounds.ts'
import { found, type Village } from '../support/village.ts'
import { zip } from '../support/zip.ts'
import { browserPath, type Desk, launch, openDesk, press, signInOn } from './browser.ts'
import { axeFaults, overflow } from './faults.ts'

/** A phone on a poor line: 400 kbit/s down, a third of a second each way. */
const LINE = { offline: false, latency: 300, downloadThroughput: 50_000, uploadThroughput: -1 }
/** Bytes a second up. The browser lets small bodies pass its own brake, so that it is a line outside. */
const UP = 8_000

const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

const CONTRIBUTIONS =
  '{ viewer { contributions { state withdrawn speakers { speaker } files { path sha256 size mediaType } } } }'

interface Given {
  readonly viewer: {
    readonly contributions: readonly {
      readonly state: string
      readonly withdrawn: readonly string[]
      readonly speakers: readonly { speaker: string }[]
      readonly files: readonly { path: string; sha256: string; size: number; mediaType: string }[]
    }[]
  }
}

declare global {
  interface Window {
    /** Lets the browser go on that asks for the microphone, and what it then hears. */
    mayListen?: () => void
    heard?: MediaStream
  }
}

describe.skipIf(!browserPath)('a voice on a phone with a poor line', () => {
  let server: ServerProcess
  let village: Village
  let browser: Browser
  let other: Browser | null = null
  let desk: Desk
  let phone: CDPSession
  let line: SlowLine
  let url = ''
  let secret = ''

  const conditions = (change: Partial<typeof LINE>) =>
    phone.send('Network.emulateNetworkConditions', { ...LINE, ...change })
  const looksRight = async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await axeFaults(desk.page, colorScheme)).toEqual([])
    }
    expect(await overflow(desk.page)).toBeLessThanOrEqual(0)
  }
  const given = async () =>
    (await village.contributor.run<Given>(CONTRIBUTIONS)).viewer.contributions

  beforeAll(async () => {
    line = await startSlowLine()
    url = `http://localhost:${line.port}`
    server = await startServer({ env: { PUBLIC_URL: url } })
    line.lead(Number(new URL(server.url).port))
    village = await found({ ...server, url })
    browser = await launch(...MICROPHONE)
    const viewport = { width: 360, height: 740 }
    desk = await openDesk(browser, { viewport, hasTouch: true, isMobile: true })
    await signInOn(desk, url, 'contributor@village.example', PASSWORD)
    phone = await desk.context.newCDPSession(desk.page)
    await phone.send('Network.enable')
    await conditions({})
    line.up(UP)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await other?.close()
    await line?.close()
    await server?.close()
  })

  it('is recorded, heard and kept', async () => {
    const { page } = desk
    await page.goto(`${url}/contribute`, { waitUntil: 'networkidle' })
    await page.getByLabel('Title', { exact: true }).fill('Greetings')
    await page.getByLabel('Description', { exact: true }).fill('How we greet each other.')
    await page.getByLabel('What kind of data is it?').selectOption({ label: 'Speech' })
    await page.getByLabel('Languages').fill('mi')
    await press(page, 'Next')
    await press(page, 'Record here')
    await page.getByLabel('Words to read out').fill('Tēnā koe.')
    await press(page, 'Begin to record')
    await page.getByRole('timer').filter({ hasText: '0:04' }).waitFor({ timeout: 20_000 })
    await looksRight()
    const heard = () => page.locator('meter').evaluate((one: HTMLMeterElement) => one.value)
    expect(await heard()).toBeGreaterThanOrEqual(0)
    await press(page, 'Stop')
    const player = page.locator('audio').first()
    await player.waitFor()
    // It plays: the browser has read what it recorded itself.
    await player.evaluate(async (one: HTMLAudioElement) => {
      one.muted = true
      await one.play()
      await new Promise((resolve) => {
        one.ontimeupdate = resolve
      })
    })
    await looksRight()
    await press(page, 'Keep it')
    await page.getByText(/Sending it uses about/).waitFor()
  }, 60_000)

  it('outlives a lost line and a reload, and is sent from where it stopped', async () => {
    const { page } = desk
    const patches: { readonly url: string; readonly offset: number }[] = []
    page.on('request', (request) => {
      if (request.method() !== 'PATCH') return
      patches.push({ url: request.url(), offset: Number(request.headers()['upload-offset']) })
    })
    const begun = page.waitForRequest((request) => request.method() === 'PATCH')
    await press(page, 'Start sending')
    await begun
    await page.waitForTimeout(2500)
    line.cut()
    await conditions({ offline: true })
    await page.waitForTimeout(1000)
    line.mend()
    await conditions({})
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByRole('heading', { name: 'On this device' }).waitFor()
    await page.getByText('in the list of files').waitFor()
    await looksRight()
    const { pathname } = new URL(patches[0]?.url ?? '')
    const held = await village.contributor.fetch(pathname, {
      method: 'HEAD',
      headers: { 'tus-resumable': '1.0.0' },
    })
    const offset = Number(held.headers.get('upload-offset'))
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThan(Number(held.headers.get('upload-length')))
    patches.length = 0
    await press(page, /Start sending|Go on sending/)
    await page.getByText('All files have arrived').first().waitFor({ timeout: 30_000 })
    expect(patches.map((one) => one.offset)).toEqual([offset])
  }, 60_000)

  it('ends in a receipt', async () => {
    const { page } = desk
    await press(page, 'Next')
    await page.getByText('My own').first().click()
    await page.getByLabel('What did people agree to?').fill('Everything the council decides.')
    await page.getByText('Download by class').first().click()
    await page.getByLabel('How was consent given?').fill('I say so myself.')
    await page.getByText('No', { exact: true }).first().click()
    await press(page, 'Add a speaker')
    await page.getByLabel('What did S01 agree to?').fill('Teaching.')
    await page.getByLabel(/as S01 said/).selectOption({ label: 'Download by class' })
    await page.getByLabel('How did S01 give consent?').fill('Spoken on the recording.')
    await looksRight()
    await press(page, 'Next')
    await press(page, 'Hand in the contribution')
    await page.getByRole('heading', { name: /Your contribution is in/ }).waitFor()
    secret = await page.getByLabel('Code to take it back').inputValue()
    await looksRight()
    const [contribution] = await given()
    expect(contribution).toMatchObject({ state: 'received', files: [{ mediaType: 'audio/webm' }] })
    expect(contribution?.speakers).toEqual([{ speaker: 'S01' }])
    expect(contribution?.files[0]?.path).toMatch(/^recording-\d{8}-\d{6}-[0-9a-z]{5}\.webm$/)
    const kept = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const request = indexedDB.open('commonhold.recordings')
          request.onsuccess = () => {
            const count = request.result.transaction('parts').objectStore('parts').count()
            count.onsuccess = () => resolve(count.result)
          }
        }),
    )
    expect(kept).toBe(0)
  }, 60_000)

  it('shows its giver what became of it', async () => {
    const { page } = desk
    await page.goto(`${url}/account`, { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: /See who uses it/ }).click()
    await page.getByRole('heading', { name: 'Who uses it for what' }).waitFor()
    await page.getByText('Nobody has been granted it.').waitFor()
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Take back everything' }).waitFor()
    await looksRight()
  }, 60_000)

  it('is taken back with the code on the receipt', async () => {
    const { page } = desk
    await page.goto(`${url}/receipt`)
    await page.getByLabel('Code on the receipt').fill(secret)
    await page.getByRole('button', { name: 'Show what I gave' }).click()
    await page.getByText('It is in no published version.').waitFor()
    await looksRight()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByText('taken back; nobody can get it any more').waitFor()
    const [contribution] = await given()
    expect(contribution?.state).toBe('withdrawn')
    expect(contribution?.withdrawn).toEqual(contribution?.files.map(({ path }) => path))
  }, 60_000)

  it('may come in an archive, and its name is taken out before it is handed in', async () => {
    const { page } = desk
    await page.goto(`${url}/contribute`, { waitUntil: 'networkidle' })
    await page.getByText('Greetings').first().click()
    await press(page, 'Next')
    const named = sound.webm(sound.webmTags('ARTIST', 'Mere'))
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'all.zip',
        mimeType: 'application/zip',
        buffer: zip(
          { name: 'mere.webm', bytes: named },
          { name: 'quiet.webm', bytes: sound.webm() },
        ),
      })
    await press(page, 'Start sending')
    await press(page, /^Unpack all\.zip/)
    await page.getByText('mere.webm').first().waitFor()
    await press(page, /What is in it\? mere/)
    await page.getByText('WebM ARTIST: Mere').waitFor()
    await looksRight()
    await press(page, /^Take it out of mere/)
    await page.getByText('It is taken out.').waitFor()
    await page.getByText('No tags or fields for names were found.').waitFor()
    expect(await page.getByText('WebM ARTIST').count()).toBe(0)
    await press(page, 'Next')
    await page.getByText('My own').first().waitFor()
  }, 60_000)

  it('met no error of a script or of the content policy', () => {
    expect(desk.troubles.filter((one) => !one.includes('net::ERR_'))).toEqual([])
  })

  /** Opens the recorder in a browser of its own and tries to record. */
  const trying = async (flags: readonly string[], before?: () => void): Promise<Desk> => {
    await other?.close()
    other = await launch(...flags)
    line.up(Number.POSITIVE_INFINITY)
    const desk = await openDesk(other, { viewport: { width: 360, height: 740 } })
    const { page } = desk
    if (before) await page.addInitScript(before)
    await signInOn(desk, url, 'contributor@village.example', PASSWORD)
    await page.goto(`${url}/contribute`, { waitUntil: 'networkidle' })
    if (await page.getByText('A new dataset').isVisible())
      await page.getByText('A new dataset').first().click()
    await page.getByLabel('Title', { exact: true }).fill('Greetings')
    await page.getByLabel('Description', { exact: true }).fill('How we greet each other.')
    await page.getByLabel('What kind of data is it?').selectOption({ label: 'Speech' })
    await page.getByLabel('Languages').fill('mi')
    await press(page, 'Next')
    await press(page, 'Record here')
    await press(page, 'Begin to record')
    return desk
  }

  it('is told when the browser may not listen, and the way out', async () => {
    const { page } = await trying([
      '--use-fake-device-for-media-stream',
      '--deny-permission-prompts',
    ])
    await page.getByText('The browser may not use the microphone.').waitFor()
    expect(await axeFaults(page, 'light')).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(await page.getByText('choose the file above').count()).toBe(1)
    expect(await page.getByLabel('Choose files').count()).toBe(1)
  }, 60_000)

  it('is not listened to when the step is left before the browser may listen', async () => {
    const { page } = await trying(MICROPHONE, () => {
      const { mediaDevices } = navigator
      const ask = mediaDevices.getUserMedia.bind(mediaDevices)
      mediaDevices.getUserMedia = async (wanted) => {
        await new Promise<void>((resolve) => {
          window.mayListen = resolve
        })
        window.heard = await ask(wanted)
        return window.heard
      }
    })
    await page.waitForFunction(() => window.mayListen !== undefined)
    await press(page, 'Back')
    await page.getByText('Which dataset is it for?').waitFor()
    await page.evaluate(() => window.mayListen?.())
    await page.waitForFunction(() =>
      window.heard?.getTracks().every(({ readyState }) => readyState === 'ended'),
    )
  }, 60_000)

  it('is told when there is no microphone, and the way out', async () => {
    const { page } = await trying(['--use-fake-ui-for-media-stream'])
    await page.getByText('No microphone was found.').waitFor()
    expect(await page.getByText('choose the file above').count()).toBe(1)
  }, 60_000)
})
