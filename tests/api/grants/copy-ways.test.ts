import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../api/src/ids.ts'
import { type Published, publish, requestAccess, requestInput } from '../../support/journey.ts'
import { type Registry, type RegistryOptions, startRegistry } from '../../support/registry.ts'
import { type S3Server, startS3 } from '../../support/s3-server.ts'
import { found, type Village } from '../../support/village.ts'
import { urlOf } from './held.ts'
import { FILES, setFingerprint } from './marked.ts'

interface Open {
  readonly registry: Registry
  readonly village: Village
  readonly published: Published
  readonly grant: string
}

const ask = async ({ researcher }: Village, { dataset }: Published): Promise<string> => {
  const { grant, refused } = await requestAccess(researcher, requestInput(dataset))
  if (!grant) throw new Error(JSON.stringify(refused))
  return grant.id
}

/** A licence that permits by itself, so that nobody has to vote on the grant. */
const open = async (options: RegistryOptions = {}): Promise<Open> => {
  const registry = await startRegistry(options)
  const village = await found(registry, 'open-with-credit')
  const published = await publish(village, FILES)
  await setFingerprint(village, published.dataset, true)
  return { registry, village, published, grant: await ask(village, published) }
}

const path = (published: Published) => urlOf(published, 'lines.txt')
const isCopy = (text: string): void => {
  const rows = text.split('\n')
  expect(rows.length).toBeLessThan(2_996)
  expect(rows.length).toBeGreaterThan(2_900)
}

const EVERY = [['words.jsonl'], ['table.csv'], ['lines.txt']] as const

describe('a fingerprinted copy that is erased with its file', () => {
  let held: Open
  beforeAll(async () => {
    held = await open()
  }, 120_000)
  afterAll(() => held.registry.close())

  const copies = async (): Promise<readonly string[]> => {
    const { researcher } = held.village
    const all = await Promise.all(
      EVERY.map(async ([name]) => {
        const answer = await researcher.fetch(urlOf(held.published, name))
        await answer.arrayBuffer()
        return answer.headers.get('etag')?.replaceAll('"', '') ?? ''
      }),
    )
    return all
  }
  const isStored = (sha256: string): Promise<boolean> =>
    readFile(join(held.registry.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2))).then(
      () => true,
      () => false,
    )

  it('is the same for every grant of one person, whatever it is asked for again', async () => {
    const before = await copies()
    const again = await ask(held.village, held.published)
    expect(again).not.toBe(held.grant)
    const { grants } = held.registry.house.services
    const marks = await Promise.all([held.grant, again].map((id) => grants.grant(id)))
    expect(marks.map((one) => one?.mark)).toEqual([held.grant, held.grant])
    expect(await copies()).toEqual(before)
  })

  it('goes when its contributor takes the file back, and others stay', async () => {
    const [words = '', table = '', lines = ''] = await copies()
    const { contributor, researcher } = held.village
    const { viewer } = await contributor.run<{ viewer: { contributions: { id: string }[] } }>(
      '{ viewer { contributions { id } } }',
    )
    await contributor.run(
      'mutation ($id: ID!) { withdrawContribution(id: $id, files: ["words.jsonl"]) { refused { code } } }',
      { id: viewer.contributions[0]?.id },
    )
    expect((await researcher.fetch(urlOf(held.published, 'words.jsonl'))).status).toBe(403)
    expect(await isStored(words)).toBe(true)
    await held.registry.days(8)
    expect(await Promise.all([words, table, lines].map(isStored))).toEqual([false, true, true])
    expect((await researcher.fetch(urlOf(held.published, 'words.jsonl'))).status).toBe(403)
    isCopy(await (await researcher.fetch(path(held.published))).text())
  })

  it('is named to its holder among what has to be deleted, as they have it', async () => {
    const { researcher } = held.village
    const { viewer } = await researcher.run<{
      viewer: { grants: { deletions: { units: string[] | null }[] }[] }
    }>('{ viewer { grants { deletions { units } } } }')
    const units = viewer.grants.flatMap(({ deletions }) => deletions.flatMap((one) => one.units))
    const whole = held.published.files.find((file) => file.path === 'words.jsonl')?.sha256
    expect(units.length).toBeGreaterThan(0)
    expect(units).not.toContain(whole)
  })
})

describe('a fingerprinted copy that nginx sends', () => {
  let held: Open
  beforeAll(async () => {
    held = await open({ env: { ACCEL_PREFIX: '/protected' } })
  }, 120_000)
  afterAll(() => held.registry.close())

  it('is a blob of its own, named instead of the file', async () => {
    const answer = await held.village.researcher.fetch(path(held.published))
    const named = answer.headers.get('x-accel-redirect') ?? ''
    const text = await readFile(
      join(held.registry.dataDir, named.replace('/protected', 'blobs')),
      'utf8',
    )
    isCopy(text)
  })
})

describe('a fingerprinted copy that a bucket sends', () => {
  let server: S3Server
  let held: Open
  beforeAll(async () => {
    server = await startS3()
    held = await open({ env: { S3_URL: `${server.url}/${newId('t')}`, S3_PRESIGN: '1' } })
  }, 120_000)
  afterAll(async () => {
    await held.registry.close()
    await server.close()
  })

  it('is an object of its own, signed for instead of the file', async () => {
    const answer = await held.village.researcher.fetch(path(held.published), { redirect: 'manual' })
    expect(answer.status).toBe(302)
    const sent = await fetch(answer.headers.get('location') ?? '')
    const text = await sent.text()
    isCopy(text)
    expect(answer.headers.get('x-linked-size')).toBe(String(Buffer.byteLength(text)))
  })
})
