import { once } from 'node:events'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { sha256Of } from '../../support/blob-store-contract.ts'
import {
  assemble,
  attest,
  contribute,
  createDataset,
  decide,
  grantTo,
  proposePublication,
} from '../../support/journey.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { eventsSince, eventually, MARK, sizeOf, suspend } from './held.ts'

const LINE = `${MARK}, again and again\n`
const FILES: Readonly<Record<string, Buffer>> = {
  'empty.txt': Buffer.from('\n'),
  'ngā kupu/iti.txt': Buffer.from(`${MARK}\n`),
  'ngā kupu/nui.txt': Buffer.from(LINE.repeat(Math.ceil((24 * 1024 * 1024) / LINE.length))),
}
const TAKEN = Buffer.from(`${MARK}, and taken back\n`)

const unpack = async (bytes: Buffer): Promise<Readonly<Record<string, Buffer>>> => {
  const zip = await fromBufferPromise(bytes)
  const files: Record<string, Buffer> = {}
  for await (const entry of zip.eachEntry())
    files[entry.fileName] = await buffer(await zip.openReadStreamPromise(entry))
  return files
}

/** Comparing megabytes byte by byte takes minutes. */
const digests = (files: Readonly<Record<string, Buffer>>) =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256Of(bytes)]))

describe('a version as one archive', () => {
  let registry: Registry
  let village: Village
  let dataset: string
  let taken: string

  const path = (query = '') => `/datasets/${dataset}/versions/1.0.0/archive.zip${query}`
  const get = (person: Person, query = '', init: RequestInit = {}) =>
    person.fetch(path(query), init)

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    dataset = await createDataset(village)
    const kept = await contribute(village, dataset, FILES)
    taken = await contribute(village, dataset, { 'taken.txt': TAKEN })
    const manifestDigest = await assemble(village, dataset, [kept, taken])
    await decide(village, await proposePublication(village, { dataset, manifestDigest }))
    await attest(village)
    await grantTo(village, dataset)
  }, 180_000)
  afterAll(() => registry.close())

  it('holds every file as it is, and their digests', async () => {
    const from = await sizeOf(registry)
    const answer = await get(village.researcher)
    expect(answer.headers.get('content-disposition')).toContain(`${dataset}-1.0.0.zip`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')))
    const { SHA256SUMS, ...files } = await unpack(bytes)
    expect(digests(files)).toEqual(digests({ ...FILES, 'taken.txt': TAKEN }))
    const list = await village.researcher.fetch(path().replace('archive.zip', 'SHA256SUMS'))
    expect(String(SHA256SUMS)).toBe(await list.text())
    await eventually(registry, from, 'download.completed')
    const [begun, ended] = await Promise.all([
      eventsSince(registry, from, 'download.authorised'),
      eventsSince(registry, from, 'download.completed'),
    ])
    expect([begun.length, ended.length]).toEqual([4, 4])
  })

  it('tells its length without a byte of it, and records nothing', async () => {
    // What was had today is on record.
    await registry.days(1)
    const from = await sizeOf(registry)
    const whole = await (await get(village.researcher)).arrayBuffer()
    await eventually(registry, from, 'download.completed')
    const before = await sizeOf(registry)
    const head = await get(village.researcher, '', { method: 'HEAD' })
    expect(Number(head.headers.get('content-length'))).toBe(whole.byteLength)
    expect(await sizeOf(registry)).toBe(before)
  })

  it('goes on behind a file that arrived whole', async () => {
    const query = `?after=${encodeURIComponent('ngā kupu/iti.txt')}`
    const rest = await unpack(
      Buffer.from(await (await get(village.researcher, query)).arrayBuffer()),
    )
    expect(Object.keys(rest)).toEqual(['ngā kupu/nui.txt', 'taken.txt', 'SHA256SUMS'])
    const wrong = await get(village.researcher, '?after=nothing.txt')
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      expect.objectContaining({ field: 'after' }),
    ])
  })

  it('is refused before its first byte, and as absent where the dataset is', async () => {
    const from = await sizeOf(registry)
    const stranger = await get(visitor(registry))
    expect([stranger.status, await stranger.text()]).toEqual([
      401,
      expect.not.stringContaining(MARK),
    ])
    const member = await get(village.contributor)
    expect([member.status, await member.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'NO_GRANT' }),
    ])
    const hidden = await createDataset(village)
    const [there, not] = await Promise.all(
      [hidden, 'd_00000000000000000000'].map(async (id) =>
        (await village.researcher.fetch(path().replace(dataset, id))).text(),
      ),
    )
    expect(there).toBe(not)
    expect(await eventsSince(registry, from, 'download.authorised')).toEqual([])
  })

  it('leaves out what was taken back, and says so', async () => {
    await village.contributor.run(
      'mutation ($id: ID!) { withdrawContribution(id: $id) { refused { code } } }',
      { id: taken },
    )
    const files = await unpack(Buffer.from(await (await get(village.researcher)).arrayBuffer()))
    expect(Object.keys(files)).toEqual([...Object.keys(FILES), 'SHA256SUMS', 'LEFT-OUT.txt'])
    expect(String(files['LEFT-OUT.txt'])).toContain('1 of the files')
    expect(String(files.SHA256SUMS)).not.toContain('taken.txt')
  })

  it('breaks off for a reader who takes nothing when the right to it ends', async () => {
    const from = await sizeOf(registry)
    const { hostname, port } = new URL(registry.url)
    const socket = connect(Number(port), hostname)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => undefined)
    const cookie = village.researcher.cookie()
    socket.write(`GET ${path()} HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${cookie}\r\n\r\n`)
    let received = 0
    socket.on('data', (chunk) => {
      received += chunk.length
    })
    // Before the long file is on its way there is nothing to cut: it would be refused instead.
    while (received < 64 * 1024) await once(socket, 'data')
    socket.pause()
    await suspend(village, dataset)
    const cut = await eventually(registry, from, 'download.cut')
    expect(cut.data.reason).toBe('SUSPENDED')
    socket.resume()
    await closed
    expect(received).toBeLessThan(24 * 1024 * 1024)
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
