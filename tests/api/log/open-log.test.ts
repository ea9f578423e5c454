import { describe, expect, it, vi } from 'vitest'
import {
  ConcurrencyError,
  createProjector,
  type EventRecord,
  type Fields,
  LeafError,
  type NewEvent,
  openLog,
  type Projection,
  type Refusal,
  rebuild,
  sha256,
  verifyEd25519,
} from '../../../api/src/log/index.ts'
import { noteKey, openNote, parseCheckpoint, verifyReceipt } from '../../../policies/index.ts'
import { memoryDeps, memoryLog, testSigner } from '../../support/memory-log.ts'

const event = (n: number, rest: Partial<NewEvent> = {}): NewEvent => ({
  stream: 'proposal/p1',
  type: 'ballot.cast',
  cmd: `cmd-${n}`,
  data: { n },
  ...rest,
})

/** Counts events by stream and lists the numbers it has seen. */
const counts: Projection = {
  name: 'counts',
  ids: ({ stream }) => [stream],
  fold: (doc, { data }) => {
    const seen = Array.isArray(doc?.seen) ? doc.seen : []
    return { count: seen.length + 1, seen: [...seen, data.n ?? null] }
  },
}

/** A document that exists only between an opening and a closing event. */
const openOnes: Projection = {
  name: 'open_ones',
  ids: ({ type, stream }) => (type.startsWith('thing.') ? [stream] : []),
  fold: (_, { type, at }) => (type === 'thing.closed' ? null : { since: at }),
}

const keys = [noteKey(testSigner.name, testSigner.publicKey, sha256)]
const crypto = { sha256, verify: verifyEd25519 }

describe('append', () => {
  it('numbers events without gaps in the log and in each stream', async () => {
    const { log } = await memoryLog()
    await log.append(event(0))
    await log.append(event(1, { stream: 'grant/g1' }))
    const third = await log.append(event(2))
    expect(third).toMatchObject({ idx: 2, seq: 1, stream: 'proposal/p1', data: { n: 2 } })
    expect(await log.size()).toBe(3)
    expect((await log.stream('proposal/p1')).map(({ idx }) => idx)).toEqual([0, 2])
    expect((await log.read(1, 1)).map(({ cmd }) => cmd)).toEqual(['cmd-1'])
  })

  it('gives back the stored event when a command is repeated', async () => {
    const { log } = await memoryLog()
    const first = await log.append(event(0))
    expect(await log.append(event(0, { data: { n: 99 } }))).toEqual(first)
    expect(await log.append(event(0, { seq: 0 }))).toEqual(first)
    expect(await log.size()).toBe(1)
  })

  it('records a command once however many copies of it arrive at the same time', async () => {
    const { log } = await memoryLog()
    const copies = await Promise.all(Array.from({ length: 30 }, () => log.append(event(0))))
    expect(new Set(copies.map(({ idx }) => idx))).toEqual(new Set([0]))
    expect(await log.size()).toBe(1)
  })

  it('refuses a command id that another stream has used', async () => {
    const { log } = await memoryLog()
    await log.append(event(0))
    await expect(log.append(event(0, { stream: 'grant/g1' }))).rejects.toThrow(
      'command cmd-0 has been used for stream proposal/p1',
    )
  })

  it('refuses a place in the stream that is taken, and one that would leave a gap', async () => {
    const { log } = await memoryLog()
    await log.append(event(0, { seq: 0 }))
    await expect(log.append(event(1, { seq: 0 }))).rejects.toThrow(ConcurrencyError)
    await expect(log.append(event(1, { seq: 2 }))).rejects.toThrow('expects seq 1, not 2')
    expect(await log.append(event(1, { seq: 1 }))).toMatchObject({ seq: 1 })
  })

  it('lets one of many writers have a place and tells the others', async () => {
    const { log } = await memoryLog()
    const tries = Array.from({ length: 20 }, (_, n) => log.append(event(n, { seq: 0 })))
    const settled = await Promise.allSettled(tries)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await log.size()).toBe(1)
  })

  it('never lets the time go back', async () => {
    const { log, time } = await memoryLog()
    const first = await log.append(event(0))
    time.now -= 60_000
    const second = await log.append(event(1))
    expect(second.at).toBeGreaterThanOrEqual(first.at)
    expect(log.now()).toBeGreaterThanOrEqual(second.at)
    time.now += 120_000
    expect((await log.append(event(2))).at).toBe(first.at + 60_000)
  })

  it('never lets the time go back over a restart either', async () => {
    const { log, time, ...deps } = await memoryLog()
    const first = await log.append(event(0))
    time.now -= 60_000
    const second = await (await openLog(deps)).append(event(1))
    expect(second.at).toBeGreaterThanOrEqual(first.at)
  })

  it('keeps private fields and the moment out of the public leaf', async () => {
    const { log } = await memoryLog()
    const stored = await log.append(event(0, { secret: { voter: 'Aroha', choice: 'yes' } }))
    expect(stored.secret).toEqual({ voter: 'Aroha', choice: 'yes' })
    expect(JSON.parse(stored.leaf)).toEqual({
      v: 1,
      type: 'ballot.cast',
      stream: 'proposal/p1',
      seq: 0,
      day: '2030-01-01',
      n: 0,
      _sd: expect.arrayContaining([expect.stringMatching(/^[\w-]{43}$/)]),
    })
    for (const hidden of ['Aroha', 'yes', 'cmd-0', String(stored.at)])
      expect(stored.leaf).not.toContain(hidden)
  })

  it('gives equal private fields different digests', async () => {
    const { log } = await memoryLog()
    const digests = await Promise.all(
      [0, 1].map(async (n) => {
        const { leaf } = await log.append(event(n, { secret: { choice: 'yes' } }))
        return JSON.parse(leaf)._sd as string[]
      }),
    )
    expect(new Set(digests.flat()).size).toBe(6)
  })
})

