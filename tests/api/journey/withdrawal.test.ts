import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compactVerify, createLocalJWKSet } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS } from '../../../api/src/graphql/access.ts'
import { rebuild } from '../../../api/src/log/index.ts'
import { PROJECTIONS } from '../../../api/src/projections.ts'
import { connectStorage } from '../../../api/src/storage/connect.ts'
import { createEventStore } from '../../../api/src/storage/event-store.ts'
import { createProjectionStore } from '../../../api/src/storage/projection-store.ts'
import { type Person, signIn, visitor } from '../../support/person.ts'
import { DAY, startRegistry } from '../../support/registry.ts'
import { type Held, hold } from '../grants/held.ts'

const MARK = 'a story that its teller wants back'
const PATH = 'a-story-that-goes.txt'
// A size that no other number is.
const GOES = Buffer.from(MARK.padEnd(876_543, '\nhe kupu'))
const STAYS = Buffer.from('he waiata\n'.repeat(1000))
const SHA256 = createHash('sha256').update(GOES).digest('hex')
const MARKS = [MARK, PATH, SHA256, String(GOES.length)]

/** Routes that can name a dataset, its version or its files. */
const ROUTES = Object.keys(ACCESS)
  .filter((name) => /^GET .*:(?!secret|token)/.test(name) && !name.includes('/log/'))
  .map((name) => name.slice('GET '.length))

const EVERYTHING = `query ($id: ID!) {
  dataset(id: $id) {
    title stage drafts { version files { path } }
    versions { version sha256sums totalSize files { path sha256 size url } statement { sections { text } } }
  }
  datasets(search: { text: "story" }) { total nodes { id title versions { sha256sums } } facets { values { value count } } }
}`

const USES = `query ($id: ID!) { contribution(id: $id) { uses {
  version purposes holder state proposal { id } dataset { id } files { path times lastAt }
} } }`

interface Uses {
  readonly contribution: {
    readonly uses:
      | readonly {
          readonly version: string
          readonly purposes: readonly string[]
          readonly holder: string
          readonly state: string
          readonly files: readonly { path: string; times: number; lastAt: string | null }[]
        }[]
      | null
  } | null
}

/** Every file under a folder, by its path. */
const filesUnder = async (dir: string): Promise<readonly string[]> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}

