import { readdirSync, readlinkSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assemble,
  contribute,
  createDataset,
  decide,
  proposePublication,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const SIZE = 24 * 1024 * 1024
const NAMES = ['first', 'second'] as const

/** Text by which each file is known, in long lines: each is looked at when it is taken in. */
const mark = (name: string): string => `the ${name} of them`
const large = (name: string): Buffer =>
  Buffer.alloc(SIZE, `${`${mark(name)}, o te awa `.repeat(500)}\n`)

/** Files under a folder that this process has open. */
const openUnder = (folder: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
    } catch {
      return false
    }
  }).length

const eventually = async (holds: () => boolean): Promise<void> => {
  for (const until = Date.now() + 20_000; Date.now() < until && !holds(); ) await sleep(50)
  expect(holds()).toBe(true)
}

describe('requests that are sent without waiting for the answers', () => {
  let registry: Registry
  let village: Village
  let dataset: string
  let second: string

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry, 'open-with-credit')
    dataset = await createDataset(village)
    const contributions: string[] = []
    for (const name of NAMES)
      contributions.push(await contribute(village, dataset, { [`${name}.txt`]: large(name) }))
    second = contributions[1] ?? ''
    const manifestDigest = await assemble(village, dataset, contributions)
    await decide(village, await proposePublication(village, { dataset, manifestDigest, stage: 5 }))
    const input = requestInput(dataset, { version: '1.0.0', acceptedDuties: ['attribute'] })
    const { grant } = await requestAccess(village.researcher, input)
    expect(grant).not.toBeNull()
  }, 300_000)
  afterAll(() => registry.close())

  const asks = (path: string, method = 'GET'): string =>
    [
      `${method} ${path} HTTP/1.1`,
      `Host: ${new URL(registry.url).host}`,
      `Cookie: ${village.researcher.cookie()}`,
      '\r\n',
    ].join('\r\n')
  const file = (name: string): string => `/datasets/${dataset}/versions/1.0.0/files/${name}.txt`

  /** A reader that takes nothing until told; what it has got in the end. */
  const send = async (text: string) => {
    const { hostname, port } = new URL(registry.url)
    const socket: Socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.pause()
    socket.write(text)
    return {
      socket,
      closed,
      received: () => Buffer.concat(chunks).toString('latin1'),
      length: () => chunks.reduce((sum, { length }) => sum + length, 0),
    }
  }

  it('are answered in their order', async () => {
    const { socket, received } = await send(
      [asks('/healthz'), asks(file('first'), 'HEAD'), asks('/healthz')].join(''),
    )
    socket.resume()
    await eventually(() => received().split('HTTP/1.1 200').length === 4)
    expect(received()).toMatch(/ok\n.*content-length: 25165824.*ok\n/s)
    socket.destroy()
  }, 60_000)

  it('get both files while both may be had', async () => {
    const { socket, received, length } = await send(asks(file('first')) + asks(file('second')))
    socket.resume()
    await eventually(() => length() > 2 * SIZE)
    expect(received()).toContain(mark('second'))
    socket.destroy()
  }, 60_000)

  it('leave nothing open when the reader goes', async () => {
    const open = () => openUnder(join(registry.dataDir, 'blobs'))
    await eventually(() => open() === 0)
    const { socket } = await send(asks(file('first')).repeat(50))
    await eventually(() => open() > 0)
    expect(open()).toBeLessThan(5)
    socket.destroy()
    await eventually(() => open() === 0)
  }, 60_000)

  it('are not taken without end', async () => {
    const { socket, closed } = await send(asks(file('first')).repeat(500))
    socket.resume()
    await closed
  }, 60_000)

  it('get nothing that was taken back while they waited', async () => {
    const { socket, received } = await send(asks(file('first')) + asks(file('second')))
    await sleep(500)
    await village.contributor.run(
      'mutation ($id: ID!) { withdrawContribution(id: $id) { refused { code } } }',
      { id: second },
    )
    socket.resume()
    await eventually(() => received().includes('WITHDRAWN'))
    expect(received()).toContain(mark('first'))
    expect(received()).not.toContain(mark('second'))
    socket.destroy()
    expect(registry.faults).toEqual([])
  }, 60_000)
})
