import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../api/src/storage/embedded/index.ts'

/** A database server that can go away and come back, as one that is started anew does. */
export interface ShakyStore {
  readonly uri: string
  /** Cuts every connection, in the middle of whatever it carries, and takes no other. */
  readonly leave: () => Promise<void>
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

const passOn = (from: Socket, to: Socket): void => {
  from.pipe(to)
  to.pipe(from)
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
  }
}

export const openShakyStore = async (file: string): Promise<ShakyStore> => {
  const database = await startEmbedded({ file })
  const socket = decodeURIComponent(new URL(database.uri).host)
  const folder = await mkdtemp(join(tmpdir(), 'shaky-'))
  const path = join(folder, 'line.sock')
  const sockets = new Set<Socket>()
  let server: Server | null = null

  const comeBack = async (): Promise<void> => {
    const opened = createServer((from) => {
      sockets.add(from)
      from.on('close', () => sockets.delete(from))
      passOn(from, dial(socket))
    })
    await new Promise<void>((resolve) => opened.listen(path, resolve))
    server = opened
  }
  const leave = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      if (server) server.close(() => resolve())
      else resolve()
    })
    for (const one of sockets) one.destroy()
    await closed
    server = null
  }
  await comeBack()
  return {
    uri: database.uri.replace(encodeURIComponent(socket), encodeURIComponent(path)),
    leave,
    comeBack,
    close: async () => {
      await leave()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
