import { doomedFiles, type Log, neededFiles, noFileNotes, noteFiles } from '../log/index.ts'
import type { Copy, CopyStore } from './copies.ts'
import type { Files } from './files.ts'
import type { FinishedUpload, UploadStore } from './uploads.ts'

export interface CollectDeps {
  readonly log: Pick<Log, 'read'>
  readonly files: Pick<Files, 'storedBefore' | 'discard'>
  readonly uploads: Pick<UploadStore, 'finished' | 'remove'>
  readonly copies: Pick<CopyStore, 'all' | 'remove'>
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

/** Copies made for grants: those whose file is kept no longer, which go with it, and the bytes of all others. */
interface SortedCopies {
  readonly stale: readonly Copy[]
  readonly good: ReadonlySet<string>
}

/** One that is old is forgotten first, and its bytes, when it has not been made again since, after. */
const sortCopies = async (
  { copies }: CollectDeps,
  kept: ReadonlyMap<string, unknown>,
  before: number,
): Promise<SortedCopies> => {
  const all = await copies.all()
  const isOver = ({ of, sha256, madeAt }: Copy): boolean =>
    kept.has(of) ? madeAt < before : sha256 === of || kept.has(sha256)
  for (const copy of all) if (isOver(copy)) await copies.remove(copy.id)
  const left = all.filter((copy) => !isOver(copy))
  return {
    stale: left.filter(({ of }) => !kept.has(of)),
    good: new Set(left.filter(({ of }) => kept.has(of)).map(({ sha256 }) => sha256)),
  }
}

/** Destroys bytes that are due, and forgets the copy that they were. */
const destroy = async (
  { copies, files }: CollectDeps,
  { stale }: SortedCopies,
  sha256: string,
  instant: number,
): Promise<boolean> => {
  for (const copy of stale) if (copy.sha256 === sha256) await copies.remove(copy.id)
  return files.discard(sha256, instant)
}

/**
 * Removes blobs that no contribution, version, upload or copy names, long after their bytes came, and
 * without that wait what only datasets hold that a vote has taken down, with every copy of it. Each must be found without a
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
    const copies = await sortCopies(deps, kept, before)
    const doomed = firstSeen([...takenDown, ...copies.stale.map(({ sha256 }) => sha256)])
    const unused = finished.filter(({ sha256 }) => !kept.has(sha256))
    await forget(deps, unused, { before, doomed: firstSeen(takenDown) })
    const uploaded = new Set(unused.map(({ sha256 }) => sha256))
    const isNamed = (sha256: string): boolean =>
      kept.has(sha256) || uploaded.has(sha256) || copies.good.has(sha256)
    const free = [...stored].filter((sha256) => !isNamed(sha256))
    const since = new Map([...firstSeen(free), ...doomed])
    let removed = 0
    for (const [sha256, first] of since) {
      const instant = doomed.get(sha256) ?? before
      const isDue = now - first >= SETTLE && !uploaded.has(sha256) && !copies.good.has(sha256)
      if (isDue && (await destroy(deps, copies, sha256, instant))) removed += 1
    }
    nameless = since
    return removed
  }
}
