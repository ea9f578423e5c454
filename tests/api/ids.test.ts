import { expect, it } from 'vitest'
import { newId, random } from '../../api/src/ids.ts'

it('gives as many bytes as asked for, whatever is left over from before', () => {
  for (const n of [0, 1, 16, 8191, 8192, 8193, 100_000, 16]) expect(random(n)).toHaveLength(n)
})

it('never gives the same bytes twice, nor shares what it gave', () => {
  const given = Array.from({ length: 2000 }, () => random(16))
  const texts = given.map((bytes) => Buffer.from(bytes).toString('hex'))
  expect(new Set(texts).size).toBe(2000)
  given[0]?.fill(0)
  expect(given.slice(1).map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(texts.slice(1))
  expect(new Set(given.map(({ buffer }) => buffer)).size).toBe(2000)
})

it('makes ids that tell nothing but their kind', () => {
  const ids = new Set(Array.from({ length: 2000 }, () => newId('d')))
  expect(ids.size).toBe(2000)
  for (const id of ids) expect(id).toMatch(/^d_[0-9a-hjkmnp-tv-z]{16}$/)
})
