/** Small sound files, valid to the last byte, built from the text of the standards. */

const bitwise =
  (polynomial: number, bits: number) =>
  (bytes: Uint8Array): number => {
    const top = 2 ** (bits - 1)
    let crc = 0
    for (const byte of bytes)
      for (let i = 7; i >= 0; i--) {
        const bit = (byte >> i) & 1
        const over = crc >= top ? 1 : 0
        crc = (crc % top) * 2
        if (over !== bit) crc = (crc ^ polynomial) >>> 0
      }
    return crc
  }
const crc8 = bitwise(0x07, 8)
const crc16 = bitwise(0x8005, 16)
const crc32 = bitwise(0x04c11db7, 32)

export const chunk = (name: string, body: Uint8Array, padded = true): Buffer => {
  const head = Buffer.alloc(8)
  head.write(name, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(padded ? body.length % 2 : 0)])
}

export const riff = (...chunks: readonly Buffer[]): Buffer =>
  chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]), false)

export const fmt = ({ tag = 1, channels = 1, rate = 16_000, bits = 16 } = {}): Buffer => {
  const body = Buffer.alloc(16)
  body.writeUInt16LE(tag, 0)
  body.writeUInt16LE(channels, 2)
  body.writeUInt32LE(rate, 4)
  body.writeUInt32LE((rate * channels * bits) / 8, 8)
  body.writeUInt16LE((channels * bits) / 8, 12)
  body.writeUInt16LE(bits, 14)
  return chunk('fmt ', body)
}

/** PCM, 16 bit. */
export const samples = (...levels: readonly number[]): Buffer => {
  const body = Buffer.alloc(levels.length * 2)
  for (const [i, level] of levels.entries()) body.writeInt16LE(level, i * 2)
  return chunk('data', body)
}

export const wav = (...extra: readonly Buffer[]): Buffer =>
  riff(fmt(), ...extra, samples(1000, -1000, 500))

export const info = (id: string, text: string): Buffer =>
  chunk('LIST', Buffer.concat([Buffer.from('INFO'), chunk(id, Buffer.from(`${text}\0`))]))

interface Page {
  readonly flags?: number
  readonly granule?: bigint
  readonly sequence: number
  readonly serial?: number
}

export const oggPage = (body: Buffer, { flags = 0, granule = 0n, sequence, serial = 7 }: Page) => {
  const lacing = [...Array(Math.floor(body.length / 255)).fill(255), body.length % 255]
  const head = Buffer.alloc(27)
  head.write('OggS', 0, 'latin1')
  head.writeUInt8(flags, 5)
  head.writeBigInt64LE(granule, 6)
  head.writeUInt32LE(serial, 14)
  head.writeUInt32LE(sequence, 18)
  head.writeUInt8(lacing.length, 26)
  const page = Buffer.concat([head, Buffer.from(lacing), body])
  page.writeUInt32LE(crc32(page), 22)
  return page
}

export const opusHead = (): Buffer => {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head.writeUInt8(1, 8)
  head.writeUInt8(1, 9)
  head.writeUInt32LE(48_000, 12)
  return head
}

export const opusTags = (...comments: readonly string[]): Buffer => {
  const number = (value: number) => Buffer.from(new Uint32Array([value]).buffer)
  const field = (text: string) =>
    Buffer.concat([number(Buffer.byteLength(text)), Buffer.from(text)])
  return Buffer.concat([
    Buffer.from('OpusTags'),
    field('recorder'),
    number(comments.length),
    ...comments.map(field),
  ])
}

/** A second of Opus. */
export const opus = (...comments: readonly string[]): Buffer =>
  Buffer.concat([
    oggPage(opusHead(), { flags: 2, sequence: 0 }),
    oggPage(opusTags(...comments), { sequence: 1 }),
    oggPage(Buffer.alloc(300, 3), { sequence: 2, granule: 24_000n }),
    oggPage(Buffer.alloc(200, 4), { flags: 4, sequence: 3, granule: 48_000n }),
  ])

const BLOCK = 192

