import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assemble,
  attest,
  contribute,
  createDataset,
  decide,
  grantTo,
  type Published,
  proposePublication,
} from '../../support/journey.ts'
import { join, type Person, signIn, visitor } from '../../support/person.ts'
import { DAY, type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { answer as answerDuty, attestAll, report } from './duties.ts'
import { eventsSince, MARK, reopen, revoke, sizeOf, suspend, TEXT, token, urlOf } from './held.ts'

interface Refusal {
  readonly status: number
  readonly code: string
  readonly clauses: readonly string[]
  readonly logged: readonly { readonly code: unknown; readonly clauses: unknown }[]
}

const PREVIEW = `query ($id: ID!, $version: String, $path: String) {
  preview(dataset: $id, version: $version, path: $path) {
    preview { path lines } refused { code } } }`

const TWICE = Buffer.from(`${MARK} twice\n`.repeat(50))

describe('the door, of which each test changes one thing', () => {
  let registry: Registry
  let village: Village
  let dataset: string
  let published: Published
  let taken: string
  let before: Refusal

  const address = (path = 'words.txt') => urlOf(published, path)

  /** What the page of a sample tells of the same file. */
  const preview = async (person: Person, url: string, headers?: Record<string, string>) => {
    const size = await sizeOf(registry)
    const [, version = '', path = ''] = /versions\/([^/]+)\/files\/(.+)$/.exec(url) ?? []
    const id = url.includes(dataset) ? dataset : 'd_0000000000000000'
    const variables = { id, version, path }
    const response = await person.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: PREVIEW, variables }),
    })
    const body = await response.text()
    const shown = await eventsSince(registry, size, 'preview.shown')
    return { shown: shown.length, hasMark: body.includes(MARK), body }
  }

  const expectNoPreview = async (person: Person, url: string, headers?: Record<string, string>) => {
    const { shown, hasMark, body } = await preview(person, url, headers)
    expect([shown, hasMark, JSON.parse(body)]).toEqual([
      0,
      false,
      { data: { preview: { preview: null, refused: { code: expect.any(String) } } } },
    ])
  }

  /** Asks for a file and tells the refusal, having made sure that not a byte of it came along. */
  const refusedTo = async (person: Person, url: string, init: RequestInit = {}) => {
    const size = await sizeOf(registry)
    const response = await person.fetch(url, init)
    const body = await response.text()
    expect(body).not.toContain(MARK)
    expect(response.headers.get('etag') ?? '').not.toContain(published?.files[0]?.sha256 ?? 'x')
    expect(await eventsSince(registry, size, 'download.authorised')).toEqual([])
    const { code, reasons = [] } = JSON.parse(body) as {
      code: string
      reasons?: { clause: string; text: string }[]
    }
    const refused = await eventsSince(registry, size, 'download.refused')
    if (url.includes('/files/') && !init.headers) await expectNoPreview(person, url)
    return {
      status: response.status,
      code,
      clauses: reasons.map(({ clause }) => clause),
      logged: refused.map(({ data }) => ({ code: data.code, clauses: data.clauses })),
    }
  }

  const refused = (url = address(), init: RequestInit = {}) =>
    refusedTo(village.researcher, url, init)

  const logged = (status: number, code: string): Refusal => ({
    status,
    code,
    clauses: [],
    logged: [{ code, clauses: [] }],
  })

  const expectPermitted = async (url = address(), init: RequestInit = {}) => {
    const response = await village.researcher.fetch(url, init)
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining(MARK)])
    // Whoever may have all of it may look at a part.
    if (!init.headers)
      expect(await preview(village.researcher, url)).toMatchObject({ hasMark: true })
  }

  const moveTo = async (stage: number, embargoUntil?: string) => {
    const { manifestDigest } = published
    const rung = { stage, ...(embargoUntil ? { embargoUntil } : {}) }
    await decide(village, await proposePublication(village, { dataset, manifestDigest, ...rung }))
  }

  const passMinutes = (minutes: number) => registry.house.services.clock.advance(minutes * 60_000)

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    dataset = await createDataset(village)
    const kept = await contribute(village, dataset, { 'words.txt': TEXT })
    taken = await contribute(village, dataset, { 'taken.txt': TWICE })
    const manifestDigest = await assemble(village, dataset, [kept, taken])
    await decide(village, await proposePublication(village, { dataset, manifestDigest }))
    const { dataset: shown } = await village.steward.run<{
      dataset: { version: Omit<Published, 'dataset' | 'manifestDigest' | 'proposal'> }
    }>(
      'query ($id: ID!) { dataset(id: $id) { version { version files { path sha256 size url } } } }',
      {
        id: dataset,
      },
    )
    published = { dataset, manifestDigest, proposal: '', ...shown.version }
    await attest(village)
    before = await refused()
    await grantTo(village, dataset)
  }, 180_000)
  afterAll(() => registry.close())

  it('permits the holder of a grant, by browser, Bearer and Basic', async () => {
    await expectPermitted()
    const secret = await token(village.researcher, ['download'])
    await expectPermitted(address(), { headers: { authorization: `Bearer ${secret}` } })
    const basic = Buffer.from(`anything:${secret}`).toString('base64')
    await expectPermitted(address(), { headers: { authorization: `Basic ${basic}` } })
  })

  it('records that a sample is shown, once an hour and without a name in the log', async () => {
    passMinutes(61)
    const shown = [1, 2].map(() => () => preview(village.researcher, address()))
    const counts: number[] = []
    for (const look of shown) counts.push((await look()).shown)
    expect(counts).toEqual([1, 0])
    const [event] = await eventsSince(registry, 0, 'preview.shown')
    const account = String(event?.secret.account)
    expect(account).toMatch(/^a_/)
    expect(event?.leaf).not.toContain(account)
  })

  it('refuses the same person before there was a grant', () => {
    expect(before).toEqual(logged(403, 'NO_GRANT'))
  })

  it('asks whoever is not signed in to sign in', async () => {
    const anybody = visitor(registry)
    expect(await refusedTo(anybody, address())).toEqual(logged(401, 'SIGN_IN'))
    const { headers } = await anybody.fetch(address())
    expect(headers.get('www-authenticate')).toMatch(/^Basic realm=/)
    expect(headers.get('x-error-code')).toBe('GatedRepo')
  })

  it('takes a token that is not valid for no token, even beside a good session', async () => {
    passMinutes(2)
    const headers = { authorization: 'Bearer cht_0000000000000000000000000000000000000000' }
    expect(await refused(address(), { headers })).toEqual(logged(401, 'SIGN_IN'))
  })

  it('refuses a token without the scope download', async () => {
    const secret = await token(village.researcher, ['read', 'contribute'])
    const headers = { authorization: `Bearer ${secret}` }
    expect(await refused(address(), { headers })).toEqual(logged(403, 'SCOPE_MISSING'))
    await expectNoPreview(visitor(registry), address(), headers)
  })

  it('refuses somebody else, whatever grants others hold', async () => {
    const colleague = await join(registry, 'colleague@university.example')
    expect(await refusedTo(colleague, address())).toEqual(logged(403, 'NO_GRANT'))
    const [one] = village.council
    expect(one && (await refusedTo(one, address()))).toEqual(logged(403, 'NO_GRANT'))
  })

  it('answers an unknown file without a word in the log', async () => {
    const gone = address().replace('words.txt', 'absent.txt')
    expect(await refused(gone)).toEqual({ status: 404, code: 'NO_FILE', clauses: [], logged: [] })
    const { headers } = await village.researcher.fetch(gone)
    expect(headers.get('x-error-code')).toBe('EntryNotFound')
  })

  it('tells whoever has no grant nothing about which files there are', async () => {
    const stranger = await join(registry, 'stranger@university.example')
    const absent = await refusedTo(stranger, address().replace('words.txt', 'absent.txt'))
    expect(absent).toMatchObject({ status: 403, code: 'NO_GRANT' })
  })

  it('writes one refusal a minute, however often it is repeated', async () => {
    const size = await sizeOf(registry)
    const stranger = await signIn(registry, 'stranger@university.example')
    passMinutes(2)
    for (let i = 0; i < 5; i += 1) expect((await stranger.fetch(address())).status).toBe(403)
    expect(await eventsSince(registry, size, 'download.refused')).toHaveLength(1)
    passMinutes(1)
    expect((await stranger.fetch(address())).status).toBe(403)
    expect(await eventsSince(registry, size, 'download.refused')).toHaveLength(2)
  })

  it('keeps the name of whoever was refused out of the public leaf', async () => {
    const [event] = await eventsSince(registry, 0, 'download.refused')
    expect(event?.secret.account).toMatch(/^a_/)
    expect(event?.leaf).not.toContain(String(event?.secret.account))
  })

  it('refuses while the community has suspended the dataset', async () => {
    await suspend(village, dataset)
    expect(await refused()).toEqual(logged(403, 'SUSPENDED'))
    await reopen(village, dataset)
    await expectPermitted()
  })

  it('refuses below the rung of named download', async () => {
    await moveTo(3)
    const answer = await village.researcher.fetch(address())
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'STAGE_CLOSED' }])
    // A sample is shown two rungs below.
    expect(await preview(village.researcher, address())).toMatchObject({ hasMark: true })
    await moveTo(1)
    passMinutes(2)
    expect(await refused()).toEqual(logged(403, 'STAGE_CLOSED'))
    await moveTo(5)
    await expectPermitted()
  })

  it('answers hidden and absent alike, byte by byte', async () => {
    await moveTo(0)
    const raw = async (url: string) => {
      const response = await village.researcher.fetch(url)
      const headers = [...response.headers].filter(
        ([name]) => !['date', 'content-security-policy'].includes(name),
      )
      return { status: response.status, headers, body: await response.text() }
    }
    const hidden = await raw(address())
    const absent = await raw(address().replace(dataset, 'd_0000000000000000'))
    expect(hidden.status).toBe(404)
    expect(hidden).toEqual(absent)
    const anybody = await visitor(registry).fetch(address())
    expect([anybody.status, await anybody.text()]).toEqual([404, hidden.body])
    expect(await refused()).toEqual({ status: 404, code: 'NOT_FOUND', clauses: [], logged: [] })
    await moveTo(4)
    await expectPermitted()
  })

  it('refuses until the last second of an embargo', async () => {
    const until = registry.house.services.log.now() + 40 * DAY
    await moveTo(4, new Date(until).toISOString())
    expect(await refused()).toEqual(logged(403, 'EMBARGOED'))
    const { clock, log } = registry.house.services
    clock.advance(until - log.now() - 2_000)
    expect(await refused()).toMatchObject({ status: 403, code: 'EMBARGOED' })
    clock.advance(3_000)
    await expectPermitted()
  })

  it('refuses what its contributor has withdrawn, and that file alone', async () => {
    await expectPermitted(address('taken.txt'))
    await village.contributor.run(
      'mutation ($id: ID!) { withdrawContribution(id: $id) { refused { code } } }',
      { id: taken },
    )
    expect(await refused(address('taken.txt'))).toEqual(logged(403, 'WITHDRAWN'))
    await expectPermitted()
  })

  it('lists in SHA256SUMS what may be had, to whoever may have it', async () => {
    const sums = `/datasets/${dataset}/versions/1.0.0/SHA256SUMS`
    const text = await (await village.researcher.fetch(sums)).text()
    const file = published.files.find(({ path }) => path === 'words.txt')
    expect(text).toBe(`${file?.sha256}  words.txt\n`)
    expect((await visitor(registry).fetch(sums)).status).toBe(401)
  })

  it('refuses while a duty is overdue, names the clause, and opens again once it is reported', async () => {
    const { viewer } = await village.researcher.run<{
      viewer: { grants: { id: string; duties: { kind: string; dueAt: string | null }[] }[] }
    }>('{ viewer { grants { id duties { kind dueAt } } } }')
    const [grant] = viewer.grants
    const due = Date.parse(grant?.duties.find(({ kind }) => kind === 'reportBack')?.dueAt ?? '')
    const { clock, log } = registry.house.services
    clock.advance(due - log.now() - 1_000)
    await expectPermitted()
    clock.advance(2_000)
    const answer = await refused()
    expect(answer).toMatchObject({ status: 403, code: 'LICENCE_REFUSES' })
    const clause = expect.stringMatching(/#allow-standing$/)
    expect(answer.clauses).toContainEqual(clause)
    expect(answer.logged).toEqual([{ code: 'LICENCE_REFUSES', clauses: [clause] }])
    expect(await report(village.researcher, grant?.id ?? '')).toBe('ok')
    expect(await answerDuty(village.steward, grant?.id ?? '')).toBe('ok')
    await expectPermitted()
  })

  it('refuses another version than the one that was granted', async () => {
    const more = await contribute(village, dataset, { 'more.txt': TWICE })
    const manifestDigest = await assemble(village, dataset, [more], '1.1.0')
    await decide(village, await proposePublication(village, { dataset, manifestDigest }))
    // What was taken back above is destroyed by now, and has to go from every copy.
    await attestAll(village.researcher)
    const next = `/datasets/${dataset}/versions/1.1.0/files/more.txt`
    expect(await refused(next)).toEqual(logged(403, 'NO_GRANT'))
    await expectPermitted()
  })

  it('refuses once the council knows of a commercial tie, whatever was declared', async () => {
    await attest(village, { commercialTie: 'yes' })
    const answer = await refused()
    expect(answer).toMatchObject({ status: 403, code: 'LICENCE_REFUSES' })
    expect(answer.clauses).toContainEqual(expect.stringMatching(/#no-commercial-tie$/))
    await attest(village)
    await expectPermitted()
  })

  it('refuses a grant that has been revoked, and permits the next one', async () => {
    const first = await newestGrant()
    await revoke(village, first)
    expect(await refused()).toEqual(logged(403, 'GRANT_REVOKED'))
    await grantTo(village, dataset)
    const second = `/datasets/${dataset}/versions/1.1.0/files/more.txt`
    await expectPermitted(second)
  })

  it('refuses from the instant at which a grant expires', async () => {
    const { viewer } = await village.researcher.run<{
      viewer: { grants: { id: string; expiresAt: string; duties: { kind: string }[] }[] }
    }>('{ viewer { grants { id expiresAt duties { kind } } } }')
    const [grant] = viewer.grants
    expect(await report(village.researcher, grant?.id ?? '')).toBe('ok')
    expect(await answerDuty(village.steward, grant?.id ?? '')).toBe('ok')
    const { clock, log } = registry.house.services
    const second = `/datasets/${dataset}/versions/1.1.0/files/more.txt`
    clock.advance(Date.parse(grant?.expiresAt ?? '') - log.now() - 1_000)
    await expectPermitted(second)
    clock.advance(1_000)
    expect(await refused(second)).toEqual(logged(403, 'GRANT_EXPIRED'))
  })

  const newestGrant = async (): Promise<string> => {
    const { viewer } = await village.researcher.run<{ viewer: { grants: { id: string }[] } }>(
      '{ viewer { grants { id } } }',
    )
    return viewer.grants[0]?.id ?? ''
  }

  it('reports no fault on the way', () => {
    expect(registry.faults).toEqual([])
  })
})
