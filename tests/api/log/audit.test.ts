import { describe, expect, it } from 'vitest'
import {
  allEvents,
  auditStore,
  createProjectionCheck,
  type EventRecord,
  type Fields,
  type Finding,
  monitor,
  openLog,
  type Projection,
  sha256,
} from '../../../api/src/log/index.ts'
import { leafHashOf, readRecord } from '../../../api/src/log/leaf.ts'
import { noteKey } from '../../../policies/index.ts'
import { memoryDeps, testSigner } from '../../support/memory-log.ts'

const keys = [noteKey(testSigner.name, testSigner.publicKey, sha256)]
const SIZE = 12

/** A log with a checkpoint after 5 events and one at the end; `waiting` more are not yet signed. */
const grown = async (waiting = 0) => {
  const deps = memoryDeps()
  const log = await openLog(deps)
  for (let n = 0; n < SIZE + waiting; n++) {
    await log.append({
      stream: `s${n % 3}`,
      cmd: `c${n}`,
      type: 't',
      data: { n },
      secret: { who: `person ${n}` },
    })
    if (n === 4 || n === SIZE - 1) await log.checkpoint()
  }
  return deps
}

async function* from(records: readonly EventRecord[]): AsyncGenerator<EventRecord> {
  yield* records
}

const recordsOf = async (deps: Awaited<ReturnType<typeof grown>>) => {
  const all: EventRecord[] = []
  for await (const record of allEvents(deps.store)) all.push(record)
  return all
}

const auditOf = async (
  change: (records: EventRecord[]) => readonly EventRecord[],
  waiting = 0,
): Promise<readonly Finding[]> => {
  const deps = await grown(waiting)
  const records = change(await recordsOf(deps))
  const checkpoints = await deps.checkpoints.all()
  return (await auditStore(from(records), checkpoints, deps.tiles, { keys })).findings
}

const edit =
  (idx: number, change: (record: EventRecord) => Partial<EventRecord>) =>
  (records: EventRecord[]): EventRecord[] =>
    records.map((r) => (r.idx === idx ? { ...r, ...change(r) } : r))

const relabelled = (record: EventRecord, leaf: string) => ({
  ...record,
  leaf,
  leafHash: leafHashOf(leaf),
})

