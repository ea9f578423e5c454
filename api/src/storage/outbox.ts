import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { newId } from '../ids.ts'

const NAME = /^[0-9a-f]{40}\.json$/

/** An e-mail as it lies in the outbox. */
const outboxMail = z.object({
  at: z.number(),
  to: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  messageId: z.string(),
  language: z.string(),
  unsubscribe: z.string().optional(),
})
export type OutboxMail = z.output<typeof outboxMail>

export interface Outbox {
  /** The same Message-ID again writes the same file: nobody gets it twice. */
  readonly put: (mail: OutboxMail) => Promise<void>
  /** Newest first. */
  readonly list: (most: number) => Promise<readonly OutboxMail[]>
}

const read = async (path: string): Promise<OutboxMail | null> => {
  const parsed = outboxMail.safeParse(JSON.parse(await readFile(path, 'utf8')))
  return parsed.success ? parsed.data : null
}

/** A folder in which e-mails lie that nothing sends: they hold links, so only this user reads it. */
export const openOutbox = ({ dir }: { readonly dir: string }): Outbox => ({
  put: async (mail) => {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const name = `${mail.messageId.split('@')[0]}.json`
    if (!NAME.test(name)) throw new Error('this Message-ID names no file')
    const temporary = join(dir, `${name}.${newId('b')}`)
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify(mail))
    } finally {
      await file.close()
    }
    await rename(temporary, join(dir, name))
  },
  list: async (most) => {
    const names = (await readdir(dir).catch(() => [])).filter((name) => NAME.test(name))
    const mails = await Promise.all(names.map((name) => read(join(dir, name))))
    return mails
      .filter((mail) => mail !== null)
      .sort((a, b) => b.at - a.at)
      .slice(0, most)
  },
})
