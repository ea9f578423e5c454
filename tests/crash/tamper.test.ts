import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyCommand } from '../../api/src/log/verify-command.ts'
import { PROJECTIONS } from '../../api/src/projections.ts'
import { createCheckpointStore } from '../../api/src/storage/checkpoint-store.ts'
import { connectStorage, type Storage } from '../../api/src/storage/connect.ts'
import { createEventStore } from '../../api/src/storage/event-store.ts'
import { createProjectionStore } from '../../api/src/storage/projection-store.ts'
import { documentsOf } from '../../api/src/storage/store-copy.ts'
import { dice } from '../support/dice.ts'
import {
  type DocumentEdit,
  type Edit,
  editDocument,
  fieldsOf,
  makeEdit,
  type RawDocument,
  type RawEvent,
} from './edits.ts'
import { growSeed, type Seeded } from './seeded.ts'
import { verifyFolder } from './stored.ts'

const SEED = Number(process.env.SEED ?? 1)
/** Half of them in events, half in what the door, the ballots and the pages read. */
const RANDOM_EDITS = 500
/** What the registry reads of votes, grants, licences and seats. */
const READ = ['proposals', 'grants', 'licences', 'members'] as const
/** Edits of different events that are looked for in one run. */
const AT_ONCE = 20

describe('somebody with the database in hand', { timeout: 120_000 }, () => {
  let seeded: Seeded
  let folder: string
  let storage: Storage
  let all: readonly RawEvent[]

  const events = () => storage.connection.collection<RawEvent>('events')

  /** What `npm run verify` says of the folder as it is now. */
  const verify = async (...more: string[]): Promise<{ code: number; said: string }> => {
    const lines: string[] = []
    const stores = {
      events: await createEventStore(storage.connection),
      checkpoints: await createCheckpointStore(storage.connection),
      documents: documentsOf(storage.connection),
      projected: createProjectionStore(storage.connection),
    }
    const code = await verifyCommand([folder, ...more], {
      say: (line) => lines.push(line),
      withStore: (_, use) => use(stores),
      projections: PROJECTIONS,
    })
    return { code, said: lines.filter((line) => line.startsWith('NOT RIGHT')).join('\n') }
  }

  const eventAt = (place: number): RawEvent => {
    const event = all[place]
    if (!event) throw new Error(`the seed has no event ${place}`)
    return event
  }

  const put = async (event: RawEvent): Promise<void> => {
    await events().replaceOne({ _id: event._id }, event, { upsert: true })
  }

  const isNamed = ({ field, before }: Edit, said: string): boolean =>
    said
      .split('\n')
      .some((line) => line.includes(`event ${before._id} (`) && line.includes(`: ${field} `))

  /** The edits of a run that `verify` does not name by event and field. */
  const missed = async (edits: readonly Edit[]): Promise<readonly string[]> => {
    for (const { after } of edits) await put(after)
    const { said } = await verify()
    for (const { before } of edits) await put(before)
    expect(edits.length).toBeGreaterThan(0)
    return edits
      .filter((edit) => !isNamed(edit, said))
      .map(({ field, before, after }) => `${field} of ${JSON.stringify([before, after])}`)
  }

  beforeAll(async () => {
    seeded = await growSeed()
    folder = await seeded.copy()
    storage = await connectStorage({ file: join(folder, 'registry.db') })
    all = await events().find().sort({ _id: 1 }).toArray()
  }, 300_000)
  afterAll(async () => {
    await storage.close()
    await seeded.remove()
  })

  it('is not suspected of anything as long as nothing is touched', async () => {
    expect(await verify('--blobs')).toEqual({ code: 0, said: '' })
    expect(new Set(all.map(({ type }) => type)).size).toBeGreaterThanOrEqual(15)
  })

  it('is not suspected when a kill came between a signature and its publication', async () => {
    const checkpoints = storage.connection.collection<{ _id: number; note: string }>('checkpoints')
    const [, before] = await checkpoints.find().sort({ _id: -1 }).limit(2).toArray()
    const path = join(folder, 'log/checkpoint')
    const published = await readFile(path)
    await writeFile(path, before?.note ?? '')
    expect(await verify()).toEqual({ code: 0, said: '' })
    await writeFile(path, published)
  })

  it('cannot edit any field of any type of event without being named', async () => {
    const chance = dice(SEED)
    const types = [...new Set(all.map(({ type }) => type))]
    const queues = types.map((type) => {
      const event = chance.pick(all.filter((one) => one.type === type))
      return fieldsOf(event).map((field) => makeEdit(event, field, chance))
    })
    const misses: string[] = []
    for (let turn = 0; queues.some((queue) => turn < queue.length); turn += 1) {
      const run = queues.flatMap((queue) => queue.slice(turn, turn + 1))
      for (let from = 0; from < run.length; from += AT_ONCE)
        misses.push(...(await missed(run.slice(from, from + AT_ONCE))))
    }
    expect(misses).toEqual([])
    expect(queues.flat().length).toBeGreaterThanOrEqual(200)
    console.log(`${queues.flat().length} edits of ${types.length} types of events, all named`)
  }, 300_000)

  it(`is caught at each of ${RANDOM_EDITS / 2} random edits of the log`, async () => {
    const chance = dice(SEED + 1)
    const misses: string[] = []
    const kinds = ['ballot', 'grant', 'licence', '']
    for (let count = 0; count < RANDOM_EDITS / 2; count += AT_ONCE) {
      const events = new Set<RawEvent>()
      const kind = kinds[(count / AT_ONCE) % kinds.length] ?? ''
      const some = all.filter(({ type }) => String(type).startsWith(kind))
      const most = Math.min(AT_ONCE, some.length)
      while (events.size < most) events.add(chance.pick(some))
      while (events.size < AT_ONCE) events.add(chance.pick(all))
      const edits = [...events].map((one) => makeEdit(one, chance.pick(fieldsOf(one)), chance))
      misses.push(...(await missed(edits)))
    }
    expect(misses).toEqual([])
  }, 300_000)

  /** The edits of documents that `verify` does not name by collection and document. */
  const missedDocuments = async (edits: readonly DocumentEdit[]): Promise<readonly string[]> => {
    const put = (collection: string, doc: RawDocument) =>
      storage.connection.collection<RawDocument>(collection).replaceOne({ _id: doc._id }, doc)
    for (const { collection, after } of edits) await put(collection, after)
    const { said } = await verify()
    for (const { collection, before } of edits) await put(collection, before)
    const named = new Set(said.split('\n').map((line) => line.split(/\s+/).slice(2, 4).join(' ')))
    return edits
      .filter(({ collection, before }) => !named.has(`${collection} ${before._id}`))
      .map((edit) => JSON.stringify(edit))
  }

  it(`is caught at each of ${RANDOM_EDITS / 2} random edits of votes, grants, licences and seats`, async () => {
    const chance = dice(SEED + 5)
    const misses: string[] = []
    const stored = await Promise.all(
      READ.map(async (name) => ({
        name,
        docs: await storage.connection.collection<RawDocument>(name).find().toArray(),
      })),
    )
    for (const { docs } of stored) expect(docs.length).toBeGreaterThan(0)
    for (let count = 0; count < RANDOM_EDITS / 2; count += AT_ONCE) {
      const edits = new Map<string, DocumentEdit>()
      while (edits.size < Math.min(AT_ONCE, RANDOM_EDITS / 2 - count)) {
        const { name, docs } = chance.pick(stored)
        const doc = chance.pick(docs)
        edits.set(`${name} ${doc._id}`, editDocument(name, doc, chance))
      }
      misses.push(...(await missedDocuments([...edits.values()])))
    }
    expect(misses).toEqual([])
    expect((await verify()).said).toBe('')
  }, 300_000)

  it('cannot delete an event', async () => {
    for (const place of [0, 100, all.length - 1]) {
      await events().deleteOne({ _id: place })
      const { said } = await verify()
      expect(said).toContain(`event ${place} (`)
      expect(said).toContain('no longer stored')
      await put(eventAt(place))
    }
  })

  it('cannot swap two events', async () => {
    const [a, b] = [eventAt(40), eventAt(41)]
    await events().deleteMany({ _id: { $in: [40, 41] } })
    await events().insertMany([
      { ...a, _id: 41 },
      { ...b, _id: 40 },
    ])
    const { said } = await verify()
    expect(said).toContain('event 41 (')
    expect(said).toContain('was published as entry 40')
    expect(said).toContain('was published as entry 41')
    await events().deleteMany({ _id: { $in: [40, 41] } })
    await events().insertMany([a, b])
    expect((await verify()).said).toBe('')
  })

  it('cannot insert an event between others', async () => {
    const tail = all.slice(-5)
    const first = eventAt(all.length - 5)
    await events().deleteMany({ _id: { $gte: first._id } })
    const shifted = tail.map((event) => ({ ...event, _id: event._id + 1 }))
    const forged = { ...first, cmd: 'forged', stream: 'forged/1', leaf: '{"v":1,"type":"forged"}' }
    await events().insertMany([forged, ...shifted])
    const { said } = await verify()
    expect(said).toContain(`event ${first._id} (`)
    expect(said).toContain('was never published')
    await events().deleteMany({ _id: { $gte: first._id } })
    await events().insertMany([...tail])
    expect((await verify()).said).toBe('')
  })

  it.each([
    ['root', { root: Buffer.alloc(32).toString('base64') }],
    ['note', { note: 'commonhold.example/log\n1\nAAAA\n\n— nobody AAAA\n' }],
  ])('cannot change the %s of a signed checkpoint', async (_, change) => {
    const checkpoints = storage.connection.collection<{ _id: number }>('checkpoints')
    const [one] = await checkpoints.find().sort({ _id: 1 }).limit(1).toArray()
    await checkpoints.updateOne({ _id: one?._id ?? 0 }, { $set: change })
    const { code, said } = await verify()
    expect(said).toContain('checkpoint')
    expect(code).toBe(1)
    await checkpoints.replaceOne({ _id: one?._id ?? 0 }, { ...one })
    expect((await verify()).said).toBe('')
  })

  /** Changes one bit of a file, asks, and puts the file back. */
  const flipped = async (path: string, at: number, ...more: string[]) => {
    const bytes = await readFile(path)
    const changed = Buffer.from(bytes)
    changed[at] = (bytes[at] ?? 0) ^ 1
    await chmod(path, 0o600)
    await writeFile(path, changed)
    const answer = await verify(...more)
    await writeFile(path, bytes)
    return answer
  }

  it('cannot flip a bit of a tile in force', async () => {
    const chance = dice(SEED + 2)
    const width = all.length % 256
    const tiles = [
      '0/000',
      'entries/000',
      `0/001.p/${width}`,
      `entries/001.p/${width}`,
      '1/000.p/1',
    ]
    for (const tile of tiles)
      for (const _ of [1, 2, 3]) {
        const path = join(folder, 'log/tile', tile)
        const { length } = await readFile(path)
        const { code, said } = await flipped(path, chance.roll(length))
        expect(`${tile}: ${code} ${said}`).toMatch(/: 1 NOT RIGHT.*(entry \d+|tile\/)/)
      }
  }, 60_000)

  it('cannot flip a bit of the published checkpoint or key', async () => {
    const chance = dice(SEED + 3)
    for (const name of ['checkpoint', 'key'])
      for (const _ of [1, 2, 3, 4, 5]) {
        const path = join(folder, 'log', name)
        // The last byte is a line end, which a key may do without.
        const { length } = await readFile(path)
        const { code } = await flipped(path, chance.roll(length - 1))
        expect(code).toBeGreaterThan(0)
      }
  }, 60_000)

  it('cannot flip a bit of a stored file, nor take it away', async () => {
    const [dir = ''] = (await readdir(join(folder, 'blobs'))).filter((name) => name.length === 2)
    const [name = ''] = await readdir(join(folder, 'blobs', dir))
    const path = join(folder, 'blobs', dir, name)
    expect((await flipped(path, 3, '--blobs')).said).toContain(dir + name)
    const bytes = await readFile(path)
    await writeFile(path, '')
    expect((await verify('--blobs')).said).toContain(dir + name)
    await writeFile(path, bytes)
  })

  it('cannot change or take away a manifest or a data statement', async () => {
    const documents = storage.connection.collection<{ _id: string; json: string }>('documents')
    const stored = await documents.find().toArray()
    expect(stored.length).toBeGreaterThanOrEqual(10)
    const chance = dice(SEED + 4)
    for (const { _id, json } of stored) {
      const at = chance.roll(json.length)
      const wrong = `${json.slice(0, at)}${json[at] === '1' ? '2' : '1'}${json.slice(at + 1)}`
      await documents.updateOne({ _id }, { $set: { json: wrong } })
    }
    const { said: changed } = await verify()
    await documents.deleteMany({})
    const { said: gone } = await verify()
    for (const { _id } of stored) {
      expect(changed).toMatch(new RegExp(`${_id}, which event \\d+ names, has other`))
      expect(gone).toMatch(new RegExp(`${_id}, which event \\d+ names, is not`))
    }
    await documents.insertMany(stored)
    expect((await verify()).said).toBe('')
  }, 60_000)

  it('meets the same answers from the command line', async () => {
    const clean = await verifyFolder(seeded.dataDir, '--blobs')
    expect(clean.code).toBe(0)
    const event = eventAt(77)
    await put({ ...event, at: Number(event.at) + 1 })
    const { code, output } = await verifyFolder(folder)
    expect(code).toBe(1)
    expect(output).toMatch(/event 77 \(.*: at is not the time/)
    await put(event)
  }, 60_000)
})
