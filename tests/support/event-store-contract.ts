import { beforeEach, describe, expect, it } from 'vitest'
import type { EventRecord, EventStore } from '../../api/src/log/index.ts'

const record = (idx: number, rest: Partial<EventRecord> = {}): EventRecord => ({
  idx,
  stream: 's',
  seq: idx,
  cmd: `c${idx}`,
  type: 'thing.happened',
  at: 1_000 + idx,
  leaf: `{"n":${idx}}`,
  leafHash: `hash${idx}`,
  disclosures: [`a${idx}`, `b${idx}`],
  ...rest,
})

/** What every event store promises; each implementation runs it. */
export const eventStoreContract = (name: string, open: () => Promise<EventStore>): void => {
  describe(`event store contract: ${name}`, () => {
    let store: EventStore
    beforeEach(async () => {
      store = await open()
    })

    it('is empty at first', async () => {
      expect(await store.last()).toBeNull()
      expect(await store.read(0, 10)).toEqual([])
      expect(await store.stream('s')).toEqual([])
      expect(await store.streamLength('s')).toBe(0)
      expect(await store.byCmd('c0')).toBeNull()
    })

    it('inserts nothing when there is nothing to insert', async () => {
      expect(await store.insert([])).toBe(0)
    })

    it('gives back exactly what was inserted, by index, command and stream', async () => {
      const records = [record(0), record(1, { stream: 't', seq: 0 }), record(2, { seq: 1 })]
      expect(await store.insert(records)).toBe(3)
      expect(await store.read(0, 10)).toEqual(records)
      expect(await store.read(1, 1)).toEqual([records[1]])
      expect(await store.last()).toEqual(records[2])
      expect(await store.byCmd('c1')).toEqual(records[1])
      expect(await store.stream('s')).toEqual([records[0], records[2]])
      expect(await store.streamLength('s')).toBe(2)
    })

    it('keeps text exactly, whatever the script', async () => {
      const leaf = '{"t":"Ko te reo: ā ē ī ō ū, ꦲꦏ꧀ꦱꦫ, 𞤀𞤣𞤤𞤢𞤥, e\u0301\\u0000 \\"x\\""}'
      await store.insert([record(0, { leaf })])
      expect((await store.last())?.leaf).toBe(leaf)
    })

    it.each([
      ['an index', record(0, { stream: 'x', seq: 0, cmd: 'other' })],
      ['a place in a stream', record(2, { seq: 0, cmd: 'other' })],
      ['a command', record(2, { stream: 'x', seq: 0, cmd: 'c0' })],
    ])('stops at a record that takes %s twice', async (_, twice) => {
      await store.insert([record(0)])
      const before = record(1, { stream: 'y', seq: 0 })
      const after = record(3, { stream: 'z', seq: 0 })
      expect(await store.insert([before, twice, after])).toBe(1)
      expect((await store.read(0, 10)).map(({ cmd }) => cmd)).toEqual(['c0', 'c1'])
    })

    it('lets exactly one of many take an index', async () => {
      const rivals = Array.from({ length: 20 }, (_, i) =>
        store.insert([record(0, { stream: `s${i}`, seq: 0, cmd: `rival${i}` })]),
      )
      const counts = await Promise.all(rivals)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
      expect(await store.read(0, 10)).toHaveLength(1)
    })

    it('takes away the disclosures it is told to and nothing else', async () => {
      await store.insert([record(0), record(1)])
      await store.removeDisclosures(0, ['a0', 'unknown'])
      expect(await store.read(0, 10)).toEqual([record(0, { disclosures: ['b0'] }), record(1)])
      await store.removeDisclosures(0, ['a0'])
      expect((await store.read(0, 1))[0]?.disclosures).toEqual(['b0'])
    })
  })
}
