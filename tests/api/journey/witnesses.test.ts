import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteSigner, openLog, sha256, verifyEd25519 } from '../../../api/src/log/index.ts'
import { verifyCommand } from '../../../api/src/log/verify-command.ts'
import { withStoreCopy } from '../../../api/src/storage/store-copy.ts'
import {
  cosignaturesOf,
  formatNoteKey,
  parseCheckpoint,
  parseNoteKey,
  parseReceipt,
  verifyReceipt,
} from '../../../policies/index.ts'
import { memoryDeps } from '../../support/memory-log.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found } from '../../support/village.ts'

/** How one registry names another in its policy. */
const logLine = ({ house }: Registry): string => `log ${house.services.verifierKey}`
const witnessLine = (name: string, { house, url }: Registry): string =>
  `witness ${name} ${formatNoteKey(house.witness.key)} ${url}/witness`

const verify = async (...args: string[]): Promise<{ code: number; said: string }> => {
  const lines: string[] = []
  const say = (line: string) => lines.push(line)
  const code = await verifyCommand(args, { say, withStore: withStoreCopy, projections: [] })
  return { code, said: lines.join('\n') }
}

const submit = (watcher: Registry, body: string): Promise<Response> =>
  fetch(`${watcher.url}/witness/add-checkpoint`, { method: 'POST', body })

describe('two communities that watch each other', () => {
  let folder: string
  let river: Registry
  let valley: Registry
  const policy = (name: string) => join(folder, name)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policies-'))
    for (const name of ['river', 'valley']) await writeFile(policy(name), 'quorum none\n')
    river = await startRegistry({ env: { TLOG_POLICY: policy('river') } })
    valley = await startRegistry({ env: { TLOG_POLICY: policy('valley') } })
    const inRiver = [logLine(valley), witnessLine('valley', valley), 'quorum valley']
    const inValley = [logLine(river), witnessLine('river', river), 'quorum river']
    await writeFile(policy('river'), inRiver.join('\n'))
    await writeFile(policy('valley'), inValley.join('\n'))
    await found(river)
    await found(valley)
  }, 240_000)
  afterAll(async () => {
    await river.close()
    await valley.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('show no cosigned checkpoint before they have asked', async () => {
    const response = await fetch(`${river.url}/log/cosigned`)
    expect(response.status).toBe(404)
  })

  it('cosign each other, again and again as their logs grow', async () => {
    for (const round of [1, 2]) {
      await river.days(round)
      await river.house.services.log.append({
        stream: 'x',
        cmd: `grow-${round}`,
        type: 'test.grown',
        data: {},
      })
      await Promise.all([river.house.cosign(), valley.house.cosign()])
      const note = await (await fetch(`${river.url}/log/cosigned`)).text()
      expect(parseCheckpoint(note)?.size).toBe(await river.house.services.log.size())
    }
    expect((await fetch(`${valley.url}/log/cosigned`)).status).toBe(200)
    expect([...river.faults, ...valley.faults]).toEqual([])
  })

  it('put the cosignatures into the receipts of what the witness has seen, and of nothing else', async () => {
    const seen = parseCheckpoint(await (await fetch(`${river.url}/log/cosigned`)).text())?.size ?? 0
    const keys = [river, valley].map(({ house }) => house.witness.key)
    const cosigners = async (index: number): Promise<readonly string[]> => {
      const receipt = await (await fetch(`${river.url}/log/receipt?index=${index}`)).text()
      const { entries } = await (await fetch(`${river.url}/log/entries?from=${index}`)).json()
      const key = parseNoteKey(river.house.services.verifierKey, sha256)
      const check = await verifyReceipt(receipt, entries[0].leaf, key ? [key] : [], {
        sha256,
        verify: verifyEd25519,
      })
      expect(check).toMatchObject({ ok: true, index })
      const note = parseReceipt(receipt)?.checkpoint ?? ''
      return (await cosignaturesOf(note, keys, verifyEd25519)).map(({ name }) => name)
    }
    const valleys = [valley.house.witness.key.name]
    expect(await cosigners(0)).toEqual(valleys)
    expect(await cosigners(seen - 1)).toEqual(valleys)
    const { append } = river.house.services.log
    const { idx } = await append({ stream: 'x', cmd: 'unseen', type: 'test.grown', data: {} })
    expect(await cosigners(idx)).toEqual([])
    await river.house.cosign()
    expect(await cosigners(idx)).toEqual(valleys)
  })

  it('let anyone check with the policy that a log was watched', async () => {
    const trusted = policy('reader')
    await writeFile(trusted, [logLine(river), witnessLine('v', valley), 'quorum v'].join('\n'))
    const { code, said } = await verify(river.url, '--policy', trusted)
    expect(said).toContain('The log is as it was promised.')
    expect(code).toBe(0)
  })

  it('let anyone notice that somebody has not watched', async () => {
    const trusted = policy('reader')
    const lines = [witnessLine('v', valley), witnessLine('r', river), 'group both all v r']
    await writeFile(trusted, [logLine(river), ...lines, 'quorum both'].join('\n'))
    const { code, said } = await verify(river.url, '--policy', trusted)
    expect(said).toContain('not cosigned by enough witnesses')
    expect(code).toBe(1)
  })

  it('refuse each other a second history, though its checkpoint is signed with the true key', async () => {
    const { log, keys } = { log: river.house.services.log, keys: river.house.keys }
    const size = await log.size()
    const origin = parseCheckpoint(await log.checkpoint())?.origin ?? ''
    const fork = await openLog({ ...memoryDeps(), signer: noteSigner(origin, keys.log.privateKey) })
    for (let n = 0; n <= size; n++)
      await fork.append({ stream: 'x', cmd: `${n}`, type: 't', data: {} })
    const note = await fork.checkpoint()
    const { hashes } = await fork.consistency(size, size + 1)
    const sent = await submit(valley, `old ${size}\n${hashes.join('\n')}\n\n${note}`)
    expect(sent.status).toBe(422)
    const asked = await submit(valley, `old 0\n\n${note}`)
    expect(asked.headers.get('content-type')).toContain('text/x.tlog.size')
    expect([asked.status, await asked.text()]).toEqual([409, `${size}\n`])
  })

  it('take no more than a request may hold', async () => {
    expect((await submit(valley, 'x'.repeat(20_000))).status).toBe(413)
    expect((await submit(valley, 'hello')).status).toBe(400)
  })

  it('go on when the other does not answer, and ask again later', async () => {
    const lines = [logLine(valley), `${witnessLine('v', valley)}`.replace(valley.url, river.url)]
    await writeFile(policy('river'), [...lines, 'quorum v'].join('\n'))
    const append = river.house.services.log.append
    await append({ stream: 'x', cmd: 'more', type: 'test.grown', data: {} })
    await river.house.cosign()
    expect(river.faults.join('\n')).toContain('answers 404')
    river.faults.length = 0
    await writeFile(
      policy('river'),
      [...lines.slice(0, 1), witnessLine('v', valley), 'quorum v'].join('\n'),
    )
    await river.house.cosign()
    const note = await (await fetch(`${river.url}/log/cosigned`)).text()
    expect(parseCheckpoint(note)?.size).toBe(await river.house.services.log.size())
  })

  it('start with no policy that cannot be read', async () => {
    await writeFile(policy('wrong'), 'witness w nonsense\nquorum w\n')
    const starting = startRegistry({ env: { TLOG_POLICY: policy('wrong') } })
    await expect(starting).rejects.toThrow(/wrong:\n.*line 1: "nonsense" is no key/)
  })
})
