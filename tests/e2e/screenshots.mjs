// Starts screenshots.ts through tsx: `npm run screenshots` needs the build and builds nothing.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('screenshots.ts', import.meta.url))
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', script, ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
