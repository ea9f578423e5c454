import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Held, hold, MARK, token, urlOf } from '../api/grants/held.ts'
import { newDpopKey } from '../support/dpop.ts'
import { castBallot } from '../support/journey.ts'
import { signIn } from '../support/person.ts'

const HOUR = 3_600_000

const PROPOSE = `mutation ($input: ProposeAttestationInput!) {
  proposeAttestation(input: $input) { proposal { id } refused { code } }
}`
const STATE = 'query ($id: ID!) { proposal(id: $id) { phase ballotsCast } }'

describe('a machine whose clock is put an hour ahead and back', () => {
  const systemNow = Date.now
  let shift = 0
  let held: Held
  let url: string
  beforeAll(async () => {
    // Everything in this process reads the time of day here, as the machine would have it.
    Date.now = () => systemNow() + shift
    held = await hold({ 'words.txt': Buffer.from(`${MARK}\n`) })
    url = `${held.registry.url}${urlOf(held.published, 'words.txt')}`
  }, 180_000)
  afterAll(async () => {
    Date.now = systemNow
    await held.registry.close()
  })

  const link = async (): Promise<string> => {
    const { pathname } = new URL(url)
    const answer = await held.village.researcher.fetch(pathname.replace('/files/', '/tickets/'), {
      method: 'POST',
    })
    return ((await answer.json()) as { url: string }).url
  }
  const statusOf = async (response: Response): Promise<number> => {
    await response.arrayBuffer()
    return response.status
  }
  const vouch = async () => {
    const { community, steward, researcher } = held.village
    const { proposeAttestation: made } = await steward.run<{
      proposeAttestation: { proposal: { id: string } | null }
    }>(PROPOSE, {
      input: {
        community,
        email: researcher.email,
        actorKind: 'academic',
        commercialTie: 'no',
        identityAssurance: 2,
        reason: 'We have met them.',
      },
    })
    return made.proposal?.id ?? ''
  }

  it('revives no ticket that was over or used', async () => {
    const [used, unused] = [await link(), await link()]
    expect(await statusOf(await fetch(used))).toBe(200)
    shift = HOUR
    expect(await statusOf(await fetch(unused))).toBe(403)
    shift = -HOUR
    expect(await statusOf(await fetch(unused))).toBe(403)
    expect(await statusOf(await fetch(used))).toBe(403)
    const fresh = await link()
    expect(await statusOf(await fetch(fresh))).toBe(200)
    expect(await statusOf(await fetch(fresh))).toBe(403)
    shift = 0
    expect(await statusOf(await fetch(unused))).toBe(403)
  })

  it('takes no proof of a key twice', async () => {
    const key = await newDpopKey()
    const at = `${held.registry.url}/oauth/token`
    // A token is exchanged once; what is looked at here are the proofs beside it.
    const exchange = async (proof: string) => {
      const personal = await token(held.village.researcher, ['download'])
      return fetch(at, {
        method: 'POST',
        headers: { dpop: proof },
        body: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          subject_token: personal,
        }),
      })
    }
    const asked = await exchange(await key.prove('POST', at))
    const nonce = asked.headers.get('dpop-nonce') ?? ''
    const proof = await key.prove('POST', at, { nonce })
    expect((await exchange(proof)).status).toBe(200)
    shift = HOUR
    const ahead = (await exchange(await key.prove('POST', at))).headers.get('dpop-nonce') ?? ''
    expect((await exchange(await key.prove('POST', at, { nonce: ahead }))).status).toBe(200)
    shift = 0
    const again = await exchange(proof)
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('jti')])
  })

  it('signs nobody out, and nobody in again', async () => {
    const { registry, village } = held
    const leaving = await signIn(registry, 'operator@village.example')
    const cookie = leaving.cookie()
    await leaving.run('mutation { signOutEverywhere }')
    const viewer = async (headers: Record<string, string>) => {
      const { viewer: found } = (
        (await (
          await fetch(`${registry.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify({ query: '{ viewer { id } }' }),
          })
        ).json()) as { data: { viewer: object | null } }
      ).data
      return found
    }
    for (const jump of [HOUR, -HOUR, 0]) {
      shift = jump
      expect(await viewer({ cookie })).toBeNull()
      expect(await viewer({ cookie: village.contributor.cookie() })).not.toBeNull()
    }
  })

  it('counts every ballot once, records times in order, and closes the vote when its time is over', async () => {
    const { registry, village } = held
    const proposal = await vouch()
    const [one, two, three] = village.council
    if (!one || !two || !three) throw new Error('the council has three seats')
    const from = await registry.house.services.log.size()
    for (const [person, jump] of [
      [one, HOUR],
      [two, -HOUR],
      [three, 0],
    ] as const) {
      shift = jump
      expect((await castBallot(person, proposal, 'yes')).refused).toBeNull()
      await registry.house.tick()
    }
    const events = await registry.house.services.log.read(from, 100)
    const times = events.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    await registry.days(23)
    const { proposal: closed } = await one.run<{
      proposal: { phase: string; ballotsCast: number }
    }>(STATE, { id: proposal })
    expect(closed).toEqual({ phase: 'enacted', ballotsCast: 3 })
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
    expect(registry.faults).toEqual([])
  })
})
