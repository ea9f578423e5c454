import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A registry whose e-mails lie in its outbox. */
export interface Mailed {
  readonly url: string
  readonly dataDir: string
  /** Inside this process: tells and sends at once. Elsewhere the server does it by itself. */
  readonly house?: { readonly post: () => Promise<void> }
}

export interface Received {
  readonly at: number
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
  readonly language: string
  readonly unsubscribe?: string
}

/** E-mails in the outbox, oldest first; all of them, or those to one address. */
export const mailsTo = async (
  { dataDir, house }: Pick<Mailed, 'dataDir' | 'house'>,
  address?: string,
): Promise<readonly Received[]> => {
  await house?.post()
  const dir = join(dataDir, 'outbox')
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json'))
  const all = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(dir, name), 'utf8')) as Received),
  )
  return all
    .filter(({ to }) => address === undefined || to.address === address)
    .sort((a, b) => a.at - b.at)
}

/** The path of the newest link of one kind that somebody got, such as `/verify/…`. */
export const linkTo = async (
  mailed: Mailed,
  address: string,
  kind: 'verify' | 'reset' | 'vote' | 'invitations' | 'unsubscribe',
): Promise<string> => {
  const link = new RegExp(`/${kind}/[A-Za-z0-9_.-]+`)
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await mailsTo(mailed, address)).findLast(({ text }) => link.test(text))
    const path = found && link.exec(found.text)?.[0]
    if (path) return path
    await pause(100)
  }
  throw new Error(`no link to /${kind}/ has come for ${address}`)
}

/** Presses the button behind the link of the letter that asks whether the address is theirs. */
export const verifyEmail = async (mailed: Mailed, address: string): Promise<void> => {
  const path = await linkTo(mailed, address, 'verify')
  const response = await fetch(`${mailed.url}${path}`, { method: 'POST' })
  if (response.status !== 200) throw new Error(`cannot verify ${address}: ${response.status}`)
}
