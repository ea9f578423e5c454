import { Long } from 'bson'
import type { Batch } from './cursors.ts'
import type { Reply } from './engine.ts'
import { type Doc, decode, decodeKeepingRaw, encode } from './values.ts'

// The MongoDB wire protocol: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
// OP_MSG, and OP_QUERY for the first greeting only.
const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013

const HEADER_BYTES = 16
const MOST_BYTES = 48_000_000
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2

export interface Request {
  readonly id: number
  readonly legacy: boolean
  readonly command: Doc
  /** The client wants no reply (write concern 0). */
  readonly silent: boolean
}

const commandName = (bytes: Buffer): string => bytes.toString('utf8', 5, bytes.indexOf(0, 5))

/** Documents to insert stay bytes: they are stored as they came. */
const decodeCommand = (bytes: Buffer): Doc =>
  commandName(bytes) === 'insert' ? decodeKeepingRaw(bytes, 'documents') : decode(bytes)

interface Section {
  readonly kind: number
  readonly body: Buffer
}

function* sectionsOf(message: Buffer, from: number, to: number): Generator<Section> {
  for (let at = from; at < to; ) {
    const size = message.readInt32LE(at + 1)
    if (size < 5 || at + 1 + size > to) throw new RangeError('a section runs past its message')
    yield { kind: message[at] ?? 0, body: message.subarray(at + 1, at + 1 + size) }
    at += 1 + size
  }
}

/** A section of kind 1: a name, then documents one after another. */
const readSequence = (body: Buffer, command: Doc): void => {
  const nameEnd = body.indexOf(0, 4)
  const name = body.toString('utf8', 4, nameEnd)
  const documents: unknown[] = []
  for (let at = nameEnd + 1; at < body.length; ) {
    const bytes = body.subarray(at, at + body.readInt32LE(at))
    if (bytes.length < 5) throw new RangeError('a document is cut short')
    documents.push(name === 'documents' ? bytes : decode(bytes))
    at += bytes.length
  }
  command[name] = documents
}

const readMessage = (message: Buffer, id: number): Request => {
  const flags = message.readUInt32LE(HEADER_BYTES)
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0)
  const sections = [...sectionsOf(message, HEADER_BYTES + 4, end)]
  const body = sections.find(({ kind }) => kind === 0)
  if (!body) throw new RangeError('a message has no body')
  const command = decodeCommand(body.body)
  for (const { kind, body: sequence } of sections) if (kind === 1) readSequence(sequence, command)
  return { id, legacy: false, command, silent: (flags & MORE_TO_COME) !== 0 }
}

const readQuery = (message: Buffer, id: number): Request => {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4)
  const command = decode(message.subarray(nameEnd + 1 + 8))
  return { id, legacy: true, command: { ...command, $db: 'admin' }, silent: false }
}

/** Parses one whole message. Throws a RangeError when it is malformed. */
export const readRequest = (message: Buffer): Request => {
  const id = message.readInt32LE(4)
  const operation = message.readInt32LE(12)
  if (operation === OP_MSG) return readMessage(message, id)
  if (operation === OP_QUERY) return readQuery(message, id)
  throw new RangeError(`the wire operation ${operation} is not supported`)
}

/** The length the next message announces, or nothing while too few bytes are here. */
const announced = (bytes: Buffer): number | undefined => {
  if (bytes.length < 4) return undefined
  const length = bytes.readInt32LE(0)
  if (length < HEADER_BYTES || length > MOST_BYTES) throw new RangeError('impossible length')
  return length
}

const cut = (bytes: Buffer): { readonly messages: Buffer[]; readonly rest: Buffer } => {
  const messages: Buffer[] = []
  let rest = bytes
  let length = announced(rest)
  while (length !== undefined && rest.length >= length) {
    messages.push(rest.subarray(0, length))
    rest = rest.subarray(length)
    length = announced(rest)
  }
  return { messages, rest }
}

/** Cuts a stream of chunks into whole messages. Throws a RangeError on an impossible length. */
export const messageReader = (): ((chunk: Buffer) => Buffer[]) => {
  let chunks: Buffer[] = []
  let held = 0
  return (chunk) => {
    chunks.push(chunk)
    held += chunk.length
    // A large message comes in many chunks: they are joined once, when the last is here.
    const [first = chunk] = chunks
    if (held < (announced(first) ?? 0)) return []
    const { messages, rest } = cut(chunks.length === 1 ? first : Buffer.concat(chunks, held))
    chunks = rest.length > 0 ? [rest] : []
    held = rest.length
    return messages
  }
}

const DOCUMENT = 3

/** The head of an array element that is a document: its type and its position as its name. */
const elementHead = (at: number): Buffer =>
  Buffer.from(`${String.fromCharCode(DOCUMENT)}${at}\0`, 'latin1')

/** A cursor reply around stored bytes, which are never decoded for it: they are set into its empty array. */
const batchBytes = ({ batch, documents, cursor, namespace }: Batch): Buffer => {
  const shell = encode({
    cursor: { [batch]: [], id: Long.fromNumber(cursor), ns: namespace },
    ok: 1,
  })
  const elements = documents.flatMap((bytes, at) => [elementHead(at), bytes])
  const added = elements.reduce((sum, part) => sum + part.length, 0)
  const cursorAt = 4 + 1 + 'cursor\0'.length
  const arrayAt = cursorAt + 4 + 1 + batch.length + 1
  for (const at of [0, cursorAt, arrayAt]) shell.writeInt32LE(shell.readInt32LE(at) + added, at)
  return Buffer.concat([shell.subarray(0, arrayAt + 4), ...elements, shell.subarray(arrayAt + 4)])
}

const isBatch = (reply: Reply): reply is Batch => Array.isArray(reply.documents)

let lastReply = 0

/** The whole reply message, header and body. */
export const writeReply = (request: Request, reply: Reply): Buffer => {
  const body = isBatch(reply) ? batchBytes(reply) : encode(reply)
  const head = Buffer.alloc(request.legacy ? 36 : 21)
  lastReply = (lastReply + 1) & 0x7fffffff
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(lastReply, 4)
  head.writeInt32LE(request.id, 8)
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12)
  if (request.legacy) head.writeInt32LE(1, 32)
  return Buffer.concat([head, body])
}
