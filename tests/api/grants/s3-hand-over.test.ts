import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../api/src/ids.ts'
import { type S3Server, startS3 } from '../../support/s3-server.ts'
import { eventsSince, eventually, type Held, hold, MARK, sizeOf, suspend, urlOf } from './held.ts'

const LINE = `${MARK}, line after line\n`
const TEXT = Buffer.from(LINE.repeat(50_000))
const FILES = { 'ngā kupu.txt': TEXT, 'small.txt': Buffer.from(`${MARK}\n`) }

let server: S3Server
beforeAll(async () => {
  server = await startS3()
})
afterAll(() => server.close())

const bucket = () => `${server.url}/${newId('t')}`

describe('a registry whose blobs lie in S3', () => {
  let held: Held
  beforeAll(async () => {
    held = await hold(FILES, { env: { S3_URL: bucket() } })
  }, 180_000)
  afterAll(() => held.registry.close())

  it('sends files and parts of them through its own door', async () => {
    const { researcher } = held.village
    for (const [name, bytes] of Object.entries(FILES)) {
      const path = urlOf(held.published, name)
      const whole = await researcher.fetch(path)
      expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
      const part = await researcher.fetch(path, { headers: { range: 'bytes=5-9' } })
      expect([part.status, await part.text()]).toEqual([206, bytes.toString('utf8', 5, 10)])
    }
    expect(held.registry.faults).toEqual([])
  })
})

describe('a registry whose bucket sends the bytes', () => {
  let held: Held
  beforeAll(async () => {
    held = await hold(FILES, { env: { S3_URL: bucket(), S3_PRESIGN: '1' } })
  }, 180_000)
  afterAll(() => held.registry.close())

  const path = () => urlOf(held.published, 'ngā kupu.txt')

  it('records the download, then names an address that is good for a minute', async () => {
    const from = await sizeOf(held.registry)
    const answer = await held.village.researcher.fetch(path(), { redirect: 'manual' })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const address = new URL(answer.headers.get('location') ?? '')
    expect(Number(address.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(60)
    const [event] = await eventsSince(held.registry, from, 'download.authorised')
    expect(event?.data).toMatchObject({ from: 0, to: TEXT.length - 1 })
    address.searchParams.delete('X-Amz-Signature')
    const unsigned = await fetch(address)
    expect([unsigned.ok, (await unsigned.text()).includes(MARK)]).toEqual([false, false])
  })

  it('lets a client that follows have the file, a part of it and its name', async () => {
    const { researcher } = held.village
    const whole = await researcher.fetch(path())
    expect(Buffer.from(await whole.arrayBuffer()).equals(TEXT)).toBe(true)
    expect(whole.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''ng%C4%81%20kupu.txt",
    )
    const part = await researcher.fetch(path(), { headers: { range: 'bytes=5-9' } })
    expect([part.status, await part.text()]).toEqual([206, TEXT.toString('utf8', 5, 10)])
  })

  it('sends nobody there whom the door refuses', async () => {
    const from = await sizeOf(held.registry)
    await suspend(held.village, held.published.dataset)
    const refused = await held.village.researcher.fetch(path(), { redirect: 'manual' })
    expect([refused.status, refused.headers.get('location')]).toEqual([403, null])
    expect(await refused.text()).not.toContain(MARK)
    await eventually(held.registry, from, 'download.refused')
    expect(held.registry.faults).toEqual([])
  })
})
