import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { projections as grantProjections } from '../../api/src/grants/projections.ts'
import {
  createProjector,
  type Log,
  type NewEvent,
  noteSigner,
  openLog,
  type Projection,
  tileFolder,
} from '../../api/src/log/index.ts'
import { createCheckpointStore } from '../../api/src/storage/checkpoint-store.ts'
import { connectStorage } from '../../api/src/storage/connect.ts'
import { createEventStore } from '../../api/src/storage/event-store.ts'
import { createProjectionStore } from '../../api/src/storage/projection-store.ts'
import { compareAll, type Run } from './compare.ts'
import { awaited } from './cpu.ts'
import type { BenchRow } from './row.ts'
import type { Comparison } from './sample.ts'

interface OpenLog {
  readonly log: Log
  readonly close: () => Promise<void>
}

/** A log on the embedded database; checkpoints are signed on demand only. */
const open = async (projections: readonly Projection[]): Promise<OpenLog> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-log-'))
  const storage = await connectStorage({ file: join(folder, 'registry.db') })
  const { connection } = storage
  const log = await openLog({
    store: await createEventStore(connection),
    checkpoints: await createCheckpointStore(connection),
    projector: createProjector(createProjectionStore(connection), projections),
    signer: noteSigner('bench.example/log', generateKeyPairSync('ed25519').privateKey),
    tiles: tileFolder(join(folder, 'log')),
    clock: Date.now,
    random: randomBytes,
    checkpointEveryMs: 0,
  })
  return {
    log,
    close: async () => {
      await log.close()
      await storage.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
let told = 0

/** A download as the door records it. */
const download = (): NewEvent => {
  told += 1
  const grant = `g_${told % 500}`
  const data = { grant, dataset: 'd_1', community: 'c_1', version: '1.0.0', sha256, from: 0, to: 9 }
  return { stream: `download/${grant}`, type: 'download.authorised', cmd: `x_${told}`, data }
}

const times = <T>(n: number, make: () => T): readonly T[] => Array.from({ length: n }, make)

const FILL = 256

const fill = async (log: Log, count: number): Promise<void> => {
  for (let at = 0; at < count; at += FILL) {
    const wanted = Math.min(FILL, count - at)
    await Promise.all(times(wanted, () => log.append(download(), { wait: 'durable' })))
  }
  await log.checkpoint()
}

/** The floor: one table, one row, synchronous=FULL as the registry has it. */
const rawSqlite = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-raw-'))
  const database = new Database(join(folder, 'raw.db'))
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE events(idx INTEGER PRIMARY KEY, body BLOB NOT NULL);`)
  const insert = database.prepare('INSERT INTO events(body) VALUES (?)')
  const body = Buffer.alloc(900, 'x')
  const batch = database.transaction((count: number) => {
    for (let at = 0; at < count; at += 1) insert.run([body])
  })
  return {
    insert: async (count: number) => void batch(count),
    close: async () => {
      database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Raw = Awaited<ReturnType<typeof rawSqlite>>

const appending = (log: Log, raw: Raw, n: number, batch: number): readonly Comparison[] => {
  const say = batch === 1 ? 'one append at a time' : `${batch} appends at once`
  const baselines = [awaited(`SQLite FULL, ${batch} a commit`, n, () => raw.insert(batch), batch)]
  const product = (wait: 'durable' | 'folded') =>
    awaited(wait, n, () => Promise.all(times(batch, () => log.append(download(), { wait }))), batch)
  return [
    { name: `${say}, durable`, n, product: product('durable'), baselines },
    { name: `${say}, with its projections`, n, product: product('folded'), baselines },
  ]
}

const PAGE = 50

const readingBack = (large: Log, small: Log, sizes: Sizes): readonly Comparison[] => {
  const n = 200
  const spread = (size: number) => (at: number) => (at * 7919) % (size - PAGE)
  const page = (log: Log, size: number) => (at: number) => log.read(spread(size)(at), PAGE)
  const proof = (log: Log, size: number) => (at: number) => log.proof(spread(size)(at))
  const named = (size: number) => `${size} entries`
  return [
    {
      name: `page of ${PAGE} out of ${sizes.large}`,
      n,
      product: awaited('large', n, page(large, sizes.large)),
      baselines: [
        {
          ...awaited(named(sizes.small), n, page(small, sizes.small)),
          goals: [{ of: 'cpu', ratio: 2 }],
        },
      ],
    },
    {
      name: `inclusion proof out of ${sizes.large}`,
      n,
      product: awaited('large', n, proof(large, sizes.large)),
      baselines: [
        awaited(named(sizes.small), n, proof(small, sizes.small)),
        awaited('reading the entry alone', n, (at) => large.read(spread(sizes.large)(at), 1)),
      ],
    },
  ]
}

interface Sizes {
  readonly small: number
  readonly large: number
}

/** Appending, proving and reading back the log. */
export const logSuite = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const sizes: Sizes = smoke ? { small: 1000, large: 10_000 } : { small: 10_000, large: 100_000 }
  const raw = await rawSqlite()
  const [growing, small, large] = [await open(grantProjections), await open([]), await open([])]
  await fill(small.log, sizes.small)
  await fill(large.log, sizes.large)
  const rows = await compareAll(run, [
    ...appending(growing.log, raw, 1920, 64),
    ...appending(growing.log, raw, 100, 1),
    ...readingBack(large.log, small.log, sizes),
  ])
  for (const one of [growing, small, large, raw]) await one.close()
  return rows
}
