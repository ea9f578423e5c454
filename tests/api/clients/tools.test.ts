import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Held, hold, token, urlOf } from '../grants/held.ts'

const has = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const run = promisify(execFile)
const WORDS = Buffer.from(Array.from({ length: 400_000 }, (_, n) => `kupu ${n}\n`).join(''))
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The exit code of a program that fails. */
const codeOf = async (done: Promise<unknown>): Promise<unknown> =>
  done.then(
    () => 0,
    (error: unknown) =>
      typeof error === 'object' && error !== null && 'code' in error ? error.code : error,
  )

describe('the tools people have', () => {
  let held: Held
  let url: string
  let secret: string
  let folder: string
  let target: string

  beforeAll(async () => {
    held = await hold({ 'words.txt': WORDS })
    url = `${held.registry.url}${urlOf(held.published, 'words.txt')}`
    secret = await token(held.village.researcher, ['download'])
  })
  afterAll(() => held.registry.close())
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tools-'))
    target = join(folder, 'words.txt')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const bearer = () => `Authorization: Bearer ${secret}`
  const half = () => writeFileSync(target, WORDS.subarray(0, WORDS.length / 2))
  const whole = () => expect(sha256(readFileSync(target))).toBe(sha256(WORDS))

  it.skipIf(!has('curl'))('curl goes on where it stopped, with the token as a bearer', async () => {
    half()
    await run('curl', ['-sf', '-C', '-', '-H', bearer(), '-o', target, url])
    whole()
  })

  it.skipIf(!has('curl'))(
    'curl takes the token as a password, and fails on a refusal',
    async () => {
      await run('curl', ['-sf', '-u', `me:${secret}`, '-o', target, url])
      whole()
      expect(await codeOf(run('curl', ['-sf', '-u', 'me:hf_ch_no', '-o', target, url]))).toBe(22)
    },
  )

  it.skipIf(!has('wget'))('wget goes on where it stopped', async () => {
    half()
    await run('wget', ['-qc', `--header=${bearer()}`, '-O', target, url])
    whole()
    expect(await codeOf(run('wget', ['-q', '-O', target, url]))).toBe(6)
  })

  it.skipIf(!has('aria2c'))('aria2c fetches four parts at once', async () => {
    const split = ['-x4', '-s4', '-k1M', '-q']
    await run('aria2c', [...split, `--header=${bearer()}`, '-d', folder, '-o', 'words.txt', url])
    whole()
  })

  it.skipIf(!has('curl'))('sha256sum finds the copy whole by the list of the version', async () => {
    const list = url.replace(/files\/.*$/, 'SHA256SUMS')
    await run('curl', ['-sf', '-H', bearer(), '-o', target, url])
    await run('curl', ['-sf', '-H', bearer(), '-o', join(folder, 'SHA256SUMS'), list])
    const { stdout } = await run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder })
    expect(stdout).toBe('words.txt: OK\n')
  })
})
