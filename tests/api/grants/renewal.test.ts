import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attest, castBallot, decide, type Published, publish } from '../../support/journey.ts'
import { join, type Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { answer, report } from './duties.ts'
import { eventsSince, MARK, sizeOf, TEXT, urlOf } from './held.ts'
import { acceptPlace, askWith, DUTIES, newestGrant, seeTeam } from './team.ts'

const DAY = 86_400_000
const CHANGES = 'Nothing has changed: we go on counting the verbs of the stories.'

interface Renewing {
  readonly request: { readonly id: string; readonly proposal: { readonly id: string } } | null
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

describe('a further term for a grant', () => {
  let registry: Registry
  let village: Village
  let published: Published
  let holder: Person
  let friend: Person

  const renew = async (grant: string, changes: object = {}, person = holder): Promise<Renewing> => {
    const input = { grant, changes: CHANGES, days: 100, acceptedDuties: DUTIES, ...changes }
    const { renewAccess } = await person.run<{ renewAccess: Renewing }>(
      `mutation ($input: RenewAccessInput!) { renewAccess(input: $input) {
         request { id proposal { id } } refused { code field } } }`,
      { input },
    )
    return renewAccess
  }
  const codeOf = async (renewing: Promise<Renewing>) => {
    const { refused } = await renewing
    return refused && [refused.code, refused.field].filter(Boolean).join(' ')
  }
  const granted = async (days = 365, team: readonly string[] = [], who = holder) => {
    const { proposal } = await askWith(who, published.dataset, team, { days })
    await decide(village, proposal)
    return newestGrant(who)
  }
  const see = async (id: string, person = holder) => {
    const { grant } = await person.run<{
      grant: {
        state: string
        expiresAt: string
        renews: string | null
        renewedBy: string | null
        pendingRenewal: { id: string } | null
        duties: readonly { kind: string; dueAt: string | null }[]
      }
    }>(
      'query ($id: ID!) { grant(id: $id) { state expiresAt renews renewedBy pendingRenewal { id } duties { kind dueAt } } }',
      { id },
    )
    return grant
  }
  const door = async (person: Person): Promise<string> => {
    const answered = await person.fetch(urlOf(published, 'words.txt'))
    if (answered.status === 200)
      return (await answered.text()).includes(MARK) ? 'bytes' : 'other bytes'
    return String(((await answered.json()) as { code: string }).code)
  }

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    holder = village.researcher
    published = await publish(village, { 'words.txt': TEXT })
    await attest(village)
    friend = await join(registry, 'friend@university.example')
    await attest({ ...village, researcher: friend })
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  it('is voted on as its own matter, counts from the end, and takes the place of the old one', async () => {
    const old = await granted(365, [friend.email])
    expect(await acceptPlace(friend, old)).toBe('ok')
    expect([await door(holder), await door(friend)]).toEqual(['bytes', 'bytes'])
    const before = await see(old)
    const { request } = await renew(old)
    const { governance } = registry.house.services
    const proposal = await governance.proposal(request?.proposal.id ?? '')
    expect(proposal).toMatchObject({ matter: 'access.renew', effect: { renews: old, team: 1 } })
    expect((await see(old)).pendingRenewal).toEqual({ id: request?.id })
    expect(await codeOf(renew(old))).toBe('RENEWAL_PENDING')
    const size = await sizeOf(registry)
    await decide(village, request?.proposal.id ?? '')
    const next = await newestGrant(holder)
    const after = await see(next)
    expect(next).not.toBe(old)
    expect(Date.parse(after.expiresAt)).toBe(Date.parse(before.expiresAt) + 100 * DAY)
    expect(after).toMatchObject({ state: 'active', renews: old, renewedBy: null })
    expect(await see(old)).toMatchObject({
      state: 'renewed',
      renewedBy: next,
      pendingRenewal: null,
    })
    expect([await door(holder), await door(friend)]).toEqual(['bytes', 'bytes'])
    const used = await eventsSince(registry, size, 'download.authorised')
    expect(used.map(({ data }) => data.grant)).toEqual([next, next])
    expect((await seeTeam(holder, next))?.team.map(({ state }) => state)).toEqual(['accepted'])
    expect(await codeOf(renew(old))).toBe('GRANT_OVER')
    const due = after.duties.find(({ kind }) => kind === 'reportBack')?.dueAt ?? ''
    expect(Date.parse(due)).toBeGreaterThan(Date.parse(before.expiresAt))
  }, 60_000)

  it('is asked by the holder alone, with words for the council, and not beyond five years', async () => {
    const grant = await newestGrant(holder)
    expect(await codeOf(renew(grant, {}, friend))).toBe('NOT_FOUND')
    expect(await codeOf(renew(grant, { changes: 'No.' }))).toBe('BAD_INPUT changes')
    expect(await codeOf(renew(grant, { days: 1_800 }))).toBe('BAD_INPUT days')
    expect(await codeOf(renew(grant, { acceptedDuties: ['attribute'] }))).toBe(
      'DUTIES_NOT_ACCEPTED acceptedDuties',
    )
    const { request, refused } = await renew(grant, { team: ['a@b.example', 'c@d.example'] })
    expect(refused).toBeNull()
    const proposal = await registry.house.services.governance.proposal(request?.proposal.id ?? '')
    expect(proposal?.effect).toMatchObject({ team: 2 })
  })

  it('is given to nobody who is late with a promise, and again once it is kept', async () => {
    const late = await join(registry, 'late@university.example')
    await attest({ ...village, researcher: late })
    const grant = await granted(1_000, [], late)
    expect(await door(late)).toBe('bytes')
    await registry.days(185)
    expect(await codeOf(renew(grant, {}, late))).toBe('DUTIES_OVERDUE')
    expect(await report(late, grant)).toBe('ok')
    expect(await answer(village.steward, grant)).toBe('ok')
    expect(await codeOf(renew(grant, {}, late))).toBeNull()
  }, 60_000)

  it('gives nothing for a grant that was taken back while it was voted on', async () => {
    const other = await join(registry, 'other@university.example')
    await attest({ ...village, researcher: other })
    const grant = await granted(400, [], other)
    const { proposeRevocation } = await village.steward.run<{
      proposeRevocation: { proposal: { id: string } }
    }>(
      'mutation ($input: ProposeRevocationInput!) { proposeRevocation(input: $input) { proposal { id } } }',
      { input: { grant, reason: 'It was used for something else.' } },
    )
    for (const person of village.council)
      await castBallot(person, proposeRevocation.proposal.id, 'yes')
    await registry.days(5)
    const { request } = await renew(grant, {}, other)
    const size = await sizeOf(registry)
    await decide(village, request?.proposal.id ?? '')
    const { governance } = registry.house.services
    const proposal = await governance.proposal(request?.proposal.id ?? '')
    expect([proposal?.enactedIdx === null, await door(other)]).toEqual([false, 'GRANT_REVOKED'])
    expect(await eventsSince(registry, size, 'grant.issued')).toEqual([])
    expect(await eventsSince(registry, size, 'grant.declined')).toHaveLength(1)
  }, 60_000)
})
