import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../api/src/datasets/datasets.ts'
import { done, openWorkshop, refusalOf, type Workshop } from './workshop.ts'

let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
})
afterAll(() => shop.close())

const HOURS = 3_600_000

const published = async (): Promise<Dataset> => {
  const dataset = await shop.create()
  const one = await shop.contribute(dataset, { 'words.txt': 'kupu\n' })
  await shop.publish(await shop.assemble(dataset, [one]))
  return now(dataset)
}

const now = async ({ id }: { id: string }): Promise<Dataset> => {
  const dataset = await shop.datasets.dataset(id)
  if (!dataset) throw new Error(`there is no ${id}`)
  return dataset
}

const order = ({ id }: { id: string }, reason = 'A recording was made in secret.') => ({
  dataset: id,
  reason,
})

const ratification = async ({ id }: { id: string }): Promise<string> => {
  const [proposal] = await shop.datasets.proposalsAbout(id)
  if (proposal === undefined) throw new Error('nobody asked for a vote')
  return proposal
}

describe('a suspension', () => {
  it('closes a dataset at once and asks for a vote within 72 hours', async () => {
    const dataset = await published()
    const { dataset: closed } = await done(shop.datasets.suspend(shop.steward, order(dataset)))
    expect(closed.suspension).toMatchObject({
      ratified: false,
      reason: 'A recording was made in secret.',
      ratifyBy: (closed.suspension?.since ?? 0) + 72 * HOURS,
    })
    expect(shop.datasets.effectiveStage(closed, shop.log.now())).toBe(1)
    expect(await shop.datasets.visibleTo(closed, null)).toBe(true)
    const proposal = await shop.governance.proposal(await ratification(dataset))
    expect(proposal?.effect).toEqual({
      kind: 'dataset.ratify',
      dataset: dataset.id,
      since: closed.suspension?.since,
    })
    expect(proposal?.text).not.toContain('secret')
    const event = (await shop.log.stream(`dataset/${dataset.id}`)).at(-1)
    expect(event?.leaf).not.toContain('secret')
  })

  it('is for stewards and guardians, signed in with a browser', async () => {
    const dataset = await published()
    const code = async (actor: Parameters<Workshop['datasets']['suspend']>[0]) =>
      (await refusalOf(shop.datasets.suspend(actor, order(dataset)))).code
    expect(await code(null)).toBe('SIGN_IN')
    expect(await code(shop.contributor)).toBe('NOT_STEWARD')
    expect(await code(shop.stranger)).toBe('NOT_STEWARD')
    expect(await code({ ...shop.steward, scopes: ['read'] })).toBe('BROWSER_ONLY')
    expect(await refusalOf(shop.datasets.suspend(shop.steward, order(dataset, '')))).toMatchObject({
      code: 'BAD_INPUT',
      field: 'reason',
    })
    await done(shop.datasets.suspend(shop.steward, order(dataset)))
  })

  it('of a hidden dataset tells nobody else that it exists', async () => {
    const hidden = await shop.create({}, shop.steward)
    expect(await refusalOf(shop.datasets.suspend(shop.stranger, order(hidden)))).toEqual(
      await refusalOf(shop.datasets.suspend(shop.stranger, order({ id: 'd_0' }))),
    )
  })

  it('comes once at a time, however many ask', async () => {
    const dataset = await published()
    const results = await Promise.all(
      Array.from({ length: 5 }, () => shop.datasets.suspend(shop.steward, order(dataset))),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await refusalOf(shop.datasets.suspend(shop.steward, order(dataset)))).toMatchObject({
      code: 'SUSPENDED',
    })
  })

  it('that a ballot ratifies stays until a vote reopens the dataset', async () => {
    const dataset = await published()
    await done(shop.datasets.suspend(shop.steward, order(dataset)))
    await shop.decide(await ratification(dataset))
    expect((await now(dataset)).suspension?.ratified).toBe(true)
    const { proposal } = await done(shop.datasets.proposeReopening(shop.steward, order(dataset)))
    await shop.decide(proposal.id)
    expect((await now(dataset)).suspension).toBeNull()
    await done(shop.datasets.suspend(shop.steward, order(dataset)))
  })

  it('without a ballot stays closed and is counted', async () => {
    const { community } = shop.village
    const dataset = await published()
    const before = await shop.datasets.unratified(community, shop.log.now())
    await done(shop.datasets.suspend(shop.steward, order(dataset)))
    const { suspension } = await now(dataset)
    const due = suspension?.ratifyBy ?? 0
    expect(await shop.datasets.unratified(community, due)).toBe(before)
    expect(await shop.datasets.unratified(community, due + 1)).toBe(before + 1)
    await shop.registry.days(30)
    expect((await now(dataset)).suspension).not.toBeNull()
  })

  it('that nobody ratified uses the power of whoever ordered it up', async () => {
    const dataset = await published()
    await done(shop.datasets.suspend(shop.steward, order(dataset)))
    const { proposal } = await done(shop.datasets.proposeReopening(shop.steward, order(dataset)))
    await shop.decide(proposal.id)
    expect((await now(dataset)).suspension).toBeNull()
    expect(await refusalOf(shop.datasets.suspend(shop.steward, order(dataset)))).toMatchObject({
      code: 'POWER_USED',
    })
  })

  it('whose vote a crash swallowed is put to the vote at the next start, once', async () => {
    const dataset = await published()
    // What a crash right after the event leaves.
    await shop.log.append({
      stream: `dataset/${dataset.id}`,
      type: 'dataset.suspended',
      cmd: `crash:${dataset.id}`,
      data: { dataset: dataset.id, ratifyBy: shop.log.now(), category: 'emergency' },
      secret: { by: 'm_0', reason: 'A reason.' },
    })
    const asked = async () =>
      (await shop.datasets.proposalsAbout(dataset.id, 'dataset.ratify')).length
    expect(await asked()).toBe(0)
    await shop.datasets.recover()
    expect(await asked()).toBe(1)
    await shop.datasets.recover()
    expect(await asked()).toBe(1)
  })
})

describe('reopening', () => {
  it('is asked for by stewards, and only when there is something to open', async () => {
    const dataset = await published()
    const ask = (actor: Parameters<Workshop['datasets']['suspend']>[0]) =>
      shop.datasets.proposeReopening(actor, order(dataset))
    expect(await refusalOf(ask(shop.steward))).toMatchObject({ code: 'NOT_SUSPENDED' })
    await done(shop.datasets.suspend(shop.steward, order(dataset)))
    expect(await refusalOf(ask(shop.contributor))).toMatchObject({ code: 'NOT_STEWARD' })
    expect(await refusalOf(ask(null))).toMatchObject({ code: 'SIGN_IN' })
    await done(ask(shop.steward))
    expect((await now(dataset)).suspension).not.toBeNull()
  })
})
