import { castBallot } from './journey.ts'
import type { Person } from './person.ts'
import type { Village } from './village.ts'

/** What one community says to a question that several are asked. */
export interface Voice {
  readonly community: { readonly id: string }
  readonly state: string
  readonly proposal: { readonly id: string } | null
}

export interface Joint {
  readonly rule: string
  readonly voices: readonly Voice[]
}

interface Refused {
  readonly code: string
  readonly message: string
  readonly field: string | null
}

export interface Asked {
  readonly proposal: { readonly id: string; readonly joint: Joint | null } | null
  readonly refused: Refused | null
}

const JOINT = 'joint { rule voices { community { id } state proposal { id } } }'

/** Runs one of the commands that put a question about a dataset to the vote. */
export const propose = async (
  person: Person,
  [command, type]: readonly [string, string],
  input: object,
): Promise<Asked> => {
  const answer = await person.run<Record<string, Asked>>(
    `mutation ($input: ${type}!) { ${command}(input: $input) { proposal { id ${JOINT} } refused { code message field } } }`,
    { input },
  )
  const asked = answer[command]
  if (!asked) throw new Error(`${command} has no answer`)
  return asked
}

/** Asks to take another community in; `changes` may say otherwise. */
export const offer = (
  by: Person,
  dataset: string,
  other: Village,
  changes: object = {},
): Promise<Asked> =>
  propose(by, ['proposeCustody', 'ProposeCustodyInput'], {
    dataset,
    step: 'join',
    community: other.community,
    rule: 'all',
    licence: other.licence,
    reason: 'Both tell these stories.',
    ...changes,
  })

export const jointOf = async (person: Person, proposal: string): Promise<Joint | null> => {
  const { proposal: found } = await person.run<{ proposal: { joint: Joint | null } }>(
    `query ($id: ID!) { proposal(id: $id) { ${JOINT} } }`,
    { id: proposal },
  )
  return found.joint
}

/** What each community says, by its id. */
export const statesOf = ({ voices }: Joint): Readonly<Record<string, string>> =>
  Object.fromEntries(voices.map(({ community, state }) => [community.id, state]))

export type Ballot = readonly [Village, 'yes' | 'no' | 'nobody' | 'recused']

const RECUSE = 'mutation ($input: ReasonInput!) { recuse(input: $input) { refused { code } } }'

/** Each council says what is written beside it, all in the same days; then their times pass. */
export const answer = async (joint: Joint | null, ...ballots: readonly Ballot[]): Promise<void> => {
  for (const [village, choice] of ballots) {
    const voice = joint?.voices.find(({ community }) => community.id === village.community)
    if (!voice?.proposal) throw new Error('this community has not been asked')
    const { id } = voice.proposal
    const reason = 'We have talked about it.'
    for (const person of choice === 'yes' || choice === 'no' ? village.council : [])
      await castBallot(person, id, choice, reason)
    // One fewer than the charter asks for: the vote is held once more.
    if (choice === 'recused')
      await village.council[0]?.run(RECUSE, { input: { proposal: id, reason } })
  }
  await ballots[0]?.[0].registry.days(23)
}

export interface Custody {
  readonly rule: string
  readonly keepers: readonly {
    readonly community: { readonly id: string }
    readonly licence: { readonly digest: string } | null
    readonly left: boolean
  }[]
}

export const custodyOf = async (person: Person, id: string): Promise<Custody | null> => {
  const { dataset } = await person.run<{ dataset: { custody: Custody | null } }>(
    'query ($id: ID!) { dataset(id: $id) { custody { rule keepers { community { id } licence { digest } left } } } }',
    { id },
  )
  return dataset.custody
}

/** From the offer to the day on which both keep it. */
export const share = async (
  one: Village,
  other: Village,
  dataset: string,
  changes: object = {},
): Promise<void> => {
  const { proposal, refused } = await offer(one.steward, dataset, other, changes)
  if (!proposal) throw new Error(`no vote: ${JSON.stringify(refused)}`)
  await answer(proposal.joint, [one, 'yes'], [other, 'yes'])
}
