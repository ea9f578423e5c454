import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, endKey, handIn, newDevice, prepare } from '../../support/device.ts'
import { castBallot } from '../../support/journey.ts'
import { join, type Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { type Seated, seatAll } from '../../support/seats.ts'

const COUNCIL = ['one', 'two', 'three', 'four', 'five']
const SEATS = [
  ...COUNCIL.map((name) => ({ name, bodies: ['council'] })),
  { name: 'carrier', bodies: [] },
]
const mailOf = (name: string) => `${name}@village.example`

interface Seen {
  readonly textDigest: string
  readonly tally: { readonly yes: number; readonly no: number } | null
  readonly myBallot: { readonly choice: string; readonly reason: string | null } | null
  readonly viewerCanVote: { readonly code: string | null }
  readonly viewerCanSign: { readonly allowed: boolean; readonly code: string | null }
  readonly myBallotKeys: readonly { readonly key: string; readonly endedAt: string | null }[]
}

describe('signed ballots', () => {
  let registry: Registry
  let people: Seated['people']
  let community: string
  let now = Date.UTC(2027, 0, 4)

  beforeAll(async () => {
    const clock = {
      now: () => now,
      advance: (ms: number) => {
        now += ms
      },
    }
    registry = await startRegistry({ clock })
    const founders = SEATS.map((seat) => ({ ...seat, email: mailOf(seat.name) }))
    ;({ community, people } = await seatAll(registry, founders))
    await join(registry, 'outsider@elsewhere.example')
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const who = (name: string): Person => {
    const person = people[mailOf(name)]
    if (!person) throw new Error(`nobody is called ${name}`)
    return person
  }
  /** Every closed vote is counted again and every signature checked, from the public log. */
  const audited = async () => {
    await registry.house.services.log.checkpoint()
    return registry.house.audit()
  }
  const entries = () => registry.house.services.log.size()
  const propose = async (): Promise<string> => {
    const { proposeAttestation: made } = await who('one').run<{
      proposeAttestation: { proposal: { id: string } }
    }>(
      'mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } } }',
      {
        input: {
          community,
          email: 'outsider@elsewhere.example',
          actorKind: 'academic',
          reason: 'They have shown us a letter.',
        },
      },
    )
    return made.proposal.id
  }
  const see = async (name: string, id: string): Promise<Seen> =>
    (
      await who(name).run<{ proposal: Seen }>(
        `query ($id: ID!) { proposal(id: $id) { textDigest tally { yes no } myBallot { choice reason }
          viewerCanVote { code } viewerCanSign { allowed code } myBallotKeys { key endedAt } } }`,
        { id },
      )
    ).proposal
  /** An open vote for which these members have prepared a device each. */
  const vote = async (...names: readonly string[]) => {
    const proposal = await propose()
    const { textDigest: text } = await see('one', proposal)
    const devices = new Map<string, Device>()
    for (const name of names) {
      const device = newDevice()
      expect(await prepare(who(name), proposal, device)).toBeNull()
      devices.set(name, device)
    }
    const device = (name: string): Device => {
      const found = devices.get(name)
      if (!found) throw new Error(`${name} has prepared no device`)
      return found
    }
    const sign = (name: string, choice: string, number = 1, said = '') =>
      device(name).write({ proposal, text, number, choice, said })
    const hand = async (...ballots: readonly string[]) =>
      (await handIn(who('carrier'), proposal, ballots)).answers.map(
        ({ refused, entry }) => refused?.code ?? entry,
      )
    return { proposal, text, device, sign, hand }
  }

  it('count as ballots of a session do, in one entry of the log, each with its receipt', async () => {
    const { proposal, sign } = await vote('one', 'two', 'three')
    await castBallot(who('four'), proposal, 'no')
    const before = await entries()
    const box = [sign('one', 'yes'), sign('two', 'yes'), sign('three', 'no', 1, 'Not yet.')]
    const { answers } = await handIn(who('carrier'), proposal, box)
    expect(answers.map(({ entry }) => entry)).toEqual([before, before, before])
    expect(answers.every(({ receipt }) => receipt?.includes(`index ${before}\n`))).toBe(true)
    expect(await entries()).toBe(before + 1)
    expect((await see('three', proposal)).myBallot).toEqual({ choice: 'no', reason: 'Not yet.' })
    expect((await see('carrier', proposal)).tally).toBeNull()
    await registry.days(14)
    expect((await see('one', proposal)).tally).toEqual({ yes: 2, no: 2 })
    expect(await audited()).toEqual([])
  })

  it('show neither choice nor reason before the close, to whoever carries them either', async () => {
    const { sign, hand } = await vote('one')
    const ballot = sign('one', 'abstain', 1, 'I met them once.')
    const readable = ballot
      .split(/[.~]/)
      .map((one) => Buffer.from(one, 'base64url').toString('latin1'))
      .join()
    expect(readable).not.toMatch(/abstain|met them/)
    const [entry] = await hand(ballot)
    const [event] = await registry.house.services.log.read(Number(entry), 1)
    expect(event?.leaf).not.toMatch(/abstain|met them/)
    expect(JSON.stringify(event?.secret)).toContain('abstain')
  })

  it('count once, in however many boxes and however often they are handed in', async () => {
    const { proposal, sign, hand } = await vote('one', 'two', 'three')
    const [one, two, three] = [sign('one', 'yes'), sign('two', 'yes'), sign('three', 'no')]
    const [first] = await hand(one, two, one)
    const before = await entries()
    expect(await hand(one, two)).toEqual([first, first])
    expect(await entries()).toBe(before)
    expect(await hand(two, three)).toEqual([first, before])
    const boxes = await Promise.all([hand(one, three), hand(three, two), hand(one)])
    expect(boxes).toEqual([[first, before], [before, first], [first]])
    expect(await entries()).toBe(before + 1)
    await registry.days(14)
    expect((await see('one', proposal)).tally).toEqual({ yes: 2, no: 1 })
    expect(await audited()).toEqual([])
  })

  it('count once when the same box comes in many times at once', async () => {
    const { proposal, sign, hand } = await vote('one', 'two')
    const box = [sign('one', 'yes'), sign('two', 'no')]
    const before = await entries()
    const answers = await Promise.all(Array.from({ length: 20 }, () => hand(...box)))
    expect(new Set(answers.map(String))).toEqual(new Set([`${before},${before}`]))
    expect(await entries()).toBe(before + 1)
    await registry.days(14)
    expect((await see('one', proposal)).tally).toEqual({ yes: 1, no: 1 })
  })

  it('are refused by name when something is wrong with them, and spoil no other', async () => {
    const { proposal, text, device, sign, hand } = await vote('one', 'two', 'three')
    const other = await vote('one')
    const stranger = newDevice()
    const thief = generateKeyPairSync('ed25519').privateKey
    const fine = { proposal, text, number: 1, choice: 'yes' }
    const write = (changes: object, extra = {}) =>
      device('one').write({ ...fine, ...changes }, extra)
    const good = sign('two', 'yes')
    const [before, forged] = [await entries(), write({}, { signer: thief })]
    const [jws] = sign('one', 'yes').split('~')
    const [, content] = sign('one', 'no').split('~')
    expect(
      await hand(
        forged,
        write({}, { header: { alg: 'none' } }),
        write({}, { header: { typ: 'JWT' } }),
        write({}, { payload: { more: 1 } }),
        stranger.write(fine),
        write({ proposal: other.proposal }),
        write({ text: 'sha256-other' }),
        write({ number: 0 }),
        write({ choice: 'object' }),
        write({}, { content: ['maybe', '', '', ''] }),
        `${jws}~${content}`,
        `${jws}~`,
        'no ballot',
        good,
      ),
    ).toEqual([
      'BAD_SIGNATURE',
      'BAD_SIGNATURE',
      'BAD_SIGNATURE',
      'BAD_SIGNATURE',
      'unknown-key',
      'OTHER_VOTE',
      'OTHER_TEXT',
      'bad-number',
      'reason-missing',
      'UNREADABLE',
      'NOT_AS_SIGNED',
      'UNREADABLE',
      'NOT_A_BALLOT',
      before,
    ])
    expect(await hand(sign('one', 'object', 1, 'We have not met.'))).toEqual([before + 1])
    await registry.days(14)
    expect((await see('one', proposal)).tally).toEqual({ yes: 1, no: 1 })
    expect(await audited()).toEqual([])
  })

  it('may be cast anew until the close; an earlier one of the device never comes back', async () => {
    const { proposal, sign, hand } = await vote('one', 'two')
    const [old, newer] = [sign('one', 'yes', 1), sign('one', 'no', 2)]
    expect(await hand(newer, old)).toEqual([expect.any(Number), 'earlier-number'])
    expect(await hand(old)).toEqual(['earlier-number'])
    expect((await see('one', proposal)).myBallot?.choice).toBe('no')
    expect(await hand(sign('one', 'abstain', 3))).toEqual([expect.any(Number)])
    await registry.days(14)
    expect((await see('one', proposal)).tally).toEqual({ yes: 0, no: 0 })
    expect(await audited()).toEqual([])
  })

  it('take the place of an unsigned one, and none without a signature takes theirs', async () => {
    const { proposal, device, sign, hand } = await vote('one')
    expect((await castBallot(who('one'), proposal, 'no')).refused).toBeNull()
    expect(await hand(sign('one', 'yes'))).toEqual([expect.any(Number)])
    expect((await castBallot(who('one'), proposal, 'no')).refused?.code).toBe('signed-stands')
    expect((await see('one', proposal)).viewerCanVote.code).toBe('signed-stands')
    expect(await endKey(who('one'), proposal, device('one').key)).toBeNull()
    expect((await see('one', proposal)).myBallot?.choice).toBe('yes')
    expect((await castBallot(who('one'), proposal, 'abstain')).refused).toBeNull()
    expect(await hand(sign('one', 'yes', 2))).toEqual(['key-ended'])
    await registry.days(14)
    expect((await see('one', proposal)).tally).toEqual({ yes: 0, no: 0 })
    expect(await audited()).toEqual([])
  })

  it('need no device: without one, everything is as it was', async () => {
    const { proposal, device } = await vote('one')
    expect((await castBallot(who('one'), proposal, 'yes')).refused).toBeNull()
    expect((await castBallot(who('one'), proposal, 'no')).refused).toBeNull()
    expect(await endKey(who('one'), proposal, device('one').key)).toBeNull()
    expect((await see('one', proposal)).myBallotKeys).toEqual([
      { key: device('one').key, endedAt: expect.any(String) },
    ])
  })

  it('come from devices of members who decide, a few each, named by themselves', async () => {
    const { proposal, device, hand } = await vote('one')
    expect(await prepare(who('carrier'), proposal, newDevice())).toBe('not-on-roll')
    expect((await see('carrier', proposal)).viewerCanSign.code).toBe('not-on-roll')
    expect((await see('one', proposal)).viewerCanSign.allowed).toBe(true)
    expect(await prepare(who('two'), proposal, device('one'))).toBe('key-known')
    expect(await prepare(who('one'), proposal, device('one'))).toBeNull()
    expect(await prepare(who('one'), proposal, { key: 'short', opens: '' })).toBe('BAD_INPUT')
    expect(await endKey(who('two'), proposal, device('one').key)).toBe('unknown-key')
    for (let n = 0; n < 4; n += 1)
      expect(await prepare(who('one'), proposal, newDevice())).toBeNull()
    expect(await prepare(who('one'), proposal, newDevice())).toBe('too-many-keys')
    expect((await see('one', proposal)).viewerCanSign.code).toBe('too-many-keys')
    expect((await see('one', proposal)).myBallotKeys).toHaveLength(5)
    expect((await see('two', proposal)).myBallotKeys).toEqual([])
    expect(await hand('x')).toEqual(['NOT_A_BALLOT'])
    const stranger = await join(registry, `stranger-${proposal}@elsewhere.example`)
    expect((await handIn(stranger, proposal, ['x'])).refused).toBe('NOT_A_MEMBER')
  })

  it('count up to the last millisecond, and not at the close', async () => {
    const closing = await vote('one')
    const id = closing.proposal
    const closesAt = async () => {
      const proposal = await registry.house.services.governance.proposal(id)
      return (proposal && registry.house.services.governance.view(proposal)?.closesAt) ?? 0
    }
    const [ballot, late] = [closing.sign('one', 'yes'), closing.sign('one', 'no', 2)]
    now = (await closesAt()) - 1
    expect(await closing.hand(ballot)).toEqual([expect.any(Number)])
    now = await closesAt()
    expect(await closing.hand(late)).toEqual(['closed'])
    expect(await closing.hand(ballot)).toEqual([expect.any(Number)])
    expect(await prepare(who('two'), id, newDevice())).toBe('closed')
  })
})