describe('append refuses what cannot be a leaf and names the field', () => {
  const refused: [string, Partial<NewEvent>, string][] = [
    ['a name the log uses', { data: { seq: 4 } }, 'data.seq'],
    ['a private name the log uses', { secret: { _at: 4 } }, 'secret._at'],
    ['a field both public and private', { data: { a: 1 }, secret: { a: 1 } }, 'secret.a'],
    ['a number JSON does not have', { data: { a: Number.NaN } }, 'data.a'],
    ['half a character', { data: { a: '\ud800' } }, 'data.a'],
    ['an empty stream', { stream: '' }, 'stream'],
    ['an empty type', { type: '' }, 'type'],
    ['an empty command', { cmd: '' }, 'cmd'],
    ['too much public text', { data: { small: 'x', text: 'ā'.repeat(33_000) } }, 'data.text'],
  ]
  it.each(refused)('%s', async (_, rest, field) => {
    const { log } = await memoryLog()
    const problem = log.append(event(0, rest))
    await expect(problem).rejects.toThrow(LeafError)
    await expect(problem).rejects.toMatchObject({ field })
    expect(await log.size()).toBe(0)
    expect(await log.append(event(0))).toMatchObject({ idx: 0 })
  })

  it('but takes a leaf that just fits', async () => {
    const { log } = await memoryLog()
    const short = await log.append(event(0, { data: { text: '' } }))
    const room = 65_535 - Buffer.byteLength(short.leaf)
    const text = (length: number) => ({ data: { text: 'x'.repeat(length) } })
    const full = await log.append(event(1, text(room)))
    expect(Buffer.byteLength(full.leaf)).toBe(65_535)
    await expect(log.append(event(2, text(room + 1)))).rejects.toThrow('65536 bytes')
  })
})

