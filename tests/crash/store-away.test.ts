import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { troubleOf } from '../../api/src/trouble.ts'
import type { GraphqlAnswer, Person } from '../support/person.ts'
import { type Registry, startRegistry } from '../support/registry.ts'
import { openShakyStore, type ShakyStore } from '../support/shaky-store.ts'
import { found, type Village } from '../support/village.ts'

/** How long the store is away; 60000 for the whole minute. */
const AWAY_MS = Number(process.env.AWAY_MS ?? 1000)
const RECOVERY_MS = 10_000

const CREATE = `mutation ($input: CreateDatasetInput!) {
  createDataset(input: $input) { dataset { id } refused { code } }
}`

describe('a store that goes away', () => {
  let folder: string
  let store: ShakyStore
  let registry: Registry
  let village: Village
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'away-'))
    store = await openShakyStore(join(folder, 'registry.db'))
    registry = await startRegistry({ dataDir: folder, keep: true, env: { MONGODB_URI: store.uri } })
    village = await found(registry)
  }, 120_000)
  afterAll(async () => {
    await registry.close().catch(() => undefined)
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const create = (person: Person, title: string): Promise<GraphqlAnswer> =>
    person.raw(CREATE, {
      input: {
        community: village.community,
        title,
        description: 'A list of words.',
        kind: 'text',
        languages: ['mi'],
      },
    })
  /** How often a dataset of this title was made, by the record. */
  const made = async (title: string): Promise<number> => {
    const events = await registry.house.services.log.read(0, 1000)
    return events.filter(
      ({ type, secret }) => type === 'dataset.created' && secret?.title === title,
    ).length
  }
  /** Milliseconds until the registry says that it is ready. */
  const untilReady = async (): Promise<number> => {
    const from = performance.now()
    while (!(await village.contributor.fetch('/readyz')).ok) await pause(50)
    return performance.now() - from
  }

  it('is told at every door with a time to come back, and is found again by itself', async () => {
    const { contributor } = village
    const before = await registry.house.services.log.size()
    await store.leave()
    const since = performance.now()
    const asked = create(contributor, 'While it was away')
    const ready = contributor.fetch('/readyz')
    const doors = await Promise.all([
      contributor.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { id } }' }),
      }),
      contributor.fetch('/uploads', {
        method: 'POST',
        headers: { 'tus-resumable': '1.0.0', 'upload-length': '5' },
      }),
      contributor.fetch('/log/checkpoint'),
    ])
    for (const door of doors) {
      expect([door.status, door.headers.get('retry-after')]).toEqual([503, '5'])
      const words = await door.text()
      expect(words).toContain('try again in a few seconds')
      expect(words).toContain('UNAVAILABLE')
    }
    const created = await asked
    expect([created.status, created.errors?.[0]?.extensions?.code]).toEqual([503, 'UNAVAILABLE'])
    expect((await ready).status).toBe(503)
    expect((await contributor.fetch('/healthz')).status).toBe(200)
    await pause(Math.max(0, AWAY_MS - (performance.now() - since)))
    await store.comeBack()
    expect(await untilReady()).toBeLessThan(RECOVERY_MS)
    expect(await registry.house.services.log.size()).toBe(before)
    expect((await create(contributor, 'While it was away')).status).toBe(200)
    expect(await made('While it was away')).toBe(1)
    await registry.house.tick()
  }, 150_000)

  it('leaves nothing half recorded when it goes in the middle of many commands', async () => {
    const { contributor } = village
    const names = Array.from({ length: 40 }, (_, nth) => `In the middle ${nth}`)
    let answered = 0
    const sending = names.map(async (name, nth) => {
      await pause(nth * 5)
      const answer = await create(contributor, name)
      answered += 1
      return answer
    })
    while (answered < 5) await pause(1)
    await store.leave()
    const answers = await Promise.all(sending)
    await store.comeBack()
    expect(await untilReady()).toBeLessThan(RECOVERY_MS)
    const masked = answers.filter(({ errors }) => errors?.[0]?.extensions?.code === 'FAULT')
    const unknown = registry.faults.filter((fault) => troubleOf(fault) === null)
    expect(masked.length, inspect(unknown, { depth: 5 })).toBe(0)
    const statuses = new Set(answers.map(({ status }) => status))
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
    for (const [nth, name] of names.entries()) {
      const times = await made(name)
      if (answers[nth]?.status === 200)
        expect([answers[nth]?.data, times]).toEqual([
          { createDataset: { dataset: { id: expect.any(String) }, refused: null } },
          1,
        ])
      else expect(times).toBeLessThanOrEqual(1)
    }
    expect((await create(contributor, 'Afterwards')).status).toBe(200)
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  }, 60_000)
})
