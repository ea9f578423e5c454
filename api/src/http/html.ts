import { escapeHtml } from '../escape-html.ts'

/** Text that may stand in a page as it is; made by `html` alone. */
export interface Html {
  readonly html: string
}

type Piece = string | number | Html | null | undefined | readonly Piece[]

const write = (piece: Piece): string => {
  if (piece === null || piece === undefined) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece))
  return 'html' in piece ? piece.html : piece.map(write).join('')
}

/** A piece of a page: everything put into it is text, unless `html` has made it. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html => ({
  html: parts.map((part, nth) => part + write(pieces[nth])).join(''),
})

/** What we wrote ourselves, such as a style sheet. Never for what came from outside. */
export const trusted = (text: string): Html => ({ html: text })
