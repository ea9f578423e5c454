import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Upload as TusUpload } from 'tus-js-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UPLOAD_LIFETIME, type UploadDesk } from '../../../api/src/datasets/upload-desk.ts'
import {
  idOf,
  locationOf,
  metadataHeader,
  openUploadDoor,
  sha256,
  tusClient,
} from './upload-door.ts'

const MIB = 1024 * 1024
const text = (words: string) => new Uint8Array(Buffer.from(words))
const SENTENCE = text('Ko te reo te mauri o te mana Māori.')
/** What the server collects before it writes. */
const BATCH = MIB - 64 * 1024
const LONG = new Uint8Array(Buffer.alloc(2 * MIB, SENTENCE))

let door: Awaited<ReturnType<typeof openUploadDoor>>
let desk: UploadDesk
let alice: ReturnType<typeof tusClient>

beforeAll(async () => {
  door = await openUploadDoor()
  alice = tusClient(door.url)
})
afterAll(() => door.close())
beforeEach(async () => {
  desk = (await door.restart()).desk
})
// Each test starts with the whole quota.
afterEach(() => door.clear())

const start = async (size: number, metadata = {}, client = alice): Promise<string> =>
  locationOf(await client.create(size, metadata))

/** Resolves once so many bytes lie in the partial file. */
const written = async (id: string, bytes: number): Promise<void> => {
  const { partials } = await door.deps({})
  while ((await stat(partials.path(id))).size < bytes)
    await new Promise((resolve) => setTimeout(resolve, 5))
}

/** A PATCH that does not say how long it is; resolves once the first of it is in the file. */
const hang = async (location: string, bytes: Uint8Array, extra = {}) => {
  const hanging = request(new URL(location, door.url), {
    method: 'PATCH',
    headers: {
      'Tus-Resumable': '1.0.0',
      Authorization: 'alice',
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': '0',
      ...extra,
    },
  })
  const answer = new Promise<[number | undefined, string] | null>((resolve) => {
    hanging.on('error', () => resolve(null))
    hanging.on('response', async (response) =>
      resolve([response.statusCode, (await buffer(response)).toString()]),
    )
  })
  hanging.write(bytes)
  await written(idOf(location), bytes.length < MIB ? 0 : BATCH)
  return { end: (rest: Uint8Array) => hanging.end(rest), answer }
}

