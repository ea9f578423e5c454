import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A line of TCP to a server, as thin as wanted, that can be cut. */
export interface SlowLine {
  readonly port: number
  /** Where it leads to. */
  readonly lead: (port: number) => void
  /** Bytes a second from here on, of what goes to the server. */
  readonly up: (bytesPerSecond: number) => void
  /** Breaks every connection and takes no new one. */
  readonly cut: () => void
  readonly mend: () => void
  readonly close: () => Promise<void>
}

const BEAT = 50

export const startSlowLine = async (): Promise<SlowLine> => {
  const open = new Set<Socket>()
  let target = 0
  let rate = Number.POSITIVE_INFINITY
  let whole = true

  const carry = async (near: Socket, far: Socket): Promise<void> => {
    for await (const chunk of near) {
      const bytes: Buffer = chunk
      for (let at = 0; at < bytes.length; ) {
        const end = Math.min(bytes.length, at + Math.max(1, (rate * BEAT) / 1000))
        if (!far.write(bytes.subarray(at, end))) await once(far, 'drain')
        at = end
        if (Number.isFinite(rate)) await sleep(BEAT)
      }
    }
    far.end()
  }
  const line = createServer({ allowHalfOpen: true }, (near) => {
    if (!whole) return near.destroy()
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => open.delete(one))
    }
    far.pipe(near)
    carry(near, far).catch(() => far.destroy())
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  const address = line.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    lead: (port) => {
      target = port
    },
    up: (bytesPerSecond) => {
      rate = Math.floor(bytesPerSecond)
    },
    cut: () => {
      whole = false
      for (const one of open) one.destroy()
    },
    mend: () => {
      whole = true
    },
    close: async () => {
      for (const one of open) one.destroy()
      line.close()
    },
  }
}