describe('command', () => {
  type Full = Refusal & { code: 'FULL' }
  const full: Full = { ok: false, code: 'FULL', message: 'no more places' }

  it('decides on the complete history of its stream', async () => {
    const { log } = await memoryLog()
    await log.append(event(0))
    await log.append(event(1, { stream: 'grant/g1' }))
    const result = await log.command('proposal/p1', 'x', (history, now) => ({
      type: 'proposal.closed',
      data: { seen: history.map(({ cmd }) => cmd), now },
    }))
    expect(result).toMatchObject({
      ok: true,
      replayed: false,
      event: { seq: 1, data: { seen: ['cmd-0'], now: log.now() } },
    })
  })

  it('records nothing when the decision is a refusal', async () => {
    const { log } = await memoryLog()
    expect(await log.command('s', 'x', () => full)).toBe(full)
    expect(await log.size()).toBe(0)
  })

  it('gives back what was decided before when it is repeated', async () => {
    const { log } = await memoryLog()
    const decide = () => ({ type: 't', data: {} })
    const first = await log.command('s', 'x', decide)
    const again = await log.command('s', 'x', () => full)
    expect(again).toMatchObject({ ok: true, replayed: true })
    expect(first.ok && again.ok && again.event).toEqual(first.ok && first.event)
  })

  it('rejects with the fault of a decision that throws, and goes on', async () => {
    const { log } = await memoryLog()
    const broken = log.command('s', 'x', () => {
      throw new Error('a fault in the rule')
    })
    await expect(broken).rejects.toThrow('a fault in the rule')
    expect(await log.append(event(0))).toMatchObject({ idx: 0 })
  })

  it('hands out five places to 200 who ask at once, without a gap', async () => {
    const { log } = await memoryLog([counts])
    const ask = (n: number) =>
      log.command('places', `ask-${n}`, (history) =>
        history.length < 5 ? { type: 'place.taken', data: { n } } : full,
      )
    const results = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(5)
    expect((await log.stream('places')).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
  })

  it('numbers 200 commands on one stream without a gap', async () => {
    const { log } = await memoryLog()
    const results = Array.from({ length: 200 }, (_, n) =>
      log.command('s', `c${n}`, (history) => ({ type: 't', data: { before: history.length } })),
    )
    await Promise.all(results)
    const events = await log.stream('s')
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i))
    expect(events.map(({ idx }) => idx)).toEqual(events.map((_, i) => i))
    expect(events.map(({ data }) => data.before)).toEqual(events.map((_, i) => i))
    expect(events).toHaveLength(200)
  })
})

describe('two processes on one store', () => {
  it('never fork: every decision stands on everything recorded before it', async () => {
    const deps = memoryDeps([counts])
    const logs = await Promise.all([openLog(deps), openLog(deps)])
    const work = Array.from({ length: 120 }, (_, n) =>
      logs[n % 2]!.command(`s${n % 3}`, `c${n}`, (history) => ({
        type: 't',
        data: { n, before: history.length },
      })),
    )
    await Promise.all(work)
    const events = await logs[0]!.read(0, 1000)
    expect(events.map(({ idx }) => idx)).toEqual(Array.from({ length: 120 }, (_, i) => i))
    for (const { seq, data } of events) expect(data.before).toBe(seq)
    const notes = await Promise.all(logs.map((log) => log.checkpoint()))
    expect(notes[0]).toBe(notes[1])
    expect((await deps.checkpoints.all()).length).toBeLessThanOrEqual(2)
  })

  it('prove every entry although each keeps files of its own', async () => {
    const deps = memoryDeps()
    const one = await openLog(deps)
    const two = await openLog({ ...deps, tiles: memoryDeps().tiles })
    for (let n = 0; n < 12; n++) {
      const [mine, other] = n % 2 ? [one, two] : [two, one]
      await mine.append(event(n))
      if (n % 3 === 0) await mine.checkpoint()
      for (const index of [0, n]) {
        const { leaf } = await other.proof(index)
        const receipt = await other.receipt(index)
        expect(await verifyReceipt(receipt, leaf, keys, crypto)).toMatchObject({ ok: true, index })
      }
    }
    const late = await openLog({ ...deps, tiles: memoryDeps().tiles })
    await one.checkpoint()
    expect(await late.proof(5)).toEqual(await one.proof(5))
    await one.append(event(12))
    await one.append(event(13))
    const later = await openLog({ ...deps, tiles: memoryDeps().tiles })
    expect(await later.proof(5)).toEqual(await one.proof(5))
  })

  it('fold each event once into the documents they share', async () => {
    const deps = memoryDeps([counts, openOnes])
    const logs = await Promise.all([openLog(deps), openLog(deps)])
    await Promise.all(
      Array.from({ length: 90 }, (_, n) => logs[n % 2]!.append(event(n, { stream: `s${n % 4}` }))),
    )
    const live = await deps.projected.dump('counts')
    await rebuild(deps.store, deps.projected, [counts, openOnes])
    expect(await deps.projected.dump('counts')).toEqual(live)
    expect(live.reduce((sum, { count }) => sum + Number(count), 0)).toBe(90)
  })

  it('see a refusal only on the newest history', async () => {
    const deps = memoryDeps()
    const [one, two] = [await openLog(deps), await openLog(deps)]
    const closed: Refusal = { ok: false, code: 'CLOSED', message: 'not open' }
    const vote = (log: typeof one, cmd: string) =>
      log.command('s', cmd, (history) => (history.length ? { type: 'vote', data: {} } : closed))
    expect(await vote(two, 'v1')).toBe(closed)
    await one.append(event(0, { stream: 's' }))
    expect(await vote(two, 'v1')).toMatchObject({ ok: true })
  })
})

