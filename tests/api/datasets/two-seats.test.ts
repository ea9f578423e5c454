import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide, publish } from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { propose, share } from '../../support/together.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'

const ACTS_FOR = 'query ($id: ID!) { dataset(id: $id) { viewerActsFor { id } } }'

describe('somebody with a seat in two communities that keep a dataset', () => {
  let registry: Registry
  let river: Village
  let harbour: Village
  let kept: string

  const actsFor = async ({ steward }: Village, id: string): Promise<string | undefined> =>
    (await steward.run<{ dataset: { viewerActsFor: { id: string } | null } }>(ACTS_FOR, { id }))
      .dataset.viewerActsFor?.id
  const leave = async ({ steward }: Village, { community }: Village) =>
    (
      await propose(steward, ['proposeCustody', 'ProposeCustodyInput'], {
        ...{ dataset: kept, step: 'leave', community, reason: 'It is time.' },
      })
    ).refused?.code ?? null

  beforeAll(async () => {
    registry = await startRegistry()
    river = await found(registry)
    harbour = await foundAnother(river, 'harbour')
    kept = (await publish(river, { 'words.txt': Buffer.from('He kupu.\n') })).dataset
    await share(river, harbour, kept)
    // The steward of the river joins the harbour, whose steward stays in the harbour alone.
    const { proposal } = await propose(harbour.steward, ['proposeMember', 'ProposeMemberInput'], {
      ...{ community: harbour.community, email: river.steward.email, name: 'Both' },
      ...{ bodies: ['council'], reason: 'They live here, too.' },
    })
    await decide(harbour, proposal?.id ?? '')
  }, 240_000)
  afterAll(() => registry.close())

  it('is told for which of them they act: the one where they may do the most', async () => {
    expect(await actsFor(river, kept)).toBe(river.community)
  })

  it('is told nothing where there is nothing to confuse', async () => {
    const { dataset } = await publish(river, { 'more.txt': Buffer.from('He kupu anō.\n') })
    expect(await actsFor(river, dataset)).toBeUndefined()
    expect(await actsFor(harbour, kept)).toBeUndefined()
  })

  it('may ask that either of them leaves, which somebody with one seat may not', async () => {
    expect(await leave(harbour, river)).toBe('NOT_YOURS')
    expect(await leave(river, harbour)).toBeNull()
    expect(await leave(river, river)).toBeNull()
  })
})