describe('an audit', () => {
  it('finds nothing in a log nobody touched, erased fields and unsigned events included', async () => {
    const deps = await grown(2)
    const log = await openLog(deps)
    await log.erase(3)
    await log.erase(13)
    const audit = await auditStore(
      allEvents(deps.store),
      await deps.checkpoints.all(),
      deps.tiles,
      { keys },
    )
    expect(audit).toMatchObject({
      findings: [],
      events: SIZE + 2,
      size: SIZE,
      origin: 'log.example/test',
    })
  })

  const otherSecret = Buffer.from('["c2FsdHNhbHRzYWx0c2FsdA","who","somebody"]').toString(
    'base64url',
  )
  const edits: [string, string, (record: EventRecord) => Partial<EventRecord>][] = [
    ['the stream', 'stream', () => ({ stream: 'other' })],
    ['the place in the stream', 'seq', () => ({ seq: 77 })],
    ['the command', 'cmd', () => ({ cmd: 'other' })],
    ['the type', 'type', () => ({ type: 'other' })],
    ['the moment', 'at', ({ at }) => ({ at: at + 1 })],
    ['the day', 'at', ({ at }) => ({ at: at + 86_400_000 })],
    ['the moment to nonsense', 'at', () => ({ at: Number.NaN })],
    ['a public field', 'leaf.n', ({ leaf }) => ({ leaf: leaf.replace('"n":', '"n":1') })],
    [
      'a public field and its hash',
      'leaf.n',
      (r) => relabelled(r, r.leaf.replace('"n":', '"n":1')),
    ],
    ['the bytes but not the meaning', 'leaf', (r) => relabelled(r, r.leaf.replace('{', '{ '))],
    ['the leaf to nonsense', 'leaf', () => ({ leaf: 'x' })],
    ['the hash', 'leafHash', () => ({ leafHash: leafHashOf('x') })],
    [
      'a private field',
      'disclosures',
      ({ disclosures }) => ({ disclosures: [...disclosures.slice(0, 2), otherSecret] }),
    ],
    [
      'the seal of the moment',
      'disclosures',
      ({ disclosures }) => ({ disclosures: disclosures.slice(1) }),
    ],
  ]
  it.each(edits)('names the event and field when somebody edits %s', async (_, field, change) => {
    for (const idx of [7, SIZE]) {
      // An event that is not yet published is only held against itself.
      if (idx === SIZE && field.startsWith('leaf.')) continue
      const findings = await auditOf(edit(idx, change), 1)
      if (idx === SIZE && field === 'leaf') continue
      expect(findings).toContainEqual(expect.objectContaining({ kind: 'edited', idx, field }))
      expect(findings.every((one) => one.idx === idx)).toBe(true)
    }
  })

  it('names an event that is gone', async () => {
    const findings = await auditOf((records) => records.filter(({ idx }) => idx !== 6))
    expect(findings).toEqual([
      {
        kind: 'deleted',
        idx: 6,
        stream: 's0',
        message: 'event 6 (s0) was published and is no longer stored',
      },
    ])
  })

  it('names the events that are gone at the end', async () => {
    const findings = await auditOf((records) => records.slice(0, SIZE - 2))
    expect(findings.map(({ kind, idx }) => [kind, idx])).toEqual([
      ['deleted', SIZE - 2],
      ['deleted', SIZE - 1],
    ])
  })

  it('names an event that is gone before it was signed', async () => {
    const findings = await auditOf((records) => records.filter(({ idx }) => idx !== SIZE + 1), 3)
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'deleted', message: expect.stringContaining('event 13') }),
    ])
  })

  it('names an event that took the place of another', async () => {
    const findings = await auditOf((records) => {
      const leaf = '{"_sd":[],"day":"2030-01-01","seq":0,"stream":"new","type":"t","v":1}'
      const stranger = relabelled({ ...records[6]!, stream: 'new', seq: 0, cmd: 'x' }, leaf)
      return records.map((r) => (r.idx === 6 ? stranger : r))
    })
    expect(findings.map(({ kind, idx, stream }) => [kind, idx, stream])).toEqual([
      ['inserted', 6, 'new'],
      ['deleted', 6, 's0'],
    ])
  })

  it('names an event pushed in before others', async () => {
    const findings = await auditOf((records) => {
      const stranger = relabelled({ ...records[5]!, stream: 'new', cmd: 'x' }, '{"v":1}')
      const later = records.slice(5).map((r) => ({ ...r, idx: r.idx + 1 }))
      return [...records.slice(0, 5), stranger, ...later]
    })
    expect(findings.filter(({ kind }) => kind === 'moved')).toHaveLength(SIZE - 5)
    expect(findings.filter(({ kind }) => kind === 'inserted')).toMatchObject([
      { idx: 5, stream: 'new' },
    ])
    expect(findings.filter(({ kind }) => kind === 'deleted')).toEqual([])
  })

  it('names an event that changed its place', async () => {
    const findings = await auditOf((records) => [
      ...records.filter(({ idx }) => idx !== 4),
      { ...records[4]!, idx: 40 },
    ])
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'moved', idx: 40, field: 'idx' }),
    )
    expect(findings.some(({ kind }) => kind === 'inserted')).toBe(false)
  })

  it('names a stored checkpoint that is not the signed one', async () => {
    const deps = await grown()
    const [first, last] = await deps.checkpoints.all()
    const forged = { ...first!, root: last!.root }
    const { findings } = await auditStore(allEvents(deps.store), [forged, last!], deps.tiles, {
      keys,
    })
    expect(findings).toEqual([
      expect.objectContaining({
        kind: 'checkpoint',
        message: expect.stringContaining('of size 5'),
      }),
    ])
  })
})

