import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  admissible,
  admissibleInTurn,
  type Choice,
  type Ed25519Verify,
  type Frozen,
  isSigned,
  MOST_SIGNED,
  noteVote,
  type ProposalEvent,
  type PublicVote,
  publicRoll,
  reasonSealOf,
  recount,
  type SignedBallot,
  sealOf,
  signatureProblems,
  signedText,
  slotOf,
  toBallotRow,
  view,
} from '../../policies/index.ts'
import { choice, frozen, MEMBERS, member } from './vote-arbitraries.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const RUNS = 3_000

type BallotEvent = Extract<ProposalEvent, { type: 'ballot' }>

/** A vote in which every member has one device named after them. */
const keyed = (vote: Frozen): readonly ProposalEvent[] =>
  MEMBERS.map((by) => ({ type: 'add-key', by, key: `k-${by}`, at: vote.openedAt }) as const)

interface Drawn {
  readonly by: string
  readonly choice: Choice
  /** Whose device signs it: mostly the member's own. */
  readonly device: string | null
  readonly number: number
  readonly wait: number
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  by: member,
  choice,
  device: fc.constantFrom('own', 'own', 'own', 'own', null, 'ana', 'nobody'),
  number: fc.integer({ min: 0, max: 9 }),
  wait: fc.integer({ min: 0, max: 2 }),
})

/** Ballots in their order, some of them signed, some of these as somebody else's. */
const casts = (vote: Frozen, all: readonly Drawn[]): readonly BallotEvent[] => {
  let at = vote.openedAt
  return all.map(({ by, choice: said, device: whose, number, wait }): BallotEvent => {
    at += wait
    const plain = { type: 'ballot', by, choice: said, reason: 'because', at } as const
    const key = `k-${whose === 'own' ? by : whose}`
    return whose === null ? plain : { ...plain, signed: { key, number } }
  })
}

const history = frozen.chain((vote) =>
  fc.array(drawn, { maxLength: 14 }).map((all) => ({ vote, ballots: casts(vote, all) })),
)

const unsigned = ({ signed: _, ...plain }: BallotEvent): BallotEvent => plain
const isBallot = (event: ProposalEvent): event is BallotEvent => event.type === 'ballot'

