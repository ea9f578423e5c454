import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, signIn, visitor } from '../../support/person.ts'
import { done, openWorkshop, type Workshop } from './workshop.ts'

let shop: Workshop
let anybody: Person
beforeAll(async () => {
  shop = await openWorkshop()
  anybody = await visitor(shop.registry)
})
afterAll(() => shop.close())

/** Records what a publication leaves in the log, without the vote that is tested elsewhere. */
const record = async (title: string, changes: Record<string, unknown> = {}): Promise<string> => {
  const dataset = `d_${title.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`
  const community = shop.village.community
  const stream = `dataset/${dataset}`
  const about = { title, description: '', kind: 'text', languages: ['mi'], keywords: [] }
  await shop.log.append({
    stream,
    type: 'dataset.created',
    cmd: `create:${dataset}`,
    data: { dataset, community },
    secret: { ...about, creator: shop.contributor.account.id, ...changes },
  })
  await move(dataset, 4)
  return dataset
}

let moves = 0
const move = (dataset: string, stage: number, embargoUntil: number | null = null) =>
  shop.log.append({
    stream: `dataset/${dataset}`,
    type: 'version.published',
    cmd: `move:${moves++}`,
    data: {
      dataset,
      version: '1.0.0',
      manifestDigest: 'sha256-0',
      statementDigest: 'sha256-0',
      licence: shop.village.licence,
      stage,
      embargoUntil,
      proposal: 'p_0',
    },
  })

const find = async (text: string, now = shop.log.now()): Promise<readonly string[]> =>
  (await shop.datasets.search({ text }, now)).nodes.map(({ id }) => id)

const stageOf = async (id: string, now: number): Promise<readonly string[]> => {
  const { facets, nodes } = await shop.datasets.search({ text: id.slice(2), first: 1 }, now)
  expect(nodes.map((node) => node.id)).toEqual([id])
  return facets.flatMap(({ name, values }) =>
    name === 'stage' ? values.map(({ value }) => value) : [],
  )
}

