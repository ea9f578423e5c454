import { linkTo, type Mailed } from './mailbox.ts'
import { type Person, join as register, signIn, visitor } from './person.ts'
import type { Registry } from './registry.ts'

/** What a village needs of the registry it is founded in. */
export type Ground = Pick<Registry, 'days'> & Mailed

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

const SET_UP =
  'community { id licences { digest } } invitations { email link } refused { code message field reasons { text } }'
const FOUND = `mutation ($input: SetUpInput!) { setUp(input: $input) { ${SET_UP} } }`
const FURTHER = `mutation ($input: FoundCommunityInput!) { foundCommunity(input: $input) { ${SET_UP} } }`

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

const seatsOf = (slug: string) =>
  [
    { email: `one@${slug}.example`, name: 'One', bodies: ['council'] },
    { email: `two@${slug}.example`, name: 'Two', bodies: ['council'] },
    { email: `three@${slug}.example`, name: 'Three', bodies: ['council'] },
    { email: `steward@${slug}.example`, name: 'Steward', bodies: ['stewards'] },
    { email: `contributor@${slug}.example`, name: 'Contributor', bodies: [] },
  ] as const

const communityInput = (slug: string, licence: string) => ({
  name: `A ${slug}`,
  slug,
  description: `A fictitious ${slug}.`,
  charter: 'small-council-consent',
  licence: { template: licence, title: 'Our licence', home: ['NZ'], region: [] },
  founders: seatsOf(slug),
})

/** What the first visitor of an empty registry sends. */
export const setUpInput = (licence = 'guardianship') => ({
  operator: {
    email: 'operator@village.example',
    name: 'Operator',
    password: 'a long enough password',
  },
  community: communityInput('village', licence),
})

/** Seats everybody through the invitation each has got by mail. */
const seat = async (registry: Ground, slug: string, { setUp }: SetUp) => {
  if (!setUp.community) throw new Error(`cannot set up: ${JSON.stringify(setUp.refused)}`)
  const guest = visitor(registry)
  for (const { email } of setUp.invitations) {
    const link = await linkTo(registry, email, 'invitations')
    const input = { email, name: email.split('@')[0], password: 'a long enough password' }
    await guest.run(ACCEPT, { code: link.split('/').at(-1), input })
  }
  const [one, two, three, steward, contributor] = await Promise.all(
    seatsOf(slug).map(({ email }) => signIn(registry, email)),
  )
  if (!one || !two || !three || !steward || !contributor) throw new Error('a seat is empty')
  return {
    registry,
    community: setUp.community.id,
    licence: setUp.community.licences[0]?.digest ?? '',
    council: [one, two, three],
    steward,
    contributor,
  }
}

/** A further community of the same registry; the researcher is the same person. */
export const foundAnother = async (
  village: Village,
  slug: string,
  licence = 'guardianship',
): Promise<Village> => {
  const { registry, researcher } = village
  const operator = await signIn(registry, 'operator@village.example')
  const { foundCommunity } = await operator.run<{ foundCommunity: SetUp['setUp'] }>(FURTHER, {
    input: communityInput(slug, licence),
  })
  return { ...(await seat(registry, slug, { setUp: foundCommunity })), researcher }
}

/** Sets up an empty registry and seats everybody through their invitation links. */
export const found = async (registry: Ground, licence = 'guardianship'): Promise<Village> => {
  const operator = visitor(registry)
  const made = await operator.run<SetUp>(FOUND, { input: setUpInput(licence) })
  return {
    ...(await seat(registry, 'village', made)),
    researcher: await register(registry, 'researcher@university.example'),
  }
}
