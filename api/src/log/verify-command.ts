import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type NoteKey, parseNoteKey, type TlogPolicy } from '../../../policies/index.ts'
import { allEvents, auditStore, hearing } from './audit.ts'
import { checkBlobs } from './check-blobs.ts'
import { checkDocuments, noteNamed, nothingNamed, type StoredText } from './check-documents.ts'
import { createProjectionCheck } from './check-projections.ts'
import type { Seen } from './check-signatures.ts'
import { checkWitnesses, readTlogPolicy } from './check-witnesses.ts'
import type { Finding } from './finding.ts'
import { neededFiles } from './needed-files.ts'
import type { Projection } from './projection.ts'
import type { PublicFiles } from './public-entries.ts'
import { sha256 } from './sha256.ts'
import type { CheckpointStore, EventStore, ProjectionStore } from './store.ts'
import { tileFolder } from './tile-folder.ts'
import { type Verified, type VerifyOptions, verifyPublic } from './verify.ts'
import { webFiles } from './web-files.ts'

const USAGE = `npm run verify -- <address or folder> [--since <file>] [--key <key>] [--policy <file>] [--blobs]

  address   a log on the web, or the registry it belongs to
  folder    a data folder (compares the database with the log), or a copy of the public files
  --since   an earlier checkpoint or receipt: the log must have grown out of it; may be repeated
  --key     the key the log is known by; without it the published one is believed
  --policy  who must have cosigned the log (C2SP tlog-policy); its keys of logs are trusted
  --blobs   in a data folder: hash every stored file again`

interface Wishes {
  readonly target: string
  readonly since: readonly Seen[]
  readonly key?: string
  readonly policy: TlogPolicy | null
  readonly blobs: boolean
}

const readWishes = async (args: readonly string[]): Promise<Wishes> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      since: { type: 'string', multiple: true },
      key: { type: 'string' },
      policy: { type: 'string' },
      blobs: { type: 'boolean' },
    },
  })
  const [target, ...more] = positionals
  if (!target || more.length > 0) throw new Error(USAGE)
  const since = await Promise.all(
    (values.since ?? []).map(async (name) => ({ name, text: await readFile(name, 'utf8') })),
  )
  const { key, policy: file, blobs = false } = values
  const policy = file ? readTlogPolicy(file, await readFile(file, 'utf8')) : null
  return { target, since, key, policy, blobs }
}

/** Takes a line for the person who asked. */
export type Say = (line: string) => void

/** Opens a copy of a database file and closes it after use. */
export type WithStore = <T>(
  file: string,
  use: (stores: {
    readonly events: EventStore
    readonly checkpoints: CheckpointStore
    readonly documents: AsyncIterable<StoredText>
    readonly projected: ProjectionStore
  }) => Promise<T>,
) => Promise<T>

export interface VerifyDeps {
  readonly say: Say
  readonly withStore: WithStore
  /** What the registry keeps beside its events, to be compared with them. */
  readonly projections: readonly Projection[]
}

const trustedKey = async (
  files: PublicFiles,
  key: string | undefined,
  say: Say,
): Promise<NoteKey> => {
  const text = key ?? Buffer.from((await files.get('key')) ?? []).toString('utf8')
  const parsed = parseNoteKey(text.trim(), sha256)
  if (!parsed)
    throw new Error(
      key ? '--key: this is not a key of a log' : 'the log publishes no key: give --key',
    )
  if (!key)
    say(`key        ${text.trim()}\n           as published: compare it with one you got elsewhere`)
  return parsed
}

interface Trust {
  readonly options: VerifyOptions
  /** What the witnesses are missing in. */
  readonly findings: readonly Finding[]
}

/** Which keys are believed, and what the log has to have grown out of. */
const trust = async (
  files: PublicFiles,
  { key, policy, since }: Wishes,
  say: Say,
): Promise<Trust> => {
  const known = policy?.logs.map((log) => log.key) ?? []
  const keys = known.length > 0 && !key ? known : [await trustedKey(files, key, say)]
  if (!policy) return { options: { keys, since }, findings: [] }
  const watched = await checkWitnesses(files, policy)
  return { options: { keys, since: [...since, ...watched.since] }, findings: watched.findings }
}

/** Where the parts of a data folder lie; a folder of public files has no database. */
const parts = (folder: string) => {
  const database = join(folder, 'registry.db')
  const whole = existsSync(database)
  return {
    database: whole ? database : null,
    files: tileFolder(whole ? join(folder, 'log') : folder),
  }
}

const adding = (findings: readonly Finding[], verified: Verified): Verified => ({
  ...verified,
  findings: [...findings, ...verified.findings],
})

const verifyFolder = async (
  wishes: Wishes,
  { say, withStore, projections }: VerifyDeps,
): Promise<Verified> => {
  const { target, blobs } = wishes
  const { database, files } = parts(target)
  const { options, findings: untrusted } = await trust(files, wishes, say)
  if (!database) return adding(untrusted, await verifyPublic(files, options))
  const named = nothingNamed()
  const { audit, texts, folded } = await withStore(
    database,
    async ({ events, checkpoints, documents, projected }) => {
      const check = await createProjectionCheck(projected, projections)
      const noted = hearing(allEvents(events), (event) => {
        noteNamed(named, event)
        check.take(event)
      })
      return {
        audit: await auditStore(noted, await checkpoints.all(), files, options),
        texts: await checkDocuments(documents, named.documents),
        folded: check.result(),
      }
    },
  )
  say(`events     ${audit.events} stored\ndocuments  ${texts.count} hashed again`)
  say(`projected  ${folded.count} folded again`)
  const findings = [...untrusted, ...audit.findings, ...texts.findings, ...folded.findings]
  if (!blobs) return { ...audit, findings }
  const hashed = await checkBlobs(join(target, 'blobs'), neededFiles(named.files))
  say(`files      ${hashed.count} hashed again`)
  return { ...audit, findings: [...findings, ...hashed.findings] }
}

const verifyAddress = async (wishes: Wishes, say: Say): Promise<Verified> => {
  const files = await webFiles(wishes.target)
  const { options, findings } = await trust(files, wishes, say)
  return adding(findings, await verifyPublic(files, options))
}

const report = (verified: Verified, say: Say): void => {
  const { origin, size, root, checkpoint, votes, works, findings } = verified
  say(
    `log        ${origin}\nentries    ${size}\nroot       ${root}\nvotes      ${votes} counted again\nworks      ${works} made from others proved again`,
  )
  for (const { message } of findings) say(`NOT RIGHT  ${message}`)
  if (findings.length > 0) say(`${findings.length} finding(s): the log is not as it was promised.`)
  else say(`The log is as it was promised. Keep this checkpoint for --since:\n\n${checkpoint}`)
}

const run = async (args: readonly string[], deps: VerifyDeps): Promise<number> => {
  const wishes = await readWishes(args)
  const remote = /^https?:\/\//.test(wishes.target)
  if (!remote && !existsSync(wishes.target))
    throw new Error(`${wishes.target}: there is no such folder`)
  const verified = await (remote ? verifyAddress(wishes, deps.say) : verifyFolder(wishes, deps))
  report(verified, deps.say)
  return verified.findings.length
}

/**
 * Verifies a log as the words of a command line ask for. Gives the exit code: 0 as promised, 1 not
 * as promised, 2 could not be found out.
 */
export const verifyCommand = async (args: readonly string[], deps: VerifyDeps): Promise<number> => {
  try {
    return (await run(args, deps)) > 0 ? 1 : 0
  } catch (error) {
    deps.say(error instanceof Error ? error.message : String(error))
    return 2
  }
}
