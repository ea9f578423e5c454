import { ContentError, type TextCheck } from './check-text.ts'

type State = 'start' | 'plain' | 'quoted' | 'closed'

const MAX_FIELD = 4 * 1024 * 1024

/** Comma-separated values (RFC 4180): quotes close, every row has as many columns as the first. */
export const commaSeparated = (): TextCheck => {
  let state: State = 'start'
  let columns = 1
  let width = 0
  let row = 1
  let field = 0
  let blank = true

  const endRow = () => {
    if (!blank && width === 0) width = columns
    if (!blank && columns !== width)
      throw new ContentError(`row ${row} has ${columns} columns, the first has ${width}`)
    row++
    columns = 1
    blank = true
  }

  const outside = (char: string): State => {
    if (char === ',') {
      columns++
      blank = false
      return 'start'
    }
    if (char === '\n') {
      endRow()
      return 'start'
    }
    if (char === '\r') return state
    if (state === 'closed') throw new ContentError(`row ${row}: text follows a closing quote`)
    blank = false
    if (char !== '"') return 'plain'
    if (state === 'plain') throw new ContentError(`row ${row}: a quote inside an unquoted field`)
    return 'quoted'
  }

  const inside = (char: string): State => (char === '"' ? 'closed' : 'quoted')

  const step = (char: string): State => {
    if (state === 'quoted') return inside(char)
    return state === 'closed' && char === '"' ? 'quoted' : outside(char)
  }

  return {
    take: (text) => {
      for (const char of text) {
        const next = step(char)
        field = next === 'start' ? 0 : field + 1
        if (field > MAX_FIELD) throw new ContentError(`row ${row}: a field is too long`)
        state = next
      }
    },
    end: () => {
      if (state === 'quoted') throw new ContentError(`row ${row}: a quoted field never closes`)
      endRow()
    },
  }
}
