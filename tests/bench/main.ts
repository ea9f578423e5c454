import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ballotPageSuite } from './ballot-page.ts'
import { catalogueSuite } from './catalogue.ts'
import type { Run } from './compare.ts'
import { decisionsSuite } from './decisions.ts'
import { downloadSuite } from './download.ts'
import { logSuite } from './log.ts'
import type { BenchRow } from './row.ts'
import { searchSuite } from './search.ts'
import { table } from './table.ts'
import { uploadSuite } from './upload.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

type Suite = (run: Run, smoke: boolean) => Promise<readonly BenchRow[]>

const SUITES: Readonly<Record<string, Suite>> = {
  decisions: decisionsSuite,
  catalogue: catalogueSuite,
  search: searchSuite,
  download: downloadSuite,
  log: logSuite,
  'ballot-page': ballotPageSuite,
  upload: uploadSuite,
}

const HELP = `npm run bench -- [suite…] [--rounds N] [--only part] [--smoke] [--json]
suites: ${Object.keys(SUITES).join(', ')}; none named: all
--rounds N  rounds of each case (default 5; at least 1)
--only part only cases with this in their name, e.g. "1 KB c=32"
--smoke     two rounds on small data: does it run, in about two minutes
--json      JSON Lines on stdout instead of a table; they are written to bench-results/ anyway`

const { values: given, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    only: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const wrong = named.find((name) => !(name in SUITES))
const rounds = Number(given.rounds ?? (given.smoke ? 2 : 5))
if (given.help || wrong !== undefined || !(Number.isInteger(rounds) && rounds >= 1)) {
  console.error(wrong ? `There is no suite "${wrong}".\n${HELP}` : HELP)
  process.exit(given.help ? 0 : 2)
}
if (!existsSync(join(root, 'dist/api/src/main.js'))) {
  console.error('The server is not built: run "npm run build" first.')
  process.exit(2)
}

const commitOf = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim()
  } catch {
    return 'unknown'
  }
}

const machine = {
  commit: commitOf(),
  versions: { node: process.version, v8: process.versions.v8, openssl: process.versions.openssl },
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
}

const started = new Date()
const file = join(root, 'bench-results', `${started.toISOString().replaceAll(/[:.]/g, '-')}.jsonl`)
await mkdir(dirname(file), { recursive: true })

const write = (line: Readonly<Record<string, unknown>>): void => {
  const text = JSON.stringify({ ...line, ...machine })
  if (given.json) console.log(text)
  appendFileSync(file, `${text}\n`)
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(1))

const rows: BenchRow[] = []
for (const name of named.length > 0 ? named : Object.keys(SUITES)) {
  const heard: Run['heard'] = (line) => {
    const [load1] = loadavg()
    // At once: a run that is broken off keeps what it has measured.
    write({ kind: 'round', ...line, load1 })
    console.error(`${name}: ${line.case}, round ${line.round}, ${line.contender}`)
  }
  const made =
    (await SUITES[name]?.(
      { suite: name, rounds, heard, ...(given.only === undefined ? {} : { only: given.only }) },
      given.smoke,
    )) ?? []
  for (const row of made) write({ kind: 'case', rounds, ...row })
  rows.push(...made)
}

const shown = table(rows)
await writeFile(file.replace('.jsonl', '.md'), shown)
if (!given.json) console.log(shown)
console.error(`Written to ${file}`)
