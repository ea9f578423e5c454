// From a fresh clone to a running registry: install, build, seed, serve. Prints how long each step took.
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const env = {
  DATA_DIR: './data/demo',
  DEMO: '1',
  REGISTRY_NAME: 'Commonhold demonstration',
  ...process.env,
}

const step = (name, command, args) => {
  const started = Date.now()
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env })
  console.log(`${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`)
  if (status !== 0) {
    console.error(`${name} failed: ${command} ${args.join(' ')}`)
    process.exit(status ?? 1)
  }
}

const started = Date.now()
step('install', 'npm', ['ci', '--no-audit', '--no-fund'])
step('build', 'npm', ['run', 'build', '--silent'])
step('seed', 'node', ['dist/seed/main.js'])
console.log(`ready to serve after ${((Date.now() - started) / 1000).toFixed(1)} s`)

const server = spawn('node', ['dist/api/src/main.js'], { cwd: root, stdio: 'inherit', env })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 1))