describe('the upload door', () => {
  it('takes a file in pieces and gives back its SHA-256', async () => {
    const location = await start(SENTENCE.length, { filename: 'mauri.txt' })
    const first = await alice.patch(location, 0, SENTENCE.slice(0, 10))
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '10'])
    const second = await alice.patch(location, 10, SENTENCE.slice(10))
    expect([second.status, second.headers.get('upload-offset')]).toEqual([
      204,
      `${SENTENCE.length}`,
    ])

    const upload = await door.uploads.get(idOf(location))
    expect(upload).toMatchObject({
      account: 'a_alice',
      filename: 'mauri.txt',
      state: 'finished',
      sha256: sha256(SENTENCE),
      finishedAt: door.time.now,
    })
    const { files } = await door.deps({})
    expect(await buffer(files.read(sha256(SENTENCE)))).toEqual(Buffer.from(SENTENCE))
  })

  it('is understood by a real tus client, which resumes after the line was cut', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tus-'))
    const path = join(dir, 'recording.wav')
    const bytes = Buffer.alloc(9 * MIB, 'kōrero ')
    await writeFile(path, bytes)
    const options = {
      endpoint: door.url,
      uploadSize: bytes.length,
      chunkSize: 2 * MIB,
      retryDelays: [],
      headers: { Authorization: 'alice' },
      metadata: { filename: 'recording.wav', sha256: sha256(bytes) },
    }
    const send = (uploadUrl: string | null, stopAfter: number) =>
      new Promise<string>((resolve, reject) => {
        const upload = new TusUpload(createReadStream(path), {
          ...options,
          uploadUrl,
          onError: reject,
          onSuccess: () => resolve(upload.url ?? ''),
          onChunkComplete: (_, sent) => {
            if (sent >= stopAfter) upload.abort().then(() => resolve(upload.url ?? ''), reject)
          },
        })
        upload.start()
      })
    const url = await send(null, 4 * MIB)
    await door.restart()
    const id = idOf(url)
    expect((await door.uploads.get(id))?.state).toBe('partial')
    await send(url, Number.POSITIVE_INFINITY)
    expect(await door.uploads.get(id)).toMatchObject({ state: 'finished', sha256: sha256(bytes) })
    await rm(dir, { recursive: true })
  })

  it('keeps what came before the line was cut in the middle of a piece', async () => {
    const bytes = new Uint8Array(3 * MIB).fill(7)
    const location = await start(bytes.length)
    await new Promise<void>((resolve, reject) => {
      const cut = request(new URL(location, door.url), {
        method: 'PATCH',
        headers: {
          'Tus-Resumable': '1.0.0',
          Authorization: 'alice',
          'Content-Type': 'application/offset+octet-stream',
          'Upload-Offset': '0',
          'Content-Length': String(bytes.length),
        },
      })
      cut.on('error', () => resolve())
      cut.write(bytes.subarray(0, 2 * MIB))
      written(idOf(location), BATCH).then(() => cut.destroy(new Error('cut')), reject)
    })
    const offset = Number((await alice.head(location)).headers.get('upload-offset'))
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThanOrEqual(2 * MIB)
    expect((await alice.patch(location, offset, bytes.slice(offset))).status).toBe(204)
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(bytes))
  })

  it('lets a new request take over from one that hangs', async () => {
    const location = await start(LONG.length)
    const hanging = await hang(location, LONG.slice(0, MIB))
    const held = Number((await alice.head(location)).headers.get('upload-offset'))
    expect(held).toBeGreaterThanOrEqual(BATCH)
    expect(await hanging.answer).toBeNull()
    expect((await alice.patch(location, held, LONG.slice(held))).status).toBe(204)
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(LONG))
  })

  it('counts every byte once when pieces for one offset arrive together', async () => {
    const location = await start(SENTENCE.length)
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => alice.patch(location, 0, SENTENCE)),
    )
    expect(answers.length).toBe(5)
    const { offset, state } = (await door.uploads.get(idOf(location))) ?? {}
    if (state === 'partial') await alice.patch(location, offset ?? 0, SENTENCE.slice(offset))
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(SENTENCE))
  })

  it('hands the metadata back as the client sent it', async () => {
    const metadata = { filename: 'ngā kupu/mauri.txt', filetype: 'text/plain' }
    const location = await start(3, metadata)
    const response = await alice.head(location)
    expect(response.headers.get('upload-metadata')).toBe(metadataHeader(metadata))
    expect(response.headers.get('upload-length')).toBe('3')
    expect(response.headers.get('upload-expires')).toBe(
      new Date(door.time.now + UPLOAD_LIFETIME).toUTCString(),
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('finishes an empty file at once', async () => {
    const location = await start(0)
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(text('')))
  })

  it('tells what it speaks without being asked who asks', async () => {
    const response = await fetch(door.url, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('tus-version')).toBe('1.0.0')
    expect(response.headers.get('tus-extension')).toBe('creation,expiration,termination,checksum')
    expect(response.headers.get('tus-checksum-algorithm')).toBe('sha1,sha256')
    expect(response.headers.get('tus-max-size')).toBe('20000000')
  })

  it('lets the pages of no other origin in', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const headers = { Origin: 'https://elsewhere.example', Authorization: 'alice' }
      const response = await fetch(door.url, { method, headers })
      expect(response.headers.get('access-control-allow-origin')).toBe(null)
    }
  })

  it('names uploads so that nobody guesses them', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => start(1)))
    for (const id of ids) expect(id).toMatch(/^\/uploads\/u_[0-9a-z]{16}$/)
    expect(new Set(ids).size).toBe(4)
  })
})

describe('an upload of somebody else', () => {
  const cases = [
    ['HEAD', (client: typeof alice, location: string) => client.head(location)],
    ['PATCH', (client: typeof alice, location: string) => client.patch(location, 0, SENTENCE)],
    ['DELETE', (client: typeof alice, location: string) => client.remove(location)],
  ] as const

  it.each(cases)('is not there for %s', async (_, ask) => {
    const location = await start(SENTENCE.length)
    const bob = tusClient(door.url, 'bob')
    expect((await ask(bob, location)).status).toBe(404)
    expect((await ask(bob, '/uploads/u_0000000000000000')).status).toBe(404)
    expect((await door.uploads.get(idOf(location)))?.offset).toBe(0)
    expect((await ask(alice, location)).status).toBeLessThan(300)
  })

  it('cannot be read back by anybody', async () => {
    const location = await start(SENTENCE.length)
    await alice.patch(location, 0, SENTENCE)
    const headers = { Authorization: 'alice', 'Tus-Resumable': '1.0.0' }
    const response = await fetch(new URL(location, door.url), { headers })
    expect(response.status).toBe(405)
    expect(await response.text()).not.toContain('mauri')
  })
})

