import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
}

const client = new URL('../../dist/web/client', import.meta.url).pathname
const path = join(client, '.vite/manifest.json')
const built = existsSync(path)
if (!built) console.warn('bundle sizes are not checked: run "npm run build:web" first')

const manifest: Readonly<Record<string, Chunk>> = built
  ? JSON.parse(readFileSync(path, 'utf8'))
  : {}
const kilobytes = (file: string) =>
  gzipSync(readFileSync(join(client, file)), { level: 9 }).length / 1000

/** A chunk with everything it imports at once, without what it may import later. */
function closure(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const next of manifest[name]?.imports ?? []) closure(next, seen)
  return seen
}

const weight = (names: Iterable<string>) =>
  [...names]
    .map((name) => manifest[name]?.file ?? '')
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + kilobytes(file), 0)

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? ''
const withPage = (page: string) => new Set([...closure(entry), ...closure(page)])

describe.skipIf(!built)('the built bundle', () => {
  it.each([
    ['/', 'src/datasets/CataloguePage.tsx'],
    ['/datasets/:id', 'src/datasets/DatasetPage.tsx'],
  ])('loads at most 95 kB of script for %s', (route, page) => {
    const total = weight(withPage(page))
    console.info(`${route}: ${total.toFixed(1)} kB gzip`)
    expect(manifest[page], `${page} is a chunk of its own`).toBeDefined()
    expect(total).toBeLessThanOrEqual(95)
  })

  it('keeps every other page within 60 kB beyond what browsing has loaded', () => {
    const browsing = closure(entry)
    const heavy = Object.keys(manifest)
      .filter((name) => manifest[name]?.isDynamicEntry)
      .map((name) => {
        const own = [...closure(name)].filter((one) => !browsing.has(one))
        return { name, size: weight(own) }
      })
      .filter(({ size }) => size > 60)
    expect(heavy).toEqual([])
  })

  it('keeps the licence kernel and the GraphQL client out of the browse pages', () => {
    const loaded = [...withPage('src/datasets/DatasetPage.tsx')]
    expect(loaded.filter((name) => /use-answer|policies|graphql\/client/.test(name))).toEqual([])
  })

  it('sends at most 20 kB of style', () => {
    const styles = Object.values(manifest).flatMap(({ file }) =>
      file.endsWith('.css') ? [file] : [],
    )
    expect(styles.length).toBeGreaterThan(0)
    expect(styles.reduce((sum, file) => sum + kilobytes(file), 0)).toBeLessThanOrEqual(20)
  })
})
