import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Person, signIn } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

interface Proposed {
  readonly proposal: { readonly id: string } | null
  readonly refused: { readonly code: string; readonly message: string } | null
}

interface Document {
  readonly uid: string
  readonly permission: readonly { readonly target: string }[]
  readonly prohibition: readonly object[]
}

let first: Registry
let second: Registry
let village: Village
let desks: readonly Person[]

beforeAll(async () => {
  first = await startRegistry()
  village = await found(first)
  second = await startRegistry({ dataDir: first.dataDir, keep: true })
  desks = [village.steward, await signIn(second, village.steward.email)]
}, 120_000)
afterAll(async () => {
  await second.close()
  await first.close()
})

const PROPOSE = `mutation ($input: ProposeLicenceInput!) {
  proposeLicence(input: $input) { proposal { id } refused { code message } }
}`

/** Asks for the licence in force with one bar more. */
const barring = async (by: Person | undefined, name: string, action: string): Promise<Proposed> => {
  const [newest] = await first.house.services.licences.adoptedBy(village.community)
  if (!by || !newest) throw new Error('nobody, or no licence')
  const document = newest.document as Document
  const bar = { uid: `${document.uid}#${name}`, target: document.permission[0]?.target, action }
  const changed = {
    ...document,
    uid: `${document.uid}+${name}`,
    prohibition: [...document.prohibition, bar],
  }
  const input = {
    ...{ community: village.community, replaces: newest.id, reason: 'One of two.' },
    ...{ document: changed, deliberate: true },
  }
  return (await by.run<{ proposeLicence: Proposed }>(PROPOSE, { input })).proposeLicence
}

const withdraw = (id: string) =>
  village.steward.run(
    'mutation ($id: ID!) { withdrawProposal(proposal: $id) { refused { code } } }',
    { id },
  )

it('puts one of two changes of a licence to the vote that two processes are asked for at once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all(
      desks.map((by, nth) =>
        barring(by, `${round}-${nth}`, nth === 0 ? 'sov:preview' : 'sov:derive'),
      ),
    )
    const asked = answers.flatMap(({ proposal }) => proposal?.id ?? [])
    const refused = answers.flatMap((one) => one.refused ?? [])
    expect(asked).toHaveLength(1)
    expect(refused.map(({ code }) => code)).toEqual(['ALREADY_PROPOSED'])
    // The other is told which vote is in the way.
    expect(refused[0]?.message).toContain(asked[0])
    await withdraw(asked[0] ?? '')
  }
}, 60_000)

it('lets each process ask when the vote of the other is over', async () => {
  for (const [nth, by] of [...desks, ...desks].entries()) {
    const { proposal, refused } = await barring(by, `turn-${nth}`, 'sov:preview')
    expect(refused).toBeNull()
    await withdraw(proposal?.id ?? '')
  }
}, 60_000)
