import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Of } from '../../support/blob-store-contract.ts'
import { type Held, hold, suspend, token } from '../grants/held.ts'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../../api/src/cli/main.ts')
const LARGE = Buffer.alloc(48 * 1024 * 1024, 'ngā kupu o te awa\n')
const FILES = { 'ngā kupu/nui.txt': LARGE, 'iti.txt': Buffer.from('he kupu\n') }

/** The command as its own process. */
const start = (args: readonly string[], input = '') => {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args])
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  child.stdin.end(input)
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, out, err }))
  return { child, ended }
}

describe('the command of this registry', () => {
  let held: Held
  let folder: string
  let credentials: string

  const run = (args: readonly string[], input?: string) =>
    start([...args, '--credentials', credentials], input).ended
  const linesOf = (out: string) =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  const download = () => ['download', held.published.dataset, '--to', folder, '--json']
  const nui = () => join(folder, 'ngā kupu/nui.txt')

  beforeAll(async () => {
    held = await hold(FILES)
    folder = mkdtempSync(join(tmpdir(), 'command-'))
    credentials = join(folder, 'credentials.json')
  }, 240_000)
  afterAll(async () => {
    await held.registry.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('says how it is used, and that somebody has to log in', async () => {
    expect(await run([])).toMatchObject({
      code: 2,
      err: expect.stringContaining('commonhold login'),
    })
    expect(await run(['download', 'd_1'])).toMatchObject({ code: 2 })
  })

  it('logs in once with a token, which ends, and keeps a key for its owner alone', async () => {
    const secret = await token(held.village.researcher, ['download'])
    expect(await run(['login', held.registry.url], 'hf_ch_wrong\n')).toMatchObject({ code: 3 })
    expect(await run(['login', held.registry.url], `${secret}\n`)).toMatchObject({
      code: 0,
      err: '',
    })
    expect(statSync(credentials).mode & 0o777).toBe(0o600)
    expect(readFileSync(credentials, 'utf8')).not.toContain(secret)
    expect(await run(['login', held.registry.url], `${secret}\n`)).toMatchObject({ code: 3 })
  })

  it('finds datasets and tells what a licence says', async () => {
    const found = await run(['search', 'river', '--json'])
    expect(found.code).toBe(0)
    expect(linesOf(found.out)).toEqual([
      expect.objectContaining({ dataset: `village/${held.published.dataset}` }),
    ])
    const asked = await run(['ask', held.published.dataset, '--as', 'academic', '--country', 'DE'])
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('Ask for access at http') })
  })

  it('goes on where it was killed, and ends with bytes that are right', async () => {
    const { child, ended } = start([...download(), '--credentials', credentials])
    const part = `${nui()}.part`
    while (!existsSync(part) || statSync(part).size === 0)
      await new Promise((resolve) => setTimeout(resolve, 2))
    child.kill('SIGKILL')
    expect((await ended).code).toBeNull()
    expect(existsSync(nui())).toBe(false)
    const again = await run(download())
    expect([again.code, again.err]).toEqual([0, ''])
    expect(linesOf(again.out)).toContainEqual(
      expect.objectContaining({ file: 'ngā kupu/nui.txt', how: 'resumed', bytes: LARGE.length }),
    )
    expect(sha256Of(readFileSync(nui()))).toBe(sha256Of(LARGE))
  })

  it('fetches nothing that is there whole', async () => {
    const again = await run(download())
    const hows = linesOf(again.out).map((line) => (line as { how: string }).how)
    expect([again.code, hows]).toEqual([0, ['had', 'had']])
  })

  it('throws away bytes that are not those of the version', async () => {
    writeFileSync(`${nui()}.part`, Buffer.alloc(LARGE.length, 'x'))
    rmSync(nui())
    expect(await run(download())).toMatchObject({ code: 4 })
    expect([existsSync(nui()), existsSync(`${nui()}.part`)]).toEqual([false, false])
    expect(await run(download())).toMatchObject({ code: 0 })
  })

  it('verifies a folder against its list', async () => {
    const list = Object.entries(FILES).map(([path, bytes]) => `${sha256Of(bytes)}  ${path}\n`)
    writeFileSync(join(folder, 'SHA256SUMS'), list.join(''))
    expect(await run(['verify', folder])).toMatchObject({ code: 0 })
    writeFileSync(join(folder, 'iti.txt'), 'he kupu kē\n')
    const wrong = await run(['verify', folder, '--json'])
    expect(wrong.code).toBe(4)
    expect(linesOf(wrong.out)).toContainEqual({ file: 'iti.txt', state: 'damaged' })
  })

  it('passes on why the registry refuses', async () => {
    await suspend(held.village, held.published.dataset)
    const refused = await run([
      ...download().slice(0, 1),
      `${held.published.dataset}@1.0.0`,
      '--to',
      folder,
    ])
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('SUSPENDED') })
    expect(held.registry.faults).toEqual([])
  })
})
