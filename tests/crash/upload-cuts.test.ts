import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { dice } from '../support/dice.ts'
import { startServer } from '../support/server-process.ts'
import { contributorToken } from '../support/upload-token.ts'

const MIB = 1024 * 1024
const PIECE = 4 * MIB
const SIZE = 48 * MIB
const CUTS = Number(process.env.CUTS ?? 4)
const SEED = Number(process.env.SEED ?? 1)

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

describe('an upload whose server is killed', () => {
  it('ten times on the way arrives whole, and no cut costs more than one piece', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'upload-cuts-'))
    const bytes = randomBytes(SIZE)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    let server = await startServer({ dataDir })
    const port = Number(new URL(server.url).port)
    const authorization = `Bearer ${await contributorToken(server)}`
    const ask = (path: string, init: RequestInit) =>
      fetch(new URL(path, `http://127.0.0.1:${port}/uploads`), {
        ...init,
        headers: { 'tus-resumable': '1.0.0', authorization, ...init.headers },
      })
    const made = await ask('/uploads', {
      method: 'POST',
      headers: {
        'upload-length': String(SIZE),
        'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
      },
    })
    const path = made.headers.get('location') ?? ''
    const offset = async () =>
      Number((await ask(path, { method: 'HEAD' })).headers.get('upload-offset'))

    const luck = dice(SEED)
    let cuts = 0
    let again = 0
    for (let at = 0; at < SIZE; ) {
      const piece = bytes.subarray(at, at + PIECE)
      const sending = ask(path, {
        method: 'PATCH',
        headers: { 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' },
        body: piece,
      }).catch(() => null)
      if (cuts < CUTS) {
        await new Promise((resolve) => setTimeout(resolve, luck.roll(25)))
        await server.kill('SIGKILL')
        cuts += 1
        await sending
        server = await startServer({ dataDir, port })
        const held = await offset()
        expect(held).toBeGreaterThanOrEqual(at)
        again = Math.max(again, at + piece.length - held)
        at = held
      } else {
        expect((await sending)?.status).toBe(204)
        at += piece.length
      }
    }
    expect(cuts).toBe(CUTS)
    expect(again).toBeLessThanOrEqual(PIECE)
    expect(await offset()).toBe(SIZE)
    const blob = join(dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2))
    expect(await digestOf(blob)).toBe(sha256)
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }, 400_000)
})
