import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { Source } from './source.ts'
import { decoded } from './text.ts'

/** The beginning of a file as rows, each with its cells by the names of the columns. */
export interface Rows {
  readonly rows: readonly ReadonlyMap<string, string>[]
  /** There are no more in the file. */
  readonly whole: boolean
}

type Row = Map<string, string>

/** What a vocabulary makes of its elements: the name of a cell where one begins, a row where one ends. */
interface Reader {
  readonly enter: (tag: SaxesTagPlain) => string | null
  readonly leave: (tag: SaxesTagPlain, text: string) => Row | null
}

/** Characters that are read, whatever is in them: times stand before all that they are the times of. */
const MOST = 4 * 1024 * 1024

/** Reads until there are enough rows. What is read was found well-formed when it came in. */
const readRows = async (source: Source, reader: Reader, most: number): Promise<Rows> => {
  const parser = new SaxesParser({ xmlns: false })
  const rows: Row[] = []
  let cell: string | null = null
  let heard = ''
  parser.on('error', () => {})
  parser.on('opentag', (tag) => {
    const name = reader.enter(tag)
    if (name === null) return
    cell = name
    heard = ''
  })
  const hear = (text: string): void => {
    if (cell !== null) heard += text
  }
  parser.on('text', hear)
  parser.on('cdata', hear)
  parser.on('closetag', (tag) => {
    const row = reader.leave(tag, heard)
    if (row) rows.push(row)
  })
  let read = 0
  for await (const text of decoded(source)) {
    parser.write(text)
    read += text.length
    if (rows.length > most || read > MOST) return { rows: rows.slice(0, most), whole: false }
  }
  return { rows: rows.slice(0, most), whole: rows.length <= most }
}

/** Translation units, a column for each language. */
const tmx = (): Reader => {
  let row: Row = new Map()
  let language = ''
  return {
    enter: ({ name, attributes }) => {
      if (name === 'tu') row = new Map()
      if (name === 'tuv') language = attributes['xml:lang'] ?? attributes.lang ?? ''
      return name === 'seg' ? name : null
    },
    leave: ({ name }, text) => {
      if (name === 'seg') row.set(language, text)
      return name === 'tu' ? row : null
    },
  }
}

/** Source and target of each unit; alternatives come after them and are left out. */
const xliff = (): Reader => {
  const SIDES = ['source', 'target']
  let row: Row = new Map()
  return {
    enter: ({ name }) => {
      if (name === 'trans-unit' || name === 'segment') row = new Map()
      return SIDES.includes(name) ? name : null
    },
    leave: ({ name }, text) => {
      if (SIDES.includes(name) && !row.has(name)) row.set(name, text)
      return name === 'trans-unit' || name === 'segment' ? row : null
    },
  }
}

/** Milliseconds as they are written down, in seconds; empty where there are none. */
const seconds = (milliseconds = ''): string =>
  milliseconds === '' ? '' : String(Number(milliseconds) / 1000)

/** Annotations tier by tier, with the times of those that have their own. */
const elan = (): Reader => {
  const slots = new Map<string, string>()
  let tier = ''
  let times: readonly [string, string] = ['', '']
  let text = ''
  const at = (slot = ''): string => seconds(slots.get(slot))
  return {
    enter: ({ name, attributes }) => {
      if (name === 'TIME_SLOT')
        slots.set(attributes.TIME_SLOT_ID ?? '', attributes.TIME_VALUE ?? '')
      if (name === 'TIER') tier = attributes.TIER_ID ?? ''
      if (name === 'ALIGNABLE_ANNOTATION')
        times = [at(attributes.TIME_SLOT_REF1), at(attributes.TIME_SLOT_REF2)]
      if (name === 'REF_ANNOTATION') times = ['', '']
      return name === 'ANNOTATION_VALUE' ? name : null
    },
    leave: ({ name }, heard) => {
      if (name === 'ANNOTATION_VALUE') text = heard
      if (name !== 'ANNOTATION') return null
      return new Map([
        ['tier', tier],
        ['from (s)', times[0]],
        ['to (s)', times[1]],
        ['text', text],
      ])
    },
  }
}

const READERS: Readonly<Record<string, () => Reader>> = {
  'application/x-elan+xml': elan,
  'application/xliff+xml': xliff,
  'application/x-tmx+xml': tmx,
}

export const hasXmlRows = (mediaType: string): boolean => mediaType in READERS

/** The first rows of a file of one of the XML vocabularies; null of any other. */
export const xmlRows = async (
  source: Source,
  mediaType: string,
  most: number,
): Promise<Rows | null> => {
  const reader = READERS[mediaType]
  return reader ? readRows(source, reader(), most) : null
}
