import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkTo, mailsTo, verifyEmail } from '../../support/mailbox.ts'
import { PASSWORD, type Person, signIn, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const NEW = 'another long enough password'

interface Refused {
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

describe('the address of an account', () => {
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

  const register = async (email: string): Promise<Person> => {
    const person = visitor(registry, email)
    const input = { email, name: email.split('@')[0], password: PASSWORD }
    await person.run(
      'mutation ($input: RegisterInput!) { register(input: $input) { viewer { id } } }',
      { input },
    )
    return person
  }
  const isVerified = async (person: Person) =>
    (
      await person.run<{ viewer: { emailVerified: boolean } | null }>(
        '{ viewer { emailVerified } }',
      )
    ).viewer?.emailVerified
  const post = (path: string, fields: Record<string, string> = {}, headers = {}) =>
    visitor(registry).fetch(path, {
      method: 'POST',
      headers: { ...FORM, ...headers },
      body: new URLSearchParams(fields).toString(),
    })
  const attest = async (email: string) =>
    (
      await village.steward.run<{ proposeAttestation: Refused }>(
        `mutation ($input: ProposeAttestationInput!) {
          proposeAttestation(input: $input) { refused { code field } } }`,
        {
          input: { community: village.community, email, identityAssurance: 2, reason: 'A letter.' },
        },
      )
    ).proposeAttestation
  const admit = async (email: string) =>
    (
      await village.steward.run<{ proposeMember: Refused }>(
        `mutation ($input: ProposeMemberInput!) {
          proposeMember(input: $input) { refused { code field } } }`,
        {
          input: {
            community: village.community,
            email,
            name: 'N',
            bodies: [],
            reason: 'A friend.',
          },
        },
      )
    ).proposeMember

  it('counts as theirs after the button behind the link, and not after the link is opened', async () => {
    const person = await register('ana@new.example')
    const path = await linkTo(registry, 'ana@new.example', 'verify')
    const page = await (await visitor(registry).fetch(path)).text()
    expect(page).toContain('Yes, this address is mine')
    expect(await isVerified(person)).toBe(false)
    expect((await post(path)).status).toBe(200)
    expect(await isVerified(person)).toBe(true)
    expect((await post(path)).status).toBe(404)
  })

  it('is taken as theirs from whoever took a seat by the invitation that was mailed there', async () => {
    const [one] = village.council
    expect(one && (await isVerified(one))).toBe(true)
  })

  it('brings neither a seat nor an attestation before it is confirmed', async () => {
    await register('typed@new.example')
    for (const ask of [attest, admit]) {
      expect((await ask('typed@new.example')).refused).toEqual({
        code: 'EMAIL_UNVERIFIED',
        field: 'email',
      })
    }
    await verifyEmail(registry, 'typed@new.example')
    for (const ask of [attest, admit]) expect((await ask('typed@new.example')).refused).toBeNull()
  })

  it('gives no founder’s seat to whoever registered it first without reading its mail', async () => {
    await register('squatter@new.example')
    await register('honest@new.example')
    await verifyEmail(registry, 'honest@new.example')
    const operator = await signIn(registry, 'operator@village.example')
    const founders = ['squatter', 'honest', 'third'].map((name) => ({
      email: `${name}@new.example`,
      name,
      bodies: ['council'],
    }))
    const { foundCommunity } = await operator.run<{
      foundCommunity: { invitations: readonly { email: string }[]; refused: object | null }
    }>(
      `mutation ($input: FoundCommunityInput!) {
        foundCommunity(input: $input) { invitations { email } refused { code message } } }`,
      {
        input: {
          name: 'Another village',
          slug: 'another',
          description: 'A fictitious village.',
          charter: 'small-council-consent',
          licence: { template: 'guardianship', title: 'Ours', home: ['NZ'], region: [] },
          founders,
        },
      },
    )
    expect(foundCommunity.refused).toBeNull()
    expect(foundCommunity.invitations.map(({ email }) => email).sort()).toEqual([
      'squatter@new.example',
      'third@new.example',
    ])
  })

  it('gets its letter again when asked, after which the older link is void', async () => {
    const person = await register('again@new.example')
    const first = await linkTo(registry, 'again@new.example', 'verify')
    const { sendVerification } = await person.run<{ sendVerification: Refused }>(
      'mutation { sendVerification { refused { code field } } }',
    )
    expect(sendVerification.refused).toBeNull()
    expect((await mailsTo(registry, 'again@new.example')).length).toBe(2)
    expect((await post(first)).status).toBe(404)
    expect(await isVerified(person)).toBe(false)
    await verifyEmail(registry, 'again@new.example')
    expect(await isVerified(person)).toBe(true)
  })

  describe('lets its person choose a new password', () => {
    const EMAIL = 'three@village.example'
    const ask = (email: string) => post('/forgot', { email })

    it('by a link that works once and ends every session', async () => {
      const before = await signIn(registry, EMAIL)
      await ask(` ${EMAIL.toUpperCase()} `)
      const path = await linkTo(registry, EMAIL, 'reset')
      expect((await visitor(registry).fetch(path)).status).toBe(200)
      expect(await isVerified(before)).toBe(true)
      expect((await post(path, { password: 'short' })).status).toBe(422)
      expect((await post(path, { password: NEW })).status).toBe(200)
      expect(await isVerified(before)).toBeUndefined()
      expect((await post(path, { password: PASSWORD })).status).toBe(404)
      const { signIn: answer } = await visitor(registry).run<{ signIn: Refused }>(
        'mutation ($input: SignInInput!) { signIn(input: $input) { refused { code field } } }',
        { input: { email: EMAIL, password: NEW } },
      )
      expect(answer.refused).toBeNull()
    })

    it('with the same answer whether there is such an account or not', async () => {
      const answers = [await ask('two@village.example'), await ask('nobody@nowhere.example')]
      const [known, unknown] = await Promise.all(answers.map((answer) => answer.text()))
      const plain = (text = '') => text.replace(/nonce="[^"]*"/, '')
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(plain(known)).toBe(plain(unknown))
      expect(await mailsTo(registry, 'nobody@nowhere.example')).toEqual([])
    })

    it('five times in a quarter of an hour', async () => {
      const statuses = []
      for (let i = 0; i < 6; i += 1) statuses.push((await ask('often@new.example')).status)
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    })

    it('but not by a link of another kind, nor from a form of another site', async () => {
      await register('kind@new.example')
      const verify = await linkTo(registry, 'kind@new.example', 'verify')
      const as = verify.replace('/verify/', '/reset/')
      expect((await post(as, { password: NEW })).status).toBe(404)
      const foreign = await post(verify, {}, { origin: 'https://evil.example' })
      expect(foreign.status).toBe(403)
      expect((await post(verify)).status).toBe(200)
    })
  })
})
