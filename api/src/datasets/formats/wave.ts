import { ContentError } from './content-error.ts'
import { createMeter, peaksOf, type SampleKind } from './meter.ts'
import type { Format, Sight } from './sight.ts'
import type { Source } from './source.ts'
import { heldLength, tagsIn } from './tags.ts'

/** A chunk of a RIFF file: its name, and where its content lies. */
export interface Chunk {
  readonly name: string
  readonly start: number
  readonly length: number
}

/** What the `fmt ` chunk says. */
interface WaveForm {
  readonly kind: SampleKind | null
  readonly channels: number
  readonly rate: number
  readonly block: number
}

const name = (bytes: Buffer, start: number): string => bytes.toString('latin1', start, start + 4)

const MAX_CHUNKS = 10_000

/** The chunks of RIFF/WAVE; they fill the file to the last byte, so nothing hides behind the sound. */
export const waveChunks = async ({ size, at }: Source): Promise<readonly Chunk[]> => {
  const head = await at(0, 12)
  if (head.length === 12 && ['RF64', 'BW64'].includes(name(head, 0)))
    throw new ContentError('it is WAV beyond 4 GB; cut the recording into shorter files')
  if (head.length < 12 || name(head, 0) !== 'RIFF' || name(head, 8) !== 'WAVE')
    throw new ContentError('it does not begin like a WAV file; export it as WAV')
  if (head.readUInt32LE(4) + 8 !== size)
    throw new ContentError(
      `its length is not the one it names: ${size} bytes came, ${head.readUInt32LE(4) + 8} are named; it was cut or something was added`,
    )
  const chunks: Chunk[] = []
  let position = 12
  while (position < size) {
    const chunk = await at(position, 8)
    if (chunk.length < 8) throw new ContentError(`it ends inside a chunk at byte ${position}`)
    const length = chunk.readUInt32LE(4)
    chunks.push({ name: name(chunk, 0), start: position + 8, length })
    if (chunks.length > MAX_CHUNKS)
      throw new ContentError(`it has more than ${MAX_CHUNKS} chunks; export it anew`)
    // Chunks are padded to even length.
    position += 8 + length + (length % 2)
  }
  if (position !== size) throw new ContentError('it ends inside a chunk; it was cut on the way')
  return chunks
}

const PCM = 1
const FLOAT = 3
const EXTENSIBLE = 0xfffe

const kindOf = (tag: number, bits: number): SampleKind | null => {
  if (tag === FLOAT) return bits === 32 ? 'f32' : null
  if (tag !== PCM) return null
  return ({ 8: 'u8', 16: 's16', 24: 's24', 32: 's32' } as const)[bits] ?? null
}

const formOf = async ({ at }: Source, chunk: Chunk): Promise<WaveForm> => {
  const bytes = await at(chunk.start, Math.min(chunk.length, 40))
  if (bytes.length < 16) throw new ContentError('its fmt chunk is too short; export it anew')
  const tag = bytes.readUInt16LE(0)
  const channels = bytes.readUInt16LE(2)
  const rate = bytes.readUInt32LE(4)
  const block = bytes.readUInt16LE(12)
  const bits = bytes.readUInt16LE(14)
  const inner = tag === EXTENSIBLE && bytes.length >= 26 ? bytes.readUInt16LE(24) : tag
  const kind = kindOf(inner, bits)
  if (channels === 0 || rate === 0 || block === 0)
    throw new ContentError('it names no channels or no sample rate; export it anew')
  if (kind !== null && block !== (channels * bits) / 8)
    throw new ContentError('its sample size and its block size disagree; export it anew')
  return { kind, channels, rate, block }
}

const STEP = 192 * 1024

