import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  eventsSince,
  eventually,
  type Held,
  hold,
  MARK,
  reopen,
  revoke,
  sizeOf,
  suspend,
  urlOf,
} from './held.ts'

const LINE = `${MARK}, line after line of them\n`
const LARGE = Buffer.from(LINE.repeat(Math.ceil((64 * 1024 * 1024) / LINE.length)))

describe('a download that is running when the community changes its mind', () => {
  let held: Held
  const path = () => urlOf(held.published, 'large.txt')
  const village = () => held.village

  beforeAll(async () => {
    held = await hold({ 'large.txt': LARGE })
    // Verified once, so that the tests measure the stream.
    const warm = await held.village.researcher.fetch(path(), { headers: { range: 'bytes=0-9' } })
    await warm.arrayBuffer()
    await eventually(held.registry, 0, 'download.completed')
  }, 180_000)
  afterAll(() => held.registry.close())

  /** A reader over a bare socket that takes the beginning and then nothing more until told. */
  const read = async (): Promise<{ socket: Socket; received: () => number }> => {
    const { hostname, port } = new URL(held.registry.url)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    let received = 0
    socket.on('data', (chunk) => {
      received += chunk.length
    })
    const head = [
      `GET ${path()} HTTP/1.1`,
      `Host: ${hostname}`,
      `Cookie: ${village().researcher.cookie()}`,
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    await once(socket, 'data')
    socket.pause()
    return { socket, received: () => received }
  }

  const closed = async (socket: Socket): Promise<void> => {
    const end = once(socket, 'close')
    socket.resume()
    await end
  }

  /** The end that the log knows of the download begun since `from`. */
  const endOf = async (from: number) => {
    const [begun] = await eventsSince(held.registry, from, 'download.authorised')
    const cut = await eventually(held.registry, from, 'download.cut')
    expect(cut.data).toMatchObject({ grant: held.grant, authorised: begun?.idx })
    const completed = await eventsSince(held.registry, from, 'download.completed')
    expect(completed.map(({ data }) => data.authorised)).not.toContain(begun?.idx)
    return cut.data.reason
  }

  it('completes for a reader who takes everything', async () => {
    const from = await sizeOf(held.registry)
    const response = await village().researcher.fetch(path())
    expect((await response.arrayBuffer()).byteLength).toBe(LARGE.length)
    const completed = await eventually(held.registry, from, 'download.completed')
    expect(completed.data.bytes).toBe(LARGE.length)
  })

  it('is recorded as cut when the reader goes away', async () => {
    await held.registry.days(1)
    const from = await sizeOf(held.registry)
    const { socket } = await read()
    socket.destroy()
    expect(await endOf(from)).toBe('CONNECTION')
  })

  it('is cut by a suspension although the reader takes nothing, and the next request is refused', async () => {
    const from = await sizeOf(held.registry)
    const { socket, received } = await read()
    await suspend(village(), held.published.dataset)
    expect((await village().researcher.fetch(path())).status).toBe(403)
    expect(await endOf(from)).toBe('SUSPENDED')
    await closed(socket)
    expect(received()).toBeLessThan(LARGE.length)
    await reopen(village(), held.published.dataset)
  })

  it('is cut when the contributor withdraws', async () => {
    const from = await sizeOf(held.registry)
    const { socket, received } = await read()
    const { viewer } = await village().contributor.run<{
      viewer: { contributions: { id: string }[] }
    }>('{ viewer { contributions { id } } }')
    await village().contributor.run(
      'mutation ($id: ID!) { withdrawContribution(id: $id) { refused { code } } }',
      { id: viewer.contributions[0]?.id },
    )
    expect(await endOf(from)).toBe('WITHDRAWN')
    await closed(socket)
    expect(received()).toBeLessThan(LARGE.length)
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})

describe('a download that is running when the council revokes its grant', () => {
  let held: Held
  beforeAll(async () => {
    held = await hold({ 'large.txt': LARGE })
  }, 180_000)
  afterAll(() => held.registry.close())

  it('is cut, and the next request is refused', async () => {
    const path = urlOf(held.published, 'large.txt')
    const from = await sizeOf(held.registry)
    const response = await held.village.researcher.fetch(path)
    const reader = response.body?.getReader()
    await reader?.read()
    await revoke(held.village, held.grant)
    const refused = await held.village.researcher.fetch(path)
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'GRANT_REVOKED',
    ])
    const cut = await eventually(held.registry, from, 'download.cut')
    expect(cut.data).toMatchObject({ grant: held.grant, reason: 'GRANT_REVOKED' })
    const rest = async () => {
      for (let more = true; more; ) more = (await reader?.read())?.done === false
    }
    await expect(rest()).rejects.toThrow()
    expect(held.registry.faults).toEqual([])
  })
})
