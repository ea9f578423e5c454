import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assemble, contribute, createDataset } from '../../support/journey.ts'
import { PASSWORD, type Person, signIn, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { setUpInput } from '../../support/village.ts'

const ACCEPT = `mutation ($code: String!, $input: RegisterInput!) {
  acceptInvitation(code: $code, input: $input) { viewer { id } }
}`
const SET_UP = `mutation ($input: SetUpInput!) {
  setUp(input: $input) { community { id licences { digest } } invitations { email link } }
}`
const PROPOSE = `mutation ($input: ProposePublicationInput!) {
  proposePublication(input: $input) { proposal { id phase } refused { code message } }
}`

interface SetUp {
  readonly community: { readonly id: string; readonly licences: readonly { digest: string }[] }
  readonly invitations: readonly { readonly email: string; readonly link: string }[]
}

interface Answer {
  readonly proposal: { readonly id: string; readonly phase: string } | null
  readonly refused: { readonly code: string; readonly message: string } | null
}

describe('a proposal whose vote cannot be opened', () => {
  let registry: Registry
  let setUp: SetUp
  let steward: Person
  let input: object
  let answer: Answer

  const seat = async (email: string): Promise<Person> => {
    const link = setUp.invitations.find((one) => one.email === email)?.link ?? ''
    const code = link.split('/').at(-1)
    await visitor(registry).run(ACCEPT, { code, input: { email, name: email, password: PASSWORD } })
    return signIn(registry, email)
  }
  const propose = async (): Promise<Answer> =>
    (await steward.run<{ proposePublication: Answer }>(PROPOSE, { input })).proposePublication

  beforeAll(async () => {
    registry = await startRegistry()
    const made = await visitor(registry).run<{ setUp: SetUp }>(SET_UP, { input: setUpInput() })
    setUp = made.setUp
    steward = await seat('steward@village.example')
    const contributor = await seat('contributor@village.example')
    const village = {
      registry,
      community: setUp.community.id,
      licence: setUp.community.licences[0]?.digest ?? '',
      council: [],
      steward,
      contributor,
      researcher: visitor(registry),
    }
    const dataset = await createDataset(village)
    const files = { 'words.txt': Buffer.from('words\n') }
    const contribution = await contribute(village, dataset, files)
    const manifestDigest = await assemble(village, dataset, [contribution])
    input = { dataset, manifestDigest, stage: 4, reason: 'It is ready.' }
    answer = await propose()
  }, 120_000)
  afterAll(() => registry.close())

  it('is named in the refusal, with the way on', async () => {
    expect(answer.refused?.code).toBe('CANNOT_OPEN')
    expect(answer.proposal?.phase).toBe('deliberation')
    expect(answer.refused?.message).toContain(answer.proposal?.id)
    expect(answer.refused?.message).toMatch(/open its vote, or withdraw it/)
  })

  it('leaves nothing behind that was not named', async () => {
    const { proposals } = await steward.run<{ proposals: { nodes: { id: string }[] } }>(
      '{ proposals { nodes { id } } }',
    )
    expect(proposals.nodes).toEqual([{ id: answer.proposal?.id }])
  })

  it('opens by its id once the council is seated', async () => {
    for (const name of ['one', 'two', 'three']) await seat(`${name}@village.example`)
    const { openProposal } = await steward.run<{ openProposal: Answer }>(
      'mutation ($id: ID!) { openProposal(proposal: $id) { proposal { id phase } refused { code } } }',
      { id: answer.proposal?.id },
    )
    expect(openProposal).toEqual({
      proposal: { id: answer.proposal?.id, phase: 'open' },
      refused: null,
    })
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