describe('the catalogue', () => {
  it('shows a dataset from its publication on, and not before', async () => {
    const dataset = await shop.create({ title: 'Weaving songs' })
    const one = await shop.contribute(dataset, { 'songs.txt': 'waiata\n' })
    expect(await find('weaving')).toEqual([])
    await shop.publish(await shop.assemble(dataset, [one]))
    expect(await find('weaving')).toEqual([dataset.id])
  })

  it('forgets a dataset that is sealed again', async () => {
    const id = await record('Sealedlater')
    expect(await find('sealedlater')).toEqual([id])
    await move(id, 0)
    expect(await find('sealedlater')).toEqual([])
    await move(id, 1)
    expect(await find('sealedlater')).toEqual([id])
  })

  it('shows what is suspended as a description', async () => {
    const id = await record('Closedtoday')
    const at = shop.log.now()
    expect(await stageOf(id, at)).toEqual(['4'])
    await done(shop.datasets.suspend(shop.steward, { dataset: id, reason: 'A doubt.' }))
    expect(await stageOf(id, at)).toEqual(['1'])
  })

  it('counts what is under an embargo as a description until the embargo ends', async () => {
    const until = Date.UTC(2090, 0, 1)
    const id = await record('Embargoed')
    await move(id, 4, until)
    expect(await stageOf(id, until - 1)).toEqual(['1'])
    expect(await stageOf(id, until)).toEqual(['4'])
  })

  it('filters by facet and turns pages without a gap or a double', async () => {
    const ids = []
    for (let i = 0; i < 7; i++) ids.push(await record(`Paged ${i}`, { languages: ['haw'] }))
    const now = shop.log.now()
    const seen: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page = await shop.datasets.search({ languages: ['haw'], first: 3, after }, now)
      expect(page.total).toBe(7)
      seen.push(...page.nodes.map(({ id }) => id))
      after = page.endCursor
      more = page.hasNextPage
    }
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  it('calls licences in its facets by their titles, as the page of licences does', async () => {
    const page = 'query { datasets { facets { name values { value label } } } }'
    const { datasets } = await anybody.run<{
      datasets: { facets: { name: string; values: { value: string; label: string }[] }[] }
    }>(page)
    const labels = datasets.facets.find(({ name }) => name === 'licence')?.values ?? []
    expect(labels).toContainEqual({ value: 'guardianship', label: 'Guardianship' })
  })

  it('costs the same six reads at most, whatever is on the page', async () => {
    for (let i = 0; i < 20; i++) await record(`Many ${i}`, { languages: ['yo'] })
    const page = `query ($n: Int) {
      datasets(search: { language: ["yo"], first: $n }) {
        total
        nodes { id title stage stageText embargoUntil suspended { since }
          community { slug name } licence { digest title } versions { version publishedAt } }
        facets { name values { value label count } }
        pageInfo { endCursor hasNextPage } } }`
    const reads = async (n: number): Promise<readonly string[]> => {
      const made: string[] = []
      // Answers kept from the page before are good for a quarter of a second.
      await new Promise((resolve) => setTimeout(resolve, 300))
      mongoose.set('debug', (collection: string, method: string) => {
        made.push(`${collection}.${method}`)
      })
      const { datasets } = await anybody.run<{ datasets: { nodes: unknown[] } }>(page, { n })
      mongoose.set('debug', false)
      expect(datasets.nodes).toHaveLength(n)
      return made
    }
    /** The log signs and folds meanwhile: of several looks the one that nothing came between. */
    const fewest = async (n: number): Promise<number> => {
      const counts: number[] = []
      for (let look = 0; look < 4; look += 1) counts.push((await reads(n)).length)
      return Math.min(...counts)
    }
    await reads(1)
    const [one, twenty] = [await fewest(1), await fewest(20)]
    expect(twenty).toBe(one)
    expect(twenty).toBeGreaterThan(0)
    expect(twenty).toBeLessThanOrEqual(6)
  })
})

describe('what the schema says of a dataset', () => {
  const ask = `query ($id: ID!) { dataset(id: $id) { id title drafts { version files { path url } }
    contributions { id consent { evidence } } viewerCanContribute viewerCanSteward viewerCanSuspend } }`
  interface Answer {
    readonly dataset: {
      readonly drafts: readonly { files: readonly { url: string }[] }[] | null
      readonly contributions: readonly { consent: { evidence: string } }[] | null
      readonly viewerCanContribute: boolean
      readonly viewerCanSteward: boolean
      readonly viewerCanSuspend: boolean
    } | null
  }

  it('of a hidden dataset is nothing, as of one that is not there', async () => {
    const dataset = await shop.create({ title: 'Hidden from all' }, shop.steward)
    const contributor = await signIn(shop.registry, 'contributor@village.example')
    for (const person of [anybody, contributor]) {
      const hidden = await person.run<Answer>(ask, { id: dataset.id })
      expect(hidden).toEqual(await person.run<Answer>(ask, { id: 'd_none' }))
    }
    const steward = await signIn(shop.registry, 'steward@village.example')
    expect((await steward.run<Answer>(ask, { id: dataset.id })).dataset).not.toBeNull()
  })

  it('keeps drafts for the bodies and contributions for the stewards', async () => {
    const dataset = await shop.create({ title: 'Half open' })
    const one = await shop.contribute(dataset, { 'ngā kupu/ā & b.txt': 'x\n' })
    await shop.publish(await shop.assemble(dataset, [one]))
    await shop.assemble(dataset, [one], '1.1.0')
    const as = async (email: string) => {
      const person = await signIn(shop.registry, email)
      return (await person.run<Answer>(ask, { id: dataset.id })).dataset
    }
    const steward = await as('steward@village.example')
    expect(steward).toMatchObject({ viewerCanSteward: true, viewerCanSuspend: true })
    expect(steward?.contributions?.[0]?.consent.evidence).toBe('A signed form in the office.')
    expect(steward?.drafts?.[0]?.files[0]?.url).toBe(
      `/datasets/${dataset.id}/versions/1.1.0/files/ng%C4%81%20kupu/%C4%81%20%26%20b.txt`,
    )
    const council = await as('one@village.example')
    expect(council).toMatchObject({ contributions: null, viewerCanSteward: false })
    expect(council?.drafts).toHaveLength(1)
    const member = await as('contributor@village.example')
    expect(member).toMatchObject({ drafts: null, contributions: null, viewerCanContribute: true })
    const stranger = await as('researcher@university.example')
    expect(stranger).toMatchObject({
      drafts: null,
      contributions: null,
      viewerCanContribute: false,
    })
  })

  it('leaves withdrawn files out of the list, the size and the checksums', async () => {
    const dataset = await shop.create({ title: 'Given and taken' })
    const kept = await shop.contribute(dataset, { 'kept.txt': 'kept\n' })
    const taken = await shop.contribute(dataset, { 'taken.txt': 'taken\n' })
    await shop.publish(await shop.assemble(dataset, [kept, taken]))
    const look = async () =>
      (
        await anybody.run<{ dataset: { version: unknown } }>(
          'query ($id: ID!) { dataset(id: $id) { version { files { path } totalSize sha256sums } } }',
          { id: dataset.id },
        )
      ).dataset.version
    const sum = (path: string, one: typeof kept) => `${one.files[0]?.sha256}  ${path}\n`
    expect(await look()).toEqual({
      files: [{ path: 'kept.txt' }, { path: 'taken.txt' }],
      totalSize: 11,
      sha256sums: sum('kept.txt', kept) + sum('taken.txt', taken),
    })
    await done(shop.datasets.withdraw(shop.contributor, taken.id))
    expect(await look()).toEqual({
      files: [{ path: 'kept.txt' }],
      totalSize: 5,
      sha256sums: sum('kept.txt', kept),
    })
  })
})
