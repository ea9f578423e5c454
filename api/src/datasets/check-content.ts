import type { Files } from './files.ts'
import { ContentError } from './formats/content-error.ts'
import { flac } from './formats/flac.ts'
import { mp3 } from './formats/mp3.ts'
import { ogg } from './formats/ogg.ts'
import { parquet } from './formats/parquet.ts'
import { BLIND, type Format, type Sight } from './formats/sight.ts'
import { sourceOf } from './formats/source.ts'
import { commaSeparated, tabSeparated } from './formats/table.ts'
import { jsonLines, plainText } from './formats/text.ts'
import { textGrid } from './formats/text-grid.ts'
import { elan, tmx, xliff } from './formats/vocabularies.ts'
import { wave } from './formats/wave.ts'
import { webm } from './formats/webm.ts'

/** How each type is read, by the name under which it is served. */
const FORMATS: Readonly<Record<string, Format>> = {
  'text/plain': plainText,
  'text/markdown': plainText,
  'text/csv': commaSeparated,
  'text/tab-separated-values': tabSeparated,
  'application/jsonlines': jsonLines,
  'application/vnd.apache.parquet': parquet,
  'application/x-elan+xml': elan,
  'application/xliff+xml': xliff,
  'application/x-tmx+xml': tmx,
  'text/x-praat-textgrid': textGrid,
  'audio/wav': wave,
  'audio/ogg': ogg,
  'audio/webm': webm,
  'audio/flac': flac,
  'audio/mpeg': mp3,
}

/** A stored file and what it claims to be. */
export interface Claimed {
  readonly sha256: string
  readonly size: number
  readonly mediaType: string
}

/** Reads a blob from its first to its last byte as what it claims to be; null when it is that. */
export const contentProblem = async (
  files: Pick<Files, 'read'>,
  file: Claimed,
  sight: Sight = BLIND,
): Promise<string | null> => {
  const format = FORMATS[file.mediaType]
  if (file.size === 0) return 'it is empty; leave it out'
  if (!format) return `${file.mediaType} files cannot be checked here; convert it`
  try {
    await format(sourceOf(files, file), sight)
    return null
  } catch (error) {
    if (error instanceof ContentError) return error.message
    throw error
  }
}
