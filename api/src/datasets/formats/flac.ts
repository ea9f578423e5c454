import { crc8, crc16Step } from './checksums.ts'
import { ContentError } from './content-error.ts'
import type { Format } from './sight.ts'
import type { Source } from './source.ts'
import { heldLength, tagsIn } from './tags.ts'

/** A metadata block: its kind (RFC 9639, table 1) and where its content lies. */
export interface FlacBlock {
  readonly kind: number
  readonly start: number
  readonly length: number
}

export const STREAMINFO = 0
const FORBIDDEN = 127

/** The metadata blocks in their order, the stream information first. */
export const flacBlocks = async ({ at }: Source): Promise<readonly FlacBlock[]> => {
  if ((await at(0, 4)).toString('latin1') !== 'fLaC')
    throw new ContentError('it does not begin like a FLAC file; export it as FLAC')
  const blocks: FlacBlock[] = []
  let position = 4
  for (let last = false; !last; ) {
    const head = await at(position, 4)
    if (head.length < 4) throw new ContentError('it ends inside its metadata; it was cut')
    last = head.readUInt8(0) >= 0x80
    const block = {
      kind: head.readUInt8(0) & 0x7f,
      start: position + 4,
      length: head.readUIntBE(1, 3),
    }
    if (block.kind === FORBIDDEN || (blocks.length === 0) !== (block.kind === STREAMINFO))
      throw new ContentError('its metadata are out of order; export it anew')
    blocks.push(block)
    position = block.start + block.length
  }
  return blocks
}

const STREAMINFO_LENGTH = 34

const streamInfo = async ({ at }: Source, { start, length }: FlacBlock) => {
  const bytes = await at(start, STREAMINFO_LENGTH)
  if (length !== STREAMINFO_LENGTH || bytes.length < STREAMINFO_LENGTH)
    throw new ContentError('its stream information is too short; export it anew')
  const packed = bytes.readBigUInt64BE(10)
  return {
    rate: Number(packed >> 44n),
    /** 0: not said. */
    samples: Number(packed & 0xf_ffff_ffffn),
    block: bytes.readUInt16BE(2),
  }
}

/** Bytes of the coded number that begins with this one (as UTF-8 up to 7), or 0 when none does. */
const numberLength = (first: number): number => {
  if (first < 0x80) return 1
  const ones = Math.clz32(~(first << 24))
  return ones >= 2 && ones <= 7 ? ones : 0
}

const MAX_HEADER = 16

const EXTRA_SIZE: Readonly<Record<number, number>> = { 6: 1, 7: 2 }
const EXTRA_RATE: Readonly<Record<number, number>> = { 12: 1, 13: 2, 14: 2 }

const blockSize = (code: number, bytes: Buffer, at: number): number => {
  if (code === 6) return bytes.readUInt8(at) + 1
  if (code === 7) return bytes.readUInt16BE(at) + 1
  if (code === 1) return 192
  return code < 6 ? 576 << (code - 2) : 256 << (code - 8)
}

/** Samples in the frame that begins here (RFC 9639, section 9.1), or null when none does. */
const frameSamples = (bytes: Buffer): number | null => {
  if (bytes.length < 6 || (bytes.readUInt16BE(0) & 0xfffe) !== 0xfff8) return null
  const codes = bytes.readUInt8(2)
  const size = codes >> 4
  const rate = codes & 0x0f
  const digits = numberLength(bytes.readUInt8(4))
  if (size === 0 || rate === 15 || digits === 0) return null
  const extra = EXTRA_SIZE[size] ?? 0
  const end = 4 + digits + extra + (EXTRA_RATE[rate] ?? 0)
  if (end >= bytes.length || crc8(bytes.subarray(0, end)) !== bytes[end]) return null
  return blockSize(size, bytes, 4 + digits)
}

const STEP = 128 * 1024

/** Where the frame that begins at `start` ends: its check is zero and another frame or nothing follows. */
const frameEnd = async ({ at, size }: Source, start: number): Promise<number> => {
  let crc = 0
  for (let position = start; position < size; ) {
    const bytes = await at(position, STEP)
    for (const [i, byte] of bytes.entries()) {
      crc = crc16Step(crc, byte)
      const next = position + i + 1
      if (crc !== 0 || next - start < 8) continue
      if (next === size || frameSamples(await at(next, MAX_HEADER)) !== null) return next
    }
    position += bytes.length
  }
  throw new ContentError(`the frame at byte ${start} is damaged or cut; send the original file`)
}

/** FLAC (RFC 9639): every frame has the check it names, and together they are as long as announced. */
export const flac: Format = async (source, sight) => {
  const blocks = await flacBlocks(source)
  const [first] = blocks
  const last = blocks.at(-1)
  if (!first || !last) throw new ContentError('it has no metadata; export it anew')
  const info = await streamInfo(source, first)
  if (info.rate === 0) throw new ContentError('it names no sample rate; export it anew')
  const start = last.start + last.length
  let samples = 0
  for (let position = start; position < source.size; ) {
    const found = frameSamples(await source.at(position, MAX_HEADER))
    if (found === null)
      throw new ContentError(`there is no sound at byte ${position}; send the original file`)
    samples += found
    position = await frameEnd(source, position)
  }
  if (samples === 0) throw new ContentError('no sound follows its metadata; export it anew')
  if (info.samples !== 0 && samples !== info.samples)
    throw new ContentError(
      `it holds ${samples} samples and announces ${info.samples}; it was cut or changed`,
    )
  sight.sound({ seconds: samples / info.rate, clipped: null, silent: null })
  const head = await source.at(0, heldLength(start))
  for (const found of await tagsIn(Buffer.from(head), 'audio/flac')) sight.personal(found)
}
