import { parseDisclosure } from '../../../policies/index.ts'
import { publishedKey } from './checkpointer.ts'
import type { NoteSigner } from './ed25519.ts'
import type { Decided, Refusal, StoredEvent } from './event.ts'
import { createFollower } from './follower.ts'
import { isSealed, type Random, readRecord } from './leaf.ts'
import type { AppendOptions, Log, TreeGrowth } from './log.ts'
import type { Projector } from './projection.ts'
import { covering, proveEntry, receiptOf, recordAt } from './prove-entry.ts'
import { atMostEvery, every } from './rounds.ts'
import type { CheckpointStore, EventRecord, EventStore, TileStore } from './store.ts'
import { tellSuccessor } from './tell-keys.ts'
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

const growth = async (from: number, to: number, keeper: TreeKeeper): Promise<TreeGrowth> => {
  const checkpoint = await covering(to, keeper)
  if (to > checkpoint.size)
    throw new RangeError(`the log has ${checkpoint.size} entries, not ${to}`)
  return { from, to, hashes: await keeper.growth(from, to) }
}

/** The disclosures an erasure takes away: never those by which the leaf vouches for time and command. */
const erasable = (record: EventRecord, names?: readonly string[]): readonly string[] =>
  record.disclosures.filter((disclosure) => {
    const name = parseDisclosure(disclosure)?.name ?? ''
    return !isSealed(name) && (names?.includes(name) ?? true)
  })

const recordedEvent = (result: Recorded | Refusal): StoredEvent => {
  if (!result.ok) throw new Error(result.message)
  return result.event
}

/**
 * A clock that never goes back behind what is on record. Set back, it goes on at half speed until
 * the time of day has caught up: standing still, it would let nothing end meanwhile.
 */
const neverBack = (clock: () => number, from: number, elapsed = () => performance.now()) => {
  let latest = from
  let asked = elapsed()
  return (): number => {
    const passed = elapsed() - asked
    asked += passed
    const time = clock()
    latest = Math.max(time, time < latest ? latest + passed / 2 : latest)
    return Math.floor(latest)
  }
}

const readers = (store: EventStore): Pick<Log, 'stream' | 'read' | 'size'> => ({
  stream: async (stream) => (await store.stream(stream)).map(readRecord),
  read: async (from, limit) => (await store.read(from, limit)).map(readRecord),
  size: () => sizeOf(store),
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
  const now = neverBack(deps.clock, (await store.last())?.at ?? 0)
  let inForce = deps.signer
  const signer = () => inForce
  const reader = createTileReader(deps.tiles)
  const keeper = await openTree({ ...deps, signer, events: store, reader })
  const proving = { ...deps, keeper, signer }
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

  const append: Log['append'] = async ({ stream, cmd, seq, ...event }, options) =>
    recordedEvent(await folded(await writer.run({ stream, cmd, event, expected: seq }), options))

  return {
    key: publishedKey(deps.signer),
    append,
    handOver: async (next) => {
      const told = await tellSuccessor({ append }, inForce, next)
      inForce = next
      return told
    },
    command: (stream, cmd, decide, options) =>
      command(writer, { stream, cmd, decide }).then((result) => folded(result, options)),
    ...readers(store),
    settled,
    now,
    checkpoint: async () => (await keeper.sign()).note,
    proof: (index) => proveEntry(index, proving),
    consistency: (from, to) => growth(from, to, keeper),
    receipt: (of) => receiptOf(of, proving),
    erase: async (idx, names) => writer.forget(await eraseAt(idx, names, store)),
    close: async () => {
      stop()
      await signWhatWaits().catch(report)
      await projector.close().catch(report)
    },
  }
}
