import { describe, expect, it } from 'vitest'
import { signTree } from '../../../api/src/log/checkpointer.ts'
import { createHistories } from '../../../api/src/log/histories.ts'
import { openLog } from '../../../api/src/log/index.ts'
import { createTileReader } from '../../../api/src/log/tile-reader.ts'
import { emptyTree } from '../../../api/src/log/tree-edge.ts'
import { memoryDeps } from '../../support/memory-log.ts'

const grown = async (size: number) => {
  const deps = memoryDeps()
  const log = await openLog(deps)
  for (let n = 0; n < size; n++)
    await log.append({ stream: 's', cmd: `c${n}`, type: 't', data: {} })
  return { ...deps, log }
}

describe('what the writer remembers of a stream', () => {
  it('counts an event once although it hears of it after having read it', async () => {
    const { store, log } = await grown(2)
    const [, second] = await log.read(0, 2)
    for (const whole of [false, true]) {
      const histories = createHistories(store)
      await histories.load(new Map([['s', whole]]))
      histories.note(second!)
      expect(histories.length('s')).toBe(2)
      expect(histories.events('s')).toHaveLength(whole ? 2 : 0)
    }
  })

  it('reads the events of a stream whose length alone it knew', async () => {
    const { store } = await grown(3)
    const histories = createHistories(store)
    await histories.load(new Map([['s', false]]))
    await histories.load(new Map([['s', true]]))
    expect(histories.events('s').map(({ seq }) => seq)).toEqual([0, 1, 2])
  })

  it('is never taken for a stream that was not loaded', async () => {
    const histories = createHistories(memoryDeps().store)
    expect(() => histories.length('s')).toThrow('has not been loaded')
  })

  it('is read again once given up', async () => {
    const { store, log } = await grown(1)
    const histories = createHistories(store)
    await histories.load(new Map([['s', true]]))
    await log.append({ stream: 's', cmd: 'x', type: 't', data: {} })
    histories.forget('s')
    await histories.load(new Map([['s', true]]))
    expect(histories.length('s')).toBe(2)
  })
})

describe('signing a tree', () => {
  it('waits when another process has signed a larger one', async () => {
    const deps = memoryDeps()
    const edge = emptyTree()
    edge.append(new Uint8Array([1]))
    const reader = createTileReader(deps.tiles)
    await deps.checkpoints.add({ size: 2, root: '', note: 'theirs' }, null)
    expect(await signTree(edge.state(), { ...deps, signer: () => deps.signer, reader })).toBeNull()
  })

  it('waits when a rival has signed in between', async () => {
    const deps = memoryDeps()
    const edge = emptyTree()
    edge.append(new Uint8Array([1]))
    const reader = createTileReader(deps.tiles)
    const checkpoints = { ...deps.checkpoints, add: async () => false }
    expect(
      await signTree(edge.state(), { ...deps, signer: () => deps.signer, checkpoints, reader }),
    ).toBeNull()
  })
})
