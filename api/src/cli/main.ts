#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { ask, download, login, search, verify } from './commands.ts'
import { DEFAULT_FILE, readCredentials } from './credentials.ts'
import { EXIT, Failure } from './failure.ts'
import { createShow, type Show } from './show.ts'

const USAGE = `commonhold login <registry>                 reads a personal token from its input
commonhold search <words>
commonhold ask <dataset> --for <purpose> [--as <actor>] [--country <code>]
commonhold download <dataset>[@<version>] [--to <folder>]
commonhold verify <folder>                  against the SHA256SUMS in it

  --registry <address>     another one than where you logged in
  --credentials <file>     default ${DEFAULT_FILE}
  --json                   one line of JSON a fact

Ends with 0 done, 1 failed (run it again to go on), 2 wrong use, 3 refused, 4 damaged bytes.`

const OPTIONS = {
  registry: { type: 'string' },
  credentials: { type: 'string', default: DEFAULT_FILE },
  to: { type: 'string', default: '.' },
  for: { type: 'string', multiple: true },
  as: { type: 'string' },
  country: { type: 'string' },
  list: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const usage = (): Failure => new Failure(EXIT.usage, USAGE)

const read = () => {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS })
  } catch {
    throw usage()
  }
}

type Values = ReturnType<typeof read>['values']

const factsIn = ({ as: actorKind, country }: Values): Readonly<Record<string, string>> => ({
  ...(actorKind ? { actorKind } : {}),
  ...(country ? { country } : {}),
})

/** What is done at a registry: the one that is named, else where somebody logged in. */
const atRegistry = async (
  verb: string,
  what: string,
  values: Values,
  show: Show,
): Promise<void> => {
  const known = await readCredentials(values.credentials)
  const registry = values.registry ?? known?.registry
  if (!registry) throw new Failure(EXIT.usage, 'Log in first, or name a --registry.')
  if (verb === 'search') return search(registry, what, show)
  if (verb === 'ask') {
    const purposes = values.for ?? ['linguisticResearch']
    return ask(registry, { dataset: what, purposes, facts: factsIn(values) }, show)
  }
  if (verb !== 'download') throw usage()
  if (!known || registry !== known.registry)
    throw new Failure(EXIT.usage, `Log in first: commonhold login ${registry}`)
  return download(known, what, { folder: values.to, show })
}

const run = async (): Promise<void> => {
  const { values, positionals } = read()
  const [verb, ...rest] = positionals
  const what = rest.join(' ')
  const { credentials: file, json, list, help } = values
  const show = createShow(json, { out: process.stdout, err: process.stderr })
  if (help || !verb || what === '') throw usage()
  if (verb === 'verify') return verify(what, list ?? `${what}/SHA256SUMS`, show)
  if (verb === 'login') return login(what, (await text(process.stdin)).trim(), { file, show })
  return atRegistry(verb, what, values, show)
}

try {
  await run()
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = error.exit
}
