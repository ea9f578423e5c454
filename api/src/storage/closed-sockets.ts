import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const CREATED = 'net.client.socket'

const closed = (): Error =>
  Object.assign(new Error('the connection closed before all was written'), { code: 'ECONNRESET' })

/** Whoever waits for `drain` waits for `error` too; without that an error would end the process. */
const tell = (socket: Socket): void => {
  if (socket.listenerCount('drain') > 0 && socket.listenerCount('error') > 0)
    socket.emit('error', closed())
}

const isCreation = (message: unknown): message is { readonly socket: Socket } =>
  typeof message === 'object' && message !== null && 'socket' in message

const watch = (socket: Socket): void => {
  socket.on('close', () => tell(socket))
  socket.on('newListener', (event) => {
    if (event === 'drain' && socket.destroyed) setImmediate(tell, socket)
  })
}

/**
 * Tells whoever waits to write to a connection that it has closed. A socket that is closed never
 * drains and has told its error before, so that the driver (mongodb 7.8.0, Connection.writeCommand)
 * would wait for ever: the one writer of the log with it, the monitor that looks for the store, and
 * the pool when it closes. `isStore` tells its connections by their port, none for a unix socket:
 * others close in their own ways. Not by TLS, which Node does not announce. Gives back how to stop.
 */
export const failClosedSockets = (isStore: (port: number | undefined) => boolean): (() => void) => {
  const created = (message: unknown): void => {
    if (!isCreation(message)) return
    const { socket } = message
    socket.once('connect', () => {
      if (isStore(socket.remotePort)) watch(socket)
    })
  }
  subscribe(CREATED, created)
  return () => {
    unsubscribe(CREATED, created)
  }
}
