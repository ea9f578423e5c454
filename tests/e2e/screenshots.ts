import { mkdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { browserPath, launch } from './browser.ts'
import { type Screen, screens } from './screens.ts'
import { openStage, SCHEMES, type Stage, WIDTHS } from './stage.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const folder = join(root, 'screenshots')

/** One screen at every width in both schemes; the paths of its pictures. */
const shoot = async (stage: Stage, browser: Browser, screen: Screen): Promise<string[]> => {
  const { page, troubles, close } = await stage.show(browser, screen)
  const paths: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const path = join(folder, `${screen.name}-${width}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
      paths.push(path)
    }
  }
  await close()
  for (const trouble of troubles) console.error(`${screen.name}: ${trouble}`)
  return paths
}

if (!browserPath) {
  console.error('No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM.')
  process.exit(1)
}
const wanted = process.argv.slice(2)
const chosen = screens.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)
await mkdir(folder, { recursive: true })
const stage = await openStage()
const browser = await launch()
try {
  for (const screen of chosen) {
    for (const path of await shoot(stage, browser, screen)) console.log(relative(root, path))
  }
} finally {
  await browser.close()
  await stage.close()
}
