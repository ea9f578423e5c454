import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assemble, contribute, createDataset, publish } from '../../support/journey.ts'
import { mailsTo } from '../../support/mailbox.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { type Asked, answer, custodyOf, offer, propose } from '../../support/together.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'

const FILE = { 'words.txt': Buffer.from('He kupu.\n') }

interface Shown {
  readonly title: string
  readonly drafts: readonly object[] | null
  readonly viewerCanSteward: boolean
}

describe('a dataset that is offered before it is listed', () => {
  let registry: Registry
  let river: Village
  let harbour: Village
  let market: Village

  const see = async (person: Person, id: string): Promise<Shown | null> =>
    (
      await person.run<{ dataset: Shown | null }>(
        'query ($id: ID!) { dataset(id: $id) { title drafts { version } viewerCanSteward } }',
        { id },
      )
    ).dataset
  const council = ({ council: [one] }: Village): Person => {
    if (!one) throw new Error('nobody sits in the council')
    return one
  }
  const inCatalogue = async (person: Person, id: string): Promise<boolean> => {
    const { datasets } = await person.run<{ datasets: { nodes: { id: string }[] } }>(
      '{ datasets(search: { first: 100 }) { nodes { id } } }',
    )
    return datasets.nodes.some((one) => one.id === id)
  }
  /** Those who have no part in it. */
  const others = () => [
    visitor(registry),
    river.researcher,
    harbour.contributor,
    harbour.steward,
    council(market),
    market.steward,
  ]
  const drafted = async (): Promise<string> => {
    const dataset = await createDataset(river)
    await assemble(river, dataset, [await contribute(river, dataset, FILE)])
    return dataset
  }
  const made = ({ proposal, refused }: Asked) => {
    if (!proposal) throw new Error(JSON.stringify(refused))
    return proposal
  }

  beforeAll(async () => {
    registry = await startRegistry()
    river = await found(registry)
    harbour = await foundAnother(river, 'harbour')
    market = await foundAnother(river, 'market')
  }, 240_000)
  afterAll(() => registry.close())

  it('is seen by those who decide in the invited community, and by nobody else', async () => {
    const dataset = await drafted()
    expect(await see(council(harbour), dataset)).toBeNull()
    const { id } = made(await offer(river.steward, dataset, harbour))
    expect(await see(council(harbour), dataset)).toEqual({
      title: 'Words by the river',
      drafts: null,
      viewerCanSteward: false,
    })
    for (const person of others()) {
      expect(await see(person, dataset)).toBeNull()
      expect(await inCatalogue(person, dataset)).toBe(false)
      const { proposal } = await person.run<{
        proposal: { title: string; text: string; subject: { dataset: object | null } }
      }>('query ($id: ID!) { proposal(id: $id) { title text subject { dataset { title } } } }', {
        id,
      })
      expect(proposal.subject.dataset).toBeNull()
      expect(JSON.stringify(proposal)).not.toContain('Words by the river')
    }
    expect(await inCatalogue(council(harbour), dataset)).toBe(false)
  })

  it('is looked at and not touched', async () => {
    const dataset = await drafted()
    made(await offer(river.steward, dataset, harbour))
    const input = { dataset, reason: 'It must not be seen.' }
    const one = council(harbour)
    const absent = { ...input, dataset: 'd_0000000000000000' }
    const ask = (about: object) => propose(one, ['proposeTakedown', 'DatasetVoteInput'], about)
    expect(await ask(input)).toEqual(await ask(absent))
    expect((await ask(input)).refused?.code).toBe('NOT_FOUND')
  })

  it('is hidden again with the first no', async () => {
    const dataset = await drafted()
    const { joint } = made(await offer(river.steward, dataset, harbour))
    await answer(joint, [river, 'yes'], [harbour, 'no'])
    expect(await see(council(harbour), dataset)).toBeNull()
    const again = made(await offer(river.steward, dataset, harbour))
    expect(await see(council(harbour), dataset)).not.toBeNull()
    await answer(again.joint, [river, 'no'], [harbour, 'yes'])
    expect(await see(council(harbour), dataset)).toBeNull()
  })

  it('is not named to those who hear that its vote is held again', async () => {
    const dataset = await drafted()
    const { joint } = made(await offer(river.steward, dataset, harbour))
    await answer(joint, [river, 'yes'], [harbour, 'recused'])
    await registry.house.post()
    const told = async (person: Person) =>
      (
        await person.run<{ viewer: { notices: readonly { kind: string; title: string }[] } }>(
          '{ viewer { notices(first: 100) { kind title } } }',
        )
      ).viewer.notices
    const again = (await told(harbour.contributor)).filter(({ kind }) => kind === 'vote-again')
    expect(again).not.toEqual([])
    expect(JSON.stringify(await told(harbour.contributor))).not.toContain('Words by the river')
    const { email } = harbour.contributor
    const mails = await mailsTo(registry, email)
    expect(
      mails.filter(({ text, subject }) => `${subject} ${text}`.includes('by the river')),
    ).toEqual([])
    expect(JSON.stringify(await told(council(harbour)))).toContain('Words by the river')
  })

  it('stays hidden once both keep it, except from those who sit in a body of either', async () => {
    const dataset = await drafted()
    const { joint } = made(await offer(river.steward, dataset, harbour))
    await answer(joint, [river, 'yes'], [harbour, 'yes'])
    expect((await custodyOf(river.steward, dataset))?.keepers).toHaveLength(2)
    expect(await see(harbour.steward, dataset)).toMatchObject({ viewerCanSteward: true })
    expect((await see(harbour.steward, dataset))?.drafts).toHaveLength(1)
    for (const person of [visitor(registry), harbour.contributor, council(market)])
      expect(await see(person, dataset)).toBeNull()
  })

  it('is offered while an embargo holds its files back, as its page is open to all', async () => {
    const until = registry.house.services.log.now() + 300 * 86_400_000
    const { dataset } = await publish(river, FILE, {
      embargoUntil: new Date(until).toISOString(),
    })
    made(await offer(river.steward, dataset, harbour))
    expect(await see(visitor(registry), dataset)).not.toBeNull()
  })

  it('is proved again by whoever verifies the log and folds it anew', async () => {
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
