// Mutation testing: `npm run mutate -- [licences|proofs|explanations|answers|governance] [file ...]`.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KERNELS } from './kernels.mjs'

const args = process.argv.slice(2)
const kernel = args[0] in KERNELS ? args.shift() : 'licences'
const files = args.map((name) => `policies/rules/${name}.ts`).join(',')
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const run = (command, ...rest) =>
  spawnSync(command, rest, { cwd: root, stdio: 'inherit', env: { ...process.env, KERNEL: kernel } })
    .status ?? 1

const stryker = run(
  'npx',
  'stryker',
  'run',
  'tests/stryker.config.mjs',
  ...(files === '' ? [] : ['--mutate', files]),
)
const report = process.env.MUTATION_REPORT ?? `dist/stryker/${kernel}.json`
const scored = run('node', 'tests/mutation/score.mjs', report)
process.exit(stryker || scored)
