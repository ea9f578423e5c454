import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, launch } from './browser.ts'
import type { Screen } from './screens.ts'
import { openStage, SCHEMES, type Stage, WIDTHS } from './stage.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The dark scheme changes colours alone: the rest has been judged in the light. */
const RULES: Readonly<Record<string, object>> & { readonly light: object } = {
  light: { type: 'tag', values: TAGS },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[]
}

declare global {
  interface Window {
    axe: { run: (at: Document, options: object) => Promise<{ violations: Violation[] }> }
  }
}

/** What axe-core finds, each with the first element it found it at. */
const violations = async (page: Page, axe: string, scheme: string): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const found = await page.evaluate<Violation[], object>(async (runOnly) => {
    const options = { runOnly, resultTypes: ['violations'] }
    return (await window.axe.run(document, options)).violations
  }, RULES[scheme] ?? RULES.light)
  return found.map(
    ({ id, nodes }) =>
      `${id} at ${JSON.stringify(nodes[0]?.target)}: ${nodes[0]?.failureSummary ?? ''}`,
  )
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Judges each of these screens at every width in both schemes, on a stage of their own. */
export const judge = (whose: string, screens: readonly Screen[]) =>
  describe.skipIf(!browserPath)(whose, () => {
    let stage: Stage
    let browser: Browser
    let axe = ''

    beforeAll(async () => {
      axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
      stage = await openStage()
      browser = await launch()
    }, 240_000)
    afterAll(async () => {
      await browser?.close()
      await stage?.close()
    })

    it.each(screens)(
      '$name breaks no rule of WCAG 2.2 A and AA, no width and no content policy',
      async (screen) => {
        const { page, troubles, close } = await stage.show(browser, screen)
        const found: string[] = []
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 })
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
            const name = `${width} ${colorScheme}`
            found.push(
              ...(await violations(page, axe, colorScheme)).map((one) => `${name}: ${one}`),
            )
          }
          const over = await overflow(page)
          if (over > 0) found.push(`${width}: ${over} px wider than the window`)
        }
        await close()
        expect(found).toEqual([])
        expect(troubles).toEqual([])
      },
      60_000,
    )
  })
