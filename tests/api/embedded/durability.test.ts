import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Worker } from 'node:worker_threads'
import mongoose from 'mongoose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startEmbedded } from '../../../api/src/storage/embedded/index.ts'
import { openSqlite } from '../../../api/src/storage/embedded/sqlite.ts'
import { temporaryDirectory } from '../../support/embedded-store.ts'

const writer = new URL('../../support/store-writer.ts', import.meta.url).pathname

const startWriter = (file: string, mode: string, tag: string): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', writer, file, mode, tag], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))

const socketOf = (uri: string): string =>
  decodeURIComponent(uri.replace('mongodb://', '').split('/')[0] ?? '')

async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  if (child.stdout) yield* createInterface({ input: child.stdout })
}

describe('an embedded store', () => {
  let directory: ReturnType<typeof temporaryDirectory>
  let file: string

  beforeEach(() => {
    directory = temporaryDirectory()
    file = join(directory.path, 'registry.db')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    directory.remove()
  })

  const withStore = async <T>(
    work: (entries: mongoose.mongo.Collection) => Promise<T>,
  ): Promise<T> => {
    const database = await startEmbedded({ file })
    const connection = await mongoose.createConnection(database.uri).asPromise()
    try {
      return await work(connection.collection('entries') as never)
    } finally {
      await connection.close()
      await database.close()
    }
  }

  /** Kills the writer, without warning, in the middle of its work. Returns what it had acknowledged. */
  const killAfter = async (writes: number, tag: string): Promise<string[]> => {
    const child = startWriter(file, 'for-ever', tag)
    const closed = ended(child)
    const acknowledged: string[] = []
    for await (const line of linesOf(child)) {
      acknowledged.push(line)
      if (acknowledged.length === writes) child.kill('SIGKILL')
    }
    await closed
    return acknowledged
  }

  it('loses nothing it acknowledged when its process is killed, again and again', async () => {
    const acknowledged: string[] = []
    for (const [at, writes] of [5, 23, 41].entries())
      acknowledged.push(...(await killAfter(writes, `k${at}`)))
    expect(acknowledged.length).toBeGreaterThanOrEqual(5 + 23 + 41)
    await withStore(async (entries) => {
      const stored = new Map((await entries.find().toArray()).map((doc) => [String(doc._id), doc]))
      for (const write of acknowledged) {
        expect(stored.get(`${write}-a`)?.number).toBe(Number(write.split('-')[1]))
        expect(stored.has(`${write}-b`) && stored.has(`${write}-c`)).toBe(true)
      }
      await entries.insertOne({ _id: 'after' as never })
    })
    const sql = openSqlite(file)
    expect(sql.get('PRAGMA integrity_check')).toEqual(['ok'])
    sql.close()
  }, 120_000)

  it('stays coherent when two processes write one file', async () => {
    await withStore((entries) => entries.insertOne({ _id: 'counter' as never, count: 0 }))
    const children = ['one', 'two'].map((tag) => startWriter(file, 'race', tag))
    const closed = Promise.all(children.map(ended))
    const said = await Promise.all(
      children.map(async (child) => {
        let last = ''
        for await (const line of linesOf(child)) last = line
        return Number(last.replace('won ', ''))
      }),
    )
    expect(await closed).toEqual([0, 0])
    expect((said[0] ?? 0) + (said[1] ?? 0)).toBe(50)
    await withStore(async (entries) => {
      expect((await entries.findOne({ _id: 'counter' as never }))?.count).toBe(200)
      expect(await entries.countDocuments({ number: { $gte: 1 } })).toBe(50)
    })
  }, 120_000)

  it('sees at once the collections and indexes another opener of the file makes', async () => {
    await withStore((mine) =>
      withStore(async (theirs) => {
        await mine.insertOne({ number: 1, list: 'plain' })
        await theirs.createIndex({ list: 1 })
        await theirs.createIndex({ number: 1 }, { unique: true })
        await expect(mine.insertOne({ number: 1 })).rejects.toMatchObject({ code: 11000 })
        await theirs.insertOne({ number: 2, list: ['a', 'z'] })
        expect(await mine.countDocuments({ list: { $gt: 'y', $lt: 'b' } })).toBe(1)
        await theirs.drop()
        expect(await mine.countDocuments()).toBe(0)
        await mine.insertMany([{ number: 1 }, { number: 1 }])
        expect(await theirs.countDocuments()).toBe(2)
      }),
    )
  })

  it('writes its log back into one file when it is closed', async () => {
    await withStore(async (entries) => {
      await entries.insertMany(Array.from({ length: 200 }, () => ({ note: 'x'.repeat(500) })))
      expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
    })
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0)
    expect(await withStore((entries) => entries.countDocuments())).toBe(200)
  })

  it('keeps every write that it answered while it was being closed', async () => {
    const database = await startEmbedded({ file })
    const connection = await mongoose
      .createConnection(database.uri, { serverSelectionTimeoutMS: 500 })
      .asPromise()
    const entries = connection.collection('entries')
    await entries.insertOne({ n: 0 })
    let answered = 1
    const count = () => {
      answered += 1
    }
    const writes = Array.from({ length: 20 }, (_, n) => entries.insertOne({ n }))
    for (const write of writes) write.then(count, () => undefined)
    await writes[0]
    await database.close()
    // Nobody waits for the client: the driver awaits a 'drain' that a destroyed socket never sends.
    connection.close().catch(() => undefined)
    const kept = await withStore((again) => again.countDocuments())
    expect(answered).toBeGreaterThan(1)
    expect(kept).toBeGreaterThanOrEqual(answered)
  })

  it('keeps its socket to this user and takes it away at the end', async () => {
    const database = await startEmbedded({ file })
    const socket = socketOf(database.uri)
    expect(statSync(socket).mode & 0o777).toBe(0o600)
    expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700)
    expect(Buffer.byteLength(socket)).toBeLessThan(107)
    await database.close()
    expect(statSync(socket, { throwIfNoEntry: false })).toBeUndefined()
  })

  it('drops a connection that does not speak the protocol and serves the others', async () => {
    const database = await startEmbedded({ file })
    const path = socketOf(database.uri)
    const stranger = connect(path, () => stranger.write('GET / HTTP/1.1\r\n\r\n'))
    await new Promise((resolve) => stranger.once('close', resolve))
    const connection = await mongoose.createConnection(database.uri).asPromise()
    await connection.collection('entries').insertOne({ n: 1 })
    await connection.close()
    await database.close()
  })

  it('refuses a file it cannot open and says so once', async () => {
    const crashes: Error[] = []
    const missing = join(directory.path, 'missing', 'registry.db')
    const start = startEmbedded({ file: missing, onCrash: (error) => crashes.push(error) })
    await expect(start).rejects.toThrow()
    expect(crashes).toEqual([])
  })

  it('refuses a temporary directory whose path is too long for a socket', async () => {
    const inDirectory = (name: string) => {
      const path = join(directory.path, name)
      mkdirSync(path)
      vi.stubEnv('TMPDIR', path)
      return startEmbedded({ file })
    }
    await expect(inDirectory('x'.repeat(80))).rejects.toThrow(/set TMPDIR to a shorter/)
    const database = await inDirectory('short')
    await database.close()
    const left = readdirSync(join(directory.path, 'short'))
    expect(left.filter((name) => name.startsWith('registry-'))).toEqual([])
  })

  it('tells when its worker ends by itself, but not when it is closed', async () => {
    const workers: Worker[] = []
    process.once('worker', (worker) => workers.push(worker))
    const crash = new Promise<Error>((resolve, reject) => {
      const started = startEmbedded({ file, onCrash: resolve })
      started.then(() => workers[0]?.terminate()).catch(reject)
    })
    expect((await crash).message).toMatch(/worker ended/)
    const crashes: Error[] = []
    const database = await startEmbedded({ file, onCrash: (error) => crashes.push(error) })
    await database.close()
    expect(crashes).toEqual([])
  })
})
