import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentProblem } from '../../../api/src/datasets/check-content.ts'
import type { Files } from '../../../api/src/datasets/files.ts'
import { ContentError } from '../../../api/src/datasets/formats/content-error.ts'
import type { Sight } from '../../../api/src/datasets/formats/sight.ts'
import type { Source } from '../../../api/src/datasets/formats/source.ts'
import { sourceOf } from '../../../api/src/datasets/formats/source.ts'
import { stripped } from '../../../api/src/datasets/formats/strip.ts'
import { commaSeparated, tabSeparated } from '../../../api/src/datasets/formats/table.ts'
import { jsonLines, plainText } from '../../../api/src/datasets/formats/text.ts'
import { textGrid } from '../../../api/src/datasets/formats/text-grid.ts'
import { openFiles } from '../../../api/src/storage/files.ts'
import { parquet } from '../../support/parquet.ts'
import * as sound from '../../support/sounds.ts'

let dir: string
let files: Files
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'content-'))
  files = await openFiles({ dir })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** What a reader saw on its way. */
const watcher = () => {
  const units: string[] = []
  const words: string[] = []
  const personal: string[] = []
  const seconds: number[] = []
  const shares: (number | null)[] = []
  const sight: Sight = {
    unit: (text) => void units.push(text),
    words: (text) => void words.push(text),
    personal: ({ where, value }) => void personal.push(`${where}: ${value}`),
    sound: (one) => {
      seconds.push(one.seconds)
      shares.push(one.clipped, one.silent)
    },
  }
  return { units, words, personal, seconds, shares, sight }
}

const problem = async (bytes: string | Uint8Array, mediaType: string, sight?: Sight) =>
  contentProblem(files, { ...(await files.put(Buffer.from(bytes))), mediaType }, sight)

const seen = async (bytes: string | Uint8Array, mediaType: string) => {
  const watch = watcher()
  expect(await problem(bytes, mediaType, watch.sight)).toBeNull()
  return watch
}

const EAF = `<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="Jane Doe" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">
  <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
    <MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/Users/jane/a > b.wav" MIME_TYPE="audio/x-wav"/>
  </HEADER>
  <TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/></TIME_ORDER>
  <TIER LINGUISTIC_TYPE_REF="t" TIER_ID="one" PARTICIPANT='Mere'>
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts1">
      <ANNOTATION_VALUE>Tēnā koe &amp; Jane</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
</ANNOTATION_DOCUMENT>
`
const TMX = `<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">
<header creationid="jane" srclang="en" datatype="plaintext"/><body>
<tu><tuv xml:lang="en"><seg>Water</seg></tuv><tuv xml:lang="mi"><seg>Wai</seg></tuv></tu></body></tmx>`
const XLIFF = `<xliff version="1.2"><file original="/home/jane/letter.docx" source-language="en" datatype="plaintext">
<body><trans-unit id="1"><source>Water</source><target>Wai</target></trans-unit></body></file></xliff>`

const GRID = `File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "Mere"
        xmin = 0
        xmax = 2.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 1.25
            text = "he ""wai"""
        intervals [2]:
            xmin = 1.25
            xmax = 2.5
            text = "two
lines = 3"
    item [2]:
        class = "TextTier"
        name = ""
        xmin = 0
        xmax = 2.5
        points: size = 1
        points [1]:
            number = 1.5
            mark = "!"
`
const SHORT_GRID = `File type = "ooTextFile"
"TextGrid"
0
2.5
<exists>
1
"IntervalTier"
""
0
2.5
1
0
2.5
"wai"
`

