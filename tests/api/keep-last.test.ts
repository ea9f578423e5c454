import { describe, expect, it } from 'vitest'
import { keepLast } from '../../api/src/keep-last.ts'

describe('what is kept by its key', () => {
  const counted = (most: number) => {
    const made: string[] = []
    const find = keepLast(
      most,
      (key: string) => key,
      (key) => {
        made.push(key)
        return { key }
      },
    )
    return { find, made }
  }

  it('is worked out once for each key', () => {
    const { find, made } = counted(2)
    expect(find('a')).toBe(find('a'))
    expect(find('b')).toEqual({ key: 'b' })
    expect(made).toEqual(['a', 'b'])
  })

  it('gives way, oldest first, to what comes after, and is then worked out anew', () => {
    const { find, made } = counted(2)
    for (const key of ['a', 'b', 'c', 'b', 'a']) find(key)
    expect(made).toEqual(['a', 'b', 'c', 'a'])
  })
})
