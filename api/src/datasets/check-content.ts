import { buffer } from 'node:stream/consumers'
import { type ByteSource, flac, ogg, wave } from './check-audio.ts'
import { commaSeparated } from './check-csv.ts'
import { ContentError, jsonLines, plainText, type TextCheck, tabSeparated } from './check-text.ts'
import type { Files } from './files.ts'

const TEXT: Readonly<Record<string, readonly (() => TextCheck)[]>> = {
  'text/plain': [plainText],
  'text/markdown': [plainText],
  'text/csv': [plainText, commaSeparated],
  'text/tab-separated-values': [plainText, tabSeparated],
  'application/jsonlines': [plainText, jsonLines],
}

const AUDIO: Readonly<Record<string, (source: ByteSource) => Promise<void>>> = {
  'audio/wav': wave,
  'audio/ogg': ogg,
  'audio/flac': flac,
}

/** Decodes UTF-8 strictly (WHATWG Encoding, fatal); a byte order mark is no content. */
const checkText = async (files: Files, sha256: string, checks: readonly TextCheck[]) => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw new ContentError('it is not UTF-8 text; save it as UTF-8 and upload it again')
    }
  }
  const hand = (text: string) => {
    for (const check of checks) check.take(text)
  }
  for await (const chunk of files.read(sha256)) hand(decode(chunk))
  hand(decode())
  for (const check of checks) check.end()
}

const source = (files: Files, sha256: string, size: number): ByteSource => ({
  size,
  at: async (position, length) =>
    position >= size
      ? Buffer.alloc(0)
      : buffer(files.read(sha256, { start: position, end: Math.min(size, position + length) - 1 })),
})

const check = async (files: Files, sha256: string, size: number, mediaType: string) => {
  if (size === 0) throw new ContentError('it is empty')
  const text = TEXT[mediaType]
  const audio = AUDIO[mediaType]
  if (text) {
    const checks = text.map((make) => make())
    await checkText(files, sha256, checks)
  } else if (audio) await audio(source(files, sha256, size))
  else throw new ContentError(`${mediaType} files cannot be checked here`)
}

/** Reads a blob from its first to its last byte as what it claims to be; null when it is that. */
export const contentProblem = async (
  files: Files,
  file: { readonly sha256: string; readonly size: number; readonly mediaType: string },
): Promise<string | null> => {
  try {
    await check(files, file.sha256, file.size, file.mediaType)
    return null
  } catch (error) {
    if (error instanceof ContentError) return error.message
    throw error
  }
}
