import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { describe, expect, it } from 'vitest'
import type { OpenedDownload, Pass } from '../../../api/src/grants/grants.ts'
import { type ArchiveDeps, sendArchive } from '../../../api/src/http/archive.ts'

const SIZE = 48 * 1024 * 1024
const file = { path: 'large.txt', sha256: 'a'.repeat(64), size: SIZE, mediaType: 'text/plain' }
const pass = { ok: true, file } as unknown as Pass
const opened = {
  span: { from: 0, to: SIZE - 1 },
  body: { stream: () => Readable.from(Array.from({ length: 48 }, () => Buffer.alloc(SIZE / 48))) },
} as unknown as OpenedDownload

/** How many bytes of an archive arrive at a reader who takes nothing for three seconds. */
const arrived = async (recheck: ArchiveDeps['grants']['recheck']) => {
  const ends: string[] = []
  const grants: ArchiveDeps['grants'] = {
    recheck,
    open: async () => opened,
    completed: async () => void ends.push('completed'),
    cut: async (_pass, _opened, reason) => void ends.push(reason),
  }
  const faults: unknown[] = []
  const deps = { grants, report: (error: unknown) => void faults.push(error) }
  const packing = { name: 'words', passes: [pass], withdrawn: 0, at: 0 }
  const app = express().get('/', (request, response) =>
    sendArchive(deps, request, response, packing),
  )
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  let bytes = 0
  socket.on('data', ({ length }) => {
    bytes += length
  })
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  socket.pause()
  await sleep(3_000)
  socket.resume()
  await once(socket, 'close')
  await new Promise((resolve) => server.close(resolve))
  return { bytes, ends, faults }
}

describe('an archive on its way', () => {
  it('arrives whole while the right to it stands', async () => {
    const { bytes, ends, faults } = await arrived(async () => null)
    expect(bytes).toBeGreaterThan(SIZE)
    expect({ ends, faults }).toEqual({ ends: ['completed'], faults: [] })
  }, 30_000)

  it('breaks off when nobody can tell whether the right to it stands', async () => {
    const away = new Error('the store is away')
    let asked = 0
    const { bytes, ends, faults } = await arrived(async () => {
      asked += 1
      if (asked > 1) throw away
      return null
    })
    expect(bytes).toBeLessThan(SIZE)
    expect({ ends, faults }).toEqual({ ends: ['FAULT'], faults: [away] })
  }, 30_000)
})
