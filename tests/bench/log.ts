import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { projections as grantProjections } from '../../api/src/grants/projections.ts'
import {
  allEvents,
  auditStore,
  createProjectionCheck,
  createProjector,
  sha256 as digest,
  type EventRecord,
  type EventStore,
  hearing,
  type Log,
  type NewEvent,
  noteSigner,
  openLog,
  type Projection,
  tileFolder,
} from '../../api/src/log/index.ts'
import { buildRecord } from '../../api/src/log/leaf.ts'
import { PROJECTIONS } from '../../api/src/projections.ts'
import { createCheckpointStore } from '../../api/src/storage/checkpoint-store.ts'
import { connectStorage } from '../../api/src/storage/connect.ts'
import { createEventStore } from '../../api/src/storage/event-store.ts'
import { createProjectionStore } from '../../api/src/storage/projection-store.ts'
import { noteKey } from '../../policies/index.ts'
import { ballotRows } from './ballots.ts'
import { type BareLog, openBareLog } from './bare-log.ts'
import { compareAll, type Run } from './compare.ts'
import { awaited, timed } from './cpu.ts'
import type { BenchRow } from './row.ts'
import type { Comparison } from './sample.ts'
import { signedRows } from './signed-ballots.ts'

interface OpenLog {
  readonly log: Log
  readonly store: EventStore
  readonly verify: () => Promise<readonly unknown[]>
  readonly close: () => Promise<void>
}

/** A log on the embedded database; checkpoints are signed on demand only. */
const open = async (
  projections: readonly Projection[],
  before: (store: EventStore) => Promise<void> = async () => undefined,
): Promise<OpenLog> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-log-'))
  const storage = await connectStorage({ file: join(folder, 'registry.db') })
  const { connection } = storage
  const store = await createEventStore(connection)
  const checkpoints = await createCheckpointStore(connection)
  const signer = noteSigner('bench.example/log', generateKeyPairSync('ed25519').privateKey)
  const tiles = tileFolder(join(folder, 'log'))
  const projected = createProjectionStore(connection)
  await before(store)
  const log = await openLog({
    store,
    checkpoints,
    projector: createProjector(projected, projections),
    signer,
    tiles,
    clock: Date.now,
    random: randomBytes,
    checkpointEveryMs: 0,
  })
  const keys = [noteKey(signer.name, signer.publicKey, digest)]
  return {
    log,
    store,
    verify: async () => {
      const check = await createProjectionCheck(projected, projections)
      const heard = hearing(allEvents(store), (event) => check.take(event))
      const audit = await auditStore(heard, await checkpoints.all(), tiles, { keys })
      return [...audit.findings, ...check.result().findings]
    },
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

const FILL = 2_000

/** Events as the writer makes them, put into the store without it: a million takes minutes otherwise. */
const filled =
  (count: number) =>
  async (store: EventStore): Promise<void> => {
    const seqs = new Map<string, number>()
    const record = (idx: number): EventRecord => {
      const event = download()
      const seq = seqs.get(event.stream) ?? 0
      seqs.set(event.stream, seq + 1)
      return buildRecord(event, { idx, seq, at: 1_900_000_000_000 + idx }, randomBytes)
    }
    for (let from = 0; from < count; from += FILL)
      await store.insert(
        Array.from({ length: Math.min(FILL, count - from) }, (_, n) => record(from + n)),
      )
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

const appending = (
  log: Log,
  { raw, bare }: { readonly raw: Raw; readonly bare: BareLog },
  n: number,
  batch: number,
): readonly Comparison[] => {
  const say = batch === 1 ? 'one append at a time' : `${batch} appends at once`
  const baselines = [
    awaited(`crypto + fs, ${batch} a sync`, n, async () => bare.append(batch), batch),
    awaited(`SQLite FULL, ${batch} a commit`, n, () => raw.insert(batch), batch),
  ]
  const product = (wait: 'durable' | 'folded') =>
    awaited(wait, n, () => Promise.all(times(batch, () => log.append(download(), { wait }))), batch)
  return [
    { name: `${say}, durable`, n, product: product('durable'), baselines },
    { name: `${say}, with its projections`, n, product: product('folded'), baselines },
  ]
}

const PAGE = 50

interface Grown extends OpenLog {
  readonly size: number
  readonly bare: BareLog
}

const spread = (size: number) => (at: number) => (at * 7919) % (size - PAGE)

const proving = ({ log, size, bare }: Grown): Comparison => {
  const n = 500
  const index = spread(size)
  return {
    name: `inclusion proof out of ${size}`,
    n,
    product: timed('log', n, (at) => log.proof(index(at))),
    baselines: [timed('crypto + fs', n, async (at) => bare.prove(index(at)))],
  }
}

const verifying = ({ verify, size, bare }: Grown): Comparison => ({
  name: `verify of ${size} stored entries`,
  n: size,
  product: awaited(
    'verify',
    size,
    async () => {
      const findings = await verify()
      if (findings.length > 0) throw new Error(`verify finds ${findings.length} things`)
    },
    size,
  ),
  baselines: [awaited('hashing each entry', size, async () => bare.verify(), size)],
})

const readingBack = (large: Grown, small: Grown): Comparison => {
  const n = 200
  const page = ({ log, size }: Grown) => {
    const from = spread(size)
    return (at: number) => log.read(from(at), PAGE)
  }
  return {
    name: `page of ${PAGE} out of ${large.size}`,
    n,
    product: awaited('large', n, page(large)),
    baselines: [
      {
        ...awaited(`${small.size} entries`, n, page(small)),
        goals: [{ of: 'cpu', ratio: 2 }],
      },
    ],
  }
}

const grow = async (size: number): Promise<Grown> => {
  const bare = await openBareLog('x'.repeat(800))
  bare.append(size)
  // What is folded from a million downloads says nothing more than from a hundred thousand.
  const opened = await open(size > 100_000 ? [] : PROJECTIONS, filled(size))
  await opened.log.checkpoint()
  return { ...opened, size, bare }
}

/** BENCH_ENTRIES=1000000 for the largest log; it takes some minutes to fill. */
const sizesFor = (smoke: boolean): readonly number[] => {
  const wanted = Number(process.env.BENCH_ENTRIES ?? 100_000)
  return smoke ? [1_000, 10_000] : [10_000, ...(wanted > 100_000 ? [100_000] : []), wanted]
}

/** Appending, proving, verifying and reading back the log; ballots through the door. */
export const logSuite = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const floor = { raw: await rawSqlite(), bare: await openBareLog('x'.repeat(800)) }
  const growing = await open(grantProjections)
  const appended = await compareAll(run, [
    ...appending(growing.log, floor, 2560, 256),
    ...appending(growing.log, floor, 800, 16),
    ...appending(growing.log, floor, 100, 1),
  ])
  for (const one of [growing, floor.raw, floor.bare]) await one.close()
  const logs: Grown[] = []
  for (const size of sizesFor(smoke)) logs.push(await grow(size))
  const [small, ...larger] = logs
  if (!small) throw new Error('there is no log to measure')
  const most = larger.filter(({ size }) => size <= 100_000).at(-1) ?? small
  const read = await compareAll(run, [
    ...larger.map(proving),
    ...larger.map((one) => readingBack(one, small)),
    verifying(most),
  ])
  for (const one of logs) {
    await one.close()
    await one.bare.close()
  }
  return [
    ...appended,
    ...read,
    ...(await ballotRows(run, smoke)),
    ...(await signedRows(run, smoke)),
  ]
}