describe('what somebody takes back', () => {
  let ahead = 0
  const clock = {
    now: () => Date.now() + ahead,
    advance: (ms: number) => {
      ahead += ms
    },
  }
  let held: Held
  let dataDir = ''
  let contribution = ''

  /** Everybody there is, the one who gave it last. */
  const everybody = async (): Promise<readonly Person[]> => {
    const { village } = held
    const [one] = village.council
    return [village.researcher, village.steward, ...(one ? [one] : []), visitor(held.registry)]
  }
  const addresses = (versions: readonly string[]): readonly string[] =>
    ROUTES.flatMap((route) =>
      versions.map((version) =>
        route
          .replace('{/*path}', '')
          .replace('*path', 'words.txt')
          .replace(':version', version)
          .replace(':revision', 'main')
          .replace(':namespace', 'village')
          .replace(':name', held.published.dataset)
          .replace(/^\/datasets\/:id/, `/datasets/${held.published.dataset}`)
          .replace(/^\/grants\/:id/, `/grants/${held.grant}`)
          .replace(/^\/decisions\/:id/, `/decisions/${held.published.proposal}`),
      ),
    )
  /** Addresses and questions whose answer still tells of it. */
  const traces = async (versions: readonly string[]): Promise<readonly string[]> => {
    const found: string[] = []
    const look = (where: string, said: string) => {
      for (const mark of MARKS) if (said.includes(mark)) found.push(`${where}: ${mark}`)
    }
    for (const person of await everybody()) {
      for (const path of addresses(versions)) {
        const answer = await person.fetch(path, { redirect: 'manual' })
        const bytes = Buffer.from(await answer.arrayBuffer()).toString('latin1')
        look(`${person.email} ${path}`, `${JSON.stringify([...answer.headers])}\n${bytes}`)
      }
      const asked = await person.raw(EVERYTHING, { id: held.published.dataset })
      look(`${person.email} GraphQL`, JSON.stringify(asked))
    }
    return found
  }
  const fileOf = (version: string) =>
    held.village.researcher.fetch(
      `/datasets/${held.published.dataset}/versions/${version}/files/${PATH}`,
    )
  const newest = async (): Promise<string> => {
    const { datasets } = held.registry.house.services
    return (await datasets.dataset(held.published.dataset))?.newest ?? ''
  }
  const uses = async (person: Person) =>
    (await person.run<Uses>(USES, { id: contribution })).contribution?.uses

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'withdrawal-'))
    held = await hold({ 'words.txt': STAYS, [PATH]: GOES }, { dataDir, keep: true, clock })
    const { viewer } = await held.village.contributor.run<{
      viewer: { contributions: readonly { id: string }[] }
    }>('{ viewer { contributions { id } } }')
    contribution = viewer.contributions[0]?.id ?? ''
  }, 240_000)
  afterAll(async () => {
    await held?.registry.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('was there for whoever had the right to it', async () => {
    expect((await fileOf('1.0.0')).status).toBe(200)
    expect((await traces(['1.0.0'])).length).toBeGreaterThan(5)
  })

  it('shows its giver alone who had it for what', async () => {
    const { contributor, steward, researcher } = held.village
    await (await fileOf('1.0.0')).arrayBuffer()
    const told = await uses(contributor)
    expect(told).toMatchObject([
      { version: '1.0.0', purposes: ['linguisticResearch'], state: 'active' },
    ])
    const [use] = told ?? []
    expect(use?.files).toContainEqual({
      path: PATH,
      times: expect.any(Number),
      lastAt: expect.any(String),
    })
    expect(JSON.stringify(told)).not.toContain(researcher.email)
    expect(await uses(steward)).toBeNull()
    const strange = await researcher.run<Uses>(USES, { id: contribution })
    expect(strange.contribution).toBeNull()
  })

  it('leaves by no address and in no answer from the moment it is taken back', async () => {
    await held.village.contributor.run(
      'mutation ($id: ID!, $files: [String!]) { withdrawContribution(id: $id, files: $files) { refused { code } } }',
      { id: contribution, files: [PATH] },
    )
    expect((await fileOf('1.0.0')).status).toBeGreaterThanOrEqual(400)
    expect(await traces(['1.0.0'])).toEqual([])
  })

  it('is destroyed after a week, and the next version is without it', async () => {
    await held.registry.days(8)
    const version = await newest()
    expect(version).toBe('1.0.1')
    expect(await traces(['1.0.0', version])).toEqual([])
    const holding = []
    for (const path of await filesUnder(join(dataDir, 'blobs')))
      if ((await readFile(path)).includes(MARK)) holding.push(path)
    expect(holding).toEqual([])
    expect(clock.now() - Date.now()).toBeGreaterThan(7 * DAY)
  })

  it('stands in the signed list of removals by its digest alone', async () => {
    const get = async (path: string) => (await visitor(held.registry).fetch(path)).text()
    const keys = createLocalJWKSet(JSON.parse(await get('/.well-known/jwks.json')))
    const { payload } = await compactVerify(await get('/removals.jws'), keys)
    const list = new TextDecoder().decode(payload)
    expect(list).toBe(await get('/removals.json'))
    expect(list).toContain(SHA256)
    expect(list).not.toContain(PATH)
  })

  it('does not come back when every projection is rebuilt from the log', async () => {
    await held.registry.close()
    const storage = await connectStorage({ file: join(dataDir, 'registry.db') })
    const store = createProjectionStore(storage.connection)
    const events = await rebuild(await createEventStore(storage.connection), store, PROJECTIONS)
    await storage.close()
    expect(events).toBeGreaterThan(10)
    const registry = await startRegistry({ dataDir, keep: true, clock })
    const again = (person: Person) => signIn(registry, person.email)
    const { village } = held
    held = {
      ...held,
      registry,
      village: {
        ...village,
        researcher: await again(village.researcher),
        steward: await again(village.steward),
        contributor: await again(village.contributor),
        council: await Promise.all(village.council.slice(0, 1).map(again)),
      },
    }
    expect(await newest()).toBe('1.0.1')
    expect(await traces(['1.0.0', '1.0.1'])).toEqual([])
    expect((await fileOf('1.0.0')).status).toBeGreaterThanOrEqual(400)
    const told = await uses(held.village.contributor)
    expect(told?.map(({ version }) => version)).toEqual(['1.0.0'])
    expect(told?.[0]?.files.map(({ path }) => path)).toContain(PATH)
    expect(registry.faults).toEqual([])
  })
})
