import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assemble, contribute, createDataset, proposePublication } from '../support/journey.ts'
import { PASSWORD, type Person, visitor } from '../support/person.ts'
import { type Registry, startRegistry } from '../support/registry.ts'
import { found, type Village } from '../support/village.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

const post = (
  person: Person,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  person.fetch(path, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...FORM, ...headers },
    body: new URLSearchParams(fields).toString(),
  })

const answerOf = (response: Response) => [response.status, response.headers.get('location')]

describe('forms sent without a script', () => {
  let registry: Registry
  let village: Village
  let proposal: string

  const seated = (): Person => {
    const [first] = village.council
    if (!first) throw new Error('the seat is empty')
    return first
  }
  const mine = async () =>
    (
      await seated().run<{ proposal: { myBallot: { choice: string; reason: string } | null } }>(
        'query ($id: ID!) { proposal(id: $id) { myBallot { choice reason } } }',
        { id: proposal },
      )
    ).proposal.myBallot

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    const dataset = await createDataset(village)
    const bytes = Buffer.from('He kupu.\n')
    const contribution = await contribute(village, dataset, { 'words.txt': bytes })
    const manifestDigest = await assemble(village, dataset, [contribution], '1.0.0')
    proposal = await proposePublication(village, { dataset, manifestDigest })
  }, 120_000)
  afterAll(() => registry.close())

  describe('sign in', () => {
    const right = { email: 'one@village.example', password: PASSWORD }

    it('open a session and lead on to where the person was going', async () => {
      const person = visitor(registry)
      const response = await post(person, '/sign-in', { ...right, next: '/inbox?a=1#b' })
      expect(answerOf(response)).toEqual([303, '/inbox?a=1#b'])
      expect(person.cookie()).toMatch(/^__Host-session=/)
      const { viewer } = await person.run<{ viewer: object | null }>('{ viewer { id } }')
      expect(viewer).not.toBeNull()
    })

    it('say nothing more than no, with a wrong password as with an unknown address', async () => {
      for (const wrong of [{ password: 'something else!' }, { email: 'no@village.example' }]) {
        const person = visitor(registry)
        const response = await post(person, '/sign-in', { ...right, ...wrong, next: '/inbox' })
        expect(answerOf(response)).toEqual([303, '/sign-in?next=%2Finbox&refused=sign-in'])
        expect(person.cookie()).toBe('')
      }
    })

    it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nb', ''])(
      'lead to %j never, but to the account',
      async (next) => {
        const response = await post(visitor(registry), '/sign-in', { ...right, next })
        expect(answerOf(response)).toEqual([303, '/account'])
      },
    )

    it.each<Record<string, string>>([
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ])('are refused when another site sends them: %j', async (headers) => {
      const person = visitor(registry)
      const response = await post(person, '/sign-in', right, headers)
      expect(response.status).toBe(403)
      expect(person.cookie()).toBe('')
    })

    it.each<Record<string, string>>([{ 'sec-fetch-site': 'same-origin' }, { origin: 'null' }])(
      'are taken when our own page sends them: %j',
      async (headers) => {
        const response = await post(visitor(registry), '/sign-in', right, headers)
        expect(response.status).toBe(303)
      },
    )

    it('without a field are sent back', async () => {
      const response = await post(visitor(registry), '/sign-in', { email: right.email })
      expect(answerOf(response)).toEqual([303, '/sign-in?next=%2Faccount&refused=sign-in'])
    })
  })

  describe('cast a ballot', () => {
    const path = () => `/decisions/${proposal}/ballot`

    it('that counts like any other', async () => {
      const response = await post(seated(), path(), { choice: 'yes', reason: ' It is ours. ' })
      expect(answerOf(response)).toEqual([303, `${path()}#ballot`])
      expect(await mine()).toEqual({ choice: 'yes', reason: 'It is ours.' })
    })

    it.each([
      ['no choice', { reason: 'Because.' }],
      ['a choice that is none', { choice: 'maybe' }],
      ['an objection without a reason', { choice: 'object', reason: ' ' }],
    ] as const)('but not with %s', async (_, fields) => {
      const before = await mine()
      const response = await post(seated(), path(), fields as Record<string, string>)
      expect(answerOf(response)).toEqual([303, `${path()}?refused=ballot#ballot`])
      expect(await mine()).toEqual(before)
    })

    it('only for those who have signed in', async () => {
      const response = await post(visitor(registry), path(), { choice: 'yes' })
      expect(answerOf(response)).toEqual([303, `/sign-in?next=${encodeURIComponent(path())}`])
    })

    it('not for somebody without a seat, nor on a proposal that is not there', async () => {
      const outside = await post(village.researcher, path(), { choice: 'no' })
      const nowhere = await post(seated(), '/decisions/p_nothing/ballot', { choice: 'no' })
      expect(outside.headers.get('location')).toBe(`${path()}?refused=ballot#ballot`)
      expect(nowhere.headers.get('location')).toBe(
        '/decisions/p_nothing/ballot?refused=ballot#ballot',
      )
      expect(registry.faults).toEqual([])
    })

    it('not in the name of a councillor whom another site sends', async () => {
      const before = await mine()
      const response = await post(
        seated(),
        path(),
        { choice: 'no' },
        { origin: 'https://evil.example' },
      )
      expect(response.status).toBe(403)
      expect(await mine()).toEqual(before)
    })
  })

  it('are refused when they are larger than any form', async () => {
    const response = await post(visitor(registry), '/sign-in', { email: 'x'.repeat(40_000) })
    expect(response.status).toBe(413)
  })
})
