import { canonicalJson } from './canonical.ts'

/** This part of the rows is missing from each fingerprinted copy, in each copy other ones. */
export const WITHHELD_SHARE = 0.01

/** A file with fewer rows goes out whole: what is missing from so few would name nobody. */
export const LEAST_ROWS = 2000

/** How likely it may be, over all grants together, that anybody is named by chance. */
export const NAMING_LEVEL = 1e-3

export type RowFormat = 'jsonl' | 'csv' | 'tsv' | 'lines'

const FORMATS: Readonly<Record<string, RowFormat>> = {
  'application/jsonlines': 'jsonl',
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'text/plain': 'lines',
}

const isTest = (path: string): boolean => /(^|[^a-z])tests?([^a-z]|$)/i.test(path)

/** What is known of a file before it is read. */
export interface RowFile {
  readonly path: string
  readonly mediaType: string
  /** What it is released as, when that is something by itself. */
  readonly artefact?: string | undefined
}

/**
 * How a file falls into rows; null for one that is never touched: sound, prose and packed tables have
 * no rows to miss, test data must stay comparable, and lines of a translation answer to lines elsewhere.
 */
export function rowFormat({ path, mediaType, artefact }: RowFile, kind: string): RowFormat | null {
  const format = FORMATS[mediaType] ?? null
  const isData = artefact === undefined || artefact === 'training'
  if (!isData || isTest(path) || (format === 'lines' && kind === 'parallel')) return null
  return format
}

/** The first row of a table names its columns and is no row of data. */
export const hasHeader = (format: RowFormat): boolean => format === 'csv' || format === 'tsv'

const QUOTED = /"((?:[^"]|"")*)"|[^,]+/g

const cellsOf = (record: string): string =>
  record.includes('"')
    ? Array.from(record.matchAll(QUOTED), ([all, inner]) => inner?.replaceAll('""', '"') ?? all)
        .map((cell) => cell.trim())
        .join(' ')
    : record.replaceAll(',', ' ')

const spoken = (row: string, format: RowFormat): string => {
  if (format === 'csv') return cellsOf(row)
  return format === 'jsonl' ? canonicalJson(JSON.parse(row)) : row
}

/**
 * What a row says, however it is spaced, quoted or composed, so that a copy which was tidied up is
 * still known; null for one that says nothing.
 */
export function rowContent(row: string, format: RowFormat): string | null {
  try {
    const content = spoken(row.replace(/^\uFEFF/, ''), format)
      .normalize('NFC')
      .replaceAll(/\s+/g, ' ')
      .trim()
    return content === '' ? null : content
  } catch {
    // No JSON: nothing by which it could be known again.
    return null
  }
}

/** Whether a row is missing from a copy, by the first bytes of what its key makes of the row. */
export function isWithheld(drawn: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = drawn
  return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32 < WITHHELD_SHARE
}

/** How many rows have to be compared before one of so many copies can be named. */
export const rowsNeeded = (copies: number): number =>
  Math.ceil(Math.log(NAMING_LEVEL / Math.max(1, copies)) / Math.log(1 - WITHHELD_SHARE))

/** How likely it is that at most `held` of `rows` rows are missing from a copy that has nothing to do with them. */
export function chanceOf(held: number, rows: number): number {
  const odds = Math.log(WITHHELD_SHARE) - Math.log(1 - WITHHELD_SHARE)
  let term = rows * Math.log(1 - WITHHELD_SHARE)
  let sum = Math.exp(term)
  for (let k = 0; k < held; k++) {
    term += Math.log((rows - k) / (k + 1)) + odds
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

/** `tooFew`: not enough rows to tell; `nobody`: no copy explains them; `named`: these do. */
export interface Trace {
  readonly outcome: 'tooFew' | 'nobody' | 'named'
  /** How many rows would be needed. */
  readonly needed: number
  /** Places of the copies that the rows came from, in the list that was given. */
  readonly named: readonly number[]
}

/**
 * Which copies some rows came from. `held`: for each copy, how many of these rows it must not have
 * had. A copy is named only where chance would name any of them once in a thousand leaks.
 */
export function traceCopies(rows: number, held: readonly number[]): Trace {
  const needed = rowsNeeded(held.length)
  if (rows < needed) return { outcome: 'tooFew', needed, named: [] }
  const level = NAMING_LEVEL / held.length
  const named = held.flatMap((count, at) => (chanceOf(count, rows) <= level ? [at] : []))
  return { outcome: named.length > 0 ? 'named' : 'nobody', needed, named }
}
