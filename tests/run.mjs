// Runs everything: build, browser and all suites. `npm test -- <filter>` passes the filter to Vitest.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const run = (command, args, env = {}) => {
  const started = Date.now()
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  console.log(`${command} ${args.join(' ')}: ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return status ?? 1
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const findChromium = () => process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path))

/** Debian's browser, installed when this user may; otherwise the tests say how and count as skipped. */
const ensureChromium = () => {
  if (findChromium()) return findChromium()
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (mayInstall) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  }
  if (!findChromium()) {
    console.log('No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM.')
  }
  return findChromium()
}

if (!existsSync(join(root, 'node_modules'))) {
  const installed = run('npm', ['ci', '--no-audit', '--no-fund'])
  if (installed !== 0) process.exit(installed)
}
const chromium = ensureChromium() ?? ''
const built = run('npm', ['run', 'build', '--silent'])
if (built !== 0) process.exit(built)
const filter = process.argv.slice(2)
const tested = run('npx', ['vitest', 'run', '--config', 'tests/vitest.config.ts', ...filter], {
  CHROMIUM: chromium,
})
process.exit(tested)
