import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkTo, mailsTo } from '../../support/mailbox.ts'
import { type Person, signIn, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, setUpInput, type Village } from '../../support/village.ts'
import { ask } from '../grants/held.ts'

const GERMAN = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' }
const DRAFT = 'Diese Übersetzung wurde noch von niemandem geprüft.'

describe('a page without a script', () => {
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

  const read = async (path: string, headers: Record<string, string> = GERMAN) =>
    (await visitor(registry).fetch(path, { headers })).text()
  const one = (): Person => {
    const [first] = village.council
    if (!first) throw new Error('the seat is empty')
    return first
  }

  const foundingIn = async (language: string, community: object): Promise<string | null> => {
    const operator = await signIn(registry, 'operator@village.example')
    const founders = ['neu', 'zwei', 'drei'].map((name) => ({
      email: `${name}@dorf.example`,
      name,
      bodies: name === 'drei' ? ['council', 'stewards'] : ['council'],
    }))
    const { foundCommunity: made } = await operator.run<{
      foundCommunity: { refused: { message: string } | null }
    }>(
      'mutation ($input: FoundCommunityInput!) { foundCommunity(input: $input) { refused { message } } }',
      { input: { ...community, founders, language } },
    )
    return made.refused?.message ?? null
  }

  it.each([
    ['/forgot', 'Passwort vergessen?', 'Forgot your password?'],
    ['/verify/nothing', 'Dieser Link gilt nicht mehr', 'This link no longer works'],
    ['/reset/nothing', 'Dieser Link gilt nicht mehr', 'This link no longer works'],
    ['/unsubscribe/nothing', 'Dieser Link gilt nicht mehr', 'This link no longer works'],
    ['/vote/nothing', 'Dieser Link öffnet keine Abstimmung', 'This link does not open a vote'],
  ])('says %s in German, as a draft, to whoever reads it', async (path, german, english) => {
    const page = await read(path)
    expect(page).toContain('<html lang="de">')
    expect(page).toContain(german)
    expect(page).toContain(DRAFT)
    const other = await read(path, { 'accept-language': 'fr' })
    expect(other).toContain('<html lang="en">')
    expect(other).toContain(english)
    expect(other).not.toContain(DRAFT)
  })

  it('keeps to the language that was chosen on the site', async () => {
    expect(await read('/forgot', { ...GERMAN, cookie: 'lang=en' })).toContain('<html lang="en">')
    expect(await read('/forgot', { cookie: 'lang=de' })).toContain('<html lang="de">')
  })

  it('leaves a ballot in the language its words are checked in, and says so', async () => {
    await ask(one(), 'proposeAttestation', 'ProposeAttestationInput', {
      community: village.community,
      email: village.researcher.email,
      actorKind: 'academic',
      reason: 'We have read a letter.',
    })
    await registry.house.post()
    const page = await read(await linkTo(registry, 'two@village.example', 'vote'))
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('Silence is not a yes')
    expect(page).toMatch(/lang="de">Worüber abgestimmt wird, steht hier auf Englisch/)
    expect(page).not.toContain(DRAFT)
  })

  it('follows an invitation in the language of whoever founds the community', async () => {
    expect((await mailsTo(registry, 'one@village.example'))[0]).toMatchObject({
      subject: expect.stringContaining('Your seat in'),
      language: 'en',
    })
    const { community } = setUpInput()
    const refused = await foundingIn('de', { ...community, slug: 'dorf', name: 'Ein Dorf' })
    expect(refused).toBeNull()
    await registry.house.post()
    const [mail] = await mailsTo(registry, 'neu@dorf.example')
    expect(mail).toMatchObject({ subject: 'Ihr Sitz in Ein Dorf', language: 'de' })
    expect(mail?.text).toContain(DRAFT)
    expect(mail?.text).toMatch(/\/invitations\/[\w-]+\?lang=de/)
  })
})
