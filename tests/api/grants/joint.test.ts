import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expandPolicy } from '../../../api/src/licences/linked-data.ts'
import {
  attest,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { mailsTo } from '../../support/mailbox.ts'
import { type Adopted, adoptChanged, peoplesClause } from '../../support/people-clause.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { answer, type Joint, propose, share, statesOf } from '../../support/together.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'
import { accept } from './duties.ts'
import { eventsSince, revoke, sizeOf, suspend, urlOf } from './held.ts'

const FILE = { 'words.txt': Buffer.from('He kupu.\n') }

interface Request {
  readonly id: string
  readonly state: string
  readonly joint: Joint | null
  readonly grant: { readonly id: string; readonly state: string } | null
}

const REQUEST = `query ($id: ID!) { request(id: $id) {
  id state joint { rule voices { community { id } state proposal { id } } } grant { id state }
} }`

describe('access to what two communities keep', () => {
  let registry: Registry
  let river: Village
  let harbour: Village
  let market: Village

  /** What the door would answer: a look at it starts no duty, whose days the clock here runs past. */
  const code = async ({ dataset, version }: Published): Promise<string> => {
    const { people, grants } = registry.house.services
    const account = await people.accountByEmail(river.researcher.email)
    const actor = account && { account, session: 's', scopes: null }
    const passed = await grants.pass(actor, { dataset, version, path: 'words.txt' })
    return passed.ok ? 'ok' : passed.code
  }
  const read = async (id: string, by = river.researcher): Promise<Request | null> =>
    (await by.run<{ request: Request | null }>(REQUEST, { id })).request
  const ask = async (dataset: string, changes: object = {}): Promise<Request> => {
    const asked = await requestAccess(river.researcher, requestInput(dataset, changes))
    const request = asked.request && (await read(asked.request.id))
    if (!request) throw new Error(`nothing asked: ${JSON.stringify(asked.refused)}`)
    return request
  }
  /** On what a next version of the licence of a community would bear. */
  const impactOf = async ({ community, licence: digest, steward }: Village) => {
    const adopted = await registry.house.services.licences.licence(digest)
    const input = { community, licence: adopted?.id, document: adopted?.document }
    const { licenceImpact } = await steward.run<{
      licenceImpact: { datasets: number; grants: number }
    }>('query ($input: LicenceImpactInput!) { licenceImpact(input: $input) { datasets grants } }', {
      input,
    })
    return licenceImpact
  }
  const kept = async (rule: 'all' | 'any', other = harbour): Promise<Published> => {
    const published = await publish(river, FILE)
    await share(river, other, published.dataset, { rule })
    return published
  }
  const agreed = async (
    rule: 'all' | 'any',
  ): Promise<Published & { grant: string; request: string }> => {
    const published = await kept(rule)
    const { id, joint } = await ask(published.dataset)
    await answer(joint, [river, 'yes'], [harbour, 'yes'])
    return { ...published, request: id, grant: (await read(id))?.grant?.id ?? '' }
  }

  beforeAll(async () => {
    registry = await startRegistry()
    river = await found(registry)
    harbour = await foundAnother(river, 'harbour')
    market = await foundAnother(river, 'market', 'open')
    await attest(river)
    await attest(harbour)
  }, 240_000)
  afterAll(() => registry.close())

  describe('where all must permit', () => {
    it('takes the yes of both councils, and neither issues anything alone', async () => {
      const published = await kept('all')
      const from = await sizeOf(registry)
      const { id, state, joint } = await ask(published.dataset)
      expect(state).toBe('voting')
      expect(joint?.rule).toBe('all')
      await answer(joint, [river, 'yes'], [harbour, 'recused'])
      const waiting = await read(id)
      expect(waiting?.state).toBe('voting')
      expect(waiting?.joint && statesOf(waiting.joint)).toEqual({
        [river.community]: 'agreed',
        [harbour.community]: 'awaited',
      })
      expect(await code(published)).toBe('NO_GRANT')
      await answer(waiting?.joint ?? null, [harbour, 'yes'])
      expect(await read(id)).toMatchObject({ state: 'granted', grant: { state: 'active' } })
      expect(await code(published)).toBe('ok')
      expect(await eventsSince(registry, from, 'request.agreed')).toHaveLength(1)
      const [issued, ...more] = await eventsSince(registry, from, 'grant.issued')
      expect(more).toEqual([])
      expect(issued?.data).toMatchObject({
        community: river.community,
        approvedBy: [river.community, harbour.community],
      })
      const held = `/grants/${(await read(id))?.grant?.id}/agreement`
      const agreements = (await (await river.researcher.fetch(`${held}.jsonld`)).json()) as {
        '@graph': readonly Record<string, unknown>[]
      }
      expect(await expandPolicy(agreements)).toHaveLength(2)
      expect(agreements['@graph'].map((one) => one['sov:licenceDigest'])).toEqual([
        river.licence,
        harbour.licence,
      ])
      for (const [nth, one] of agreements['@graph'].entries())
        expect(one['sov:holdsTogetherWith']).toEqual([
          { '@id': agreements['@graph'][1 - nth]?.uid },
        ])
      const quads = await (await river.researcher.fetch(`${held}.nq`)).text()
      expect(quads).toContain('urn:commonhold:sovereignty:1#permittedUnder')
      expect((await harbour.steward.fetch(`${held}.nq`)).status).toBe(404)
    })

    it('is refused by the no of one', async () => {
      const published = await kept('all')
      const { id, joint } = await ask(published.dataset)
      await answer(joint, [river, 'yes'], [harbour, 'no'])
      expect((await read(id))?.state).toBe('rejected')
      expect(await code(published)).toBe('NO_GRANT')
      const again = await requestAccess(river.researcher, requestInput(published.dataset))
      expect(again.refused?.code).toBe('NOT_PERMITTED')
    })

    it('asks only the council whose licence does not permit by itself', async () => {
      const published = await kept('all', market)
      const { id, joint } = await ask(published.dataset)
      expect(joint).toBeNull()
      const { request } = await river.researcher.run<{
        request: { proposal: { id: string; community: { id: string } } }
      }>('query ($id: ID!) { request(id: $id) { proposal { id community { id } } } }', { id })
      expect(request.proposal.community.id).toBe(river.community)
      const alone = {
        rule: 'all',
        voices: [{ community: { id: river.community }, state: '', proposal: request.proposal }],
      }
      await answer(alone, [river, 'yes'])
      expect(await code(published)).toBe('ok')
    })

    it('reads requests in both communities and in no other', async () => {
      const published = await kept('all')
      const { id, joint } = await ask(published.dataset)
      expect(await read(id, harbour.steward)).not.toBeNull()
      expect(await read(id, market.steward)).toBeNull()
      await answer(joint, [river, 'no'], [harbour, 'no'])
    })

    it('ends by the suspension or the revocation of either', async () => {
      const published = await agreed('all')
      await suspend(harbour, published.dataset)
      expect(await code(published)).toBe('SUSPENDED')
      const asked = await propose(river.steward, ['proposeReopening', 'DatasetVoteInput'], {
        dataset: published.dataset,
        reason: 'It has been looked into.',
      })
      await answer(asked.proposal?.joint ?? null, [river, 'yes'], [harbour, 'yes'])
      expect(await code(published)).toBe('ok')
      await revoke(harbour, published.grant)
      expect(await code(published)).toBe('GRANT_REVOKED')
    })

    it('binds what was granted before the other came, until that one agrees, too', async () => {
      const published = await publish(river, FILE)
      const first = await requestAccess(river.researcher, requestInput(published.dataset))
      const own = first.request?.proposal?.id ?? ''
      const alone = {
        rule: 'all',
        voices: [{ community: { id: river.community }, state: '', proposal: { id: own } }],
      }
      await answer(alone, [river, 'yes'])
      expect(await code(published)).toBe('ok')
      const before = await impactOf(harbour)
      await share(river, harbour, published.dataset)
      expect(await code(published)).toBe('LICENCE_REFUSES')
      // Whoever changes the licence they came with is told of this grant, too.
      const { datasets, grants } = await impactOf(harbour)
      expect([datasets - before.datasets, grants - before.grants]).toEqual([1, 1])
    })

    it('stays bound by the terms of one that has left: nothing widens without a vote', async () => {
      const published = await agreed('all')
      const step = (by: Village, what: string) =>
        propose(by.steward, ['proposeCustody', 'ProposeCustodyInput'], {
          dataset: published.dataset,
          step: what,
          community: harbour.community,
          reason: 'It is time.',
        })
      const own = (village: Village, id = '') => ({
        rule: 'all',
        voices: [{ community: { id: village.community }, state: '', proposal: { id } }],
      })
      const { proposal } = await step(harbour, 'leave')
      await answer(own(harbour, proposal?.id), [harbour, 'yes'])
      expect(await code(published)).toBe('ok')
      const refused = await requestAccess(
        river.researcher,
        requestInput(published.dataset, {
          use: { purposes: ['learning'], actions: ['download'] },
        }),
      )
      expect(refused.refused?.code).toBe('NOT_GRANTABLE')
      const end = await step(river, 'end')
      await answer(own(river, end.proposal?.id), [river, 'yes'])
      expect(await code(published)).toBe('ok')
    })

    it('issues one grant although the machine stopped between the two councils', async () => {
      const published = await kept('all')
      const { id, joint } = await ask(published.dataset)
      const from = await sizeOf(registry)
      const { log } = registry.house.services
      const { append } = log
      log.append = (event, options) =>
        event.type === 'grant.issued'
          ? Promise.reject(new Error('the machine stopped'))
          : append(event, options)
      await answer(joint, [river, 'yes'], [harbour, 'yes']).finally(() => {
        log.append = append
      })
      expect(await code(published)).toBe('NO_GRANT')
      registry.faults.length = 0
      await Promise.all([0, 1, 2].map(() => registry.house.tick()))
      expect(await eventsSince(registry, from, 'grant.issued')).toHaveLength(1)
      expect((await read(id))?.state).toBe('granted')
    })

    it('is put before the second council once the machine runs again, once', async () => {
      const published = await kept('all')
      const { log, grants, datasets } = registry.house.services
      const { append } = log
      log.append = (event, options) =>
        event.type === 'proposal.made' && event.data.community === harbour.community
          ? Promise.reject(new Error('the machine stopped'))
          : append(event, options)
      await requestAccess(river.researcher, requestInput(published.dataset))
        .catch(() => null)
        .finally(() => {
          log.append = append
        })
      registry.faults.length = 0
      expect(await datasets.proposalsAbout(published.dataset, 'grant.issue')).toHaveLength(1)
      await grants.recover()
      await grants.recover()
      expect(await datasets.proposalsAbout(published.dataset, 'grant.issue')).toHaveLength(2)
    })
  })

  describe('where one is enough', () => {
    it('takes the first yes, and the no of the other does not matter', async () => {
      const published = await kept('any')
      const from = await sizeOf(registry)
      const { id, joint } = await ask(published.dataset)
      expect(joint?.rule).toBe('any')
      await answer(joint, [river, 'no'], [harbour, 'yes'])
      expect((await read(id))?.state).toBe('granted')
      expect(await code(published)).toBe('ok')
      const [issued] = await eventsSince(registry, from, 'grant.issued')
      expect(issued?.data.community).toBe(harbour.community)
    })

    it('issues one grant when both say yes', async () => {
      const from = await sizeOf(registry)
      const published = await agreed('any')
      expect(await eventsSince(registry, from, 'grant.issued')).toHaveLength(1)
      expect(await eventsSince(registry, from, 'grant.declined')).toHaveLength(1)
      expect(await code(published)).toBe('ok')
    })

    it('is refused by the no of both', async () => {
      const published = await kept('any')
      const { id, joint } = await ask(published.dataset)
      await answer(joint, [river, 'no'], [harbour, 'no'])
      expect((await read(id))?.state).toBe('rejected')
      expect(await code(published)).toBe('NO_GRANT')
    })

    it('needs no vote where one of the licences permits by itself', async () => {
      const published = await kept('any', market)
      const asked = await requestAccess(river.researcher, requestInput(published.dataset))
      expect(asked.request?.state).toBe('granted')
      expect(await code(published)).toBe('ok')
    })

    it('ends with the place of the one that said yes', async () => {
      const published = await kept('any')
      const { joint } = await ask(published.dataset)
      await answer(joint, [river, 'no'], [harbour, 'yes'])
      expect(await code(published)).toBe('ok')
      const { proposal } = await propose(
        harbour.steward,
        ['proposeCustody', 'ProposeCustodyInput'],
        {
          dataset: published.dataset,
          step: 'leave',
          community: harbour.community,
          reason: 'It is time.',
        },
      )
      const own = {
        rule: 'any',
        voices: [
          { community: { id: harbour.community }, state: '', proposal: { id: proposal?.id ?? '' } },
        ],
      }
      await answer(own, [harbour, 'yes'])
      expect(await code(published)).not.toBe('ok')
    })
  })

  describe('what somebody reads before asking', () => {
    const LOOK = `query ($id: ID!, $ids: [ID!]!, $use: DescribedUseInput!, $search: DatasetSearchInput) {
      dataset(id: $id) { usable(use: $use) { outlook } }
      together(datasets: $ids) { duties dutiesByChoice actions { action possible refusing { id } } }
      datasets(search: $search) { nodes { id } }
    }`
    interface Look {
      readonly dataset: { readonly usable: { readonly outlook: string } | null }
      readonly together: {
        readonly duties: readonly string[]
        readonly dutiesByChoice: readonly string[]
        readonly actions: readonly {
          readonly action: string
          readonly possible: boolean
          readonly refusing: readonly { readonly id: string }[]
        }[]
      }
      readonly datasets: { readonly nodes: readonly { readonly id: string }[] }
    }
    let openOne: Published

    const look = ({ dataset: id }: Published): Promise<Look> =>
      harbour.researcher.run<Look>(LOOK, {
        id,
        ids: [id, openOne.dataset],
        use: { purpose: 'learning', actorKind: 'academic', commercialTie: 'no', country: 'DE' },
        search: { community: [market.community], licence: ['open'], first: 50 },
      })
    const canRedistribute = ({ together }: Look) =>
      together.actions.find(({ action }) => action === 'redistribute')

    beforeAll(async () => {
      openOne = await publish(market, FILE)
    }, 60_000)

    it('is the answer of all who keep it where all must permit', async () => {
      const published = await kept('all', market)
      const { dataset, ...more } = await look(published)
      expect(dataset.usable?.outlook).toBe('council')
      expect(canRedistribute({ dataset, ...more })).toMatchObject({
        possible: false,
        refusing: [{ id: published.dataset }],
      })
      expect(more.together.duties.join(' ')).toContain('within 180 days')
      expect(more.together.dutiesByChoice).toEqual([])
    })

    it('is the answer of the one that permits where one is enough', async () => {
      const published = await kept('any', market)
      const { dataset, ...more } = await look(published)
      expect(dataset.usable?.outlook).toBe('permit')
      expect(canRedistribute({ dataset, ...more })).toMatchObject({ possible: true, refusing: [] })
      expect(more.together.duties.join(' ')).not.toContain('within 180 days')
      expect(more.together.dutiesByChoice.join(' ')).toContain('within 180 days')
    })

    it('is found under each of the communities and licences that keep it', async () => {
      const published = await kept('all', market)
      const ids = (await look(published)).datasets.nodes.map(({ id }) => id)
      expect(ids).toContain(published.dataset)
      expect(ids).toContain(openOne.dataset)
    })
  })

  describe('what a licence leaves to people', () => {
    const ELDERS = 'The elders look at it first.'
    let elders: Adopted
    let place: Village
    let published: Published
    let granted: Request

    const withElders = (village: Village, uid: string, replaces: string | null = null) =>
      adoptChanged(village, { digest: village.licence, replaces, uid }, (document) => {
        document['sov:humanOnly'] = [peoplesClause(document, 'elders', ELDERS)]
      })
    const precheck = async (facts: object = {}) => {
      const { input } = { input: { ...requestInput(published.dataset), version: null } }
      const { grants, people } = registry.house.services
      const account = await people.accountByEmail(river.researcher.email)
      const actor = account && { account, session: 's', scopes: null }
      const { dataset, use, acceptedDuties, facts: declared } = input
      const asked = { dataset, use, acceptedDuties, facts: { ...declared, ...facts } }
      return grants.precheck(actor, asked)
    }
    const alone = async (id: string, by: Village): Promise<Joint> => {
      const { request } = await by.researcher.run<{ request: { proposal: { id: string } } }>(
        'query ($id: ID!) { request(id: $id) { proposal { id } } }',
        { id },
      )
      const voice = { community: { id: by.community }, state: '', proposal: request.proposal }
      return { rule: 'all', voices: [voice] }
    }
    const settledIn = async (from: number) =>
      (await eventsSince(registry, from, 'grant.issued')).map(({ data }) => data.settled)

    beforeAll(async () => {
      elders = await withElders(river, 'urn:commonhold:licence:elders:1')
      place = { ...river, licence: elders.digest }
      published = await publish(place, FILE)
    }, 120_000)

    it('is told beforehand to be for the council itself, and nobody can say it was settled', async () => {
      for (const facts of [{}, { settledByPeople: 'yes' }]) {
        const told = await precheck(facts)
        expect(told?.decision).toMatchObject({ decision: 'refer', needs: { council: true } })
        expect(told?.reasons.map(({ text }) => text).join(' ')).toContain(
          'the council decides this itself, by a vote on this very request',
        )
      }
      const said = requestInput(published.dataset, {
        facts: { ...requestInput('').facts, settledByPeople: 'yes' },
      })
      await expect(requestAccess(river.researcher, said)).rejects.toThrow('settledByPeople')
    })

    it('is answered by no standing decision, whatever the council has handed over', async () => {
      const { proposal, refused } = await propose(
        river.council[0] ?? river.steward,
        ['proposeDelegation', 'ProposeDelegationInput'],
        {
          community: river.community,
          purposes: ['linguisticResearch'],
          actions: ['download'],
          datasets: [published.dataset],
          longestDays: 400,
          largestTeam: 5,
          noCommercialTie: false,
          until: new Date(registry.house.services.log.now() + 300 * 86_400_000).toISOString(),
          reason: 'We are asked for this often.',
        },
      )
      expect(refused).toBeNull()
      const voice = { community: { id: river.community }, state: '', proposal }
      await answer({ rule: 'all', voices: [voice] }, [river, 'yes'])
      granted = await ask(published.dataset, { days: 400 })
      expect(granted.state).toBe('voting')
    })

    it('is settled by the vote on the request, which says in words what it settles', async () => {
      const { voices } = await alone(granted.id, river)
      const { proposal } = await river.steward.run<{ proposal: { text: string } }>(
        'query ($id: ID!) { proposal(id: $id) { text } }',
        { id: voices[0]?.proposal?.id },
      )
      expect(proposal.text).toContain(`“${ELDERS}” (A village)`)
      const letters = await mailsTo(registry, 'one@village.example')
      expect(letters.at(-1)?.text).toContain(`“${ELDERS}” (A village)`)
      expect(letters.at(-1)?.text).toContain('for this request, under this version of its licence')
      const from = await sizeOf(registry)
      expect(await code(published)).toBe('NO_GRANT')
      await answer({ rule: 'all', voices }, [river, 'yes'])
      expect(await code(published)).toBe('ok')
      expect(await settledIn(from)).toEqual([
        [
          {
            community: river.community,
            licence: elders.digest,
            clauses: ['urn:commonhold:licence:elders:1#elders'],
            vote: voices[0]?.proposal?.id,
          },
        ],
      ])
      granted = (await read(granted.id)) ?? granted
      const { expiresAt } = (await registry.house.services.grants.grant(
        granted.grant?.id ?? '',
      )) ?? { expiresAt: 0 }
      expect(expiresAt).toBeGreaterThan(registry.house.services.log.now() + 300 * 86_400_000)
    })

    it('stands in the agreement, with who settled it', async () => {
      const path = `/grants/${granted.grant?.id}/agreement.jsonld`
      const agreement = (await (await river.researcher.fetch(path)).json()) as object
      expect(agreement).toMatchObject({
        'sov:settledByPeople': [
          {
            'sov:clause': { '@id': 'urn:commonhold:licence:elders:1#elders' },
            'sov:settledBy': { '@id': `urn:commonhold:community:${river.community}` },
          },
        ],
      })
      expect(JSON.stringify(agreement)).not.toContain('"sov:statement"')
    })

    it('is closed by a newer version until the council has voted under that one', async () => {
      const next = await withElders(river, 'urn:commonhold:licence:elders:2', elders.id)
      expect(await code(published)).toBe('LICENCE_NARROWED')
      const id = granted.grant?.id ?? ''
      const { grant } = await river.researcher.run<{ grant: { stateReason: string } }>(
        'query ($id: ID!) { grant(id: $id) { stateReason } }',
        { id },
      )
      expect(grant.stateReason).toContain('Ask for a further term of this grant.')
      expect(await accept(river.researcher, id, next.digest)).toBe('LICENCE_NARROWED')
      const { renewAccess } = await river.researcher.run<{
        renewAccess: { request: { id: string } | null; refused: object | null }
      }>(
        'mutation ($input: RenewAccessInput!) { renewAccess(input: $input) { request { id } refused { code message } } }',
        {
          input: {
            grant: id,
            days: 100,
            acceptedDuties: ['attribute', 'reportBack', 'shareBack'],
            changes: 'Nothing has changed, but for the licence.',
          },
        },
      )
      expect(renewAccess.refused).toBeNull()
      const from = await sizeOf(registry)
      await answer(await alone(renewAccess.request?.id ?? '', river), [river, 'yes'])
      expect(await code(published)).toBe('ok')
      expect((await settledIn(from))[0]).toMatchObject([
        { licence: elders.digest },
        { licence: next.digest },
      ])
    })

    it('is settled by each council for its own licence, and by none for another', async () => {
      const theirs = await withElders(harbour, 'urn:commonhold:licence:harbour-elders:1')
      const shared = await publish(place, FILE)
      const own = await ask(shared.dataset)
      await answer(await alone(own.id, river), [river, 'yes'])
      expect(await code(shared)).toBe('ok')
      await share(river, { ...harbour, licence: theirs.digest }, shared.dataset)
      expect(await code(shared)).toBe('LICENCE_REFUSES')
      const { id, joint } = await ask(shared.dataset, {
        use: { purposes: ['learning'], actions: ['download'] },
      })
      await answer(joint, [river, 'yes'], [harbour, 'recused'])
      expect((await read(id))?.state).toBe('voting')
      expect(await code(shared)).toBe('LICENCE_REFUSES')
      const from = await sizeOf(registry)
      await answer((await read(id))?.joint ?? null, [harbour, 'yes'])
      expect(await code(shared)).toBe('ok')
      expect((await settledIn(from))[0]).toHaveLength(3)
    })

    it('counts for what is made from it only where its own council has voted', async () => {
      const parent = await publish(place, FILE)
      const child = await publish(harbour, FILE, { parents: [{ ...parent }] }).catch(String)
      expect(String(child)).toContain('NOT_REFINED')
      const made = await publish(
        { ...harbour, licence: (await withElders(harbour, 'urn:commonhold:licence:kin:1')).digest },
        FILE,
        { parents: [parent] },
      )
      const first = await requestAccess(river.researcher, requestInput(made.dataset))
      expect(first.refused?.code).toBe('PARENT_FIRST')
      const over = await ask(parent.dataset)
      await answer(await alone(over.id, river), [river, 'yes'])
      const asked = await ask(made.dataset)
      await answer(await alone(asked.id, harbour), [harbour, 'yes'])
      expect(await code(made)).toBe('ok')
      await revoke(river, (await read(over.id))?.grant?.id ?? '')
      expect(await code(made)).toBe('PARENT_REFUSES')
    })
  })

  it('rests every download on an enacted decision of the community that is counted', async () => {
    const { grants } = registry.house.services
    const all = await agreed('all')
    const any = await kept('any')
    const { joint } = await ask(any.dataset)
    await answer(joint, [river, 'no'], [harbour, 'yes'])
    for (const one of [all, any]) {
      const response = await river.researcher.fetch(urlOf(one, 'words.txt'))
      expect(await response.text()).toBe(FILE['words.txt'].toString())
    }
    await registry.house.services.log.settled()
    for (const { community } of [river, harbour]) {
      const { downloads, covered } = await grants.counts(community)
      expect(downloads).toBeGreaterThan(0)
      expect(covered).toBe(downloads)
    }
  })

  it('is proved again by whoever verifies the log and folds it anew', async () => {
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
