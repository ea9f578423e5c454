import type { Kind } from './dataset.ts'

const TABLES = ['csv', 'tsv', 'jsonl', 'parquet'] as const
const TEXT = ['txt', 'md', ...TABLES] as const
const TIMED = ['eaf', 'textgrid'] as const
const SOUND = ['wav', 'flac', 'ogg', 'opus', 'webm', 'mp3'] as const

const EXTENSIONS = {
  text: TEXT,
  parallel: [...TEXT, 'xlf', 'xliff', 'tmx'],
  lexicon: TEXT,
  annotations: [...TEXT, ...TIMED],
  speech: [...TEXT, ...TIMED, ...SOUND],
} as const satisfies Record<Kind, readonly string[]>

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  // The name Croissant readers know.
  jsonl: 'application/jsonlines',
  parquet: 'application/vnd.apache.parquet',
  eaf: 'application/x-elan+xml',
  textgrid: 'text/x-praat-textgrid',
  xlf: 'application/xliff+xml',
  xliff: 'application/xliff+xml',
  tmx: 'application/x-tmx+xml',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  webm: 'audio/webm',
  mp3: 'audio/mpeg',
}

/** Endings a dataset of this kind takes. */
export const allowedExtensions = (kind: Kind): readonly string[] => EXTENSIONS[kind]

/** The type under which a file will be served, by its ending alone; null when this kind takes no such file. */
export const mediaTypeOf = (path: string, kind: Kind): string | null => {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return allowedExtensions(kind).includes(ending) ? (MEDIA_TYPES[ending] ?? null) : null
}

/** The type that an ending stands for, whichever kind of dataset takes it; null when none does. */
export const anyMediaType = (path: string): string | null =>
  MEDIA_TYPES[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? null
