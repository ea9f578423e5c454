import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDayRecords, type Use } from '../../../api/src/grants/day-records.ts'
import type { Span } from '../../../api/src/grants/grants.ts'

const DAY = 86_400_000
const USE: Use = { grant: 'g_1', member: null, sha256: 'a'.repeat(64) }
const SIZE = 100
const WHOLE = { from: 0, to: SIZE - 1 }

const setUp = () => {
  let now = 10 * DAY
  const made: number[] = []
  const given = createDayRecords(() => now)
  const records = {
    ...given,
    covering: (use: Use, span: Span, record: (span: Span) => Promise<number>) =>
      given.covering(use, { span, size: SIZE }, record),
  }
  const record = async () => {
    made.push(made.length)
    return made.length - 1
  }
  const wait = (ms: number): void => {
    now += ms
  }
  return { records, made, record, wait }
}

describe('what the log holds of a day', () => {
  it('covers the same bytes and any part of them', async () => {
    const { records, made, record } = setUp()
    for (const span of [WHOLE, WHOLE, { from: 0, to: 0 }, { from: 40, to: 99 }])
      expect((await records.covering(USE, span, record)).entry).toBe(0)
    expect(made).toEqual([0])
  })

  it('covers two who ask at once', async () => {
    const { records, made, record } = setUp()
    const both = [records.covering(USE, WHOLE, record), records.covering(USE, WHOLE, record)]
    expect(new Set(await Promise.all(both)).size).toBe(1)
    expect(made).toEqual([0])
  })

  const others: Readonly<Record<string, Use>> = {
    'another grant': { ...USE, grant: 'g_2' },
    'somebody else of the team': { ...USE, member: 'm_1' },
    'another file': { ...USE, sha256: 'b'.repeat(64) },
  }
  for (const [what, use] of Object.entries(others)) {
    it(`does not cover ${what}`, async () => {
      const { records, record } = setUp()
      await records.covering(USE, WHOLE, record)
      expect((await records.covering(use, WHOLE, record)).entry).toBe(1)
    })
  }

  it('does not cover the next day (UTC)', async () => {
    const { records, record, wait } = setUp()
    await records.covering(USE, WHOLE, record)
    wait(DAY - 1)
    expect((await records.covering(USE, WHOLE, record)).entry).toBe(0)
    wait(1)
    expect((await records.covering(USE, WHOLE, record)).entry).toBe(1)
  })

  it('does not cover what was cut', async () => {
    const { records, record } = setUp()
    records.forget(USE, await records.covering(USE, WHOLE, record))
    expect((await records.covering(USE, WHOLE, record)).entry).toBe(1)
  })

  it('does not cover what could not be recorded', async () => {
    const { records, record } = setUp()
    const full = () => Promise.reject(new Error('the disk is full'))
    await expect(records.covering(USE, WHOLE, full)).rejects.toThrow('the disk is full')
    expect((await records.covering(USE, WHOLE, record)).entry).toBe(0)
  })

  it('is all of a file for whoever asks for more and more of its parts', async () => {
    const { records } = setUp()
    const log: Span[] = []
    const ask = async (at: number) =>
      records.covering(USE, { from: at, to: at }, async (recorded) => log.push(recorded))
    for (let at = 0; at < 64; at += 1) await ask(at)
    expect(log).toHaveLength(64)
    expect(log.at(-1)).toEqual({ from: 63, to: 63 })
    for (let at = 64; at < SIZE; at += 1) await ask(at)
    expect(log).toHaveLength(65)
    expect(log.at(-1)).toEqual(WHOLE)
  })

  it('covers what is cut again and again, so that nobody fills the log', async () => {
    const { records, made, record } = setUp()
    const again = async () => records.forget(USE, await records.covering(USE, WHOLE, record))
    for (let nth = 0; nth < 16; nth += 1) expect(await again()).toBe(true)
    expect(made).toHaveLength(16)
    for (let nth = 0; nth < 50; nth += 1) expect(await again()).toBe(false)
    expect(made).toHaveLength(17)
  })

  it('hands out no byte that no record of the day names', async () => {
    const span = fc
      .tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1))
      .map(([a, b]): Span => ({ from: Math.min(a, b), to: Math.max(a, b) }))
    const step = fc.record({ span, cut: fc.boolean(), wait: fc.constantFrom(0, 0, 0, DAY / 2) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 100 }), async (steps) => {
        const { records, wait } = setUp()
        const log: (Span & { readonly day: number })[] = []
        let passed = 0
        for (const one of steps) {
          wait(one.wait)
          passed += one.wait
          const day = Math.floor(passed / DAY)
          const found = await records.covering(USE, one.span, async (recorded) =>
            log.push({ ...recorded, day }),
          )
          const holds = log[found.entry - 1]
          expect(holds?.day).toBe(day)
          expect(holds?.from).toBeLessThanOrEqual(one.span.from)
          expect(holds?.to).toBeGreaterThanOrEqual(one.span.to)
          if (one.cut) records.forget(USE, found)
        }
      }),
      { numRuns: 100 },
    )
  })
})
