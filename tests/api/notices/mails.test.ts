import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assemble,
  castBallot,
  contribute,
  createDataset,
  proposePublication,
  publish,
} from '../../support/journey.ts'
import { mailsTo } from '../../support/mailbox.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const ONE = 'one@village.example'
const TWO = 'two@village.example'

interface Seen {
  readonly unreadNotices: number
  readonly notices: readonly {
    readonly id: string
    readonly kind: string
    readonly read: boolean
    readonly title: string
    readonly path: string
    readonly mail: string | null
  }[]
}

const seen = async (person: Person, language = 'en'): Promise<Seen> =>
  (
    await person.run<{ viewer: Seen }>(
      `query ($language: String) { viewer { unreadNotices
        notices(first: 50) { id kind read path mail title(language: $language) } } }`,
      { language },
    )
  ).viewer

const save = (person: Person, input: object) =>
  person.run<{ saveNoticeSettings: { refused: { code: string; field: string } | null } }>(
    `mutation ($input: NoticeSettingsInput!) {
      saveNoticeSettings(input: $input) { refused { code field } } }`,
    { input },
  )

describe('notices', () => {
  let registry: Registry
  let village: Village

  const member = (nth: number): Person => {
    const person = village.council[nth]
    if (!person) throw new Error('the seat is empty')
    return person
  }
  const propose = async (): Promise<string> => {
    const dataset = await createDataset(village)
    const contribution = await contribute(village, dataset, { 'a.txt': Buffer.from('He kupu.\n') })
    const manifestDigest = await assemble(village, dataset, [contribution], '1.0.0')
    const proposal = await proposePublication(village, { dataset, manifestDigest })
    await registry.house.post()
    return proposal
  }
  /** As in life: something is told every day. */
  const days = async (count: number) => {
    for (let day = 0; day < count; day += 1) {
      await registry.days(1)
      await registry.house.post()
      await registry.house.post()
    }
  }
  const about = async (address: string, proposal: string) =>
    (await mailsTo(registry, address)).filter(({ text }) => text.includes(proposal))

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
  }, 120_000)
  afterAll(() => registry.close())

  it('tell everybody on the roll of an open vote, in the registry and by e-mail, once', async () => {
    const proposal = await propose()
    await registry.house.post()
    const mails = await about(ONE, proposal)
    expect(mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('Please vote:')])
    const { notices, unreadNotices } = await seen(member(0))
    const mine = notices.filter(({ path }) => path === `/decisions/${proposal}/ballot`)
    expect(mine).toMatchObject([{ kind: 'vote-opened', read: false, mail: 'sent' }])
    expect(unreadNotices).toBeGreaterThan(0)
    expect(await about('researcher@university.example', proposal)).toEqual([])
    expect(registry.faults).toEqual([])
  })

  it('are marked read by the person alone', async () => {
    const [first] = (await seen(member(0))).notices
    const mark = 'mutation ($ids: [ID!]) { markNoticesRead(ids: $ids) { refused { code } } }'
    const ids = [first?.id]
    const other = await member(1).run<{ markNoticesRead: { refused: { code: string } } }>(mark, {
      ids,
    })
    expect(other.markNoticesRead.refused.code).toBe('NOT_FOUND')
    expect((await seen(member(0))).notices[0]?.read).toBe(false)
    await member(0).run(mark, { ids })
    expect((await seen(member(0))).notices[0]?.read).toBe(true)
  })

  it('are written in the language of the person, as text and as plain HTML', async () => {
    await save(member(2), { language: 'de', mode: 'each', off: [] })
    const proposal = await propose()
    const [mail] = await about('three@village.example', proposal)
    expect(mail?.subject).toMatch(/^Bitte stimmen Sie ab:/)
    expect(mail?.text).toContain('noch von niemandem geprüft')
    expect(mail?.html).toContain('<html lang="de">')
    expect(mail?.html).not.toMatch(/<img|<style|<script|<link|url\(/)
    expect((await seen(member(2), 'de')).notices[0]?.title).toMatch(/^Bitte/)
  })

  it('call a vote to mind before its close, but only to those who have not voted', async () => {
    const proposal = await propose()
    await castBallot(member(0), proposal, 'yes')
    const reminders = async (address: string) =>
      (await about(address, proposal)).filter(({ subject }) => subject.startsWith('Closes soon'))
    await days(13)
    expect(await reminders(ONE)).toEqual([])
    expect((await reminders(TWO)).length).toBe(2)
    await days(4)
    expect((await reminders(TWO)).length).toBe(2)
    const results = (await about(TWO, proposal)).filter(({ subject }) => /^Result/.test(subject))
    expect(results.length).toBe(1)
  })

  it('end for one kind by one click without signing in, as RFC 8058 has it, and for no other kind', async () => {
    const before = await propose()
    const [mail] = await about(TWO, before)
    const end = mail?.unsubscribe ?? ''
    expect(end).toContain(`${registry.url}/unsubscribe/`)
    const path = end.replace(registry.url, '')
    const page = await visitor(registry).fetch(path)
    expect(await page.text()).toContain('No more e-mail of this kind')
    const during = await propose()
    expect((await about(TWO, during)).length).toBe(1)
    const clicked = await visitor(registry).fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://mail.example',
      },
      body: 'List-Unsubscribe=One-Click',
    })
    expect(clicked.status).toBe(200)
    const after = await propose()
    expect(await about(TWO, after)).toEqual([])
    expect((await about(ONE, after)).length).toBe(1)
    expect((await seen(member(1))).notices[0]).toMatchObject({ kind: 'vote-opened', mail: null })
    await days(16)
    const kinds = (await about(TWO, after)).map(({ subject }) => subject.split(':')[0])
    expect(kinds).toEqual(['Closes soon', 'Closes soon', 'Result'])
  })

  it('do not end by a link that somebody has made up or turned to another person or kind', async () => {
    const [mail] = (await mailsTo(registry, ONE)).filter(({ unsubscribe }) => unsubscribe)
    const token = mail?.unsubscribe?.split('/').at(-1) ?? ''
    const [account = '', kind = '', proof = ''] = token.split('.')
    const two = (await registry.house.services.people.accountByEmail(TWO))?.id ?? ''
    const wrong = [
      `${two}.${kind}.${proof}`,
      `${account}.vote-result.${proof}`,
      `${account}.${kind}.${proof.slice(1)}`,
      `${account}.reset.${proof}`,
      'x',
    ]
    for (const one of wrong) {
      const response = await visitor(registry).fetch(`/unsubscribe/${one}`, { method: 'POST' })
      expect(response.status, one).toBe(404)
    }
    expect((await registry.house.services.notices.settings(account)).off).toEqual([])
  })

  it('come once a day to those who want that, with the last reminder of a vote by itself', async () => {
    await save(member(0), { language: 'en', mode: 'daily', off: [] })
    const first = await propose()
    const second = await propose()
    expect(await about(ONE, first)).toEqual([])
    await registry.days(2)
    await registry.house.post()
    const [digest, ...more] = await about(ONE, first)
    expect(more).toEqual([])
    expect(digest?.subject).toBe('What happened today (2)')
    expect(digest?.text).toContain(second)
    await days(12)
    const reminders = (await about(ONE, first)).filter(({ subject }) => /^Closes/.test(subject))
    expect(reminders.length).toBe(2)
    await save(member(0), { language: 'en', mode: 'each', off: [] })
  })

  it('take no setting that does not exist', async () => {
    const good = { language: 'en', mode: 'each', off: [] as string[] }
    for (const [field, wrong] of [
      ['language', { language: 'xx' }],
      ['mode', { mode: 'hourly' }],
      ['off.0', { off: ['password'] }],
    ] as const) {
      const { saveNoticeSettings } = await save(member(2), { ...good, ...wrong })
      expect(saveNoticeSettings.refused).toMatchObject({ code: 'BAD_INPUT', field })
    }
    expect((await save(member(2), good)).saveNoticeSettings.refused).toBeNull()
  })

  it('tell a contributor what was published with their words', async () => {
    const { dataset } = await publish(village, { 'b.txt': Buffer.from('He kupu anō.\n') })
    await registry.house.post()
    const { notices } = await seen(village.contributor)
    const used = notices.filter(({ kind }) => kind === 'contribution-used')
    expect(used.some(({ path }) => path === `/datasets/${dataset}`)).toBe(true)
  })

  it('write nothing but the letter that asks to an address that nobody has shown to be theirs', async () => {
    const email = 'typed@somewhere.example'
    const input = { email, name: 'Typed', password: 'a long enough password' }
    await visitor(registry).run(
      'mutation ($input: RegisterInput!) { register(input: $input) { viewer { id } } }',
      { input },
    )
    const { people, notices } = registry.house.services
    const account = (await people.accountByEmail(email))?.id ?? ''
    expect(await notices.settings(account)).toEqual({ language: 'en', mode: 'each', off: [] })
    expect((await mailsTo(registry, email)).map(({ subject }) => subject)).toEqual([
      'Is this your e-mail address?',
    ])
  })
})
