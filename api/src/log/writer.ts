import { ConcurrencyError, type Refusal, type StoredEvent } from './event.ts'
import { type Random, readRecord } from './leaf.ts'
import { type Job, stage, type Verdict } from './staging.ts'
import type { EventStore } from './store.ts'
import { createTail, type Tail } from './tail.ts'

export type Recorded = {
  readonly ok: true
  readonly event: StoredEvent
  readonly replayed: boolean
}

/** The one place in a process from which events are recorded. */
export interface Writer {
  run(job: Job): Promise<Recorded | Refusal>
  /** Gives up what is remembered of a stream whose stored events have changed. */
  forget(stream: string): void
}

export interface WriterDeps {
  readonly store: EventStore
  readonly now: () => number
  readonly random: Random
  readonly recorded: (events: readonly StoredEvent[]) => void
}

interface Pending {
  readonly job: Job
  readonly resolve: (outcome: Recorded | Refusal) => void
  readonly reject: (error: unknown) => void
}

/** A pending job with its verdict in the present pass. */
interface Judged {
  readonly pending: Pending
  readonly verdict: Verdict
}

interface Desk extends WriterDeps {
  readonly tail: Tail
}

const BATCH = 256
/** A pass is repeated only when another process has recorded something meanwhile. */
const MAX_PASSES = 64

/** Settles a job whose command is on record already; false when it is not. */
const settleKnown = async (
  store: EventStore,
  { job, resolve, reject }: Pending,
): Promise<boolean> => {
  const record = await store.byCmd(job.cmd)
  if (!record) return false
  if (record.stream === job.stream) resolve({ ok: true, event: readRecord(record), replayed: true })
  else reject(new Error(`command ${job.cmd} has been used for stream ${record.stream}`))
  return true
}

/** Settles a job whose verdict has become certain; false when it has to be judged again. */
const settle = async (store: EventStore, { pending, verdict }: Judged): Promise<boolean> => {
  switch (verdict.kind) {
    case 'record':
      pending.resolve({ ok: true, event: verdict.event, replayed: false })
      return true
    case 'known':
      pending.resolve({ ok: true, event: verdict.event, replayed: true })
      return true
    case 'refuse':
      pending.resolve(verdict.refusal)
      return true
    case 'broken':
      pending.reject(verdict.error)
      return true
    case 'misplaced':
      if (!(await settleKnown(store, pending)))
        pending.reject(new ConcurrencyError(pending.job.stream, verdict.expected, verdict.next))
      return true
    case 'wait':
      return false
  }
}

const judge = async (
  open: readonly Pending[],
  look: boolean,
  desk: Desk,
): Promise<readonly Judged[]> => {
  const { tail, now, random } = desk
  await (look ? tail.refresh() : tail.start())
  const streams = new Map<string, boolean>()
  for (const { job } of open) streams.set(job.stream, streams.get(job.stream) || 'decide' in job)
  await tail.histories.load(streams)
  const { length, events, byCmd } = tail.histories
  const ground = { next: tail.next(), lastAt: tail.lastAt(), now, random, length, events, byCmd }
  const verdicts = stage(
    open.map(({ job }) => job),
    ground,
  )
  return verdicts.flatMap((verdict, i) => {
    const pending = open[i]
    return pending ? [{ pending, verdict }] : []
  })
}

/** What is left of a batch, and whether others have to be heard before it is judged again. */
interface Rest {
  readonly open: readonly Pending[]
  readonly look: boolean
}

/** One attempt at all open jobs. */
const attempt = async ({ open, look }: Rest, desk: Desk): Promise<Rest> => {
  const { store, tail } = desk
  const judged = await judge(open, look, desk)
  const staged = judged.flatMap(({ pending, verdict }) =>
    verdict.kind === 'record' ? [{ pending, verdict }] : [],
  )
  // Nothing to insert means nothing to prove that the known history is the whole one.
  if (staged.length === 0 && !look) return { open, look: true }
  const inserted = await store.insert(staged.map(({ verdict }) => verdict.record))
  tail.note(staged.slice(0, inserted).map(({ verdict }) => verdict.event))
  const collided = staged[inserted]
  const settled = new Set<Pending>()
  // After a collision only what has been inserted is certain: the rest stood on top of it.
  for (const one of collided ? staged.slice(0, inserted) : judged)
    if (await settle(store, one)) settled.add(one.pending)
  if (collided && (await settleKnown(store, collided.pending))) settled.add(collided.pending)
  return { open: open.filter((pending) => !settled.has(pending)), look: collided !== undefined }
}

const runBatch = async (batch: readonly Pending[], desk: Desk): Promise<void> => {
  let rest: Rest = { open: batch, look: false }
  try {
    for (let passes = 0; rest.open.length > 0; passes++) {
      if (passes === MAX_PASSES) throw new Error('the log is too busy: try again')
      rest = await attempt(rest, desk)
    }
  } catch (error) {
    // Some of them may be on record all the same: repeating the command finds out.
    for (const { reject } of rest.open) reject(error)
  }
}

/**
 * A single writer with group commit. Jobs that wait together are decided in turn, each on top of the
 * one before, and inserted at once: one fsync. Taking the index right after the last known event
 * proves that no other process has recorded anything the decisions did not know of.
 */
export const createWriter = (deps: WriterDeps): Writer => {
  const desk = { ...deps, tail: createTail(deps.store, deps.recorded) }
  let queue: Pending[] = []
  let pumping = false

  const pump = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH)
      queue = queue.slice(BATCH)
      await runBatch(batch, desk)
    }
    pumping = false
  }

  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject })
        if (pumping) return
        pumping = true
        // Whatever arrives in this turn of the event loop shares one insert.
        setImmediate(() => void pump())
      }),
    forget: desk.tail.histories.forget,
  }
}
