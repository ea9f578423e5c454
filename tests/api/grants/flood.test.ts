import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsSince, type Held, hold, sizeOf, urlOf } from './held.ts'

describe('whoever asks for one file again and again', () => {
  let held: Held
  beforeAll(async () => {
    held = await hold()
  }, 120_000)
  afterAll(() => held.registry.close())

  it('gets every part of it and fills no log with them', async () => {
    const { registry, village, published } = held
    const from = await sizeOf(registry)
    for (let at = 0; at < 150; at += 1) {
      const init = { headers: { range: `bytes=${at}-${at}` } }
      const response = await village.researcher.fetch(urlOf(published, 'words.txt'), init)
      expect([response.status, (await response.text()).length]).toEqual([206, 1])
    }
    const recorded = await eventsSince(registry, from, 'download.authorised')
    expect(recorded).toHaveLength(65)
    expect(recorded.at(-1)?.data).toMatchObject({ from: 0, to: 83_999 })
    expect(await registry.house.audit()).toEqual([])
    expect(registry.faults).toEqual([])
  }, 60_000)
})
