import { Readable } from 'node:stream'
import { CsvError, type Options, parse } from 'csv-parse'
import { ContentError } from './content-error.ts'
import type { Format, Sight } from './sight.ts'
import { decoded, MAX_PIECE } from './text.ts'

const MAX_COLUMNS = 10_000

const TABLE: Options = {
  bom: true,
  skip_empty_lines: true,
  max_record_size: MAX_PIECE,
  record_delimiter: ['\r\n', '\n'],
}

// What spreadsheets take for a formula: `=…`, a function after a sign, a DDE call (OWASP, CSV Injection).
const FORMULA = /^(=\S|[+\-@][A-Z][A-Z0-9.]*\(|[=+\-@].*\|.*!)/i

const SAID: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field never closes; add the closing quote',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote; write a quote inside quotes twice',
  INVALID_OPENING_QUOTE: 'a quote inside an unquoted field; put the whole field in quotes',
  CSV_MAX_RECORD_SIZE: `a row is longer than ${MAX_PIECE} characters; its quotes may not close`,
}

const width = (record: unknown): number => (Array.isArray(record) ? record.length : 0)

const inWords = (error: CsvError): ContentError => {
  const line = `line ${String(error.lines ?? '?')}`
  if (error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH')
    return new ContentError(
      `${line}: the row has ${width(error.record)} columns, the first has another number; give every row as many`,
    )
  return new ContentError(
    `${line}: ${SAID[error.code] ?? 'this is no table; export it anew from your program'}`,
  )
}

const checkRow = (row: readonly string[], line: number): void => {
  if (row.length > MAX_COLUMNS)
    throw new ContentError(
      `line ${line}: the row has ${row.length} columns, at most ${MAX_COLUMNS} are taken; write records as rows`,
    )
  const at = row.findIndex((cell) => FORMULA.test(cell))
  if (at >= 0)
    throw new ContentError(
      `line ${line}, column ${at + 1} begins like a spreadsheet formula; put a space or an apostrophe before it`,
    )
}

const see = (row: readonly string[], sight: Sight): void => {
  sight.unit(row.join('\t'))
  for (const cell of row) sight.words(cell)
}

const table =
  (options: Options): Format =>
  async (source, sight) => {
    const parser = parse({ ...TABLE, ...options })
    const texts = Readable.from(decoded(source))
    // A fault of the text ends the table with it, and a fault of the table the text.
    texts.on('error', (error) => parser.destroy(error))
    try {
      for await (const row of texts.pipe(parser)) {
        checkRow(row, parser.info.lines)
        see(row, sight)
      }
    } catch (error) {
      throw error instanceof CsvError ? inWords(error) : error
    } finally {
      texts.destroy()
      parser.destroy()
    }
  }

/** Comma-separated values (RFC 4180): quotes close, every row has as many columns as the first. */
export const commaSeparated: Format = table({ delimiter: ',' })

/** Tab-separated values (IANA text/tab-separated-values): no quoting, one width. */
export const tabSeparated: Format = table({ delimiter: '\t', quote: false })
