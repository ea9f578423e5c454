import { PASSWORD, type Person, visitor } from './person.ts'
import type { Registry } from './registry.ts'
import { setUpInput } from './village.ts'

export interface Founder {
  readonly email: string
  readonly name: string
  readonly bodies: readonly string[]
  readonly group?: string
}

/** A community whose seats are the test's own choice. */
export interface Seated {
  readonly community: string
  /** The document of its licence. */
  readonly licence: object
  /** Everybody who sits, by e-mail address. */
  readonly people: Readonly<Record<string, Person>>
}

interface SetUp {
  readonly community: {
    readonly id: string
    readonly licences: readonly { readonly document: object }[]
  } | null
  readonly invitations: readonly { readonly email: string; readonly link: string }[]
  readonly refused: object | null
}

const SET_UP = `mutation ($input: SetUpInput!) {
  setUp(input: $input) {
    community { id licences { document } } invitations { email link } refused { message reasons { text } }
  }
}`
const ACCEPT = `mutation ($code: String!, $input: RegisterInput!) {
  acceptInvitation(code: $code, input: $input) { refused { code } }
}`

/** Sets up an empty registry with these founders, each in their seat; left out, the charter is the village's. */
export const seatAll = async (
  registry: Pick<Registry, 'url'>,
  founders: readonly Founder[],
  charter?: string,
): Promise<Seated> => {
  const whole = setUpInput()
  const community = { ...whole.community, ...(charter ? { charter } : {}), founders }
  const { setUp } = await visitor(registry).run<{ setUp: SetUp }>(SET_UP, {
    input: { ...whole, community },
  })
  if (!setUp.community) throw new Error(JSON.stringify(setUp.refused))
  const people: Record<string, Person> = {}
  for (const { email, link } of setUp.invitations) {
    const input = { email, name: email.split('@')[0], password: PASSWORD }
    const person = visitor(registry, email)
    await person.run(ACCEPT, { code: link.split('/').at(-1), input })
    people[email] = person
  }
  const { id, licences } = setUp.community
  return { community: id, licence: licences[0]?.document ?? {}, people }
}
