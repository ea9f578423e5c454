import { rm } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server-process.ts'
import { enter, findProps, type Part, type Props } from './cast.ts'
import type { Screen } from './screens.ts'
import { seededCopy } from './seeded.ts'

export interface Shown {
  readonly page: Page
  /** What the browser complained of: errors of scripts, of the content policy, of the network. */
  readonly troubles: readonly string[]
  readonly close: () => Promise<void>
}

/** The seeded demonstration and an empty registry, and browsers in which somebody is signed in. */
export interface Stage {
  readonly url: string
  readonly props: Props
  readonly show: (browser: Browser, screen: Screen) => Promise<Shown>
  readonly close: () => Promise<void>
}

export const WIDTHS = [360, 1280] as const
export const SCHEMES = ['light', 'dark'] as const

/** Begins a page with the words of an earlier visit and no others. */
const remember = (page: Page, drafts: Readonly<Record<string, object>>) =>
  page.addInitScript((kept) => {
    if (sessionStorage.getItem('begun')) return
    sessionStorage.setItem('begun', 'yes')
    for (const [name, value] of Object.entries(kept)) {
      if (Object.keys(value).length === 0) continue
      localStorage.setItem(`commonhold.draft.${name}`, JSON.stringify(value))
    }
  }, drafts)

const listen = (page: Page, { status, broken }: Screen): string[] => {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const text = message.text()
    // The browser reports the page's own status, and a line that the screen itself has cut.
    if (status && text.includes(`status of ${status}`)) return
    if (broken && text.includes('net::ERR_')) return
    troubles.push(text)
  })
  return troubles
}

const signedIn = async (browser: Browser, url: string, person: Person) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const [name = '', value = ''] = person.cookie().split('=')
  // A cookie with the prefix __Host- is for secure places, to which browsers count this one.
  const secure = url.replace('http:', 'https:')
  if (value) await context.addCookies([{ name, value, url: secure }])
  return context
}

/** What somebody does first; when it cannot be done, the words on the page say why. */
const acted = async (page: Page, { act }: Screen): Promise<void> => {
  try {
    await act?.(page)
  } catch (error) {
    const words = await page.locator('body').innerText()
    throw new Error(`the page says: ${words.slice(0, 2_000)}`, { cause: error })
  }
}

export const openStage = async (): Promise<Stage> => {
  const dataDir = await seededCopy()
  const [server, empty] = await Promise.all([startServer({ dataDir }), startServer()])
  const persons = new Map<Part, Promise<Person>>()
  const enterAs = (part: Part): Promise<Person> => {
    const known = persons.get(part) ?? enter(server.url, part)
    persons.set(part, known)
    return known
  }
  const props = await findProps(enterAs)
  /** Each screen in a browser of its own, which remembers nothing of another's. */
  const contextOf = async (browser: Browser, { as = 'visitor', empty: bare }: Screen) =>
    signedIn(browser, bare ? empty.url : server.url, await enterAs(as))
  return {
    url: server.url,
    props,
    show: async (browser, screen) => {
      const context = await contextOf(browser, screen)
      const page = await context.newPage()
      const troubles = listen(page, screen)
      await remember(page, screen.drafts?.(props) ?? {})
      const path = `${screen.empty ? empty.url : server.url}${screen.path(props)}`
      await page.goto(path, { waitUntil: 'networkidle' })
      await acted(page, screen)
      return { page, troubles, close: () => context.close() }
    },
    close: async () => {
      await Promise.all([server.close(), empty.close()])
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
