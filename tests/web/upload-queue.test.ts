import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyQueue,
  isComplete,
  reduceQueue,
  restoredQueue,
  savedUploads,
  speedOf,
  startable,
  totalsOf,
  type UploadEvent,
  type UploadQueue,
} from '../../web/src/datasets/upload-queue.ts'

const file = (path: string, size = 10, modified = 1) => ({ path, size, modified })
const play = (events: readonly UploadEvent[], from: UploadQueue = emptyQueue) =>
  events.reduce(reduceQueue, from)

const path = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const event: fc.Arbitrary<UploadEvent> = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    files: fc.array(
      path.map((p) => file(p)),
      { maxLength: 3 },
    ),
  }),
  fc.record({ type: fc.constantFrom('begin' as const, 'retry' as const, 'remove' as const), path }),
  fc.record({ type: fc.constant('progress' as const), path, sent: fc.nat(30) }),
  fc.record({ type: fc.constant('finish' as const), path, upload: fc.uuid() }),
  fc.record({ type: fc.constant('fail' as const), path, problem: fc.constant('network' as const) }),
  fc.record({ type: fc.constantFrom('pause' as const, 'resume' as const) }),
)

describe('the upload queue', () => {
  it('starts nothing before the person says so', () => {
    const queue = play([{ type: 'add', files: [file('a')] }])
    expect(startable(queue, 3)).toEqual([])
    expect(startable(play([{ type: 'resume' }], queue), 3).map(({ path }) => path)).toEqual(['a'])
  })

  it('holds the files of an archive in its place, as arrived, once it is unpacked', () => {
    const queue = play([
      { type: 'add', files: [file('a.zip'), file('b')] },
      { type: 'resume' },
      { type: 'begin', path: 'a.zip' },
    ])
    const files = [
      { path: 'x', size: 3, upload: 'u_1' },
      { path: 'y', size: 4, upload: 'u_2' },
    ]
    const became: UploadEvent = { type: 'became', path: 'a.zip', files }
    expect(play([became], queue)).toEqual(queue)
    const arrived = play([{ type: 'finish', path: 'a.zip', upload: 'u_0' }, became], queue)
    expect(arrived.items.map(({ path, state, upload }) => [path, state, upload])).toEqual([
      ['x', 'done', 'u_1'],
      ['y', 'done', 'u_2'],
      ['b', 'waiting', null],
    ])
    expect(totalsOf(arrived).sent).toBe(7)
  })

  it('never starts more than the allowed number at once', () => {
    const files = ['a', 'b', 'c', 'd', 'e'].map((name) => file(name))
    const queue = play([
      { type: 'add', files },
      { type: 'resume' },
      { type: 'begin', path: 'a' },
      { type: 'begin', path: 'b' },
    ])
    expect(startable(queue, 3).map(({ path }) => path)).toEqual(['c'])
  })

  it('keeps a file that has arrived when the same file is chosen again', () => {
    const queue = play([
      { type: 'add', files: [file('a')] },
      { type: 'resume' },
      { type: 'begin', path: 'a' },
      { type: 'finish', path: 'a', upload: 'u1' },
      { type: 'add', files: [file('a')] },
    ])
    expect(queue.items).toHaveLength(1)
    expect(queue.items[0]).toMatchObject({ state: 'done', upload: 'u1' })
  })

  it('sends a file anew when it has changed since it arrived', () => {
    const queue = play([
      { type: 'add', files: [file('a')] },
      { type: 'resume' },
      { type: 'begin', path: 'a' },
      { type: 'finish', path: 'a', upload: 'u1' },
      { type: 'add', files: [file('a', 10, 2)] },
    ])
    expect(queue.items[0]).toMatchObject({ state: 'waiting', upload: null, sent: 0 })
  })

  it('is complete only when every file has arrived', () => {
    const one = play([
      { type: 'add', files: [file('a'), file('b')] },
      { type: 'resume' },
      { type: 'begin', path: 'a' },
      { type: 'finish', path: 'a', upload: 'u1' },
    ])
    expect(isComplete(one)).toBe(false)
    const both = play(
      [
        { type: 'begin', path: 'b' },
        { type: 'finish', path: 'b', upload: 'u2' },
      ],
      one,
    )
    expect(isComplete(both)).toBe(true)
    expect(isComplete(emptyQueue)).toBe(false)
  })

  it('remembers across a reload what arrived and asks again for what did not', () => {
    const before = play([
      { type: 'add', files: [file('a'), file('b')] },
      { type: 'resume' },
      { type: 'begin', path: 'a' },
      { type: 'finish', path: 'a', upload: 'u1' },
    ])
    const after = restoredQueue(savedUploads(before))
    expect(after.items.map(({ state }) => state)).toEqual(['done', 'lost'])
    const chosen = play([{ type: 'add', files: [file('b')] }], after)
    expect(chosen.items.map(({ state }) => state)).toEqual(['done', 'waiting'])
  })

  it('offers a failed file again only after retry', () => {
    const failed = play([
      { type: 'add', files: [file('a')] },
      { type: 'resume' },
      { type: 'begin', path: 'a' },
      { type: 'fail', path: 'a', problem: 'no-space' },
    ])
    expect(failed.items[0]).toMatchObject({ state: 'failed', problem: 'no-space' })
    expect(startable(failed, 3)).toEqual([])
    expect(startable(play([{ type: 'retry', path: 'a' }], failed), 3)).toHaveLength(1)
  })

  it('keeps one entry a path, counts no byte twice and finishes only what was sent', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const queue = play(events)
        const totals = totalsOf(queue)
        expect(new Set(queue.items.map((item) => item.path)).size).toBe(queue.items.length)
        expect(totals.sent).toBeLessThanOrEqual(totals.bytes)
        expect(totals.left).toBe(totals.bytes - totals.sent)
        for (const item of queue.items) expect(item.upload !== null).toBe(item.state === 'done')
        if (queue.paused) expect(queue.items.some(({ state }) => state === 'sending')).toBe(false)
      }),
    )
  })
})

describe('the speed of an upload', () => {
  it('is not known before two samples', () => {
    expect(speedOf([{ at: 0, sent: 0 }], 0)).toBeNull()
  })

  it('forgets what is older than ten seconds', () => {
    const samples = [
      { at: 0, sent: 0 },
      { at: 20_000, sent: 1_000_000 },
      { at: 21_000, sent: 1_050_000 },
    ]
    expect(speedOf(samples, 21_000)).toBe(50_000)
  })
})
