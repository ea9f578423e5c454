import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetReadObjects,
  snappyUncompress,
} from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { ContentError } from './content-error.ts'
import type { Format, Sight } from './sight.ts'
import type { Source } from './source.ts'

const MIB = 1024 * 1024
const MAX_FOOTER = 8 * MIB
const MAX_CHUNK = 48 * MIB
const MAX_PAGE = 16 * MIB
const MAX_VALUES = 1024 * 1024
const MAX_COLUMNS = 10_000

const fault = (message: string): ContentError => new ContentError(message)

const page = (length: number): number => {
  if (length <= MAX_PAGE) return length
  throw fault(`a page of it unpacks to more than ${MAX_PAGE} bytes; write smaller pages`)
}

/** Unpackers that stop where a page ends. Zstandard and LZ4 are not among them. */
const COMPRESSORS: Compressors = {
  SNAPPY: (input, length) => {
    const output = new Uint8Array(page(length))
    snappyUncompress(input, output)
    return output
  },
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: page(length) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: page(length) }),
}

const asyncBuffer = ({ size, at }: Source): AsyncBuffer => ({
  byteLength: size,
  slice: async (start, end = size) => {
    const bytes = await at(start, end - start)
    return Uint8Array.from(bytes).buffer
  },
})

const footerOf = async (source: Source): Promise<FileMetaData> => {
  const { size, at } = source
  const [head, tail] = [Buffer.from(await at(0, 4)), Buffer.from(await at(size - 8, 8))]
  if (size < 12 || head.toString('latin1') !== 'PAR1' || tail.toString('latin1', 4) !== 'PAR1')
    throw fault('it does not begin and end like a Parquet file; write it anew')
  const length = tail.readUInt32LE(0)
  if (length > MAX_FOOTER || length > size - 12)
    throw fault(`its footer names ${length} bytes for itself, which do not fit; write it anew`)
  return parquetMetadataAsync(asyncBuffer(source), { geoparquet: false })
}

const startOf = ({ dictionary_page_offset: dictionary, data_page_offset: data }: ColumnMetaData) =>
  Number(dictionary && dictionary < data ? dictionary : data)

/** The bytes of one column in one row group; throws when there are none or too many. */
const chunkOf = async (source: Source, column: ColumnMetaData, where: string): Promise<Buffer> => {
  const start = startOf(column)
  const length = Number(column.total_compressed_size)
  if (start < 4 || length < 0 || start + length > source.size)
    throw fault(`${where} lies outside of the file; it was cut or changed`)
  if (Math.max(length, Number(column.total_uncompressed_size)) > MAX_CHUNK)
    throw fault(`${where} has more than ${MAX_CHUNK} bytes; write smaller row groups`)
  return source.at(start, length)
}

/** How many values the headers of its pages promise, none of which is unpacked. */
const countValues = (bytes: Buffer, where: string): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const reader = { view, offset: 0 }
  let unpacked = 0
  let values = 0
  while (reader.offset < bytes.length) {
    const header = parquetHeader(reader)
    const { compressed_page_size: packed, uncompressed_page_size, dictionary_page_header } = header
    if (packed < 0 || reader.offset + packed > bytes.length)
      throw fault(`a page of ${where} ends outside of it; it was cut or changed`)
    values += (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0
    unpacked += page(uncompressed_page_size)
    if (Math.max(values, dictionary_page_header?.num_values ?? 0) > MAX_VALUES)
      throw fault(`${where} has more than ${MAX_VALUES} values; write smaller row groups`)
    if (unpacked > MAX_CHUNK)
      throw fault(`${where} unpacks to more than ${MAX_CHUNK} bytes; write smaller row groups`)
    reader.offset += packed
  }
  return values
}

/** Before anything is unpacked, what its headers promise must be bearable. */
const checkPages = async (source: Source, column: ColumnMetaData, where: string): Promise<void> => {
  const values = countValues(await chunkOf(source, column, where), where)
  if (values !== Number(column.num_values))
    throw fault(`${where} holds ${values} values and names ${column.num_values}; write it anew`)
}