describe('projections', () => {
  it('are folded before the command answers', async () => {
    const { log, projected } = await memoryLog([counts])
    await log.append(event(5))
    expect(await projected.dump('counts')).toEqual([{ _id: 'proposal/p1', count: 1, seen: [5] }])
  })

  it('lose a document that an event ends, and stay so when folded again', async () => {
    const { log, projected, store, time } = await memoryLog([openOnes])
    await log.append(event(0, { type: 'thing.opened', stream: 'a' }))
    await log.append(event(1, { type: 'thing.opened', stream: 'b' }))
    await log.append(event(2, { type: 'thing.closed', stream: 'a' }))
    const expected = [{ _id: 'b', since: time.now }]
    expect(await projected.dump('open_ones')).toEqual(expected)
    expect(await rebuild(store, projected, [openOnes])).toBe(3)
    expect(await projected.dump('open_ones')).toEqual(expected)
  })

  it('catch up after a crash between the event and its projection', async () => {
    const deps = memoryDeps([counts])
    const broken = { ...deps.projector, fold: () => Promise.reject(new Error('power cut')) }
    const before = await openLog({ ...deps, projector: broken })
    await expect(before.append(event(0))).rejects.toThrow('power cut')
    expect(await deps.projected.dump('counts')).toEqual([])
    const after = await openLog(deps)
    expect(await deps.projected.dump('counts')).toMatchObject([{ count: 1 }])
    expect(await after.append(event(0))).toMatchObject({ idx: 0 })
    expect(await deps.projected.dump('counts')).toMatchObject([{ count: 1 }])
  })

  it('are whole after a crash at any point of a batch', async () => {
    for (let crash = 0; crash < 14; crash++) {
      const deps = memoryDeps([counts, openOnes])
      await openLog(deps).then((log) =>
        Promise.all(
          Array.from({ length: 12 }, (_, n) =>
            log.append(
              event(n, { type: n % 5 ? 'thing.opened' : 'thing.closed', stream: `s${n % 3}` }),
            ),
          ),
        ),
      )
      const expected = await Promise.all(['counts', 'open_ones'].map(deps.projected.dump))
      await deps.projected.drop(['counts', 'open_ones'])
      let steps = 0
      const tick = async <T>(work: () => Promise<T>): Promise<T> => {
        if (steps++ === crash) throw new Error('power cut')
        return work()
      }
      const failing = createProjector(
        {
          ...deps.projected,
          load: (name, ids) => tick(() => deps.projected.load(name, ids)),
          save: (name, changes) => tick(() => deps.projected.save(name, changes)),
          setCursor: (names, next) => tick(() => deps.projected.setCursor(names, next)),
        },
        [counts, openOnes],
      )
      await openLog({ ...deps, projector: failing }).catch(() => undefined)
      await openLog(deps)
      expect(await Promise.all(['counts', 'open_ones'].map(deps.projected.dump))).toEqual(expected)
    }
  })

  it('name the event and the document that cannot be folded', async () => {
    const picky: Projection = {
      name: 'picky',
      ids: () => ['one'],
      fold: () => {
        throw new Error('unknown version')
      },
    }
    const { log } = await memoryLog([picky])
    await expect(log.append(event(0))).rejects.toThrow(
      'cannot fold event 0 (ballot.cast) into picky one',
    )
    await expect(log.append(event(1), { wait: 'durable' })).resolves.toMatchObject({ idx: 1 })
  })
})

