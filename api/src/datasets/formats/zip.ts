import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { parseFilePath, pathConflict } from '../file-path.ts'
import { ContentError } from './content-error.ts'
import type { Source } from './source.ts'

/** Files an archive may hold. */
export const MAX_ENTRIES = 10_000
/** How many times larger than packed a file may become. */
export const MAX_RATIO = 100
// Small files of one letter pack better than any limit would allow, and do no harm.
const RATIO_FROM = 64 * 1024

/** A file in an archive, with the path it will have. */
export interface ZipEntry {
  readonly path: string
  readonly size: number
  readonly read: () => AsyncIterable<Uint8Array>
}

async function* pieces({ at }: Source, start: number, end: number): AsyncIterable<Uint8Array> {
  for (let position = start; position < end; ) {
    const bytes = await at(position, Math.min(end - position, 256 * 1024))
    if (bytes.length === 0) return
    yield Buffer.from(bytes)
    position += bytes.length
  }
}

/** The only way yauzl takes bytes that are neither a file nor in memory. */
class ArchiveReader extends RandomAccessReader {
  readonly source: Source
  constructor(source: Source) {
    super()
    this.source = source
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(pieces(this.source, start, end))
  }
}

const TYPE = 0xf000
const REGULAR = 0x8000

const isFolder = ({ fileName }: Entry): boolean => fileName.endsWith('/')

/** What systems add by themselves. */
const isLitter = ({ fileName }: Entry): boolean =>
  fileName.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(fileName)

const problemWith = (entry: Entry): string | null => {
  // Unix file types in the upper half (APPNOTE 4.4.15, host system 3); others set nothing there.
  const type = (entry.externalFileAttributes >>> 16) & TYPE
  if (type !== 0 && type !== REGULAR)
    return 'is a link or a device; put the file itself into the archive'
  if (entry.isEncrypted()) return 'is encrypted; pack the archive without a password'
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return 'is packed in a way not known here; use the usual (deflate)'
  if (/\.(zip|7z|rar|tar|gz|tgz|bz2|xz|zst)$/i.test(entry.fileName))
    return 'is an archive inside of the archive; unpack it first'
  if (
    entry.uncompressedSize > RATIO_FROM &&
    entry.uncompressedSize > entry.compressedSize * MAX_RATIO
  )
    return `becomes more than ${MAX_RATIO} times as large as it is packed; send it by itself`
  return null
}

const pathOf = (entry: Entry): string => {
  const read = parseFilePath(entry.fileName)
  if (!read.ok) throw new ContentError(read.message)
  const problem = problemWith(entry)
  if (problem !== null) throw new ContentError(`${read.path} ${problem}`)
  return read.path
}

const checkNames = (paths: readonly string[]): void => {
  const conflict = pathConflict(paths)
  if (conflict !== null)
    throw new ContentError(`${conflict} is there twice, or a folder has the same name; rename one`)
}

const checkTotals = (entries: readonly Entry[], packed: number, room: number): void => {
  if (entries.length === 0) throw new ContentError('there is no file in it')
  // Entries that lie over each other are how a small archive becomes endless.
  if (entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0) > packed)
    throw new ContentError('files in it lie over each other; pack it anew')
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (total > room)
    throw new ContentError(`unpacked it has ${total} bytes and you have ${room} left; send less`)
}

const entriesOf = async (zip: ZipFile): Promise<readonly Entry[]> => {
  if (zip.entryCount > MAX_ENTRIES)
    throw new ContentError(
      `it holds ${zip.entryCount} entries, at most ${MAX_ENTRIES} are taken; make several`,
    )
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    entries.push(entry)
    if (entries.length > MAX_ENTRIES) throw new ContentError('it holds more entries than it says')
  }
  return entries.filter((entry) => !isFolder(entry) && !isLitter(entry))
}

const opened = async (source: Source): Promise<ZipFile> =>
  fromRandomAccessReaderPromise(new ArchiveReader(source), source.size, {
    lazyEntries: true,
    autoClose: false,
    strictFileNames: true,
  })

const inWords = (error: unknown): ContentError => {
  if (error instanceof ContentError) return error
  const said = error instanceof Error ? error.message.slice(0, 200) : 'unreadable'
  return new ContentError(`it cannot be read as a zip archive (${said}); pack it anew`)
}

/** The bytes of one file, held to the size and the check that the archive names. */
async function* unpacked(zip: ZipFile, entry: Entry): AsyncIterable<Uint8Array> {
  let check = 0
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      check = crc32(chunk, check)
      yield chunk
    }
  } catch (error) {
    throw inWords(error)
  }
  if (check !== entry.crc32)
    throw new ContentError(`${entry.fileName} is damaged in the archive; pack it anew`)
}

/** All that will be unpacked, with the paths, once names and sizes have been judged. */
const judged = async (zip: ZipFile, packed: number, room: number): Promise<readonly ZipEntry[]> => {
  try {
    const entries = await entriesOf(zip)
    const paths = entries.map(pathOf)
    checkNames(paths)
    checkTotals(entries, packed, room)
    return entries.map((entry, i) => ({
      path: paths[i] ?? '',
      size: entry.uncompressedSize,
      read: () => unpacked(zip, entry),
    }))
  } catch (error) {
    throw inWords(error)
  }
}

/**
 * Goes through an archive after all its names and sizes have been judged; `room` is how many bytes
 * it may become. Throws `ContentError` before the first byte is unpacked, or at the file at fault.
 */
export const unzip = async (
  source: Source,
  room: number,
  take: (entry: ZipEntry) => Promise<void>,
): Promise<void> => {
  const zip = await opened(source).catch((error: unknown) => {
    throw inWords(error)
  })
  try {
    for (const entry of await judged(zip, source.size, room)) await take(entry)
  } finally {
    zip.close()
  }
}
