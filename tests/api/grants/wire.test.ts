import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  eventsSince,
  eventually,
  type Held,
  hold,
  MARK,
  sizeOf,
  TEXT,
  token,
  urlOf,
} from './held.ts'

const DAY = 86_400_000

const run = promisify(execFile)
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0

const LARGE = Buffer.from(`${MARK} and more\n`.repeat(20_000))
const SPOILT = Buffer.from(`${MARK} but spoilt\n`.repeat(20))
const SPOILT_LARGE = Buffer.from(`${MARK} but spoilt\n`.repeat(20_000))
const NAME = "kōrero “tuatahi” (1)*'é日本.txt"

/** Whether an answer holds just these bytes; comparing them as lists would take seconds. */
const holds = async (response: Response, expected: Buffer): Promise<boolean> =>
  Buffer.from(await response.arrayBuffer()).equals(expected)

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('a permitted download on the wire', () => {
  let held: Held
  const url = (path = 'words.txt') => urlOf(held.published, path)
  const get = (init: RequestInit = {}, path?: string) =>
    held.village.researcher.fetch(url(path), init)
  /** What was had today is on record today: only tomorrow is it recorded again. */
  const nextDay = () => held.registry.house.services.clock.advance(DAY)
  const blobOf = (bytes: Uint8Array): string => {
    const digest = sha256(bytes)
    return joinPath(held.registry.dataDir, 'blobs', digest.slice(0, 2), digest.slice(2))
  }

  beforeAll(async () => {
    held = await hold({
      'words.txt': TEXT,
      'large.txt': LARGE,
      'spoilt.txt': SPOILT,
      'spoilt-large.txt': SPOILT_LARGE,
      [NAME]: Buffer.from('he ingoa\n'),
    })
  }, 120_000)
  afterAll(() => held.registry.close())

  const parts: readonly (readonly [string, string, number, number])[] = [
    ['a part', 'bytes=10-19', 10, 19],
    ['one byte', 'bytes=0-0', 0, 0],
    ['all from an offset', `bytes=${TEXT.length - 7}-`, TEXT.length - 7, TEXT.length - 1],
    ['a suffix', 'bytes=-5', TEXT.length - 5, TEXT.length - 1],
    ['a suffix longer than the file', 'bytes=-99999999', 0, TEXT.length - 1],
    ['a part that begins inside', `bytes=5-${TEXT.length + 100}`, 5, TEXT.length - 1],
  ]
  for (const [what, range, from, to] of parts) {
    it(`gives ${what} for ${range} and records just that`, async () => {
      nextDay()
      const size = await sizeOf(held.registry)
      const response = await get({ headers: { range } })
      expect(response.status).toBe(206)
      expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to}/${TEXT.length}`)
      expect(await holds(response, TEXT.subarray(from, to + 1))).toBe(true)
      const [event] = await eventsSince(held.registry, size, 'download.authorised')
      expect(event?.data).toMatchObject({ from, to, sha256: sha256(TEXT) })
    })
  }

  for (const range of ['bytes=9-5', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=-', 'bytes=a-b']) {
    it(`gives the whole file for ${range}`, async () => {
      const response = await get({ headers: { range } })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-range')).toBeNull()
      expect(await holds(response, TEXT)).toBe(true)
    })
  }

  for (const range of [`bytes=${TEXT.length}-`, 'bytes=-0']) {
    it(`has nothing for ${range} and records no download`, async () => {
      const size = await sizeOf(held.registry)
      const response = await get({ headers: { range } })
      expect([response.status, await response.text()]).toEqual([416, ''])
      expect(response.headers.get('content-range')).toBe(`bytes */${TEXT.length}`)
      expect(await eventsSince(held.registry, size, 'download.authorised')).toEqual([])
    })
  }

  it('gives the part while If-Range names these bytes, else the whole file', async () => {
    const range = 'bytes=3-5'
    const tag = `"${sha256(TEXT)}"`
    expect((await get({ headers: { range, 'if-range': tag } })).status).toBe(206)
    for (const stale of ['"0000"', `W/${tag}`, 'Sat, 29 Oct 1994 19:43:31 GMT']) {
      const response = await get({ headers: { range, 'if-range': stale } })
      expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([
        200,
        TEXT.length,
      ])
    }
  })

  it('answers HEAD with the headers of the whole file and counts no download', async () => {
    const size = await sizeOf(held.registry)
    for (const headers of [{ range: '' }, { range: 'bytes=0-1' }]) {
      const response = await get({ method: 'HEAD', headers })
      expect([response.status, await response.text()]).toEqual([200, ''])
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-length': String(TEXT.length),
        etag: `"${sha256(TEXT)}"`,
        'accept-ranges': 'bytes',
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
        'content-disposition': `attachment; filename="words.txt"; filename*=UTF-8''words.txt`,
      })
    }
    expect(await eventsSince(held.registry, size, 'download.authorised')).toEqual([])
  })

  it('answers 304 with the tag to whoever holds these bytes and may have them', async () => {
    const size = await sizeOf(held.registry)
    const tag = `"${sha256(TEXT)}"`
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const response = await get({ headers: { 'if-none-match': known } })
      expect([response.status, await response.text()]).toEqual([304, ''])
      expect(response.headers.get('etag')).toBe(tag)
    }
    expect(await eventsSince(held.registry, size, 'download.authorised')).toEqual([])
    const headers = { 'if-none-match': tag }
    const [councillor] = held.village.council
    expect((await councillor?.fetch(url(), { headers }))?.status).toBe(403)
    expect((await get({ headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  it('says the same on the short way and on the long one', async () => {
    const tag = `"${sha256(TEXT)}"`
    const ways: readonly (readonly [RequestInit, number])[] = [
      [{}, 200],
      [{ method: 'HEAD' }, 200],
      [{ headers: { range: 'bytes=1-2' } }, 206],
      [{ headers: { range: `bytes=${TEXT.length}-` } }, 416],
      [{ headers: { 'if-none-match': tag } }, 304],
    ]
    for (const [init, status] of ways) {
      // An address with a query is nothing the short way knows of.
      const both = await Promise.all(
        [url(), `${url()}?long`].map(async (path) => {
          const response = await held.village.researcher.fetch(path, init)
          const { date: _, ...headers } = Object.fromEntries(response.headers)
          return { status: response.status, headers, body: await response.text() }
        }),
      )
      expect(both[0]).toEqual(both[1])
      expect(both[0]?.status).toBe(status)
      expect(both[0]?.headers).toHaveProperty('strict-transport-security')
    }
  })

  it('keeps a name in any script', async () => {
    const disposition =
      (await get({ method: 'HEAD' }, NAME)).headers.get('content-disposition') ?? ''
    const [, plain, extended = ''] =
      /filename="([^"]*)"; filename\*=UTF-8''(\S*)$/.exec(disposition) ?? []
    expect(decodeURIComponent(extended)).toBe(NAME)
    expect(extended).toMatch(/^[\w!#$&+.^`|~%-]*$/)
    expect(plain).toBe("k_rero _tuatahi_ (1)*'___.txt")
    expect(await (await get({}, NAME)).text()).toBe('he ingoa\n')
  })

  it('streams a large file and a part of it unchanged', async () => {
    const all = Buffer.from(await (await get({}, 'large.txt')).arrayBuffer())
    expect(sha256(all)).toBe(sha256(LARGE))
    const part = await get({ headers: { range: 'bytes=300000-600000' } }, 'large.txt')
    expect(await holds(part, LARGE.subarray(300_000, 600_001))).toBe(true)
  })

  it('records once what is fetched again on one day, and a part of it', async () => {
    nextDay()
    const size = await sizeOf(held.registry)
    expect((await get()).status).toBe(200)
    await eventually(held.registry, size, 'download.completed')
    expect((await get()).status).toBe(200)
    expect((await get({ headers: { range: 'bytes=10-19' } })).status).toBe(206)
    await new Promise((resolve) => setTimeout(resolve, 100))
    for (const type of ['download.authorised', 'download.completed'])
      expect(await eventsSince(held.registry, size, type)).toHaveLength(1)
  })

  it('sends no byte before the log holds the download for good', async () => {
    nextDay()
    const { log } = held.registry.house.services
    const { append } = log
    let release = () => {}
    const held_ = new Promise<void>((resolve) => {
      release = resolve
    })
    const waits: unknown[] = []
    log.append = async (event, options) => {
      if (event.type !== 'download.authorised') return append(event, options)
      const recorded = await append(event, options)
      waits.push(options?.wait)
      await held_
      return recorded
    }
    try {
      let answered = false
      const response = get().then((one) => {
        answered = true
        return one
      })
      await vi.waitFor(() => expect(waits).toHaveLength(1), 10_000)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect([waits, answered]).toEqual([['durable'], false])
      release()
      expect((await response).status).toBe(200)
    } finally {
      log.append = append
    }
  })

  /** Does something while events of one kind cannot be recorded. */
  const withoutRecording = async <T>(type: string, work: () => Promise<T>): Promise<T> => {
    const { log } = held.registry.house.services
    const { append } = log
    log.append = (event, options) =>
      event.type === type ? Promise.reject(new Error('the disk is full')) : append(event, options)
    return work().finally(() => {
      log.append = append
    })
  }

  for (const path of ['words.txt', 'large.txt']) {
    it(`sends no byte of ${path} when the log cannot record it`, async () => {
      nextDay()
      const size = await sizeOf(held.registry)
      const response = await withoutRecording('download.authorised', () => get({}, path))
      const body = await response.text()
      expect(response.status).toBe(503)
      expect(JSON.parse(body)).toMatchObject({ code: 'NOT_RECORDED' })
      expect(body).not.toContain(MARK)
      expect(response.headers.get('etag')).not.toBe(`"${sha256(TEXT)}"`)
      expect(await eventsSince(held.registry, size, 'download.authorised')).toEqual([])
      expect(held.registry.faults.splice(0)).toEqual([new Error('the disk is full')])
      expect((await get({}, path)).status).toBe(200)
    })
  }

  it('refuses all the same when a refusal cannot be recorded', async () => {
    const [councillor] = held.village.council
    held.registry.house.services.clock.advance(61_000)
    const response = await withoutRecording('download.refused', async () =>
      councillor?.fetch(url()),
    )
    expect(response?.status).toBe(403)
    expect(held.registry.faults.splice(0)).toEqual([new Error('the disk is full')])
  })

  for (const [path, bytes] of [
    ['spoilt.txt', SPOILT],
    ['spoilt-large.txt', SPOILT_LARGE],
  ] as const) {
    it(`sends no byte of ${path} when the stored bytes are not those of the manifest`, async () => {
      const size = await sizeOf(held.registry)
      const other = Buffer.from(bytes)
      other[3] = 0x21
      await rm(blobOf(bytes))
      await writeFile(blobOf(bytes), other)
      const response = await get({}, path)
      const body = await response.text()
      expect([response.status, JSON.parse(body).code]).toEqual([500, 'DAMAGED'])
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(body).not.toContain(MARK.slice(10))
      expect(await eventsSince(held.registry, size, 'download.authorised')).toEqual([])
      expect(held.registry.faults.splice(0)).toEqual([
        expect.objectContaining({ name: 'DamagedBlobError', sha256: sha256(bytes) }),
      ])
    })
  }

  it('notices a small file that is spoilt after it was verified', async () => {
    expect((await get()).status).toBe(200)
    await rm(blobOf(TEXT))
    await writeFile(blobOf(TEXT), Buffer.from(TEXT).fill(0x21, 0, 4))
    expect((await get()).status).toBe(500)
    expect(held.registry.faults.splice(0)).toHaveLength(1)
    await writeFile(blobOf(TEXT), TEXT)
    expect((await get()).status).toBe(200)
  })

  it('calls a large file that became shorter cut, not completed', async () => {
    expect((await (await get({}, 'large.txt')).arrayBuffer()).byteLength).toBe(LARGE.length)
    const size = await sizeOf(held.registry)
    await rm(blobOf(LARGE))
    await writeFile(blobOf(LARGE), LARGE)
    await truncate(blobOf(LARGE), 300_000)
    await expect(get({}, 'large.txt').then((r) => r.arrayBuffer())).rejects.toThrow()
    const cut = await eventually(held.registry, size, 'download.cut')
    await writeFile(blobOf(LARGE), LARGE)
    expect(cut.data.reason).toBe('FAULT')
    const completed = await eventsSince(held.registry, size, 'download.completed')
    expect(completed.map(({ data }) => data.authorised)).not.toContain(cut.data.authorised)
    expect(held.registry.faults.splice(0)).toHaveLength(1)
  })

  describe('with the programs people have', () => {
    let folder: string
    let secret: string
    beforeAll(async () => {
      folder = await mkdtemp(joinPath(tmpdir(), 'commonhold-wire-'))
      secret = await token(held.village.researcher, ['download'])
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    it.skipIf(!has('curl'))('curl -C - goes on where it stopped', async () => {
      const file = joinPath(folder, 'curl.txt')
      await writeFile(file, LARGE.subarray(0, 123_456))
      const from = held.registry.url + url('large.txt')
      await run('curl', ['-sSf', '-u', `me:${secret}`, '-C', '-', '-o', file, from])
      expect(sha256(await readFile(file))).toBe(sha256(LARGE))
    })

    it.skipIf(!has('curl'))('curl -OJ keeps the name and -f fails on a refusal', async () => {
      const from = held.registry.url + url(NAME)
      await run('curl', ['-sSf', '-H', `Authorization: Bearer ${secret}`, '-o', 'name', from], {
        cwd: folder,
      })
      expect(await readFile(joinPath(folder, 'name'), 'utf8')).toBe('he ingoa\n')
      await expect(run('curl', ['-sSf', '-o', 'none', from], { cwd: folder })).rejects.toThrow(
        expect.objectContaining({ code: 22 }),
      )
    })

    it.skipIf(!has('wget'))('wget -c goes on where it stopped, after the challenge', async () => {
      const file = joinPath(folder, 'wget.txt')
      await writeFile(file, LARGE.subarray(0, 300_001))
      const from = held.registry.url + url('large.txt')
      await run('wget', ['-q', '-c', '--user=me', `--password=${secret}`, '-O', file, from])
      expect(sha256(await readFile(file))).toBe(sha256(LARGE))
    })

    it.skipIf(!has('sha256sum'))('sha256sum -c reads SHA256SUMS', async () => {
      const { dataset, version } = held.published
      const sums = await held.village.researcher.fetch(
        `/datasets/${dataset}/versions/${version}/SHA256SUMS`,
      )
      await writeFile(joinPath(folder, 'SHA256SUMS'), await sums.text())
      await writeFile(joinPath(folder, 'words.txt'), TEXT)
      const { stdout } = await run('sha256sum', ['-c', '--ignore-missing', 'SHA256SUMS'], {
        cwd: folder,
      })
      expect(stdout).toBe('words.txt: OK\n')
    })
  })

  it('reports no fault beyond those it was made to meet', () => {
    expect(held.registry.faults).toEqual([])
  })
})
