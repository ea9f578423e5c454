import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visitor } from '../../support/person.ts'
import { eventsSince, type Held, hold, MARK, sizeOf, suspend, token, urlOf } from './held.ts'

const FILES = {
  'words.txt': Buffer.from(`${MARK}\n`),
  'other.txt': Buffer.from(`${MARK}, others\n`),
}

describe('a link that works once', () => {
  let held: Held
  beforeAll(async () => {
    held = await hold(FILES)
  }, 180_000)
  afterAll(() => held.registry.close())

  const path = (name = 'words.txt') => urlOf(held.published, name)
  const ask = (init: RequestInit = {}) =>
    held.village.researcher.fetch(path().replace('/files/', '/tickets/'), {
      method: 'POST',
      ...init,
    })
  const link = async (): Promise<string> => {
    const { url } = (await (await ask()).json()) as { url: string }
    return url
  }
  const codeOf = async (response: Response) => {
    const text = await response.text()
    expect(text).not.toContain(MARK)
    return { status: response.status, code: (JSON.parse(text) as { code: string }).code }
  }
  const SPENT = { status: 403, code: 'TICKET_SPENT' }

  it('hands out its file to whoever has nothing else, in its owner’s name, and then nothing', async () => {
    const from = await sizeOf(held.registry)
    const url = await link()
    const first = await fetch(url)
    expect([first.status, await first.text()]).toEqual([200, `${MARK}\n`])
    const [event] = await eventsSince(held.registry, from, 'download.authorised')
    expect(event?.data.grant).toBe(held.grant)
    expect(await codeOf(await fetch(url))).toEqual(SPENT)
  })

  it('records that it was tried again', async () => {
    const from = await sizeOf(held.registry)
    held.registry.house.services.clock.advance(61_000)
    const url = await link()
    await (await fetch(url)).text()
    await (await fetch(url)).text()
    const [refused] = await eventsSince(held.registry, from, 'download.refused')
    expect(refused?.data).toMatchObject({ code: 'TICKET_SPENT', dataset: held.published.dataset })
  })

  it('is taken by one of two who come at once', async () => {
    const url = await link()
    const both = await Promise.all([fetch(url), fetch(url)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403])
    await Promise.all(both.map((one) => one.text()))
  })

  it('is not used up by a look at its headers', async () => {
    const url = await link()
    const head = await fetch(url, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(String(MARK.length + 1))
    expect((await fetch(url)).status).toBe(200)
  })

  it('opens no other file', async () => {
    const { search } = new URL(await link())
    const answer = await fetch(`${held.registry.url}${path('other.txt')}${search}`)
    expect(await codeOf(answer)).toEqual(SPENT)
  })

  it('opens nothing for somebody else who is signed in, and is not used up by them', async () => {
    const url = new URL(await link())
    const answer = await held.village.steward.fetch(url.pathname + url.search)
    expect(await codeOf(answer)).toEqual(SPENT)
    expect((await fetch(url)).status).toBe(200)
  })

  it('lasts a minute', async () => {
    const [before, after] = [await link(), await link()]
    held.registry.house.services.clock.advance(59_000)
    expect((await fetch(before)).status).toBe(200)
    held.registry.house.services.clock.advance(2_000)
    expect(await codeOf(await fetch(after))).toEqual(SPENT)
  })

  it('is given to nobody whom the door refuses', async () => {
    const stranger = visitor(held.registry)
    const at = path().replace('/files/', '/tickets/')
    expect(await codeOf(await stranger.fetch(at, { method: 'POST' }))).toEqual({
      status: 401,
      code: 'SIGN_IN',
    })
    const reader = await token(held.village.researcher, ['read'])
    const asked = await ask({ headers: { authorization: `Bearer ${reader}` } })
    expect(await codeOf(asked)).toEqual({ status: 403, code: 'SCOPE_MISSING' })
    const nothing = at.replace('words.txt', 'nothing.txt')
    const answer = await held.village.researcher.fetch(nothing, { method: 'POST' })
    expect(await codeOf(answer)).toEqual({ status: 404, code: 'NO_FILE' })
  })

  it('is worth nothing once the right behind it has ended', async () => {
    const url = await link()
    await suspend(held.village, held.published.dataset)
    expect(await codeOf(await fetch(url))).toEqual({ status: 403, code: 'SUSPENDED' })
    expect(held.registry.faults).toEqual([])
  })
})
