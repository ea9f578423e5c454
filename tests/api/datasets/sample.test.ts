import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canBeSampled, readSample } from '../../../api/src/datasets/sample.ts'
import { parquet } from '../../support/parquet.ts'
import { chunk, fmt, info, riff } from '../../support/sounds.ts'

const sampleOf = (bytes: Buffer | string, mediaType: string) => {
  const held = Buffer.from(bytes)
  const read = (_: string, range: { start?: number; end?: number } = {}) =>
    Readable.from([held.subarray(range.start ?? 0, (range.end ?? held.length - 1) + 1)])
  return readSample({ read }, { sha256: '0'.repeat(64), size: held.length, mediaType })
}

const JSON_LINES = 'application/jsonlines'
const pair = (nth: number) => `${JSON.stringify({ id: nth, mi: `kupu ${nth}`, en: 'word' })}\n`

/** As many samples of a mono recording as `of` says, quiet but for one. */
const recording = (of: number, loud: number, ...extra: readonly Buffer[]): Buffer => {
  const sound = Buffer.alloc(of * 2)
  sound.writeInt16LE(32_767, loud * 2)
  return riff(fmt({ rate: 1_000 }), ...extra, chunk('data', sound))
}

describe('the sample of a file', () => {
  it('shows the first lines of a text and says when there are more', async () => {
    const few = await sampleOf('He kupu.\r\nHe kōrero.\n', 'text/plain')
    expect(few).toMatchObject({ lines: ['He kupu.', 'He kōrero.'], table: null, more: false })
    const many = await sampleOf('He kupu.\n'.repeat(41), 'text/plain')
    expect([many.lines?.length, many.more]).toEqual([40, true])
  })

  it('shows no line that was cut in the middle', async () => {
    const long = await sampleOf(`${'a'.repeat(40_000)}\n${'b'.repeat(40_000)}\n`, 'text/plain')
    expect(long.lines?.length).toBe(1)
    expect([long.lines?.[0]?.length, long.more]).toEqual([300, true])
  })

  it('puts pairs side by side and describes each column from the rows it read', async () => {
    const { table, more } = await sampleOf(
      Array.from({ length: 25 }, (_, nth) => pair(nth)).join(''),
      JSON_LINES,
    )
    expect(table?.rows.length).toBe(10)
    expect(table?.rows[3]).toEqual(['3', 'kupu 3', 'word'])
    expect([table?.read, more]).toEqual([25, true])
    expect(table?.columns).toContainEqual({
      name: 'en',
      filled: 25,
      different: 1,
      shortest: 4,
      longest: 4,
    })
  })

  it('leaves a cell empty where a row has none', async () => {
    const { table } = await sampleOf('{"a":"x"}\n{"b":["y"]}\n', JSON_LINES)
    expect(table?.rows).toEqual([
      ['x', ''],
      ['', '["y"]'],
    ])
  })

  it('reads commas inside quotes, and tabs without quotes', async () => {
    const commas = await sampleOf('word,meaning\n"a, b","c"\n', 'text/csv')
    expect(commas.table?.rows).toEqual([['a, b', 'c']])
    const tabs = await sampleOf('word\tmeaning\n"a\tb\n', 'text/tab-separated-values')
    expect(tabs.table?.rows).toEqual([['"a', 'b']])
  })

  it('shows what is no table as lines', async () => {
    expect((await sampleOf('{"a":1}\nbroken\n', JSON_LINES)).lines).toEqual(['{"a":1}', 'broken'])
    expect((await sampleOf('a,b\n"never closed', 'text/csv')).lines?.[1]).toBe('"never closed')
  })

  it('never shows more of a text than its limits, whatever is in it', async () => {
    const types = fc.constantFrom('text/plain', 'text/csv', JSON_LINES)
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 2_000 }), types, async (text, mediaType) => {
        const { lines, table } = await sampleOf(text, mediaType)
        expect((lines === null) !== (table === null)).toBe(true)
        expect((lines ?? []).length + (table?.rows.length ?? 0)).toBeLessThanOrEqual(40)
        const cells = [...(lines ?? []), ...(table?.rows.flat() ?? [])]
        expect(Math.max(0, ...cells.map((cell) => [...cell].length))).toBeLessThanOrEqual(300)
      }),
    )
  })

  it('cuts the first seconds out of a recording, with its loudest levels', async () => {
    const { sound, more } = await sampleOf(recording(60_000, 10_000), 'audio/wav')
    expect([sound?.seconds, sound?.ofSeconds, more]).toEqual([20, 60, true])
    expect(sound?.peaks.length).toBe(120)
    expect(
      sound?.peaks.map((peak, nth) => (peak > 0.9 ? nth : -1)).filter((nth) => nth >= 0),
    ).toEqual([60])
    // The cut is a whole file of its own, and its own cut is the same.
    const again = await sampleOf(sound?.bytes ?? '', 'audio/wav')
    expect(again.more).toBe(false)
    expect(again.sound?.bytes.equals(sound?.bytes ?? Buffer.alloc(0))).toBe(true)
  })

  it('leaves out of a recording what its tags say', async () => {
    const { sound } = await sampleOf(recording(100, 1, info('IART', 'Aroha')), 'audio/wav')
    expect(sound?.bytes.includes('Aroha')).toBe(false)
    expect(sound?.seconds).toBe(0.1)
  })

  it('puts the languages of a translation memory side by side', async () => {
    const unit = (mi: string, en: string) =>
      `<tu><tuv xml:lang="mi"><seg>${mi}</seg></tuv><tuv xml:lang="en"><seg>${en}</seg></tuv></tu>`
    const tmx = (units: string) =>
      `<?xml version="1.0"?><tmx version="1.4"><header/><body>${units}</body></tmx>`
    const few = await sampleOf(
      tmx(unit('He <ph>x</ph>kupu', 'A word') + unit('Kāo', '')),
      'application/x-tmx+xml',
    )
    expect(few.table?.columns.map(({ name }) => name)).toEqual(['mi', 'en'])
    expect(few.table?.rows).toEqual([
      ['He xkupu', 'A word'],
      ['Kāo', ''],
    ])
    expect(few.more).toBe(false)
    const many = await sampleOf(tmx(unit('Āe', 'Yes').repeat(201)), 'application/x-tmx+xml')
    expect([many.table?.read, many.table?.rows.length, many.more]).toEqual([200, 10, true])
  })

  it('shows source and target of an XLIFF file without the alternatives', async () => {
    const unit =
      '<trans-unit><source>Yes</source><target>Āe</target><alt-trans><source>No</source><target>Kāo</target></alt-trans></trans-unit>'
    const xliff = `<xliff version="1.2"><file><body>${unit}</body></file></xliff>`
    const { table } = await sampleOf(xliff, 'application/xliff+xml')
    expect(table?.rows).toEqual([['Yes', 'Āe']])
  })

  it('shows the annotations of an ELAN file with their times', async () => {
    const eaf = `<ANNOTATION_DOCUMENT AUTHOR="Somebody"><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="250"/><TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="1500"/></TIME_ORDER>
      <TIER TIER_ID="words" PARTICIPANT="Somebody"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a" TIME_SLOT_REF2="b"><ANNOTATION_VALUE>Tēnā koe</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
      <TIER TIER_ID="gloss"><ANNOTATION><REF_ANNOTATION><ANNOTATION_VALUE>hello</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>`
    const sample = await sampleOf(eaf, 'application/x-elan+xml')
    expect(sample.table?.columns.map(({ name }) => name)).toEqual([
      'tier',
      'from (s)',
      'to (s)',
      'text',
    ])
    expect(sample.table?.rows).toEqual([
      ['words', '0.25', '1.5', 'Tēnā koe'],
      ['gloss', '', '', 'hello'],
    ])
    expect(JSON.stringify(sample)).not.toContain('Somebody')
  })

  it('shows the marks of a TextGrid and not what its tiers are called', async () => {
    const grid = `"ooTextFile" "TextGrid" 0 2 <exists> 2
      "IntervalTier" "Somebody" 0 2 1
      0.5 1.25 "Tēnā koe"
      "TextTier" "clicks" 0 2 1
      1.5 "!"`
    const sample = await sampleOf(grid, 'text/x-praat-textgrid')
    expect(sample.table?.rows).toEqual([
      ['1', '0.5', '1.25', 'Tēnā koe'],
      ['2', '1.5', '1.5', '!'],
    ])
    expect(JSON.stringify(sample)).not.toContain('Somebody')
  })

  it('shows the first rows of a Parquet file', async () => {
    const { table, more } = await sampleOf(parquet(), 'application/vnd.apache.parquet')
    expect(table?.rows.length).toBeGreaterThan(0)
    expect(table?.rows.flat().every((cell) => /^-?\d+$/.test(cell))).toBe(true)
    expect(more).toBe(false)
  })

  it('is not made of what cannot be shown in part', async () => {
    expect(canBeSampled({ mediaType: 'audio/flac' })).toBe(false)
    expect(canBeSampled({ mediaType: 'audio/wav' })).toBe(true)
    const law = riff(fmt({ tag: 6, bits: 8 }), chunk('data', Buffer.alloc(100)))
    expect((await sampleOf(law, 'audio/wav')).sound).toBeNull()
  })
})
