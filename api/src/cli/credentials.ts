import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { JWK } from 'jose'
import { z } from 'zod'

/** How this machine is known to a registry. */
export interface Credentials {
  readonly registry: string
  readonly token: string
  /** The key the token is bound to (RFC 9449); null: the token counts by itself. */
  readonly key: JWK | null
}

const stored = z.object({
  registry: z.url(),
  token: z.string(),
  key: z.record(z.string(), z.unknown()).nullable(),
})

export const DEFAULT_FILE = join(homedir(), '.config', 'commonhold', 'credentials.json')

/** null when nobody has logged in here. */
export const readCredentials = async (file: string): Promise<Credentials | null> => {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  const { registry, token, key } = stored.parse(JSON.parse(text))
  return { registry, token, key }
}

/** For this user's eyes alone. */
export const writeCredentials = async (file: string, credentials: Credentials): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  await chmod(file, 0o600)
}
