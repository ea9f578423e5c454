import { createPublicKey, sign as signBytes, verify as verifyBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyEd25519 } from '../../../api/src/log/ed25519.ts'
import {
  createWitness,
  noteSigner,
  openLog,
  sha256,
  type Witness,
  type Witnessed,
  type WitnessStore,
} from '../../../api/src/log/index.ts'
import { cosignaturesOf, noteKey, parseCheckpoint } from '../../../policies/index.ts'
import { memoryDeps, testSigner } from '../../support/memory-log.ts'
import { newKey } from '../../support/new-key.ts'

const NOW = 1_800_000_000_000

const memoryWitnessed = (): WitnessStore => {
  const all = new Map<string, Witnessed>()
  return {
    latest: async (origin) => all.get(origin) ?? null,
    advance: async (origin, from, to) => {
      const now = all.get(origin) ?? null
      if (now?.size !== from?.size || now?.root !== from?.root) return false
      all.set(origin, to)
      return true
    },
  }
}

const witnessOf = (store = memoryWitnessed()): Witness =>
  createWitness({
    logs: async () => [noteKey(testSigner.name, testSigner.publicKey, sha256)],
    store,
    signer: noteSigner('watcher.example', newKey('watcher')),
    now: () => NOW,
  })

/** A log of so many entries; two of different `story` are forks of each other. */
const logOf = async (size: number, story = 'a') => {
  const log = await openLog({ ...memoryDeps(), checkpointEveryMs: 0 })
  const grow = async (to: number) => {
    for (let n = await log.size(); n < to; n++)
      await log.append({ stream: 's', cmd: `${story}${n}`, type: 't', data: { n, story } })
    return log.checkpoint()
  }
  return { log, grow, note: await grow(size) }
}

const submission = (old: number, hashes: readonly string[], note: string) =>
  `old ${old}\n${hashes.map((hash) => `${hash}\n`).join('')}\n${note}`

/** A witness that has cosigned ten entries of a log, which then grew to twenty. */
const grown = async () => {
  const witness = witnessOf()
  const { log, grow, note } = await logOf(10)
  await witness.addCheckpoint(submission(0, [], note))
  const later = await grow(20)
  const { hashes } = await log.consistency(10, 20)
  return { witness, log, earlier: note, later, hashes }
}