describe('the content of a file', () => {
  it.each([
    ['text/plain', 'Tēnā koe.\r\n\tẸ kú àárọ̀.\f\n'],
    ['text/plain', '\ufeffwith a byte order mark\n'],
    ['text/csv', 'word,meaning\n"a ""quoted"", one",two\r\nthree,"over\ntwo lines"\n'],
    ['text/csv', 'only\n\none\n'],
    ['text/csv', 'said,by\n- not so,A\n= water,B\n(@home) x,C\n'],
    ['text/tab-separated-values', 'a\tb\n"\t,\n'],
    ['application/jsonlines', '{"kupu":"wai"}\n[1,2]\n"text"\n'],
    ['application/jsonlines', '{"last":"line without an end"}'],
    ['application/x-elan+xml', EAF],
    ['application/x-tmx+xml', TMX],
    ['application/xliff+xml', XLIFF],
    ['text/x-praat-textgrid', GRID],
    ['text/x-praat-textgrid', SHORT_GRID],
  ])('is taken as %s: %j', async (mediaType, text) => {
    expect(await problem(text, mediaType)).toBeNull()
  })

  it.each([
    ['audio/wav', sound.wav()],
    ['audio/wav', sound.wav(sound.info('IART', 'Mere'))],
    ['audio/ogg', sound.opus()],
    ['audio/webm', sound.webm()],
    ['audio/flac', sound.flac()],
    ['audio/flac', sound.flac(2, 0)],
    ['audio/mpeg', sound.mp3()],
    ['audio/mpeg', sound.mp3(sound.id3('TPE1', 'Mere'))],
    ['application/vnd.apache.parquet', parquet()],
    [
      'application/vnd.apache.parquet',
      parquet({ codec: 2, unpacked: 12, page: gzipSync(Buffer.from(new Int32Array(3).buffer)) }),
    ],
  ])('is taken as %s when it is whole', async (mediaType, bytes) => {
    expect(await problem(bytes, mediaType)).toBeNull()
  })

  it('must be UTF-8 when it is text, also across pieces of a long file', async () => {
    const wide = Buffer.from('\ufeffM\u0101ori', 'utf16le')
    expect(await problem(wide, 'text/plain')).toContain('UTF-8')
    expect(await problem(Buffer.from('caf\u00e9', 'latin1'), 'text/plain')).toContain('UTF-8')
    const long = 'ā'.repeat(300_001)
    expect(await problem(`x${long}`, 'text/plain')).toBeNull()
    expect(await problem(Buffer.from(long).subarray(0, -1), 'text/plain')).toContain('UTF-8')
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
    ['a TextGrid', textGrid, '"1 \n<e>'],
  ] as const)('as %s has one verdict wherever its pieces are cut', async (_, format, alphabet) => {
    const verdict = async (pieces: readonly string[]): Promise<string | null> => {
      const whole = Buffer.from(pieces.join(''))
      const source: Source = {
        size: whole.length,
        read: async function* () {
          for (const piece of pieces) yield Buffer.from(piece)
        },
        at: async (position, length) => whole.subarray(position, position + length),
      }
      try {
        await format(source, watcher().sight)
        return null
      } catch (error) {
        if (error instanceof ContentError) return error.message
        throw error
      }
    }
    const piece = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        expect(await verdict(pieces)).toBe(await verdict([pieces.join('')]))
      }),
      { numRuns: 200 },
    )
  })
})

describe('going through a file', () => {
  it('meets every unit and every word', async () => {
    expect((await seen(EAF, 'application/x-elan+xml')).units).toEqual(['Tēnā koe & Jane'])
    expect((await seen(TMX, 'application/x-tmx+xml')).units).toEqual(['Water', 'Wai'])
    expect((await seen(XLIFF, 'application/xliff+xml')).units).toEqual(['Water', 'Wai'])
    const grid = await seen(GRID, 'text/x-praat-textgrid')
    expect(grid.units).toEqual(['he "wai"', 'two\nlines = 3', '!'])
    expect((await seen('a,b\nc,d\n', 'text/csv')).words).toEqual(['a', 'b', 'c', 'd'])
  })

  it('meets what tells who people are', async () => {
    const eaf = await seen(EAF, 'application/x-elan+xml')
    expect(eaf.personal).toEqual([
      'ANNOTATION_DOCUMENT AUTHOR: Jane Doe',
      'MEDIA_DESCRIPTOR MEDIA_URL: file:///C:/Users/jane/a > b.wav',
      'TIER PARTICIPANT: Mere',
    ])
    expect((await seen(GRID, 'text/x-praat-textgrid')).personal).toEqual(['name of tier 1: Mere'])
    expect((await seen(TMX, 'application/x-tmx+xml')).personal).toEqual(['header creationid: jane'])
    const recorded = sound.wav(sound.info('IART', 'Mere'), sound.chunk('bext', Buffer.alloc(6)))
    expect((await seen(recorded, 'audio/wav')).personal.join('\n')).toMatch(/bext.*\n.*IART: Mere/)
    const opus = await seen(sound.opus('ARTIST=Mere'), 'audio/ogg')
    expect(opus.personal).toEqual(['vorbis ARTIST: Mere'])
    const webm = await seen(
      sound.webm(sound.webmTags('ENCODER', 'x'), sound.webmTags('ARTIST', 'Mere')),
      'audio/webm',
    )
    expect(webm.personal).toEqual(['WebM ARTIST: Mere'])
    const mp3 = await seen(sound.mp3(sound.id3('TPE1', 'Mere')), 'audio/mpeg')
    expect(mp3.personal).toEqual(['ID3v2.4 TPE1: Mere'])
  })

  it('measures sound', async () => {
    expect((await seen(sound.opus(), 'audio/ogg')).seconds).toEqual([1])
    expect((await seen(sound.flac(5), 'audio/flac')).seconds).toEqual([0.12])
    expect((await seen(sound.webm(), 'audio/webm')).seconds).toEqual([0.06])
    const loud = sound.riff(sound.fmt(), sound.samples(32_767, -32_768, 0, 9000))
    expect((await seen(loud, 'audio/wav')).shares).toEqual([0.5, 0.25])
  })
})

