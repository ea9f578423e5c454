import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** The demonstration's documented password (seed/people.json). */
export const DEMO_PASSWORD = 'commonhold demo'

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const seedInto = async (dataDir: string): Promise<void> => {
  const child = spawn('node', [join(root, 'dist/seed/main.js')], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, DEMO: '1', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the demonstration could not be seeded')
}

/** When any part that the seed runs was last built, or its data last changed. */
const builtAt = async (): Promise<number> => {
  const parts = ['policies', 'api', 'seed'].map((part) => `dist/${part}/tsconfig.tsbuildinfo`)
  const data = ['communities', 'datasets', 'people'].map((name) => `seed/${name}.json`)
  const times = await Promise.all([...parts, ...data].map((path) => stat(join(root, path))))
  return Math.round(Math.max(...times.map(({ mtimeMs }) => mtimeMs)))
}

/** Seeded once for each build and day, as the demonstration's dates count from today. */
const seededFolder = async (): Promise<string> => {
  const day = new Date().toISOString().slice(0, 10)
  const folder = join(tmpdir(), `commonhold-seed-${day}-${await builtAt()}`)
  if (await exists(folder)) return folder
  const fresh = await mkdtemp(join(tmpdir(), 'commonhold-seed-'))
  await seedInto(fresh)
  // Another test file may have been faster; its folder is as good.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return folder
}

/** A copy of the seeded demonstration, for one server to change as it likes. */
export const seededCopy = async (): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'commonhold-demo-'))
  await cp(await seededFolder(), copy, { recursive: true })
  return copy
}
