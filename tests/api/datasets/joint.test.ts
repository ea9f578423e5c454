import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../../api/src/log/index.ts'
import {
  contribute,
  createDataset,
  type Published,
  publish,
  tryToAssemble,
} from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import {
  answer,
  custodyOf,
  jointOf,
  offer,
  propose,
  share,
  statesOf,
} from '../../support/together.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'
import { eventsSince, sizeOf, suspend, urlOf } from '../grants/held.ts'

const FILE = { 'words.txt': Buffer.from('He kupu.\n') }
const DATASET = `query ($id: ID!) { dataset(id: $id) {
  title newest: version { version } suspended { ratified } drafts { version }
  viewerCanSteward viewerCanSuspend
} }`

interface Shown {
  readonly newest: { readonly version: string } | null
  readonly suspended: { readonly ratified: boolean } | null
  readonly drafts: readonly { readonly version: string }[] | null
  readonly viewerCanSteward: boolean
  readonly viewerCanSuspend: boolean
}

describe('a dataset that two communities keep', () => {
  let registry: Registry
  let river: Village
  let harbour: Village
  let market: Village
  let published: Published

  const shown = async (village: Village, id = published.dataset): Promise<Shown | null> =>
    (await village.steward.run<{ dataset: Shown | null }>(DATASET, { id })).dataset
  const ofDataset = async (from: number, id: string, ...types: string[]) => {
    const all: StoredEvent[] = []
    for (const type of types) all.push(...(await eventsSince(registry, from, type)))
    return all.filter(({ data }) => data.dataset === id)
  }
  const codeOf = async (asked: Promise<{ refused: { code: string } | null }>) =>
    (await asked).refused?.code ?? 'ok'

  beforeAll(async () => {
    registry = await startRegistry()
    river = await found(registry)
    harbour = await foundAnother(river, 'harbour')
    market = await foundAnother(river, 'market')
    published = await publish(river, FILE)
  }, 240_000)
  afterAll(() => registry.close())

  describe('before they do', () => {
    it('is offered by a steward or councillor of the one that keeps it, and by nobody else', async () => {
      const { dataset } = published
      expect(await codeOf(offer(river.contributor, dataset, harbour))).toBe('NOT_STEWARD')
      expect(await codeOf(offer(market.steward, dataset, harbour))).toBe('NOT_STEWARD')
      expect(await codeOf(offer(harbour.steward, dataset, harbour))).toBe('NOT_STEWARD')
    })

    it('is offered under a licence of the community that is taken in', async () => {
      const { dataset } = published
      const wrong = { licence: river.licence }
      expect(await codeOf(offer(river.steward, dataset, harbour, wrong))).toBe('NOT_ADOPTED')
      const nobody = { community: 'c_0000000000000000' }
      expect(await codeOf(offer(river.steward, dataset, harbour, nobody))).toBe('NOT_FOUND')
      expect(await codeOf(offer(river.steward, dataset, harbour, { rule: 'most' }))).toBe(
        'BAD_INPUT',
      )
      const self = { community: river.community, licence: river.licence }
      expect(await codeOf(offer(river.steward, dataset, harbour, self))).toBe('KEEPS_ALREADY')
    })

    it('is not there for those who may not see it, whatever they ask', async () => {
      const hidden = await createDataset(river)
      const absent = await offer(market.steward, 'd_0000000000000000', harbour)
      expect(await offer(market.steward, hidden, harbour)).toEqual(absent)
      expect(absent.refused?.code).toBe('NOT_FOUND')
    })

    it('is offered once, however often it is sent at the same moment', async () => {
      const { dataset } = await publish(river, FILE)
      const from = await sizeOf(registry)
      await Promise.all(
        [0, 1, 2].flatMap(() => [
          offer(river.steward, dataset, harbour),
          offer(river.steward, dataset, harbour, { rule: 'any' }),
        ]),
      )
      const made = await eventsSince(registry, from, 'proposal.made')
      expect(made.map(({ data }) => data.community).toSorted()).toEqual(
        [river.community, harbour.community].toSorted(),
      )
    })

    it('stays with the one when the other says no', async () => {
      const from = await sizeOf(registry)
      const { proposal } = await offer(river.steward, published.dataset, harbour)
      expect(statesOf(proposal?.joint ?? { rule: '', voices: [] })).toEqual({
        [river.community]: 'awaited',
        [harbour.community]: 'awaited',
      })
      expect(await codeOf(offer(river.steward, published.dataset, harbour))).toBe(
        'ALREADY_PROPOSED',
      )
      await answer(proposal?.joint ?? null, [river, 'yes'], [harbour, 'no'])
      const after = await jointOf(market.steward, proposal?.id ?? '')
      expect(after && statesOf(after)).toEqual({
        [river.community]: 'agreed',
        [harbour.community]: 'refused',
      })
      expect(await custodyOf(river.steward, published.dataset)).toBeNull()
      expect(await ofDataset(from, published.dataset, 'custody.joined')).toEqual([])
    })

    it('stays with the one when that one says no itself', async () => {
      const { proposal } = await offer(river.steward, published.dataset, harbour)
      await answer(proposal?.joint ?? null, [river, 'no'], [harbour, 'yes'])
      expect(await custodyOf(river.steward, published.dataset)).toBeNull()
    })

    it('stays with the one when the other does not answer', async () => {
      const { proposal } = await offer(river.steward, published.dataset, harbour)
      await answer(proposal?.joint ?? null, [river, 'yes'], [harbour, 'nobody'])
      const after = await jointOf(river.steward, proposal?.id ?? '')
      expect(after && statesOf(after)[harbour.community]).toBe('unanswered')
      expect(await custodyOf(river.steward, published.dataset)).toBeNull()
    })

    it('waits for the one in which too few could decide, and is theirs together once they have', async () => {
      const from = await sizeOf(registry)
      const { proposal } = await offer(river.steward, published.dataset, harbour)
      await answer(proposal?.joint ?? null, [river, 'yes'], [harbour, 'recused'])
      const waiting = await jointOf(river.steward, proposal?.id ?? '')
      expect(waiting && statesOf(waiting)).toEqual({
        [river.community]: 'agreed',
        [harbour.community]: 'awaited',
      })
      expect(await custodyOf(river.steward, published.dataset)).toBeNull()
      // Too few could decide: they are asked once more.
      await answer(waiting, [harbour, 'yes'])
      expect(await custodyOf(river.steward, published.dataset)).toEqual({
        rule: 'all',
        keepers: [
          { community: { id: river.community }, licence: { digest: river.licence }, left: false },
          {
            community: { id: harbour.community },
            licence: { digest: harbour.licence },
            left: false,
          },
        ],
      })
      const events = await ofDataset(from, published.dataset, 'custodian.agreed', 'custody.joined')
      expect(events.map(({ type, data }) => [type, data.community])).toEqual([
        ['custodian.agreed', river.community],
        ['custody.joined', harbour.community],
      ])
    })
  })

  describe('where all must agree', () => {
    it('is among the datasets of both and is tended by the stewards of both', async () => {
      const ids = await harbour.steward.run<{ community: { datasets: { id: string }[] } }>(
        'query ($slug: String!) { community(slug: $slug) { datasets { id } } }',
        { slug: 'harbour' },
      )
      expect(ids.community.datasets.map(({ id }) => id)).toContain(published.dataset)
      expect(await shown(harbour)).toMatchObject({ viewerCanSteward: true, viewerCanSuspend: true })
      expect(await shown(market)).toMatchObject({ viewerCanSteward: false, drafts: null })
    })

    it('gets a new version by the vote of both, and by no single one', async () => {
      const { dataset } = published
      const contributions = [
        await contribute(river, dataset, { 'more.txt': Buffer.from('Ano.\n') }),
      ]
      const next = { dataset, contributions, version: '2.0.0' }
      const { version } = await tryToAssemble({ ...harbour, licence: river.licence }, next)
      expect((await shown(harbour))?.drafts).toEqual([{ version: '2.0.0' }])
      const input = { dataset, manifestDigest: version.manifestDigest, stage: 4, reason: 'Ready.' }
      const ask = () =>
        propose(harbour.steward, ['proposePublication', 'ProposePublicationInput'], input)
      const first = await ask()
      expect(await codeOf(ask())).toBe('ALREADY_PROPOSED')
      await answer(first.proposal?.joint ?? null, [river, 'no'], [harbour, 'yes'])
      expect((await shown(river))?.newest?.version).toBe('1.0.0')
      const second = await ask()
      await answer(second.proposal?.joint ?? null, [river, 'yes'], [harbour, 'yes'])
      expect((await shown(river))?.newest?.version).toBe('2.0.0')
    })

    it('is closed at once by either and opened again by both', async () => {
      const { dataset } = published
      await suspend(harbour, dataset)
      expect((await shown(river))?.suspended).toEqual({ ratified: false })
      const open = () =>
        propose(river.steward, ['proposeReopening', 'DatasetVoteInput'], {
          dataset,
          reason: 'Looked at.',
        })
      await answer((await open()).proposal?.joint ?? null, [river, 'yes'], [harbour, 'no'])
      expect((await shown(river))?.suspended).not.toBeNull()
      await answer((await open()).proposal?.joint ?? null, [river, 'yes'], [harbour, 'yes'])
      expect((await shown(river))?.suspended).toBeNull()
    })

    it('is not published by the vote of one that began before there were two', async () => {
      const alone = await publish(river, FILE)
      const contributions = [
        await contribute(river, alone.dataset, { 'b.txt': Buffer.from('B\n') }),
      ]
      const next = { dataset: alone.dataset, contributions, version: '2.0.0' }
      const { version } = await tryToAssemble(river, next)
      const asked = await offer(river.steward, alone.dataset, harbour)
      await registry.days(5)
      const input = { ...next, contributions: undefined, version: undefined, licence: undefined }
      const own = await propose(river.steward, ['proposePublication', 'ProposePublicationInput'], {
        dataset: input.dataset,
        manifestDigest: version.manifestDigest,
        stage: 4,
        reason: 'Ready.',
      })
      expect(own.proposal?.joint).toBeNull()
      const joint = {
        rule: 'all',
        voices: [
          ...(asked.proposal?.joint?.voices ?? []),
          { community: { id: 'own' }, state: '', proposal: own.proposal },
        ],
      }
      await answer(joint, [river, 'yes'], [harbour, 'yes'], [{ ...river, community: 'own' }, 'yes'])
      await registry.days(6)
      expect(await custodyOf(river.steward, alone.dataset)).not.toBeNull()
      expect((await shown(river, alone.dataset))?.newest?.version).toBe('1.0.0')
      const [declined] = await ofDataset(0, alone.dataset, 'decision.declined')
      expect(declined?.data).toMatchObject({ proposal: own.proposal?.id, why: 'CUSTODY_CHANGED' })
    })
  })

  describe('when the machine stops in between', () => {
    it('is asked of the second community once it runs again, once', async () => {
      const { dataset } = await publish(river, FILE)
      const { log, datasets } = registry.house.services
      const { append } = log
      log.append = (event, options) =>
        event.type === 'proposal.made' && event.data.community === harbour.community
          ? Promise.reject(new Error('the machine stopped'))
          : append(event, options)
      const answered = await river.steward
        .raw(
          'mutation ($input: ProposeCustodyInput!) { proposeCustody(input: $input) { proposal { id } } }',
          {
            input: {
              dataset,
              step: 'join',
              community: harbour.community,
              rule: 'all',
              licence: harbour.licence,
              reason: 'Both tell these stories.',
            },
          },
        )
        .finally(() => {
          log.append = append
        })
      expect(answered.errors).toHaveLength(1)
      registry.faults.length = 0
      const [id] = await datasets.proposalsAbout(dataset, 'dataset.custody')
      const half = await jointOf(river.steward, id ?? '')
      expect(half?.voices.map(({ proposal }) => proposal?.id ?? null)).toEqual([id, null])
      await datasets.recover()
      await datasets.recover()
      expect(await datasets.proposalsAbout(dataset, 'dataset.custody')).toHaveLength(2)
      await answer(await jointOf(river.steward, id ?? ''), [river, 'yes'], [harbour, 'yes'])
      expect(await custodyOf(river.steward, dataset)).not.toBeNull()
    })

    it('comes about once when it stopped between the two yeses', async () => {
      const { dataset } = await publish(river, FILE)
      const from = await sizeOf(registry)
      const { proposal } = await offer(river.steward, dataset, harbour)
      const { log } = registry.house.services
      const { command } = log
      let stopped = false
      log.command = (stream, cmd, decide, options) =>
        command(
          stream,
          cmd,
          (history, now) => {
            const decided = decide(history, now)
            if ('type' in decided && decided.type === 'custody.joined' && !stopped) {
              stopped = true
              throw new Error('the machine stopped')
            }
            return decided
          },
          options,
        )
      await answer(proposal?.joint ?? null, [river, 'yes'], [harbour, 'yes']).finally(() => {
        log.command = command
      })
      expect(stopped).toBe(true)
      registry.faults.length = 0
      await Promise.all([0, 1, 2].map(() => registry.house.tick()))
      const events = await ofDataset(from, dataset, 'custodian.agreed', 'custody.joined')
      expect(events.map(({ type }) => type)).toEqual(['custodian.agreed', 'custody.joined'])
      expect(await custodyOf(river.steward, dataset)).not.toBeNull()
    })
  })

  describe('where one is enough', () => {
    it('is published and taken down by the vote of either', async () => {
      const { dataset } = await publish(river, FILE)
      await share(river, harbour, dataset, { rule: 'any' })
      const contributions = [await contribute(harbour, dataset, { 'b.txt': Buffer.from('B\n') })]
      const next = { dataset, contributions, version: '2.0.0' }
      const { version } = await tryToAssemble(river, next)
      const input = { dataset, manifestDigest: version.manifestDigest, stage: 4, reason: 'Ready.' }
      const asked = await propose(
        harbour.steward,
        ['proposePublication', 'ProposePublicationInput'],
        input,
      )
      expect(asked.proposal?.joint).toBeNull()
      const alone = (id?: string) => ({
        rule: 'any',
        voices: [{ community: { id: harbour.community }, state: '', proposal: id ? { id } : null }],
      })
      await answer(alone(asked.proposal?.id), [harbour, 'yes'])
      expect((await shown(river, dataset))?.newest?.version).toBe('2.0.0')
      const end = { dataset, reason: 'It must not be seen.' }
      const down = await propose(harbour.contributor, ['proposeTakedown', 'DatasetVoteInput'], end)
      await answer(alone(down.proposal?.id), [harbour, 'yes'])
      expect((await shown(river, dataset))?.suspended).toEqual({ ratified: true })
    })
  })

  describe('where one is enough and one closed it', () => {
    it('is opened again by that one as well, never over its head', async () => {
      const { dataset } = await publish(river, FILE)
      await share(river, harbour, dataset, { rule: 'any' })
      await suspend(river, dataset)
      const again = { dataset, reason: 'We see nothing wrong with it.' }
      const reopening = (by: Village) =>
        propose(by.steward, ['proposeReopening', 'DatasetVoteInput'], again)
      const { proposal } = await reopening(harbour)
      await answer(proposal?.joint ?? null, [harbour, 'yes'], [river, 'no'])
      expect((await shown(river, dataset))?.suspended).not.toBeNull()
      const own = await reopening(river)
      expect(own.proposal?.joint).toBeNull()
    })
  })

  describe('when one of them leaves', () => {
    const step = (by: Village, what: string, community: string, dataset: string) =>
      propose(by.steward, ['proposeCustody', 'ProposeCustodyInput'], {
        dataset,
        step: what,
        community,
        reason: 'It is time.',
      })

    it('is left by its own vote', async () => {
      const { dataset } = published
      expect(await codeOf(step(river, 'leave', harbour.community, dataset))).toBe('NOT_YOURS')
      expect(await codeOf(step(market, 'leave', market.community, dataset))).toBe('NOT_STEWARD')
      expect(await codeOf(step(river, 'end', harbour.community, dataset))).toBe('NOTHING_LEFT')
    })

    it('is bound by its terms until those who remain let go of them', async () => {
      const { dataset } = published
      const { proposal } = await step(harbour, 'leave', harbour.community, dataset)
      expect(proposal?.joint).toBeNull()
      const own = (village: Village, id?: string) => ({
        rule: 'all',
        voices: [{ community: { id: village.community }, state: '', proposal: id ? { id } : null }],
      })
      await answer(own(harbour, proposal?.id), [harbour, 'yes'])
      const left = await custodyOf(river.steward, dataset)
      expect(left?.keepers.map((one) => one.left)).toEqual([false, true])
      expect((await shown(harbour))?.viewerCanSteward).toBe(false)
      const { version } = await river.steward
        .run<{
          version: { terms: { custodians: object[] }[] }
        }>(
          'query ($id: ID!) { version: dataset(id: $id) { terms: version { terms { custodians { community { id } } } } } }',
          { id: dataset },
        )
        .then(({ version: one }) => ({
          version: (one as unknown as { terms: { terms: { custodians: object[] }[] } }).terms,
        }))
      expect(version.terms[0]?.custodians).toHaveLength(2)
      const end = await step(river, 'end', harbour.community, dataset)
      await answer(own(river, end.proposal?.id), [river, 'yes'])
      expect(await custodyOf(river.steward, dataset)).toBeNull()
      expect(await codeOf(step(river, 'leave', river.community, dataset))).toBe('LAST_KEEPER')
    })
  })

  it('is proved again by whoever verifies the log and folds it anew', async () => {
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
    expect(urlOf(published, 'words.txt')).not.toBe('')
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
