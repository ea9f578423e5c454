import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import type { Files } from './files.ts'
import { parquetRows } from './formats/parquet.ts'
import { BLIND } from './formats/sight.ts'
import { type Source, sourceOf } from './formats/source.ts'
import { marksIn } from './formats/text-grid.ts'
import { type Excerpt, waveExcerpt } from './formats/wave.ts'
import { hasXmlRows, type Rows, xmlRows } from './formats/xml-rows.ts'

/** What the rows that were read say of one column; the file as a whole may say something else. */
export interface ColumnProfile {
  readonly name: string
  /** Rows in which something stands, and how many different things. */
  readonly filled: number
  readonly different: number
  /** Characters of the shortest and the longest of them. */
  readonly shortest: number
  readonly longest: number
}

export interface TableSample {
  readonly columns: readonly ColumnProfile[]
  /** The first rows, cell by cell. */
  readonly rows: readonly (readonly string[])[]
  /** How many rows the profile was made of. */
  readonly read: number
}

/** The beginning of a file, as it can be shown on a page; what it is not is null. */
export interface Sample {
  readonly lines: readonly string[] | null
  readonly table: TableSample | null
  readonly sound: Excerpt | null
  /** There is more in the file. */
  readonly more: boolean
}

interface Sampled {
  readonly sha256: string
  readonly size: number
  readonly mediaType: string
}

const LINES: ReadonlySet<string> = new Set(['text/plain', 'text/markdown'])
const DELIMITERS: Readonly<Record<string, string>> = {
  'text/csv': ',',
  'text/tab-separated-values': '\t',
}
const JSON_LINES = 'application/jsonlines'
const PARQUET = 'application/vnd.apache.parquet'
const TEXT_GRID = 'text/x-praat-textgrid'
const WAVE = 'audio/wav'

/** Whether a part of a file of this type can be shown. */
export const canBeSampled = ({ mediaType }: Pick<Sampled, 'mediaType'>): boolean =>
  LINES.has(mediaType) ||
  mediaType in DELIMITERS ||
  hasXmlRows(mediaType) ||
  [JSON_LINES, PARQUET, TEXT_GRID, WAVE].includes(mediaType)

/** Bytes of a text that are read for a sample, whatever its length. */
const READ = 64 * 1024
const LINES_SHOWN = 40
const ROWS_READ = 200
const ROWS_SHOWN = 10
const COLUMNS = 30
const CELL = 300
/** Seconds of a recording that can be heard. */
const SECONDS = 20

const clip = (text: string): string => {
  const letters = [...text]
  return letters.length > CELL ? `${letters.slice(0, CELL - 1).join('')}…` : text
}

/** The lines that were read whole. */
const wholeLines = (text: string, cut: boolean): readonly string[] => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  // Behind the last line break stands nothing, or a line that was cut in the middle.
  return lines.at(-1) === '' || (cut && lines.length > 1) ? lines.slice(0, -1) : lines
}

const profileOf = (name: string, cells: readonly string[]): ColumnProfile => {
  const filled = cells.filter((cell) => cell !== '')
  const lengths = filled.map((cell) => [...cell].length)
  return {
    name: clip(name),
    filled: filled.length,
    different: new Set(filled).size,
    shortest: lengths.reduce((least, one) => Math.min(least, one), lengths[0] ?? 0),
    longest: lengths.reduce((most, one) => Math.max(most, one), 0),
  }
}

const tableOf = (names: readonly string[], rows: readonly (readonly string[])[]): TableSample => {
  const kept = names.slice(0, COLUMNS)
  return {
    columns: kept.map((name, nth) =>
      profileOf(
        name,
        rows.map((row) => row[nth] ?? ''),
      ),
    ),
    rows: rows.slice(0, ROWS_SHOWN).map((row) => kept.map((_, nth) => clip(row[nth] ?? ''))),
    read: rows.length,
  }
}

const isRow = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((cell) => typeof cell === 'string')

