import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  contribute,
  decide,
  grantTo,
  type Published,
  publish,
  requestAccess,
  requestInput,
  tryToAssemble,
} from '../../support/journey.ts'
import { visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { type Asked, answer, custodyOf, propose, share } from '../../support/together.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'
import { report } from '../grants/duties.ts'
import { eventsSince, revoke, sizeOf } from '../grants/held.ts'

const FILE = { 'words.txt': Buffer.from('He kupu.\n') }
const SHOWN = `query ($id: ID!) { dataset(id: $id) {
  id title community { id } madeBy { id } viewerCanSteward newest: version { version
    terms { custodians { community { id } licences { digest } } } } } }`

interface Shown {
  readonly community: { readonly id: string }
  readonly madeBy: { readonly id: string } | null
  readonly viewerCanSteward: boolean
  readonly newest: {
    readonly version: string
    readonly terms: readonly {
      readonly custodians: readonly {
        readonly community: { readonly id: string }
        readonly licences: readonly { readonly digest: string }[]
      }[]
    }[]
  }
}

describe('a dataset that the community that made it gives up', () => {
  let registry: Registry
  let river: Village
  let harbour: Village

  const shown = async (dataset: string, by = river.steward): Promise<Shown> =>
    (await by.run<{ dataset: Shown }>(SHOWN, { id: dataset })).dataset
  /** Who has a say over the newest version, with the licence by which they speak. */
  const saying = async (dataset: string) =>
    ((await shown(dataset)).newest.terms[0]?.custodians ?? []).map(({ community, licences }) => [
      community.id,
      licences[0]?.digest,
    ])
  const step = (by: Village, what: string, community: string, dataset: string): Promise<Asked> =>
    propose(by.steward, ['proposeCustody', 'ProposeCustodyInput'], {
      dataset,
      step: what,
      community,
      reason: 'It is told there now.',
    })
  const kept = async (rule: 'all' | 'any' = 'all'): Promise<Published> => {
    const published = await publish(river, FILE)
    await share(river, harbour, published.dataset, { rule })
    return published
  }
  const leave = async (dataset: string): Promise<void> => {
    const { proposal } = await step(river, 'leave', river.community, dataset)
    await answer(proposal?.joint ?? null, [river, 'yes'], [harbour, 'yes'])
  }
  const release = async (dataset: string): Promise<void> => {
    const { proposal, refused } = await step(harbour, 'end', river.community, dataset)
    if (!proposal) throw new Error(JSON.stringify(refused))
    await decide(harbour, proposal.id)
  }
  const hub = async (slug: string, dataset: string): Promise<number> =>
    (await visitor(registry).fetch(`/api/datasets/${slug}/${dataset}`)).status

  beforeAll(async () => {
    registry = await startRegistry()
    river = await found(registry)
    harbour = await foundAnother(river, 'harbour')
    await attest(river)
    await attest(harbour)
  }, 240_000)
  afterAll(() => registry.close())

  it('stays where nobody else would keep it', async () => {
    const { dataset } = await publish(river, FILE)
    const { refused } = await step(river, 'leave', river.community, dataset)
    expect(refused?.code).toBe('LAST_KEEPER')
  })

  it('stays when the other does not want it alone', async () => {
    const { dataset } = await kept()
    const { proposal } = await step(river, 'leave', river.community, dataset)
    expect(proposal?.joint?.voices.map(({ community }) => community.id)).toEqual([
      river.community,
      harbour.community,
    ])
    await answer(proposal?.joint ?? null, [river, 'yes'], [harbour, 'no'])
    expect(await shown(dataset)).toMatchObject({
      community: { id: river.community },
      madeBy: null,
      viewerCanSteward: true,
    })
  })

  it('does not lose its last keeper when both leave at once', async () => {
    const { dataset } = await kept()
    const first = await step(river, 'leave', river.community, dataset)
    const second = await step(harbour, 'leave', harbour.community, dataset)
    const all = {
      rule: 'all',
      voices: [
        ...(first.proposal?.joint?.voices ?? []),
        { community: { id: 'own' }, state: '', proposal: second.proposal },
      ],
    }
    const harbourAlone = { ...harbour, community: 'own' }
    await answer(all, [river, 'yes'], [harbour, 'yes'], [harbourAlone, 'yes'])
    const custody = await custodyOf(river.steward, dataset)
    expect(custody?.keepers.filter(({ left }) => !left)).toHaveLength(1)
    const { community } = await shown(dataset)
    expect(custody?.keepers.find(({ left }) => !left)?.community.id).toBe(community.id)
  })

  describe('where all had to permit', () => {
    let published: Published
    let draft: string
    let grant: string
    beforeAll(async () => {
      published = await publish(river, FILE)
      grant = await grantTo(river, published.dataset)
      await share(river, harbour, published.dataset)
      const contributions = [
        await contribute(river, published.dataset, { 'b.txt': Buffer.from('B\n') }),
      ]
      const next = { dataset: published.dataset, contributions, version: '2.0.0' }
      draft = (await tryToAssemble(river, next)).version.manifestDigest
      await leave(published.dataset)
    }, 120_000)

    it('is answered for by the other, and keeps its address, its name and its history', async () => {
      const { dataset } = published
      const [left] = (await eventsSince(registry, 0, 'custody.left')).filter(
        ({ data }) => data.dataset === dataset,
      )
      expect(left?.stream).toBe(`dataset/${dataset}`)
      expect(left?.data).toMatchObject({
        community: river.community,
        passesTo: harbour.community,
        licence: river.licence,
      })
      expect(await shown(dataset)).toMatchObject({
        id: dataset,
        title: 'Words by the river',
        community: { id: harbour.community },
        madeBy: { id: river.community },
        viewerCanSteward: false,
      })
      expect((await shown(dataset, harbour.steward)).viewerCanSteward).toBe(true)
      expect(await hub('village', dataset)).toBe(200)
      expect(await hub('harbour', dataset)).toBe(200)
      expect(await hub('market', dataset)).not.toBe(200)
    })

    it('is among the datasets of the other and no longer among its own', async () => {
      const idsOf = async (slug: string) => {
        const { community } = await river.steward.run<{
          community: { datasets: { id: string }[] }
        }>('query ($slug: String!) { community(slug: $slug) { datasets { id } } }', { slug })
        return community.datasets.map(({ id }) => id)
      }
      expect(await idsOf('harbour')).toContain(published.dataset)
      expect(await idsOf('village')).not.toContain(published.dataset)
    })

    it('stays bound by its terms, and by those it was given for', async () => {
      const { dataset } = published
      expect(await custodyOf(river.steward, dataset)).toEqual({
        rule: 'all',
        keepers: [
          {
            community: { id: harbour.community },
            licence: { digest: harbour.licence },
            left: false,
          },
          { community: { id: river.community }, licence: { digest: river.licence }, left: true },
        ],
      })
      expect(await saying(dataset)).toEqual([
        [river.community, river.licence],
        [harbour.community, harbour.licence],
      ])
    })

    it('publishes no draft under a licence of one that has gone', async () => {
      const input = {
        dataset: published.dataset,
        manifestDigest: draft,
        stage: 4,
        reason: 'Ready.',
      }
      const { refused } = await propose(
        harbour.steward,
        ['proposePublication', 'ProposePublicationInput'],
        input,
      )
      expect(refused?.code).toBe('LICENCE_LEFT')
    })

    it('hands on to the other what is still owed for it', async () => {
      const register = '{ community(slug: "harbour") { register { openDuties } } }'
      const { community } = await harbour.steward.run<{
        community: { register: { openDuties: number } }
      }>(register)
      expect(community.register.openDuties).toBe(3)
      expect(await report(river.researcher, grant)).toBe('ok')
      const listed = await harbour.steward.run<{
        community: { grantsWithDuties: readonly { id: string }[] }
      }>('{ community(slug: "harbour") { grantsWithDuties { id } } }')
      expect(listed.community.grantsWithDuties.map(({ id }) => id)).toEqual([grant])
    })

    it('lets the other take back what the one had granted', async () => {
      await revoke(harbour, grant)
      const { grant: seen } = await river.researcher.run<{ grant: { state: string } }>(
        'query ($id: ID!) { grant(id: $id) { state } }',
        { id: grant },
      )
      expect(seen.state).toBe('revoked')
    })

    it('is granted by the other alone once its terms are let go of', async () => {
      const { dataset } = published
      const input = requestInput(dataset, {
        use: { purposes: ['learning'], actions: ['download'] },
      })
      expect((await requestAccess(river.researcher, input)).refused?.code).toBe('NOT_GRANTABLE')
      await release(dataset)
      expect(await saying(dataset)).toEqual([[harbour.community, harbour.licence]])
      expect(await custodyOf(river.steward, dataset)).toBeNull()
      const { request } = await requestAccess(river.researcher, input)
      const from = await sizeOf(registry)
      await decide(harbour, request?.proposal?.id ?? '')
      const [issued] = await eventsSince(registry, from, 'grant.issued')
      expect(issued?.data.community).toBe(harbour.community)
    })

    it('gets its next version under a licence of the other', async () => {
      const { dataset } = published
      const contributions = [await contribute(harbour, dataset, { 'c.txt': Buffer.from('C\n') })]
      const next = { dataset, contributions, version: '3.0.0' }
      const refused = await tryToAssemble({ ...harbour, licence: river.licence }, next)
      expect(JSON.stringify(refused)).toContain('NOT_ADOPTED')
      const { version } = await tryToAssemble(harbour, next)
      const asked = await propose(
        harbour.steward,
        ['proposePublication', 'ProposePublicationInput'],
        { dataset, manifestDigest: version.manifestDigest, stage: 4, reason: 'Ready.' },
      )
      expect(asked.proposal?.joint).toBeNull()
      await decide(harbour, asked.proposal?.id ?? '')
      expect((await shown(dataset)).newest.version).toBe('3.0.0')
      expect(await saying(dataset)).toEqual([[harbour.community, harbour.licence]])
    })

    it('takes the one in again under what it brings then', async () => {
      const { dataset } = published
      await share(harbour, river, dataset)
      expect(await saying(dataset)).toEqual([
        [harbour.community, harbour.licence],
        [river.community, river.licence],
      ])
      expect((await shown(dataset)).viewerCanSteward).toBe(true)
    })
  })

  describe('where one was enough', () => {
    it('is under the licence of the other alone', async () => {
      const { dataset } = await kept('any')
      await leave(dataset)
      expect(await saying(dataset)).toEqual([[harbour.community, harbour.licence]])
      expect(await custodyOf(river.steward, dataset)).toBeNull()
      expect(await shown(dataset, harbour.steward)).toMatchObject({
        community: { id: harbour.community },
        viewerCanSteward: true,
      })
    })
  })

  it('is proved again by whoever verifies the log and folds it anew', async () => {
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
