import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, startServer } from '../support/server-process.ts'

/** One registry on one folder and one address, however often its process ends. */
export interface Machine {
  readonly url: string
  readonly dataDir: string
  /** How long each start took until it was ready, in ms. */
  readonly starts: readonly number[]
  /** How many processes have been started. */
  readonly generation: () => number
  /** Starts the process and waits until it is ready. Clients wait on until `letIn`. */
  readonly start: () => Promise<void>
  readonly letIn: () => void
  /** Resolves while clients may come. */
  readonly isOpen: () => Promise<void>
  /** Ends the process without a warning. */
  readonly kill: () => Promise<void>
  /** Asks the process to stop; gives its exit code. */
  readonly stop: () => Promise<number | null>
  /** Demonstration clock: lets an ISO 8601 duration pass. */
  readonly advance: (duration: string) => Promise<void>
  readonly output: () => string
  readonly remove: () => Promise<void>
}

const door = () => {
  let open: () => void = () => undefined
  let passing = Promise.resolve()
  const shut = (): void => {
    passing = new Promise((resolve) => {
      open = resolve
    })
  }
  shut()
  return { shut, open: () => open(), isOpen: () => passing }
}

const advance = async (url: string, duration: string): Promise<void> => {
  const response = await fetch(`${url}/dev/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: duration }),
  })
  if (!response.ok) throw new Error(`the clock does not move: ${await response.text()}`)
}

/** Starts a first process on a fresh folder. */
export const startMachine = async (given?: string): Promise<Machine> => {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'commonhold-')))
  const begun = performance.now()
  let server: ServerProcess = await startServer({ dataDir })
  const starts = [performance.now() - begun]
  const { url } = server
  const clients = door()
  return {
    url,
    dataDir,
    starts,
    generation: () => starts.length,
    start: async () => {
      const from = performance.now()
      server = await startServer({ dataDir, port: Number(new URL(url).port) })
      starts.push(performance.now() - from)
    },
    letIn: clients.open,
    isOpen: clients.isOpen,
    kill: async () => {
      clients.shut()
      await server.kill('SIGKILL')
    },
    stop: async () => {
      await server.kill('SIGTERM')
      clients.shut()
      return server.exitCode()
    },
    advance: (duration) => advance(url, duration),
    output: () => server.output(),
    remove: async () => {
      await server.kill('SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