/** A frame of silence: one constant subframe at 8 kHz, 16 bit, mono. */
export const flacFrame = (number: number): Buffer => {
  const head = Buffer.from([0xff, 0xf8, 0x14, 0x08, number])
  const body = Buffer.concat([head, Buffer.from([crc8(head), 0, 0, 0])])
  const check = crc16(body)
  return Buffer.concat([body, Buffer.from([check >> 8, check & 0xff])])
}

export const flacBlock = (kind: number, body: Uint8Array, last = false): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length, 0)
  head.writeUInt8(kind | (last ? 0x80 : 0), 0)
  return Buffer.concat([head, body])
}

export const streamInfo = (total: number): Buffer => {
  const body = Buffer.alloc(34)
  body.writeUInt16BE(BLOCK, 0)
  body.writeUInt16BE(BLOCK, 2)
  body.writeBigUInt64BE((8000n << 44n) | (15n << 36n) | BigInt(total), 10)
  return body
}

export const flac = (frames = 3, total = frames * BLOCK, ...extra: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('fLaC'),
    flacBlock(0, streamInfo(total), extra.length === 0),
    ...extra,
    ...Array.from({ length: frames }, (_, i) => flacFrame(i)),
  ])

/** MPEG 1 layer III at 128 kbit/s and 44.1 kHz: 417 bytes a frame. */
export const mp3Frame = (): Buffer => {
  const frame = Buffer.alloc(417)
  frame.writeUInt32BE(0xfffb9000, 0)
  return frame
}

export const id3 = (frame: string, text: string): Buffer => {
  const body = Buffer.concat([Buffer.from([3]), Buffer.from(text)])
  const head = Buffer.alloc(10)
  head.write(frame, 0, 'latin1')
  head.writeUInt32BE(body.length, 4)
  const tag = Buffer.concat([head, body])
  const start = Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1')
  start.writeUInt8(tag.length & 0x7f, 9)
  start.writeUInt8((tag.length >> 7) & 0x7f, 8)
  return Buffer.concat([start, tag])
}

export const mp3 = (...before: readonly Buffer[]): Buffer =>
  Buffer.concat([...before, mp3Frame(), mp3Frame(), mp3Frame()])

/** An element of EBML; without a length it goes on until something ends it. */
export const ebml = (id: number, body: Uint8Array | string, open = false): Buffer => {
  const name = Buffer.from(id.toString(16), 'hex')
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE((1n << 56n) | (open ? (1n << 56n) - 1n : BigInt(Buffer.byteLength(body))))
  return Buffer.concat([name, size, Buffer.from(body)])
}

/** An Opus packet of one frame of 20 ms, of track 1 unless said otherwise. */
export const webmBlock = (fill = 5, track = 1, flags = 0x80): Buffer =>
  ebml(0xa3, Buffer.from([0x80 | track, 0, 0, flags, 0x78, fill, fill, fill]))

export const webmTrack = (codec = 'A_OPUS', ...more: readonly Buffer[]): Buffer =>
  ebml(0xae, Buffer.concat([ebml(0xd7, '\x01'), ebml(0x83, '\x02'), ebml(0x86, codec), ...more]))

export const webmHead = (type = 'webm'): Buffer => ebml(0x1a45dfa3, ebml(0x4282, type))

export const webmCluster = (...blocks: readonly Buffer[]): Buffer =>
  ebml(0x1f43b675, Buffer.concat([ebml(0xe7, '\0'), ...blocks]), true)

/** A recording as browsers stream it: what holds the rest names no length. */
export const webm = (...extra: readonly Buffer[]): Buffer =>
  Buffer.concat([
    webmHead(),
    ebml(
      0x18538067,
      Buffer.concat([
        ebml(0x1549a966, ebml(0x4d80, 'browser')),
        ebml(0x1654ae6b, webmTrack()),
        ...extra,
        webmCluster(webmBlock(), webmBlock(6)),
        webmCluster(webmBlock(7)),
      ]),
      true,
    ),
  ])

/** Tags that say who spoke. */
export const webmTags = (name: string, text: string): Buffer =>
  ebml(
    0x1254c367,
    ebml(0x7373, ebml(0x67c8, Buffer.concat([ebml(0x45a3, name), ebml(0x4487, text)]))),
  )
