import { ContentError } from './content-error.ts'
import type { Format } from './sight.ts'
import type { Source } from './source.ts'
import { heldLength, tagsIn } from './tags.ts'

const RATES: Readonly<Record<number, readonly number[]>> = {
  3: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
}
// kbit/s of layer III (ISO/IEC 11172-3 and 13818-3), by the code 1 to 14.
const FIRST = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const SECOND = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

interface Frame {
  readonly length: number
  readonly seconds: number
}

/** The frame of layer III that begins with these four bytes, or null when none does. */
const frameOf = (bytes: Buffer): Frame | null => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) >>> 5 !== 0x7ff) return null
  const version = (bytes.readUInt8(1) >> 3) & 3
  const layer = (bytes.readUInt8(1) >> 1) & 3
  const codes = bytes.readUInt8(2)
  const rate = RATES[version]?.[(codes >> 2) & 3]
  const kilobits = (version === 3 ? FIRST : SECOND)[(codes >> 4) - 1]
  if (layer !== 1 || rate === undefined || kilobits === undefined) return null
  const samples = version === 3 ? 1152 : 576
  const length = Math.floor((samples * kilobits * 125) / rate) + ((codes >> 1) & 1)
  return { length, seconds: samples / rate }
}

const ID3_HEAD = 10

/** Bytes of the ID3v2 tag that begins here, 0 when none does (id3.org, ID3v2.4 section 3.1). */
const id3Length = (bytes: Buffer): number => {
  if (bytes.length < ID3_HEAD || bytes.toString('latin1', 0, 3) !== 'ID3') return 0
  const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (bytes.readUInt8(i) & 0x7f), 0)
  const footer = (bytes.readUInt8(5) & 0x10) !== 0 ? ID3_HEAD : 0
  return ID3_HEAD + size + footer
}

/** Bytes of the tag that begins here behind the sound: ID3v1 or APEv2. */
const tailLength = (bytes: Buffer): number => {
  if (bytes.toString('latin1', 0, 3) === 'TAG') return 128
  if (bytes.length < 32 || bytes.toString('latin1', 0, 8) !== 'APETAGEX') return 0
  const head = (bytes.readUInt32LE(20) & 0x2000_0000) !== 0 ? 32 : 0
  return bytes.readUInt32LE(12) + head
}

/** Where the sound lies, between tags; throws when anything else is in the file. */
export const mp3Sound = async ({
  at,
  size,
}: Source): Promise<{ readonly start: number; readonly end: number; readonly seconds: number }> => {
  const start = heldLength(id3Length(await at(0, ID3_HEAD)))
  let position = start
  let seconds = 0
  for (let frame = frameOf(await at(position, 4)); frame; frame = frameOf(await at(position, 4))) {
    position += frame.length
    seconds += frame.seconds
    if (position > size) throw new ContentError('it ends inside a frame; it was cut on the way')
  }
  const end = position
  while (position < size) {
    const length = tailLength(await at(position, 32))
    position += heldLength(length)
    if (length === 0 || position > size)
      throw new ContentError(`there is no sound at byte ${end}; send the original file`)
  }
  if (seconds === 0) throw new ContentError('it holds no frame of MP3; export it as MP3')
  return { start, end, seconds }
}

/** MPEG audio layer III: frame after frame, with tags before and behind them alone. */
export const mp3: Format = async (source, sight) => {
  const { start, end, seconds } = await mp3Sound(source)
  sight.sound({ seconds, clipped: null, silent: null })
  if (start === 0 && end === source.size) return
  const frame = frameOf(await source.at(start, 4))
  const head = Buffer.from(await source.at(0, start + (frame?.length ?? 0)))
  const tail = Buffer.from(await source.at(end, source.size - end))
  for (const found of await tagsIn(Buffer.concat([head, tail]), 'audio/mpeg')) sight.personal(found)
}
