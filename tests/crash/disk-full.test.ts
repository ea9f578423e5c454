import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlAnswer } from '../support/person.ts'
import { type Registry, startRegistry } from '../support/registry.ts'
import { found, type Village } from '../support/village.ts'

const MIB = 1024 * 1024

/** A disk of a few megabytes, or null where the test may not mount one. */
const mountSmall = async (): Promise<string | null> => {
  const dir = await mkdtemp(join(tmpdir(), 'small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', dir], { stdio: 'ignore' })
    return dir
  } catch {
    await rm(dir, { recursive: true })
    return null
  }
}

const disk = await mountSmall()

const CREATE = `mutation ($input: CreateDatasetInput!) {
  createDataset(input: $input) { dataset { id } refused { code } }
}`

describe.skipIf(disk === null)('a disk that is full', () => {
  const ballast = join(disk ?? '', 'ballast')
  let registry: Registry
  let village: Village
  beforeAll(async () => {
    const dataDir = join(disk ?? '', 'data')
    await mkdir(dataDir)
    registry = await startRegistry({ dataDir, keep: true, env: { UPLOAD_KEEP_FREE_BYTES: '1' } })
    village = await found(registry)
  }, 120_000)
  afterAll(async () => {
    rmSync(ballast, { force: true })
    await registry?.close()
    execFileSync('umount', [disk ?? ''])
    await rm(disk ?? '', { recursive: true })
  })

  /** Takes all the room there is, but for some bytes. */
  const fillDisk = (): void => {
    const file = openSync(ballast, 'w')
    try {
      for (const size of [MIB, 4096]) {
        const piece = Buffer.alloc(size)
        try {
          for (;;) if (writeSync(file, piece) < size) break
        } catch {
          // Full to this size.
        }
      }
    } finally {
      closeSync(file)
    }
  }
  const create = (title: string): Promise<GraphqlAnswer> =>
    village.contributor.raw(CREATE, {
      input: {
        community: village.community,
        title,
        description: 'A list of words.',
        kind: 'text',
        languages: ['mi'],
      },
    })
  const made = async (title: string): Promise<number> => {
    const events = await registry.house.services.log.read(0, 1000)
    return events.filter(
      ({ type, secret }) => type === 'dataset.created' && secret?.title === title,
    ).length
  }
  const TUS = { 'tus-resumable': '1.0.0' }
  const announce = (size: number) =>
    village.contributor.fetch('/uploads', {
      method: 'POST',
      headers: { ...TUS, 'upload-length': String(size) },
    })
  const send = (path: string, at: number, bytes: Buffer<ArrayBuffer>) =>
    village.contributor.fetch(path, {
      method: 'PATCH',
      headers: {
        ...TUS,
        'upload-offset': String(at),
        'content-type': 'application/offset+octet-stream',
      },
      body: bytes,
    })
  const held = async (path: string): Promise<number> => {
    const answer = await village.contributor.fetch(path, { method: 'HEAD', headers: TUS })
    return Number(answer.headers.get('upload-offset'))
  }

  it('is told to whoever wants to record something, and nothing of it is recorded', async () => {
    const before = await registry.house.services.log.size()
    fillDisk()
    const answers: GraphqlAnswer[] = []
    for (let nth = 0; nth < 30; nth += 1) answers.push(await create(`On a full disk ${nth}`))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(0)
    for (const { status, errors } of refused) {
      expect([status, errors?.[0]?.extensions?.code]).toEqual([507, 'NO_SPACE'])
      expect(errors?.[0]?.message).toContain('tell the operator')
    }
    const size = await registry.house.services.log.size()
    expect(size - before).toBe(answers.length - refused.length)
    rmSync(ballast)
    for (const [nth, { status }] of answers.entries())
      expect(await made(`On a full disk ${nth}`)).toBe(status === 200 ? 1 : 0)
    expect((await create('With room again')).status).toBe(200)
    await registry.house.tick()
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  })

  it('is told to whoever uploads with what is left, and the upload goes on once there is room', async () => {
    const bytes = Buffer.alloc(6 * MIB, 'he kupu ')
    const made = await announce(bytes.length)
    expect(made.status).toBe(201)
    const path = made.headers.get('location') ?? ''
    expect((await send(path, 0, bytes.subarray(0, MIB))).status).toBe(204)
    fillDisk()
    const refused = await send(path, MIB, bytes.subarray(MIB, 3 * MIB))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([507, '60'])
    expect(await refused.text()).toMatch(/\d+ bytes are left/)
    const other = await announce(MIB)
    expect([other.status, await other.text()]).toEqual([507, expect.stringMatching(/\d+ bytes/)])
    rmSync(ballast)
    const at = await held(path)
    expect(at).toBe(MIB)
    expect((await send(path, at, bytes.subarray(at))).status).toBe(204)
    expect(await held(path)).toBe(bytes.length)
  })
})
