import { crc32 } from './checksums.ts'
import { ContentError } from './content-error.ts'
import { codecOf, type OggPage, oggPages } from './ogg.ts'
import type { Source } from './source.ts'
import { heldLength } from './tags.ts'

const HEAD = 27
const MAX_SEGMENTS = 255

/** A page with its number and its check written anew. */
const sealed = (bytes: Buffer, sequence: number): Buffer => {
  const page = Buffer.from(bytes)
  page.writeUInt32LE(sequence, 18)
  page.writeUInt32LE(0, 22)
  page.writeUInt32LE(crc32(page), 22)
  return page
}

/** Splits the segments of whole packets into pages; header packets end at granule 0 (RFC 7845, 3). */
const paged = (packets: readonly Buffer[], serial: number, first: number): readonly Buffer[] => {
  const segments = packets.flatMap((packet) =>
    Array.from({ length: Math.floor(packet.length / 255) + 1 }, (_, i) =>
      packet.subarray(i * 255, (i + 1) * 255),
    ),
  )
  const pages: Buffer[] = []
  for (let at = 0; at < segments.length; at += MAX_SEGMENTS) {
    const part = segments.slice(at, at + MAX_SEGMENTS)
    const head = Buffer.alloc(HEAD)
    head.write('OggS', 0, 'latin1')
    head.writeUInt8(at > 0 && segments[at - 1]?.length === 255 ? 1 : 0, 5)
    head.writeBigInt64LE(part.at(-1)?.length === 255 ? -1n : 0n, 6)
    head.writeUInt32LE(serial, 14)
    head.writeUInt8(part.length, 26)
    const whole = Buffer.concat([head, Buffer.from(part.map(({ length }) => length)), ...part])
    pages.push(sealed(whole, first + pages.length))
  }
  return pages
}

/** Packets of some pages; a packet that goes on behind the last page is not among them. */
const createPackets = () => {
  const packets: Buffer[] = []
  let open: Buffer[] = []
  return {
    packets,
    take: ({ lacing, body }: OggPage): void => {
      let at = 0
      for (const length of lacing) {
        open.push(body.subarray(at, at + length))
        at += length
        if (length === 255) continue
        packets.push(Buffer.concat(open))
        open = []
      }
    },
    isWhole: () => open.length === 0,
  }
}

/** No vendor, no comments; Vorbis ends it with a framing bit. */
const EMPTY = {
  opus: Buffer.concat([Buffer.from('OpusTags', 'latin1'), Buffer.alloc(8)]),
  vorbis: Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), Buffer.alloc(8), Buffer.from([1])]),
} as const

/** Header packets behind the first: the comments, and for Vorbis the setup. */
const HEADERS = { opus: 1, vorbis: 2 } as const

/** The same stream without comments: its header pages are written anew, the sound stays as it is. */
export async function* strippedOgg(source: Source): AsyncIterable<Uint8Array> {
  let codec: 'opus' | 'vorbis' | null = null
  const heads = createPackets()
  let held = 0
  let next = 0
  for await (const page of oggPages(source)) {
    if (codec === null) {
      codec = codecOf(page.body).name
      yield page.bytes
      next = 1
    } else if (heads.packets.length < HEADERS[codec]) {
      held = heldLength(held + page.bytes.length)
      heads.take(page)
      if (heads.packets.length < HEADERS[codec]) continue
      if (heads.packets.length > HEADERS[codec] || !heads.isWhole())
        throw new ContentError('its comments share a page with the sound; export it anew without')
      const pages = paged([EMPTY[codec], ...heads.packets.slice(1)], page.serial, next)
      yield* pages
      next += pages.length
    } else yield sealed(page.bytes, next++)
  }
}
