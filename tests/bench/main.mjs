// `npm run bench [suite…] [--rounds N] [--only part] [--smoke] [--json]`: starts main.ts under tsx.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(here, 'main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: join(here, '../..') },
)
// Ending this ends the run, which ends its servers.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
