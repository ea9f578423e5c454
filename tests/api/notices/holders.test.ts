import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../../api/src/log/index.ts'
import { hear } from '../../../api/src/notices/hear.ts'
import type { HearDeps } from '../../../api/src/notices/heard.ts'
import { attest, castBallot, decide, requestAccess, requestInput } from '../../support/journey.ts'
import { mailsTo } from '../../support/mailbox.ts'
import { join, type Person } from '../../support/person.ts'
import { type Held, hold, revoke, suspend } from '../grants/held.ts'

const RESEARCHER = 'researcher@university.example'

describe('whoever asked for access', () => {
  let held: Held

  beforeAll(async () => {
    held = await hold()
    await held.registry.house.post()
  }, 240_000)
  afterAll(async () => {
    expect(held.registry.faults).toEqual([])
    await held.registry.close()
  })

  const kinds = async () => {
    const { people, notices } = held.registry.house.services
    const account = (await people.accountByEmail(RESEARCHER))?.id ?? ''
    return (await notices.notices(account, 100)).map(({ kind }) => kind)
  }
  const count = async (kind: string) => (await kinds()).filter((one) => one === kind).length
  const days = async (total: number, step = 1) => {
    for (let day = 0; day < total; day += step) {
      await held.registry.days(step)
      await held.registry.house.post()
    }
  }
  const download = async () => {
    const { grants, people } = held.registry.house.services
    const account = await people.accountByEmail(RESEARCHER)
    if (!account) throw new Error('no account')
    const { dataset, version } = held.published
    const actor = { account, session: 'x', scopes: null }
    const pass = await grants.pass(actor, { dataset, version, path: 'words.txt' })
    if (!pass.ok) throw new Error(pass.message)
    await grants.open(pass, { from: 0, to: 9 })
    await held.registry.house.services.log.settled()
  }

  it('hears of the grant once, with the name of the dataset', async () => {
    await held.registry.house.post()
    expect(await count('grant-issued')).toBe(1)
    const mails = (await mailsTo(held.registry, RESEARCHER)).map(({ subject }) => subject)
    expect(mails).toContain('You may use: Words by the river')
  })

  it('hears that the answer was no', async () => {
    const { village, published } = held
    const other = { use: { purposes: ['languageTechnologyResearch'], actions: ['download'] } }
    const { request } = await requestAccess(
      village.researcher,
      requestInput(published.dataset, other),
    )
    const id = request?.proposal?.id ?? ''
    expect(id).not.toBe('')
    for (const person of village.council) await castBallot(person, id, 'no', 'Not now.')
    await days(16, 4)
    expect(await count('request-answered')).toBe(1)
    const mail = (await mailsTo(held.registry, RESEARCHER)).at(-1)
    expect(mail?.text).toContain(`/requests/${request?.id}`)
  })

  it('is reminded of a promise before it falls due, and again when it is late', async () => {
    await download()
    await days(168, 24)
    expect(await count('duty-due')).toBe(0)
    await days(6)
    expect([await count('duty-due'), await count('duty-overdue')]).toEqual([1, 0])
    const [mail] = (await mailsTo(held.registry, RESEARCHER)).filter(({ subject }) =>
      subject.startsWith('A promise falls due'),
    )
    expect(mail?.text).toContain('tell the community what you did with it')
    await days(8)
    expect([await count('duty-due'), await count('duty-overdue')]).toEqual([1, 1])
  })

  it('hears two months, a month and a week before a grant ends, and not after', async () => {
    expect(await count('grant-expiring')).toBe(0)
    await days(180, 2)
    expect(await count('grant-expiring')).toBe(3)
  }, 120_000)
})

describe('whoever holds a grant', () => {
  it('hears that the council has taken it back', async () => {
    const { registry, village, grant } = await hold()
    try {
      await revoke(village, grant)
      await registry.house.post()
      const { people, notices } = registry.house.services
      const account = (await people.accountByEmail(RESEARCHER))?.id ?? ''
      const told = (await notices.notices(account, 100)).map(({ kind }) => kind)
      expect(told).toContain('grant-revoked')
      expect(told).not.toContain('request-answered')
    } finally {
      await registry.close()
    }
  }, 240_000)
})

