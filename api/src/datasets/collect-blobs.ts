import { doomedFiles, type Log, neededFiles, noFileNotes, noteFiles } from '../log/index.ts'
import type { Files } from './files.ts'
import type { FinishedUpload, UploadStore } from './uploads.ts'

export interface CollectDeps {
  readonly log: Pick<Log, 'read'>
  readonly files: Pick<Files, 'storedBefore' | 'discard'>
  readonly uploads: Pick<UploadStore, 'finished' | 'remove'>
  /** The system clock: uploads and files don't follow the demonstration's. */
  readonly wallClock: () => number
}

const HOUR = 3_600_000
/** How long what nobody names is kept: an upload that nobody contributed, a file withdrawn unused. */
export const COLLECT_AFTER = 30 * 24 * HOUR
/** Longer than any contribution takes that may have been under way when the last name went. */
export const SETTLE = HOUR

const PAGE = 256

/** What the log tells: the events themselves, not a projection that may lag or be rebuilt. */
const told = async (log: CollectDeps['log']) => {
  const notes = noFileNotes()
  for (let from = 0; ; from += PAGE) {
    const events = await log.read(from, PAGE)
    for (const event of events) noteFiles(notes, event)
    if (events.length < PAGE) return { kept: neededFiles(notes), doomed: doomedFiles(notes) }
  }
}

const old = async ({ files }: CollectDeps, before: number): Promise<ReadonlySet<string>> => {
  const found = new Set<string>()
  for await (const sha256 of files.storedBefore(before)) found.add(sha256)
  return found
}

type Since = ReadonlyMap<string, number>

/** Forgets uploads that nobody has contributed for so long, and at once those of what was taken down. */
const forget = async (
  { uploads }: CollectDeps,
  finished: readonly FinishedUpload[],
  { before, doomed }: { readonly before: number; readonly doomed: Since },
): Promise<void> => {
  for (const { id, sha256, finishedAt } of finished)
    if (finishedAt < (doomed.get(sha256) ?? before)) await uploads.remove(id)
}

/**
 * Removes blobs that no contribution, version or upload names, long after their bytes came, and
 * without that wait what only datasets hold that a vote has taken down. Each must be found without a
 * name in two runs, far enough apart that nothing under way between them can still give it one.
 * Every step may be the last before a crash, and every run may be repeated.
 */
export const createCollector = (deps: CollectDeps): (() => Promise<number>) => {
  /** Since when a blob has been seen without a name. */
  let nameless: Since = new Map()

  return async () => {
    const now = deps.wallClock()
    const before = now - COLLECT_AFTER
    const firstSeen = (some: Iterable<string>): Since =>
      new Map(Array.from(some, (sha256) => [sha256, nameless.get(sha256) ?? now]))
    // In this order: what gets a name later than it was listed has younger bytes, or waits for the next run.
    const stored = await old(deps, before)
    const finished = await deps.uploads.finished()
    const { kept, doomed: takenDown } = await told(deps.log)
    const doomed = firstSeen(takenDown)
    const unused = finished.filter(({ sha256 }) => !kept.has(sha256))
    await forget(deps, unused, { before, doomed })
    const uploaded = new Set(unused.map(({ sha256 }) => sha256))
    const free = [...stored].filter((sha256) => !kept.has(sha256) && !uploaded.has(sha256))
    const since = new Map([...firstSeen(free), ...doomed])
    let removed = 0
    for (const [sha256, first] of since) {
      const instant = doomed.get(sha256) ?? before
      const isDue = now - first >= SETTLE && !uploaded.has(sha256)
      if (isDue && (await deps.files.discard(sha256, instant))) removed += 1
    }
    nameless = since
    return removed
  }
}
