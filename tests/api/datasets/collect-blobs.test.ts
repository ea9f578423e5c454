import { mkdtemp, rename, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLLECT_AFTER, createCollector, SETTLE } from '../../../api/src/datasets/collect-blobs.ts'
import type { Copy } from '../../../api/src/datasets/copies.ts'
import type { Files } from '../../../api/src/datasets/files.ts'
import type { FinishedUpload } from '../../../api/src/datasets/uploads.ts'
import type { Log, StoredEvent } from '../../../api/src/log/index.ts'
import { openFiles } from '../../../api/src/storage/files.ts'
import { sha256Of } from '../../support/blob-store-contract.ts'

const DAY = 24 * 3_600_000
const START = Date.UTC(2026, 0, 1)
const CONTENTS = ['ā', 'ē', 'ī'].map((text) => ({ text, sha256: sha256Of(text) }))

interface Contribution {
  readonly id: string
  readonly sha256: string
  readonly dataset: string
  erased: boolean
}

/** A registry reduced to what names files, over a real folder and a clock of its own. */
const open = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'collect-'))
  const events: StoredEvent[] = []
  const uploads = new Map<string, FinishedUpload>()
  const contributions: Contribution[] = []
  const takenDown = new Set<string>()
  let now = START
  let made = 0
  let files = await openFiles({ dir })
  /** Dies at the nth step of the next run. */
  let killAt = Number.POSITIVE_INFINITY

  const blobOf = (sha256: string) => join(dir, sha256.slice(0, 2), sha256.slice(2))
  const append = (type: string, data: object) =>
    void events.push({ idx: events.length, type, data } as unknown as StoredEvent)
  const log: Pick<Log, 'read'> = {
    read: async (from, limit) => events.slice(from, from + limit),
  }
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    killAt -= 1
    if (killAt < 0) throw new Error('killed')
    return work()
  }
  const mortal: Pick<Files, 'storedBefore' | 'discard'> = {
    storedBefore: (instant) => files.storedBefore(instant),
    discard: (sha256, instant) =>
      step(async () => {
        if (killAt > 0) return files.discard(sha256, instant)
        // Half way through: out of its place, not yet gone.
        await rename(blobOf(sha256), join(dir, 'leaving', sha256))
        throw new Error('killed')
      }),
  }
  const copies = new Map<string, Copy>()
  const start = () =>
    createCollector({
      log,
      files: mortal,
      uploads: {
        finished: async () => [...uploads.values()],
        remove: (id) => step(async () => void uploads.delete(id)),
      },
      copies: {
        all: async () => [...copies.values()],
        remove: (id) => step(async () => void copies.delete(id)),
      },
      wallClock: () => now,
    })
  let collect = start()

  const restart = async () => {
    killAt = Number.POSITIVE_INFINITY
    files = await openFiles({ dir })
    await files.sweep()
    collect = start()
  }

  return {
    uploads,
    contributions,
    wait: (ms: number) => {
      now += ms
    },
    /** `older`: ms by which the bytes came before the upload was found complete. */
    upload: async (nth: number, older = 0) => {
      const { text, sha256 } = CONTENTS[nth % CONTENTS.length] ?? { text: '', sha256: '' }
      await files.put(Buffer.from(text))
      await utimes(blobOf(sha256), now / 1000, (now - older) / 1000)
      made += 1
      uploads.set(`u_${made}`, { id: `u_${made}`, sha256, finishedAt: now })
      return `u_${made}`
    },
    copy: async (nth: number, text: string) => {
      const of = CONTENTS[nth]?.sha256 ?? ''
      const { sha256, size } = await files.put(Buffer.from(text))
      await utimes(blobOf(sha256), now / 1000, now / 1000)
      copies.set(text, { id: text, of, sha256, size, madeAt: now })
      return sha256
    },
    copies,
    holds: async (text: string) => (await files.stat(sha256Of(text))) !== null,
    abandon: (nth: number) => void uploads.delete([...uploads.keys()][nth % uploads.size] ?? ''),
    contribute: (nth: number, dataset = `d_${nth % 2}`) => {
      const upload = [...uploads.values()][nth % uploads.size]
      if (!upload) return
      const id = `k_${contributions.length}`
      contributions.push({ id, dataset, sha256: upload.sha256, erased: false })
      append('contribution.made', { contribution: id, dataset, files: [{ sha256: upload.sha256 }] })
    },
    erase: (nth: number) => {
      const one = contributions[nth % contributions.length]
      if (!one) return
      one.erased = true
      append('contribution.erased', { contribution: one.id, units: [one.sha256] })
    },
    assemble: (nth: number) => {
      const one = contributions[nth % contributions.length]
      if (!one || one.erased) return
      append('version.assembled', { contributions: [one.id] })
    },
    takeDown: (nth: number) => {
      takenDown.add(`d_${nth % 2}`)
      append('dataset.takendown', { dataset: `d_${nth % 2}` })
    },
    collect: () => collect(),
    killedCollect: async (steps: number) => {
      killAt = steps
      await collect().catch(() => 0)
      await restart()
    },
    restart,
    named: () =>
      new Set([
        ...[...uploads.values()].map(({ sha256 }) => sha256),
        ...contributions
          .filter((one) => !one.erased && !takenDown.has(one.dataset))
          .map(({ sha256 }) => sha256),
      ]),
    stored: async () => {
      const found = []
      for (const { sha256 } of CONTENTS) if (await files.verify(sha256)) found.push(sha256)
      return found
    },
    close: () => rm(dir, { recursive: true, force: true }),
  }
}

