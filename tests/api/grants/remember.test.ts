import { describe, expect, it } from 'vitest'
import { remember } from '../../../api/src/grants/remember.ts'

/** Reads words by their name and counts how often. */
const counted = () => {
  const asked: string[] = []
  const read = async (digest: string): Promise<string> => {
    asked.push(digest)
    if (digest === 'absent') throw new Error('not on record')
    return digest
  }
  return { asked, read }
}

describe('what is read under a digest', () => {
  it('is read once', async () => {
    const { asked, read } = counted()
    const known = remember(read, { most: 10 })
    expect([await known('a'), await known('a'), await known('b')]).toEqual(['a', 'a', 'b'])
    expect(asked).toEqual(['a', 'b'])
  })

  it('makes room for what comes later, the oldest first', async () => {
    const { asked, read } = counted()
    const known = remember(read, { most: 2 })
    for (const digest of ['a', 'b', 'c', 'c', 'b', 'a']) await known(digest)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })

  it('counts by weight, and keeps nothing that is too heavy by itself', async () => {
    const { asked, read } = counted()
    const known = remember(read, { most: 3, weigh: (text) => text.length })
    for (const digest of ['aa', 'b', 'aa', 'heavy', 'heavy', 'b']) await known(digest)
    expect(asked).toEqual(['aa', 'b', 'heavy', 'heavy', 'b'])
  })

  it('is weighed once when two ask at the same time', async () => {
    const { asked, read } = counted()
    const known = remember(read, { most: 2 })
    await Promise.all([known('a'), known('a')])
    for (const digest of ['b', 'a', 'b']) await known(digest)
    expect(asked).toEqual(['a', 'a', 'b'])
  })

  it('is asked for again after it could not be read', async () => {
    const { asked, read } = counted()
    const known = remember(read, { most: 2 })
    await expect(known('absent')).rejects.toThrow('not on record')
    await expect(known('absent')).rejects.toThrow('not on record')
    expect(asked).toHaveLength(2)
  })
})
