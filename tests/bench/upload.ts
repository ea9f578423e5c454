import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { startServer } from '../support/server-process.ts'
import { contributorToken } from '../support/upload-token.ts'
import { compareAll, type Run } from './compare.ts'
import { cpuOfProcesses } from './cpu.ts'
import { findNginx, startNginx, startRival } from './rivals.ts'
import type { BenchRow } from './row.ts'
import type { Baseline, Contender, Sample } from './sample.ts'

const MIB = 1024 * 1024
const PIECE = 4 * MIB

interface Sender {
  readonly send: () => Promise<boolean>
  /** Makes room for the next round; nobody waits for it. */
  readonly tidy: () => Promise<unknown>
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

interface Sent {
  readonly status: number
  readonly location: string
}

const send = (
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string | number>>,
  body: Buffer = Buffer.alloc(0),
): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const all = { ...headers, 'content-length': body.length }
    const out = request(
      { port, host: '127.0.0.1', method, path, headers: all, agent },
      (answer) => {
        answer.resume()
        const { statusCode = 0, headers: told } = answer
        answer.on('end', () => resolve({ status: statusCode, location: told.location ?? '' }))
      },
    )
    out.on('error', reject)
    out.end(body)
  })

/** One file at a time, from the first byte to the answer that it is kept. */
const uploading = (
  name: string,
  bytes: number,
  pids: readonly number[],
  { send: work, tidy }: Sender,
): Contender => ({
  name,
  run: async (): Promise<Sample> => {
    const started = performance.now()
    const { result, us } = await cpuOfProcesses(pids, work)
    const seconds = (performance.now() - started) / 1000
    await tidy()
    return { cpuUs: us, rps: 1 / seconds, bytesPerSecond: bytes / seconds, bad: result ? 0 : 1 }
  },
})

const TUS = { 'tus-resumable': '1.0.0' }

/** By tus 1.0 in requests of so many bytes, then away again, so that the quota holds every round. */
const byTus = (port: number, token: string, bytes: Buffer, piece: number): Sender => {
  const known = { ...TUS, authorization: `Bearer ${token}` }
  let path = ''
  return {
    send: async () => {
      const made = await send(port, 'POST', '/uploads', { ...known, 'upload-length': bytes.length })
      path = new URL(made.location, `http://127.0.0.1:${port}/uploads`).pathname
      let good = made.status === 201
      for (let at = 0; at < bytes.length; at += piece) {
        const head = { 'upload-offset': at, 'content-type': 'application/offset+octet-stream' }
        const part = bytes.subarray(at, at + piece)
        good &&= (await send(port, 'PATCH', path, { ...known, ...head }, part)).status === 204
      }
      return good
    },
    tidy: () => send(port, 'DELETE', path, known),
  }
}

const byPut = (port: number, path: string, bytes: Buffer): Sender => ({
  send: async () => {
    const { status } = await send(port, 'PUT', path, {}, bytes)
    return status === 201 || status === 204
  },
  tidy: async () => undefined,
})

/** A large file through the registry beside servers that promise less. */
export const uploadSuite = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const bytes = randomBytes((smoke ? 32 : 256) * MIB)
  const folder = await mkdtemp(join(tmpdir(), 'bench-upload-'))
  const server = await startServer({ env: { UPLOAD_QUOTA_BYTES: String(1024 * MIB) } })
  const port = Number(new URL(server.url).port)
  const token = await contributorToken(server)
  const raw = await startRival('raw-upload', folder)
  const binary = findNginx()
  const nginx = binary ? await startNginx(binary, { folder, blobs: folder, registry: port }) : null
  const baselines: Baseline[] = [
    {
      ...uploading(
        'raw pipe, sha-256, fsync',
        bytes.length,
        [raw.pid],
        byPut(raw.port, '/', bytes),
      ),
      goals: [{ of: 'rps', ratio: 0.85 }],
    },
  ]
  if (nginx)
    baselines.push({
      ...uploading(
        'nginx DAV PUT',
        bytes.length,
        [nginx.pid],
        byPut(nginx.port, '/dav/put', bytes),
      ),
      goals: [{ of: 'rps', ratio: 0.6 }],
    })
  const by = (piece: number) =>
    uploading('registry', bytes.length, [server.pid], byTus(port, token, bytes, piece))
  const mb = bytes.length / MIB
  const whole = { name: `${mb} MB by tus, one PATCH`, n: 1, product: by(bytes.length), baselines }
  // Every piece waits for the disk and for the answer before the next is sent: no goal of the design.
  const aimless = baselines.map(({ goals: _, ...one }) => one)
  const name = `${mb} MB by tus, pieces of ${PIECE / MIB} MB`
  const pieces = { name, n: 1, product: by(PIECE), baselines: aimless }
  const rows = await compareAll(run, [whole, pieces])
  agent.destroy()
  await Promise.all([server, raw, nginx].map((one) => one?.close()))
  await rm(folder, { recursive: true, force: true })
  return rows
}
