import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logRoutes } from '../../../api/src/http/log-routes.ts'
import {
  createProjector,
  type Log,
  openLog,
  sha256,
  tileFolder,
  verifyEd25519,
  verifyPublic,
} from '../../../api/src/log/index.ts'
import { verifyCommand } from '../../../api/src/log/verify-command.ts'
import { createCheckpointStore } from '../../../api/src/storage/checkpoint-store.ts'
import { connectStorage } from '../../../api/src/storage/connect.ts'
import { createEventStore } from '../../../api/src/storage/event-store.ts'
import { createProjectionStore } from '../../../api/src/storage/projection-store.ts'
import { withStoreCopy } from '../../../api/src/storage/store-copy.ts'
import {
  noteKey,
  parseCheckpoint,
  treeHash,
  verifyConsistency,
  verifyReceipt,
} from '../../../policies/index.ts'
import { memoryDeps, testSigner } from '../../support/memory-log.ts'

const SIZE = 300
const keys = [noteKey(testSigner.name, testSigner.publicKey, sha256)]

let folder: string
let server: Server
let address: string
let log: Log
let early: string

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

const verify = async (...args: string[]): Promise<{ code: number; said: string }> => {
  const lines: string[] = []
  const code = await verifyCommand(args, {
    say: (line) => lines.push(line),
    withStore: withStoreCopy,
    projections: [],
  })
  return { code, said: lines.join('\n') }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'))
  const storage = await connectStorage({ file: join(folder, 'registry.db') })
  log = await openLog({
    ...memoryDeps(),
    store: await createEventStore(storage.connection),
    checkpoints: await createCheckpointStore(storage.connection),
    projector: createProjector(createProjectionStore(storage.connection), []),
    tiles: tileFolder(join(folder, 'log')),
  })
  const add = (n: number) =>
    log.append({
      stream: `s${n % 5}`,
      cmd: `c${n}`,
      type: 't',
      data: { n },
      secret: { whispered: n },
    })
  for (let n = 0; n < 20; n++) await add(n)
  early = join(folder, 'early.checkpoint')
  await writeFile(early, await log.checkpoint())
  await Promise.all(Array.from({ length: SIZE - 20 }, (_, n) => add(n + 20)))
  await log.checkpoint()
  server = createServer(express().use(logRoutes(log, join(folder, 'log'))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    await storage.close()
  }
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const get = async (path: string) => {
  const response = await fetch(address + path)
  const body = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, body, text: body.toString('utf8') }
}

describe('the doors of the log', () => {
  it('serve the checkpoint fresh and the key with it', async () => {
    const checkpoint = await get('/log/checkpoint')
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(checkpoint.headers.get('cache-control')).toBe('public, max-age=1')
    expect(checkpoint.headers.get('access-control-allow-origin')).toBe('*')
    expect(parseCheckpoint(checkpoint.text)?.size).toBe(SIZE)
    expect((await get('/log/key')).text).toBe(`${log.key}\n`)
  })

  it('serve tiles for ever', async () => {
    const tile = await get('/log/tile/0/000')
    expect(tile.headers.get('content-type')).toBe('application/octet-stream')
    expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(tile.body).toHaveLength(8192)
    expect((await get(`/log/tile/0/001.p/${SIZE - 256}`)).body).toHaveLength((SIZE - 256) * 32)
    expect((await get('/log/tile/entries/000')).status).toBe(200)
  })

  it.each([
    '/log/tile/0/002',
    '/log/tile/0/000.p/256',
    '/log/tile/00/000',
    '/log/tile/0/0',
    '/log/tile/0/%2e%2e/%2e%2e/%2e%2e/registry.db',
    '/log/tile/../checkpoint.db',
    '/log/tile/entries/x000/000',
  ])('have no tile at %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it('prove an entry', async () => {
    const { status, text } = await get('/log/proof?index=42')
    expect(status).toBe(200)
    const proof = JSON.parse(text)
    expect(proof).toMatchObject({ index: 42, size: SIZE })
    const crypto = { sha256, verify: verifyEd25519 }
    const receipt = await log.receipt(42)
    expect(await verifyReceipt(receipt, proof.leaf, keys, crypto)).toMatchObject({ ok: true })
    for (const hash of proof.hashes) expect(receipt).toContain(hash)
  })

  it('prove that the log has only grown', async () => {
    const { text } = await get(`/log/consistency?from=20&to=${SIZE}`)
    const claim = {
      from: 20,
      to: SIZE,
      oldRoot: parseCheckpoint(await readFile(early, 'utf8'))!.root,
      newRoot: parseCheckpoint(await log.checkpoint())!.root,
      proof: JSON.parse(text).hashes.map(bytes),
    }
    expect(verifyConsistency(claim, treeHash(sha256))).toBe(true)
    expect(JSON.parse((await get('/log/consistency?from=7&to=7')).text).hashes).toEqual([])
  })

  it('list public entries only', async () => {
    const { text } = await get(`/log/entries?from=${SIZE - 2}`)
    const { size, entries } = JSON.parse(text)
    expect(size).toBe(SIZE)
    expect(entries.map(({ index }: { index: number }) => index)).toEqual([SIZE - 2, SIZE - 1])
    expect(Object.keys(entries[0])).toEqual(['index', 'leaf', 'leafHash'])
    expect(text).not.toContain('whispered')
  })

  it.each([
    ['/log/proof', 'index', 'whole number'],
    ['/log/proof?index=-1', 'index', 'whole number'],
    ['/log/proof?index=1&index=2', 'index', 'whole number'],
    ['/log/proof?index=1e2', 'index', 'whole number'],
    [`/log/proof?index=${SIZE}`, 'index', `no entry ${SIZE}`],
    ['/log/consistency?from=1', 'to', 'whole number'],
    ['/log/consistency?from=x&to=2', 'from', 'whole number'],
    ['/log/consistency?from=3&to=2', 'to', 'does not begin'],
    [`/log/consistency?from=1&to=${SIZE + 1}`, 'to', `${SIZE} entries`],
    ['/log/entries', 'from', 'whole number'],
    [`/log/entries?from=${SIZE + 1}`, 'from', `${SIZE} entries`],
  ])('answer %s with 400, naming %s', async (path, field, problem) => {
    const { status, text } = await get(path)
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({ code: 'BAD_INPUT', field })
    expect(JSON.parse(text).message).toContain(problem)
  })
})