const separated = (lines: readonly string[], delimiter: string): TableSample | null => {
  const quote = delimiter === '\t' ? false : '"'
  const options = { delimiter, quote, relax_column_count: true, skip_empty_lines: true }
  try {
    const rows: unknown = parse(lines.join('\n'), { ...options, to: ROWS_READ + 1 })
    const [names, ...rest] = Array.isArray(rows) ? rows.filter(isRow) : []
    return names ? tableOf(names, rest) : null
  } catch {
    // A quoted field went on behind what was read: it is shown as lines.
    return null
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const recordIn = (line: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

/** What JSON has no way to write: large whole numbers and bytes. */
const written = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value)
  return value instanceof Uint8Array ? `${value.length} bytes` : value
}

const cellOf = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  const text = JSON.stringify(value, written)
  // A date or a number of its own type stands there without quotes.
  return typeof value === 'object' && !(value instanceof Date || value instanceof Uint8Array)
    ? text
    : text.replace(/^"|"$/g, '')
}

/** Rows whose cells have names. */
const named = (rows: readonly ReadonlyMap<string, unknown>[]): TableSample => {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  return tableOf(
    names,
    rows.map((row) => names.map((name) => cellOf(row.get(name)))),
  )
}

const jsonLines = (lines: readonly string[]): TableSample | null => {
  const filled = lines.filter((line) => line.trim() !== '').slice(0, ROWS_READ)
  const records = filled.map(recordIn).filter((record) => record !== null)
  if (records.length === 0 || records.length < filled.length) return null
  return named(records.map((record) => new Map(Object.entries(record))))
}

const tableIn = (lines: readonly string[], mediaType: string): TableSample | null => {
  if (mediaType === JSON_LINES) return jsonLines(lines)
  const delimiter = DELIMITERS[mediaType]
  return delimiter === undefined ? null : separated(lines, delimiter)
}

/** The marks of a TextGrid. What a tier is called may be who is heard in it: they are numbered. */
const markRows = async (source: Source): Promise<Rows> => {
  const rows = []
  for await (const { tier, from, to, text } of marksIn(source, BLIND)) {
    if (rows.length === ROWS_READ) return { rows, whole: false }
    const cells = { tier: String(tier), 'from (s)': String(from), 'to (s)': String(to), text }
    rows.push(new Map(Object.entries(cells)))
  }
  return { rows, whole: true }
}

interface Read {
  readonly rows: readonly ReadonlyMap<string, unknown>[]
  readonly whole: boolean
}

/** Rows of a type that is read through its own format; null of one that is read as text. */
const readRows = async (source: Source, mediaType: string): Promise<Read | null> => {
  if (mediaType === TEXT_GRID) return markRows(source)
  if (mediaType !== PARQUET) return xmlRows(source, mediaType, ROWS_READ)
  const { rows, of } = await parquetRows(source, ROWS_READ)
  return { rows: rows.map((row) => new Map(Object.entries(row))), whole: rows.length === of }
}

/** Reads the beginning of a file that can be sampled. Ask the door first; nothing is kept of it. */
export const readSample = async (files: Pick<Files, 'read'>, file: Sampled): Promise<Sample> => {
  const nothing = { lines: null, table: null, sound: null }
  if (file.mediaType === WAVE) {
    const sound = await waveExcerpt(sourceOf(files, file), SECONDS)
    return { ...nothing, sound, more: sound !== null && sound.seconds < sound.ofSeconds }
  }
  const read = await readRows(sourceOf(files, file), file.mediaType)
  if (read) {
    const table = named(read.rows)
    return { ...nothing, table, more: !read.whole || table.read > table.rows.length }
  }
  const cut = file.size > READ
  const end = Math.min(file.size, READ) - 1
  const bytes = end < 0 ? Buffer.alloc(0) : await buffer(files.read(file.sha256, { start: 0, end }))
  const lines = wholeLines(bytes.toString('utf8'), cut)
  const table = tableIn(lines, file.mediaType)
  if (table) return { ...nothing, table, more: cut || table.read > table.rows.length }
  const shown = lines.slice(0, LINES_SHOWN).map(clip)
  return { ...nothing, lines: shown, more: cut || lines.length > LINES_SHOWN }
}
