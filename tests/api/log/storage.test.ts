import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createProjector,
  type LogDeps,
  openLog,
  type Projection,
  rebuild,
  tileFolder,
} from '../../../api/src/log/index.ts'
import { createCheckpointStore } from '../../../api/src/storage/checkpoint-store.ts'
import { connectStorage, type Storage } from '../../../api/src/storage/connect.ts'
import { createEventStore } from '../../../api/src/storage/event-store.ts'
import { createProjectionStore } from '../../../api/src/storage/projection-store.ts'
import { eventStoreContract } from '../../support/event-store-contract.ts'
import { memoryDeps } from '../../support/memory-log.ts'

let folder: string
let storage: Storage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'))
  storage = await connectStorage({
    uri: process.env.MONGODB_URI,
    file: join(folder, 'registry.db'),
  })
})
afterAll(async () => {
  await storage.close()
  await rm(folder, { recursive: true })
})

const clear = async () => {
  for (const name of [
    'events',
    'checkpoints',
    'counts',
    'open_ones',
    'projection_cursors',
    'projection_tombstones',
  ])
    await storage.connection.collection(name).deleteMany({})
}

eventStoreContract(process.env.MONGODB_URI ? 'MongoDB' : 'embedded', async () => {
  await clear()
  return createEventStore(storage.connection)
})

const counts: Projection = {
  name: 'counts',
  ids: ({ stream }) => [stream, 'all'],
  fold: (doc, { data }) => {
    const seen = Array.isArray(doc?.seen) ? doc.seen : []
    return { count: seen.length + 1, seen: [...seen, data.n ?? null] }
  },
}

const openOnes: Projection = {
  name: 'open_ones',
  ids: ({ stream }) => [stream],
  fold: (_, { type, at }) => (type === 'thing.closed' ? null : { since: at }),
}
const projections = [counts, openOnes]

const open = async (rest: Partial<LogDeps> = {}) => {
  const projected = createProjectionStore(storage.connection)
  const deps = {
    ...memoryDeps(),
    store: await createEventStore(storage.connection),
    checkpoints: await createCheckpointStore(storage.connection),
    projector: createProjector(projected, projections),
    tiles: tileFolder(join(folder, 'public')),
    ...rest,
  }
  return { deps, projected, log: await openLog(deps) }
}

describe('a log on the database', () => {
  it('numbers 200 parallel commands on one stream without a gap and folds them', async () => {
    await clear()
    const { log, projected } = await open()
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        log.command('s', `c${n}`, (history) => ({ type: 't', data: { n: history.length } })),
      ),
    )
    const events = await log.stream('s')
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i))
    const all = (await projected.dump('counts')).find(({ _id }) => _id === 'all')
    expect(all).toEqual({ _id: 'all', count: 200, seen: events.map(({ seq }) => seq) })
  })

  it('does not fork between two writers, and rebuilt projections equal the live ones', async () => {
    await clear()
    const one = await open()
    const two = await open()
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        (n % 2 ? one : two).log.append({
          stream: `s${n % 7}`,
          cmd: `c${n}`,
          type: n % 11 ? 'thing.opened' : 'thing.closed',
          data: { n },
        }),
      ),
    )
    const events = await one.log.read(0, 1000)
    expect(events.map(({ idx }) => idx)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    const dumps = () => Promise.all(projections.map(({ name }) => one.projected.dump(name)))
    const live = await dumps()
    expect(live[0]).toHaveLength(8)
    await rebuild(one.deps.store, one.projected, projections)
    expect(await dumps()).toEqual(live)
    expect(await one.log.checkpoint()).toBe(await two.log.checkpoint())
  })

  it('ends a document for good although a process that lags behind folds its beginning', async () => {
    await clear()
    const { log, projected } = await open()
    await log.append({ stream: 'a', cmd: '1', type: 'thing.opened', data: {} })
    await log.append({ stream: 'a', cmd: '2', type: 'thing.closed', data: {} })
    const [opened] = await log.read(0, 1)
    expect(await projected.dump('open_ones')).toEqual([])
    const lagging = { id: 'a', doc: { since: 1 }, foldedIdx: opened?.idx ?? 0, before: null }
    expect(await projected.save('open_ones', [lagging])).toBe(false)
    expect(await projected.dump('open_ones')).toEqual([])
    await log.append({ stream: 'a', cmd: '3', type: 'thing.opened', data: {} })
    expect(await projected.dump('open_ones')).toMatchObject([{ _id: 'a' }])
  })

  it('writes a projected document only over the one it was folded from', async () => {
    await clear()
    const { log, projected } = await open()
    await log.append({ stream: 'a', cmd: '1', type: 'thing.opened', data: { n: 1 } })
    const before = (await projected.load('counts', ['a'])).get('a') ?? null
    const change = { id: 'a', doc: { count: 2 }, foldedIdx: 5, before }
    expect(await projected.save('counts', [change])).toBe(true)
    expect(await projected.save('counts', [{ ...change, foldedIdx: 6 }])).toBe(false)
    expect(await projected.load('counts', ['a'])).toEqual(
      new Map([['a', { doc: { count: 2 }, foldedIdx: 5 }]]),
    )
  })

  it('folds all events into a projection that is new', async () => {
    await clear()
    const { log, projected } = await open({
      projector: createProjector(createProjectionStore(storage.connection), [openOnes]),
    })
    for (let n = 0; n < 300; n++)
      await log.append({ stream: 's', cmd: `c${n}`, type: 't', data: { n } }, { wait: 'durable' })
    await log.append({ stream: 's', cmd: 'last', type: 't', data: { n: 300 } })
    expect(await projected.dump('counts')).toEqual([])
    await open()
    expect((await projected.dump('counts')).map(({ count }) => count)).toEqual([301, 301])
  })

  it('goes on where it stopped, with its files on disk', async () => {
    await clear()
    const first = await open()
    const secret = { voter: 'Aroha' }
    await first.log.append({ stream: 's', cmd: '1', type: 't', data: {}, secret })
    const note = await first.log.checkpoint()
    await first.log.erase(0)
    await first.log.close()
    const { log } = await open()
    expect(await log.checkpoint()).toBe(note)
    expect((await log.read(0, 1))[0]?.secret).toEqual({})
    expect(await log.append({ stream: 's', cmd: '1', type: 't', data: {} })).toMatchObject({
      idx: 0,
    })
  })
})