describe('verifying public files', () => {
  const copyOf = async () => {
    const tiles = memoryDeps().tiles
    const source = tileFolder(join(folder, 'log'))
    for (const path of [
      'checkpoint',
      'key',
      'tile/0/000',
      'tile/0/001.p/44',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/44',
    ])
      tiles.files.set(path, (await source.get(path))!)
    return tiles
  }
  const flip = (data: Uint8Array, at: number) => data.map((byte, i) => (i === at ? byte ^ 1 : byte))

  it('accepts them as they are', async () => {
    expect((await verifyPublic(await copyOf(), { keys })).findings).toEqual([])
  })

  it('names every entry whose text was changed', async () => {
    const tiles = await copyOf()
    const bundle = Buffer.from(tiles.files.get('tile/entries/000')!)
    const at = bundle.indexOf('"n":7,') + 4
    bundle[at] = '8'.charCodeAt(0)
    tiles.files.set('tile/entries/000', bundle)
    const { findings } = await verifyPublic(tiles, { keys })
    expect(findings).toEqual([expect.objectContaining({ kind: 'tile', idx: 7 })])
  })

  it.each([
    ['tile/0/001.p/44', 'entry 257'],
    ['tile/1/000.p/1', 'tile/1/000.p/1'],
  ])('names what was changed in %s', async (path, name) => {
    const tiles = await copyOf()
    tiles.files.set(path, flip(tiles.files.get(path)!, path.includes('/0/') ? 32 : 0))
    const { findings } = await verifyPublic(tiles, { keys })
    expect(findings.some(({ message }) => message.includes(name))).toBe(true)
  })

  it('names the entries whose files are missing', async () => {
    const tiles = await copyOf()
    tiles.files.delete('tile/entries/001.p/44')
    const { findings } = await verifyPublic(tiles, { keys })
    expect(findings.map(({ idx }) => idx)).toEqual(Array.from({ length: 44 }, (_, i) => 256 + i))
  })

  it('does not believe a checkpoint of another key, or one that was changed', async () => {
    const tiles = await copyOf()
    const others = [noteKey(testSigner.name, new Uint8Array(32).fill(9), sha256)]
    expect((await verifyPublic(tiles, { keys: others })).findings).toMatchObject([
      { kind: 'signature', message: expect.stringContaining('no known key') },
    ])
    const note = Buffer.from(tiles.files.get('checkpoint')!).toString()
    tiles.files.set('checkpoint', Buffer.from(note.replace('\n300\n', '\n299\n')))
    const { findings } = await verifyPublic(tiles, { keys })
    expect(findings.map(({ kind }) => kind)).toContain('signature')
  })

  it('needs a checkpoint', async () => {
    await expect(verifyPublic(memoryDeps().tiles, { keys })).rejects.toThrow('no checkpoint')
  })

  it('finds that the log did not grow out of an earlier checkpoint', async () => {
    const other = await openLog(memoryDeps())
    await other.append({ stream: 'x', cmd: 'x', type: 't', data: {} })
    const since = [{ name: 'the one I kept', text: await other.checkpoint() }]
    const { findings } = await verifyPublic(await copyOf(), { keys, since })
    expect(findings).toMatchObject([
      { kind: 'checkpoint', message: expect.stringContaining('the root of the one I kept') },
    ])
  })

  it('finds that the log was cut', async () => {
    const deps = memoryDeps()
    const short = await openLog(deps)
    await short.append({ stream: 'x', cmd: 'x', type: 't', data: {} })
    await short.checkpoint()
    const since = [{ name: 'the one I kept', text: await log.checkpoint() }]
    const { findings } = await verifyPublic(deps.tiles, { keys, since })
    expect(findings).toMatchObject([
      { kind: 'checkpoint', message: expect.stringContaining('cut') },
    ])
  })
})

