import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLiveReads } from '../../api/src/live-reads.ts'
import type { Projection, StoredEvent } from '../../api/src/log/index.ts'

const projection = (name: string, type: string): Projection => ({
  name,
  ids: (event) => (event.type === type ? ['one'] : []),
  fold: (doc) => doc,
})

const event = (type: string): StoredEvent => ({
  idx: 0,
  stream: 'grant/g_1',
  seq: 0,
  cmd: 'c',
  type,
  at: 0,
  data: {},
  secret: {},
  leaf: '',
  leafHash: '',
})

const setUp = () => {
  let now = 0
  const live = createLiveReads({
    projections: [projection('grants', 'grant.revoked'), projection('datasets', 'dataset.made')],
    documents: ['tokens'],
    clock: () => now,
  })
  const asked: string[] = []
  const ask = async (id: string) => {
    asked.push(id)
    return `${id} at ${asked.length}`
  }
  const wait = (ms: number): void => {
    now += ms
  }
  return { live, asked, ask, wait }
}

/** A promise with its handles outside. */
const later = <T>() => {
  let resolve: (value: T) => void = () => undefined
  let reject: (fault: Error) => void = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

const still = { cursor: async () => 0, close: async () => undefined }

describe('a live read', () => {
  it('asks once as long as nothing changes', async () => {
    const { live, asked, ask } = setUp()
    const read = live.read(['grants'], ask)
    expect([await read('a'), await read('a'), await read('b')]).toEqual([
      'a at 1',
      'a at 1',
      'b at 2',
    ])
    expect(asked).toEqual(['a', 'b'])
  })

  it('asks again after an event was folded into its collection', async () => {
    const { live, ask } = setUp()
    const projector = live.watch({ ...still, fold: async () => undefined })
    const read = live.read(['grants'], ask)
    await read('a')
    await projector.fold([event('dataset.made'), event('grant.revoked')])
    expect(await read('a')).toBe('a at 2')
  })

  it('stands when events are folded into other collections only', async () => {
    const { live, ask } = setUp()
    const projector = live.watch({ ...still, fold: async () => undefined })
    const read = live.read(['grants'], ask)
    await read('a')
    await projector.fold([event('dataset.made'), event('download.authorised')])
    expect(await read('a')).toBe('a at 1')
  })

  it('asks again even when folding has failed halfway', async () => {
    const { live, ask } = setUp()
    const projector = live.watch({
      ...still,
      fold: () => Promise.reject(new Error('the disk is full')),
    })
    const read = live.read(['grants'], ask)
    await read('a')
    await expect(projector.fold([event('grant.revoked')])).rejects.toThrow('the disk is full')
    expect(await read('a')).toBe('a at 2')
  })

  it('does not count an answer that was asked for before the change and came after it', async () => {
    const { live } = setUp()
    const answers = [later<string>(), later<string>()]
    const [first, second] = answers
    let at = 0
    const read = live.read(['tokens'], (_id: string) => answers[at++]?.promise ?? Promise.reject())
    const remove = live.write('tokens', async () => undefined)
    const early = read('a')
    await remove()
    first?.resolve('still there')
    second?.resolve('gone')
    expect(await early).toBe('still there')
    expect(await read('a')).toBe('gone')
  })

  it('asks again after a write, also one that failed', async () => {
    const { live, ask } = setUp()
    const read = live.read(['tokens'], ask)
    await read('a')
    await live.write('tokens', async () => undefined)()
    expect(await read('a')).toBe('a at 2')
    const failing = live.write('tokens', () => Promise.reject(new Error('no')))
    await expect(failing()).rejects.toThrow('no')
    expect(await read('a')).toBe('a at 3')
  })

  it('asks again after a quarter of a second, for what other processes write', async () => {
    const { live, ask, wait } = setUp()
    const read = live.read(['grants'], ask)
    await read('a')
    wait(249)
    expect(await read('a')).toBe('a at 1')
    wait(1)
    expect(await read('a')).toBe('a at 2')
  })

  it('does not remember a failure', async () => {
    const { live } = setUp()
    let fail = true
    const read = live.read(['grants'], async (id: string) => {
      if (fail) throw new Error('no connection')
      return id
    })
    await expect(read('a')).rejects.toThrow('no connection')
    fail = false
    expect(await read('a')).toBe('a')
  })

  it('refuses a collection of which nobody tells when it changes', () => {
    const { live, ask } = setUp()
    expect(() => live.read(['visits'], ask)).toThrow('visits')
    expect(() => live.write('visits', ask)).toThrow('visits')
  })

  it('asks only for the keys of many that are not known, and knows what is absent', async () => {
    const { live, wait } = setUp()
    const asked: (readonly string[])[] = []
    const read = live.readMany(
      ['tokens'],
      async (keys: readonly string[]) => {
        asked.push(keys)
        return keys.filter((key) => key !== 'absent').map((id) => ({ id }))
      },
      ({ id }) => id,
    )
    expect(await read(['a', 'absent', 'a'])).toEqual([{ id: 'a' }])
    expect(await read(['b', 'a', 'absent'])).toEqual([{ id: 'b' }, { id: 'a' }])
    expect(await read([])).toEqual([])
    expect(asked).toEqual([['a', 'absent'], ['b']])
    await live.write('tokens', async () => undefined)()
    await read(['a'])
    wait(250)
    await read(['a', 'b'])
    expect(asked.slice(2)).toEqual([['a'], ['a', 'b']])
  })

  it('forgets the keys of many that could not be read', async () => {
    const { live } = setUp()
    let fail = true
    const read = live.readMany(
      ['tokens'],
      async (keys: readonly string[]) => {
        if (fail) throw new Error('no connection')
        return keys
      },
      (key) => key,
    )
    await expect(read(['a', 'b'])).rejects.toThrow('no connection')
    fail = false
    expect(await read(['a', 'b'])).toEqual(['a', 'b'])
  })

  it('never answers with what was true only before the last finished write', async () => {
    const steps = fc.array(fc.constantFrom('read', 'write', 'slow write', 'wait'), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const { live, wait } = setUp()
        let stored = 0
        const read = live.read(['tokens'], async (_id: string) => stored)
        const write = live.write('tokens', async (slow: boolean) => {
          if (slow) await Promise.resolve()
          stored += 1
        })
        for (const step of script) {
          if (step === 'wait') wait(100)
          else if (step === 'read') expect(await read('a')).toBe(stored)
          else await write(step === 'slow write')
        }
        const open = write(true)
        const during = await read('a')
        expect([stored, stored - 1]).toContain(during)
        await open
        expect(await read('a')).toBe(stored)
      }),
    )
  })

  describe('of everything at one instant', () => {
    const ofOne = (id: string) => [id]
    const setUpAtOnce = () => {
      const made = setUp()
      let time = 1_000
      const read = made.live.atOnce(() => time, made.ask, ofOne)
      const pass = (ms: number): void => {
        time += ms
      }
      return { ...made, read, pass }
    }

    it('asks once for all who come together', async () => {
      const { read, asked } = setUpAtOnce()
      expect(await Promise.all([read('a'), read('b'), read('a')])).toEqual([
        'a at 1',
        'b at 2',
        'a at 1',
      ])
      expect(asked).toEqual(['a', 'b'])
    })

    it('asks again a millisecond later, by the registry’s clock and by the machine’s', async () => {
      const { read, pass, wait } = setUpAtOnce()
      await read('a')
      pass(1)
      expect(await read('a')).toBe('a at 2')
      wait(1)
      expect(await read('a')).toBe('a at 3')
    })

    it('asks again as soon as anything at all has changed', async () => {
      const { live, read } = setUpAtOnce()
      await read('a')
      await live.write('tokens', async () => undefined)()
      expect(await read('a')).toBe('a at 2')
      const projector = live.watch({ ...still, fold: async () => undefined })
      await projector.fold([event('dataset.made')])
      expect(await read('a')).toBe('a at 3')
    })

    it('keeps questions apart whatever characters they are made of', async () => {
      const { live } = setUp()
      const both = live.atOnce(
        () => 0,
        async (...parts: readonly string[]) => parts.length,
        (...parts) => parts,
      )
      expect([await both('a\nb'), await both('a', 'b'), await both('a","b')]).toEqual([1, 2, 1])
    })
  })
})
