import { mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSmallBlobs } from '../../../api/src/storage/small-blobs.ts'

describe('small blobs', () => {
  let folder: string
  const at = (name: string) => join(folder, name)
  const setUp = () => {
    const read: string[] = []
    const small = createSmallBlobs((path) => {
      read.push(path)
      return readFile(path)
    })
    return { small, read }
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'commonhold-small-'))
    await writeFile(at('one'), 'kupu')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are read once as long as nobody touches them', async () => {
    const { small, read } = setUp()
    const first = await small(at('one'))
    expect(await small(at('one'))).toBe(first)
    expect([String(first), read.length]).toEqual(['kupu', 1])
  })

  const touches: Readonly<Record<string, () => Promise<void>>> = {
    'are written over': () => writeFile(at('one'), 'toru'),
    'are replaced by others of the same length and time': async () => {
      await writeFile(at('other'), 'rima')
      await utimes(at('other'), 1, 1)
      await utimes(at('one'), 1, 1)
      await rename(at('other'), at('one'))
    },
    grow: () => writeFile(at('one'), 'kupu kupu'),
  }
  for (const [what, touch] of Object.entries(touches)) {
    it(`are read again when they ${what}`, async () => {
      const { small, read } = setUp()
      await small(at('one'))
      await touch()
      expect(await small(at('one'))).toEqual(await readFile(at('one')))
      expect(read).toHaveLength(2)
    })
  }

  it('are gone when they are gone', async () => {
    const { small } = setUp()
    await writeFile(at('gone'), 'kupu')
    await small(at('gone'))
    await rm(at('gone'))
    await expect(small(at('gone'))).rejects.toThrow('ENOENT')
  })
})