describe('a signed ballot', () => {
  it('tallies as one of a session with the same choice does', () => {
    let counted = 0
    fc.assert(
      fc.property(history, ({ vote, ballots }) => {
        const seen = view(vote, [...keyed(vote), ...ballots], vote.closesAt + 100)
        const accepted = seen.accepted.filter(isBallot)
        counted += accepted.filter(({ signed }) => signed !== undefined).length
        const again = view(vote, accepted.map(unsigned), vote.closesAt + 100)
        expect(again.tally).toEqual(seen.tally)
        expect(again.closesAt).toBe(seen.closesAt)
      }),
      { numRuns: RUNS },
    )
    expect(counted).toBeGreaterThan(RUNS / 4)
  })

  it('counts only as that of the member whose key it names, with a growing number', () => {
    fc.assert(
      fc.property(history, ({ vote, ballots }) => {
        const last = new Map<string, number>()
        for (const { by, signed } of view(
          vote,
          [...keyed(vote), ...ballots],
          vote.closesAt + 100,
        ).accepted.filter(isBallot)) {
          if (!signed) {
            expect(last.has(by)).toBe(false)
            continue
          }
          expect(signed.key).toBe(`k-${by}`)
          expect(signed.number).toBeGreaterThan(last.get(by) ?? 0)
          last.set(by, signed.number)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('is judged in a box as it would be alone, each on top of those before it', () => {
    fc.assert(
      fc.property(history, fc.nat(14), ({ vote, ballots }, cut) => {
        const before = [...keyed(vote), ...ballots.slice(0, cut)]
        const at = before.at(-1)?.at ?? vote.openedAt
        const box = ballots.slice(cut).map((ballot) => ({ ...ballot, at }))
        const events = [...before]
        const alone = box.map((ballot) => {
          const admission = admissible(vote, events, ballot)
          if (admission.decision === 'permit') events.push(ballot)
          return admission
        })
        expect(admissibleInTurn(vote, before, box)).toEqual(alone)
      }),
      { numRuns: RUNS },
    )
  })

  it('no longer counts once its key has been ended, and what counted before stands', () => {
    const vote = { ...someVote, roll: { ana: '' } }
    const at = vote.openedAt
    const key = { by: 'ana', key: 'k', at } as const
    const ballot = (number: number, said: Choice): BallotEvent => ({
      ...{ type: 'ballot', by: 'ana', choice: said, signed: { key: 'k', number }, at },
    })
    const before = [{ type: 'add-key', ...key } as const, ballot(1, 'yes')]
    expect(admissible(vote, before, ballot(2, 'no')).decision).toBe('permit')
    const ended = [...before, { type: 'end-key', ...key } as const]
    expect(admissible(vote, ended, ballot(2, 'no'))).toMatchObject({ code: 'key-ended' })
    expect(admissible(vote, ended, { type: 'end-key', ...key })).toMatchObject({
      code: 'key-ended',
    })
    expect(view(vote, ended, at).tally.yes).toBe(1)
    expect(admissible(vote, before, unsigned(ballot(2, 'no')))).toMatchObject({
      code: 'signed-stands',
    })
    expect(admissible(vote, ended, unsigned(ballot(2, 'no'))).decision).toBe('permit')
  })

  it('that objects is taken back by another signed one alone, while its key is in force', () => {
    const vote = { ...someVote, roll: { ana: '' } }
    const at = vote.openedAt
    const key = { by: 'ana', key: 'k', at } as const
    const objecting = {
      type: 'ballot',
      by: 'ana',
      choice: 'object',
      reason: 'because',
      at,
    } as const
    const before: ProposalEvent[] = [
      { type: 'add-key', ...key },
      { ...objecting, signed: { key: 'k', number: 1 } },
    ]
    const back = { type: 'withdraw-objection', by: 'ana', at } as const
    expect(admissible(vote, before, back)).toMatchObject({ code: 'signed-stands' })
    expect(admissible(vote, [...before, { type: 'end-key', ...key }], back).decision).toBe('permit')
  })
})

const someVote: Frozen = {
  ...fc.sample(frozen, { numRuns: 1, seed: 7 })[0]!,
  openedAt: 1000,
  closesAt: 1040,
}

const SECRET = 'k_secret'
const SLOTS = { ana: slotOf(SECRET, 'ana', sha256), bo: slotOf(SECRET, 'bo', sha256) }

const check: Ed25519Verify = (key, message, signature) =>
  verify(
    null,
    message,
    {
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') },
      format: 'jwk',
    },
    signature,
  )

const device = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'jwk' }).x ?? ''
  return {
    key,
    sign: (number: number, said: Choice, nonce: string): SignedBallot => {
      const vote = { proposal: 'p1', text: someVote.textDigest }
      const seal = sealOf(nonce, said, sha256)
      const reason = reasonSealOf('salt', '', sha256)
      const bytes = Buffer.from(signedText(vote, { key, number, seal, reason }))
      const signature = sign(null, bytes, privateKey).toString('base64url')
      return { key, number, seal, reason, signature }
    },
  }
}

type Entry = Record<string, unknown>

/** What an honest registry publishes of a vote in which ana signs twice and bo does not. */
const published = () => {
  const ana = device()
  const stream = 'proposal/p1'
  const { roll: _, proxies: __, ...shown } = someVote
  const slots = publicRoll({ ...someVote, roll: { ana: '', bo: '' }, proxies: {} }, SECRET, sha256)
  const rule = { ...shown.rule, groups: null, minDeciders: 1, approveOfRoll: '1/2' }
  const opened = { type: 'proposal.opened', stream, frozen: { ...shown, rule }, ...slots }
  const rows = (ballot: SignedBallot) => ({
    ...{ type: 'ballots.signed', stream, ballots: [toBallotRow(ballot)] },
  })
  const seal = sealOf('n2', 'yes', sha256)
  const closed = { type: 'proposal.closed', stream, deciders: 2, yes: 2, no: 0, abstain: 0 }
  const ballots = [
    [3, 'yes', 'n1'],
    [4, 'yes', 'n2'],
  ]
  const entries: Entry[] = [
    opened,
    { type: 'ballot-key.added', stream, slot: SLOTS.ana, key: ana.key },
    rows(ana.sign(1, 'no', 'n0')),
    rows(ana.sign(2, 'yes', 'n1')),
    { type: 'ballot.cast', stream, slot: SLOTS.bo, seal },
    { ...closed, objections: 0, assisted: 0, pass: true, ballots },
  ]
  return { ana, rows, stream, entries }
}

const problemsIn = async (entries: readonly Entry[]): Promise<readonly string[]> => {
  const votes = new Map<string, PublicVote>()
  entries.forEach((entry, index) => {
    noteVote(votes, index, JSON.stringify(entry))
  })
  const [vote] = votes.values()
  if (!vote) throw new Error('there is no vote')
  const found = recount(vote, sha256)
  return [...(found?.problems ?? ['it was not counted']), ...(await signatureProblems(vote, check))]
}

const RULES = 'is against the rules of signed ballots'

describe('an outsider who has the public log alone', () => {
  it('counts signed and unsigned ballots again and finds nothing amiss', async () => {
    expect(await problemsIn(published().entries)).toEqual([])
  })

  it('finds a signature that is not the device’s, whatever of the ballot was changed', async () => {
    for (const place of [1, 2, 3, 4]) {
      const { entries, ana } = published()
      const row = [...toBallotRow(ana.sign(2, 'yes', 'n1'))]
      const other = toBallotRow(ana.sign(3, 'no', 'n9'))
      row[place] = other[place] ?? ''
      const told = place === 3 ? reasonSealOf('other', 'x', sha256) : row[place]
      row[place] = told
      const changed = entries.with(3, { ...entries[3], ballots: [row] })
      const found = await problemsIn(changed)
      expect(found).toContain('a ballot in entry 3 is not signed with the key it names')
    }
  })

  it('finds a ballot that was taken over from another vote or text', async () => {
    const { entries } = published()
    const moved = entries.map((entry) => ({ ...entry, stream: 'proposal/p2' }))
    expect(await problemsIn(moved)).toContain(
      'a ballot in entry 3 is not signed with the key it names',
    )
    const [opened] = entries
    const reworded = { ...opened, frozen: { ...someVote, textDigest: 'sha256-other' } }
    expect(await problemsIn(entries.with(0, reworded))).toContain(
      'a ballot in entry 3 is not signed with the key it names',
    )
  })

  it('finds an unsigned ballot in place of a signed one', async () => {
    const { entries, stream } = published()
    const seal = sealOf('n1', 'yes', sha256)
    const forged = { type: 'ballot.cast', stream, slot: SLOTS.ana, seal }
    const found = await problemsIn([...entries.slice(0, 4), forged, ...entries.slice(4)])
    expect(found.join()).toContain(`entry 4 ${RULES}: The ballot that your device signed stands`)
  })

  it('finds a ballot under a key of nobody, an ended key, or with an old number', async () => {
    const { entries, stream, ana, rows } = published()
    const unknown = entries.with(3, rows(device().sign(2, 'yes', 'n1')))
    expect((await problemsIn(unknown)).join()).toContain(`entry 3 ${RULES}: No device`)
    const ended = { type: 'ballot-key.ended', stream, slot: SLOTS.ana, key: ana.key }
    const late = [...entries.slice(0, 3), ended, ...entries.slice(3)]
    expect((await problemsIn(late)).join()).toContain(`entry 4 ${RULES}: The key of this device`)
    const old = entries.with(3, rows(ana.sign(1, 'yes', 'n1')))
    expect((await problemsIn(old)).join()).toContain(`entry 3 ${RULES}: A later ballot`)
    const twice = [...entries.slice(0, 2), ...entries.slice(1)]
    expect((await problemsIn(twice)).join()).toContain(`entry 2 ${RULES}: This key`)
  })

  it('is told of a row that is no ballot', async () => {
    const { entries, stream } = published()
    for (const row of ['x', ['a', 1, 'b', 'c'], ['a', 1.5, 'b', 'c', 'd'], ['a', 1, 'b', 'c', 2]]) {
      const entry = { type: 'ballots.signed', stream, ballots: [row] }
      expect(await problemsIn(entries.with(3, entry))).toContain(
        'a signed ballot of entry 3 cannot be read',
      )
    }
  })

  it('takes a key or a signature that is none for a bad one', async () => {
    const vote = { proposal: 'p1', text: someVote.textDigest }
    const ballot = device().sign(1, 'yes', 'n')
    expect(await isSigned(vote, ballot, check)).toBe(true)
    expect(await isSigned(vote, { ...ballot, key: '!' }, check)).toBe(false)
    expect(await isSigned(vote, { ...ballot, signature: '!' }, check)).toBe(false)
  })
})

it('the most ballots of one entry fit into it', () => {
  const row = toBallotRow({ ...device().sign(1, 'yes', 'n'), number: Number.MAX_SAFE_INTEGER })
  const rows = Array.from({ length: MOST_SIGNED }, () => row)
  expect(JSON.stringify(rows).length).toBeLessThan(60_000)
})
