import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../api/src/log/index.ts'
import { PROJECTIONS as ALL, SHAPE } from '../../api/src/projections.ts'
import { connectStorage } from '../../api/src/storage/connect.ts'
import { createProjectionStore } from '../../api/src/storage/projection-store.ts'
import { dice } from '../support/dice.ts'
import { startRegistry } from '../support/registry.ts'
import { growSeed, type Seeded } from './seeded.ts'
import { eventsOf, rebuildFolder, verifyFolder } from './stored.ts'

const SEED = Number(process.env.SEED ?? 1)
const PROJECTIONS = ['communities', 'members', 'proposals', 'datasets', 'versions', 'grants']

interface Outcome {
  readonly phases: Readonly<Record<string, string>>
  readonly versions: readonly string[]
  readonly grants: readonly string[]
}

/** Runs `use` on the opened registry of a folder and closes it. */
const inside = async <T>(
  dataDir: string,
  use: (registry: Awaited<ReturnType<typeof startRegistry>>) => Promise<T>,
): Promise<T> => {
  const registry = await startRegistry({ dataDir, keep: true })
  try {
    return await use(registry)
  } finally {
    await registry.close()
  }
}

/** The phase of every proposal whose vote has closed. */
const phasesIn = (dataDir: string) =>
  inside(dataDir, async ({ house, faults }) => {
    const { governance, people } = house.services
    const phases: Record<string, string> = {}
    for (const { id } of await people.communities())
      for (const proposal of await governance.proposals({ community: id, first: 100 }))
        if (proposal.closedIdx !== null)
          phases[proposal.id] = governance.view(proposal)?.phase ?? 'unknown'
    expect(faults).toEqual([])
    return phases
  })

/** What was decided and what came of it. */
const outcome = async (dataDir: string): Promise<Outcome> => {
  const phases = await phasesIn(dataDir)
  const storage = await connectStorage({ file: join(dataDir, 'registry.db') })
  try {
    const read = async (name: string, filter: object) => {
      const found = storage.connection.collection<{ _id: string }>(name).find(filter)
      return (await found.toArray()).map(({ _id }) => _id).sort()
    }
    const versions = await read('versions', { publishedAt: { $ne: null } })
    return { phases, versions, grants: await read('grants', {}) }
  } finally {
    await storage.close()
  }
}

/** The projections in the store of a folder that nobody has open. */
const withProjections = async <T>(
  dataDir: string,
  use: (store: ReturnType<typeof createProjectionStore>) => Promise<T>,
): Promise<T> => {
  const storage = await connectStorage({ file: join(dataDir, 'registry.db') })
  try {
    return await use(createProjectionStore(storage.connection))
  } finally {
    await storage.close()
  }
}

/** The names of a document's fields; of a text that holds several, theirs too. */
const fieldsOf = (doc: object): readonly string[] =>
  Object.entries(doc).flatMap(([name, value]) =>
    typeof value === 'string' && value.startsWith('{')
      ? [name, ...Object.keys(JSON.parse(value)).map((inner) => `${name}.${inner}`)]
      : [name],
  )

const isDecided = (events: readonly StoredEvent[], ballot: StoredEvent): boolean =>
  events.some(
    ({ type, data }) => type === 'proposal.enacted' && data.proposal === ballot.data.proposal,
  )

