import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TileStore } from '../../api/src/log/index.ts'
import { startEmbedded } from '../../api/src/storage/embedded/index.ts'
import { messageReader, readRequest, writeReply } from '../../api/src/storage/embedded/wire.ts'

/** What the driver says for itself: no step of the registry. */
const SMALL_TALK = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'endSessions', 'buildInfo'])

/** A step of the registry that reached the disk, or would have. */
export interface MortalStore {
  readonly uri: string
  readonly logFiles: (files: TileStore) => TileStore
  /** From now on the n-th step and all that come after it are refused; 0: the very next one. */
  readonly dieAfter: (steps: number) => void
  readonly isDead: () => boolean
  readonly steps: () => number
  readonly close: () => Promise<void>
}

/** Counts the steps of a process and takes its hands off the disk after so many. */
const createFate = () => {
  let steps = 0
  let last = Number.POSITIVE_INFINITY
  return {
    steps: () => steps,
    dieAfter: (more: number): void => {
      steps = 0
      last = more
    },
    isDead: () => steps > last,
    /** Whether this step is still taken. */
    take: (): boolean => {
      steps += 1
      return steps <= last
    },
  }
}

type Fate = ReturnType<typeof createFate>

const mortalFiles =
  (fate: Fate) =>
  (files: TileStore): TileStore => {
    const orDie = (): void => {
      if (!fate.take()) throw new Error('the process has died')
    }
    return {
      get: (path) => files.get(path),
      put: async (path, bytes) => {
        orDie()
        await files.put(path, bytes)
      },
      remove: async (path) => {
        orDie()
        await files.remove(path)
      },
    }
  }

/** No code that a driver would try again. */
const GONE = { ok: 0, errmsg: 'the process has died', code: 8_000, codeName: 'Died' }

/** Passes the messages of one connection on, as long as the process lives. */
const relay = (from: Socket, to: Socket, fate: Fate): void => {
  const read = messageReader()
  const pass = (message: Buffer): void => {
    const request = readRequest(message)
    const [name = ''] = Object.keys(request.command)
    if (SMALL_TALK.has(name) || fate.take()) to.write(message)
    else from.write(writeReply(request, GONE))
  }
  from.on('data', (chunk: Buffer) => read(chunk).forEach(pass))
  to.pipe(from)
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
  }
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve) => {
    server.listen(path, resolve)
  })

/**
 * The embedded database on a file, behind a line that goes dead after a number of commands: what
 * a process leaves behind that ends between two of its steps, without ending the process.
 */
export const openMortalStore = async (file: string): Promise<MortalStore> => {
  const database = await startEmbedded({ file })
  const socket = decodeURIComponent(new URL(database.uri).host)
  const folder = await mkdtemp(join(tmpdir(), 'mortal-'))
  const fate = createFate()
  const sockets = new Set<Socket>()
  const server = createServer((from) => {
    const to = dial(socket)
    sockets.add(from)
    from.on('close', () => sockets.delete(from))
    relay(from, to, fate)
  })
  const path = join(folder, 'line.sock')
  await listen(server, path)
  return {
    uri: database.uri.replace(encodeURIComponent(socket), encodeURIComponent(path)),
    logFiles: mortalFiles(fate),
    dieAfter: fate.dieAfter,
    isDead: fate.isDead,
    steps: fate.steps,
    close: async () => {
      server.close()
      for (const one of sockets) one.destroy()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
