import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castBallot } from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

interface Answer {
  readonly proposal: { readonly id: string } | null
  readonly refused: { readonly code: string } | null
}

interface Seen {
  readonly phase: string
  readonly title: string
  readonly text: string
  readonly textDigest: string
  readonly revisions: readonly {
    readonly number: number
    readonly text: string
    readonly textDigest: string
    readonly entry: number
    readonly changes: readonly { readonly kind: string; readonly text: string }[]
  }[]
  readonly returned: { readonly words: string | null } | null
  readonly comments: readonly { readonly text: string }[]
  readonly viewerCanRevise: { readonly code: string | null }
  readonly viewerCanReturn: { readonly code: string | null }
}

describe('a proposal that is talked over', () => {
  let registry: Registry
  let village: Village

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const propose = async (person: Person): Promise<string> => {
    const { proposeAttestation: made } = await person.run<{ proposeAttestation: Answer }>(
      'mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } refused { code } } }',
      {
        input: {
          community: village.community,
          email: village.researcher.email,
          actorKind: 'academic',
          reason: 'We have read the letter of the school.',
          deliberate: true,
        },
      },
    )
    if (!made.proposal) throw new Error(JSON.stringify(made.refused))
    return made.proposal.id
  }
  const revise = async (person: Person, proposal: string, text: string) =>
    (
      await person.run<{ reviseProposal: Answer }>(
        'mutation ($input: ReviseProposalInput!) { reviseProposal(input: $input) { refused { code } } }',
        { input: { proposal, title: 'Vouch for facts about a person', text } },
      )
    ).reviseProposal.refused?.code ?? null
  const sendBack = async (person: Person, proposal: string, reason: string) =>
    (
      await person.run<{ returnProposal: Answer }>(
        'mutation ($input: ReasonInput!) { returnProposal(input: $input) { refused { code } } }',
        { input: { proposal, reason } },
      )
    ).returnProposal.refused?.code ?? null
  const open = async (person: Person, proposal: string) =>
    (
      await person.run<{ openProposal: Answer }>(
        'mutation ($id: ID!) { openProposal(proposal: $id) { refused { code } } }',
        { id: proposal },
      )
    ).openProposal.refused?.code ?? null
  const see = async (person: Person, id: string): Promise<Seen> =>
    (
      await person.run<{ proposal: Seen }>(
        `query ($id: ID!) { proposal(id: $id) { phase title text textDigest comments { text }
          revisions { number text textDigest entry changes { kind text } } returned { words }
          viewerCanRevise { code } viewerCanReturn { code } } }`,
        { id },
      )
    ).proposal

  it('waits for its sponsor or a steward to open its vote', async () => {
    const [one, two] = village.council
    if (!one || !two) throw new Error('nobody sits here')
    const proposal = await propose(one)
    expect((await see(two, proposal)).phase).toBe('deliberation')
    await registry.days(30)
    expect((await see(two, proposal)).phase).toBe('deliberation')
    expect(await open(two, proposal)).toBe('NOT_STEWARD')
    expect(await open(one, proposal)).toBeNull()
    expect((await see(two, proposal)).phase).toBe('open')
  })

  it('keeps every wording with its digest and shows what changed', async () => {
    const [one, two] = village.council
    if (!one || !two) throw new Error('nobody sits here')
    const proposal = await propose(one)
    const before = await see(one, proposal)
    expect(await revise(one, proposal, 'We have read the letter of the university.')).toBeNull()
    const after = await see(two, proposal)
    expect(after.text).toBe('We have read the letter of the university.')
    expect(after.revisions.map(({ number, text }) => ({ number, text }))).toEqual([
      { number: 1, text: before.text },
      { number: 2, text: after.text },
    ])
    expect(after.revisions[0]?.textDigest).toBe(before.textDigest)
    expect(after.textDigest).not.toBe(before.textDigest)
    expect(after.revisions[1]?.changes).toContainEqual({ kind: 'added', text: 'university.' })
    expect(after.revisions[1]?.changes).toContainEqual({ kind: 'removed', text: 'school.' })
    await open(one, proposal)
    const stored = await registry.house.services.governance.proposal(proposal)
    expect(stored?.frozen?.textDigest).toBe(after.textDigest)
  })

  it('is revised by its sponsor alone, before the vote, and not with the same words', async () => {
    const [one, two] = village.council
    if (!one || !two) throw new Error('nobody sits here')
    const proposal = await propose(one)
    const text = 'Other words.'
    expect(await revise(two, proposal, text)).toBe('NOT_SPONSOR')
    expect((await see(two, proposal)).viewerCanRevise.code).toBe('NOT_SPONSOR')
    expect(await revise(one, proposal, text)).toBeNull()
    expect(await revise(one, proposal, text)).toBe('NOTHING_CHANGED')
    expect(await revise(one, proposal, ' ')).toBe('BAD_INPUT')
    expect(await open(one, proposal)).toBeNull()
    expect(await revise(one, proposal, 'Words after the opening.')).toBe('NOT_IN_DELIBERATION')
  })

  it('is returned by one who would vote, and opens only once it was handed in again', async () => {
    const [one, two] = village.council
    if (!one || !two) throw new Error('nobody sits here')
    const proposal = await propose(one)
    expect(await sendBack(village.contributor, proposal, 'Which school?')).toBe('NOT_A_DECIDER')
    expect(await sendBack(village.researcher, proposal, 'Which school?')).toBe('NOT_A_DECIDER')
    expect(await sendBack(two, proposal, '')).toBe('BAD_INPUT')
    expect(await sendBack(two, proposal, 'Which school?')).toBeNull()
    expect(await sendBack(two, proposal, 'Which school?')).toBe('RETURNED_ALREADY')
    expect((await see(one, proposal)).returned).toEqual({ words: 'Which school?' })
    expect((await see(village.researcher, proposal)).returned).toEqual({ words: null })
    expect(await open(one, proposal)).toBe('RETURNED')
    expect(await revise(one, proposal, 'The school by the river.')).toBeNull()
    expect((await see(one, proposal)).returned).toBeNull()
    expect(await open(one, proposal)).toBeNull()
    expect(await sendBack(two, proposal, 'Too late.')).toBe('NOT_IN_DELIBERATION')
  })

  it('stays as it is when the registry starts again', async () => {
    const [one] = village.council
    if (!one) throw new Error('nobody sits here')
    const proposal = await propose(one)
    await registry.house.services.governance.recover()
    expect((await see(one, proposal)).phase).toBe('deliberation')
  })

  it('counts ballots only once its vote is open', async () => {
    const [one] = village.council
    if (!one) throw new Error('nobody sits here')
    const proposal = await propose(one)
    expect((await castBallot(one, proposal, 'yes')).refused?.code).toBe('NOT_OPEN')
    await open(one, proposal)
    expect((await castBallot(one, proposal, 'yes')).refused).toBeNull()
  })
})
