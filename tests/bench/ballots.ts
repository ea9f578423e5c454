import { generateKeyPairSync, sign, verify } from 'node:crypto'
import type { Actor } from '../../api/src/people/people.ts'
import type { Person } from '../support/person.ts'
import { type Registry, startRegistry } from '../support/registry.ts'
import { found, type Village } from '../support/village.ts'
import { compareAll, type Run } from './compare.ts'
import { awaited } from './cpu.ts'
import type { BenchRow } from './row.ts'

const AT_ONCE = 16

const CAST = `mutation ($input: CastBallotInput!) { castBallot(input: $input) { entry refused { code } } }`

export interface Seat {
  readonly person: Person
  readonly actor: Actor
}

/** People with what the services know them by. */
export const seatsOf = async (
  { house }: Registry,
  people: readonly Person[],
): Promise<readonly Seat[]> =>
  Promise.all(
    people.map(async (person) => {
      const account = await house.services.people.accountByEmail(person.email)
      if (!account) throw new Error(`nobody is called ${person.email}`)
      return { person, actor: { account, session: 's', scopes: null } }
    }),
  )

/** Proposals whose vote is open, so that no history gets long. */
export const openVotes = async (
  { house }: Registry,
  { community }: Pick<Village, 'community'>,
  sponsor: Actor,
  count: number,
): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const made = await house.services.governance.propose({
      community,
      title: 'Vouch for facts about a person',
      text: 'We have met them.',
      effect: { kind: 'member.attest', facts: { identityAssurance: 2 } },
      secret: { account: 'a_somebody', name: 'Somebody' },
      sponsor,
      cmd: `bench_${n}`,
    })
    if (!made.ok) throw new Error(made.message)
    ids.push(made.proposal.id)
  }
  return ids
}

/** What checking `n` signatures costs by itself. */
export const signatures = (n: number) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const message = Buffer.alloc(200, 'b')
  const signature = sign(null, message, privateKey)
  return awaited('crypto.verify', n, async () => verify(null, message, publicKey, signature))
}

/** Ballots of a session, inside the process and over GraphQL, beside what checking signatures alone costs. */
export const ballotRows = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const registry = await startRegistry()
  const village = await found(registry)
  const seats = await seatsOf(registry, village.council)
  const [first] = seats
  if (!first) throw new Error('the council is empty')
  const votes = await openVotes(registry, village, first.actor, smoke ? 16 : 64)
  let turn = 0
  const next = () => {
    turn += 1
    const seat = seats[turn % seats.length] ?? first
    return { ...seat, proposal: votes[turn % votes.length] ?? '' }
  }
  const { governance } = registry.house.services
  const inside = async () => {
    const { actor, proposal } = next()
    const cast = await governance.act(actor, proposal, {
      type: 'ballot',
      choice: 'yes',
      reason: '',
    })
    if (!cast.ok) throw new Error(cast.message)
  }
  const overHttp = async () => {
    const { person, proposal } = next()
    await person.run(CAST, { input: { proposal, choice: 'yes' } })
  }
  const n = smoke ? 96 : 320
  const many = (one: () => Promise<void>) => () => Promise.all(Array.from({ length: AT_ONCE }, one))
  const baselines = [signatures(n)]
  const rows = await compareAll(run, [
    {
      name: 'ballots of a session, with receipts',
      n,
      conc: AT_ONCE,
      product: awaited('act', n, many(inside), AT_ONCE),
      baselines,
    },
    {
      name: 'ballots over GraphQL, client included',
      n,
      conc: AT_ONCE,
      product: awaited('castBallot', n, many(overHttp), AT_ONCE),
      baselines,
    },
  ])
  await registry.close()
  return rows
}