describe('a witness', () => {
  it('cosigns a log it sees for the first time, with the time', async () => {
    const witness = witnessOf()
    const { note } = await logOf(10)
    const answer = await witness.addCheckpoint(submission(0, [], note))
    expect(answer).toMatchObject({ status: 200, type: 'text/plain' })
    const found = await cosignaturesOf(note + answer.body, [witness.key], verifyEd25519)
    expect(found).toMatchObject([{ name: 'watcher.example', time: NOW / 1000 }])
  })

  it('signs what C2SP tlog-cosignature says, byte by byte', async () => {
    const witness = witnessOf()
    const { note } = await logOf(3)
    const { body } = await witness.addCheckpoint(submission(0, [], note))
    const [, name, encoded = ''] = body.trimEnd().split(' ')
    const bytes = Buffer.from(encoded, 'base64')
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    const spki = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      witness.key.publicKey,
    ])
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    expect(name).toBe('watcher.example')
    expect(bytes).toHaveLength(4 + 8 + 64)
    expect(bytes.readBigUInt64BE(4)).toBe(BigInt(NOW / 1000))
    const message = Buffer.from(`cosignature/v1\ntime ${NOW / 1000}\n${text}`)
    expect(verifyBytes(null, message, publicKey, bytes.subarray(12))).toBe(true)
    const id = sha256(Buffer.concat([Buffer.from('watcher.example\n\x04'), witness.key.publicKey]))
    expect(bytes.subarray(0, 4).equals(id.slice(0, 4))).toBe(true)
  })

  it('cosigns what has grown out of what it cosigned', async () => {
    const { witness, later, hashes } = await grown()
    expect((await witness.addCheckpoint(submission(10, hashes, later))).status).toBe(200)
  })

  it('cosigns the same checkpoint again', async () => {
    const { witness, earlier } = await grown()
    expect((await witness.addCheckpoint(submission(10, [], earlier))).status).toBe(200)
  })

  it('tells how far it has seen a log to whoever does not know', async () => {
    const { witness, later } = await grown()
    const answer = await witness.addCheckpoint(submission(0, [], later))
    expect(answer).toEqual({ status: 409, type: 'text/x.tlog.size', body: '10\n' })
  })

  it('is not rolled back by two that ask at once', async () => {
    const { witness, log, later, hashes } = await grown()
    await log.append({ stream: 's', cmd: 'last', type: 't', data: {} })
    const last = await log.checkpoint()
    const { hashes: all } = await log.consistency(10, 21)
    const answers = await Promise.all([
      witness.addCheckpoint(submission(10, hashes, later)),
      witness.addCheckpoint(submission(10, all, last)),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('refuses a fork of the same size', async () => {
    const { witness } = await grown()
    const fork = await logOf(10, 'b')
    expect((await witness.addCheckpoint(submission(10, [], fork.note))).status).toBe(409)
  })

  it('refuses a fork that has grown, whatever proof comes with it', async () => {
    const { witness, hashes } = await grown()
    const fork = await logOf(20, 'b')
    const own = await fork.log.consistency(10, 20)
    for (const proof of [hashes, own.hashes, []])
      expect((await witness.addCheckpoint(submission(10, proof, fork.note))).status).toBe(422)
  })

  it('refuses a proof of which one bit is wrong', async () => {
    const { witness, later, hashes } = await grown()
    const [first = '', ...rest] = hashes
    const bytes = Buffer.from(first, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    const wrong = [bytes.toString('base64'), ...rest]
    expect((await witness.addCheckpoint(submission(10, wrong, later))).status).toBe(422)
    expect((await witness.addCheckpoint(submission(10, hashes, later))).status).toBe(200)
  })

  it('does not know a log that it was not told to watch', async () => {
    const { note } = await logOf(10)
    const renamed = note.replaceAll(testSigner.name, 'elsewhere.example/log')
    expect((await witnessOf().addCheckpoint(submission(0, [], renamed))).status).toBe(404)
  })

  it('refuses a checkpoint that another key has signed in the name of the log', async () => {
    const { note } = await logOf(10)
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    const [, , encoded = ''] = note
      .slice(text.length + 1)
      .trimEnd()
      .split(' ')
    const id = Buffer.from(encoded, 'base64').subarray(0, 4)
    const forged = signBytes(null, Buffer.from(text), newKey('somebody'))
    const line = `— ${testSigner.name} ${Buffer.concat([id, forged]).toString('base64')}\n`
    expect((await witnessOf().addCheckpoint(submission(0, [], `${text}\n${line}`))).status).toBe(
      403,
    )
  })

  it('refuses an old size above the new one', async () => {
    const { witness, earlier } = await grown()
    expect(parseCheckpoint(earlier)?.size).toBe(10)
    expect((await witness.addCheckpoint(submission(11, [], earlier))).status).toBe(400)
  })

  it.each([
    ['nothing', ''],
    ['no old size', '\n\nx'],
    ['a size with a zero before it', 'old 01\n\n'],
    ['a negative size', 'old -1\n\n'],
    ['a hash that is too short', 'old 1\nAAAA\n\nx'],
    ['a hash that is not base64', `old 1\n${'*'.repeat(44)}\n\nx`],
    ['64 hashes', `old 1\n${`${'A'.repeat(43)}=\n`.repeat(64)}\nx`],
    ['no checkpoint', 'old 0\n\nhello'],
  ])('does not read a request with %s', async (_, body) => {
    expect((await witnessOf().addCheckpoint(body)).status).toBe(400)
  })
})