describe('the upload door refuses', () => {
  it('whoever is not signed in, and a token that may not contribute', async () => {
    expect((await tusClient(door.url, '').create(3)).status).toBe(401)
    expect((await tusClient(door.url, 'alice:read').create(3)).status).toBe(403)
    expect((await alice.create(3)).status).toBe(201)
  })

  it('a request that does not name the version of tus, and names its own', async () => {
    const headers = { Authorization: 'alice', 'Upload-Length': '3' }
    const response = await fetch(door.url, { method: 'POST', headers })
    expect(response.status).toBe(412)
    expect(response.headers.get('tus-version')).toBe('1.0.0')
  })

  it('an upload without a length or with one to be told later', async () => {
    expect((await alice.create(null)).status).toBe(400)
    expect((await alice.create(null, {}, { 'Upload-Defer-Length': '1' })).status).toBe(400)
    expect((await alice.create(null, {}, { 'Upload-Length': '-3' })).status).toBe(400)
  })

  it('a file above the greatest size', async () => {
    expect((await alice.create(20_000_001)).status).toBe(413)
    const allowed = await alice.create(20_000_000)
    expect(allowed.status).toBe(201)
  })

  it('what the account has no quota for, and says what is left', async () => {
    await start(20_000_000)
    const refused = await alice.create(10_000_001)
    expect(refused.status).toBe(507)
    expect(await refused.text()).toContain('10000000 bytes left')
    await start(10_000_000)
    await start(20_000_000, {}, tusClient(door.url, 'bob'))
  })

  it('announcements that pass the quota only together', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => alice.create(10_000_000)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 507, 507])
  })

  it('what the disk has no room for beside the rest, and says what is left', async () => {
    const { partials } = await door.deps({})
    const limits = { maxBytes: 20_000_000, quotaBytes: 30_000_000, keepFree: 5_000_000 }
    const small = { ...partials, free: async () => 8_000_000 }
    await door.restart({ partials: small, limits })
    await start(1_000_000)
    const refused = await alice.create(2_000_001)
    expect([refused.status, await refused.text()]).toEqual([
      507,
      expect.stringContaining('room for 2000000 bytes'),
    ])
    await start(2_000_000)
  })

  it('a piece that does not begin where the last one ended', async () => {
    const location = await start(SENTENCE.length)
    await alice.patch(location, 0, SENTENCE.slice(0, 10))
    const refused = await alice.patch(location, 9, SENTENCE.slice(9))
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('HEAD')])
    expect((await alice.patch(location, 11, SENTENCE.slice(11))).status).toBe(409)
    expect((await alice.patch(location, 10, SENTENCE.slice(10))).status).toBe(204)
    expect((await alice.patch(location, 0, SENTENCE)).status).toBe(409)
  })

  it('bytes beyond the announced size', async () => {
    const location = await start(5)
    expect((await alice.patch(location, 0, text('123456'))).status).toBe(413)
    expect((await alice.head(location)).headers.get('upload-offset')).toBe('0')
    const sending = await hang(location, text('12345'))
    sending.end(text('6'))
    expect(await sending.answer).toEqual([413, expect.stringContaining('longer than')])
    const held = Number((await alice.head(location)).headers.get('upload-offset'))
    if (held < 5) await alice.patch(location, held, text('12345').slice(held))
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(text('12345')))
  })

  it('a checksum it cannot look at, and says what it looks at', async () => {
    const location = await start(3)
    const wrong = { 'Upload-Checksum': 'md5 AAAA' }
    const refused = await alice.patch(location, 0, text('abc'), wrong)
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('sha256')])
    expect((await alice.patch(location, 0, text('abc'))).status).toBe(204)
  })

  it('bytes that come with the announcement', async () => {
    const body = { 'Content-Type': 'application/offset+octet-stream' }
    expect((await alice.create(3, {}, body)).status).toBe(400)
    expect((await alice.create(3, {}, { 'Content-Type': 'text/plain' })).status).toBe(201)
  })

  it('another content type than that of tus', async () => {
    const location = await start(3)
    const wrong = { 'Content-Type': 'application/octet-stream' }
    expect((await alice.patch(location, 0, text('abc'), wrong)).status).toBe(415)
  })

  it.each([
    ['steps out of its folder', '../../etc/passwd', 'the steps "." or ".."'],
    ['holds a sign of addresses', 'is it.txt?', 'rename the file'],
    ['turns its ending round', 'a\u202egpj.exe', 'cannot be seen'],
  ])('a name that %s, before a byte is sent', async (_, filename, words) => {
    const refused = await alice.create(3, { filename })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(words)])
    expect((await alice.create(3, { filename: 'is it.txt' })).status).toBe(201)
  })

  it.each([
    ['a value that is no base64', 'filename !!!'],
    ['a key that comes twice', 'filename YQ==,filename Yg=='],
    ['a sha256 that is none', 'sha256 YWJj'],
    ['more than 4 KiB', `filename ${'QUFB'.repeat(2000)}`],
  ])('metadata with %s', async (_, header) => {
    expect((await alice.create(3, {}, { 'Upload-Metadata': header })).status).toBe(400)
    const allowed = await alice.create(3, {}, { 'Upload-Metadata': 'filename YQ==,empty' })
    expect(allowed.status).toBe(201)
  })
})

