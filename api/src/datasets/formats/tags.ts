import { type IAudioMetadata, type ITag, parseBuffer } from 'music-metadata'
import { ContentError } from './content-error.ts'
import type { Personal } from './sight.ts'

/** Largest piece of a sound file that may be something else than sound. */
export const MAX_TAGS = 16 * 1024 * 1024

// What a program writes about itself and the sound, not about people.
const TECHNICAL =
  /^(TSSE|TENC|TLEN|TXXX:(Encod|major_brand|minor_version|compatible_brands)|ENCODER|ENCODER_OPTIONS|ISFT|VENDOR|REPLAYGAIN_\w+|R128_\w+|ITUNNORM|LENGTH|DURATION|TRACKNUMBER|TRCK)/i

const MAX_VALUE = 200

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value.slice(0, MAX_VALUE)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value !== 'object' || value === null) return ''
  if ('text' in value) return shown(value.text)
  if ('data' in value) return shown(value.data)
  return Object.values(value).map(shown).filter(Boolean).join(', ').slice(0, MAX_VALUE)
}

const personal = (family: string, { id, value }: ITag): readonly Personal[] => {
  const text = shown(value).trim()
  return TECHNICAL.test(id) || text === '' ? [] : [{ where: `${family} ${id}`, value: text }]
}

const parsed = async (bytes: Uint8Array, mimeType: string): Promise<IAudioMetadata> => {
  try {
    return await parseBuffer(bytes, { mimeType, size: bytes.length }, { duration: false })
  } catch {
    throw new ContentError('its tags cannot be read; remove them with your sound program')
  }
}

/** Whatever the tags of a sound file tell about people, from its bytes without the sound. */
export const tagsIn = async (bytes: Uint8Array, mimeType: string): Promise<readonly Personal[]> => {
  const { native } = await parsed(bytes, mimeType)
  return Object.entries(native).flatMap(([family, tags]) =>
    tags.flatMap((tag) => personal(family, tag)),
  )
}

/** A length in bytes that may be held in memory. */
export const heldLength = (length: number): number => {
  if (length <= MAX_TAGS) return length
  throw new ContentError(
    `more than ${MAX_TAGS} bytes of it are no sound; remove pictures and other tags`,
  )
}
