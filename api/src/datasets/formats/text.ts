import { ContentError } from './content-error.ts'
import type { Format } from './sight.ts'
import type { Source } from './source.ts'

/** Longest line, row or field, in UTF-16 units. */
export const MAX_PIECE = 4 * 1024 * 1024

// Every control character (C0, C1, delete) that is not tab, line feed, form feed or carriage return.
const CONTROL = /[^\P{Cc}\t\n\f\r]/u

// Browsers and shells act on these whatever the name of the file says.
const BEGINS: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(!doctype html|html|script|svg|iframe|body)\b/i, 'a web page'],
  [/^\s*<\?(php|xml)/i, 'a program or an XML file'],
  [/^%PDF-/, 'a PDF file'],
  [/^#!\s*\//, 'a program'],
  [/^MZ[^\n]{0,200}This program/, 'a program'],
  [/^\{\\rtf/, 'an RTF file'],
]

const countLines = (text: string): number => {
  let lines = 0
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lines++
  return lines
}

/**
 * The text of a file piece by piece: strict UTF-8 (WHATWG Encoding, fatal) without control
 * characters; a byte order mark is no content.
 */
export async function* decoded(source: Source): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      const where = `after line ${line}`
      throw new ContentError(`${where} it is not UTF-8 text; save it as UTF-8 and upload it again`)
    }
  }
  const judged = (text: string): string => {
    const at = text.search(CONTROL)
    line += countLines(at < 0 ? text : text.slice(0, at))
    if (at >= 0)
      throw new ContentError(
        `line ${line} holds a control character: this is no text; remove it or send the original file`,
      )
    return text
  }
  for await (const chunk of source.read()) yield judged(decode(chunk))
  yield judged(decode())
}

/** Whole lines; a line feed ends a line, a carriage return before it goes with it. */
export async function* linesOf(source: Source): AsyncIterable<string> {
  let rest = ''
  let number = 0
  const tooLong = () =>
    new ContentError(
      `line ${number + 1} is longer than ${MAX_PIECE} characters; break it into several`,
    )
  for await (const text of decoded(source)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_PIECE) throw tooLong()
    for (const line of lines) {
      number++
      yield line.endsWith('\r') ? line.slice(0, -1) : line
    }
  }
  if (rest !== '') yield rest
}

const checkBeginning = async (source: Source): Promise<void> => {
  const head = (await source.at(0, 1024)).toString('utf8').replace(/^\ufeff/, '')
  const found = BEGINS.find(([pattern]) => pattern.test(head))
  if (found)
    throw new ContentError(`it begins like ${found[1]}; keep the words alone and send those`)
}

/** Plain text, one unit a line. */
export const plainText: Format = async (source, sight) => {
  await checkBeginning(source)
  for await (const line of linesOf(source)) {
    sight.unit(line)
    sight.words(line)
  }
}

const parsed = (line: string, number: number): unknown => {
  if (line.trim() === '')
    throw new ContentError(`line ${number} is empty: JSON Lines has none; delete it`)
  try {
    return JSON.parse(line)
  } catch {
    throw new ContentError(`line ${number} is not a JSON value; write one value a line`)
  }
}

const MAX_DEPTH = 64

/** Every text in a JSON value, without recursion: depth is the sender's choice. */
const textsIn = (value: unknown, number: number, take: (text: string) => void): void => {
  const open: [unknown, number][] = [[value, 0]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [one, depth] = next
    if (depth > MAX_DEPTH)
      throw new ContentError(`line ${number} is nested deeper than ${MAX_DEPTH}; make it flatter`)
    if (typeof one === 'string') take(one)
    else if (typeof one === 'object' && one !== null)
      for (const inner of Object.values(one)) open.push([inner, depth + 1])
  }
}

/** One JSON value a line (jsonlines.org). */
export const jsonLines: Format = async (source, sight) => {
  let number = 0
  for await (const line of linesOf(source)) {
    number++
    textsIn(parsed(line, number), number, sight.words)
    sight.unit(line)
  }
}
