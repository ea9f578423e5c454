import {
  assemble,
  castBallot,
  contribute,
  createDataset,
  proposePublication,
} from '../support/journey.ts'
import { linkTo } from '../support/mailbox.ts'
import { PASSWORD, type Person, join as register, visitor } from '../support/person.ts'
import type { Ground, Village } from '../support/village.ts'

/** A council of five from three villages, a guardian, two stewards and one who contributes. */
const SEATS = {
  aroha: { group: 'hill', bodies: ['council'] },
  bela: { group: 'hill', bodies: ['council'] },
  chima: { group: 'bay', bodies: ['council'] },
  dana: { group: 'bay', bodies: ['council'] },
  eru: { group: 'point', bodies: ['council'] },
  guardian: { group: 'point', bodies: ['guardians'] },
  steward: { group: 'hill', bodies: ['stewards'] },
  clerk: { group: 'bay', bodies: ['stewards'] },
  contributor: { group: 'hill', bodies: [] },
} as const
export type SeatName = keyof typeof SEATS
const NAMES = Object.keys(SEATS) as SeatName[]
const COUNCIL = ['aroha', 'bela', 'chima', 'dana', 'eru'] as const

export interface CouncilVillage extends Village {
  readonly seat: Readonly<Record<SeatName, Person>>
}

export const emailOf = (name: string): string => `${name}@coast.example`

const SET_UP = `mutation ($input: SetUpInput!) {
  setUp(input: $input) {
    community { id licences { digest } } invitations { email } refused { message reasons { text } }
  }
}`

const ACCEPT = `mutation ($code: String!, $input: RegisterInput!) {
  acceptInvitation(code: $code, input: $input) { viewer { id } refused { code message } }
}`

interface Founded {
  readonly setUp: {
    readonly community: { readonly id: string; readonly licences: readonly { digest: string }[] }
    readonly refused: unknown
  }
}

const input = {
  operator: { email: 'operator@coast.example', name: 'Operator', password: PASSWORD },
  community: {
    name: 'The coast',
    slug: 'coast',
    description: 'Three fictitious villages on one coast.',
    charter: 'council-with-groups',
    licence: { template: 'guardianship', title: 'Our licence', home: ['NZ'], region: [] },
    founders: NAMES.map((name) => ({ email: emailOf(name), name, ...SEATS[name] })),
  },
}

/** Takes a seat by the link that came by mail, in a browser of one's own. */
const takeSeat = async (registry: Ground, name: SeatName): Promise<Person> => {
  const email = emailOf(name)
  const link = await linkTo(registry, email, 'invitations')
  const person = visitor(registry, email)
  const { acceptInvitation: taken } = await person.run<{ acceptInvitation: { refused: unknown } }>(
    ACCEPT,
    { code: link.split('/').at(-1), input: { email, name, password: PASSWORD } },
  )
  if (taken.refused) throw new Error(JSON.stringify(taken.refused))
  return person
}

/** Founds the community by its invitation links; the researcher belongs to none. */
export const foundCouncil = async (registry: Ground): Promise<CouncilVillage> => {
  const { setUp } = await visitor(registry).run<Founded>(SET_UP, { input })
  if (setUp.refused) throw new Error(JSON.stringify(setUp.refused))
  const taken = await Promise.all(
    NAMES.map(async (name) => [name, await takeSeat(registry, name)] as const),
  )
  const seat = Object.fromEntries(taken) as Record<SeatName, Person>
  const { id: community, licences } = setUp.community
  return {
    registry,
    community,
    licence: licences[0]?.digest ?? '',
    council: COUNCIL.map((name) => seat[name]),
    steward: seat.steward,
    contributor: seat.contributor,
    researcher: await register(registry, 'researcher@university.example'),
    seat,
  }
}

interface Rules {
  readonly digest: string
  readonly document: {
    readonly version: number
    readonly matters: Readonly<Record<string, object>>
  }
}

/** Every request is talked over for three days before its vote. */
const proposeTalks = async ({ community, seat: { aroha } }: CouncilVillage): Promise<string> => {
  const { community: home } = await aroha.run<{ community: { charter: Rules } }>(
    '{ community(slug: "coast") { charter { digest document } } }',
  )
  const { digest, document } = home.charter
  const talked = { ...document.matters['access.grant'], deliberation: 'P3D' }
  const { proposeCharter: made } = await aroha.run<{
    proposeCharter: { proposal: { id: string } | null; refused: unknown }
  }>(
    'mutation ($input: ProposeCharterInput!) { proposeCharter(input: $input) { proposal { id } refused { message } } }',
    {
      input: {
        community,
        reason: 'Whoever asks should be heard before we vote.',
        document: {
          ...document,
          version: document.version + 1,
          previous: digest,
          matters: { ...document.matters, 'access.grant': talked },
        },
      },
    },
  )
  if (!made.proposal) throw new Error(JSON.stringify(made.refused))
  return made.proposal.id
}

const proposeTrust = async ({ community, steward, researcher }: CouncilVillage) => {
  const { proposeAttestation: made } = await steward.run<{
    proposeAttestation: { proposal: { id: string } | null; refused: unknown }
  }>(
    'mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } refused { message } } }',
    {
      input: {
        community,
        email: researcher.email,
        actorKind: 'academic',
        commercialTie: 'no',
        identityAssurance: 2,
        reason: 'We have read the letter of the university.',
      },
    },
  )
  if (!made.proposal) throw new Error(JSON.stringify(made.refused))
  return made.proposal.id
}

/**
 * Publishes a dataset, vouches for the researcher and adopts a charter by which requests are talked
 * over: three votes at once, each carried by everybody who may vote. Returns the dataset.
 */
export const furnish = async (
  village: CouncilVillage,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<string> => {
  const dataset = await createDataset(village)
  const contribution = await contribute(village, dataset, files)
  const manifestDigest = await assemble(village, dataset, [contribution])
  const votes = [
    await proposePublication(village, { dataset, manifestDigest }),
    await proposeTrust(village),
    await proposeTalks(village),
  ]
  for (const vote of votes)
    await Promise.all(village.council.map((p) => castBallot(p, vote, 'yes')))
  await village.registry.days(27)
  return dataset
}