const see = (value: unknown, sight: Sight): void => {
  if (typeof value === 'string') sight.words(value)
  else if (Array.isArray(value)) for (const one of value) see(one, sight)
}

const readGroup = async (
  source: Source,
  metadata: FileMetaData,
  group: number,
  rowStart: number,
  sight: Sight,
): Promise<number> => {
  const { columns, num_rows } = metadata.row_groups[group] ?? { columns: [], num_rows: 0n }
  const rowEnd = rowStart + Number(num_rows)
  if (num_rows > BigInt(MAX_VALUES))
    throw fault(`row group ${group + 1} has ${num_rows} rows, at most ${MAX_VALUES} are taken`)
  for (const { meta_data: column } of columns) {
    if (!column) throw fault(`row group ${group + 1} names a column it does not describe`)
    const where = `column ${column.path_in_schema.join('.')} of row group ${group + 1}`
    await checkPages(source, column, where)
  }
  // A column after the other: a row group is never in memory whole.
  for (const name of new Set(columns.map(({ meta_data }) => meta_data?.path_in_schema[0] ?? '')))
    await parquetRead({
      file: asyncBuffer(source),
      metadata,
      columns: [name],
      rowStart,
      rowEnd,
      compressors: COMPRESSORS,
      geoparquet: false,
      onPage: ({ columnData }) => {
        for (const value of columnData) see(value, sight)
      },
    })
  return rowEnd
}

/** Apache Parquet, every page of every column; a row group has at most 2²⁰ rows. */
export const parquet: Format = async (source, sight) => {
  try {
    const metadata = await footerOf(source)
    const columns = metadata.row_groups.reduce((most, one) => Math.max(most, one.columns.length), 0)
    if (columns > MAX_COLUMNS)
      throw fault(`it has ${columns} columns, at most ${MAX_COLUMNS} are taken`)
    let row = 0
    for (const group of metadata.row_groups.keys())
      row = await readGroup(source, metadata, group, row, sight)
    if (row !== Number(metadata.num_rows))
      throw fault(`it names ${metadata.num_rows} rows and holds ${row}; write it anew`)
  } catch (error) {
    if (error instanceof ContentError) throw error
    const said = error instanceof Error ? error.message.slice(0, 200) : 'unreadable'
    throw fault(`it cannot be read as Parquet (${said}); write it anew, packed with snappy or gzip`)
  }
}

/** Bytes of all columns of a sample, packed or not, whichever are more. */
const SAMPLE = 16 * MIB

/** The columns, each whole, of which the first row group is small enough to be read for a sample. */
const affordable = ({ row_groups: [first] }: FileMetaData): readonly string[] => {
  const names: string[] = []
  let bytes = 0
  for (const { meta_data: column } of first?.columns ?? []) {
    const [name = ''] = column?.path_in_schema ?? []
    bytes += Number(column?.total_compressed_size) + Number(column?.total_uncompressed_size)
    if (bytes > SAMPLE) return names.filter((one) => one !== name)
    if (!names.includes(name)) names.push(name)
  }
  return names
}

/** The first rows of a file that was found good when it came in, and how many it has. */
export const parquetRows = async (
  source: Source,
  most: number,
): Promise<{
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly of: number
}> => {
  const metadata = await footerOf(source)
  const columns = [...affordable(metadata)]
  // One row group is read, never more.
  const first = Number(metadata.row_groups[0]?.num_rows ?? 0)
  const rows =
    columns.length === 0
      ? []
      : await parquetReadObjects({
          file: asyncBuffer(source),
          metadata,
          columns,
          rowStart: 0,
          rowEnd: Math.min(most, first),
          compressors: COMPRESSORS,
          geoparquet: false,
        })
  return { rows, of: Number(metadata.num_rows) }
}