describe('projections of the demonstration', () => {
  let seeded: Seeded

  beforeAll(async () => {
    seeded = await growSeed()
  }, 300_000)
  afterAll(() => seeded.remove())

  it('come out of the events as they are', async () => {
    const { code, output } = await rebuildFolder(await seeded.copy())
    expect(output).toContain('identical')
    expect(code).toBe(0)
  }, 60_000)

  it('are opened by the edition that made them, and by another after a rebuild', async () => {
    const folder = await seeded.copy()
    const communities = () => inside(folder, ({ house }) => house.services.people.communities())
    const before = await communities()
    expect(before.length).toBeGreaterThan(0)
    await withProjections(folder, (store) => store.setShape(SHAPE + 1))
    await expect(communities()).rejects.toThrow('npm run rebuild')
    const { code, output } = await rebuildFolder(folder)
    expect(output).toContain('another edition')
    expect(code).toBe(0)
    expect(await communities()).toEqual(before)
  }, 120_000)

  it('are not opened when nobody has said which edition made them', async () => {
    const folder = await seeded.copy()
    const storage = await connectStorage({ file: join(folder, 'registry.db') })
    await storage.connection.collection<{ _id: string }>('projection_cursors').deleteMany({})
    await storage.close()
    await expect(inside(folder, async () => 'opened')).rejects.toThrow('shape unknown')
  }, 60_000)

  it('have the fields that belong to their shape', async () => {
    const made = await withProjections(seeded.dataDir, async (store) => {
      const lines = [`shape ${SHAPE}`]
      for (const { name } of ALL) {
        const fields = new Set((await store.dump(name)).flatMap(fieldsOf))
        lines.push(`${name}: ${[...fields].sort().join(' ')}`)
      }
      return lines
    })
    // Where this fails, documents of before would be read wrongly: raise SHAPE, then write it anew (-u).
    await expect(`${made.join('\n')}\n`).toMatchFileSnapshot('projection-shape.txt')
  })

  it('give away by name whoever edits, deletes or adds one', async () => {
    const folder = await seeded.copy()
    const chance = dice(SEED)
    const storage = await connectStorage({ file: join(folder, 'registry.db') })
    const touched: string[] = []
    for (const name of PROJECTIONS) {
      const collection = storage.connection.collection<{ _id: string }>(name)
      const docs = await collection.find().sort({ _id: 1 }).toArray()
      expect(docs.length, name).toBeGreaterThan(0)
      const { _id, ...doc } = chance.pick(docs)
      const field = chance.pick(Object.keys(doc).filter((key) => key !== 'foldedIdx'))
      await collection.updateOne({ _id }, { $set: { [field]: 'edited' } })
      await collection.insertOne({ ...doc, _id: `${_id}x` })
      touched.push(`${name}/${_id}`, `${name}/${_id}x`)
      const lost = chance.pick(docs)._id
      if (lost !== _id) {
        await collection.deleteOne({ _id: lost })
        touched.push(`${name}/${lost}`)
      }
    }
    await storage.close()
    const { code, output } = await rebuildFolder(folder)
    expect(code).toBe(2)
    const named = [...output.matchAll(/^ {2}(\S+)$/gm)].map(([, key]) => key)
    expect(named.sort()).toEqual(touched.sort())
    expect((await rebuildFolder(folder)).code).toBe(0)
  }, 120_000)

  it('keep every decision when a ballot in it is erased', async () => {
    const folder = await seeded.copy()
    const before = await outcome(folder)
    expect(Object.values(before.phases)).toContain('enacted')
    const events = await eventsOf(folder)
    const ballot = events.find((one) => one.type === 'ballot.cast' && isDecided(events, one))
    await inside(folder, async ({ house }) => {
      await house.services.log.erase(ballot?.idx ?? -1)
    })
    expect((await rebuildFolder(folder)).code).toBeLessThanOrEqual(2)
    expect((await rebuildFolder(folder)).code).toBe(0)
    expect(await outcome(folder)).toEqual(before)
    const erased = (await eventsOf(folder))[ballot?.idx ?? -1]
    expect(erased?.secret).toEqual({})
    await inside(folder, async ({ house }) => {
      const proof = await house.services.log.proof(ballot?.idx ?? -1)
      expect(proof.leaf).toBe(ballot?.leaf)
    })
    expect((await verifyFolder(folder, '--blobs')).code).toBe(0)
  }, 180_000)

  it('keep every decision when everything private is erased', async () => {
    const folder = await seeded.copy()
    const before = await outcome(folder)
    const events = await eventsOf(folder)
    await inside(folder, async ({ house }) => {
      for (const { idx } of events) await house.services.log.erase(idx)
    })
    expect((await rebuildFolder(folder)).code).toBe(2)
    expect((await rebuildFolder(folder)).code).toBe(0)
    expect(await outcome(folder)).toEqual(before)
    expect((await verifyFolder(folder, '--blobs')).code).toBe(0)
  }, 180_000)
})
