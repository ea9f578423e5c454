import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proposal } from '../../../api/src/governance/governance.ts'
import { isInState, registerHead, registerLine } from '../../../api/src/governance/register-csv.ts'
import { conditionsOf, groupParts, resultOf } from '../../../api/src/governance/results.ts'
import { reasonsGiven, rollCall } from '../../../api/src/governance/roll-call.ts'
import { stateOf } from '../../../api/src/governance/state.ts'
import type { Member, People } from '../../../api/src/people/people.ts'
import type { Frozen } from '../../../policies/index.ts'
import { castBallot } from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const DAY = 86_400_000

const seat = (id: string): Member => ({
  id,
  community: 'c1',
  account: `a-${id}`,
  name: id,
  bodies: [],
  group: null,
  since: 0,
})
const people = { members: async () => ['ana', 'ben', 'cai'].map(seat) } as unknown as People

/** A closed vote of as many people, of whom all but one say yes, with a reason each. */
const voteOf = (
  members: readonly string[],
  rollCalled: Frozen['secrecy']['rollCall'] = 'body',
  title = 'A question',
): Proposal => {
  const frozen = {
    id: 'p1',
    community: 'c1',
    matter: 'access.grant',
    rule: {
      body: 'council',
      approveOfRoll: '1/2',
      approveOfCast: '1/2',
      minDeciders: 1,
      groups: null,
      objection: 'none',
      effect: 'x',
      vetoBody: null,
      appealBody: null,
    },
    times: {
      openFor: DAY,
      lateWindow: 0,
      extension: 0,
      maxExtensions: 0,
      veto: 0,
      appeal: 0,
      execWithin: 30 * DAY,
      retryAfter: DAY,
    },
    roll: Object.fromEntries(members.map((id) => [id, ''])),
    proxies: {},
    vetoers: [],
    appealers: [],
    openedAt: 2 * DAY,
    closesAt: 3 * DAY,
    maxRecusedShare: '1/2',
    recusalByPeers: '1/2',
    secrecy: { runningTally: 'sealed', rollCall: rollCalled, publicGroupCounts: 'min3' },
  }
  const events = members.slice(1).map((by) => ({
    type: 'ballot',
    by,
    choice: 'yes',
    reason: `because of ${by}`,
    at: 2 * DAY + 1,
  }))
  const whole = { ...frozen, charterDigest: 'sha256-c', charterVersion: 1, textDigest: 'sha256-t' }
  return {
    id: 'p1',
    community: 'c1',
    matter: 'access.grant',
    title,
    textDigest: 'sha256-t',
    madeAt: DAY,
    stage: 'open',
    frozen: whole,
    events,
    entries: [3, 4],
    counted: 'decided',
    enactedIdx: null,
  } as unknown as Proposal
}
const three = ['ana', 'ben', 'cai']
const read = async (proposal: Proposal, reader: Member | null, now = 4 * DAY) => {
  const view = stateOf(proposal, now)
  return {
    calls: await rollCall(people, proposal, { view, reader }),
    reasons: reasonsGiven(proposal, view, reader),
  }
}

describe('who voted how', () => {
  it('is read inside the body after the close, and not before', async () => {
    const open = await read(voteOf(three), seat('ana'), 2 * DAY + 5)
    expect(open).toEqual({ calls: null, reasons: null })
    const closed = await read(voteOf(three), seat('ana'))
    expect(closed.calls?.map(({ member, choice }) => [member, choice])).toEqual([
      ['ana', null],
      ['ben', 'yes'],
      ['cai', 'yes'],
    ])
    expect(closed.reasons?.map(({ text }) => text)).toEqual(['because of ben', 'because of cai'])
  })

  const readers: readonly (readonly [Frozen['secrecy']['rollCall'], boolean, boolean, boolean])[] =
    [
      ['none', false, false, false],
      ['body', true, false, false],
      ['community', true, true, false],
      ['public', true, true, true],
    ]
  it.each(readers)(
    'under the charter word "%s" is read by body %s, other members %s, outsiders %s',
    async (word, body, member, outsider) => {
      const seen = async (reader: Member | null) => {
        const { calls, reasons } = await read(voteOf(three, word), reader)
        expect(calls === null).toBe(reasons === null)
        return calls !== null
      }
      expect(await seen(seat('ana'))).toBe(body)
      expect(await seen(seat('zoe'))).toBe(member)
      expect(await seen(null)).toBe(outsider)
    },
  )
})

