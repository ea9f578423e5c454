import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/person.ts'
import { ask, type Held, hold, suspend, TEXT } from './held.ts'

describe('a vote about what is published or granted', () => {
  let held: Held

  beforeAll(async () => {
    held = await hold({ 'words.txt': TEXT })
  }, 240_000)
  afterAll(async () => {
    expect(held.registry.faults).toEqual([])
    await held.registry.close()
  })

  const phaseOf = async (person: Person, id: string): Promise<string> =>
    (
      await person.run<{ proposal: { phase: string } }>(
        'query ($id: ID!) { proposal(id: $id) { phase } }',
        { id },
      )
    ).proposal.phase

  const kinds = [
    [
      'of a waiver',
      'proposeWaiver',
      'ProposeWaiverInput',
      () => ({ grant: held.grant, duty: 'reportBack', reason: 'There was a flood.' }),
    ],
    [
      'that changes a release',
      'proposePublication',
      'ProposePublicationInput',
      () => ({
        dataset: held.published.dataset,
        manifestDigest: held.published.manifestDigest,
        stage: 3,
        reason: 'We want to be asked about every line.',
      }),
    ],
    [
      'that opens a dataset again',
      'proposeReopening',
      'DatasetVoteInput',
      () => ({ dataset: held.published.dataset, reason: 'It has been looked into.' }),
    ],
    [
      'that takes a dataset down',
      'proposeTakedown',
      'DatasetVoteInput',
      () => ({ dataset: held.published.dataset, reason: 'It should not have been recorded.' }),
    ],
  ] as const

  it.each(kinds)(
    '%s is talked over until its sponsor opens it, if they ask for that',
    async (name, mutation, type, input) => {
      const { steward } = held.village
      if (name === 'that opens a dataset again') await suspend(held.village, held.published.dataset)
      const talked = await ask(steward, mutation, type, { ...input(), deliberate: true })
      expect(await phaseOf(steward, talked)).toBe('deliberation')
      await held.registry.days(2)
      expect(await phaseOf(steward, talked)).toBe('deliberation')
      await steward.run(
        'mutation ($id: ID!) { openProposal(proposal: $id) { refused { code } } }',
        {
          id: talked,
        },
      )
      expect(await phaseOf(steward, talked)).toBe('open')
    },
    60_000,
  )

  it.each(kinds.filter(([name]) => name !== 'that changes a release'))(
    '%s opens at once otherwise',
    async (_, mutation, type, input) => {
      const { steward } = held.village
      expect(await phaseOf(steward, await ask(steward, mutation, type, input()))).toBe('open')
    },
  )
})
