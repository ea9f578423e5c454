import { type Person, join as register, signIn, visitor } from './person.ts'
import type { Registry } from './registry.ts'

/** What a village needs of the registry it is founded in. */
export type Ground = Pick<Registry, 'url' | 'days'>

/** A founded community with its people at their browsers. */
export interface Village {
  readonly registry: Ground
  readonly community: string
  readonly licence: string
  readonly council: readonly Person[]
  readonly steward: Person
  readonly contributor: Person
  readonly researcher: Person
}

const FOUND = `mutation ($input: SetUpInput!) {
  setUp(input: $input) { community { id licences { digest } } invitations { email link } refused { code message field reasons { text } } }
}`

const ACCEPT = `mutation ($code: String!, $input: RegisterInput!) {
  acceptInvitation(code: $code, input: $input) { viewer { id } refused { code message } }
}`

interface SetUp {
  readonly setUp: {
    readonly community: {
      readonly id: string
      readonly licences: readonly { digest: string }[]
    } | null
    readonly invitations: readonly { email: string; link: string }[]
    readonly refused: unknown
  }
}

const seats = [
  { email: 'one@village.example', name: 'One', bodies: ['council'] },
  { email: 'two@village.example', name: 'Two', bodies: ['council'] },
  { email: 'three@village.example', name: 'Three', bodies: ['council'] },
  { email: 'steward@village.example', name: 'Steward', bodies: ['stewards'] },
  { email: 'contributor@village.example', name: 'Contributor', bodies: [] },
] as const

/** What the first visitor of an empty registry sends. */
export const setUpInput = (licence = 'guardianship') => ({
  operator: {
    email: 'operator@village.example',
    name: 'Operator',
    password: 'a long enough password',
  },
  community: {
    name: 'A village',
    slug: 'village',
    description: 'A fictitious village.',
    charter: 'small-council-consent',
    licence: { template: licence, title: 'Our licence', home: ['NZ'], region: [] },
    founders: seats,
  },
})

/** Sets up an empty registry and seats everybody through their invitation links. */
export const found = async (registry: Ground, licence = 'guardianship'): Promise<Village> => {
  const operator = visitor(registry)
  const { setUp } = await operator.run<SetUp>(FOUND, { input: setUpInput(licence) })
  if (!setUp.community) throw new Error(`cannot set up: ${JSON.stringify(setUp.refused)}`)
  for (const { email, link } of setUp.invitations) {
    const input = { email, name: email.split('@')[0], password: 'a long enough password' }
    await operator.run(ACCEPT, { code: link.split('/').at(-1), input })
  }
  const [one, two, three, steward, contributor] = await Promise.all(
    seats.map(({ email }) => signIn(registry, email)),
  )
  if (!one || !two || !three || !steward || !contributor) throw new Error('a seat is empty')
  return {
    registry,
    community: setUp.community.id,
    licence: setUp.community.licences[0]?.digest ?? '',
    council: [one, two, three],
    steward,
    contributor,
    researcher: await register(registry, 'researcher@university.example'),
  }
}
