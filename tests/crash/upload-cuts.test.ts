import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { dice } from '../support/dice.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { contributorToken } from '../support/upload-token.ts'

const MIB = 1024 * 1024
const PIECE = 4 * MIB
/** What the server may have taken without the disk keeping it yet. */
const WINDOW = 16 * MIB
const SIZE = 64 * MIB
const CUTS = Number(process.env.CUTS ?? 4)
const SEED = Number(process.env.SEED ?? 1)

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const TUS = { 'tus-resumable': '1.0.0' }

/** Somebody with a file and a line; the server behind the line may be another one each time. */
const sender = (port: number, token: string, bytes: Buffer) => {
  const known = { ...TUS, authorization: `Bearer ${token}` }
  const ask = (path: string, init: RequestInit) =>
    fetch(new URL(path, `http://127.0.0.1:${port}/uploads`), {
      ...init,
      headers: { ...known, ...init.headers },
    })
  return {
    announce: async (sha256: string): Promise<string> => {
      const metadata = `sha256 ${Buffer.from(sha256).toString('base64')}`
      const headers = { 'upload-length': String(SIZE), 'upload-metadata': metadata }
      const made = await ask('/uploads', { method: 'POST', headers })
      return made.headers.get('location') ?? ''
    },
    held: async (path: string): Promise<number> =>
      Number((await ask(path, { method: 'HEAD' })).headers.get('upload-offset')),
    /** Resolves with the status, or null when the line broke. */
    send: (path: string, at: number, until: number): Promise<number | null> =>
      new Promise((resolve) => {
        const headers = {
          ...known,
          'upload-offset': at,
          'content-type': 'application/offset+octet-stream',
          'content-length': until - at,
        }
        const out = request({ port, host: '127.0.0.1', method: 'PATCH', path, headers })
        out.on('error', () => resolve(null))
        out.on('response', (answer) => {
          answer.resume()
          answer.on('end', () => resolve(answer.statusCode ?? null))
        })
        out.end(bytes.subarray(at, until))
      }),
  }
}

/** A server on a folder, and what of an upload lies there. */
const openGround = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'upload-cuts-'))
  let server: ServerProcess = await startServer({ dataDir })
  const port = Number(new URL(server.url).port)
  return {
    port,
    token: await contributorToken(server),
    killAfter: async (ms: number): Promise<void> => {
      await pause(ms)
      await server.kill('SIGKILL')
    },
    start: async (): Promise<void> => {
      server = await startServer({ dataDir, port })
    },
    /** Bytes the dead server had written down; all when it had made a blob of them. */
    written: (path: string): Promise<number> =>
      stat(join(dataDir, 'uploads', path.split('/').at(-1) ?? '')).then(
        ({ size }) => size,
        () => SIZE,
      ),
    blob: (sha256: string) => join(dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2)),
    close: async (): Promise<void> => {
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

describe('an upload whose server is killed again and again', () => {
  const cases = [
    { name: 'in pieces', piece: PIECE, most: PIECE, ms: 25 },
    { name: 'in one request', piece: SIZE, most: WINDOW, ms: 150 },
  ]
  it.each(cases)(
    '$name arrives whole, with nothing lost that was acknowledged',
    async (one) => {
      const ground = await openGround()
      const bytes = randomBytes(SIZE)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const giver = sender(ground.port, ground.token, bytes)
      const path = await giver.announce(sha256)
      const luck = dice(SEED)
      /** What this side has been told that the server has. */
      let told = 0

      /** Sends on; how far the server is when it comes back is all that the sender hears. */
      const cutOff = async () => {
        const sending = giver.send(path, told, Math.min(told + one.piece, SIZE))
        await ground.killAfter(luck.roll(one.ms))
        await sending
        const written = await ground.written(path)
        await ground.start()
        const held = await giver.held(path)
        expect(held).toBeGreaterThanOrEqual(told)
        expect(held).toBeLessThanOrEqual(written)
        expect(written - held).toBeLessThanOrEqual(one.most)
        told = held
      }
      const sendOn = async () => {
        const until = Math.min(told + one.piece, SIZE)
        expect(await giver.send(path, told, until)).toBe(204)
        told = until
      }

      if (one.piece < SIZE) await sendOn()
      for (let cut = 0; cut < CUTS / 2; cut += 1) await cutOff()
      while (told < SIZE) await sendOn()
      expect(await giver.held(path)).toBe(SIZE)
      expect(await digestOf(ground.blob(sha256))).toBe(sha256)
      await ground.close()
    },
    400_000,
  )
})
