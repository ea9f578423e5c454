// Development: rebuilds the web on every change and restarts the api from its sources.
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const env = { DATA_DIR: './data/dev', DEMO: '1', LOG_LEVEL: 'info', ...process.env }
const options = { cwd: root, stdio: 'inherit', env }

const built = spawnSync('npm', ['run', 'build', '--silent'], options)
if (built.status !== 0) process.exit(built.status ?? 1)

const watchWeb = ['vite', 'build', 'web', '--watch', '--logLevel', 'warn']
const renderer = ['--ssr', 'src/entry-server.tsx', '--outDir', '../dist/web/server']

// Started without npx, which would leave them running when it is told to stop.
const children = [
  watchWeb,
  [...watchWeb, ...renderer],
  ['tsx', 'watch', '--include', 'dist/web/server/entry-server.js', 'api/src/main.ts'],
].map(([tool, ...args]) =>
  spawn(process.execPath, [join(root, 'node_modules/.bin', tool), ...args], options),
)

const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
for (const child of children) child.on('exit', stop)
