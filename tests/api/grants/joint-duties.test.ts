import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  decide,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { answer, type Joint, propose, share, statesOf } from '../../support/together.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'
import { duty } from './duties.ts'
import { ask, eventsSince, sizeOf } from './held.ts'

const FILE = { 'words.txt': Buffer.from('He kupu.\n') }

interface Seen {
  readonly id: string
  readonly state: string
  readonly joint: Joint | null
  readonly proposal: { readonly id: string } | null
  readonly grant: { readonly id: string } | null
}

const REQUEST = `query ($id: ID!) { request(id: $id) { id state proposal { id } grant { id }
  joint { rule voices { community { id } state proposal { id } } } } }`

describe('what is owed and renewed where two communities keep a dataset', () => {
  let registry: Registry
  let river: Village
  let harbour: Village
  /** A licence of the harbour that asks for one thing more. */
  let telling: string

  const read = async (id: string, by = river.researcher): Promise<Seen> => {
    const { request } = await by.run<{ request: Seen | null }>(REQUEST, { id })
    if (!request) throw new Error('no such request')
    return request
  }
  const kept = async (changes: object = {}): Promise<Published> => {
    const published = await publish(river, FILE)
    await share(river, harbour, published.dataset, changes)
    return published
  }
  const granted = async (dataset: string, by?: Village): Promise<string> => {
    const acceptedDuties = ['attribute', 'reportBack', 'shareBack', 'informCouncil']
    const input = requestInput(dataset, { acceptedDuties })
    const { request, refused } = await requestAccess(river.researcher, input)
    if (!request) throw new Error(`nothing asked: ${JSON.stringify(refused)}`)
    const { joint } = await read(request.id)
    if (joint) await answer(joint, [river, 'yes'], [harbour, 'yes'])
    else await decide(by ?? river, request.proposal?.id ?? '')
    return (await read(request.id)).grant?.id ?? ''
  }
  const waiver = (by: Person, grant: string, kind = 'reportBack') =>
    propose(by, ['proposeWaiver', 'ProposeWaiverInput'], {
      grant,
      duty: kind,
      reason: 'Floods kept them from the archive.',
    })
  const phase = async (grant: string, kind = 'reportBack') =>
    (await duty(river.researcher, grant, kind)).phase

  const adoptTelling = async (): Promise<string> => {
    const { licences } = registry.house.services
    const [first] = await licences.adoptedBy(harbour.community)
    const document = structuredClone(first?.document) as {
      uid: string
      permission: { duty?: object[] }[]
    }
    document.uid = `${document.uid}:tell`
    for (const [nth, rule] of document.permission.entries())
      rule.duty?.push({ uid: `${document.uid}#tell-${nth}`, action: 'sov:informCouncil' })
    const input = { community: harbour.community, document, reason: 'We want to hear of it first.' }
    await decide(
      harbour,
      await ask(harbour.steward, 'proposeLicence', 'ProposeLicenceInput', input),
    )
    const all = await licences.adoptedBy(harbour.community)
    return all.find(({ digest }) => digest !== first?.digest)?.digest ?? ''
  }

  beforeAll(async () => {
    registry = await startRegistry()
    river = await found(registry)
    harbour = await foundAnother(river, 'harbour')
    await attest(river)
    await attest(harbour)
    telling = await adoptTelling()
  }, 240_000)
  afterAll(() => registry.close())

  describe('a duty that the licences of both ask for', () => {
    let grant: string
    beforeAll(async () => {
      grant = await granted((await kept()).dataset)
    }, 120_000)

    it('is waived by both councils and by neither alone', async () => {
      const from = await sizeOf(registry)
      const { proposal } = await waiver(harbour.steward, grant)
      expect(statesOf(proposal?.joint ?? { rule: '', voices: [] })).toEqual({
        [river.community]: 'awaited',
        [harbour.community]: 'awaited',
      })
      await answer(proposal?.joint ?? null, [river, 'no'], [harbour, 'yes'])
      expect(await phase(grant)).not.toBe('waived')
      expect(await eventsSince(registry, from, 'duty.waived')).toEqual([])
      const again = await waiver(river.steward, grant)
      await answer(again.proposal?.joint ?? null, [river, 'yes'], [harbour, 'yes'])
      expect(await phase(grant)).toBe('waived')
      expect(await eventsSince(registry, from, 'duty.waived')).toHaveLength(1)
      expect(await phase(grant, 'shareBack')).not.toBe('waived')
      expect((await waiver(river.steward, grant)).refused?.code).toBe('DUTY_SETTLED')
    })

    it('is put before the second council once the machine runs again, and waived once', async () => {
      const { log, datasets } = registry.house.services
      const { append } = log
      log.append = (event, options) =>
        event.type === 'proposal.made' && event.data.community === harbour.community
          ? Promise.reject(new Error('the machine stopped'))
          : append(event, options)
      await waiver(river.steward, grant, 'shareBack')
        .catch(() => null)
        .finally(() => {
          log.append = append
        })
      registry.faults.length = 0
      const from = await sizeOf(registry)
      await datasets.recover()
      await datasets.recover()
      const [made, ...more] = await eventsSince(registry, from, 'proposal.made')
      expect(more).toEqual([])
      const { proposal } = await river.steward.run<{ proposal: { joint: Joint } }>(
        `query ($id: ID!) { proposal(id: $id) {
           joint { rule voices { community { id } state proposal { id } } } } }`,
        { id: made?.data.proposal },
      )
      await answer(proposal.joint, [river, 'yes'], [harbour, 'yes'])
      expect(await phase(grant, 'shareBack')).toBe('waived')
    })
  })

  describe('a duty that comes from what the work was made from', () => {
    it('is waived by the council of that as well, and never by the one of the work alone', async () => {
      const { dataset, version } = await publish(harbour, FILE)
      await granted(dataset, harbour)
      const more = { 'more.txt': Buffer.from('He kupu anō.\n') }
      const work = await publish(river, more, { parents: [{ dataset, version }] })
      const grant = await granted(work.dataset)
      const { proposal } = await waiver(river.steward, grant)
      const joint = proposal?.joint ?? null
      expect(joint?.voices.map(({ community }) => community.id)).toEqual([
        river.community,
        harbour.community,
      ])
      const [voter] = harbour.council
      const theirs = joint?.voices.find(({ community }) => community.id === harbour.community)
      const { seen } = await (voter ?? harbour.steward).run<{
        seen: { subject: { grant: { id: string } | null } }
      }>('query ($id: ID!) { seen: proposal(id: $id) { subject { grant { id } } } }', {
        id: theirs?.proposal?.id,
      })
      expect(seen.subject.grant?.id).toBe(grant)
      await answer(joint, [river, 'yes'], [harbour, 'no'])
      expect(await phase(grant)).not.toBe('waived')
      const again = await waiver(harbour.steward, grant)
      await answer(again.proposal?.joint ?? null, [river, 'yes'], [harbour, 'yes'])
      expect(await phase(grant)).toBe('waived')
    })
  })

  describe('a duty that the licence of one asks for', () => {
    it('is waived by the council of that one, and the other is told so', async () => {
      const grant = await granted((await kept({ licence: telling })).dataset)
      expect((await waiver(river.steward, grant, 'informCouncil')).refused?.code).toBe(
        'OTHER_COUNCIL',
      )
      const one = await waiver(harbour.steward, grant, 'informCouncil')
      expect(one.proposal?.joint).toBeNull()
      await decide(harbour, one.proposal?.id ?? '')
      expect(await phase(grant, 'informCouncil')).toBe('waived')
      const both = await waiver(harbour.steward, grant, 'attribute')
      expect(both.proposal?.joint?.voices).toHaveLength(2)
    })

    it('is waived by those who remain once that one has left its terms behind', async () => {
      const { dataset } = await kept({ licence: telling })
      const grant = await granted(dataset)
      const left = await propose(harbour.steward, ['proposeCustody', 'ProposeCustodyInput'], {
        dataset,
        step: 'leave',
        community: harbour.community,
        reason: 'It is time.',
      })
      await decide(harbour, left.proposal?.id ?? '')
      const asked = await waiver(river.steward, grant, 'informCouncil')
      expect([asked.proposal?.joint, asked.refused]).toEqual([null, null])
      await decide(river, asked.proposal?.id ?? '')
      expect(await phase(grant, 'informCouncil')).toBe('waived')
    })
  })

  describe('a further term', () => {
    const renew = async (grant: string) => {
      const input = {
        grant,
        changes: 'Nothing has changed: we go on counting the verbs of the stories.',
        days: 100,
        acceptedDuties: ['attribute', 'reportBack', 'shareBack'],
      }
      const { renewAccess } = await river.researcher.run<{
        renewAccess: { request: { id: string } | null; refused: { code: string } | null }
      }>(
        `mutation ($input: RenewAccessInput!) { renewAccess(input: $input) {
           request { id } refused { code } } }`,
        { input },
      )
      return renewAccess
    }
    const pending = async (grant: string) => {
      const { grant: found } = await river.researcher.run<{
        grant: { pendingRenewal: { id: string } | null; renewedBy: string | null }
      }>('query ($id: ID!) { grant(id: $id) { renewedBy pendingRenewal { id } } }', { id: grant })
      return found
    }

    it('takes the yes of both councils, and is awaited until the last has spoken', async () => {
      const from = await sizeOf(registry)
      const grant = await granted((await kept()).dataset)
      const { request } = await renew(grant)
      const id = request?.id ?? ''
      const { joint } = await read(id)
      expect(joint?.voices.map(({ community }) => community.id)).toEqual([
        river.community,
        harbour.community,
      ])
      await answer(joint, [river, 'yes'], [harbour, 'recused'])
      expect((await pending(grant)).pendingRenewal).toEqual({ id })
      expect((await renew(grant)).refused?.code).toBe('RENEWAL_PENDING')
      await registry.house.services.datasets.recover()
      const waiting = await read(id)
      expect(waiting.joint && statesOf(waiting.joint)).toEqual({
        [river.community]: 'agreed',
        [harbour.community]: 'awaited',
      })
      await answer(waiting.joint, [harbour, 'yes'])
      const after = await read(id)
      expect(after.state).toBe('granted')
      expect(await pending(grant)).toEqual({ renewedBy: after.grant?.id, pendingRenewal: null })
      const [, issued] = await eventsSince(registry, from, 'grant.issued')
      expect(issued?.data).toMatchObject({
        renews: grant,
        approvedBy: [river.community, harbour.community],
      })
    })

    it('is over with the no of one', async () => {
      const grant = await granted((await kept()).dataset)
      const { request } = await renew(grant)
      const { joint } = await read(request?.id ?? '')
      await answer(joint, [river, 'yes'], [harbour, 'no'])
      expect(await pending(grant)).toEqual({ renewedBy: null, pendingRenewal: null })
      expect((await read(request?.id ?? '')).state).toBe('rejected')
    })

    it('takes the first yes where one is enough', async () => {
      const { dataset } = await kept({ rule: 'any' })
      const { request: first } = await requestAccess(river.researcher, requestInput(dataset))
      const { joint } = await read(first?.id ?? '')
      await answer(joint, [river, 'yes'], [harbour, 'no'])
      const grant = (await read(first?.id ?? '')).grant?.id ?? ''
      const { request, refused } = await renew(grant)
      expect(refused).toBeNull()
      const next = await read(request?.id ?? '')
      expect(next.joint?.rule ?? 'one').not.toBe('all')
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