describe('the result of a vote', () => {
  it('tells who took part and how long it took, in days', () => {
    const proposal = voteOf(three)
    expect(resultOf(proposal, stateOf(proposal, 4 * DAY))).toMatchObject({
      deciders: 3,
      cast: 2,
      daysToDecision: 2,
      daysToEffect: null,
    })
  })

  it('is nothing before the close', () => {
    const proposal = voteOf(three)
    const open = stateOf(proposal, 2 * DAY + 5)
    expect(resultOf(proposal, open)).toBeNull()
    expect(conditionsOf(proposal, open)).toBeNull()
  })

  it('keeps its numbers to itself where fewer than three decide', () => {
    const proposal = voteOf(['ana', 'ben'])
    const result = resultOf(proposal, stateOf(proposal, 4 * DAY))
    expect(result).toMatchObject({ deciders: null, cast: null, daysToDecision: 2 })
  })

  const grouped = (...groups: readonly string[]) => {
    const members = groups.map((_, index) => `m${index}`)
    const proposal = voteOf(members)
    if (!proposal.frozen) throw new Error('not open')
    const roll = Object.fromEntries(members.map((id, index) => [id, groups[index] ?? '']))
    return { ...proposal, frozen: { ...proposal.frozen, roll } }
  }

  it('tells how groups of three took part', () => {
    const proposal = grouped('sea', 'sea', 'sea', 'hill', 'hill', 'hill')
    expect(groupParts(proposal, stateOf(proposal, 4 * DAY))).toEqual([
      { group: 'hill', members: 3, cast: 3 },
      { group: 'sea', members: 3, cast: 2 },
    ])
    expect(groupParts(proposal, stateOf(proposal, 2 * DAY + 5))).toBeNull()
  })

  it('counts who was heard by a meeting with their group, and not who stands aside', () => {
    const proposal = grouped('sea', 'sea', 'sea', 'hill', 'hill', 'hill')
    const view = stateOf(proposal, 4 * DAY)
    if (!view) throw new Error('not open')
    const ballots = [{ member: 'm1', choice: 'yes' }] as const
    const accepted = [
      { type: 'ballot', by: 'm0', choice: 'yes', at: 1 },
      { type: 'assist', minute: 'x', by: 'ste', ballots, at: 2 },
      { type: 'confirm-assist', minute: 'x', by: 'wes', at: 3 },
      { type: 'recuse', by: 'm0', reason: 'kin', at: 4 },
    ] as const
    expect(groupParts(proposal, { ...view, accepted })).toEqual([
      { group: 'hill', members: 3, cast: 0 },
      { group: 'sea', members: 3, cast: 1 },
    ])
  })

  it('tells of no group when one is smaller: the totals would give it away', () => {
    const proposal = grouped('sea', 'sea', 'sea', 'hill', 'hill')
    expect(groupParts(proposal, stateOf(proposal, 4 * DAY))).toBeNull()
  })

  it('names every condition, and none once what was recorded no longer adds up', () => {
    const proposal = voteOf(three)
    const view = stateOf(proposal, 4 * DAY)
    expect(conditionsOf(proposal, view)?.every(({ met }) => met)).toBe(true)
    expect(conditionsOf({ ...proposal, events: [] }, view)).toBeNull()
  })
})

describe('the register as a table', () => {
  const lineOf = (proposal: Proposal) =>
    registerLine({ proposal, view: stateOf(proposal, 4 * DAY), community: 'village' })

  it('gives each decision as many cells as its head has', () => {
    const cells = lineOf(voteOf(three))
      .trim()
      .replace(/"[^"]*"/g, 'words')
      .split(',')
    expect(cells).toHaveLength(registerHead().trim().split(',').length)
    expect(cells.slice(0, 3)).toEqual(['p1', 'village', 'access.grant'])
  })

  it('quotes commas and quotes, and takes the start of a formula out of a title', () => {
    expect(lineOf(voteOf(three, 'body', 'Songs, "old" ones'))).toContain('"Songs, ""old"" ones"')
    expect(lineOf(voteOf(three, 'body', '=1+1'))).toContain(",'=1+1,")
    expect(lineOf(voteOf(three, 'body', '1+1'))).toContain(',1+1,')
  })

  it('says no numbers of a body of two', () => {
    const line = lineOf(voteOf(['ana', 'ben']))
    expect(line).not.toContain('said yes')
    expect(line.split(',').slice(8, 14)).toEqual(['', '', '', '', '', ''])
    expect(lineOf(voteOf(three)).split(',').slice(8, 14)).toEqual(['3', '2', '2', '0', '0', '0'])
  })

  it('is narrowed to the states that are asked for', () => {
    const proposal = voteOf(three)
    const one = { proposal, view: stateOf(proposal, 4 * DAY), community: 'village' }
    expect(isInState(one, [])).toBe(true)
    expect(isInState(one, ['enactable'])).toBe(true)
    expect(isInState(one, ['rejected', 'open'])).toBe(false)
  })
})

