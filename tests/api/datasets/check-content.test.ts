import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentProblem } from '../../../api/src/datasets/check-content.ts'
import { commaSeparated } from '../../../api/src/datasets/check-csv.ts'
import {
  ContentError,
  jsonLines,
  plainText,
  type TextCheck,
  tabSeparated,
} from '../../../api/src/datasets/check-text.ts'
import type { Files } from '../../../api/src/datasets/files.ts'
import { openFiles } from '../../../api/src/storage/files.ts'

let dir: string
let files: Files
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'content-'))
  files = await openFiles({ dir })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const problem = async (bytes: string | Uint8Array, mediaType: string) =>
  contentProblem(files, { ...(await files.put(Buffer.from(bytes))), mediaType })

const chunk = (name: string, body: Buffer, padded = true): Buffer => {
  const head = Buffer.alloc(8)
  head.write(name, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(padded ? body.length % 2 : 0)])
}

const wav = (...chunks: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks])
  return chunk('RIFF', body, false)
}
const FMT = chunk('fmt ', Buffer.alloc(16))
const SOUND = chunk('data', Buffer.alloc(5))

const page = (body: Buffer): Buffer => {
  const segments = Buffer.from([
    ...Array(Math.floor(body.length / 255)).fill(255),
    body.length % 255,
  ])
  const head = Buffer.alloc(27)
  head.write('OggS', 0, 'latin1')
  head[26] = segments.length
  return Buffer.concat([head, segments, body])
}

const flac = (...rest: Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('fLaC'),
    Buffer.from([0x00, 0, 0, 34]),
    Buffer.alloc(34),
    Buffer.from([0x84, 0, 0, 4]),
    Buffer.from('vorb'),
    ...rest,
  ])

describe('the content of a file', () => {
  it.each([
    ['text/plain', 'Tēnā koe.\r\n\tẸ kú àárọ̀.\f\n'],
    ['text/plain', '\ufeffwith a byte order mark\n'],
    ['text/csv', 'word,meaning\n"a ""quoted"", one",two\r\nthree,"over\ntwo lines"\n'],
    ['text/csv', 'only\n\none\n'],
    ['text/tab-separated-values', 'a\tb\n"\t,\n'],
    ['application/jsonlines', '{"kupu":"wai"}\n[1,2]\n"text"\n'],
    ['application/jsonlines', '{"last":"line without an end"}'],
  ])('is taken as %s: %j', async (mediaType, text) => {
    expect(await problem(text, mediaType)).toBeNull()
  })

  it.each([
    ['text/plain', 'one\ntwo\0', 'line 2'],
    ['text/plain', 'one\n\u001b[31mtwo', 'line 2'],
    ['text/csv', 'a,b\nc\n', 'row 2 has 1 columns, the first has 2'],
    ['text/csv', 'a,"b\n', 'never closes'],
    ['text/csv', 'a,"b"c\n', 'follows a closing quote'],
    ['text/csv', 'a,b"c\n', 'inside an unquoted field'],
    ['text/tab-separated-values', 'a\tb\n\nc\n', 'row 3'],
    ['application/jsonlines', '{"a":1}\n\n{"b":2}\n', 'line 2 is empty'],
    ['application/jsonlines', '{"a":1}\n{"b":2', 'line 2 is not'],
    ['application/jsonlines', '{"a":1}{"b":2}\n', 'line 1 is not'],
    ['text/html', '<p>', 'cannot be checked'],
  ])('is refused as %s: %j', async (mediaType, text, words) => {
    expect(await problem(text, mediaType)).toContain(words)
  })

  it('must be UTF-8 when it is text, also across pieces of a long file', async () => {
    expect(await problem(Buffer.from('\ufeffM\u0101ori', 'utf16le'), 'text/plain')).toContain(
      'UTF-8',
    )
    expect(await problem(Buffer.from('caf\u00e9', 'latin1'), 'text/plain')).toContain('UTF-8')
    const long = 'ā'.repeat(300_001)
    expect(await problem(`x${long}`, 'text/plain')).toBeNull()
    expect(await problem(Buffer.from(long).subarray(0, -1), 'text/plain')).toContain('UTF-8')
  })

  it.each([
    ['audio/wav', wav(FMT, SOUND)],
    ['audio/wav', wav(chunk('LIST', Buffer.alloc(7)), FMT, SOUND)],
    ['audio/ogg', Buffer.concat([page(Buffer.from('OpusHead')), page(Buffer.alloc(700))])],
    ['audio/flac', flac(Buffer.from([0xff, 0xf8, 1, 2]))],
  ])('is taken as %s when it is sound from end to end', async (mediaType, bytes) => {
    expect(await problem(bytes, mediaType)).toBeNull()
  })

  it.each([
    ['audio/wav', Buffer.concat([wav(FMT, SOUND), Buffer.from('<script>')])],
    ['audio/wav', wav(FMT, SOUND).subarray(0, -2)],
    ['audio/wav', wav(FMT)],
    ['audio/wav', Buffer.from('RIFF')],
    ['audio/ogg', Buffer.concat([page(Buffer.from('OpusHead')), Buffer.from('<html>'.repeat(6))])],
    ['audio/ogg', page(Buffer.alloc(300)).subarray(0, 100)],
    ['audio/flac', flac(Buffer.from('<html>'))],
    ['audio/flac', flac().subarray(0, 20)],
    ['audio/flac', wav(FMT, SOUND)],
  ])('is refused as %s when something else hides in it', async (mediaType, bytes) => {
    expect(await problem(bytes, mediaType)).not.toBeNull()
  })

  it('of any table written by the rules is taken as CSV', async () => {
    const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', 'ā', ' ') })
    const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 5,
      }),
    )
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join('\n')
        expect(await problem(text, 'text/csv')).toBeNull()
        expect(await problem(`${text}\n"x"\n`, 'text/csv')).toContain('columns')
      }),
      { numRuns: 25 },
    )
  })

  it.each([
    ['plain text', plainText, 'aā\n\r\t\0'],
    ['CSV', commaSeparated, 'a,"\n\r'],
    ['TSV', tabSeparated, 'a\t\n\r'],
    ['JSON Lines', jsonLines, '1,"[]\n'],
  ] as const)('as %s has one verdict wherever its pieces are cut', (_, make, alphabet) => {
    const verdict = (pieces: readonly string[]): string | null => {
      const check: TextCheck = make()
      try {
        for (const piece of pieces) check.take(piece)
        check.end()
        return null
      } catch (error) {
        if (error instanceof ContentError) return error.message
        throw error
      }
    }
    const piece = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 6 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        expect(verdict(pieces)).toBe(verdict([pieces.join('')]))
      }),
      { numRuns: 500 },
    )
  })
})