type Yard = Awaited<ReturnType<typeof open>>

const inYard = async (work: (yard: Yard) => Promise<void>): Promise<void> => {
  const yard = await open()
  try {
    await work(yard)
  } finally {
    await yard.close()
  }
}

/** As often as it takes until a file without a name is gone. */
const collectFully = async (yard: Yard): Promise<void> => {
  for (let run = 0; run < 3; run += 1) {
    yard.wait(COLLECT_AFTER + 1)
    await yard.collect()
  }
}

const nth = fc.nat({ max: 5 })
const action = fc.oneof(
  ...(
    ['upload', 'abandon', 'contribute', 'erase', 'assemble', 'takeDown', 'killedCollect'] as const
  ).map((name) => fc.tuple(fc.constant(name), nth)),
  fc.tuple(
    fc.constant('wait' as const),
    fc.constantFrom(1, SETTLE, COLLECT_AFTER, COLLECT_AFTER + 1),
  ),
  fc.constant(['collect'] as const),
)

describe('collecting files that nobody names', () => {
  it('never takes a file that an upload, a contribution or a version names, wherever it is killed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), (actions) =>
        inYard(async (yard) => {
          for (const [name, argument = 0] of actions) {
            await yard[name](argument)
            const stored = await yard.stored()
            for (const sha256 of yard.named()) expect(stored).toContain(sha256)
          }
          await yard.restart()
          await collectFully(yard)
          expect(new Set(await yard.stored())).toEqual(yard.named())
        }),
      ),
      { numRuns: 60 },
    )
  })

  it('keeps an upload for thirty days, and what is left of it for an hour after', () =>
    inYard(async (yard) => {
      await yard.upload(0)
      yard.wait(COLLECT_AFTER)
      await yard.collect()
      expect(yard.uploads.size).toBe(1)
      yard.wait(1)
      await yard.collect()
      expect(yard.uploads.size).toBe(0)
      await yard.collect()
      yard.wait(SETTLE - 1)
      expect(await yard.collect()).toBe(0)
      yard.wait(1)
      expect(await yard.collect()).toBe(1)
      expect(await yard.stored()).toEqual([])
    }))

  it('keeps an upload whose bytes had come days before a crash let it be finished', () =>
    inYard(async (yard) => {
      await yard.upload(0, 7 * DAY)
      yard.wait(COLLECT_AFTER - DAY)
      for (const _ of [1, 2]) {
        expect(await yard.collect()).toBe(0)
        yard.wait(SETTLE)
      }
      expect(await yard.stored()).toHaveLength(1)
    }))

  it('spares a contribution that was under way when its upload was forgotten', () =>
    inYard(async (yard) => {
      await yard.upload(0)
      yard.wait(COLLECT_AFTER + 1)
      const upload = [...yard.uploads.values()]
      await yard.collect()
      await yard.collect()
      for (const one of upload) yard.uploads.set(one.id, one)
      yard.contribute(0)
      yard.uploads.clear()
      yard.wait(SETTLE)
      expect(await yard.collect()).toBe(0)
      expect(await yard.stored()).toHaveLength(1)
    }))

  it('takes what the log says is destroyed, and leaves what else came with it', () =>
    inYard(async (yard) => {
      for (const content of [0, 1]) {
        await yard.upload(content)
        yard.contribute(content)
      }
      yard.erase(1)
      yard.uploads.clear()
      await collectFully(yard)
      expect(await yard.stored()).toEqual([CONTENTS[0]?.sha256])
    }))

  it('erases what was taken down within two runs, but not what another dataset holds', () =>
    inYard(async (yard) => {
      for (const content of [0, 1]) await yard.upload(content)
      yard.contribute(0, 'd_0')
      yard.contribute(1, 'd_0')
      yard.assemble(0)
      yard.assemble(1)
      yard.contribute(1, 'd_1')
      yard.wait(1)
      expect(await yard.collect()).toBe(0)
      yard.takeDown(0)
      expect(await yard.collect()).toBe(0)
      expect(yard.uploads.size).toBe(1)
      yard.wait(SETTLE - 1)
      expect(await yard.collect()).toBe(0)
      yard.wait(1)
      expect(await yard.collect()).toBe(1)
      expect(await yard.stored()).toEqual([CONTENTS[1]?.sha256])
    }))

  it('erases what was taken down although the first run was killed', () =>
    inYard(async (yard) => {
      await yard.upload(0)
      yard.contribute(0, 'd_0')
      yard.wait(1)
      yard.takeDown(0)
      await yard.killedCollect(0)
      for (const steps of [1, 0]) {
        await yard.collect()
        yard.wait(SETTLE)
        await yard.killedCollect(steps)
      }
      expect(await yard.stored()).toHaveLength(1)
      await yard.collect()
      yard.wait(SETTLE)
      expect(await yard.collect()).toBe(1)
      expect(await yard.stored()).toEqual([])
    }))

  it('spares what is uploaded anew after it was taken down', () =>
    inYard(async (yard) => {
      await yard.upload(0)
      yard.contribute(0, 'd_0')
      yard.wait(1)
      yard.takeDown(0)
      await yard.collect()
      yard.wait(1)
      await yard.upload(0)
      yard.wait(SETTLE)
      expect(await yard.collect()).toBe(0)
      yard.contribute(0, 'd_1')
      yard.uploads.clear()
      yard.wait(SETTLE)
      expect(await yard.collect()).toBe(0)
      expect(await yard.stored()).toHaveLength(1)
    }))

  it('forgets a copy after thirty days and takes its bytes an hour later, but not one made anew', () =>
    inYard(async (yard) => {
      await yard.upload(0)
      yard.contribute(0)
      yard.assemble(0)
      await yard.copy(0, 'one')
      await yard.copy(0, 'two')
      yard.wait(COLLECT_AFTER)
      for (const _ of [1, 2]) {
        expect(await yard.collect()).toBe(0)
        expect(yard.copies.size).toBe(2)
      }
      yard.wait(1)
      expect(await yard.collect()).toBe(0)
      expect(yard.copies.size).toBe(0)
      await yard.copy(0, 'two')
      yard.wait(SETTLE)
      expect(await yard.collect()).toBe(1)
      expect([...yard.copies.keys()]).toEqual(['two'])
      expect(await yard.holds('one')).toBe(false)
      expect(await yard.holds('two')).toBe(true)
      expect(await yard.stored()).toEqual([CONTENTS[0]?.sha256])
    }))

  it('takes the copies of what was taken down within two runs, unless somebody gave the same', () =>
    inYard(async (yard) => {
      for (const content of [0, 1]) {
        await yard.upload(content)
        yard.contribute(content, `d_${content}`)
        yard.assemble(content)
      }
      yard.uploads.clear()
      await yard.copy(0, 'copy')
      await yard.copy(0, CONTENTS[1]?.text ?? '')
      yard.wait(1)
      yard.takeDown(0)
      expect(await yard.collect()).toBe(0)
      yard.wait(SETTLE)
      expect(await yard.collect()).toBe(2)
      expect(yard.copies.size).toBe(0)
      expect(await yard.holds('copy')).toBe(false)
      expect(await yard.stored()).toEqual([CONTENTS[1]?.sha256])
    }))

  it('leaves the upload of what was contributed, so that it still counts for the quota', () =>
    inYard(async (yard) => {
      await yard.upload(0)
      yard.contribute(0)
      await collectFully(yard)
      expect(yard.uploads.size).toBe(1)
    }))
})
