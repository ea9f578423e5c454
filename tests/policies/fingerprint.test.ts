import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isWithheld,
  LEAST_ROWS,
  NAMING_LEVEL,
  rowContent,
  rowFormat,
  rowsNeeded,
  traceCopies,
  WITHHELD_SHARE,
} from '../../policies/index.ts'
import { chanceOf } from '../../policies/rules/fingerprint.ts'

const drawn = (value: number): Uint8Array =>
  Uint8Array.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])

describe('what of a file can be missed', () => {
  const ofText = (path: string, mediaType: string) => rowFormat({ path, mediaType }, 'text')

  it('are the rows of tables, JSON lines and plain lines', () => {
    expect(ofText('a.csv', 'text/csv')).toBe('csv')
    expect(ofText('a.tsv', 'text/tab-separated-values')).toBe('tsv')
    expect(ofText('a.jsonl', 'application/jsonlines')).toBe('jsonl')
    expect(ofText('a.txt', 'text/plain')).toBe('lines')
  })

  it('is nothing of sound, prose or packed tables', () => {
    for (const type of ['audio/wav', 'text/markdown', 'application/vnd.apache.parquet'])
      expect(ofText('a', type)).toBeNull()
  })

  it('is nothing of test data, by whatever path it goes, but of what only sounds so', () => {
    for (const path of ['test.csv', 'data/test/a.csv', 'a-test.csv', 'A_TEST.csv', 'tests/a.csv'])
      expect(ofText(path, 'text/csv')).toBeNull()
    for (const path of ['contest.csv', 'testimony.csv', 'latest/a.csv'])
      expect(ofText(path, 'text/csv')).toBe('csv')
  })

  it('is nothing of what is released as test data or code, but of training data', () => {
    const file = { path: 'a.csv', mediaType: 'text/csv' }
    for (const artefact of ['test', 'code', 'regime', 'model'])
      expect(rowFormat({ ...file, artefact }, 'text')).toBeNull()
    expect(rowFormat({ ...file, artefact: 'training' }, 'text')).toBe('csv')
  })

  it('is nothing of lines that answer to lines elsewhere, but of a table that holds both', () => {
    const kind = 'parallel'
    expect(rowFormat({ path: 'a.txt', mediaType: 'text/plain' }, kind)).toBeNull()
    expect(rowFormat({ path: 'a.csv', mediaType: 'text/csv' }, kind)).toBe('csv')
  })
})

describe('what a row says', () => {
  it('is the same however it is spaced, composed, quoted or ordered', () => {
    expect(rowContent('a  b\r\n', 'lines')).toBe(rowContent('a b', 'lines'))
    expect(rowContent('e\u0301', 'lines')).toBe(rowContent('\u00e9', 'lines'))
    expect(rowContent('"a","b, c"', 'csv')).toBe('a b, c')
    expect(rowContent('a,"b"', 'csv')).toBe(rowContent('a,b', 'csv'))
    expect(rowContent('a\tb', 'tsv')).toBe(rowContent('a,b', 'csv'))
    expect(rowContent('{"a":1,"b":"x"}', 'jsonl')).toBe(rowContent('{ "b":"x", "a":1.0 }', 'jsonl'))
  })

  it('is another for other words, and nothing for an empty row or what is no JSON', () => {
    expect(rowContent('a b', 'lines')).not.toBe(rowContent('a c', 'lines'))
    expect(rowContent('  \r\n', 'lines')).toBeNull()
    expect(rowContent('{"a":', 'jsonl')).toBeNull()
  })
})

describe('the choice of rows', () => {
  it('takes a hundredth of all that can be drawn, from the bottom', () => {
    const first = Math.ceil(WITHHELD_SHARE * 2 ** 32)
    expect(isWithheld(drawn(0))).toBe(true)
    expect(isWithheld(drawn(first - 1))).toBe(true)
    expect(isWithheld(drawn(first))).toBe(false)
    expect(isWithheld(drawn(2 ** 32 - 1))).toBe(false)
  })
})

describe('tracing', () => {
  it('needs the rows the design asks for: the logarithm of copies over level, over the share', () => {
    expect(rowsNeeded(1000)).toBeLessThanOrEqual(Math.log(1000 / NAMING_LEVEL) / WITHHELD_SHARE)
    expect(rowsNeeded(1000)).toBe(1375)
    expect(LEAST_ROWS).toBeGreaterThan(rowsNeeded(10_000))
  })

  it('never names the more of the copies the fewer rows there are, nor the longer list of copies', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.integer({ min: 2, max: 400 }), (rows, copies) => {
        const held = Array.from({ length: copies }, () => 0)
        const one = traceCopies(rows, held)
        expect(one.outcome).toBe(rows < rowsNeeded(copies) ? 'tooFew' : 'named')
        if (one.outcome === 'named') expect(traceCopies(rows, held.slice(1)).outcome).toBe('named')
      }),
    )
  })

  it('gives the chance of so few missing rows as the sum of the binomial terms', () => {
    expect(chanceOf(0, 100)).toBeCloseTo(0.99 ** 100, 10)
    expect(chanceOf(1, 100)).toBeCloseTo(0.99 ** 100 + 100 * 0.01 * 0.99 ** 99, 10)
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 50, max: 20_000 }), (held, rows) => {
        expect(chanceOf(held, rows)).toBeLessThanOrEqual(chanceOf(held + 1, rows))
        expect(chanceOf(rows, rows)).toBeCloseTo(1, 6)
      }),
      { numRuns: 30 },
    )
  })

  it('names who has none of the rows missing, and still when a few came from elsewhere', () => {
    const others = Array.from({ length: 20 }, () => 50)
    expect(traceCopies(5000, [...others, 0]).named).toEqual([20])
    expect(traceCopies(5000, [...others, 10]).named).toEqual([20])
    expect(traceCopies(5000, [...others, 40])).toMatchObject({ outcome: 'nobody', named: [] })
  })

  it('says that it cannot tell from too few rows, though one copy fits', () => {
    const few = rowsNeeded(2) - 1
    expect(traceCopies(few, [0, 9]).outcome).toBe('tooFew')
    expect(traceCopies(few + 1, [0, 9]).outcome).toBe('named')
  })

  it('names nobody where nobody has a copy', () => {
    expect(traceCopies(20_000, [])).toMatchObject({ outcome: 'nobody', named: [] })
  })
})
