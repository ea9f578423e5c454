import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Mail } from '../../../api/src/notices/compose-mail.ts'
import { type DeliverDeps, deliver } from '../../../api/src/notices/deliver.ts'
import { newLetter } from '../../../api/src/notices/keep-up.ts'
import { smtpTransport } from '../../../api/src/notices/smtp.ts'
import type { NoticeStore } from '../../../api/src/notices/store.ts'
import { messageIdOf } from '../../../api/src/notices/write-letter.ts'
import { connectStorage, type Storage } from '../../../api/src/storage/connect.ts'
import { createNoticeStore } from '../../../api/src/storage/notice-store.ts'
import { type Relay, startRelay } from '../../support/relay.ts'

const MINUTE = 60_000
const ADDRESS = 'ana@village.example'

const mail: Mail = {
  to: { name: 'Ana', address: ADDRESS },
  subject: 'Please vote',
  text: 'https://registry.example/vote/secret-secret\n',
  html: '<p>Vote</p>',
  messageId: 'm@registry.example',
  language: 'en',
  unsubscribe: 'https://registry.example/unsubscribe/a.b.c',
}

describe('the delivery of a letter', () => {
  let dir = ''
  let storage: Storage
  let store: NoticeStore
  let time = { now: 0, wall: 0 }
  const letter = newLetter({ id: 'one', kind: 'notice', account: 'a', ref: 'one', nextAt: 0 })

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'letters-'))
    storage = await connectStorage({ file: join(dir, 'registry.db') })
    store = await createNoticeStore(storage.connection)
    time = { now: 0, wall: 0 }
    await store.addLetter(letter)
  })
  afterEach(async () => {
    await storage.close()
    await rm(dir, { recursive: true, force: true })
  })

  const desk = (send: (mail: Mail) => Promise<void>, more: Partial<DeliverDeps> = {}) => {
    const reports: string[] = []
    const deps: DeliverDeps = {
      store,
      transport: { send, close: () => undefined },
      write: async (one) => ({ ...mail, messageId: messageIdOf(one, 'https://registry.example') }),
      now: () => time.now,
      wallClock: () => time.wall,
      closing: () => false,
      report: (error, about) => void reports.push(`${String(error)} ${about}`),
      ...more,
    }
    return { run: () => deliver(deps), reports }
  }

  it('happens once, however often it is looked for', async () => {
    const sent: Mail[] = []
    const { run } = desk(async (one) => void sent.push(one))
    for (let i = 0; i < 3; i += 1) await run()
    expect(sent.length).toBe(1)
    expect((await store.letter('one'))?.state).toBe('sent')
    expect(await store.addLetter(letter)).toBe(false)
  })

  it('happens once when two processes look at the same moment', async () => {
    const sent: Mail[] = []
    const both = [1, 2].map(() => desk(async (one) => void sent.push(one)))
    await Promise.all(both.map(({ run }) => run()))
    expect(sent.length).toBe(1)
  })

  it('is left for the next start once the registry is closing', async () => {
    const sent: Mail[] = []
    await desk(async (one) => void sent.push(one), { closing: () => true }).run()
    expect(sent).toEqual([])
    await desk(async (one) => void sent.push(one)).run()
    expect(sent.length).toBe(1)
  })

  it('waits for its time', async () => {
    await store.addLetter(newLetter({ ...letter, id: 'later', nextAt: 5 * MINUTE }))
    const sent: Mail[] = []
    const { run } = desk(async (one) => void sent.push(one))
    await run()
    expect(sent.length).toBe(1)
    time.now = 5 * MINUTE
    await run()
    expect(sent.length).toBe(2)
  })

  it('is taken up by another when a process ends in the middle, under the same Message-ID', async () => {
    const ids: string[] = []
    const never = desk((one) => {
      ids.push(one.messageId)
      return new Promise(() => undefined)
    })
    void never.run()
    await expect.poll(() => ids.length).toBe(1)
    const next = desk(async (one) => void ids.push(one.messageId))
    await next.run()
    expect(ids.length).toBe(1)
    time.wall = 11 * MINUTE
    await next.run()
    expect(ids.length).toBe(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('is put off longer and longer and given up in the open, naming nobody', async () => {
    const refusal = Object.assign(new Error(`550 no such user ${ADDRESS}`), { code: 'EENVELOPE' })
    const { run, reports } = desk(async () => {
      throw refusal
    })
    const waits: number[] = []
    for (let i = 0; i < 20; i += 1) {
      const { nextAt = 0, state } = (await store.letter('one')) ?? {}
      if (state === 'failed') break
      waits.push(nextAt - time.now)
      time.now = nextAt
      await run()
    }
    expect(waits).toEqual([0, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((m) => m * MINUTE))
    expect(await store.countLetters('failed')).toBe(1)
    expect(reports.at(-1)).toBe('Error: e-mail: EENVELOPE letter notice given up after 10 tries')
    expect(reports.join()).not.toMatch(/village|secret|Ana/)
  })

  it('goes on with the next letter when one cannot be delivered', async () => {
    await store.addLetter(newLetter({ ...letter, id: 'two' }))
    const sent: string[] = []
    const first = messageIdOf(letter, 'https://registry.example')
    const { run } = desk(async ({ messageId }) => {
      if (messageId === first) throw new Error('no')
      sent.push(messageId)
    })
    await run()
    expect(sent.length).toBe(1)
  })

  it('is dropped when there is nothing to say any more', async () => {
    const { run } = desk(async () => Promise.reject(new Error('sent')), { write: async () => null })
    await run()
    expect((await store.letter('one'))?.state).toBe('dropped')
  })

  describe('through a relay', () => {
    let relay: Relay
    beforeEach(async () => {
      relay = await startRelay()
    })
    afterEach(() => relay.close())

    const through = () => {
      const transport = smtpTransport(relay.url, 'Registry <registry@village.example>')
      return desk(transport.send)
    }

    it('carries the headers by which one click ends its kind, and its language', async () => {
      await through().run()
      const [got] = relay.mails
      expect(got?.to).toEqual([ADDRESS])
      expect(got?.header('List-Unsubscribe')).toBe(`<${mail.unsubscribe}>`)
      expect(got?.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
      expect(got?.header('Content-Language')).toBe('en')
      expect(got?.header('Message-ID')).toMatch(/^<[0-9a-f]{40}@registry\.example>$/)
      expect(got?.raw).toContain('multipart/alternative')
    })

    it('is tried again when the relay cannot take it now', async () => {
      relay.refuse(1)
      const { run, reports } = through()
      await run()
      expect(relay.mails.length).toBe(0)
      expect(reports.length).toBe(1)
      time.now = 2 * MINUTE
      await run()
      expect(relay.mails.length).toBe(1)
    })

    it.each([
      'a\r\nBcc: everybody@evil.example',
      'a\nBcc: everybody@evil.example',
      'ā\u2028Bcc: x',
    ])('takes %j as a name or subject and never as a header', async (text) => {
      const transport = smtpTransport(relay.url, 'registry@village.example')
      await transport.send({ ...mail, subject: text, to: { name: text, address: ADDRESS } })
      const [got] = relay.mails
      expect(got?.to).toEqual([ADDRESS])
      expect(got?.header('Bcc')).toBe('')
    })
  })
})
