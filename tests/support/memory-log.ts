import { createPrivateKey, randomBytes } from 'node:crypto'
import {
  type Checkpoint,
  type CheckpointStore,
  createProjector,
  type EventRecord,
  type EventStore,
  type Fields,
  type LogDeps,
  noteSigner,
  openLog,
  type Projected,
  type Projection,
  type ProjectionStore,
  type TileStore,
} from '../../api/src/log/index.ts'

const clone = (record: EventRecord): EventRecord => structuredClone(record)

/** Events in memory; every call takes a turn of the event loop, as a database would. */
export const memoryEvents = (): EventStore => {
  const all: EventRecord[] = []
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const collides = (record: EventRecord) =>
    all.some(
      (other) =>
        other.idx === record.idx ||
        other.cmd === record.cmd ||
        (other.stream === record.stream && other.seq === record.seq),
    )
  return {
    insert: async (records) => {
      await turn()
      let inserted = 0
      for (const record of records) {
        if (collides(record)) break
        all.push(clone(record))
        inserted++
      }
      return inserted
    },
    last: async () => {
      await turn()
      return all.reduce<EventRecord | null>((top, r) => (r.idx > (top?.idx ?? -1) ? r : top), null)
    },
    byCmd: async (cmd) => {
      await turn()
      return all.find((record) => record.cmd === cmd) ?? null
    },
    read: async (from, limit) => {
      await turn()
      const after = all.filter(({ idx }) => idx >= from).sort((a, b) => a.idx - b.idx)
      return after.slice(0, limit).map(clone)
    },
    stream: async (stream) => {
      await turn()
      return all
        .filter((record) => record.stream === stream)
        .sort((a, b) => a.seq - b.seq)
        .map(clone)
    },
    streamLength: async (stream) => {
      await turn()
      return all.filter((record) => record.stream === stream).length
    },
    removeDisclosures: async (idx, disclosures) => {
      const at = all.findIndex((record) => record.idx === idx)
      const record = all[at]
      if (!record) return
      const left = record.disclosures.filter((one) => !disclosures.includes(one))
      all[at] = { ...record, disclosures: left }
    },
  }
}

export const memoryCheckpoints = (): CheckpointStore => {
  const all: (Checkpoint & { previous: number | null })[] = []
  return {
    latest: async () => all.at(-1) ?? null,
    all: async () => [...all],
    add: async (checkpoint, previous) => {
      if ((all.at(-1)?.size ?? null) !== previous) return false
      all.push({ ...checkpoint, previous })
      return true
    },
  }
}

export const memoryTiles = (): TileStore & { readonly files: Map<string, Uint8Array> } => {
  const files = new Map<string, Uint8Array>()
  return {
    files,
    get: async (path) => files.get(path) ?? null,
    put: async (path, bytes) => {
      files.set(path, Uint8Array.from(bytes))
    },
    remove: async (path) => {
      for (const name of files.keys())
        if (name === path || name.startsWith(`${path}/`)) files.delete(name)
    },
  }
}

export const memoryProjections = (): ProjectionStore => {
  const cursors = new Map<string, number>()
  const tables = new Map<string, Map<string, Projected>>()
  let shape: number | null = null
  const table = (name: string) => {
    const found = tables.get(name) ?? new Map<string, Projected>()
    tables.set(name, found)
    return found
  }
  return {
    load: async (name, ids) => {
      const found = ids.flatMap((id): [string, Projected][] => {
        const entry = table(name).get(id)
        return entry ? [[id, structuredClone(entry)]] : []
      })
      return new Map(found)
    },
    save: async (name, changes) => {
      let all = true
      for (const { id, doc, foldedIdx, before } of changes) {
        const current = table(name).get(id)?.foldedIdx
        if (current === before?.foldedIdx) table(name).set(id, structuredClone({ doc, foldedIdx }))
        else all = false
      }
      return all
    },
    cursor: async (names) => Math.min(...names.map((name) => cursors.get(name) ?? 0)),
    setCursor: async (names, next) => {
      for (const name of names) cursors.set(name, Math.max(cursors.get(name) ?? 0, next))
    },
    shape: async () => shape,
    setShape: async (next) => {
      shape = next
    },
    drop: async (names) => {
      for (const name of names) {
        tables.delete(name)
        cursors.delete(name)
      }
    },
    all: async (name) => new Map([...table(name)].filter(([, { doc }]) => doc !== null)),
    dump: async (name) =>
      [...table(name)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([id, { doc }]): (Fields & { _id: string })[] =>
          doc ? [{ ...doc, _id: id }] : [],
        ),
  }
}

/** A fixed key for tests, worthless anywhere else. */
export const testSigner = noteSigner(
  'log.example/test',
  createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.alloc(32, 7),
    ]),
    format: 'der',
    type: 'pkcs8',
  }),
)

/** Everything a log needs, in memory, with a clock that stands still unless moved. */
export const memoryDeps = (projections: readonly Projection[] = []) => {
  const time = { now: Date.UTC(2030, 0, 1) }
  const projected = memoryProjections()
  const deps = {
    store: memoryEvents(),
    checkpoints: memoryCheckpoints(),
    projector: createProjector(projected, projections),
    signer: testSigner,
    tiles: memoryTiles(),
    clock: () => time.now,
    random: (bytes: number) => new Uint8Array(randomBytes(bytes)),
    checkpointEveryMs: 0,
  } satisfies LogDeps
  return { time, projected, ...deps }
}

/** A log in memory for tests of what uses one. */
export const memoryLog = async (projections: readonly Projection[] = []) => {
  const deps = memoryDeps(projections)
  return { ...deps, log: await openLog(deps) }
}