describe('the verify command', () => {
  it('verifies a log over the web, since an earlier checkpoint and since a receipt', async () => {
    const receipt = join(folder, 'mine.tlog-proof')
    await writeFile(receipt, await log.receipt(3))
    const args = [address, '--key', log.key, '--since', early, '--since', receipt]
    const { code, said } = await verify(...args)
    expect(said).toContain(`entries    ${SIZE}`)
    expect(said).toContain('The log is as it was promised.')
    expect(code).toBe(0)
  })

  it('verifies a data folder, names what was edited, and leaves it untouched', async () => {
    const intact = await verify(folder)
    expect(intact.said).toContain(`events     ${SIZE} stored`)
    expect(intact.code).toBe(0)
    const storage = await connectStorage({ file: join(folder, 'registry.db') })
    const events = storage.connection.collection<{ _id: number; at: number }>('events')
    await events.updateOne({ _id: 7 }, { $inc: { at: 1 } })
    await events.deleteOne({ _id: 9 })
    await storage.close()
    const { code, said } = await verify(folder)
    expect(said).toContain('event 7 (s2): at is not the time the entry vouches for')
    expect(said).toContain('event 9 (s4) was published and is no longer stored')
    expect(said).toContain('2 finding(s)')
    expect(code).toBe(1)
  })

  it('tells how it is used when it is used otherwise', async () => {
    expect(await verify()).toMatchObject({ code: 2, said: expect.stringContaining('--since') })
    expect(await verify(join(folder, 'nowhere'))).toMatchObject({ code: 2 })
    expect(await verify(address, '--key', 'x')).toMatchObject({
      code: 2,
      said: expect.stringContaining('not a key of a log'),
    })
  })
})
