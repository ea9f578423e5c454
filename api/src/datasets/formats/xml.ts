import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from 'saxes'
import { ContentError } from './content-error.ts'
import type { Format, Sight } from './sight.ts'
import { decoded, MAX_PIECE } from './text.ts'

export type { SaxesAttributePlain }

const MAX_DEPTH = 100

/** What an XML vocabulary asks of its files. */
export interface Vocabulary {
  readonly name: string
  readonly root: string
  /** Elements without which the file holds nothing. */
  readonly needs: readonly string[]
  /** Elements whose text is a unit. */
  readonly units: ReadonlySet<string>
  /** Attributes that may tell who somebody is, by element. */
  readonly personal: Readonly<Record<string, readonly string[]>>
}

const HOLDS_NAME = /\p{L}/u

const watching = (vocabulary: Vocabulary, sight: Sight) => {
  const open: string[] = []
  const seen = new Set<string>()
  let unit: string | null = null

  const personal = ({ name, attributes }: SaxesTagPlain) => {
    for (const attribute of vocabulary.personal[name] ?? []) {
      const value = attributes[attribute]?.trim() ?? ''
      if (HOLDS_NAME.test(value)) sight.personal({ where: `${name} ${attribute}`, value })
    }
  }

  return {
    seen,
    enter: (tag: SaxesTagPlain) => {
      if (open.length === 0 && tag.name !== vocabulary.root)
        throw new ContentError(
          `its first element is ${tag.name}, that of ${vocabulary.name} is ${vocabulary.root}`,
        )
      if (open.length >= MAX_DEPTH)
        throw new ContentError(`its elements are nested deeper than ${MAX_DEPTH}; make it flatter`)
      open.push(tag.name)
      seen.add(tag.name)
      if (vocabulary.units.has(tag.name)) unit = ''
      personal(tag)
    },
    text: (text: string) => {
      if (unit !== null) unit += text
    },
    leave: (tag: SaxesTagPlain) => {
      open.pop()
      if (unit === null || !vocabulary.units.has(tag.name)) return
      sight.unit(unit)
      sight.words(unit)
      unit = null
    },
  }
}

const doctype = (text: string): void => {
  // An internal subset can define entities: the way to bombs and to files of the server.
  if (text.includes('['))
    throw new ContentError(
      'its DOCTYPE defines things of its own; remove what stands between [ and ]',
    )
}

/** Well-formed XML 1.0 of one vocabulary; entities of its own are refused, none is fetched. */
export const xml =
  (vocabulary: Vocabulary): Format =>
  async (source, sight) => {
    const parser = new SaxesParser({ xmlns: false, position: true })
    const watch = watching(vocabulary, sight)
    let idle = 0
    const event =
      <T>(handle: (value: T) => void) =>
      (value: T) => {
        idle = 0
        handle(value)
      }
    parser.on('error', ({ message }) => {
      throw new ContentError(`it is not well-formed XML: ${message}; export it anew`)
    })
    parser.on('doctype', event(doctype))
    parser.on('opentag', event(watch.enter))
    parser.on('text', event(watch.text))
    parser.on('cdata', event(watch.text))
    parser.on(
      'comment',
      event(() => {}),
    )
    parser.on('closetag', event(watch.leave))
    for await (const text of decoded(source)) {
      idle += text.length
      parser.write(text)
      if (idle > MAX_PIECE)
        throw new ContentError(
          `line ${parser.line}: a tag or text is longer than ${MAX_PIECE} characters`,
        )
    }
    parser.close()
    const missing = vocabulary.needs.find((name) => !watch.seen.has(name))
    if (missing)
      throw new ContentError(`${vocabulary.name} holds at least one ${missing}, this one none`)
  }
