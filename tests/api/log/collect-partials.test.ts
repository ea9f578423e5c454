import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  collectPartials,
  type Log,
  openLog,
  sha256,
  tileFolder,
  verifyPublic,
} from '../../../api/src/log/index.ts'
import { noteKey } from '../../../policies/index.ts'
import { memoryDeps, testSigner } from '../../support/memory-log.ts'

const CHECKPOINTS = 600

describe('a log with a checkpoint after every entry', () => {
  let folder: string
  let deps: ReturnType<typeof memoryDeps>
  let log: Log

  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
  const partials = async () => (await files()).filter((file) => file.includes('.p/'))
  const bytes = async () =>
    (await Promise.all((await files()).map((file) => stat(file)))).reduce((a, b) => a + b.size, 0)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partials-'))
    deps = { ...memoryDeps(), tiles: Object.assign(tileFolder(folder), { files: new Map() }) }
    log = await openLog(deps)
    for (let n = 0; n < CHECKPOINTS; n += 1) {
      await log.append({ stream: 's', cmd: `c${n}`, type: 't', data: { n, text: 'x'.repeat(200) } })
      await log.checkpoint()
    }
  }, 120_000)
  afterAll(async () => {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('keeps partial tiles of its newest tiles alone', async () => {
    const kept = await partials()
    const width = CHECKPOINTS % 256
    expect(kept.every((file) => /(0|entries)\/002\.p\/|1\/000\.p\//.test(file))).toBe(true)
    expect(kept.length).toBeLessThanOrEqual(2 * width + Math.floor(CHECKPOINTS / 256))
    console.log(`${CHECKPOINTS} checkpoints: ${kept.length} partial tiles, ${await bytes()} bytes`)
  })

  it('removes those that a process which lagged behind has left, and the log verifies', async () => {
    for (const tile of ['tile/0/000.p', 'tile/entries/001.p']) {
      await mkdir(join(folder, tile), { recursive: true })
      await writeFile(join(folder, tile, '200'), 'late')
    }
    const before = (await partials()).length
    expect(await collectPartials(folder)).toBe(2)
    expect((await partials()).length).toBe(before - 2)
    expect(await collectPartials(folder)).toBe(0)
    const keys = [noteKey(testSigner.name, testSigner.publicKey, sha256)]
    expect((await verifyPublic(deps.tiles, { keys })).findings).toEqual([])
  })

  it('removes nothing where there is no log', async () => {
    expect(await collectPartials(join(folder, 'nothing'))).toBe(0)
  })
})
