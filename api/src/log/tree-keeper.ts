import {
  consistencyPath,
  consistencyProof,
  inclusionPath,
  inclusionProof,
  subtreesOf,
  verifyInclusion,
} from '../../../policies/index.ts'
import {
  type CheckpointerDeps,
  ForkError,
  publishedKey,
  saveState,
  signTree,
} from './checkpointer.ts'
import type { StoredEvent } from './event.ts'
import { createFollower, type Follower } from './follower.ts'
import { tree } from './sha256.ts'
import type { Checkpoint, EventStore } from './store.ts'
import { loadEdge } from './tile-reader.ts'
import { emptyTree, type TreeEdge, type TreeState } from './tree-edge.ts'

/** Keeps the public tree in step with the events and signs it. */
export interface TreeKeeper {
  /** Spares reading again what has just been recorded. */
  offer(events: readonly StoredEvent[]): void
  /** The newest checkpoint this process knows. */
  latest(): Checkpoint | null
  /** A checkpoint over everything recorded so far. Throws ForkError. */
  sign(): Promise<Checkpoint>
  /** The audit path of a leaf (base64) below a checkpoint, checked before it is handed out. */
  prove(index: number, leafHash: string, checkpoint: Checkpoint): Promise<readonly string[]>
  /** The proof (base64) between two sizes, the larger of which a checkpoint covers. */
  growth(from: number, to: number): Promise<readonly string[]>
}

export interface TreeKeeperDeps extends CheckpointerDeps {
  readonly events: EventStore
}

interface Growing {
  readonly edge: TreeEdge
  readonly follower: Follower
}

/** Full tiles held in memory at most while a tree is built anew. */
const SAVE_EVERY = 4_096
/** Only another process signing at the same moment makes it try again. */
const MAX_TRIES = 20

const toBase64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')

const saveCompleted = async (edge: TreeEdge, deps: TreeKeeperDeps): Promise<void> => {
  const state = edge.state()
  const files = new Map([...state.files].filter(([path]) => state.completed.includes(path)))
  await saveState(deps.tiles, { ...state, files })
  edge.saved(state)
}

/** Appends events as they come; `promise` is a checkpoint that the tree has to pass through. */
const grow = (edge: TreeEdge, promise: Checkpoint | null, deps: TreeKeeperDeps): Growing => {
  let savedAt = edge.size()
  const appendAll = async (events: readonly StoredEvent[]): Promise<void> => {
    // A batch that failed half-way comes again.
    for (const event of events.filter(({ idx }) => idx >= edge.size())) {
      edge.append(Buffer.from(event.leaf))
      if (edge.size() !== promise?.size) continue
      const root = toBase64(edge.state().root)
      if (root !== promise.root) throw new ForkError(promise.size)
    }
    if (edge.size() - savedAt < SAVE_EVERY) return
    await saveCompleted(edge, deps)
    savedAt = edge.size()
  }
  return { edge, follower: createFollower(deps.events, edge.size(), appendAll) }
}

/** Continues from the tiles of the last checkpoint when they still lead to its root. */
const resume = async (promise: Checkpoint | null, deps: TreeKeeperDeps): Promise<Growing> => {
  const edge = promise && (await loadEdge(deps.tiles, promise.size).catch(() => null))
  const root = edge && toBase64(edge.state().root)
  return edge && root === promise?.root ? grow(edge, null, deps) : grow(emptyTree(), promise, deps)
}

const sizeOf = async (events: EventStore): Promise<number> => ((await events.last())?.idx ?? -1) + 1

/** One run at a time; whoever asks while one is waiting to start shares it. */
const shared = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let running: Promise<unknown> = Promise.resolve()
  let waiting: Promise<T> | null = null
  return () => {
    waiting ??= running.then(() => {
      waiting = null
      const run = work()
      running = run.catch(() => undefined)
      return run
    })
    return waiting
  }
}

/** Puts a checkpoint, and the key it is signed with, where everybody reads them. */
const createPublisher = ({ tiles, signer }: CheckpointerDeps) => {
  let shown = { key: '', note: '' }
  return async ({ note }: Checkpoint): Promise<void> => {
    const key = publishedKey(signer())
    if (shown.key !== key) await tiles.put('key', Buffer.from(`${key}\n`))
    if (shown.note !== note) await tiles.put('checkpoint', Buffer.from(note))
    shown = { key, note }
  }
}

/** Opens the tree of the log, rebuilding files that are missing or damaged. Throws ForkError. */
export const openTree = async (deps: TreeKeeperDeps): Promise<TreeKeeper> => {
  const { events, tiles, reader, checkpoints } = deps
  let latest = await checkpoints.latest()
  /** The size of the tree whose partial tiles are in place: every proof is read from those. */
  let saved = 0
  if (latest && (await sizeOf(events)) < latest.size) throw new ForkError(latest.size)
  let growing = await resume(latest, deps)

  const save = async (): Promise<TreeState> => {
    await growing.follower.reach(await sizeOf(events))
    const state = growing.edge.state()
    await saveState(tiles, state)
    growing.edge.saved(state)
    saved = state.size
    return state
  }
  await save()

  const show = createPublisher(deps)
  const publish = async (checkpoint: Checkpoint): Promise<Checkpoint> => {
    latest = checkpoint
    await show(checkpoint)
    return checkpoint
  }

  // A kill may have come between the signature and the file.
  if (latest) await publish(latest)

  const sign = shared(async () => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const signed = await signTree(await save(), deps)
      if (signed) return publish(signed)
    }
    throw new Error('other processes sign the log all the time: try again')
  })

  /** Writes every file anew from the events. */
  const repair = shared(async () => {
    reader.forget()
    growing = grow(emptyTree(), latest, deps)
    await save()
  })

  const path = async (index: number, leafHash: string, checkpoint: Checkpoint) => {
    const { size } = checkpoint
    const read = await reader.load(inclusionPath(index, size).flatMap(subtreesOf), saved)
    const proof = inclusionProof(index, size, read, tree)
    const root = Buffer.from(checkpoint.root, 'base64')
    const claim = { index, size, leafHash: Buffer.from(leafHash, 'base64'), proof, root }
    if (!verifyInclusion(claim, tree)) throw new Error(`the tiles do not prove entry ${index}`)
    return proof.map(toBase64)
  }

  return {
    offer: (recorded) => growing.follower.offer(recorded),
    latest: () => latest,
    sign,
    prove: async (index, leafHash, checkpoint) => {
      try {
        return await path(index, leafHash, checkpoint)
      } catch {
        await repair()
        return path(index, leafHash, checkpoint)
      }
    },
    growth: async (from, to) => {
      const read = await reader.load(consistencyPath(from, to).flatMap(subtreesOf), saved)
      return consistencyProof(from, to, read, tree).map(toBase64)
    },
  }
}
