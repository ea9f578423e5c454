import { ContentError, type TextCheck } from './check-text.ts'

const MAX_FIELD = 4 * 1024 * 1024

/** Counts columns; every row that is not blank has as many as the first. */
const createRows = () => {
  let row = 1
  let columns = 1
  let width = 0
  let blank = true
  return {
    fault: (problem: string) => new ContentError(`row ${row}${problem}`),
    content: () => {
      blank = false
    },
    column: () => {
      columns++
      blank = false
    },
    end: () => {
      if (!blank && width === 0) width = columns
      if (!blank && columns !== width)
        throw new ContentError(`row ${row} has ${columns} columns, the first has ${width}`)
      row++
      columns = 1
      blank = true
    },
  }
}

const isSpecial = (code: number): boolean =>
  code === 0x22 || code === 0x2c || code === 0x0a || code === 0x0d

/** Where the next quote, comma or line end is, or the end of the piece. */
const seek = (text: string, from: number): number => {
  let at = from
  while (at < text.length && !isSpecial(text.charCodeAt(at))) at++
  return at
}

/** Comma-separated values (RFC 4180): quotes close, every row has as many columns as the first. */
export const commaSeparated = (): TextCheck => {
  const rows = createRows()
  // Where a piece of text ends is no boundary of the table: the state goes on with the next one.
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let length = 0

  const plain = (count: number) => {
    if (state === 'closed') throw rows.fault(': text follows a closing quote')
    state = 'plain'
    length += count
    rows.content()
  }

  const quote = () => {
    if (state === 'plain') throw rows.fault(': a quote inside an unquoted field')
    // Two quotes in a row inside quotes stand for one.
    state = 'quoted'
    rows.content()
  }

  const separator = (char: string | undefined) => {
    if (char === '\r') return
    if (char === ',') rows.column()
    else rows.end()
    state = 'start'
    length = 0
  }

  const outside = (text: string, from: number): number => {
    const at = seek(text, from)
    if (at > from) plain(at - from)
    if (at < text.length && text[at] === '"') quote()
    else if (at < text.length) separator(text[at])
    return at + 1
  }

  const inside = (text: string, from: number): number => {
    const close = text.indexOf('"', from)
    length += (close < 0 ? text.length : close) - from
    if (close < 0) return text.length
    state = 'closed'
    return close + 1
  }

  return {
    take: (text) => {
      for (let i = 0; i < text.length; ) {
        i = state === 'quoted' ? inside(text, i) : outside(text, i)
        if (length > MAX_FIELD) throw rows.fault(': a field is too long')
      }
    },
    end: () => {
      if (state === 'quoted') throw rows.fault(': a quoted field never closes')
      rows.end()
    },
  }
}
