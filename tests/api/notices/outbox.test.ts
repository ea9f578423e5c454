import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../api/src/config.ts'
import { mailsTo } from '../../support/mailbox.ts'
import { visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { setUpInput } from '../../support/village.ts'

const SET_UP = `mutation ($input: SetUpInput!) { setUp(input: $input) { community { id } } }`

const setUp = async (env: Readonly<Record<string, string>>): Promise<Registry> => {
  const registry = await startRegistry({ env })
  await visitor(registry).run(SET_UP, { input: setUpInput() })
  await registry.house.post()
  return registry
}

describe('the outbox', () => {
  it('is shown by a demonstration, as text, with links that lead there', async () => {
    const registry = await setUp({ DEMO: '1', REGISTRY_NAME: '<b>Registry</b>' })
    try {
      const response = await visitor(registry).fetch('/dev/outbox?to=one@village.example')
      const page = await response.text()
      expect(response.status).toBe(200)
      expect(page).toMatch(new RegExp(`<a href="${registry.url}/invitations/[\\w-]{43}"`))
      expect(page).toContain('&lt;b&gt;Registry&lt;/b&gt;')
      expect(page).not.toContain('<b>Registry')
      expect(page.match(/<article>/g)).toHaveLength(1)
    } finally {
      await registry.close()
    }
  })

  it('is not there on any other registry, and lies where its user alone can read', async () => {
    const registry = await setUp({})
    try {
      expect((await visitor(registry).fetch('/dev/outbox')).status).toBe(404)
      const mails = await mailsTo(registry, 'one@village.example')
      expect(mails.map(({ subject }) => subject)).toEqual(['Your seat in A village'])
      expect(mails[0]?.unsubscribe).toBeUndefined()
      expect((await stat(join(registry.dataDir, 'outbox'))).mode & 0o077).toBe(0)
    } finally {
      await registry.close()
    }
  })
})

describe('the settings of the relay', () => {
  it('are an address and a sender, or neither', () => {
    const good = { SMTP_URL: 'smtps://me:secret@mail.example', MAIL_FROM: 'Us <us@example.org>' }
    expect(readConfig(good).smtp).toEqual({ url: good.SMTP_URL, from: good.MAIL_FROM })
    expect(readConfig({ SMTP_URL: '', MAIL_FROM: '' }).smtp).toBeNull()
    expect(() => readConfig({ ...good, MAIL_FROM: '' })).toThrow('MAIL_FROM')
    expect(() => readConfig({ ...good, SMTP_URL: 'https://mail.example' })).toThrow('SMTP_URL')
    expect(() => readConfig({ ...good, MAIL_FROM: 'a@b\r\nBcc: c@d' })).toThrow('MAIL_FROM')
  })
})
