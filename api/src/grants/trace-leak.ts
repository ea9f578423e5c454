import type { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { rowFormat, rowsNeeded, type Trace, traceCopies } from '../../../policies/index.ts'
import { type Dataset, keepersOf, type ManifestFile } from '../datasets/datasets.ts'
import { anyMediaType } from '../datasets/media-types.ts'
import { notFound, refuse, signInFirst } from '../errors.ts'
import { newId } from '../ids.ts'
import { inTurn } from '../in-turn.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor, Member } from '../people/people.ts'
import { lacks, markKey, tallied } from './copy-rows.ts'
import type { PassDeps } from './door.ts'
import type { Grant } from './grants.ts'
import type { CopyDeps } from './own-copy.ts'
import { rowsOf } from './rows.ts'

/** What was found somewhere, by the name it had. */
export interface Leak {
  readonly dataset: string
  readonly name: string
  readonly bytes: Readable | AsyncIterable<Buffer>
}

/** Where it may have come from. It is grounds for a hearing and never proof. */
export interface Traced extends Pick<Trace, 'outcome' | 'needed'> {
  readonly ok: true
  readonly dataset: Dataset
  /** Rows that it holds, and those of them that copies are told apart by. */
  readonly read: number
  readonly rows: number
  /** People who have had fingerprinted copies. */
  readonly copies: number
  /** Grants under which whole copies were handed out: these cannot be told apart. */
  readonly whole: number
  /** The grants of each person that is named. */
  readonly named: readonly (readonly Grant[])[]
}

type TraceDeps = PassDeps & Pick<CopyDeps, 'files' | 'fingerprintKey'>

/** More rows than this many times what is needed tell nothing more. */
const ENOUGH = 4

const councilSeat = async (
  { people }: TraceDeps,
  dataset: Dataset,
  { account }: Actor,
): Promise<Member | null> => {
  const seats = await Promise.all(keepersOf(dataset).map((one) => people.memberOf(account.id, one)))
  return seats.find((seat) => seat?.bodies.includes('council')) ?? null
}

const visit = async (deps: TraceDeps, actor: Actor | null, id: string) => {
  if (!actor) return signInFirst()
  if (actor.scopes !== null)
    return refuse('BROWSER_ONLY', 'A personal token may not do this. Sign in with a browser.')
  const dataset = await deps.datasets.dataset(id)
  if (!dataset || !(await deps.datasets.visibleTo(dataset, actor))) return notFound('dataset')
  const seat = await councilSeat(deps, dataset, actor)
  if (!seat)
    return refuse('NOT_COUNCIL', 'Only the council of this dataset may trace a leak. Ask it to.')
  return { ok: true, dataset, seat } as const
}

const plainFormat = (path: string) =>
  rowFormat({ path: 'rows', mediaType: anyMediaType(path) ?? '' }, 'text')

/** What each row of it says, as a key; the same row twice is one. */
const keysIn = async ({ name, bytes }: Leak): Promise<Set<string> | null> => {
  const format = plainFormat(name)
  if (format === null) return null
  const keys = new Set<string>()
  for await (const rows of rowsOf(bytes, format))
    for (const { digest } of rows) if (digest) keys.add(digest.toString('hex'))
  return keys
}

/** Every file that was ever published of it, each once. */
const publishedFiles = async (
  { datasets }: TraceDeps,
  id: string,
): Promise<readonly ManifestFile[]> => {
  const versions = (await datasets.versionsOf([id])).filter(
    ({ publishedAt }) => publishedAt !== null,
  )
  const manifests = await datasets.manifests(versions.map(({ manifestDigest }) => manifestDigest))
  const files = [...manifests.values()].flatMap((one) => one.files)
  return [...new Map(files.map((file) => [JSON.stringify(file), file])).values()]
}

interface Sorted {
  /** Rows by which copies are told apart. */
  readonly telling: Set<string>
  /** Rows that all copies have. */
  readonly common: Set<string>
}

const sortRows = async (
  { files }: TraceDeps,
  file: ManifestFile,
  kind: string,
  leak: ReadonlySet<string>,
  { telling, common }: Sorted,
): Promise<void> => {
  const plain = plainFormat(file.path)
  if (plain === null || (await files.stat(file.sha256)) === null) return
  const tally = rowFormat(file, kind) && (await tallied(files, file, plain))
  for await (const rows of rowsOf(files.read(file.sha256), plain))
    for (const { digest } of rows) {
      const key = digest?.toString('hex') ?? ''
      if (digest && leak.has(key)) (tally?.isOnce(digest) ? telling : common).add(key)
    }
}

const tellingRows = async (
  deps: TraceDeps,
  { id, kind }: Dataset,
  leak: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const sorted: Sorted = { telling: new Set(), common: new Set() }
  for (const file of await publishedFiles(deps, id)) await sortRows(deps, file, kind, leak, sorted)
  return [...sorted.telling].filter((key) => !sorted.common.has(key)).sort()
}

const byMark = (grants: readonly Grant[]): ReadonlyMap<string, readonly Grant[]> => {
  const marks = new Map<string, readonly Grant[]>()
  for (const grant of grants)
    if (grant.mark) marks.set(grant.mark, [...(marks.get(grant.mark) ?? []), grant])
  return marks
}

/** For each mark, how many of these rows its copies lack. */
const heldBy = async (
  { fingerprintKey }: TraceDeps,
  marks: readonly string[],
  rows: readonly Buffer[],
): Promise<readonly number[]> => {
  const held = []
  for (const mark of marks) {
    const key = markKey(fingerprintKey, mark)
    held.push(rows.filter((row) => lacks(key, row)).length)
    // Others are served in between.
    await nextTurn()
  }
  return held
}

const record = (
  { log }: TraceDeps,
  { dataset, rows, copies, outcome, named }: Traced,
  { id: by, community }: Member,
) =>
  log.append({
    stream: `dataset/${dataset.id}`,
    type: 'leak.traced',
    cmd: newId('x'),
    data: { dataset: dataset.id, community, rows, copies },
    // Whoever is named is heard before anybody is told.
    secret: { by, outcome, named: named.flat().map(({ id }) => id) },
  })

const trace = async (
  deps: TraceDeps,
  actor: Actor | null,
  leak: Leak,
): Promise<Traced | Refusal> => {
  const found = await visit(deps, actor, leak.dataset)
  if (!found.ok) return found
  const { dataset, seat } = found
  const keys = await keysIn(leak)
  if (keys === null) {
    const message = 'Give a file with rows: its name ends in .jsonl, .csv, .tsv or .txt.'
    return refuse('BAD_INPUT', message, { field: 'file' })
  }
  const telling = await tellingRows(deps, dataset, keys)
  const used = (await deps.store.grantsOn([dataset.id])).filter((one) => one.firstUseAt !== null)
  const marks = byMark(used)
  const rows = telling.slice(0, ENOUGH * rowsNeeded(marks.size))
  const digests = rows.map((key) => Buffer.from(key, 'hex'))
  const { outcome, needed, named } = traceCopies(
    rows.length,
    await heldBy(deps, [...marks.keys()], digests),
  )
  const people = [...marks.values()]
  const traced: Traced = {
    ok: true,
    ...{ dataset, outcome, needed },
    read: keys.size,
    rows: telling.length,
    copies: marks.size,
    whole: used.filter(({ mark }) => !mark).length,
    named: named.map((at) => people[at] ?? []),
  }
  await record(deps, traced, seat)
  return traced
}

/** What of fingerprints is asked beside the door. */
export interface TraceDesk {
  /** Whether this person may trace leaks of a dataset: they sit in a council that keeps it. */
  mayTrace(actor: Actor | null, dataset: string): Promise<boolean>
  /** Where a leak may have come from. That it was asked is recorded. */
  traceLeak(actor: Actor | null, leak: Leak): Promise<Traced | Refusal>
}

export const createTraceDesk = (deps: TraceDeps): TraceDesk => ({
  mayTrace: async (actor, dataset) => (await visit(deps, actor, dataset)).ok,
  // One at a time: each reads every row of the dataset.
  traceLeak: inTurn((actor: Actor | null, leak: Leak) => trace(deps, actor, leak)),
})
