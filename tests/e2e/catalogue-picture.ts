import { browserPath, launch } from './browser.ts'
import { screens } from './screens.ts'
import { openStage } from './stage.ts'

/** The picture of the README: the catalogue as a visitor meets it. */
const catalogue = screens.find(({ name }) => name === 'catalogue')
if (!browserPath || !catalogue) throw new Error('needs a browser and the catalogue')
const stage = await openStage()
const browser = await launch()
try {
  const { page } = await stage.show(browser, catalogue)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.screenshot({ path: new URL('../../web/catalogue.png', import.meta.url).pathname })
} finally {
  await browser.close()
  await stage.close()
}
