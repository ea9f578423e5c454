import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PASSWORD, type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { setUpInput } from '../../support/village.ts'

interface Founded {
  readonly community: { readonly id: string; readonly licences: readonly object[] } | null
  readonly invitations: readonly { readonly email: string; readonly link: string }[]
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

const FIELDS =
  '{ community { id licences { digest } } invitations { email link } refused { code field } }'
const SET_UP = `mutation ($input: SetUpInput!) { setUp(input: $input) ${FIELDS} }`
const FOUND = `mutation ($input: FoundCommunityInput!) { foundCommunity(input: $input) ${FIELDS} }`
const ACCEPT = `mutation ($code: String!, $input: RegisterInput!) {
  acceptInvitation(code: $code, input: $input) { viewer { id } refused { code field } }
}`

const input = (community: object = {}, operator: object = {}) => {
  const whole = setUpInput()
  return {
    operator: { ...whole.operator, ...operator },
    community: { ...whole.community, ...community },
  }
}

describe('the first set-up', () => {
  let registry: Registry

  beforeEach(async () => {
    registry = await startRegistry()
  })
  afterEach(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const setUp = async (wish: object, person = visitor(registry)): Promise<Founded> =>
    (await person.run<{ setUp: Founded }>(SET_UP, { input: wish })).setUp
  const found = async (person: Person, wish: object): Promise<Founded> =>
    (await person.run<{ foundCommunity: Founded }>(FOUND, { input: wish })).foundCommunity
  const accept = async (founded: Founded, who: string, changes: object = {}) => {
    const link = founded.invitations.find(({ email }) => email === who)?.link ?? ''
    const person = visitor(registry, who)
    const { acceptInvitation } = await person.run<{
      acceptInvitation: { viewer: { id: string } | null; refused: { code: string } | null }
    }>(ACCEPT, {
      code: link.split('/').at(-1),
      input: { name: who, email: who, password: PASSWORD, ...changes },
    })
    return { person, ...acceptInvitation }
  }
  const needsSetUp = async () =>
    (
      await visitor(registry).run<{ registry: { needsSetUp: boolean } }>(
        '{ registry { needsSetUp } }',
      )
    ).registry.needsSetUp

  it.each([
    ['an unknown charter', { charter: 'no-such-charter' }],
    ['too few founders for the charter', { founders: [setUpInput().community.founders[0]] }],
    [
      'a founder listed twice',
      {
        founders: [...setUpInput().community.founders, setUpInput().community.founders[0]],
      },
    ],
    ['an unknown licence', { licence: { ...setUpInput().community.licence, template: 'none' } }],
    ['a licence without a home', { licence: { ...setUpInput().community.licence, home: [] } }],
    ['a slug with capitals', { slug: 'Village' }],
  ])('with %s is refused and leaves the registry to be set up', async (_, community) => {
    expect((await setUp(input(community))).refused).not.toBeNull()
    expect(await needsSetUp()).toBe(true)
    const { refused, community: made } = await setUp(input())
    expect(refused).toBeNull()
    expect(made?.licences).toHaveLength(1)
  })

  it('with a weak password of the operator is refused and founds nothing', async () => {
    const { refused } = await setUp(input({}, { password: 'short' }))
    expect(refused).toMatchObject({ code: 'BAD_INPUT', field: 'password' })
    expect(await registry.house.services.log.size()).toBe(0)
    expect((await setUp(input())).refused).toBeNull()
  })

  it('happens once, also when two visitors send it at the same time', async () => {
    const both = await Promise.all([
      setUp(input()),
      setUp(input({ slug: 'other' }, { email: 'second@village.example' })),
    ])
    const codes = both.map(({ refused }) => refused?.code ?? 'done')
    expect(codes.sort()).toEqual(['ALREADY_SET_UP', 'done'])
    expect(await registry.house.services.people.communities()).toHaveLength(1)
  })

  it('comes before any account, so nobody takes the address of a founder', async () => {
    const early = visitor(registry)
    const register =
      'mutation ($input: RegisterInput!) { register(input: $input) { viewer { id } refused { code } } }'
    const wish = { input: { name: 'Eve', email: 'one@village.example', password: PASSWORD } }
    expect(await early.run(register, wish)).toEqual({
      register: { viewer: null, refused: { code: 'NOT_SET_UP' } },
    })
    expect((await setUp(input())).invitations.map(({ email }) => email)).toContain(
      'one@village.example',
    )
  })

  it('seats one of two people who take one invitation, and leaves no account of the other', async () => {
    const founded = await setUp(input())
    const ends = await Promise.all([
      accept(founded, 'one@village.example', { email: 'first@village.example' }),
      accept(founded, 'one@village.example', { email: 'second@village.example' }),
    ])
    expect(ends.map(({ refused }) => refused?.code ?? 'in').sort()).toEqual([
      'INVITATION_STALE',
      'in',
    ])
    const { people } = registry.house.services
    const accounts = await Promise.all(
      ['first@village.example', 'second@village.example'].map((one) => people.accountByEmail(one)),
    )
    const [only] = accounts.filter((one) => one !== null)
    expect(accounts.filter((one) => one !== null)).toHaveLength(1)
    expect(await people.memberships(only?.id ?? '')).toHaveLength(1)
  })

  it('keeps an invitation for another try when the first was refused', async () => {
    const founded = await setUp(input())
    const weak = await accept(founded, 'one@village.example', { password: 'short' })
    expect(weak.refused?.code).toBe('BAD_INPUT')
    expect((await accept(founded, 'one@village.example')).refused).toBeNull()
    expect((await accept(founded, 'one@village.example')).refused?.code).toBe('INVITATION_STALE')
  })

  it('seats a founder with the account they have made meanwhile, if they know its password', async () => {
    const founded = await setUp(input())
    await visitor(registry).run(
      'mutation ($input: RegisterInput!) { register(input: $input) { refused { code } } }',
      { input: { name: 'One', email: 'one@village.example', password: PASSWORD } },
    )
    const wrong = await accept(founded, 'one@village.example', { password: 'not the password' })
    expect(wrong.refused?.code).toBe('WRONG_SIGN_IN')
    const { person, refused } = await accept(founded, 'one@village.example')
    expect(refused).toBeNull()
    const { viewer } = await person.run<{ viewer: { memberships: { bodies: string[] }[] } }>(
      '{ viewer { memberships { bodies } } }',
    )
    expect(viewer.memberships).toEqual([{ bodies: ['council'] }])
  })

  it('founds further communities for the operator only, and gives the operator no seat', async () => {
    const operator = visitor(registry)
    const first = await setUp(input(), operator)
    const { person } = await accept(first, 'one@village.example')
    const second = { ...setUpInput().community, slug: 'second' }
    expect((await found(person, second)).refused?.code).toBe('OPERATOR_ONLY')
    const { community } = await found(operator, second)
    expect(community?.licences).toHaveLength(1)
    const { viewer } = await operator.run<{ viewer: { memberships: object[] } }>(
      '{ viewer { memberships { member } } }',
    )
    expect(viewer.memberships).toEqual([])
  })

  it('gives one short name to one community, also to two foundings at once', async () => {
    const operator = visitor(registry)
    await setUp(input(), operator)
    const second = { ...setUpInput().community, slug: 'second' }
    const both = await Promise.all([found(operator, second), found(operator, second)])
    expect(both.map(({ refused }) => refused?.code ?? 'done').sort()).toEqual([
      'SLUG_TAKEN',
      'done',
    ])
    expect(await registry.house.services.people.communities()).toHaveLength(2)
  })
})
