import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attest, grantTo, publish } from '../support/journey.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { found } from '../support/village.ts'
import type { Shot } from './http-load.ts'

const KB = 1024
const MB = 1024 * KB

export const SIZES = { '1 KB': KB, '1 MB': MB, '16 MB': 16 * MB, '1 GB': 1024 * MB } as const
export type SizeName = keyof typeof SIZES

/** A registry in which somebody may download, with the same files in a folder beside it. */
export interface ReadyDownload {
  readonly server: ServerProcess
  readonly pid: number
  readonly port: number
  readonly folder: string
  /** The request for a file of that size, by token. */
  readonly shot: (size: SizeName) => Shot
  readonly close: () => Promise<void>
}

const CREATE_TOKEN = `mutation ($input: CreateTokenInput!) {
  createToken(input: $input) { secret refused { code message } }
}`

const nameOf = (size: SizeName): string => `${size.replace(' ', '-')}.txt`

const LINE = 80

/** Lines of random letters: what a text dataset takes. */
const randomText = (size: number): Buffer => {
  const text = Buffer.alloc(size)
  // A text in one piece would be longer than any string may be.
  for (let at = 0; at < size; at += MB)
    text.write(
      randomBytes(MB)
        .toString('base64url')
        .slice(0, Math.min(MB, size - at)),
      at,
    )
  for (let at = LINE - 1; at < size; at += LINE) text[at] = 0x0a
  return text
}

const writeFiles = async (sizes: readonly SizeName[]) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-files-'))
  const files: Record<string, Uint8Array> = {}
  for (const size of sizes) {
    const bytes = randomText(SIZES[size])
    files[nameOf(size)] = bytes
    await writeFile(join(folder, nameOf(size)), bytes)
  }
  return { folder, files }
}

/** From an empty folder to a grant in somebody's hands; `env` goes to the server. */
export const readyDownload = async (
  sizes: readonly SizeName[],
  env: Readonly<Record<string, string>> = {},
): Promise<ReadyDownload> => {
  const { folder, files } = await writeFiles(sizes)
  const server = await startServer({ env })
  const village = await found(server)
  const published = await publish(village, files)
  await attest(village)
  await grantTo(village, published.dataset)
  const { createToken } = await village.researcher.run<{ createToken: { secret: string } }>(
    CREATE_TOKEN,
    { input: { name: 'bench', scopes: ['download'], days: 300 } },
  )
  const port = Number(new URL(server.url).port)
  const urls = new Map(published.files.map(({ path, url }) => [path, url]))
  return {
    server,
    pid: server.pid,
    port,
    folder,
    shot: (size) => ({
      port,
      path: new URL(urls.get(nameOf(size)) ?? '', server.url).pathname,
      headers: { authorization: `Bearer ${createToken.secret}` },
      status: 200,
      bytes: SIZES[size],
    }),
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
