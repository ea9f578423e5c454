import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  contribute,
  createDataset,
  decide,
  grantTo,
  type Named,
  type Published,
  proposePublication,
  publish,
  requestAccess,
  requestInput,
  tryToAssemble,
} from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'
import { eventsSince, reopen, revoke, suspend, urlOf } from './held.ts'

const FILE = { 'words.txt': Buffer.from('He kupu.\n') }

const LINE = `query ($id: ID!) { dataset(id: $id) {
  version {
    parents { id version closed dataset { id } }
    terms { rule custodians { community { id } licences { digest } } }
  }
  madeFromThis { dataset { id } version }
} }`

interface Line {
  readonly version: {
    readonly parents: readonly { readonly id: string; readonly closed: boolean }[]
    readonly terms: readonly { readonly custodians: readonly object[] }[]
  }
  readonly madeFromThis: readonly { readonly dataset: { readonly id: string } }[]
}

describe('a work made from another', () => {
  let registry: Registry
  let village: Village
  let harbour: Village
  let market: Village
  let river: Published
  let made: Published
  let grant: string

  const line = async (id: string, person: Person = village.researcher): Promise<Line> =>
    (await person.run<{ dataset: Line }>(LINE, { id })).dataset
  const code = async ({ researcher }: Village, published: Published): Promise<string> => {
    const response = await researcher.fetch(urlOf(published, 'words.txt'))
    const text = await response.text()
    return response.ok ? 'ok' : JSON.parse(text).code
  }
  const askFor = async (published: Published) =>
    requestAccess(
      village.researcher,
      requestInput(published.dataset, { project: `The verbs of ${published.dataset} and others.` }),
    )
  /** What assembling a work from these answers. */
  const refusal = async (by: Village, parents: readonly Named[], changes: object = {}) => {
    const dataset = await createDataset(by)
    const contributions = [await contribute(by, dataset, FILE)]
    return (await tryToAssemble(by, { dataset, contributions, parents, ...changes })).refused
  }

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    harbour = await foundAnother(village, 'harbour')
    market = await foundAnother(village, 'market', 'open')
    river = await publish(village, FILE)
    made = await publish(harbour, { 'words.txt': Buffer.from('Words.\n') }, { parents: [river] })
    await attest(village)
    await attest(harbour)
  }, 240_000)
  afterAll(() => registry.close())

  it('says what it was made from, and that one what was made from it', async () => {
    const { version, madeFromThis } = await line(made.dataset)
    expect(version.parents).toEqual([
      { id: river.dataset, version: '1.0.0', closed: false, dataset: { id: river.dataset } },
    ])
    expect(version.terms.map(({ custodians }) => custodians)).toEqual([
      [{ community: { id: harbour.community }, licences: [{ digest: harbour.licence }] }],
      [{ community: { id: village.community }, licences: [{ digest: village.licence }] }],
    ])
    expect(madeFromThis).toEqual([])
    expect((await line(river.dataset)).madeFromThis).toEqual([
      { dataset: { id: made.dataset }, version: '1.0.0' },
    ])
  })

  it('names its parents in the log and in what its council voted for', async () => {
    const events = await eventsSince(registry, 0, 'version.assembled')
    const event = events.find(({ data }) => data.dataset === made.dataset)
    expect(event?.data.parents).toEqual([{ dataset: river.dataset, version: '1.0.0' }])
    const { proposal } = await harbour.steward.run<{ proposal: { text: string } }>(
      'query ($id: ID!) { proposal(id: $id) { text } }',
      { id: made.proposal },
    )
    expect(proposal.text).toContain(`Made from: version 1.0.0 of dataset ${river.dataset}.`)
  })

  it('cannot name what its steward may not see: that answers like what is not there', async () => {
    const draft = await createDataset(village)
    const answers = await Promise.all(
      [
        { dataset: draft, version: '1.0.0' },
        { dataset: 'd_0000000000000000', version: '1.0.0' },
        { dataset: river.dataset, version: '9.0.0' },
      ].map((parent) => refusal(harbour, [parent])),
    )
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND', field: 'parents' })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(await refusal(harbour, [river])).toBeNull()
  })

  it('is not made from another version of itself', async () => {
    const dataset = await createDataset(harbour)
    const contributions = [await contribute(harbour, dataset, FILE)]
    const parents = [{ dataset, version: '1.0.0' }]
    const { refused } = await tryToAssemble(harbour, { dataset, contributions, parents })
    expect(refused).toMatchObject({ code: 'OWN_VERSION', field: 'parents' })
  })

  it('permits no more than what it was made from, or is refused with a request that shows it', async () => {
    const refused = await refusal(market, [river])
    expect(refused).toMatchObject({ code: 'NOT_REFINED', field: 'licence' })
    const reasons = (refused as unknown as { reasons: readonly { text: string }[] }).reasons
    expect(reasons[0]?.text).toMatch(/^By this licence: You may /)
    expect(reasons[1]?.text).toMatch(/^By that of “Words by the river” 1\.0\.0: You may not /)
    const open = await publish(market, FILE)
    expect(await refusal(village, [open])).toBeNull()
  })

  it('is asked for at the councils of both, each by its own charter', async () => {
    const first = await askFor(made)
    expect(first.refused).toMatchObject({ code: 'PARENT_FIRST' })
    await grantTo(village, river.dataset)
    const second = await askFor(made)
    expect(second.refused).toBeNull()
    await decide(harbour, second.request?.proposal?.id ?? '')
    expect(await code(village, made)).toBe('ok')
    const { viewer } = await village.researcher.run<{
      viewer: { grants: readonly { id: string; dataset: { id: string } }[] }
    }>('{ viewer { grants { id dataset { id } } } }')
    grant = viewer.grants.find(({ dataset }) => dataset.id === river.dataset)?.id ?? ''
  })

  it('closes with what it was made from, and opens with it again', async () => {
    await suspend(village, river.dataset)
    expect(await code(village, made)).toBe('PARENT_CLOSED')
    expect((await line(made.dataset)).version.parents[0]?.closed).toBe(true)
    const dataset = await createDataset(harbour)
    const contributions = [await contribute(harbour, dataset, FILE)]
    const { version } = await tryToAssemble(harbour, { dataset, contributions, parents: [river] })
    const input = { dataset, manifestDigest: version.manifestDigest }
    await expect(proposePublication(harbour, input)).rejects.toThrow('PARENT_CLOSED')
    await reopen(village, river.dataset)
    expect(await code(village, made)).toBe('ok')
    expect(await proposePublication(harbour, input)).toMatch(/^p_/)
  })

  it('loses its use when the council of what it was made from takes its yes back', async () => {
    await revoke(village, grant)
    expect(await code(village, made)).toBe('PARENT_REFUSES')
    const { precheck } = await village.researcher.run<{ precheck: { decision: string } }>(
      'query ($input: PrecheckInput!) { precheck(input: $input) { decision } }',
      {
        input: {
          ...requestInput(made.dataset),
          project: undefined,
          days: undefined,
        },
      },
    )
    expect(precheck.decision).toBe('refer')
  })

  it('brings along what lies behind, too', async () => {
    const chain = await publish(harbour, FILE, { parents: [made] })
    expect((await line(chain.dataset)).version.terms).toHaveLength(3)
    expect((await line(river.dataset)).madeFromThis).toHaveLength(1)
  })

  it('is proved again by whoever verifies the log', async () => {
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
