import { ContentError } from './content-error.ts'
import { flacBlocks, STREAMINFO } from './flac.ts'
import { mp3Sound } from './mp3.ts'
import { strippedOgg } from './ogg-tags.ts'
import type { Source } from './source.ts'
import { VOCABULARIES } from './vocabularies.ts'
import { SOUND_CHUNKS, waveChunks } from './wave.ts'
import { voidOf, webmPersonal } from './webm.ts'
import type { Vocabulary } from './xml.ts'

type Pieces = AsyncIterable<Uint8Array>

const STEP = 256 * 1024

async function* between({ at }: Source, start: number, end: number): Pieces {
  for (let position = start; position < end; position += STEP)
    yield Buffer.from(await at(position, Math.min(STEP, end - position)))
}

async function* wave(source: Source): Pieces {
  const kept = (await waveChunks(source)).filter(({ name }) => SOUND_CHUNKS.has(name))
  const size = kept.reduce((sum, { length }) => sum + 8 + length + (length % 2), 4)
  const head = Buffer.from('RIFF____WAVE', 'latin1')
  head.writeUInt32LE(size, 4)
  yield head
  for (const { start, length } of kept)
    yield* between(source, start - 8, start + length + (length % 2))
}

const SEEKTABLE = 3

async function* flac(source: Source): Pieces {
  const blocks = await flacBlocks(source)
  const kept = blocks.filter(({ kind }) => kind === STREAMINFO || kind === SEEKTABLE)
  const sound = blocks.reduce((end, { start, length }) => Math.max(end, start + length), 0)
  yield Buffer.from('fLaC', 'latin1')
  for (const [i, { kind, start, length }] of kept.entries()) {
    const head = Buffer.alloc(4)
    head.writeUInt32BE((kind << 24) | length, 0)
    // The last block says so, for the sound follows it.
    if (i === kept.length - 1) head.writeUInt8(kind | 0x80, 0)
    yield head
    yield* between(source, start, start + length)
  }
  yield* between(source, sound, source.size)
}

async function* mp3(source: Source): Pieces {
  const { start, end } = await mp3Sound(source)
  yield* between(source, start, end)
}

/** The same length, so that nothing else in the file has to move. */
async function* webm(source: Source): Pieces {
  let done = 0
  for (const { start, end } of await webmPersonal(source)) {
    yield* between(source, done, start)
    yield voidOf(end - start)
    done = end
  }
  yield* between(source, done, source.size)
}

/** Annotations are rewritten in memory. */
const MAX_XML = 64 * 1024 * 1024

const escaped = (name: string): string => name.replaceAll(/[^\w:-]/g, '')

/** Of an address of a file the name alone stays: folders are called after people. */
const shortened = (value: string): string =>
  value.includes('/') || value.includes('\\') ? (value.split(/[/\\]/).at(-1) ?? '') : ''

const blanked = (text: string, { personal }: Vocabulary): string => {
  const tags = Object.keys(personal).map(escaped).join('|')
  // Values may hold > (XML 1.0, production 10), so quotes are followed.
  const tag = new RegExp(`<(${tags})(?=[\\s/>])(?:"[^"]*"|'[^']*'|[^<>"'])*>`, 'g')
  return text.replaceAll(tag, (whole, name: string) => {
    const names = (personal[name] ?? []).map(escaped).join('|')
    const attribute = new RegExp(`(\\s(?:${names})\\s*=\\s*)(?:"([^"]*)"|'([^']*)')`, 'g')
    return whole.replaceAll(
      attribute,
      (_, head: string, double: string | undefined, single: string | undefined) =>
        `${head}"${shortened(double ?? single ?? '').replaceAll('"', '')}"`,
    )
  })
}

async function* annotations(source: Source, vocabulary: Vocabulary): Pieces {
  if (source.size > MAX_XML)
    throw new ContentError(
      `it is larger than ${MAX_XML} bytes; take the names out with your program`,
    )
  const pieces: Uint8Array[] = []
  for await (const piece of source.read()) pieces.push(piece)
  yield Buffer.from(blanked(Buffer.concat(pieces).toString('utf8'), vocabulary), 'utf8')
}

const SOUNDS: Readonly<Record<string, (source: Source) => Pieces>> = {
  'audio/wav': wave,
  'audio/flac': flac,
  'audio/mpeg': mp3,
  'audio/ogg': strippedOgg,
  'audio/webm': webm,
}

/** Types from which names can be taken without touching what was said. */
export const canStrip = (mediaType: string): boolean =>
  Object.hasOwn(SOUNDS, mediaType) || Object.hasOwn(VOCABULARIES, mediaType)

/** The same file without tags, pictures and fields for names. */
export const stripped = (source: Source, mediaType: string): Pieces => {
  const sound = SOUNDS[mediaType]
  const vocabulary = VOCABULARIES[mediaType]
  if (sound) return sound(source)
  if (vocabulary) return annotations(source, vocabulary)
  throw new ContentError(
    'names in such a file cannot be told from its words; take them out yourself',
  )
}
