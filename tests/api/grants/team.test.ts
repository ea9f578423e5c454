import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  decide,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { join, type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { eventsSince, MARK, revoke, sizeOf, TEXT, urlOf } from './held.ts'
import {
  acceptPlace,
  askWith,
  endPlace,
  nameMember,
  newestGrant,
  seeTeam,
  teamGrants,
} from './team.ts'

/** The part of a receipt that says who of a team it is for. */
interface Receipt {
  readonly receipt: { readonly member?: string }
}

describe('a team under one grant', () => {
  let registry: Registry
  let village: Village
  let published: Published
  let holder: Person
  const friends: Person[] = []
  const friend = (nth: number): Person => {
    const person = friends[nth]
    if (!person) throw new Error(`there is no friend ${nth}`)
    return person
  }
  const vouched = async (name: string): Promise<Person> => {
    const person = await join(registry, `${name}@university.example`)
    await attest({ ...village, researcher: person })
    return person
  }
  const grantWith = async (team: readonly string[], days = 365): Promise<string> => {
    const { proposal } = await askWith(holder, published.dataset, team, { days })
    await decide(village, proposal)
    return newestGrant(holder)
  }
  const door = async (person: Person): Promise<string> => {
    const answer = await person.fetch(urlOf(published, 'words.txt'))
    if (answer.status === 200) return (await answer.text()).includes(MARK) ? 'bytes' : 'other bytes'
    return String(((await answer.json()) as { code: string }).code)
  }
  const placeOf = async (grant: string, email: string): Promise<string> =>
    (await seeTeam(holder, grant))?.team.find((one) => one.email === email)?.id ?? ''

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    holder = village.researcher
    published = await publish(village, { 'words.txt': TEXT })
    await attest(village)
    for (const name of ['ana', 'ben', 'cem']) friends.push(await vouched(name))
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  describe('that was named in the request', () => {
    let grant: string
    beforeAll(async () => {
      grant = await grantWith([friend(0).email, friend(1).email.toUpperCase(), friend(0).email])
    }, 60_000)

    it('is open to the holder alone until somebody accepts', async () => {
      expect(await door(holder)).toBe('bytes')
      expect(await door(friend(0))).toBe('NO_GRANT')
      const seen = await seeTeam(friend(0), grant)
      expect(seen).toMatchObject({
        viewerRole: 'named',
        holder: 'researcher',
        places: 2,
        token: null,
      })
      expect(seen?.team.map(({ state, viewer }) => [state, viewer])).toEqual([
        ['named', true],
        ['named', false],
      ])
      expect(seen?.team[1]?.email).toBeNull()
      expect((await teamGrants(friend(0))).map(({ id }) => id)).toEqual([grant])
    })

    it('shows nothing to whoever was not named', async () => {
      expect(await seeTeam(friend(2), grant)).toBeNull()
      expect(await teamGrants(friend(2))).toEqual([])
      expect(await acceptPlace(friend(2), grant)).toBe('NOT_FOUND')
    })

    it('is accepted with the terms that are in force, and all the duties', async () => {
      expect(await acceptPlace(friend(0), grant, { licence: 'sha256-other' })).toBe(
        'TERMS_CHANGED licence',
      )
      expect(await acceptPlace(friend(0), grant, { acceptedDuties: ['attribute'] })).toBe(
        'DUTIES_NOT_ACCEPTED acceptedDuties',
      )
      const size = await sizeOf(registry)
      expect(await acceptPlace(friend(0), grant)).toBe('ok')
      const [accepted] = await eventsSince(registry, size, 'team.accepted')
      expect(accepted?.data).toMatchObject({ grant, dataset: published.dataset })
      expect(accepted?.leaf).not.toContain('@')
      expect(await door(friend(0))).toBe('bytes')
      expect(await door(friend(1))).toBe('NO_GRANT')
      expect(await acceptPlace(friend(0), grant)).toBe('ALREADY_ACCEPTED')
    })

    it('tells each member of their own downloads and the holder of all', async () => {
      // What they had today is on record.
      await registry.days(1)
      const size = await sizeOf(registry)
      expect(await door(friend(0))).toBe('bytes')
      const [authorised] = await eventsSince(registry, size, 'download.authorised')
      expect(authorised?.data).toMatchObject({
        grant,
        member: await placeOf(grant, friend(0).email),
      })
      await registry.house.services.log.settled()
      const had = async (person: Person) => (await seeTeam(person, grant))?.downloads.length ?? 0
      expect(await had(friend(0))).toBe(2)
      expect(await had(friend(1))).toBe(0)
      expect(await had(holder)).toBeGreaterThan(2)
    })

    it('gives a receipt to whoever had the bytes, and says which of the team it was', async () => {
      const place = await placeOf(grant, friend(0).email)
      const receipts = async (person: Person) => {
        const seen = (await seeTeam(person, grant))?.downloads ?? []
        return seen.map(({ receipt }) => receipt && decodeJwt<Receipt>(receipt).receipt.member)
      }
      const { team } = (await seeTeam(friend(0), grant)) ?? {}
      expect(team?.find(({ viewer }) => viewer)?.id).toBe(place)
      expect(await receipts(friend(0))).toEqual([place, place])
      const all = await receipts(holder)
      expect(all).toContain(place)
      expect(all).toContain(undefined)
    })

    it('keeps its addresses out of the log', async () => {
      const { log } = registry.house.services
      const events = await log.read(0, 1_000)
      const leaves = events.map(({ leaf }) => leaf).join('\n')
      expect(leaves).toContain('"team.accepted"')
      expect(leaves).not.toContain('@university')
    })

    it('names nobody beyond the places that were decided', async () => {
      expect(await nameMember(holder, grant, friend(2).email)).toBe('TEAM_FULL email')
      expect(await endPlace(holder, grant, await placeOf(grant, friend(1).email))).toBe('ok')
      expect(await acceptPlace(friend(1), grant)).toBe('NOT_FOUND')
      expect(await nameMember(friend(0), grant, friend(2).email)).toBe('NOT_FOUND')
      expect(await nameMember(holder, grant, friend(0).email)).toBe('ALREADY_NAMED email')
      expect(await nameMember(holder, grant, holder.email)).toBe('BAD_INPUT email')
      expect(await nameMember(holder, grant, friend(2).email)).toBe('ok')
      expect(await door(friend(2))).toBe('NO_GRANT')
      expect(await acceptPlace(friend(2), grant)).toBe('ok')
      expect(await door(friend(2))).toBe('bytes')
    })

    it('is left by one without the others, whose place counts on', async () => {
      const place = await placeOf(grant, friend(2).email)
      expect(await endPlace(friend(0), grant, place)).toBe('NOT_FOUND')
      expect(await endPlace(friend(2), grant, place)).toBe('ok')
      expect(await endPlace(holder, grant, place)).toBe('PLACE_ENDED')
      expect(await door(friend(2))).toBe('NO_GRANT')
      expect([await door(friend(0)), await door(holder)]).toEqual(['bytes', 'bytes'])
      expect(await nameMember(holder, grant, friend(1).email)).toBe('TEAM_FULL email')
    })

    it('ends for everybody when the council takes the grant back', async () => {
      await revoke(village, grant)
      expect([await door(friend(0)), await door(holder)]).toEqual([
        'GRANT_REVOKED',
        'GRANT_REVOKED',
      ])
      expect(await nameMember(holder, grant, 'late@university.example')).toBe('GRANT_OVER')
    })
  })

  it('asks the licence about each of them by themselves', async () => {
    const stranger = await join(registry, 'stranger@elsewhere.example')
    const grant = await grantWith([stranger.email])
    expect(await acceptPlace(stranger, grant)).toBe('NOT_PERMITTED')
    await attest({ ...village, researcher: stranger })
    expect(await acceptPlace(stranger, grant)).toBe('ok')
    expect(await door(stranger)).toBe('bytes')
    await attest({ ...village, researcher: stranger }, { commercialTie: 'yes' })
    expect(await door(stranger)).toBe('LICENCE_REFUSES')
    expect(await door(holder)).toBe('bytes')
  }, 60_000)

  it('takes nobody by an address that is not shown to be theirs', async () => {
    const email = 'unproved@university.example'
    const person = visitor(registry, email)
    await person.run(
      'mutation ($input: RegisterInput!) { register(input: $input) { refused { code } } }',
      { input: { email, name: 'Unproved', password: 'a long enough password' } },
    )
    const grant = await grantWith([email])
    expect(await teamGrants(person)).toEqual([])
    expect(await acceptPlace(person, grant)).toBe('NOT_FOUND')
  }, 60_000)

  it('is no way round a broken promise of its holder', async () => {
    const grant = await grantWith([friend(0).email], 1_000)
    expect(await acceptPlace(friend(0), grant)).toBe('ok')
    expect(await door(friend(0))).toBe('bytes')
    await registry.days(400)
    expect([await door(friend(0)), await door(holder)]).toEqual(['DUTY_BREACHED', 'DUTY_BREACHED'])
  }, 60_000)

  it('names others, and not without end', async () => {
    const ask = async (team: readonly string[]) =>
      (await requestAccess(friend(1), requestInput(published.dataset, { team }))).refused
    expect(await ask([friend(1).email])).toMatchObject({ code: 'BAD_INPUT', field: 'team' })
    expect(await ask(['nobody'])).toMatchObject({ code: 'BAD_INPUT', field: 'team.0' })
    const many = Array.from({ length: 21 }, (_, nth) => `p${nth}@university.example`)
    expect(await ask(many)).toMatchObject({ code: 'BAD_INPUT', field: 'team' })
    expect(await ask(many.slice(1))).toBeNull()
  })
})
