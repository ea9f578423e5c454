import { formatReceipt, parseDisclosure } from '../../../policies/index.ts'
import { publishedKey } from './checkpointer.ts'
import type { NoteSigner } from './ed25519.ts'
import type { Decided, Refusal, StoredEvent } from './event.ts'
import { createFollower } from './follower.ts'
import { isSealed, type Random, readRecord } from './leaf.ts'
import type { AppendOptions, InclusionProof, Log, TreeGrowth } from './log.ts'
import type { Projector } from './projection.ts'
import type { Checkpoint, CheckpointStore, EventRecord, EventStore, TileStore } from './store.ts'
import { createTileReader } from './tile-reader.ts'
import { openTree, type TreeKeeper } from './tree-keeper.ts'
import { createWriter, type Recorded, type Writer } from './writer.ts'

export interface LogDeps {
  readonly store: EventStore
  readonly checkpoints: CheckpointStore
  readonly projector: Projector
  readonly signer: NoteSigner
  /** Where the public files go. */
  readonly tiles: TileStore
  readonly clock: () => number
  readonly random: Random
  /** How long an event waits for a checkpoint at most; 0: only on demand. Default 1000. */
  readonly checkpointEveryMs?: number
  /** Hears of faults in the background work, which is tried again. */
  readonly report?: (error: unknown) => void
}

/** How long an event nobody waits for may stay unfolded: many then share the work. */
const FOLD_MS = 100

const sizeOf = async (store: EventStore): Promise<number> => ((await store.last())?.idx ?? -1) + 1

const recordAt = async (store: EventStore, idx: number): Promise<EventRecord> => {
  const [record] = Number.isSafeInteger(idx) && idx >= 0 ? await store.read(idx, 1) : []
  if (record?.idx !== idx) throw new RangeError(`the log has no entry ${idx}`)
  return record
}

/** A checkpoint over at least the first `size` entries. */
const covering = async (size: number, keeper: TreeKeeper): Promise<Checkpoint> => {
  const latest = keeper.latest()
  return latest && latest.size >= size ? latest : keeper.sign()
}

const growth = async (from: number, to: number, keeper: TreeKeeper): Promise<TreeGrowth> => {
  const checkpoint = await covering(to, keeper)
  if (to > checkpoint.size)
    throw new RangeError(`the log has ${checkpoint.size} entries, not ${to}`)
  return { from, to, hashes: await keeper.growth(from, to) }
}

const prove = async (
  index: number,
  { store }: LogDeps,
  keeper: TreeKeeper,
): Promise<InclusionProof> => {
  const { leaf, leafHash } = await recordAt(store, index)
  const checkpoint = await covering(index + 1, keeper)
  const hashes = await keeper.prove(index, leafHash, checkpoint)
  return { index, size: checkpoint.size, hashes, checkpoint: checkpoint.note, leaf }
}

const receiptOf = ({ index, hashes, checkpoint }: InclusionProof): string =>
  formatReceipt({ index, proof: hashes.map((hash) => Buffer.from(hash, 'base64')), checkpoint })

/** The disclosures an erasure takes away: never those by which the leaf vouches for time and command. */
const erasable = (record: EventRecord, names?: readonly string[]): readonly string[] =>
  record.disclosures.filter((disclosure) => {
    const name = parseDisclosure(disclosure)?.name ?? ''
    return !isSealed(name) && (names?.includes(name) ?? true)
  })

/** Gives back the stream whose stored events have changed. */
const eraseAt = async (
  idx: number,
  names: readonly string[] | undefined,
  store: EventStore,
): Promise<string> => {
  const record = await recordAt(store, idx)
  await store.removeDisclosures(idx, erasable(record, names))
  return record.stream
}

/** Does `work` a moment after it was first called for; calls meanwhile share it. */
const atMostEvery = (ms: number, work: () => Promise<void>, report: (error: unknown) => void) => {
  let waiting = false
  return (): void => {
    if (waiting) return
    waiting = true
    const start = (): void => {
      waiting = false
      work().catch(report)
    }
    setTimeout(start, ms).unref()
  }
}