const hear = async (source: Source, form: WaveForm, data: Chunk, sight: Sight): Promise<void> => {
  const { kind, rate, block } = form
  if (data.length % block !== 0)
    throw new ContentError('its sound ends inside a sample; it was cut on the way')
  const seconds = data.length / block / rate
  if (kind === null) return sight.sound({ seconds, clipped: null, silent: null })
  const meter = createMeter(kind)
  for (let done = 0; done < data.length; done += STEP)
    meter.take(await source.at(data.start + done, Math.min(STEP, data.length - done)))
  sight.sound({ seconds, ...meter.shares() })
}

/** The file with hardly any sound in it, for who reads the tags. */
const withoutSound = async ({ at }: Source, chunks: readonly Chunk[]): Promise<Buffer> => {
  const parts: Buffer[] = [Buffer.from('WAVE')]
  let held = 0
  for (const chunk of chunks) {
    const length = chunk.name === 'data' ? 0 : chunk.length
    held = heldLength(held + length)
    const head = Buffer.alloc(8)
    head.write(chunk.name, 0, 'latin1')
    head.writeUInt32LE(length, 4)
    parts.push(head, Buffer.from(await at(chunk.start, length)), Buffer.alloc(length % 2))
  }
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

/** Chunks that hold sound and nothing about people. */
export const SOUND_CHUNKS: ReadonlySet<string> = new Set(['fmt ', 'data', 'fact'])
const READ_AS_TAGS: ReadonlySet<string> = new Set(['LIST', 'id3 ', 'ID3 '])
const PADDING: ReadonlySet<string> = new Set(['JUNK', 'PAD ', 'FLLR', 'cue ', 'smpl', 'PEAK'])

/** RIFF/WAVE, PCM and others, heard from end to end where it is PCM. */
export const wave: Format = async (source, sight) => {
  const chunks = await waveChunks(source)
  const form = chunks.find((chunk) => chunk.name === 'fmt ')
  const data = chunks.filter((chunk) => chunk.name === 'data')
  const [sound] = data
  if (!form || !sound || data.length > 1 || sound.length === 0)
    throw new ContentError('it holds no sound, or more than one; export it anew')
  await hear(source, await formOf(source, form), sound, sight)
  for (const { name: other, length } of chunks)
    if (!SOUND_CHUNKS.has(other) && !READ_AS_TAGS.has(other) && !PADDING.has(other))
      sight.personal({ where: `WAV chunk ${JSON.stringify(other)}`, value: `${length} bytes` })
  if (chunks.some((chunk) => READ_AS_TAGS.has(chunk.name)))
    for (const found of await tagsIn(await withoutSound(source, chunks), 'audio/wav'))
      sight.personal(found)
}

/** The beginning of a recording, as a file of its own. */
export interface Excerpt {
  readonly bytes: Buffer
  readonly seconds: number
  /** How long the whole of it is. */
  readonly ofSeconds: number
  readonly peaks: readonly number[]
}

const MOST_BYTES = 4 * 1024 * 1024
const PEAKS = 120

const chunkOf = (called: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.write(called, 0, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

/** The first seconds with nothing but the sound: no tag, no note. null: it is no PCM. */
export const waveExcerpt = async (source: Source, seconds: number): Promise<Excerpt | null> => {
  const chunks = await waveChunks(source)
  const [fmt, data] = ['fmt ', 'data'].map((wanted) => chunks.find((one) => one.name === wanted))
  if (!fmt || !data) return null
  const { kind, rate, block } = await formOf(source, fmt)
  if (kind === null) return null
  const most = Math.min(data.length, Math.floor(rate * seconds) * block, MOST_BYTES)
  const sound = Buffer.from(await source.at(data.start, most - (most % block)))
  const form = Buffer.from(await source.at(fmt.start, Math.min(fmt.length, 40)))
  const body = Buffer.concat([Buffer.from('WAVE'), chunkOf('fmt ', form), chunkOf('data', sound)])
  return {
    bytes: chunkOf('RIFF', body),
    seconds: sound.length / block / rate,
    ofSeconds: data.length / block / rate,
    peaks: peaksOf(kind, sound, PEAKS),
  }
}
