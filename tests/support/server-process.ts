import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** The built server as its own process, on a folder of its own. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  readonly output: () => string
  /** Demonstration only: lets days pass. */
  readonly days: (count: number) => Promise<void>
  readonly kill: (signal: NodeJS.Signals) => Promise<void>
  /** Null as long as it runs, and after a signal it did not handle. */
  readonly exitCode: () => number | null
  readonly close: () => Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Resolves when the server answers, rejects when it ended or took too long. */
const ready = async (child: ChildProcess, url: string, output: () => string): Promise<void> => {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output()}`)
    const up = await fetch(`${url}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server did not get ready:\n${output()}`)
}

export interface ServerOptions {
  readonly dataDir?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}

export const startServer = async (options: ServerOptions = {}): Promise<ServerProcess> => {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'commonhold-')))
  const port = options.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const child = spawn('node', [join(root, 'dist/api/src/main.js')], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      DEMO: '1',
      LOG_LEVEL: 'error',
      ...options.env,
    },
  })
  let said = ''
  const hear = (chunk: Buffer): void => {
    said = `${said}${chunk}`.slice(-20_000)
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  await ready(child, url, () => said)

  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    output: () => said,
    days: async (count) => {
      for (let day = 0; day < count; day += 1) {
        const response = await fetch(`${url}/dev/clock`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ advance: 'P1D' }),
        })
        if (!response.ok) throw new Error(`the clock does not move: ${await response.text()}`)
      }
    },
    kill,
    exitCode: () => child.exitCode,
    close: async () => {
      await kill('SIGTERM')
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