/** Repeats `work` after each pause until stopped; a fault is reported and the next round tries again. */
const every = (ms: number, work: () => Promise<void>, report: (error: unknown) => void) => {
  let timer: NodeJS.Timeout | undefined
  let stopped = ms <= 0
  const again = (): void => {
    if (stopped) return
    timer = setTimeout(() => void work().catch(report).then(again), ms)
    timer.unref()
  }
  again()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

interface Command<R extends Refusal> {
  readonly stream: string
  readonly cmd: string
  readonly decide: (history: readonly StoredEvent[], now: number) => Decided | R
}

/** Runs a decision through the writer, which knows of refusals but not of their kinds. */
const command = async <R extends Refusal>(
  writer: Writer,
  { stream, cmd, decide }: Command<R>,
): Promise<Recorded | R> => {
  let refusal: R | null = null
  const result = await writer.run({
    stream,
    cmd,
    decide: (history, now) => {
      const decision = decide(history, now)
      if ('ok' in decision) refusal = decision
      return decision
    },
  })
  if (result.ok) return result
  return refusal ?? Promise.reject(new Error(result.message))
}

/**
 * Opens the log: brings tree and projections in step with the events, whatever a crash has left,
 * and starts signing checkpoints. Throws ForkError when the events contradict a signed checkpoint.
 */
export const openLog = async (deps: LogDeps): Promise<Log> => {
  const { store, projector, random, report = () => undefined } = deps
  let latestTime = (await store.last())?.at ?? 0
  const now = (): number => {
    latestTime = Math.max(latestTime, deps.clock())
    return latestTime
  }
  const keeper = await openTree({ ...deps, events: store, reader: createTileReader(deps.tiles) })
  const folds = createFollower(store, await projector.cursor(), projector.fold)
  await folds.reach(await sizeOf(store))
  let recordedTo = folds.position()
  const settled = (): Promise<void> => folds.reach(recordedTo)
  const foldSoon = atMostEvery(FOLD_MS, settled, report)
  const recorded = (events: readonly StoredEvent[]): void => {
    keeper.offer(events)
    folds.offer(events)
    recordedTo = (events.at(-1)?.idx ?? recordedTo - 1) + 1
  }
  const writer = createWriter({ store, now, random, recorded })

  const folded = async <T extends Recorded | Refusal>(result: T, options?: AppendOptions) => {
    if (!result.ok) return result
    if (options?.wait === 'durable') foldSoon()
    else await folds.reach(result.event.idx + 1)
    return result
  }

  const signWhatWaits = async (): Promise<void> => {
    const size = await sizeOf(store)
    await folds.reach(size)
    if (size > (keeper.latest()?.size ?? 0)) await keeper.sign()
  }
  const stop = every(deps.checkpointEveryMs ?? 1000, signWhatWaits, report)

  return {
    key: publishedKey(deps.signer),
    append: async ({ stream, cmd, seq, ...event }, options) => {
      const result = await folded(await writer.run({ stream, cmd, event, expected: seq }), options)
      if (!result.ok) throw new Error(result.message)
      return result.event
    },
    command: (stream, cmd, decide, options) =>
      command(writer, { stream, cmd, decide }).then((result) => folded(result, options)),
    stream: async (stream) => (await store.stream(stream)).map(readRecord),
    read: async (from, limit) => (await store.read(from, limit)).map(readRecord),
    settled,
    size: () => sizeOf(store),
    now,
    checkpoint: async () => (await keeper.sign()).note,
    proof: (index) => prove(index, deps, keeper),
    consistency: (from, to) => growth(from, to, keeper),
    receipt: async (index) => receiptOf(await prove(index, deps, keeper)),
    erase: async (idx, names) => writer.forget(await eraseAt(idx, names, store)),
    close: async () => {
      stop()
      await signWhatWaits().catch(report)
      await projector.close().catch(report)
    },
  }
}