describe('results over HTTP', () => {
  let registry: Registry
  let village: Village
  let closed: string
  let open: string

  const proposeMember = async (by: Person | undefined): Promise<string> => {
    const answer = await by?.run<{ proposeMember: { proposal: { id: string } } }>(
      'mutation ($input: ProposeMemberInput!) { proposeMember(input: $input) { proposal { id } } }',
      {
        input: {
          community: village.community,
          email: 'researcher@university.example',
          name: 'A neighbour',
          bodies: [],
          reason: 'They have worked with us for years.',
        },
      },
    )
    return answer?.proposeMember.proposal.id ?? ''
  }

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    closed = await proposeMember(village.council[0])
    const [one, two] = village.council
    if (one) await castBallot(one, closed, 'no', 'We know them too little.')
    if (two) await castBallot(two, closed, 'yes', 'They helped us.')
    await registry.days(23)
    open = await proposeMember(village.council[1])
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const SHOWN =
    'query ($id: ID!) { proposal(id: $id) { phase result { deciders cast } conditions { met text } rollCall { member } reasonsGiven { text } } }'
  const ask = async (person: Person, id: string) =>
    (await person.run<{ proposal: Record<string, unknown> }>(SHOWN, { id })).proposal

  it('gives outsiders totals and conditions, and the body who said what', async () => {
    const outside = await ask(village.researcher, closed)
    expect(outside).toMatchObject({
      phase: 'rejected',
      result: { deciders: 3, cast: 2 },
      rollCall: null,
      reasonsGiven: null,
    })
    expect(outside.conditions).toContainEqual({ met: false, text: expect.any(String) })
    const [one] = village.council
    if (!one) throw new Error('the council is empty')
    const inside = await ask(one, closed)
    expect(inside.rollCall).toHaveLength(3)
    expect(inside.reasonsGiven).toHaveLength(2)
  })

  it('keeps everything of an open vote', async () => {
    const [one] = village.council
    if (!one) throw new Error('the council is empty')
    expect(await ask(one, open)).toEqual({
      phase: 'open',
      result: null,
      conditions: null,
      rollCall: null,
      reasonsGiven: null,
    })
  })

  it('shows the closed votes of a community for its charts', async () => {
    const { community } = await village.researcher.run<{
      community: { results: { proposal: string; daysToDecision: number }[] }
    }>('{ community(slug: "village") { results { proposal daysToDecision } } }')
    expect(community.results).toEqual([{ proposal: closed, daysToDecision: expect.any(Number) }])
  })

  const csv = async (path: string) => {
    const response = await fetch(`${registry.url}${path}`)
    return { type: response.headers.get('content-type'), text: await response.text(), response }
  }
  const idsIn = (text: string) =>
    text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0])

  it('hands the register out as CSV, narrowed as the page is', async () => {
    const all = await csv('/decisions.csv')
    expect(all.type).toBe('text/csv; charset=utf-8')
    expect(idsIn(all.text)).toEqual([open, closed])
    expect(idsIn((await csv('/decisions.csv?phase=open')).text)).toEqual([open])
    expect(idsIn((await csv('/decisions.csv?phase=open&phase=rejected')).text)).toHaveLength(2)
    expect(idsIn((await csv(`/decisions.csv?community=${village.community}`)).text)).toHaveLength(2)
    expect(idsIn((await csv('/decisions.csv?community=c_other')).text)).toEqual([])
    expect(idsIn((await csv('/decisions.csv?matter=access.grant')).text)).toEqual([])
    expect(idsIn((await csv('/decisions.csv?matter=member.admit')).text)).toHaveLength(2)
  })

  it('hands one decision out as CSV, and nothing for one that is not there', async () => {
    expect(idsIn((await csv(`/decisions/${closed}/result.csv`)).text)).toEqual([closed])
    expect((await csv('/decisions/p_nothing/result.csv')).response.status).toBe(404)
  })

  it('lists only what is asked for, filling the page from further down', async () => {
    const list = async (args: string) => {
      const { proposals } = await village.researcher.run<{
        proposals: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean } }
      }>(`{ proposals(${args}) { nodes { id } pageInfo { hasNextPage } } }`)
      return { ids: proposals.nodes.map(({ id }) => id), more: proposals.pageInfo.hasNextPage }
    }
    expect(await list('first: 1')).toEqual({ ids: [open], more: true })
    expect(await list('first: 1, phase: [rejected]')).toEqual({ ids: [closed], more: false })
    expect(await list('matter: "access.grant"')).toEqual({ ids: [], more: false })
    expect(await list('matter: "no.matter"')).toEqual({ ids: [], more: false })
    expect(await list('unanswered: true')).toEqual({ ids: [], more: false })
  })
})
