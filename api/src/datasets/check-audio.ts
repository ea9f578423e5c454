import { ContentError } from './check-text.ts'

/** Random access to the bytes of a file. */
export interface ByteSource {
  readonly size: number
  /** Fewer bytes than asked for only at the end. */
  readonly at: (position: number, length: number) => Promise<Buffer>
}

const name = (bytes: Buffer, start: number): string => bytes.toString('latin1', start, start + 4)

/** RIFF/WAVE: its chunks fill the file to the last byte, so nothing hides behind the sound. */
export const wave = async ({ size, at }: ByteSource): Promise<void> => {
  const head = await at(0, 12)
  if (head.length < 12 || name(head, 0) !== 'RIFF' || name(head, 8) !== 'WAVE')
    throw new ContentError('it does not begin like a WAV file')
  if (head.readUInt32LE(4) + 8 !== size)
    throw new ContentError('its length is not the one it names')
  const found = new Set<string>()
  let position = 12
  while (position < size) {
    const chunk = await at(position, 8)
    if (chunk.length < 8) throw new ContentError('it ends inside a chunk')
    found.add(name(chunk, 0))
    // Chunks are padded to even length.
    const length = chunk.readUInt32LE(4)
    position += 8 + length + (length % 2)
  }
  if (position !== size) throw new ContentError('it ends inside a chunk')
  if (!found.has('fmt ') || !found.has('data')) throw new ContentError('it holds no sound')
}

/** Ogg (RFC 3533): pages follow each other to the last byte. */
export const ogg = async ({ size, at }: ByteSource): Promise<void> => {
  let position = 0
  while (position < size) {
    const head = await at(position, 27 + 255)
    if (head.length < 27 || name(head, 0) !== 'OggS' || head[4] !== 0)
      throw new ContentError(`there is no Ogg page at byte ${position}`)
    const segments = head[26] ?? 0
    const table = head.subarray(27, 27 + segments)
    if (table.length < segments) throw new ContentError('it ends inside a page')
    position += 27 + segments + table.reduce((sum, length) => sum + length, 0)
  }
  if (size === 0 || position !== size) throw new ContentError('it ends inside a page')
}

/** FLAC (RFC 9639): stream information first, metadata blocks, then a frame. */
export const flac = async ({ at }: ByteSource): Promise<void> => {
  const head = await at(0, 8)
  if (head.length < 8 || name(head, 0) !== 'fLaC' || ((head[4] ?? 0) & 0x7f) !== 0)
    throw new ContentError('it does not begin like a FLAC file')
  let position = 4
  for (let last = false; !last; ) {
    const block = await at(position, 4)
    if (block.length < 4) throw new ContentError('it ends inside its metadata')
    last = ((block[0] ?? 0) & 0x80) !== 0
    position += 4 + block.readUIntBE(1, 3)
  }
  const frame = await at(position, 2)
  if (frame.length < 2 || (frame.readUInt16BE(0) & 0xfffe) !== 0xfff8)
    throw new ContentError('no sound follows its metadata')
}