describe('a checksum', () => {
  it('that the bytes have lets the upload finish', async () => {
    const location = await start(SENTENCE.length, { sha256: sha256(SENTENCE) })
    expect((await alice.patch(location, 0, SENTENCE)).status).toBe(204)
    expect((await door.uploads.get(idOf(location)))?.state).toBe('finished')
  })

  it('that they do not have ends it, with both digests in the answer', async () => {
    const expected = sha256(text('something else'))
    const location = await start(SENTENCE.length, { sha256: expected })
    const response = await alice.patch(location, 0, SENTENCE)
    const answer = await response.text()
    expect(response.status).toBe(460)
    expect(answer).toContain(expected)
    expect(answer).toContain(sha256(SENTENCE))
    expect((await alice.head(location)).status).toBe(410)
    expect(await door.uploads.get(idOf(location))).toMatchObject({ state: 'failed', sha256: null })
  })
})

describe('the checksum of a piece', () => {
  const given = (bytes: Uint8Array, algorithm: 'sha1' | 'sha256') => ({
    'Upload-Checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`,
  })
  const [first, rest] = [SENTENCE.slice(0, 10), SENTENCE.slice(10)]

  it.each(['sha1', 'sha256'] as const)('by %s lets the right bytes in', async (algorithm) => {
    const location = await start(SENTENCE.length)
    expect((await alice.patch(location, 0, first, given(first, algorithm))).status).toBe(204)
    expect((await alice.patch(location, 10, rest, given(rest, algorithm))).status).toBe(204)
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(SENTENCE))
  })

  it('takes nothing of a piece that has another, and what was there before stays', async () => {
    const location = await start(SENTENCE.length)
    await alice.patch(location, 0, first)
    const refused = await alice.patch(location, 10, rest, given(first, 'sha256'))
    expect([refused.status, await refused.text()]).toEqual([
      460,
      expect.stringContaining('once more'),
    ])
    expect((await alice.head(location)).headers.get('upload-offset')).toBe('10')
    expect((await alice.patch(location, 10, rest, given(rest, 'sha256'))).status).toBe(204)
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(SENTENCE))
  })

  it('takes nothing of a piece that was cut', async () => {
    const location = await start(LONG.length)
    const sending = await hang(location, LONG.slice(0, MIB), given(LONG, 'sha256'))
    expect((await alice.head(location)).headers.get('upload-offset')).toBe('0')
    expect(await sending.answer).toBeNull()
    expect((await alice.patch(location, 0, LONG, given(LONG, 'sha256'))).status).toBe(204)
  })
})

describe('a piece of any length', () => {
  it('is taken, and its way so far is recorded while it comes', async () => {
    const bytes = new Uint8Array(12 * MIB).fill(3)
    const location = await start(bytes.length)
    const sending = await hang(location, bytes.slice(0, 6 * MIB))
    const offset = async () => (await door.uploads.get(idOf(location)))?.offset ?? 0
    while ((await offset()) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await offset()).toBeLessThanOrEqual(6 * MIB)
    sending.end(bytes.slice(6 * MIB))
    expect((await sending.answer)?.[0]).toBe(204)
    expect((await door.uploads.get(idOf(location)))?.sha256).toBe(sha256(bytes))
  })
})