describe('checkpoints and receipts', () => {
  it('sign the size and root of the log once for each size', async () => {
    const { log, checkpoints } = await memoryLog()
    await log.append(event(0))
    const first = await log.checkpoint()
    expect(await log.checkpoint()).toBe(first)
    expect((await checkpoints.all()).map(({ size }) => size)).toEqual([1])
    const opened = await openNote(first, keys, verifyEd25519)
    expect(opened).toMatchObject({ ok: true, signers: ['log.example/test'] })
    expect(parseCheckpoint(first)).toMatchObject({ origin: 'log.example/test', size: 1 })
  })

  it('are not signed over a tree that another key holder signed differently', async () => {
    const { log, checkpoints } = await memoryLog()
    await log.append(event(0))
    const root = Buffer.alloc(32, 1).toString('base64')
    await checkpoints.add({ size: 1, root, note: 'another' }, null)
    await log.append(event(1))
    await expect(log.checkpoint()).rejects.toThrow('not those of the checkpoint signed')
    expect(await checkpoints.all()).toHaveLength(1)
  })

  it('are signed without being asked, and again after a fault', async () => {
    const deps = memoryDeps()
    const faults: unknown[] = []
    let broken = true
    const add: typeof deps.checkpoints.add = (checkpoint, previous) =>
      broken ? Promise.reject(new Error('disk full')) : deps.checkpoints.add(checkpoint, previous)
    const log = await openLog({
      ...deps,
      checkpoints: { ...deps.checkpoints, add },
      checkpointEveryMs: 1,
      report: (fault) => faults.push(fault),
    })
    await log.append(event(0))
    await vi.waitFor(() => expect(faults).not.toEqual([]))
    broken = false
    await vi.waitFor(async () => expect((await deps.checkpoints.latest())?.size).toBe(1))
    await log.close()
    expect(String(faults[0])).toContain('disk full')
  })

  it('are signed after a disk fault as if it had not been', async () => {
    const deps = memoryDeps()
    let broken = true
    const put: typeof deps.tiles.put = (path, bytes) =>
      broken ? Promise.reject(new Error('disk full')) : deps.tiles.put(path, bytes)
    const log = await openLog({ ...deps, tiles: { ...deps.tiles, put } })
    const many = Array.from({ length: 4_200 }, (_, n) => log.append(event(n), { wait: 'durable' }))
    await Promise.all(many)
    await expect(log.checkpoint()).rejects.toThrow('disk full')
    broken = false
    const note = await log.checkpoint()
    const fresh = await openLog({ ...deps, tiles: memoryDeps().tiles })
    expect(await fresh.checkpoint()).toBe(note)
  })

  it('cover at close what has been recorded', async () => {
    const { log, checkpoints } = await memoryLog()
    await log.append(event(0))
    await log.close()
    expect((await checkpoints.latest())?.size).toBe(1)
  })

  it('prove every entry of a log that spans several tiles', async () => {
    const { log } = await memoryLog()
    const size = 600
    await Promise.all(Array.from({ length: size }, (_, n) => log.append(event(n))))
    await log.checkpoint()
    for (const index of [0, 1, 127, 255, 256, 511, 512, 598, 599]) {
      const { leaf } = await log.proof(index)
      const receipt = await log.receipt(index)
      expect(await verifyReceipt(receipt, leaf, keys, crypto)).toEqual({
        ok: true,
        origin: 'log.example/test',
        index,
        size,
      })
      const other = leaf.replace('"n":', '"m":')
      expect(await verifyReceipt(receipt, other, keys, crypto)).toMatchObject({ ok: false })
    }
  })

  it('prove an entry that no checkpoint covers yet by signing one', async () => {
    const { log } = await memoryLog()
    await log.append(event(0))
    expect(await log.proof(0)).toMatchObject({ index: 0, size: 1, hashes: [] })
  })

  it.each([-1, 1, 0.5, Number.NaN])('have no proof for entry %s of a log of one', async (index) => {
    const { log } = await memoryLog()
    await log.append(event(0))
    await expect(log.proof(index)).rejects.toThrow(RangeError)
  })

  it('stay valid when private fields are erased', async () => {
    const { log } = await memoryLog()
    const secret = { voter: 'Aroha', reason: 'kin' }
    const { leaf } = await log.append(event(0, { secret }))
    await log.append(event(1))
    const receipt = await log.receipt(0)
    await log.erase(0, ['voter'])
    expect((await log.read(0, 1))[0]?.secret).toEqual({ reason: 'kin' })
    await log.erase(0)
    const [erased] = await log.read(0, 1)
    expect(erased).toMatchObject({ secret: {}, leaf, cmd: 'cmd-0' })
    expect(await verifyReceipt(receipt, erased?.leaf ?? '', keys, crypto)).toMatchObject({
      ok: true,
    })
    expect(await log.receipt(0)).toBe(receipt)
    await expect(log.erase(2)).rejects.toThrow('the log has no entry 2')
  })

  it('show an erased field to no later decision', async () => {
    const { log } = await memoryLog()
    await log.append(event(0, { stream: 's', secret: { voter: 'Aroha' } }))
    const seen = (cmd: string) =>
      log.command('s', cmd, (history) => ({ type: 't', data: history[0]?.secret ?? {} }))
    expect(await seen('a')).toMatchObject({ event: { data: { voter: 'Aroha' } } })
    await log.erase(0)
    expect(await seen('b')).toMatchObject({ event: { data: {} } })
  })
})