describe('taking names out', () => {
  const strip = async (bytes: string | Uint8Array, mediaType: string): Promise<Buffer> => {
    const pieces: Uint8Array[] = []
    const source = sourceOf(files, await files.put(Buffer.from(bytes)))
    for await (const piece of stripped(source, mediaType)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  it.each([
    ['audio/wav', sound.wav(sound.info('IART', 'Mere')), sound.wav()],
    ['audio/mpeg', sound.mp3(sound.id3('TPE1', 'Mere')), sound.mp3()],
    [
      'audio/flac',
      sound.flac(3, 576, sound.flacBlock(4, sound.opusTags('ARTIST=Mere').subarray(8), true)),
      sound.flac(),
    ],
  ] as const)('of %s leaves the sound byte for byte', async (mediaType, bytes, bare) => {
    expect((await seen(bytes, mediaType)).personal.join()).toContain('Mere')
    expect(await strip(bytes, mediaType)).toEqual(bare)
  })

  it('of Opus rewrites the comments alone, however long they were', async () => {
    const long = Buffer.concat([
      sound.oggPage(sound.opusHead(), { flags: 2, sequence: 0 }),
      sound.oggPage(sound.opusTags(`ARTIST=${'Mere'.repeat(900)}`), { sequence: 1 }),
      sound.oggPage(Buffer.alloc(300, 3), { flags: 4, sequence: 2, granule: 24_000n }),
    ])
    const bare = await strip(long, 'audio/ogg')
    const watch = await seen(bare, 'audio/ogg')
    expect(watch.personal).toEqual([])
    expect(watch.seconds).toEqual([0.5])
    expect(bare.includes('Mere')).toBe(false)
    expect(bare.includes(Buffer.alloc(300, 3))).toBe(true)
  })

  it('of WebM blanks the tags and moves nothing', async () => {
    const named = sound.webm(sound.webmTags('ARTIST', 'Mere'))
    const bare = await strip(named, 'audio/webm')
    expect(bare.length).toBe(named.length)
    expect(bare.includes('Mere')).toBe(false)
    const watch = await seen(bare, 'audio/webm')
    expect(watch.personal).toEqual([])
    expect(watch.seconds).toEqual([0.06])
    const from = named.indexOf(Buffer.from('1f43b675', 'hex'))
    expect(bare.subarray(from)).toEqual(named.subarray(from))
  })

  it('of annotations leaves what was said, also where it holds the same name', async () => {
    const bare = (await strip(EAF, 'application/x-elan+xml')).toString()
    const watch = await seen(bare, 'application/x-elan+xml')
    expect(watch.units).toEqual(['Tēnā koe & Jane'])
    expect(watch.personal).toEqual(['MEDIA_DESCRIPTOR MEDIA_URL: a > b.wav'])
    expect(bare).not.toMatch(/Jane Doe|Users|Mere/)
  })

  it('is refused where names cannot be told from words', async () => {
    await expect(async () => strip('a\n', 'text/plain')).rejects.toThrow('take them out yourself')
  })
})
