import { ContentError } from './content-error.ts'
import { type EbmlElement, type EbmlShape, ebmlElements, vintLength } from './ebml.ts'
import type { Format, Personal } from './sight.ts'
import type { Source } from './source.ts'

// Elements of Matroska (RFC 9559, section 5) as far as WebM has them for sound.
const EBML = 0x1a45dfa3
const DOC_TYPE = 0x4282
const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TITLE = 0x7ba9
const TRACKS = 0x1654ae6b
const TRACK = 0xae
const TRACK_NUMBER = 0xd7
const TRACK_NAME = 0x536e
const CODEC = 0x86
const CLUSTER = 0x1f43b675
const SIMPLE_BLOCK = 0xa3
const BLOCK_GROUP = 0xa0
const BLOCK = 0xa1
const TAGS = 0x1254c367
const TAG = 0x7373
const SIMPLE_TAG = 0x67c8
const TAG_NAME = 0x45a3
const TAG_TEXT = 0x4487
const ATTACHMENTS = 0x1941a469
const CHAPTERS = 0x1043a770
const VOID = 0xec
const CRC_32 = 0xbf

const SEEK_HEAD = 0x114d9b74
const CUES = 0x1c53bb6b

/** What lies right in a segment: it ends a cluster of unknown length. */
const TOP = new Set([SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, TAGS, ATTACHMENTS, CHAPTERS])

/** Said of the sound and of the program, never of people. */
const TECHNICAL = new Set([
  ...[0x4286, 0x42f7, 0x42f2, 0x42f3, 0x4287, 0x4285],
  ...[0x2ad7b1, 0x4489, 0x4d80, 0x5741, 0x4461, 0x73a4],
  ...[0x73c5, 0x83, 0x63a2, 0x258688, 0x56aa, 0x56bb, 0xe1, 0x22b59c, 0x22b59d],
  ...[0x9c, 0xb9, 0x88, 0x55aa, 0x23e383, 0x6de7],
  ...[0xe7, 0xa7, 0xab, 0x9b, 0x75a2, 0xfb],
  ...[0x63c0, 0x447a, 0x4484],
])

const READ = [DOC_TYPE, TITLE, TRACK_NUMBER, TRACK_NAME, CODEC, SIMPLE_BLOCK, BLOCK]
const SKIPPED = [SEEK_HEAD, CUES, ATTACHMENTS, CHAPTERS, TAG_NAME, TAG_TEXT, VOID, CRC_32]
const HOLDING = [EBML, SEGMENT, INFO, TRACKS, TRACK, CLUSTER, BLOCK_GROUP]
const KNOWN = new Set([...TOP, ...TECHNICAL, ...READ, ...SKIPPED, ...HOLDING, TAG, SIMPLE_TAG])

const ends = (master: number, next: number): boolean => master === CLUSTER && TOP.has(next)

/** Everything is looked into. */
const OPENED: EbmlShape = { masters: new Set([...HOLDING, TAGS, TAG, SIMPLE_TAG]), ends }
/** The same with the tags in one piece. */
const CLOSED: EbmlShape = { masters: new Set(HOLDING), ends }

// A megabyte of nothing but empty elements would keep the reader busy for days.
const MAX_OTHERS = 100_000

/** Milliseconds that an Opus packet sounds (RFC 6716, section 3.1); 0 when it is none. */
const packetLength = (packet: Buffer): number => {
  if (packet.length === 0) return 0
  const mode = packet.readUInt8(0) >> 3
  const code = packet.readUInt8(0) & 3
  const frames = code === 3 ? (packet[1] ?? 0) & 63 : [1, 2, 2][code]
  const silk = [10, 20, 40, 60][mode & 3]
  const celt = [2.5, 5, 10, 20][mode & 3]
  const each = mode < 12 ? silk : mode < 16 ? [10, 20][mode & 1] : celt
  const length = (frames ?? 0) * (each ?? 0)
  return length <= 120 ? length : 0
}

const MAX_HEAD = 16
const LACED = 0x06

/** Milliseconds of sound in a block of this track (RFC 9559, section 10.1). */
const blockLength = async ({ at }: Source, one: EbmlElement, track: number): Promise<number> => {
  const head = await at(one.body, Math.min(one.length ?? 0, MAX_HEAD))
  const wide = head.length > 0 ? vintLength(head.readUInt8(0)) : 9
  if (wide !== 1 || head.length < 5 || (head.readUInt8(0) & 0x7f) !== track)
    throw new ContentError(`the block at byte ${one.start} is of another track; export it anew`)
  if ((head.readUInt8(3) & LACED) !== 0)
    throw new ContentError(`the block at byte ${one.start} is laced; export it anew`)
  const length = packetLength(head.subarray(4))
  if (length === 0)
    throw new ContentError(`the block at byte ${one.start} is damaged; send the original file`)
  return length
}

const MAX_TEXT = 200

