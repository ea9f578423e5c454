import { crc32 } from './checksums.ts'
import { ContentError } from './content-error.ts'
import type { Format } from './sight.ts'
import type { Source } from './source.ts'
import { heldLength, tagsIn } from './tags.ts'

/** A page of an Ogg stream (RFC 3533, section 6). */
export interface OggPage {
  readonly start: number
  readonly bytes: Buffer
  readonly first: boolean
  readonly last: boolean
  /** −1n: no packet ends on it. */
  readonly granule: bigint
  readonly serial: number
  readonly sequence: number
  /** Lengths of its segments; a packet ends with the first that is below 255. */
  readonly lacing: Buffer
  readonly body: Buffer
}

const HEAD = 27
const MAX_PAGE = HEAD + 255 + 255 * 255

const checked = (page: Buffer): boolean => {
  const copy = Buffer.from(page)
  copy.writeUInt32LE(0, 22)
  return crc32(copy) === page.readUInt32LE(22)
}

const pageAt = async ({ at }: Source, start: number): Promise<OggPage> => {
  const room = await at(start, MAX_PAGE)
  if (room.length < HEAD || room.toString('latin1', 0, 4) !== 'OggS' || room[4] !== 0)
    throw new ContentError(`there is no Ogg page at byte ${start}; send the original file`)
  const lacing = room.subarray(HEAD, HEAD + room.readUInt8(26))
  const length = HEAD + room.readUInt8(26) + lacing.reduce((sum, one) => sum + one, 0)
  const bytes = Buffer.from(room.subarray(0, length))
  if (bytes.length < length) throw new ContentError(`it ends inside a page at byte ${start}`)
  if (!checked(bytes))
    throw new ContentError(`the page at byte ${start} is damaged; send the original file`)
  const flags = bytes.readUInt8(5)
  return {
    start,
    bytes,
    first: (flags & 2) !== 0,
    last: (flags & 4) !== 0,
    granule: bytes.readBigInt64LE(6),
    serial: bytes.readUInt32LE(14),
    sequence: bytes.readUInt32LE(18),
    lacing: bytes.subarray(HEAD, HEAD + lacing.length),
    body: bytes.subarray(HEAD + lacing.length),
  }
}

/** The pages of one stream in their order, each with the check it names, to the last byte. */
export async function* oggPages(source: Source): AsyncIterable<OggPage> {
  let before: OggPage | null = null
  for (let position = 0; position < source.size; ) {
    const page = await pageAt(source, position)
    if (before?.last)
      throw new ContentError(`another stream begins at byte ${position}; send one a file`)
    if (page.first !== (before === null))
      throw new ContentError(`it holds several streams at byte ${position}; send one a file`)
    if (before && (page.serial !== before.serial || page.sequence !== before.sequence + 1))
      throw new ContentError(`a page is missing before byte ${position}; send the original file`)
    yield page
    before = page
    position += page.bytes.length
  }
  if (!before?.last) throw new ContentError('its end is missing; send the whole recording')
}

/** Samples a second by the first packet, and how many header packets the stream has. */
export const codecOf = (
  head: Buffer,
): { readonly name: 'opus' | 'vorbis'; readonly rate: number } => {
  if (head.length >= 19 && head.toString('latin1', 0, 8) === 'OpusHead')
    // Opus counts at 48 kHz whatever was recorded (RFC 7845, section 4).
    return { name: 'opus', rate: 48_000 }
  if (head.length >= 30 && head.toString('latin1', 0, 7) === '\x01vorbis')
    return { name: 'vorbis', rate: head.readUInt32LE(12) }
  throw new ContentError('it holds neither Opus nor Vorbis; export it as Opus')
}

/** Pages from the start until no header packet is left in them. */
const MAX_HEADS = 64

/** Ogg (RFC 3533) with Opus or Vorbis. */
export const ogg: Format = async (source, sight) => {
  const heads: Buffer[] = []
  let rate = 0
  let granule = 0n
  let held = 0
  for await (const page of oggPages(source)) {
    if (page.first) rate = codecOf(page.body).rate
    if (granule === 0n && heads.length < MAX_HEADS) {
      held = heldLength(held + page.bytes.length)
      heads.push(page.bytes)
    }
    if (page.granule > granule) granule = page.granule
  }
  if (rate === 0 || granule === 0n) throw new ContentError('it holds no sound; record it anew')
  sight.sound({ seconds: Number(granule) / rate, clipped: null, silent: null })
  for (const found of await tagsIn(Buffer.concat(heads), 'audio/ogg')) sight.personal(found)
}