describe('a change of events and public files together', () => {
  /** An operator who rewrites history everywhere but cannot take back what was signed. */
  const rewritten = async (idx: number) => {
    const deps = await grown()
    const forged = memoryDeps()
    for (const record of await recordsOf(deps))
      await forged.store.insert([
        record.idx === idx ? relabelled(record, record.leaf.replace('"n":', '"n":1')) : record,
      ])
    await openLog(forged).then((log) => log.checkpoint())
    return { checkpoints: await deps.checkpoints.all(), forged }
  }

  it.each([
    [2, 'an entry from 0 to 4 is not the one that was signed'],
    [7, 'an entry from 5 to 11 is not the one that was signed'],
  ])('of event %i is narrowed down by the checkpoints', async (idx, where) => {
    const { checkpoints, forged } = await rewritten(idx)
    const { findings } = await auditStore(allEvents(forged.store), checkpoints, forged.tiles, {
      keys,
    })
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'checkpoint', message: expect.stringContaining(where) }),
    ])
  })
})

describe('the monitor', () => {
  it('raises no alarm while events wait less than ten seconds', async () => {
    const deps = await grown(1)
    deps.time.now += 10_000
    expect((await monitor({ ...deps, keys, projections: [] })).findings).toEqual([])
  })

  it('raises one when an event waits longer', async () => {
    const deps = await grown(1)
    deps.time.now += 10_001
    expect((await monitor({ ...deps, keys, projections: [] })).findings).toMatchObject([
      { kind: 'late', idx: SIZE },
    ])
  })
})

describe('projections compared with the events', () => {
  const lasts: Projection = {
    name: 'lasts',
    ids: ({ stream }) => [stream],
    fold: (_, { type, data }) => (type === 'gone' ? null : { last: data.n ?? null }),
  }

  /** Three documents, one of which has been changed and one ended by later events. */
  const folded = async () => {
    const deps = memoryDeps([lasts])
    const log = await openLog(deps)
    for (const [n, stream] of ['s1', 's2', 's3', 's1', 's4'].entries())
      await log.append({ stream, cmd: `c${n}`, type: 't', data: { n } })
    await log.append({ stream: 's4', cmd: 'end', type: 'gone', data: {} })
    await log.close()
    return deps
  }
  type Deps = Awaited<ReturnType<typeof folded>>
  const check = async ({ store, projected }: Deps): Promise<readonly string[]> => {
    const walk = await createProjectionCheck(projected, [lasts])
    for await (const record of allEvents(store)) walk.take(readRecord(record))
    return walk.result().findings.map(({ message }) => message)
  }
  /** Puts a document where another was. */
  const put = async ({ projected }: Deps, id: string, doc: Fields | null, foldedIdx: number) => {
    const before = await projected.load('lasts', [id])
    await projected.save('lasts', [{ id, doc, foldedIdx, before: before.get(id) ?? null }])
  }

  it('are not suspected when they are what the events lead to', async () => {
    expect(await check(await folded())).toEqual([])
  })

  it.each([
    ['changed', 's1', { last: 9 }, 3, 'lasts s1 is not what the events lead to'],
    ['set back to what it was before', 's1', { last: 0 }, 0, 'lasts s1 lacks what has happened'],
    ['taken away', 's2', null, 1, 'lasts s2 is not stored'],
    ['made up', 's5', { last: 3 }, 2, 'lasts s5 follows from no event'],
    ['brought back after its end', 's4', { last: 4 }, 4, 'lasts s4 lacks what has happened'],
    ['folded at another event', 's2', { last: 1 }, 2, 'lasts s2 is not what the events lead to'],
  ] as const)('name a document that was %s', async (_, id, doc, foldedIdx, message) => {
    const deps = await folded()
    await put(deps, id, doc, foldedIdx)
    expect(await check(deps)).toEqual([expect.stringContaining(message)])
  })

  it('may be a few events behind when the process was killed', async () => {
    const deps = await folded()
    const late = { ...deps, projected: { ...deps.projected, cursor: async () => 0 } }
    await put(late, 's1', { last: 0 }, 0)
    await put(late, 's2', null, 1)
    expect(await check(late)).toEqual([])
  })
})
