import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assemble,
  castBallot,
  contribute,
  createDataset,
  proposePublication,
} from '../../support/journey.ts'
import { linkTo } from '../../support/mailbox.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const ONE = 'one@village.example'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

interface Mine {
  readonly choice: string
  readonly reason: string | null
}

describe('voting by a link', () => {
  let registry: Registry
  let village: Village
  let proposal = ''
  let link = ''

  const propose = async (version: string): Promise<string> => {
    const dataset = await createDataset(village)
    const bytes = Buffer.from(`He kupu ${version}.\n`)
    const contribution = await contribute(village, dataset, { 'words.txt': bytes })
    const manifestDigest = await assemble(village, dataset, [contribution], version)
    return proposePublication(village, { dataset, manifestDigest })
  }
  const one = (): Person => {
    const [first] = village.council
    if (!first) throw new Error('the seat is empty')
    return first
  }
  const mine = async (id = proposal): Promise<Mine | null> =>
    (
      await one().run<{ proposal: { myBallot: Mine | null } }>(
        'query ($id: ID!) { proposal(id: $id) { myBallot { choice reason } } }',
        { id },
      )
    ).proposal.myBallot
  const open = (path: string, init: RequestInit = {}) =>
    visitor(registry).fetch(path, { redirect: 'manual', ...init })
  const cast = (path: string, fields: Record<string, string>, headers = {}) =>
    open(path, {
      method: 'POST',
      headers: { ...FORM, ...headers },
      body: new URLSearchParams(fields).toString(),
    })

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    proposal = await propose('1.0.0')
    link = await linkTo(registry, ONE, 'vote')
  }, 120_000)
  afterAll(() => registry.close())

  it('shows the question, the licence in words, the rule, what silence means and the voter', async () => {
    const page = await (await open(link)).text()
    for (const words of [
      'Words by the river',
      'What the licence means: Our licence',
      'It takes 2 yes',
      'Silence is not a yes',
      'You vote as <span dir="auto">one</span>',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).not.toContain('<script')
    expect(registry.faults).toEqual([])
  })

  it('changes nothing by opening, as the programs do that follow links of an e-mail', async () => {
    const before = await registry.house.services.log.size()
    for (const method of ['GET', 'HEAD']) await open(link, { method })
    expect((await open(link, { headers: { purpose: 'prefetch' } })).status).toBe(200)
    expect(await mine()).toBeNull()
    expect(await registry.house.services.log.size()).toBe(before)
  })

  it('counts one ballot like any other and gives a receipt that can be checked', async () => {
    const response = await cast(link, { choice: 'yes', reason: 'It is ours.' })
    expect([response.status, response.headers.get('location')]).toEqual([303, `${link}#receipt`])
    expect(await mine()).toEqual({ choice: 'yes', reason: 'It is ours.' })
    const page = await (await open(link)).text()
    expect(page).toContain('You voted: Yes')
    expect(page).toContain('c2sp.org/tlog-proof@v1')
    expect(page).toMatch(/<svg class="qr" role="img" aria-label="QR code[^>]+><path/)
    const { ballotEntries } = (await registry.house.services.governance.proposal(proposal)) ?? {}
    const [entry] = Object.values(ballotEntries ?? {})
    expect(page).toContain(`${registry.url}/log/entries/${entry}`)
    expect(page).toContain((await registry.house.services.log.receipt(entry ?? -1)).split('\n')[2])
  })

  it('can change the ballot until the close, and keeps the words of one that was refused', async () => {
    const refused = await cast(link, { choice: 'object', reason: ' ' })
    const page = await refused.text()
    expect(refused.status).toBe(422)
    // Said where the page opens, and again at the ballot itself.
    const [top = '', ballot = ''] = page.split('How it is decided')
    for (const part of [top, ballot]) expect(part).toContain('Your ballot was not counted')
    expect(top).toContain('href="#ballot"')
    expect(page).toMatch(/value="object" required checked/)
    expect(await mine()).toEqual({ choice: 'yes', reason: 'It is ours.' })
    const counted = await cast(link, { choice: 'object', reason: 'The families were not asked.' })
    expect(await counted.text()).not.toContain('was not counted')
    expect(await mine()).toEqual({ choice: 'object', reason: 'The families were not asked.' })
  })

  it.each([
    ['no choice', { reason: 'x' }],
    ['a choice that is none', { choice: 'maybe' }],
  ] as const)('counts nothing with %s', async (_, fields) => {
    const before = await mine()
    expect((await cast(link, fields as Record<string, string>)).status).toBe(422)
    expect(await mine()).toEqual(before)
  })

  it('writes what people typed as text and never as part of the page', async () => {
    await cast(link, { choice: 'no', reason: '</textarea><script>alert(1)</script>"\'' })
    const page = await (await open(link)).text()
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;/textarea&gt;&lt;script&gt;')
  })

  it('keeps its address out of caches, indexes and the next page', async () => {
    const { headers } = await open(link)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("form-action 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('opens no session and nothing else of the person', async () => {
    const person = visitor(registry)
    await person.fetch(link)
    expect(person.cookie()).toBe('')
    const { viewer } = await person.run<{ viewer: null }>('{ viewer { id } }')
    expect(viewer).toBeNull()
  })

  it('takes a form of its own page and none that another site sends', async () => {
    const before = await mine()
    const foreign = await cast(link, { choice: 'abstain' }, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    expect(await mine()).toEqual(before)
    const own = await cast(link, { choice: 'abstain' }, { origin: 'null' })
    expect(own.status).toBe(303)
  })

  it('is stored as a hash: who reads the database cannot vote', async () => {
    const { account } = (await registry.house.services.notices.openBallotLink(
      link.split('/').at(-1) ?? '',
    )) ?? { account: { id: '' } }
    const stored = await registry.house.services.notices.ballotLinks(account.id)
    expect(stored.map(({ proposal: one }) => one)).toContain(proposal)
    for (const { id } of stored) {
      expect(link).not.toContain(id)
      expect((await open(`/vote/${id}`)).status).toBe(404)
    }
  })

  it('says the same of a wrong, a replaced, a revoked and an expired link', async () => {
    const { notices, people } = registry.house.services
    const account = (await people.accountByEmail(ONE))?.id ?? ''
    const second = await propose('1.1.0')
    const replaced = `/vote/${await notices.makeBallotLink(account, second)}`
    expect((await open(replaced)).status).toBe(200)
    const revoked = `/vote/${await notices.makeBallotLink(account, second)}`
    const other = (await open(link)).status
    const answers = [await open(replaced), await open(`/vote/${'x'.repeat(43)}`)]
    expect((await open(revoked)).status).toBe(200)
    const payload = await one().run<{ revokeBallotLinks: { refused: null } }>(
      'mutation ($id: ID!) { revokeBallotLinks(proposal: $id) { refused { code } } }',
      { id: second },
    )
    expect(payload.revokeBallotLinks.refused).toBeNull()
    answers.push(await open(revoked), await cast(revoked, { choice: 'yes' }))
    expect(await mine(second)).toBeNull()
    // The link of another vote is another link.
    expect([other, (await open(link)).status]).toEqual([200, 200])
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    const stripped = texts.map((text) => text.replace(/nonce="[^"]*"/, ''))
    expect(new Set(stripped).size).toBe(1)
    expect(stripped[0]).toContain('newest e-mail')
  })

  it('lets nobody revoke the link of somebody else', async () => {
    const second = village.council[1]
    if (!second) throw new Error('the seat is empty')
    const { revokeBallotLinks } = await second.run<{ revokeBallotLinks: object }>(
      'mutation { revokeBallotLinks { refused { code } } }',
    )
    expect(revokeBallotLinks).toEqual({ refused: null })
    expect((await open(link)).status).toBe(200)
  })

  it('is for the one who has a seat on the roll', async () => {
    const { notices, people } = registry.house.services
    const account = (await people.accountByEmail('researcher@university.example'))?.id ?? ''
    const secret = await notices.makeBallotLink(account, proposal)
    expect((await open(`/vote/${secret}`)).status).toBe(404)
  })

  it('takes so many ballots by one link in a quarter of an hour and then asks to wait', async () => {
    const { notices, people } = registry.house.services
    const account = (await people.accountByEmail('two@village.example'))?.id ?? ''
    const path = `/vote/${await notices.makeBallotLink(account, proposal)}`
    const statuses = []
    for (let i = 0; i < 21; i += 1) statuses.push((await cast(path, { choice: 'yes' })).status)
    expect(statuses.slice(0, 20).every((status) => status === 303)).toBe(true)
    expect(statuses[20]).toBe(429)
  })

  it('ends with the vote', async () => {
    expect((await open(link)).status).toBe(200)
    for (const person of village.council.slice(1)) await castBallot(person, proposal, 'yes')
    await registry.days(23)
    expect((await open(link)).status).toBe(404)
    expect((await cast(link, { choice: 'yes' })).status).toBe(404)
  })

  it('stays open to the right link while wrong ones from the same network are turned away', async () => {
    const next = await propose('2.0.0')
    const { notices, people } = registry.house.services
    const account = (await people.accountByEmail(ONE))?.id ?? ''
    const right = `/vote/${await notices.makeBallotLink(account, next)}`
    const statuses = []
    for (let i = 0; i < 32; i += 1) statuses.push((await open(`/vote/${i}`)).status)
    expect(statuses.slice(0, 20).every((status) => status === 404)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect((await open(right)).status).toBe(200)
  })
})
