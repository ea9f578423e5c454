import { ContentError } from './content-error.ts'
import type { Source } from './source.ts'

/** An element of EBML (RFC 8794, section 3): where it begins, and where what it holds lies. */
export interface EbmlElement {
  readonly id: number
  readonly start: number
  readonly body: number
  /** null: it goes on until something comes that cannot be in it. */
  readonly length: number | null
}

/** How elements lie in each other, as far as a reader has to know. */
export interface EbmlShape {
  /** Those that hold others; what is inside of them is walked through. */
  readonly masters: ReadonlySet<number>
  /** Those that end a master of unknown length. */
  readonly ends: (master: number, next: number) => boolean
}

const HEAD = 12

/** Bytes of the number that begins with this one (RFC 8794, section 4); 9 when none does. */
export const vintLength = (first: number): number => Math.clz32(first) - 23

const elementAt = async ({ at }: Source, start: number): Promise<EbmlElement> => {
  const head = await at(start, HEAD)
  const wide = head.length > 0 ? vintLength(head.readUInt8(0)) : 9
  if (wide > 4) throw new ContentError(`no element begins at byte ${start}; send the original file`)
  const sized = head.length > wide ? vintLength(head.readUInt8(wide)) : 9
  if (sized > 8 || head.length < wide + sized)
    throw new ContentError(`it ends inside an element at byte ${start}; send the whole recording`)
  const digits = [...head.subarray(wide, wide + sized)]
  const mask = 0xff >> sized
  const first = (digits[0] ?? 0) & mask
  const unknown = first === mask && digits.slice(1).every((digit) => digit === 0xff)
  const length = digits.slice(1).reduce((sum, digit) => sum * 256 + digit, first)
  return {
    id: head.readUIntBE(0, wide),
    start,
    body: start + wide + sized,
    length: unknown ? null : length,
  }
}

interface Open {
  readonly id: number
  readonly end: number | null
}

/** The masters that still hold what comes at a place. */
const holding = (open: readonly Open[], { start, id }: EbmlElement, shape: EbmlShape) => {
  const left = [...open]
  for (let last = left.at(-1); last; last = left.at(-1)) {
    if (last.end === null ? !shape.ends(last.id, id) : start < last.end) break
    left.pop()
  }
  return left
}

/** Every element in its order, masters before what they hold, to the last byte of the file. */
export async function* ebmlElements(source: Source, shape: EbmlShape): AsyncIterable<EbmlElement> {
  let open: readonly Open[] = []
  for (let position = 0; position < source.size; ) {
    const element = await elementAt(source, position)
    const { id, body, length } = element
    open = holding(open, element, shape)
    const room = open.findLast(({ end }) => end !== null)?.end ?? source.size
    const end = length === null ? null : body + length
    if (end !== null && end > room)
      throw new ContentError(`it ends inside an element at byte ${position}; it was cut`)
    const master = shape.masters.has(id)
    if (end === null && !master)
      throw new ContentError(`the element at byte ${position} names no length; export it anew`)
    yield element
    if (master) open = [...open, { id, end }]
    position = master ? body : (end ?? body)
  }
}
