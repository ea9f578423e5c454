import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, launch } from './browser.ts'
import { axeFaults, overflow } from './faults.ts'
import type { Screen } from './screens.ts'
import { openStage, SCHEMES, type Stage, WIDTHS } from './stage.ts'

/** Judges each of these screens at every width in both schemes, on a stage of their own. */
export const judge = (whose: string, screens: readonly Screen[]) =>
  describe.skipIf(!browserPath)(whose, () => {
    let stage: Stage
    let browser: Browser

    beforeAll(async () => {
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
            found.push(...(await axeFaults(page, colorScheme)).map((one) => `${name}: ${one}`))
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
