import type { Kind } from './dataset.ts'

const TEXT = ['txt', 'md', 'csv', 'tsv', 'jsonl'] as const

const EXTENSIONS = {
  text: TEXT,
  parallel: TEXT,
  lexicon: TEXT,
  annotations: TEXT,
  speech: [...TEXT, 'wav', 'flac', 'ogg', 'opus'],
} as const satisfies Record<Kind, readonly string[]>

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  // The name Croissant readers know.
  jsonl: 'application/jsonlines',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
}

/** Endings a dataset of this kind takes. */
export const allowedExtensions = (kind: Kind): readonly string[] => EXTENSIONS[kind]

/** The type under which a file will be served, by its ending alone; null when this kind takes no such file. */
export const mediaTypeOf = (path: string, kind: Kind): string | null => {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return allowedExtensions(kind).includes(ending) ? (MEDIA_TYPES[ending] ?? null) : null
}
