/** What is wrong with the content of a file, in words for the one who sent it. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
}

/** Takes the text of a file piece by piece; throws `ContentError` at the first fault. */
export interface TextCheck {
  readonly take: (text: string) => void
  readonly end: () => void
}

// Every control character (C0, C1, delete) that is not tab, line feed, form feed or carriage return.
const CONTROL = /[^\P{Cc}\t\n\f\r]/u

/** Text that people can read: no control characters beside tab and line ends. */
export const plainText = (): TextCheck => {
  let line = 1
  return {
    take: (text) => {
      const at = text.search(CONTROL)
      const before = at < 0 ? text : text.slice(0, at)
      for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line++
      if (at >= 0) throw new ContentError(`line ${line} holds a control character: this is no text`)
    },
    end: () => {},
  }
}

const MAX_LINE = 4 * 1024 * 1024

/** Hands over whole lines; a line feed ends a line, a carriage return before it goes with it. */
const byLine = (onLine: (line: string, number: number) => void): TextCheck => {
  let rest = ''
  let number = 0
  const hand = (line: string) => onLine(line.endsWith('\r') ? line.slice(0, -1) : line, ++number)
  return {
    take: (text) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE)
        throw new ContentError(`line ${number + 1} is longer than ${MAX_LINE} characters`)
      for (const line of lines) hand(line)
    },
    end: () => {
      if (rest !== '') hand(rest)
    },
  }
}

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** One JSON value a line (jsonlines.org). */
export const jsonLines = (): TextCheck =>
  byLine((line, number) => {
    if (line.trim() === '') throw new ContentError(`line ${number} is empty: JSON Lines has none`)
    if (!isJson(line)) throw new ContentError(`line ${number} is not a JSON value`)
  })

const sameWidth = () => {
  let width = 0
  return (columns: number, number: number) => {
    if (width === 0) width = columns
    if (columns !== width)
      throw new ContentError(`row ${number} has ${columns} columns, the first has ${width}`)
  }
}

const countTabs = (line: string): number => {
  let tabs = 0
  for (let at = line.indexOf('\t'); at >= 0; at = line.indexOf('\t', at + 1)) tabs++
  return tabs
}

/** Tab-separated values (IANA text/tab-separated-values): no quoting, one width. */
export const tabSeparated = (): TextCheck => {
  const check = sameWidth()
  return byLine((line, number) => {
    if (line !== '') check(countTabs(line) + 1, number)
  })
}