describe('whoever is in the team of a grant', () => {
  let held: Held
  let mate: Person
  let grant: string

  beforeAll(async () => {
    held = await hold()
    const { registry, village, published } = held
    mate = await join(registry, 'mate@university.example')
    await attest({ ...village, researcher: mate })
    const input = requestInput(published.dataset, { team: [mate.email, 'nobody@else.example'] })
    const { request } = await requestAccess(village.researcher, input)
    await decide(village, request?.proposal?.id ?? '')
    const found = await registry.house.services.grants.request(request?.id ?? '')
    grant = found?.grant ?? ''
  }, 240_000)
  afterAll(async () => {
    expect(held.registry.faults).toEqual([])
    await held.registry.close()
  })

  const told = async (email: string) => {
    await held.registry.house.post()
    const { people, notices } = held.registry.house.services
    const account = (await people.accountByEmail(email))?.id ?? ''
    return (await notices.notices(account, 100)).filter(({ about }) => about.grant === grant)
  }
  const kinds = async (email: string) => (await told(email)).map(({ kind }) => kind)

  it('hears that they were named, by a letter in their language, and the holder of the grant', async () => {
    expect(await kinds(mate.email)).toEqual(['team-named'])
    expect(await kinds(RESEARCHER)).toEqual(['grant-issued'])
    const subjects = (await mailsTo(held.registry, mate.email)).map(({ subject }) => subject)
    expect(subjects).toContain('You were named in a team: Words by the river')
  })

  it('hears it when the holder names them later, once their address is shown to be theirs', async () => {
    const { village, registry } = held
    const late = await join(registry, 'late@university.example')
    const seen = await registry.house.services.grants.grant(grant)
    const free = seen?.team.find(({ email }) => email === 'nobody@else.example')?.id
    const end =
      'mutation ($input: EndTeamPlaceInput!) { endTeamPlace(input: $input) { refused { code } } }'
    await village.researcher.run(end, { input: { grant, member: free } })
    const name =
      'mutation ($input: NameTeamMemberInput!) { nameTeamMember(input: $input) { refused { code } } }'
    const named = await village.researcher.run(name, { input: { grant, email: late.email } })
    expect(named).toEqual({ nameTeamMember: { refused: null } })
    expect(await kinds(late.email)).toEqual(['team-named'])
  })

  it('hears with the holder that the dataset was closed, and that the grant was taken back', async () => {
    const { village, published } = held
    const accept =
      'mutation ($input: AcceptTeamPlaceInput!) { acceptTeamPlace(input: $input) { refused { code message } } }'
    const { facts, acceptedDuties } = requestInput(published.dataset)
    const input = { grant, licence: village.licence, facts, acceptedDuties }
    expect(await mate.run(accept, { input })).toEqual({ acceptTeamPlace: { refused: null } })
    await suspend(village, published.dataset)
    expect(await kinds(mate.email)).toContain('grant-suspended')
    const closed = await held.registry.house.services.people.accountByEmail(RESEARCHER)
    await held.registry.house.post()
    const all = await held.registry.house.services.notices.notices(closed?.id ?? '', 100)
    expect(all.filter(({ kind }) => kind === 'grant-suspended')).toHaveLength(1)
    expect(await kinds('late@university.example')).toEqual(['team-named'])
    await revoke(village, grant)
    expect(await kinds(mate.email)).toContain('grant-revoked')
    expect(await kinds(RESEARCHER)).toContain('grant-revoked')
    expect(await kinds('late@university.example')).toEqual(['team-named'])
  })
})

describe('whoever asked for what was sent back', () => {
  const event = (type: string, data: object, secret: object, idx: number): StoredEvent =>
    ({ type, data, secret, idx, stream: 'proposal/p_1', at: idx }) as unknown as StoredEvent
  const made = (effect: object, sponsor: string | null) =>
    event('proposal.made', { proposal: 'p_1', community: 'c_1', effect }, { sponsor }, 0)
  const returned = event('proposal.returned', { proposal: 'p_1' }, { by: 'm_1', words: 'Why?' }, 1)
  const hearing = (first: StoredEvent) =>
    ({
      log: {
        stream: async (name: string) =>
          name === 'proposal/p_1'
            ? [first, returned]
            : [event('request.submitted', {}, { account: 'a_asker' }, 0)],
      },
    }) as unknown as HearDeps

  it('hears it, as the one who asked for access or as the sponsor', async () => {
    const asked = { kind: 'grant.issue', request: 'r_1', dataset: 'd_1' }
    expect(await hear(hearing(made(asked, null)), returned)).toEqual([
      {
        account: 'a_asker',
        kind: 'request-returned',
        about: { request: 'r_1', proposal: 'p_1', dataset: 'd_1' },
      },
    ])
    const admission = { kind: 'member.admit', member: 'm_2', bodies: [], group: null }
    expect(await hear(hearing(made(admission, 'a_sponsor')), returned)).toEqual([
      { account: 'a_sponsor', kind: 'request-returned', about: { proposal: 'p_1' } },
    ])
  })
})