const textOf = async ({ at }: Source, { body, length }: EbmlElement): Promise<string> =>
  (await at(body, Math.min(length ?? 0, MAX_TEXT))).toString('utf8').replaceAll('\0', '')

/** What the head of the file has to say, and how often. */
const createHead = () => {
  const seen = new Map<number, number>()
  const texts = new Map<number, string>()
  let track = 0
  const count = (id: number) => seen.get(id) ?? 0
  return {
    track: () => track,
    take: async (source: Source, one: EbmlElement): Promise<void> => {
      seen.set(one.id, count(one.id) + 1)
      if (one.id === DOC_TYPE || one.id === CODEC) texts.set(one.id, await textOf(source, one))
      if (one.id === TRACK_NUMBER) track = (await source.at(one.body, 1))[0] ?? 0
    },
    check: (): void => {
      if (texts.get(DOC_TYPE) !== 'webm' || count(EBML) !== 1 || count(SEGMENT) !== 1)
        throw new ContentError('it is not one WebM recording; record it anew or export it as Opus')
      if (count(TRACK) !== 1 || texts.get(CODEC) !== 'A_OPUS')
        throw new ContentError('it does not hold one track of Opus and nothing else; export it so')
    },
  }
}

const KINDS: ReadonlyMap<number, string> = new Map([
  [TITLE, 'WebM title'],
  [TRACK_NAME, 'WebM name of the track'],
  [ATTACHMENTS, 'WebM attachments'],
  [CHAPTERS, 'WebM chapters'],
])

// What encoders write about themselves.
const OWN_TAGS = /^(ENCODER|DURATION|ENCODER_OPTIONS|_STATISTICS\w*|BPS|NUMBER_OF_\w+)$/i

const personalOf = async (
  source: Source,
  one: EbmlElement,
  tag: string,
): Promise<Personal | null> => {
  if (one.id === TAG_TEXT)
    return OWN_TAGS.test(tag)
      ? null
      : { where: `WebM ${tag || 'tag'}`, value: await textOf(source, one) }
  const where = KINDS.get(one.id)
  if (!where || one.length === 0) return null
  const whole = one.id === ATTACHMENTS || one.id === CHAPTERS
  return { where, value: whole ? `${one.length} bytes` : await textOf(source, one) }
}

const checkKnown = ({ id, start }: EbmlElement, others: number): void => {
  if (!KNOWN.has(id))
    throw new ContentError(
      `the element ${id.toString(16)} at byte ${start} has no place in a recording; export it anew`,
    )
  if (others > MAX_OTHERS) throw new ContentError('it holds too little sound for its size')
}

const checkBeginning = async ({ at }: Source): Promise<void> => {
  if ((await at(0, 4)).toString('hex') !== EBML.toString(16))
    throw new ContentError('it does not begin like a WebM file; record it anew')
}

const OFTEN = new Set([CLUSTER, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK, 0xe7, 0x9b, 0xab, 0xa7])

/** WebM (RFC 9559 and RFC 8794) with one track of Opus, as browsers record it. */
export const webm: Format = async (source, sight) => {
  await checkBeginning(source)
  const head = createHead()
  let milliseconds = 0
  let others = 0
  let tag = ''
  for await (const one of ebmlElements(source, OPENED)) {
    if (!OFTEN.has(one.id)) others++
    checkKnown(one, others)
    if (one.id === SIMPLE_BLOCK || one.id === BLOCK) {
      if (milliseconds === 0) head.check()
      milliseconds += await blockLength(source, one, head.track())
    } else await head.take(source, one)
    if (one.id === TAG_NAME) tag = await textOf(source, one)
    const found = await personalOf(source, one, tag)
    if (found) sight.personal(found)
  }
  head.check()
  if (milliseconds === 0) throw new ContentError('it holds no sound; record it anew')
  sight.sound({ seconds: milliseconds / 1000, clipped: null, silent: null })
}

/** From its first byte up to the one behind it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What can be blanked without touching the sound, and sums that no longer hold when it is. */
const BLANKED = new Set([TITLE, TRACK_NAME, TAGS, ATTACHMENTS, CHAPTERS, VOID, CRC_32])

/** Elements that may tell about people, in their order. */
export const webmPersonal = async (source: Source): Promise<readonly Span[]> => {
  await checkBeginning(source)
  const spans: Span[] = []
  for await (const one of ebmlElements(source, CLOSED)) {
    checkKnown(one, spans.length)
    if (BLANKED.has(one.id) && one.length !== null)
      spans.push({ start: one.start, end: one.body + one.length })
  }
  return spans
}

/** An element of this many bytes, 2 at least, that stands for nothing (RFC 8794, section 11.3.2). */
export const voidOf = (length: number): Buffer => {
  const element = Buffer.alloc(length)
  element.writeUInt8(VOID, 0)
  if (length - 2 < 127) element.writeUInt8(0x80 | (length - 2), 1)
  else element.writeBigUInt64BE((1n << 56n) | BigInt(length - 9), 1)
  return element
}
