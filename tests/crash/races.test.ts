import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '../../api/src/clock.ts'
import { attest, castBallot } from '../support/journey.ts'
import type { Person } from '../support/person.ts'
import { DAY, type Registry, startRegistry } from '../support/registry.ts'
import { found, type Village } from '../support/village.ts'

/** The whole number takes minutes on a small machine: RACE_ROUNDS=50. */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 5)
const CASTS = 200
const CHOICES = ['yes', 'no', 'abstain'] as const

const STATE = `query ($id: ID!) { proposal(id: $id) {
  phase closesAt ballotsCast myBallot { choice entry } tally { yes no abstain }
} }`

interface State {
  readonly proposal: {
    readonly phase: string
    readonly closesAt: string
    readonly ballotsCast: number
    readonly myBallot: { readonly choice: string; readonly entry: number } | null
    readonly tally: { readonly yes: number; readonly no: number; readonly abstain: number } | null
  }
}

/** A clock that stands still until it is told to go on. */
const stillClock = (): Clock & { readonly set: (ms: number) => void } => {
  let now = Date.UTC(2031, 0, 1)
  return {
    now: () => now,
    advance: (ms) => {
      now += ms
    },
    set: (ms) => {
      now = ms
    },
  }
}

describe('ballots that come all at once', () => {
  let registry: Registry
  let village: Village
  const clock = stillClock()

  beforeAll(async () => {
    registry = await startRegistry({ clock })
    village = await found(registry)
    await attest(village)
  }, 240_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const seat = (at: number): Person => {
    const person = village.council[at]
    if (!person) throw new Error(`seat ${at} is empty`)
    return person
  }

  const propose = async (): Promise<string> => {
    const { proposeAttestation } = await village.steward.run<{
      proposeAttestation: { proposal: { id: string } | null; refused: object | null }
    }>(
      'mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } refused { message } } }',
      {
        input: {
          community: village.community,
          email: village.researcher.email,
          identityAssurance: 2,
          reason: 'We have met them.',
        },
      },
    )
    const { proposal, refused } = proposeAttestation
    if (!proposal) throw new Error(JSON.stringify(refused))
    return proposal.id
  }
  const read = async (id: string, person = seat(0)): Promise<State['proposal']> =>
    (await person.run<State>(STATE, { id })).proposal
  const eventsOf = (id: string) => registry.house.services.log.stream(`proposal/${id}`)
  const closeOf = async (id: string): Promise<number> => Date.parse((await read(id)).closesAt)

  it(`count one of ${CASTS} that a member casts at once, the last on record, ${ROUNDS} times`, async () => {
    const started = performance.now()
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await propose()
      const cast = await Promise.all(
        Array.from({ length: CASTS }, (_, n) =>
          castBallot(seat(0), id, CHOICES[(n + round) % 3] ?? 'yes'),
        ),
      )
      const entries = cast.map(({ entry }) => Number(entry))
      expect(cast.filter(({ refused }) => refused !== null)).toEqual([])
      expect(new Set(entries).size).toBe(CASTS)
      const last = Math.max(...entries)
      const choice = CHOICES[(entries.indexOf(last) + round) % 3]
      expect(await read(id)).toMatchObject({ ballotsCast: 1, myBallot: { choice, entry: last } })
      clock.advance(15 * DAY)
      await registry.house.tick()
      const tally = { yes: 0, no: 0, abstain: 0, [String(choice)]: 1 }
      expect((await read(id)).tally).toEqual(tally)
      const events = await eventsOf(id)
      expect(events.filter(({ type }) => type === 'ballot.cast')).toHaveLength(CASTS)
      expect(events.find(({ type }) => type === 'proposal.closed')?.data).toMatchObject(tally)
    }
    const seconds = (performance.now() - started) / 1000
    console.log(
      `${ROUNDS} x ${CASTS} ballots over HTTP in ${seconds.toFixed(1)} s: ${((ROUNDS * CASTS) / seconds).toFixed(0)} a second`,
    )
  }, 900_000)

  it('record one ballot of 200 with the same key', async () => {
    const id = await propose()
    const cast = await Promise.all(
      Array.from({ length: CASTS }, () =>
        seat(0).run<{ castBallot: { entry: number | null } }>(
          'mutation ($input: CastBallotInput!) { castBallot(input: $input) { entry } }',
          { input: { proposal: id, choice: 'yes', key: 'the one' } },
        ),
      ),
    )
    expect(new Set(cast.map(({ castBallot: { entry } }) => entry)).size).toBe(1)
    const events = await eventsOf(id)
    expect(events.filter(({ type }) => type === 'ballot.cast')).toHaveLength(1)
  }, 60_000)

  it.each([
    ['one millisecond before the close', -1, null, 1],
    ['at the close', 0, 'closed', 0],
    ['one millisecond after the close', 1, 'closed', 0],
  ] as const)('decide by the rule %s', async (_, ms, code, yes) => {
    const id = await propose()
    clock.set((await closeOf(id)) + ms)
    const { refused } = await castBallot(seat(0), id, 'yes')
    expect(refused?.code ?? null).toBe(code)
    clock.advance(3 * DAY)
    await registry.house.tick()
    expect((await read(id)).tally).toMatchObject({ yes, no: 0 })
  })

  it('count those on record before the close, and refuse the others, while the clock passes it', async () => {
    const id = await propose()
    const close = await closeOf(id)
    clock.set(close - 1)
    const casts = Array.from({ length: 90 }, async (_, n) => {
      if (n === 45) clock.set(close)
      if (n === 70) clock.set(close + 1)
      return { n, ...(await castBallot(seat(n % 3), id, CHOICES[n % 3] ?? 'yes')) }
    })
    const [cast] = await Promise.all([Promise.all(casts), registry.house.tick()])
    await registry.house.tick()
    const events = await eventsOf(id)
    const closed = events.find(({ type }) => type === 'proposal.closed')
    const onTime = events.filter(({ type, secret }) => {
      return type === 'ballot.cast' && Number(secret.at) < close
    })
    const accepted = cast.filter(({ refused }) => refused === null)
    expect(accepted.map(({ entry }) => entry).sort()).toEqual(onTime.map(({ idx }) => idx).sort())
    expect(cast.filter(({ refused }) => refused && refused.code !== 'closed')).toEqual([])
    expect(events.filter(({ type }) => type === 'ballot.cast')).toHaveLength(onTime.length)
    const last = new Map(onTime.map(({ secret }) => [secret.by, secret.choice]))
    const of = (choice: string) => [...last.values()].filter((one) => one === choice).length
    expect(closed?.data).toMatchObject({ yes: of('yes'), no: of('no'), abstain: of('abstain') })
    expect(onTime.every(({ idx }) => idx < (closed?.idx ?? 0))).toBe(true)
  }, 60_000)

  it('record the close once, however many ask for it', async () => {
    const id = await propose()
    await castBallot(seat(0), id, 'yes')
    clock.set(await closeOf(id))
    await Promise.all(Array.from({ length: 20 }, () => registry.house.tick()))
    const types = (await eventsOf(id)).map(({ type }) => type)
    expect(types.filter((type) => type === 'proposal.closed')).toHaveLength(1)
  })
})