describe('a kill after the last byte', () => {
  const dying = async () => {
    throw new Error('killed')
  }
  const steps = [
    [
      'before the blob is stored',
      async () => ({ files: { ...(await door.deps({})).files, adopt: dying } }),
    ],
    ['before the record is written', async () => ({ uploads: { ...door.uploads, finish: dying } })],
    [
      'before the partial file is removed',
      async () => ({ partials: { ...(await door.deps({})).partials, remove: dying } }),
    ],
  ] as const

  const killAt = async (step: (typeof steps)[number][1]) => {
    const location = await start(SENTENCE.length, { sha256: sha256(SENTENCE) })
    await door.restart(await step())
    const faulty = await alice.patch(location, 0, SENTENCE)
    expect([faulty.status, await faulty.text()]).toEqual([500, 'fault: killed'])
    return location
  }

  it.each(steps)('%s is made good by the next HEAD', async (_, step) => {
    const location = await killAt(step)
    await door.restart()
    const response = await alice.head(location)
    expect(response.headers.get('upload-offset')).toBe(String(SENTENCE.length))
    expect(await door.uploads.get(idOf(location))).toMatchObject({
      state: 'finished',
      sha256: sha256(SENTENCE),
    })
  })

  it.each(steps)('%s is made good by the sweep at the start', async (_, step) => {
    const location = await killAt(step)
    const restarted = await door.restart()
    await restarted.desk.sweep()
    expect((await door.uploads.get(idOf(location)))?.state).toBe('finished')
    expect(await restarted.partials.ids()).not.toContain(idOf(location))
    expect(await restarted.files.verify(sha256(SENTENCE))).toBe(true)
  })
})

describe('expiry', () => {
  it('removes what nobody went on with and leaves what is finished', async () => {
    const half = await start(SENTENCE.length)
    await alice.patch(half, 0, SENTENCE.slice(0, 10))
    const whole = await start(SENTENCE.length)
    await alice.patch(whole, 0, SENTENCE)
    door.time.now += UPLOAD_LIFETIME
    await desk.sweep()
    expect((await alice.head(half)).status).toBe(404)
    expect((await alice.head(whole)).status).toBe(200)
    const { files, partials } = await door.deps({})
    expect(await files.verify(sha256(SENTENCE))).toBe(true)
    expect(await partials.ids()).not.toContain(idOf(half))
  })

  it('starts anew with every piece', async () => {
    const location = await start(SENTENCE.length)
    door.time.now += UPLOAD_LIFETIME - 1
    expect((await alice.patch(location, 0, SENTENCE.slice(0, 10))).status).toBe(204)
    door.time.now += UPLOAD_LIFETIME - 1
    await desk.sweep()
    expect((await alice.patch(location, 10, SENTENCE.slice(10))).status).toBe(204)
  })

  it('is put off by a piece that is on its way', async () => {
    const location = await start(LONG.length)
    const sending = await hang(location, LONG.slice(0, MIB))
    door.time.now += UPLOAD_LIFETIME
    await desk.sweep()
    expect(await sending.answer).toBeNull()
    const held = Number((await alice.head(location)).headers.get('upload-offset'))
    expect(held).toBeGreaterThanOrEqual(BATCH)
    expect((await alice.patch(location, held, LONG.slice(held))).status).toBe(204)
  })

  it('answers before the sweep already', async () => {
    const location = await start(SENTENCE.length)
    door.time.now += UPLOAD_LIFETIME
    expect((await alice.patch(location, 0, SENTENCE)).status).toBe(404)
  })

  it('spares uploads that begin while it sweeps', async () => {
    const sweeping = desk.sweep()
    const location = await start(SENTENCE.length)
    await sweeping
    expect((await alice.patch(location, 0, SENTENCE)).status).toBe(204)
  })

  it('sweeps around whoever is sending', async () => {
    const location = await start(LONG.length)
    const sending = await hang(location, LONG.slice(0, MIB))
    await desk.sweep()
    sending.end(LONG.slice(MIB))
    expect((await sending.answer)?.[0]).toBe(204)
  })

  it('clears files that belong to no upload', async () => {
    const { partials } = await door.deps({})
    await partials.create('u_orphan')
    await desk.sweep()
    expect(await partials.ids()).not.toContain('u_orphan')
  })
})

describe('removing an upload', () => {
  it('gives the quota back', async () => {
    const location = await start(20_000_000)
    expect((await alice.create(20_000_000)).status).toBe(507)
    expect((await alice.remove(location)).status).toBe(204)
    expect((await alice.head(location)).status).toBe(404)
    await start(20_000_000)
  })
})
