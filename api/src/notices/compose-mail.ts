import { escapeHtml } from '../escape-html.ts'

/** An e-mail, ready to be handed to a transport. */
export interface Mail {
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  /** RFC 5322 msg-id without its angle brackets: the same for every try of one letter. */
  readonly messageId: string
  /** RFC 3282 language of the text. */
  readonly language: string
  /** Where one click ends this kind of mail (RFC 8058); absent for what is legally needed. */
  readonly unsubscribe?: string
}

interface Link {
  readonly label: string
  readonly url: string
}

/** A letter before it has a form: paragraphs and the links that stand by themselves. */
export interface Content {
  readonly subject: string
  readonly language: string
  readonly parts: readonly (string | Link)[]
  readonly footer: readonly (string | Link)[]
}

const asText = (part: string | Link): string =>
  typeof part === 'string' ? part : `${part.label}:\n${part.url}`

const asHtml = (part: string | Link): string =>
  typeof part === 'string'
    ? `<p dir="auto">${escapeHtml(part)}</p>`
    : `<p><a href="${escapeHtml(part.url)}">${escapeHtml(part.label)}</a></p>`

const filled = (parts: readonly (string | Link)[]) => parts.filter((part) => part !== '')

/** Text and simple HTML with the same words: no picture, no style from elsewhere, nothing that counts opens. */
export const compose = ({ subject, language, parts, footer }: Content) => ({
  subject,
  language,
  text: `${[...filled(parts), '-- ', ...filled(footer)].map(asText).join('\n\n')}\n`,
  html: [
    `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8">`,
    `<title>${escapeHtml(subject)}</title></head><body>`,
    ...filled(parts).map(asHtml),
    '<hr>',
    ...filled(footer).map(asHtml),
    '</body></html>',
  ].join('\n'),
})
