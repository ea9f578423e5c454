import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentProblem } from '../../../api/src/datasets/check-content.ts'
import { openUploadDesk, type UploadDeps } from '../../../api/src/datasets/upload-desk.ts'
import { connectStorage, type Storage } from '../../../api/src/storage/connect.ts'
import { openFiles } from '../../../api/src/storage/files.ts'
import { openPartialFiles } from '../../../api/src/storage/partial-files.ts'
import { createUploadStore } from '../../../api/src/storage/upload-store.ts'
import { BAD_FILES } from '../../support/bad-files.ts'
import { zip } from '../../support/zip.ts'

const MIB = 1024 * 1024

let dir: string
let storage: Storage
let deps: UploadDeps
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bad-files-'))
  storage = await connectStorage({ file: join(dir, 'registry.db') })
  deps = {
    files: await openFiles({ dir: join(dir, 'blobs') }),
    partials: await openPartialFiles({ dir: join(dir, 'uploads') }),
    uploads: await createUploadStore(storage.connection),
    wallClock: () => Date.UTC(2030, 0, 1),
    limits: { maxBytes: 50 * MIB, quotaBytes: 50 * MIB, keepFree: 0 },
  }
})
afterAll(async () => {
  await storage.close()
  await rm(dir, { recursive: true, force: true })
})

const upload = async (bytes: Buffer) => {
  const desk = openUploadDesk(deps)
  const about = {
    size: bytes.length,
    filename: 'a.zip',
    mediaType: '',
    metadata: '',
    expected: null,
  }
  const made = await desk.announce('alice', about)
  if (!made.ok) throw new Error(made.message)
  const piece = { offset: 0, source: Readable.from([bytes]), length: bytes.length, checksum: null }
  await desk.receive('alice', made.upload.id, piece)
  return { desk, id: made.upload.id }
}

/** What whoever sends this as such a file is told, or null. */
const told = async (type: string, bytes: Buffer): Promise<string | null> => {
  if (type !== 'application/zip')
    return contentProblem(deps.files, { ...(await deps.files.put(bytes)), mediaType: type })
  const { desk, id } = await upload(bytes)
  const result = await desk.unpack('alice', id)
  await desk.abandon('alice', id)
  return result.ok ? null : result.message
}

describe('a file that would do harm', () => {
  it('comes in more than 60 kinds', () => {
    expect(BAD_FILES.length).toBeGreaterThanOrEqual(60)
    expect(new Set(BAD_FILES.map(({ type, name }) => `${type} ${name}`)).size).toBe(
      BAD_FILES.length,
    )
  })

  it.each(BAD_FILES.map((bad) => [bad.type, bad.name, bad] as const))(
    'as %s is refused in words: %s',
    async (type, _, { bytes, says }) => {
      const made = Buffer.from(bytes())
      const before = { now: process.memoryUsage().rss, most: process.resourceUsage().maxRSS * 1024 }
      const message = await told(type, made)
      const most = process.resourceUsage().maxRSS * 1024
      expect(message).toContain(says)
      expect(message?.length).toBeLessThan(400)
      // The peak tells of this file when it is a new one.
      if (most > before.most) expect(most - before.now).toBeLessThan(200 * MIB)
    },
    30_000,
  )

  it('leaves no upload behind when its archive is refused', async () => {
    const usage = await deps.uploads.usage('alice')
    const bad = zip({ name: 'a.txt', bytes: Buffer.from('a') }, { name: 'b.zip' })
    expect(await told('application/zip', bad)).toContain('archive inside')
    expect(await deps.uploads.usage('alice')).toBe(usage)
  })
})

describe('an archive', () => {
  it('becomes one upload a file, the same ones when it is unpacked again', async () => {
    const good = zip(
      { name: 'words/' },
      { name: 'words/a.txt', bytes: Buffer.from('kupu\n') },
      { name: 'words/b.txt', bytes: Buffer.from('wai\n') },
      { name: '__MACOSX/words/._a.txt', bytes: Buffer.from('x') },
      { name: '.DS_Store', bytes: Buffer.from('x') },
    )
    const { desk, id } = await upload(good)
    expect(await desk.unpack('bob', id)).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    const archive = await deps.uploads.get(id)
    const first = await desk.unpack('alice', id)
    if (!first.ok || !archive) throw new Error('it was not unpacked')
    expect(first.files.map(({ path, size }) => [path, size])).toEqual([
      ['words/a.txt', 5],
      ['words/b.txt', 4],
    ])
    // As after a crash before the archive was forgotten.
    await deps.uploads.create(archive)
    expect(await desk.unpack('alice', id)).toEqual(first)
    expect(await deps.uploads.get(id)).toBeNull()
    expect(await deps.uploads.usage('alice')).toBe(9)
  })
})