describe('reopening', () => {
  const grown = async (sizes: readonly number[]) => {
    const deps = memoryDeps()
    let n = 0
    for (const size of sizes) {
      const log = await openLog(deps)
      while (n < size) await log.append(event(n++))
      await log.checkpoint()
    }
    return deps
  }

  it('continues the same tree from its tiles', async () => {
    const inSteps = await grown([3, 255, 257, 300])
    const log = await openLog(inSteps)
    const fresh = await openLog({ ...inSteps, tiles: memoryDeps().tiles })
    expect(await log.checkpoint()).toBe(await fresh.checkpoint())
  })

  it('removes partial tiles once the full tile is there', async () => {
    const { tiles } = await grown([3, 200, 255, 257])
    const names = [...tiles.files.keys()].sort()
    expect(names).toEqual([
      'checkpoint',
      'key',
      'tile/0/000',
      'tile/0/001.p/1',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/1',
    ])
  })

  it('writes lost or damaged tiles again from the events', async () => {
    const deps = await grown([300])
    const intact = new Map(deps.tiles.files)
    for (const [name, bytes] of intact) {
      deps.tiles.files.set(name, bytes.slice(0, bytes.length - 1))
      const log = await openLog(deps)
      await log.checkpoint()
      for (const index of [0, 299]) await log.proof(index)
      deps.tiles.files.delete(name)
      const again = await openLog(deps)
      await again.checkpoint()
      for (const index of [0, 299]) await again.proof(index)
      deps.tiles.files.set(name, bytes)
    }
    const empty = memoryDeps().tiles
    const log = await openLog({ ...deps, tiles: empty })
    await log.checkpoint()
    expect(empty.files).toEqual(intact)
  })

  it('heals a tile that changed under a running log when a proof needs it', async () => {
    const deps = await grown([300])
    const log = await openLog(deps)
    const tile = deps.tiles.files.get('tile/0/000') ?? new Uint8Array()
    deps.tiles.files.set(
      'tile/0/000',
      tile.map((byte, i) => (i < 64 ? byte ^ 1 : byte)),
    )
    const { leaf } = await log.proof(40)
    expect(await verifyReceipt(await log.receipt(40), leaf, keys, crypto)).toMatchObject({
      ok: true,
    })
    expect(deps.tiles.files.get('tile/0/000')).toEqual(tile)
  })

  it('signs again what a crash kept from being published', async () => {
    const deps = await grown([10])
    const promised = (await deps.checkpoints.latest())?.note
    deps.tiles.files.delete('checkpoint')
    const log = await openLog(deps)
    expect(await log.checkpoint()).toBe(promised)
    expect(Buffer.from(deps.tiles.files.get('checkpoint') ?? []).toString()).toBe(promised)
  })

  it('refuses to go on when the events contradict a signed checkpoint', async () => {
    const deps = await grown([10])
    const store = {
      ...deps.store,
      read: async (from: number, limit: number): Promise<readonly EventRecord[]> =>
        (await deps.store.read(from, limit)).map((r) =>
          r.idx === 4 ? { ...r, leaf: r.leaf.replace('"n":4', '"n":5') } : r,
        ),
    }
    await expect(openLog({ ...deps, store, tiles: memoryDeps().tiles })).rejects.toThrow(
      'the first 10 events are not those of the checkpoint signed for them',
    )
  })

  it('refuses to go on when signed events are gone', async () => {
    const deps = await grown([10])
    const { store } = memoryDeps()
    await expect(openLog({ ...deps, store })).rejects.toThrow('the first 10 events are not those')
  })
})

describe('a projection that holds a private field', () => {
  it('is the same after every disclosure has been erased and it has been rebuilt', async () => {
    const totals: Projection = {
      name: 'totals',
      ids: ({ stream }) => [stream],
      fold: (doc: Fields | null) => ({ ballots: Number(doc?.ballots ?? 0) + 1 }),
    }
    const { log, projected, store } = await memoryLog([totals])
    for (let n = 0; n < 5; n++) await log.append(event(n, { secret: { voter: `v${n}` } }))
    const before = await projected.dump('totals')
    for (let n = 0; n < 5; n++) await log.erase(n)
    await rebuild(store, projected, [totals])
    expect(await projected.dump('totals')).toEqual(before)
  })
})
