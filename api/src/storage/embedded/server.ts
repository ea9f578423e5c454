import { chmodSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { openStore } from './catalogue.ts'
import { answer } from './commands.ts'
import { groupCommit, whenFree } from './commit.ts'
import { openCursors } from './cursors.ts'
import type { Engine } from './engine.ts'
import { openSqlite } from './sqlite.ts'
import { messageReader, readRequest, writeReply } from './wire.ts'

const reply = async (engine: Engine, socket: Socket, message: Buffer): Promise<void> => {
  const request = readRequest(message)
  const given = await answer(engine, request.command)
  if (!request.silent && socket.writable) socket.write(writeReply(request, given))
}

/** Answers the messages of one connection; a malformed one ends it. */
const serve = (engine: Engine, socket: Socket): void => {
  const read = messageReader()
  const fail = (): void => {
    socket.destroy()
  }
  socket.on('error', fail)
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of read(chunk)) reply(engine, socket, message).catch(fail)
    } catch {
      fail()
    }
  })
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      resolve()
    })
  })

export interface ServerOptions {
  readonly file: string
  readonly socket: string
}

/** Opens the database file and answers on the socket. Closing finishes waiting writes and the WAL. */
export const startServer = async (options: ServerOptions): Promise<() => Promise<void>> => {
  const sql = openSqlite(options.file)
  const store = await whenFree(() => openStore(sql))
  const engine: Engine = {
    store,
    committer: groupCommit(store),
    cursors: openCursors(Date.now),
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(engine, socket)
  })
  await listen(server, options.socket)
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    await engine.committer.idle()
    for (const socket of sockets) socket.destroySoon()
    await closed
    sql.get('PRAGMA wal_checkpoint(TRUNCATE)')
    sql.close()
  }
}
