import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowsOf, tallyRows } from '../../../api/src/grants/rows.ts'
import type { RowFormat } from '../../../policies/index.ts'

const read = async (text: string, format: RowFormat, size = 7) => {
  const bytes = Buffer.from(text)
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  const rows = []
  for await (const some of rowsOf(Readable.from(pieces), format)) rows.push(...some)
  return rows
}

const texts = async (...given: Parameters<typeof read>): Promise<readonly string[]> =>
  (await read(...given)).map(({ bytes }) => bytes.toString())

describe('the rows of a file', () => {
  it('are its bytes and nothing else, however it comes in pieces', async () => {
    const cell = fc.constantFrom('a', 'é', '"', '\n', '\r\n', ',', '\t', ' ')
    const file = fc.array(cell, { maxLength: 60 }).map((cells) => cells.join(''))
    const format = fc.constantFrom<RowFormat>('csv', 'tsv', 'jsonl', 'lines')
    await fc.assert(
      fc.asyncProperty(file, format, fc.integer({ min: 1, max: 9 }), async (text, as, size) => {
        const [one, other] = await Promise.all([texts(text, as, size), texts(text, as, 1000)])
        expect(one.join('')).toBe(text)
        expect(one).toEqual(other)
      }),
    )
  })

  it('end at a line break, in CSV not inside of quotes', async () => {
    const text = 'a,b\n"one\ntwo",2\nthree,3\n'
    expect(await texts(text, 'csv')).toEqual(['a,b\n', '"one\ntwo",2\n', 'three,3\n'])
    expect(await texts(text, 'lines')).toHaveLength(4)
  })

  it('are known by what they say; headers and empty rows are not', async () => {
    const known = async (text: string, format: RowFormat) =>
      (await read(text, format)).map(({ digest }) => digest !== null)
    expect(await known('a,b\n1,2\n', 'csv')).toEqual([false, true])
    expect(await known('a\tb\n1\t2\n', 'tsv')).toEqual([false, true])
    expect(await known('a\n\nb', 'lines')).toEqual([true, false, true])
    expect(await known('{"a":1}\n', 'jsonl')).toEqual([true])
  })
})

describe('a tally of rows', () => {
  const digest = (n: number): Buffer => {
    const bytes = Buffer.alloc(32)
    bytes.writeUInt32LE(n)
    return bytes
  }

  it('tells those that stand there once from those that come again', () => {
    const tally = tallyRows(1000)
    for (const n of [1, 2, 2, 3, 3, 3]) tally.add(digest(n))
    expect([1, 2, 3, 4].map((n) => tally.isOnce(digest(n)))).toEqual([true, false, false, false])
    expect(tally.once()).toBe(1)
  })
})
