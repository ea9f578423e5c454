import { beforeEach, describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../../api/src/log/index.ts'
import type { Hear } from '../../../api/src/notices/heard.ts'
import { createCatchUp, type KeepUpDeps } from '../../../api/src/notices/keep-up.ts'
import type { Notice } from '../../../api/src/notices/notice.ts'

const COUNT = 6
const ODD = 3

const event = (_: unknown, idx: number): StoredEvent => ({
  idx,
  stream: `request/q_${idx}`,
  seq: 0,
  type: 'request.submitted',
  cmd: `x_${idx}`,
  at: 0,
  data: {},
  secret: {},
  leaf: '',
  leafHash: '',
})

const events = Array.from({ length: COUNT }, event)

const away = () => Object.assign(new Error('the store is away'), { code: 'ECONNREFUSED' })

describe('an event that cannot be told', () => {
  let told: Notice[]
  let reported: string[]
  let cursor: number
  let fault: () => Error
  let stopsAt: number | null

  const listen: Hear = async (_, { idx }) => {
    if (idx === ODD) throw fault()
    return [{ account: 'a', kind: 'grant-issued', about: {} }]
  }
  const deps = () =>
    ({
      log: {
        now: () => 0,
        size: async () => COUNT,
        settled: async () => undefined,
        read: async (from: number, count: number) => events.slice(from, from + count),
      },
      store: {
        cursor: async () => cursor,
        moveCursor: async (next: number) => {
          cursor = next
        },
        notice: async () => null,
        settings: async () => ({ mode: 'none', off: [], language: 'en' }),
        add: async (notice: Notice) => void told.push(notice),
      },
      report: (_: unknown, about: string) => void reported.push(about),
      closing: () => stopsAt === told.length,
    }) as unknown as KeepUpDeps
  const look = async (catchUp: () => Promise<void>, times: number) => {
    for (let at = 0; at < times; at += 1) await catchUp().catch(() => undefined)
  }

  beforeEach(() => {
    told = []
    reported = []
    cursor = 0
    fault = () => new Error('odd')
    stopsAt = null
  })

  it('is looked at again with nothing told twice, and then keeps nobody waiting', async () => {
    const catchUp = createCatchUp(deps(), listen)
    await look(catchUp, 4)
    expect({ told: told.length, cursor, reported }).toEqual({
      told: ODD,
      cursor: ODD,
      reported: [],
    })
    await look(catchUp, 1)
    expect(told.length).toBe(COUNT - 1)
    expect(cursor).toBe(COUNT)
    expect(reported).toEqual([`notices of entry ${ODD}`])
  })

  it('is waited for as long as it is the store that is away', async () => {
    const catchUp = createCatchUp(deps(), listen)
    fault = away
    await look(catchUp, 20)
    expect({ cursor, reported }).toEqual({ cursor: ODD, reported: [] })
  })

  it('is left for the next start when the registry stops before it', async () => {
    stopsAt = 2
    await look(createCatchUp(deps(), listen), 2)
    expect({ told: told.length, cursor }).toEqual({ told: 2, cursor: 2 })
  })
})
