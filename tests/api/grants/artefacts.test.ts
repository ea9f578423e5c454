import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pass } from '../../../api/src/grants/grants.ts'
import {
  attest,
  contribute,
  createDataset,
  decide,
  grantTo,
  proposePublication,
  tryToAssemble,
} from '../../support/journey.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const bytes = (text: string) => Buffer.from(`${text}\n`)

const FILES = {
  'words.txt': bytes('words for everybody who may have them'),
  'train/one.txt': bytes('words to train with'),
  'test/secret.txt': bytes('words to test with'),
  'model/hidden.txt': bytes('weights of a kind'),
}
const PLACED = [
  { path: 'train/', artefact: 'training' },
  { path: 'test/', artefact: 'test' },
  { path: 'model/', artefact: 'model' },
]
const HELD = [
  { artefact: 'test', stage: 1 },
  { artefact: 'model', stage: 0 },
]

interface Seen {
  readonly dataset: {
    readonly artefacts: readonly { artefact: string; stage: number }[]
    readonly version: { totalSize: number; files: readonly { path: string; artefact: string }[] }
  }
}

describe('artefacts that are released by themselves', () => {
  let registry: Registry
  let village: Village
  let dataset = ''
  let digest = ''

  const assemble = async (version: string, contributions: readonly string[], of = dataset) => {
    const placed = version === '1.0.0' ? PLACED : []
    const made = await tryToAssemble(village, {
      dataset: of,
      contributions,
      version,
      artefacts: placed,
    })
    expect(made.refused).toBeNull()
    return made.version.manifestDigest
  }
  const release = async (
    manifestDigest: string,
    stage: number,
    artefacts: readonly { artefact: string; stage: number }[] = [],
  ): Promise<string> => {
    const asked = { dataset, manifestDigest, stage, artefacts }
    const proposal = await proposePublication(village, asked)
    await decide(village, proposal)
    return proposal
  }
  const path = (file: string, version = '1.0.0') =>
    `/datasets/${dataset}/versions/${version}/files/${file}`
  const statusOf = async (file: string) => (await village.researcher.fetch(path(file))).status
  const statuses = () => Promise.all(Object.keys(FILES).map(statusOf))
  const seenBy = (person: Person) =>
    person.run<Seen>(
      'query ($id: ID!) { dataset(id: $id) { artefacts { artefact stage } version(version: "1.0.0") { totalSize files { path artefact } } } }',
      { id: dataset },
    )
  const pathsFor = async (person: Person) =>
    (await seenBy(person)).dataset.version.files.map((file) => file.path)

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    dataset = await createDataset(village)
    digest = await assemble('1.0.0', [await contribute(village, dataset, FILES)])
    await release(digest, 4, HELD)
    await attest(village)
    await grantTo(village, dataset)
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  it('leave as far as each was voted for, and what is held back is answered like what is not there', async () => {
    expect(await statuses()).toEqual([200, 200, 404, 404])
    const texts = await Promise.all(
      ['test/secret.txt', 'test/never.txt'].map(async (file) => {
        const answer = await village.researcher.fetch(path(file))
        return (await answer.text()).replaceAll(file, '')
      }),
    )
    expect(texts[0]).toBe(texts[1])
  })

  it('are named on no page, list, archive or description while they are held back', async () => {
    const { researcher } = village
    const places = [
      `/datasets/${dataset}`,
      `/datasets/${dataset}/croissant`,
      `/datasets/${dataset}/versions/1.0.0/SHA256SUMS`,
      `/datasets/${dataset}/versions/1.0.0/archive.zip`,
      `/api/datasets/village/${dataset}`,
      `/api/datasets/village/${dataset}/tree/main?recursive=true`,
    ]
    for (const place of places) {
      const answer = await researcher.fetch(place)
      const text = await answer.text()
      expect([place, answer.status]).toEqual([place, 200])
      expect(text, place).toContain(place.includes('/api/') ? 'train' : 'train/one.txt')
      expect(text, place).not.toMatch(/secret\.txt|hidden\.txt/)
    }
  })

  it('are seen by those who decide, and sealed ones by nobody else', async () => {
    const all = Object.keys(FILES)
    expect(await pathsFor(village.researcher)).toEqual(['train/one.txt', 'words.txt'])
    expect(await pathsFor(visitor(registry))).toEqual(['train/one.txt', 'words.txt'])
    expect((await pathsFor(village.steward)).toSorted()).toEqual(all.toSorted())
    const open = [
      { artefact: 'training', stage: 4 },
      { artefact: 'test', stage: 1 },
    ]
    expect((await seenBy(visitor(registry))).dataset.artefacts).toEqual(open)
    const sealed = { artefact: 'model', stage: 0 }
    expect((await seenBy(village.steward)).dataset.artefacts).toEqual([...open, sealed])
  })

  it('are put to the vote rung by rung, without counting what stays held back', async () => {
    const about = await registry.house.services.datasets.proposalsAbout(dataset, 'dataset.publish')
    const published = await registry.house.services.governance.proposal(about.at(-1) ?? '')
    expect(published?.text).toContain('2 files, 1 kB. Besides, what is held back.')
    expect(published?.text).toContain('Of it the test data: rung 1 of 5')
    expect(published?.text).toContain('Of it the training data: rung 4 of 5')
  })

  it('can be looked into by those who vote on a draft, and by nobody else', async () => {
    const { grants, people } = registry.house.services
    const draft = await createDataset(village)
    await assemble('1.0.0', [await contribute(village, draft, FILES)], draft)
    const asked = { dataset: draft, version: '1.0.0', purposes: [], promises: [] }
    const look = async ({ email }: Person) => {
      const account = await people.accountByEmail(email)
      const actor = account && { account, session: 's', scopes: null }
      const shown = await grants.preview(actor, asked)
      return shown.ok ? shown.files.map((file) => file.path).toSorted() : shown.code
    }
    const [councillor] = village.council
    if (!councillor) throw new Error('nobody sits in the council')
    expect(await look(councillor)).toEqual(Object.keys(FILES).toSorted())
    expect(await look(village.steward)).toEqual(Object.keys(FILES).toSorted())
    for (const person of [village.contributor, village.researcher])
      expect(await look(person)).toBe('NOT_FOUND')
  })

  it('are part of samples from the rung on that shows samples', async () => {
    const { grants, people } = registry.house.services
    const account = await people.accountByEmail(village.researcher.email)
    const actor = account && { account, session: 's', scopes: null }
    const shown = async () => {
      const asked = { dataset, version: '1.0.0', purposes: [], promises: [] }
      const found = await grants.preview(actor, asked)
      return found.ok ? found.files.map((file) => file.path) : found.code
    }
    expect(await shown()).toEqual(['train/one.txt', 'words.txt'])
    await release(digest, 4, [{ artefact: 'test', stage: 2 }])
    expect(await shown()).toEqual(['test/secret.txt', 'train/one.txt', 'words.txt'])
    expect(await statuses()).toEqual([200, 200, 404, 404])
  })

  it('open and close for grants that stand, each by a vote of its own', async () => {
    const { datasets, grants, people } = registry.house.services
    const account = await people.accountByEmail(village.researcher.email)
    if (!account) throw new Error('nobody asks')
    const actor = { account, session: 's', scopes: null }
    const ask = { dataset, version: '1.0.0', path: 'train/one.txt' }
    const before = await grants.pass(actor, ask)
    expect(before.ok).toBe(true)
    await release(digest, 4, [{ artefact: 'test', stage: 4 }])
    expect(await statuses()).toEqual([200, 200, 200, 404])
    await release(digest, 4, [{ artefact: 'training', stage: 1 }])
    expect(await statuses()).toEqual([200, 404, 200, 404])
    expect(await grants.recheck(before as Pass)).toMatchObject({ code: 'STAGE_CLOSED' })
    expect((await datasets.dataset(dataset))?.artefacts).toEqual({ training: 1, test: 4, model: 0 })
  })

  it('stay as they were decided when a later version has nothing of them', async () => {
    const later = await contribute(village, dataset, { 'later.txt': bytes('more') })
    await release(await assemble('1.1.0', [later]), 5)
    expect(await statuses()).toEqual([200, 404, 200, 404])
  })

  it('are opened no further than the dataset, and only where there are any', async () => {
    const { steward } = village
    const propose = async (stage: number, artefacts: object[]) =>
      (
        await steward.run<{ proposePublication: { refused: { code: string; field: string } } }>(
          'mutation ($input: ProposePublicationInput!) { proposePublication(input: $input) { refused { code field } } }',
          { input: { dataset: other, manifestDigest: made, stage, artefacts, reason: 'Why not.' } },
        )
      ).proposePublication.refused
    const other = await createDataset(village)
    const given = await contribute(village, other, FILES)
    const made = await assemble('1.0.0', [given], other)
    const refused = { code: 'BAD_INPUT', field: 'artefacts' }
    expect(await propose(1, [{ artefact: 'test', stage: 2 }])).toEqual(refused)
    expect(await propose(1, [{ artefact: 'code', stage: 1 }])).toEqual(refused)
    expect(await propose(1, [{ artefact: 'test', stage: 1 }])).toBeNull()
  })

  it('belong to files that are there', async () => {
    const other = await createDataset(village)
    const given = await contribute(village, other, FILES)
    const placed = [{ path: 'tests/', artefact: 'test' }]
    const made = await tryToAssemble(village, {
      dataset: other,
      contributions: [given],
      artefacts: placed,
    })
    expect(made.refused).toMatchObject({ code: 'NO_FILE', field: 'artefacts' })
  })
})
